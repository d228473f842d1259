/*
 * test_mlkem.c - ML-KEM and composite ML-KEM: encapsulation.
 *
 * What its keys have in common with others is in test_pq_blob.c, published vectors are in
 * test_vectors_pq.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

#define MLKEM BCRYPT_MLKEM_ALG_HANDLE
#define SECRET_BYTES 32
#define MOST_CIPHERTEXT_BYTES 1665

/* The types of blobs of a pair that was generated; the public one first. */
static const WCHAR *const forms[] =
{
    BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB, NULL
};
static const WCHAR *const composite_forms[] =
{
    BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL
};

/* FIPS 203, table 3; draft-ietf-lamps-pq-composite-kem, table of sizes. */
static const struct
{
    const WCHAR *name;
    ULONG public_bytes, private_bytes, ciphertext_bytes;
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *id, *const *forms;
} sets[] =
{
#define PLAIN     MLKEM, BCRYPT_MLKEM_ALGORITHM, forms
#define COMPOSITE BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE, BCRYPT_COMPOSITE_MLKEM_ALGORITHM, \
                  composite_forms
    { BCRYPT_MLKEM_PARAMETER_SET_512,                800, 1632,  768, PLAIN },
    { BCRYPT_MLKEM_PARAMETER_SET_768,               1184, 2400, 1088, PLAIN },
    { BCRYPT_MLKEM_PARAMETER_SET_1024,              1568, 3168, 1568, PLAIN },
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256,   1249, 115, 1153, COMPOSITE },
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, 1216,  96, 1120, COMPOSITE },
    { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384,  1665, 128, 1665, COMPOSITE },
};
#define PLAIN_SETS 3                            /* that Windows has under names which are known */

struct encapsulation
{
    UCHAR secret[SECRET_BYTES], ciphertext[MOST_CIPHERTEXT_BYTES];
};

static void encapsulate(BCRYPT_KEY_HANDLE key, int set, struct encapsulation *made)
{
    ULONG secret_bytes = 0, ciphertext_bytes = 0;

    expect_status(BCryptEncapsulate(key, made->secret, sizeof(made->secret), &secret_bytes,
                                    made->ciphertext, sizeof(made->ciphertext), &ciphertext_bytes,
                                    0), STATUS_SUCCESS);
    expect_value(secret_bytes, SECRET_BYTES);
    expect_value(ciphertext_bytes, sets[set].ciphertext_bytes);
}

static void decapsulate(BCRYPT_KEY_HANDLE key, int set, const struct encapsulation *made,
                        UCHAR *secret)
{
    ULONG bytes = 0;

    mark(secret, SECRET_BYTES);
    expect_status(BCryptDecapsulate(key, (UCHAR *)(uintptr_t)made->ciphertext,
                                    sets[set].ciphertext_bytes, secret, SECRET_BYTES, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, SECRET_BYTES);
}

/* --- encapsulation ------------------------------------------------------------------------- */

START_TEST(both_sides_get_the_same_secret)
{
    BCRYPT_KEY_HANDLE own = pq_generated(sets[_i].algorithm, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(sets[_i].algorithm, own, sets[_i].forms[0]);
    struct encapsulation made;
    UCHAR secret[SECRET_BYTES];

    encapsulate(peer, _i, &made);
    decapsulate(own, _i, &made, secret);
    expect_bytes(secret, made.secret, SECRET_BYTES);
}
END_TEST

START_TEST(every_form_of_a_private_key_works)
{
    BCRYPT_KEY_HANDLE made = pq_generated(sets[_i].algorithm, sets[_i].name), copy;
    struct encapsulation encapsulation;
    UCHAR secret[SECRET_BYTES];
    int form;

    for (form = 1; sets[_i].forms[form]; form++)
    {
        copy = pq_through_blob(sets[_i].algorithm, made, sets[_i].forms[form]);
        encapsulate(copy, _i, &encapsulation);
        decapsulate(made, _i, &encapsulation, secret);
        expect_bytes(secret, encapsulation.secret, SECRET_BYTES);
        decapsulate(copy, _i, &encapsulation, secret);
        expect_bytes(secret, encapsulation.secret, SECRET_BYTES);
    }
}
END_TEST

START_TEST(no_two_encapsulations_are_alike)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    struct encapsulation one, other;

    encapsulate(key, _i, &one);
    encapsulate(key, _i, &other);
    expect_different(one.secret, other.secret, SECRET_BYTES);
    expect_different(one.ciphertext, other.ciphertext, sets[_i].ciphertext_bytes);
}
END_TEST

/* FIPS 203, algorithm 18: J(z || c) is the secret then. */
START_TEST(a_changed_ciphertext_gives_the_secret_of_its_rejection)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    UCHAR blob[PQ_ROOM], secret[SECRET_BYTES], expected[SECRET_BYTES];
    UCHAR hashed[32 + MOST_CIPHERTEXT_BYTES];
    ULONG bytes = pq_exported(key, BCRYPT_MLKEM_PRIVATE_SEED_BLOB, blob), at;
    struct encapsulation made;

    memcpy(hashed, blob + bytes - 32, 32);
    encapsulate(key, _i, &made);
    for (at = 0; at < sets[_i].ciphertext_bytes; at += 7)
    {
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
        memcpy(hashed + 32, made.ciphertext, sets[_i].ciphertext_bytes);
        expect_status(BCryptHash(BCRYPT_SHAKE256_ALG_HANDLE, NULL, 0, hashed,
                                 32 + sets[_i].ciphertext_bytes, expected, sizeof(expected)),
                      STATUS_SUCCESS);
        decapsulate(key, _i, &made, secret);
        expect_bytes(secret, expected, SECRET_BYTES);
        made.ciphertext[at] ^= (UCHAR)(1 << at % 8);
    }
}
END_TEST

START_TEST(sizes_are_told_without_buffers)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    ULONG secret_bytes = 0, ciphertext_bytes = 0;
    struct encapsulation made;

    expect_status(BCryptEncapsulate(key, NULL, 0, &secret_bytes, NULL, 0, &ciphertext_bytes, 0),
                  STATUS_SUCCESS);
    expect_value(secret_bytes, SECRET_BYTES);
    expect_value(ciphertext_bytes, sets[_i].ciphertext_bytes);
    encapsulate(key, _i, &made);
    secret_bytes = 0;
    expect_status(BCryptDecapsulate(key, made.ciphertext, sets[_i].ciphertext_bytes, NULL, 0,
                                    &secret_bytes, 0), STATUS_SUCCESS);
    expect_value(secret_bytes, SECRET_BYTES);
}
END_TEST

START_TEST(a_buffer_that_is_a_byte_short_stays_untouched)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    ULONG exact = sets[_i].ciphertext_bytes, secret_bytes, ciphertext_bytes;
    struct encapsulation made;
    UCHAR secret[SECRET_BYTES];

    mark(&made, sizeof(made));
    expect_status(BCryptEncapsulate(key, made.secret, SECRET_BYTES - 1, &secret_bytes,
                                    made.ciphertext, exact, &ciphertext_bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(secret_bytes, SECRET_BYTES);
    expect_value(ciphertext_bytes, exact);
    secret_bytes = ciphertext_bytes = 0;
    expect_status(BCryptEncapsulate(key, made.secret, SECRET_BYTES, &secret_bytes, made.ciphertext,
                                    exact - 1, &ciphertext_bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_value(secret_bytes, SECRET_BYTES);
    expect_value(ciphertext_bytes, exact);
    expect_untouched(&made, sizeof(made));

    encapsulate(key, _i, &made);
    mark(secret, sizeof(secret));
    expect_status(BCryptDecapsulate(key, made.ciphertext, exact, secret, SECRET_BYTES - 1,
                                    &secret_bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_value(secret_bytes, SECRET_BYTES);
    expect_untouched(secret, sizeof(secret));
}
END_TEST

START_TEST(nothing_is_written_behind_what_is_made)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    ULONG exact = sets[_i].ciphertext_bytes, secret_bytes, ciphertext_bytes;
    UCHAR secret[SECRET_BYTES + 16], ciphertext[MOST_CIPHERTEXT_BYTES + 16];

    mark(secret, sizeof(secret));
    mark(ciphertext, sizeof(ciphertext));
    expect_status(BCryptEncapsulate(key, secret, sizeof(secret), &secret_bytes, ciphertext,
                                    sizeof(ciphertext), &ciphertext_bytes, 0), STATUS_SUCCESS);
    expect_untouched(secret + SECRET_BYTES, sizeof(secret) - SECRET_BYTES);
    expect_untouched(ciphertext + exact, sizeof(ciphertext) - exact);
    mark(secret, sizeof(secret));
    expect_status(BCryptDecapsulate(key, ciphertext, exact, secret, sizeof(secret), &secret_bytes,
                                    0), STATUS_SUCCESS);
    expect_untouched(secret + SECRET_BYTES, sizeof(secret) - SECRET_BYTES);
}
END_TEST

START_TEST(a_ciphertext_of_another_size_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    UCHAR secret[SECRET_BYTES], ciphertext[MOST_CIPHERTEXT_BYTES + 1] = { 0 };
    const ULONG sizes[] = { 0, 1, 32, sets[_i].ciphertext_bytes - 1,
                            sets[_i].ciphertext_bytes + 1,
                            sets[(_i + 1) % ARRAY_SIZE(sets)].ciphertext_bytes };
    ULONG bytes;
    size_t i;

    mark(secret, sizeof(secret));
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(BCryptDecapsulate(key, ciphertext, sizes[i], secret, sizeof(secret), &bytes,
                                        0), STATUS_INVALID_BUFFER_SIZE);
    }
    expect_untouched(secret, sizeof(secret));
}
END_TEST

START_TEST(the_secret_may_take_the_place_of_the_ciphertext)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);
    struct encapsulation made;
    ULONG bytes;

    encapsulate(key, _i, &made);
    expect_status(BCryptDecapsulate(key, made.ciphertext, sets[_i].ciphertext_bytes,
                                    made.ciphertext, SECRET_BYTES, &bytes, 0), STATUS_SUCCESS);
    expect_bytes(made.ciphertext, made.secret, SECRET_BYTES);
}
END_TEST

START_TEST(missing_pointers_are_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLKEM, BCRYPT_MLKEM_PARAMETER_SET_512);
    struct encapsulation made;
    ULONG one, other;
    UCHAR *c = made.ciphertext;

    encapsulate(key, 0, &made);
    expect_status(BCryptEncapsulate(NULL, made.secret, 32, &one, c, 768, &other, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEncapsulate(key, made.secret, 32, NULL, c, 768, &other, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEncapsulate(key, made.secret, 32, &one, c, 768, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEncapsulate(key, NULL, 0, NULL, NULL, 0, &other, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEncapsulate(key, NULL, 0, &one, NULL, 0, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDecapsulate(NULL, c, 768, made.secret, 32, &one, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDecapsulate(key, NULL, 768, made.secret, 32, &one, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDecapsulate(key, c, 768, made.secret, 32, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDecapsulate(key, c, 768, NULL, 0, NULL, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(one_buffer_without_the_other_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLKEM, BCRYPT_MLKEM_PARAMETER_SET_512);
    struct encapsulation made;
    ULONG one, other;

    mark(&made, sizeof(made));
    expect_status(BCryptEncapsulate(key, NULL, 0, &one, made.ciphertext, 768, &other, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEncapsulate(key, made.secret, 32, &one, NULL, 0, &other, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(&made, sizeof(made));
}
END_TEST

static const ULONG wrong_flags[] = { 1, 2, 8, 0x10, 0x20, 0x40, 0x80000000 };

START_TEST(flags_are_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLKEM, BCRYPT_MLKEM_PARAMETER_SET_512);
    struct encapsulation made;
    ULONG one, other;

    encapsulate(key, 0, &made);
    expect_status(BCryptEncapsulate(key, made.secret, 32, &one, made.ciphertext, 768, &other,
                                    wrong_flags[_i]), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDecapsulate(key, made.ciphertext, 768, made.secret, 32, &one,
                                    wrong_flags[_i]), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_public_key_does_not_decapsulate)
{
    BCRYPT_KEY_HANDLE own = pq_generated(sets[_i].algorithm, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(sets[_i].algorithm, own, sets[_i].forms[0]);
    struct encapsulation made;
    ULONG bytes;

    encapsulate(peer, _i, &made);
    expect_status(BCryptDecapsulate(peer, made.ciphertext, sets[_i].ciphertext_bytes, made.secret,
                                    SECRET_BYTES, &bytes, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(keys_of_other_algorithms_do_not_encapsulate)
{
    BCRYPT_KEY_HANDLE aes = new_aes_key(128), ecdh;
    struct encapsulation made;
    ULONG one, other;

    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, &ecdh, 256, 0),
                  STATUS_SUCCESS);
    keep_key(ecdh);
    expect_status(BCryptFinalizeKeyPair(ecdh, 0), STATUS_SUCCESS);
    expect_status(BCryptEncapsulate(aes, made.secret, 32, &one, made.ciphertext, 768, &other, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptEncapsulate(ecdh, NULL, 0, &one, NULL, 0, &other, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptDecapsulate(ecdh, made.ciphertext, 768, made.secret, 32, &one, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(no_other_handle_encapsulates)
{
    const BCRYPT_HANDLE handles[] = { MLKEM, open_algorithm(BCRYPT_MLKEM_ALGORITHM, 0),
                                      new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0),
                                      (void *)(uintptr_t)0x7777777 };
    struct encapsulation made;
    ULONG one, other;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(handles); i++)
    {
        expect_status(BCryptEncapsulate(handles[i], made.secret, 32, &one, made.ciphertext, 768,
                                        &other, 0), STATUS_INVALID_HANDLE);
        expect_status(BCryptDecapsulate(handles[i], made.ciphertext, 768, made.secret, 32, &one,
                                        0), STATUS_INVALID_HANDLE);
    }
}
END_TEST

START_TEST(a_destroyed_key_neither_encapsulates_nor_decapsulates)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLKEM, BCRYPT_MLKEM_PARAMETER_SET_768);
    struct encapsulation made;
    ULONG one, other;

    encapsulate(key, 1, &made);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptEncapsulate(key, made.secret, 32, &one, made.ciphertext, 1088, &other, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDecapsulate(key, made.ciphertext, 1088, made.secret, 32, &one, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(nothing_else_can_be_done_with_a_key)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name), copy;
    BCRYPT_SECRET_HANDLE agreement;
    UCHAR buffer[PQ_ROOM] = { 0 };
    ULONG bytes;

    expect_status(BCryptSignHash(key, NULL, buffer, 32, buffer, sizeof(buffer), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptVerifySignature(key, NULL, buffer, 32, buffer, 64, 0),
                  STATUS_NOT_SUPPORTED);
    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = buffer, .bytes = 32, .output = buffer,
                   .room = sizeof(buffer), .result = &bytes);
    expect_status(BCryptSecretAgreement(key, key, &agreement, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

/* --- the life of a pair -------------------------------------------------------------------- */

START_TEST(a_key_says_what_it_is)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name);

    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, sets[_i].name);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, sets[_i].id);
    expect_value(property_ulong(key, BCRYPT_KEM_SHARED_SECRET_LENGTH), SECRET_BYTES);
    expect_value(property_ulong(key, BCRYPT_KEM_CIPHERTEXT_LENGTH), sets[_i].ciphertext_bytes);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 8 * sets[_i].public_bytes);
    expect_property(key, BCRYPT_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_KEY_STRENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_SIGNATURE_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(the_algorithm_says_what_it_is)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(sets[_i].id, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, sets[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE),
                 BCRYPT_KEY_ENCAPSULATION_INTERFACE);
    expect_value(property_ulong(algorithm, BCRYPT_KEM_SHARED_SECRET_LENGTH), SECRET_BYTES);
    expect_value(property_ulong(sets[_i].algorithm, BCRYPT_KEM_SHARED_SECRET_LENGTH),
                 SECRET_BYTES);
    expect_property(algorithm, BCRYPT_KEM_CIPHERTEXT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_unfinalized_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_begun(sets[_i].algorithm);
    ULONG exact = sets[_i].ciphertext_bytes, one, other;
    struct encapsulation made;
    UCHAR blob[PQ_ROOM];
    size_t i;

    expect_status(pq_tell_set(key, sets[_i].name), STATUS_SUCCESS);
    expect_status(BCryptEncapsulate(key, made.secret, 32, &one, made.ciphertext, exact, &other, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDecapsulate(key, made.ciphertext, exact, made.secret, 32, &one, 0),
                  STATUS_INVALID_HANDLE);
    for (i = 0; sets[_i].forms[i]; i++)
    {
        expect_status(BCryptExportKey(key, NULL, sets[_i].forms[i], blob, sizeof(blob), &one, 0),
                      STATUS_INVALID_HANDLE);
    }
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    encapsulate(key, _i, &made);
}
END_TEST

/* --- blobs --------------------------------------------------------------------------------- */

START_TEST(a_coefficient_that_is_not_reduced_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name), copy;
    UCHAR blob[PQ_ROOM], saved[3];
    ULONG bytes = pq_exported(key, BCRYPT_MLKEM_PUBLIC_BLOB, blob), at;
    UCHAR *public_key = blob + bytes - sets[_i].public_bytes;

    for (at = 0; at < sets[_i].public_bytes - 32; at += 3 * 31)
    {
        memcpy(saved, public_key + at, 3);
        public_key[at] = 0x01;                      /* 3329 = 0xd01 */
        public_key[at + 1] = (UCHAR)((public_key[at + 1] & 0xf0) | 0x0d);
        expect_status(pq_import_blob(MLKEM, BCRYPT_MLKEM_PUBLIC_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        memcpy(public_key + at, saved, 3);
    }
}
END_TEST

/* All but z, which is as random as before. */
START_TEST(a_flipped_bit_in_a_private_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(sets[_i].algorithm, sets[_i].name), copy;
    ULONG bytes, at, size = sets[_i].private_bytes;
    UCHAR blob[PQ_ROOM], *private_key;

    bytes = pq_exported(key, BCRYPT_MLKEM_PRIVATE_BLOB, blob);
    private_key = blob + bytes - size;
    for (at = 0; at < size - 32; at++)
    {
        if (at % 13 && at < size - 64) continue;    /* some of the large parts, all of the hash */
        private_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status(pq_import_blob(MLKEM, BCRYPT_MLKEM_PRIVATE_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        private_key[at] ^= (UCHAR)(1 << at % 8);
    }
    private_key[size - 1] ^= 1;
    expect_status(pq_import_blob(MLKEM, BCRYPT_MLKEM_PRIVATE_BLOB, blob, bytes, 0, &copy),
                  STATUS_SUCCESS);
}
END_TEST

/* What holds for Windows' ML-KEM, and here for the composites, too. */
static void add_shared(TCase *tests, int count)
{
    test_add(tests, both_sides_get_the_same_secret, count);
    test_add(tests, every_form_of_a_private_key_works, count);
    test_add(tests, no_two_encapsulations_are_alike, count);
    test_add(tests, sizes_are_told_without_buffers, count);
    test_add(tests, a_buffer_that_is_a_byte_short_stays_untouched, count);
    test_add(tests, nothing_is_written_behind_what_is_made, count);
    test_add(tests, a_ciphertext_of_another_size_is_refused, count);
    test_add(tests, a_key_says_what_it_is, count);
}

void mlkem_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_shared(tests, PLAIN_SETS);
    test_add(tests, a_changed_ciphertext_gives_the_secret_of_its_rejection, PLAIN_SETS);
    add_test(tests, missing_pointers_are_refused);
    add_rows(tests, flags_are_refused, wrong_flags);
    add_test(tests, keys_of_other_algorithms_do_not_encapsulate);
    add_test(tests, no_other_handle_encapsulates);
    add_test(tests, a_destroyed_key_neither_encapsulates_nor_decapsulates);
    test_add(tests, a_coefficient_that_is_not_reduced_is_refused, PLAIN_SETS);

    tests = ours(suite);
    add_shared(tests, (int)ARRAY_SIZE(sets));
    add_rows(tests, the_secret_may_take_the_place_of_the_ciphertext, sets);
    add_test(tests, one_buffer_without_the_other_is_refused);
    add_rows(tests, a_public_key_does_not_decapsulate, sets);
    add_rows(tests, nothing_else_can_be_done_with_a_key, sets);
    add_rows(tests, the_algorithm_says_what_it_is, sets);
    add_rows(tests, an_unfinalized_key_is_refused, sets);
    test_add(tests, a_flipped_bit_in_a_private_key_is_refused, PLAIN_SETS);
}
