/*
 * test_ecdh.c - agreeing on secrets with elliptic curves; curve25519.
 *
 * What is derived from a secret is tested in test_secret.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

/* --- what is agreed on ------------------------------------------------------------------------ */

/* The secret is the x coordinate: of d * G, where the own key is d and the peer's 1. */
START_TEST(the_secret_is_the_x_coordinate)
{
    static const char one[] = "000000000000000000000000000000000000000000000000000000000000000000"
                              "000000000000000000000000000000000000000000000000000000000000000001";
    const struct ecc_pair *pair = &ecc_pairs[_i];
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(pair->ecdh, 0);
    UCHAR blob[ECC_BLOB_ROOM], secret[100], x[66];
    ULONG bytes = ecc_blob(blob, ecc_private_magic(pair->ecdh_magic), pair->bytes, "", "",
                           one + sizeof(one) - 1 - 2 * pair->bytes), i;
    BCRYPT_KEY_HANDLE generator = import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);

    expect_value(agree(pair_key(pair, pair->ecdh, true), generator, secret), pair->bytes);
    unhex(x, sizeof(x), pair->x);
    for (i = 0; i < pair->bytes; i++) expect_value(secret[i], x[pair->bytes - 1 - i]);
}
END_TEST

/* RFC 5903, 8.1: both sides of P-256 and their secret. */
static const char rfc5903_i[] = "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433";
static const char rfc5903_r_x[] =
    "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63";
static const char rfc5903_r_y[] =
    "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB";
static const char rfc5903_secret[] =
    "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE";

START_TEST(a_published_secret_is_agreed_on)
{
    UCHAR blob[ECC_BLOB_ROOM], secret[100], reversed[32];
    ULONG bytes = ecc_blob(blob, BCRYPT_ECDH_PRIVATE_P256_MAGIC, 32, "", "", rfc5903_i), i;
    BCRYPT_KEY_HANDLE own =
        import_ecc(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);

    bytes = ecc_blob(blob, BCRYPT_ECDH_PUBLIC_P256_MAGIC, 32, rfc5903_r_x, rfc5903_r_y, NULL);
    expect_value(
        agree(own, import_ecc(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0),
              secret),
        32);
    for (i = 0; i < 32; i++) reversed[i] = secret[31 - i];
    expect_hex(reversed, 32, rfc5903_secret);
}
END_TEST

/* BCRYPT_KDF_HASH takes the secret in its natural order, BCRYPT_KDF_RAW_SECRET reverses it. */
START_TEST(the_raw_secret_is_reversed)
{
    BCRYPT_KEY_HANDLE own = pair_key(p256, p256->ecdh, true);
    UCHAR secret[100], natural[32], digest[20], hashed[20];
    BCRYPT_SECRET_HANDLE handle = NULL;
    ULONG bytes, i;

    expect_value(agree(own, own, secret), 32);
    for (i = 0; i < 32; i++) natural[i] = secret[31 - i];
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, natural, 32, digest, 20),
                  STATUS_SUCCESS);
    expect_status(BCryptSecretAgreement(own, own, &handle, 0), STATUS_SUCCESS);
    keep_secret(handle);
    expect_status(BCryptDeriveKey(handle, BCRYPT_KDF_HASH, NULL, hashed, sizeof(hashed), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 20);
    expect_bytes(hashed, digest, 20);
}
END_TEST

START_TEST(both_sides_agree_on_every_curve)
{
    const struct ecc_curve *curve = &ecc_curves[_i];
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, curve->name);
    BCRYPT_KEY_HANDLE left = new_ecc(algorithm, curve->bits), right = new_ecc(algorithm, 0), public;
    UCHAR blob[ECC_BLOB_ROOM], one[100], two[100];
    ULONG bytes = export_ecc(right, BCRYPT_ECCPUBLIC_BLOB, blob);

    public = import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);
    expect_value(agree(left, public, one), curve->field_bytes);
    expect_value(agree(right, left, two), curve->field_bytes);
    expect_bytes(one, two, curve->field_bytes);
    expect_value(agree(left, left, two), curve->field_bytes);
    expect_different(one, two, curve->field_bytes);
}
END_TEST

START_TEST(a_secret_outlives_its_keys)
{
    BCRYPT_KEY_HANDLE own = pair_key(p256, p256->ecdh, true),
                      peer = new_ecc(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    BCRYPT_SECRET_HANDLE secret = NULL;
    UCHAR before[100], after[100];
    ULONG bytes = 0;

    agree(own, peer, before);
    expect_status(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    expect_status(BCryptDestroyKey(own), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(peer), STATUS_SUCCESS);
    expect_status(
        BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, after, sizeof(after), &bytes, 0),
        STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_bytes(before, after, 32);
}
END_TEST

/* --- which keys ------------------------------------------------------------------------------- */

/* A generic key on a curve and a key of the curve's own algorithm. */
START_TEST(a_generic_key_agrees_with_one_of_its_curve)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    BCRYPT_KEY_HANDLE own = pair_key(pair, pair->ecdh, true);
    BCRYPT_KEY_HANDLE peer = new_ecc(open_curve(BCRYPT_ECDH_ALGORITHM, pair->curve), 0);
    UCHAR one[100], two[100];

    expect_value(agree(own, peer, one), pair->bytes);
    expect_value(agree(peer, own, two), pair->bytes);
    expect_bytes(one, two, pair->bytes);
}
END_TEST

#define expect_no_agreement(own, peer, flags, status) \
    do \
    { \
        BCRYPT_SECRET_HANDLE secret_ = UNTOUCHED_HANDLE; \
        expect_status(BCryptSecretAgreement((own), (peer), &secret_, (flags)), (status)); \
        expect_pointer(secret_, UNTOUCHED_HANDLE); \
    } \
    while (0)

START_TEST(keys_of_different_curves_do_not_agree)
{
    BCRYPT_KEY_HANDLE own = pair_key(p256, p256->ecdh, true);

    expect_no_agreement(own, pair_key(p384, p384->ecdh, true), 0, STATUS_INVALID_PARAMETER);
    expect_no_agreement(own,
                        new_ecc(open_curve(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1), 0),
                        0, STATUS_INVALID_PARAMETER);
    expect_no_agreement(own, new_ecc(open_curve(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519), 0),
                        0, STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_public_key_is_only_a_peer)
{
    BCRYPT_KEY_HANDLE public = pair_key(p256, p256->ecdh, false),
                      pair = pair_key(p256, p256->ecdh, true);
    UCHAR secret[100];

    expect_no_agreement(public, pair, 0, STATUS_INVALID_PARAMETER);
    expect_no_agreement(public, public, 0, STATUS_INVALID_PARAMETER);
    expect_value(agree(pair, public, secret), 32);
}
END_TEST

START_TEST(an_unfinalized_key_does_not_agree)
{
    BCRYPT_KEY_HANDLE begun = begin_ecc(BCRYPT_ECDH_P256_ALG_HANDLE, 256),
                      pair = pair_key(p256, p256->ecdh, true);

    expect_no_agreement(begun, pair, 0, STATUS_INVALID_HANDLE);
    expect_no_agreement(pair, begun, 0, STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(agreeing_refuses_wrong_arguments)
{
    BCRYPT_KEY_HANDLE pair = pair_key(p256, p256->ecdh, true);

    expect_no_agreement(NULL, pair, 0, STATUS_INVALID_HANDLE);
    expect_no_agreement(pair, NULL, 0, STATUS_INVALID_HANDLE);
    expect_no_agreement(pair, BCRYPT_ECDH_P256_ALG_HANDLE, 0, STATUS_INVALID_HANDLE);
    expect_status(BCryptSecretAgreement(pair, pair, NULL, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(agreeing_takes_no_flags)
{
    BCRYPT_KEY_HANDLE pair = pair_key(p256, p256->ecdh, true);

    expect_no_agreement(pair, pair, 1, STATUS_INVALID_PARAMETER);
    expect_no_agreement(pair, pair, KDF_USE_SECRET_AS_HMAC_KEY_FLAG << 4, STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(keys_that_cannot_agree_are_not_supported)
{
    BCRYPT_KEY_HANDLE pair = pair_key(p256, p256->ecdh, true),
                      signer = pair_key(p256, p256->ecdsa, true);

    expect_no_agreement(signer, signer, 0, STATUS_NOT_SUPPORTED);
    expect_no_agreement(pair, signer, 0, STATUS_NOT_SUPPORTED);
    expect_no_agreement(signer, pair, 0, STATUS_NOT_SUPPORTED);
    expect_no_agreement(new_aes_key(128), pair, 0, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_secret_is_no_key)
{
    BCRYPT_KEY_HANDLE pair = pair_key(p256, p256->ecdh, true);
    BCRYPT_SECRET_HANDLE secret = NULL;

    expect_status(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    expect_status(BCryptDestroyKey(secret), STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroySecret(pair), STATUS_INVALID_HANDLE);
    expect_property(secret, BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
    expect_status(BCryptDestroySecret(secret), STATUS_SUCCESS);
    expect_status(BCryptDestroySecret(secret), STATUS_INVALID_HANDLE);
}
END_TEST

/* --- curve25519 ------------------------------------------------------------------------------- */

static BCRYPT_ALG_HANDLE open_x25519(void)
{
    return open_curve(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519);
}

static BCRYPT_KEY_HANDLE x25519_key(const char *u, const char *d, ULONG flags)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes =
        ecc_blob(blob, d ? BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32,
                 u, "", d);

    return import_ecc(open_x25519(), d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB, blob,
                      bytes, flags);
}

static const ULONG x25519_flags[] = { 0, BCRYPT_NO_KEY_VALIDATION };

START_TEST(curve25519_agrees_as_published)
{
    BCRYPT_KEY_HANDLE own = x25519_key("", x25519_d, x25519_flags[_i]);
    BCRYPT_KEY_HANDLE peer = x25519_key(x25519_peer_u, NULL, x25519_flags[_i]);
    UCHAR secret[100], reversed[32];
    ULONG i;

    expect_value(agree(own, peer, secret), 32);
    for (i = 0; i < 32; i++) reversed[i] = secret[31 - i];
    expect_hex(reversed, 32, x25519_secret);
}
END_TEST

START_TEST(the_hash_of_a_curve25519_secret_takes_wire_order)
{
    BCRYPT_SECRET_HANDLE secret = NULL;
    UCHAR wire[32], digest[20], hashed[20];
    ULONG bytes;

    expect_status(BCryptSecretAgreement(x25519_key("", x25519_d, 0),
                                        x25519_key(x25519_peer_u, NULL, 0), &secret, 0),
                  STATUS_SUCCESS);
    keep_secret(secret);
    unhex(wire, sizeof(wire), x25519_secret);
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, wire, 32, digest, 20),
                  STATUS_SUCCESS);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, NULL, hashed, 20, &bytes, 0),
                  STATUS_SUCCESS);
    expect_bytes(hashed, digest, 20);
}
END_TEST

START_TEST(curve25519_computes_the_public_half)
{
    BCRYPT_KEY_HANDLE key = x25519_key("", x25519_d, x25519_flags[_i]);
    UCHAR blob[ECC_BLOB_ROOM], zeros[32] = { 0 };

    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), 104);
    expect_value(little_endian(blob), BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC);
    expect_value(little_endian(blob + 4), 32);
    expect_hex(blob + 8, 32, x25519_u);
    expect_bytes(blob + 40, zeros, 32);
    expect_hex(blob + 72, 32, x25519_d);
    expect_value(export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, blob), 72);
    expect_hex(blob + 8, 32, x25519_u);
    expect_bytes(blob + 40, zeros, 32);
}
END_TEST

/* A pair's blob is taken for a public one, and d is not looked at; not so on other curves. */
START_TEST(a_private_curve25519_blob_is_a_public_one_too)
{
    static const WCHAR *const types[] = { BCRYPT_ECCPUBLIC_BLOB, BCRYPT_PUBLIC_KEY_BLOB };
    UCHAR blob[ECC_BLOB_ROOM], public[ECC_BLOB_ROOM], secret[100], reversed[32];
    BCRYPT_KEY_HANDLE own = x25519_key("", x25519_d, 0), peer;
    ULONG bytes, needed = 0, i;
    size_t type;

    for (type = 0; type < ARRAY_SIZE(types); type++)
    {
        bytes = ecc_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 32, x25519_peer_u, "",
                         type ? "ff" : x25519_d);
        peer = import_ecc(open_x25519(), types[type], blob, bytes, x25519_flags[_i]);
        expect_value(agree(own, peer, secret), 32);
        for (i = 0; i < 32; i++) reversed[i] = secret[31 - i];
        expect_hex(reversed, 32, x25519_secret);
        expect_value(export_ecc(peer, BCRYPT_ECCPUBLIC_BLOB, public), 72);
        expect_value(little_endian(public), BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC);
        expect_hex(public + 8, 32, x25519_peer_u);
        expect_status(BCryptExportKey(peer, NULL, BCRYPT_ECCPRIVATE_BLOB, NULL, 0, &needed, 0),
                      STATUS_INVALID_PARAMETER);
        expect_no_import(open_x25519(), types[type], blob, 103, x25519_flags[_i],
                         STATUS_INVALID_PARAMETER);
        expect_no_import(open_x25519(), types[type], blob, 72, x25519_flags[_i],
                         STATUS_INVALID_PARAMETER);
    }
}
END_TEST

START_TEST(the_private_blob_of_another_curve_is_no_public_one)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, pair, pair->ecdh_magic, true);

    expect_no_import(open_algorithm(pair->ecdh, 0), BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
    expect_no_import(open_curve(BCRYPT_ECDH_ALGORITHM, pair->curve), BCRYPT_ECCPUBLIC_BLOB, blob,
                     ecc_pair_blob(blob, pair, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, true), 0,
                     STATUS_INVALID_PARAMETER);
}
END_TEST

static const ULONG x25519_lengths[] = { 0, 255 };

START_TEST(curve25519_makes_clamped_keys)
{
    BCRYPT_KEY_HANDLE key = new_ecc(open_x25519(), x25519_lengths[_i]);
    UCHAR blob[ECC_BLOB_ROOM], zeros[32] = { 0 };

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 255);
    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), 104);
    expect_value(blob[72] & 7, 0);
    expect_value(blob[103] & 0xc0, 0x40);
    expect_bytes(blob + 40, zeros, 32);
}
END_TEST

START_TEST(curve25519_has_no_other_length)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(open_x25519(), &key, 256, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const struct x25519_numbers
{
    const char *x, *y, *d;
} unclamped[] =
{
    { "", "", "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb" },
    { "", "", "59ab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e06b" },
    { "", "", "5aab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e06b" },
    { "", "", "5cab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e06b" },
    { "", "", "58ab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb" },
    { "", "", "58ab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e02b" },
    { "", "", "" },
};

static void expect_no_x25519(const struct x25519_numbers *numbers, ULONG flags)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_blob(
        blob, numbers->d ? BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32,
        numbers->x, numbers->y, numbers->d);

    expect_no_import(open_x25519(), numbers->d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB,
                     blob, bytes, flags, STATUS_INVALID_PARAMETER);
}

START_TEST(curve25519_does_not_clamp)
{
    expect_no_x25519(&unclamped[_i], 0);
    expect_no_x25519(&unclamped[_i], BCRYPT_NO_KEY_VALIDATION);
}
END_TEST

/* u at p and above, with and without the highest bit; and a Y that is not zero. */
static const struct x25519_numbers not_canonical[] =
{
    { "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "", NULL },
    { "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "", NULL },
    { "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "", NULL },
    { "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882bcf", "", NULL },
    { "0900000000000000000000000000000000000000000000000000000000000080", "", NULL },
    { "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", "01", NULL },
};

START_TEST(curve25519_does_not_reduce)
{
    expect_no_x25519(&not_canonical[_i], 0);
    expect_no_x25519(&not_canonical[_i], BCRYPT_NO_KEY_VALIDATION);
}
END_TEST

/* Points of small order, points of the twist, and one of mixed order (u of 9 plus a point of order
 * 8): let in only on demand. */
static const struct x25519_numbers unsafe[] =
{
    { "", "", NULL },
    { "0100000000000000000000000000000000000000000000000000000000000000", "", NULL },
    { "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800", "", NULL },
    { "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", "", NULL },
    { "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "", NULL },
    { "0200000000000000000000000000000000000000000000000000000000000000", "", NULL },
    { "0300000000000000000000000000000000000000000000000000000000000000", "", NULL },
    { "bb72312170e8156f7a836313f85bee9b1fdce926ba9804a29e8d137ec67f2533", "", NULL },
};

START_TEST(curve25519_checks_the_order)
{
    expect_no_x25519(&unsafe[_i], 0);
    expect_no_x25519(&unsafe[_i], BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER);
    x25519_key(unsafe[_i].x, NULL, BCRYPT_NO_KEY_VALIDATION);
    x25519_key(unsafe[_i].x, NULL, BCRYPT_KEY_VALIDATION_RANGE);
}
END_TEST

/* The first five of them, with any key: the clients compare with zero themselves. */
START_TEST(a_curve25519_secret_may_be_zero)
{
    UCHAR secret[100], zeros[32] = { 0 };

    expect_value(agree(x25519_key("", x25519_d, 0),
                       x25519_key(unsafe[_i].x, NULL, BCRYPT_NO_KEY_VALIDATION), secret),
                 32);
    expect_bytes(secret, zeros, 32);
}
END_TEST
static const int small_orders[5];

START_TEST(a_curve25519_pair_has_to_match)
{
    static const struct x25519_numbers mismatch = { x25519_peer_u, "", x25519_d };

    expect_no_x25519(&mismatch, 0);
    expect_no_x25519(&mismatch, BCRYPT_KEY_VALIDATION_REGENERATE | BCRYPT_NO_KEY_VALIDATION);
    x25519_key(x25519_peer_u, x25519_d, BCRYPT_NO_KEY_VALIDATION);
    x25519_key(x25519_u, x25519_d, 0);
}
END_TEST

/* The NUMS curves: points of small order, off the curve, and their cofactor. */
START_TEST(a_nums_point_of_small_order_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NUMSP256T1);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes;

    bytes = ecc_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32, "",
                     "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF42", NULL);
    expect_no_import(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
    bytes = ecc_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32, "",
                     "0000000000000000000000000000000000000000000000000000000000000001", NULL);
    expect_no_import(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
    bytes = ecc_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32,
                     "000000000000000000000000000000000000000000000000000000000000000E",
                     "7D0AB41E2A1276DBA3D330B39FA046BFBE2A6D63824D303F707F6FB5331CADBA", NULL);
    expect_no_import(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
    bytes = ecc_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 32,
                     "000000000000000000000000000000000000000000000000000000000000000D",
                     "7D0AB41E2A1276DBA3D330B39FA046BFBE2A6D63824D303F707F6FB5331CADBA", NULL);
    import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);
}
END_TEST

void ecdh_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, the_secret_is_the_x_coordinate, ecc_pairs);
    add_test(tests, a_published_secret_is_agreed_on);
    add_test(tests, the_raw_secret_is_reversed);
    add_rows(tests, both_sides_agree_on_every_curve, ecc_curves);
    add_test(tests, a_secret_outlives_its_keys);
    add_test(tests, keys_of_different_curves_do_not_agree);
    add_test(tests, agreeing_refuses_wrong_arguments);
    add_test(tests, keys_that_cannot_agree_are_not_supported);
    add_test(tests, a_secret_is_no_key);
    add_rows(tests, curve25519_agrees_as_published, x25519_flags);
    add_rows(tests, curve25519_computes_the_public_half, x25519_flags);
    add_rows(tests, curve25519_makes_clamped_keys, x25519_lengths);
    add_rows(tests, the_private_blob_of_another_curve_is_no_public_one, ecc_pairs);
    add_rows(tests, curve25519_does_not_clamp, unclamped);
    add_rows(tests, curve25519_does_not_reduce, not_canonical);
    add_rows(tests, curve25519_checks_the_order, unsafe);

    tests = ours(suite);
    add_rows(tests, a_private_curve25519_blob_is_a_public_one_too, x25519_flags);
    add_rows(tests, a_generic_key_agrees_with_one_of_its_curve, ecc_pairs);
    add_test(tests, a_public_key_is_only_a_peer);
    add_test(tests, an_unfinalized_key_does_not_agree);
    add_test(tests, agreeing_takes_no_flags);
    add_test(tests, the_hash_of_a_curve25519_secret_takes_wire_order);
    add_test(tests, curve25519_has_no_other_length);
    add_rows(tests, a_curve25519_secret_may_be_zero, small_orders);
    add_test(tests, a_curve25519_pair_has_to_match);
    add_test(tests, a_nums_point_of_small_order_is_refused);
}
