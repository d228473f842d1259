/*
 * test_composite_mlkem.c - composite ML-KEM: its seeds, its parts, and points that are none.
 *
 * Encapsulation as such is in test_mlkem.c, what its keys have in common with others is in
 * test_pq_blob.c, published vectors are in test_vectors_pq.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

#define COMPOSITE BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE
#define PUBLIC_BLOB  BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB
#define PRIVATE_BLOB BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB
#define SEED_BLOB    BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB
#define SECRET_BYTES 32
#define LATTICE_SEED_BYTES 64
#define MOST_BYTES 1665

static const struct
{
    const WCHAR *name, *lattice_set;
    ULONG public_bytes, private_bytes, ciphertext_bytes;
    ULONG lattice_public, lattice_ciphertext;
    ULONG field_bytes, number_at;                   /* where a private value is behind the seed */
    ULONG private_magic, public_magic;              /* of the curve's keys */
    const char *label;
} sets[] =
{
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256, BCRYPT_MLKEM_PARAMETER_SET_768,
      1249, 115, 1153, 1184, 1088, 32, 7, BCRYPT_ECDH_PRIVATE_P256_MAGIC,
      BCRYPT_ECDH_PUBLIC_P256_MAGIC, "MLKEM768-P256" },
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384, BCRYPT_MLKEM_PARAMETER_SET_1024,
      1665, 128, 1665, 1568, 1568, 48, 7, BCRYPT_ECDH_PRIVATE_P384_MAGIC,
      BCRYPT_ECDH_PUBLIC_P384_MAGIC, "MLKEM1024-P384" },
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, BCRYPT_MLKEM_PARAMETER_SET_768,
      1216, 96, 1120, 1184, 1088, 32, 0, 0, 0, "\\.//^\\" },
};
#define NIST_SETS 2

struct encapsulation
{
    UCHAR secret[SECRET_BYTES], ciphertext[MOST_BYTES];
};

static void encapsulate(BCRYPT_KEY_HANDLE key, int set, struct encapsulation *made)
{
    ULONG secret_bytes, bytes;

    expect_status(BCryptEncapsulate(key, made->secret, SECRET_BYTES, &secret_bytes,
                                    made->ciphertext, MOST_BYTES, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sets[set].ciphertext_bytes);
}

static NTSTATUS decapsulate(BCRYPT_KEY_HANDLE key, int set, const UCHAR *ciphertext, UCHAR *secret)
{
    ULONG bytes;

    mark(secret, SECRET_BYTES);
    return BCryptDecapsulate(key, (UCHAR *)(uintptr_t)ciphertext, sets[set].ciphertext_bytes,
                             secret, SECRET_BYTES, &bytes, 0);
}

/* The key's part of a blob. */
static void export_part(BCRYPT_KEY_HANDLE key, const WCHAR *type, UCHAR *part, ULONG bytes)
{
    UCHAR blob[PQ_ROOM];
    ULONG blob_bytes = pq_exported(key, type, blob);

    memcpy(part, blob + blob_bytes - bytes, bytes);
}

static NTSTATUS import(int set, const WCHAR *type, ULONG magic, const UCHAR *part, ULONG bytes,
                       BCRYPT_KEY_HANDLE *key)
{
    return pq_import(COMPOSITE, type, magic, sets[set].name, part, bytes, key);
}

#define import_public(set, part, key) \
    import(set, PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC, part, sets[set].public_bytes, key)
#define import_private(set, part, key) \
    import(set, PRIVATE_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC, part, \
           sets[set].private_bytes, key)
#define import_seed(set, part, bytes, key) \
    import(set, SEED_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC, part, bytes, key)

/* --- seeds --------------------------------------------------------------------------------- */

START_TEST(a_key_of_a_seed_has_all_its_forms)
{
    BCRYPT_KEY_HANDLE key, copy;
    UCHAR seed[32], private_key[2][128], public_key[2][MOST_BYTES], secret[SECRET_BYTES];
    struct encapsulation made;

    expect_status(import_seed(_i, counting + 100, 32, &key), STATUS_SUCCESS);
    export_part(key, SEED_BLOB, seed, 32);
    expect_bytes(seed, counting + 100, 32);
    export_part(key, PRIVATE_BLOB, private_key[0], sets[_i].private_bytes);
    export_part(key, PUBLIC_BLOB, public_key[0], sets[_i].public_bytes);
    expect_status(import_private(_i, private_key[0], &copy), STATUS_SUCCESS);
    export_part(copy, PRIVATE_BLOB, private_key[1], sets[_i].private_bytes);
    export_part(copy, PUBLIC_BLOB, public_key[1], sets[_i].public_bytes);
    expect_bytes(private_key[1], private_key[0], sets[_i].private_bytes);
    expect_bytes(public_key[1], public_key[0], sets[_i].public_bytes);
    encapsulate(copy, _i, &made);
    expect_status(decapsulate(key, _i, made.ciphertext, secret), STATUS_SUCCESS);
    expect_bytes(secret, made.secret, SECRET_BYTES);
}
END_TEST

START_TEST(a_pair_that_was_generated_has_no_seed)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name);
    BCRYPT_KEY_HANDLE copy = pq_through_blob(COMPOSITE, key, PRIVATE_BLOB);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(COMPOSITE, key, PUBLIC_BLOB);
    UCHAR blob[PQ_ROOM];
    ULONG bytes;

    mark(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, SEED_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(copy, NULL, SEED_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(peer, NULL, SEED_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(blob, sizeof(blob));
}
END_TEST

START_TEST(a_seed_has_32_bytes)
{
    static const ULONG sizes[] = { 0, 1, 31, 33, 64, 96 };
    BCRYPT_KEY_HANDLE key;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(import_seed(_i, counting, sizes[i], &key), STATUS_INVALID_PARAMETER);
    }
}
END_TEST

START_TEST(a_changed_seed_is_another_key)
{
    UCHAR seed[32] = { 0 }, one[MOST_BYTES], other[MOST_BYTES];
    BCRYPT_KEY_HANDLE key;
    int at;

    expect_status(import_seed(_i, seed, 32, &key), STATUS_SUCCESS);
    export_part(key, PUBLIC_BLOB, one, sets[_i].public_bytes);
    for (at = 0; at < 32; at += 5)
    {
        seed[at] ^= 0x10;
        expect_status(import_seed(_i, seed, 32, &key), STATUS_SUCCESS);
        export_part(key, PUBLIC_BLOB, other, sets[_i].public_bytes);
        expect_different(one, other, sets[_i].lattice_public);
        expect_different(one + sets[_i].lattice_public, other + sets[_i].lattice_public,
                         sets[_i].public_bytes - sets[_i].lattice_public);
    }
}
END_TEST

/* --- parts --------------------------------------------------------------------------------- */

/* The curve's secret of a private value and a sender's point, by BCryptSecretAgreement. */
static void agree(int set, const UCHAR *number, const UCHAR *own_point, const UCHAR *point,
                  UCHAR *secret)
{
    ULONG bytes = sets[set].field_bytes, made, i;
    UCHAR blob[8 + 3 * 48], reversed[48];
    BCRYPT_KEY_HANDLE own, peer;
    BCRYPT_SECRET_HANDLE agreement;
    BCRYPT_ALG_HANDLE ecdh = bytes == 32 ? BCRYPT_ECDH_P256_ALG_HANDLE :
                             BCRYPT_ECDH_P384_ALG_HANDLE;

    memcpy(blob, &sets[set].private_magic, 4);
    memcpy(blob + 4, &bytes, 4);
    memcpy(blob + 8, own_point + 1, 2 * bytes);
    memcpy(blob + 8 + 2 * bytes, number, bytes);
    expect_status(BCryptImportKeyPair(ecdh, NULL, BCRYPT_ECCPRIVATE_BLOB, &own, blob,
                                      8 + 3 * bytes, 0), STATUS_SUCCESS);
    keep_key(own);
    memcpy(blob, &sets[set].public_magic, 4);
    memcpy(blob + 8, point + 1, 2 * bytes);
    expect_status(BCryptImportKeyPair(ecdh, NULL, BCRYPT_ECCPUBLIC_BLOB, &peer, blob,
                                      8 + 2 * bytes, 0), STATUS_SUCCESS);
    keep_key(peer);
    expect_status(BCryptSecretAgreement(own, peer, &agreement, 0), STATUS_SUCCESS);
    keep_secret(agreement);
    expect_status(BCryptDeriveKey(agreement, BCRYPT_KDF_RAW_SECRET, NULL, reversed, bytes, &made,
                                  0), STATUS_SUCCESS);
    for (i = 0; i < bytes; i++) secret[i] = reversed[bytes - 1 - i];
}

/* ML-KEM, ECDH and SHA3-256 by themselves come to the same secret. */
START_TEST(the_secret_is_that_of_its_parts)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name), lattice;
    ULONG field_bytes = sets[_i].field_bytes, bytes, point_bytes = 1 + 2 * field_bytes;
    UCHAR private_key[128], public_key[MOST_BYTES], expected[SECRET_BYTES], *point;
    UCHAR hashed[SECRET_BYTES + 48 + 2 * 97 + 16];
    struct encapsulation made;

    encapsulate(key, _i, &made);
    export_part(key, PRIVATE_BLOB, private_key, sets[_i].private_bytes);
    export_part(key, PUBLIC_BLOB, public_key, sets[_i].public_bytes);
    point = made.ciphertext + sets[_i].lattice_ciphertext;
    expect_status(pq_import(BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PRIVATE_SEED_BLOB,
                            BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, sets[_i].lattice_set, private_key,
                            LATTICE_SEED_BYTES, &lattice), STATUS_SUCCESS);
    expect_status(BCryptDecapsulate(lattice, made.ciphertext, sets[_i].lattice_ciphertext, hashed,
                                    SECRET_BYTES, &bytes, 0), STATUS_SUCCESS);
    agree(_i, private_key + LATTICE_SEED_BYTES + sets[_i].number_at,
          public_key + sets[_i].lattice_public, point, hashed + SECRET_BYTES);
    bytes = SECRET_BYTES + field_bytes;
    memcpy(hashed + bytes, point, point_bytes);
    memcpy(hashed + bytes + point_bytes, public_key + sets[_i].lattice_public, point_bytes);
    bytes += 2 * point_bytes;
    memcpy(hashed + bytes, sets[_i].label, strlen(sets[_i].label));
    bytes += (ULONG)strlen(sets[_i].label);
    expect_status(BCryptHash(BCRYPT_SHA3_256_ALG_HANDLE, NULL, 0, hashed, bytes, expected,
                             sizeof(expected)), STATUS_SUCCESS);
    expect_bytes(made.secret, expected, SECRET_BYTES);
}
END_TEST

/* --- what is changed ----------------------------------------------------------------------- */

START_TEST(a_changed_lattice_part_gives_another_secret)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name);
    struct encapsulation made;
    UCHAR secret[SECRET_BYTES];
    ULONG at;

    encapsulate(key, _i, &made);
    for (at = 0; at < sets[_i].lattice_ciphertext; at += 29)
    {
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
        expect_status(decapsulate(key, _i, made.ciphertext, secret), STATUS_SUCCESS);
        expect_different(secret, made.secret, SECRET_BYTES);
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
    }
}
END_TEST

START_TEST(a_ciphertext_without_a_point_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name);
    struct encapsulation made;
    UCHAR secret[SECRET_BYTES];
    ULONG at;

    encapsulate(key, _i, &made);
    for (at = sets[_i].lattice_ciphertext; at < sets[_i].ciphertext_bytes; at++)
    {
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
        expect_status(decapsulate(key, _i, made.ciphertext, secret), STATUS_INVALID_PARAMETER);
        expect_untouched(secret, sizeof(secret));
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
    }
}
END_TEST

/* Points of small order, and numbers that are not reduced: RFC 7748, section 5; of the former come
 * secrets that anybody knows. */
static const char *const bad_u[] =
{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0900000000000000000000000000000000000000000000000000000000000080",
};

START_TEST(a_bad_coordinate_of_curve25519_is_refused)
{
    const int set = 2;
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[set].name), peer;
    UCHAR public_key[MOST_BYTES], secret[SECRET_BYTES];
    struct encapsulation made;

    encapsulate(key, set, &made);
    unhex(made.ciphertext + sets[set].lattice_ciphertext, 32, bad_u[_i]);
    expect_status(decapsulate(key, set, made.ciphertext, secret), STATUS_INVALID_PARAMETER);
    expect_untouched(secret, sizeof(secret));
    export_part(key, PUBLIC_BLOB, public_key, sets[set].public_bytes);
    unhex(public_key + sets[set].lattice_public, 32, bad_u[_i]);
    expect_status(import_public(set, public_key, &peer), STATUS_INVALID_PARAMETER);
}
END_TEST

/* Some of the lattice part's coefficients are not reduced then; of the point it is all. */
START_TEST(a_changed_point_in_a_public_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name), copy;
    UCHAR public_key[MOST_BYTES];
    ULONG at;

    export_part(key, PUBLIC_BLOB, public_key, sets[_i].public_bytes);
    for (at = sets[_i].lattice_public; at < sets[_i].public_bytes; at += 3)
    {
        public_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status(import_public(_i, public_key, &copy), STATUS_INVALID_PARAMETER);
        public_key[at] ^= (UCHAR)(1 << at % 8);
    }
    for (at = 0; at + 3 < sets[_i].lattice_public - 32; at += 3 * 31)
    {
        UCHAR saved[2] = { public_key[at], public_key[at + 1] };

        public_key[at] = 0x01;                      /* 3329 = 0xd01 */
        public_key[at + 1] = (UCHAR)((saved[1] & 0xf0) | 0x0d);
        expect_status(import_public(_i, public_key, &copy), STATUS_INVALID_PARAMETER);
        memcpy(public_key + at, saved, 2);
    }
}
END_TEST

/* The seed may be anything, and so may a private value in its range. */
START_TEST(a_private_key_has_its_form)
{
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[_i].name), copy;
    ULONG number_at = LATTICE_SEED_BYTES + sets[_i].number_at, at;
    UCHAR private_key[128], saved[48];

    export_part(key, PRIVATE_BLOB, private_key, sets[_i].private_bytes);
    for (at = LATTICE_SEED_BYTES; at < sets[_i].private_bytes; at++)
    {
        if (at == number_at) at += sets[_i].field_bytes;
        private_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status(import_private(_i, private_key, &copy), STATUS_INVALID_PARAMETER);
        private_key[at] ^= (UCHAR)(1 << at % 8);
    }
    memcpy(saved, private_key + number_at, sizeof(saved));
    memset(private_key + number_at, 0, sets[_i].field_bytes);
    expect_status(import_private(_i, private_key, &copy), STATUS_INVALID_PARAMETER);
    memset(private_key + number_at, 0xff, sets[_i].field_bytes);
    expect_status(import_private(_i, private_key, &copy), STATUS_INVALID_PARAMETER);
}
END_TEST

/* As ECDH of curve25519 wants it. */
START_TEST(a_private_value_of_curve25519_is_clamped)
{
    const int set = 2;
    BCRYPT_KEY_HANDLE key = pq_generated(COMPOSITE, sets[set].name), copy;
    static const struct { ULONG at; UCHAR bit; } bits[] =
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 31, 0x40 }, { 31, 0x80 },
    };
    UCHAR private_key[96];
    size_t i;

    export_part(key, PRIVATE_BLOB, private_key, sizeof(private_key));
    for (i = 0; i < ARRAY_SIZE(bits); i++)
    {
        private_key[LATTICE_SEED_BYTES + bits[i].at] ^= bits[i].bit;
        expect_status(import_private(set, private_key, &copy), STATUS_INVALID_PARAMETER);
        private_key[LATTICE_SEED_BYTES + bits[i].at] ^= bits[i].bit;
    }
    expect_status(import_private(set, private_key, &copy), STATUS_SUCCESS);
}
END_TEST

void composite_mlkem_suite(Suite *suite)
{
    TCase *tests = ours(suite);                     /* much of it is known of SymCrypt alone */

    add_rows(tests, a_key_of_a_seed_has_all_its_forms, sets);
    add_rows(tests, a_pair_that_was_generated_has_no_seed, sets);
    add_rows(tests, a_seed_has_32_bytes, sets);
    add_rows(tests, a_changed_seed_is_another_key, sets);
    test_add(tests, the_secret_is_that_of_its_parts, NIST_SETS);
    add_rows(tests, a_changed_lattice_part_gives_another_secret, sets);
    test_add(tests, a_ciphertext_without_a_point_is_refused, NIST_SETS);
    add_rows(tests, a_bad_coordinate_of_curve25519_is_refused, bad_u);
    test_add(tests, a_changed_point_in_a_public_key_is_refused, NIST_SETS);
    test_add(tests, a_private_key_has_its_form, NIST_SETS);
    add_test(tests, a_private_value_of_curve25519_is_clamped);
}
