/*
 * test_ecdsa.c - signing and verifying with elliptic curves.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

/* --- published signatures --------------------------------------------------------------------- */

/* RFC 6979, A.2.5 to A.2.7, of "sample": the published digests are computed here. */
static const struct
{
    int pair;
    const WCHAR *hash;
    ULONG digest_bytes, counted;                    /* counted: bytes of it that are looked at */
    const char *signature;
} published[] =
{
    { 0, BCRYPT_SHA1_ALGORITHM, 20, 20,
      "61340C88C3AAEBEB4F6D667F672CA9759A6CCAA9FA8811313039EE4A35471D32"
      "6D7F147DAC089441BB2E2FE8F7A3FA264B9C475098FDCF6E00D7C996E1B8B7EB" },
    { 0, BCRYPT_SHA256_ALGORITHM, 32, 32,
      "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
      "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
    { 0, BCRYPT_SHA512_ALGORITHM, 64, 32,
      "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00"
      "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE" },
    { 1, BCRYPT_SHA384_ALGORITHM, 48, 48,
      "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA7"
      "3D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
      "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526"
      "203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8" },
    { 2, BCRYPT_SHA512_ALGORITHM, 64, 64,
      "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F17"
      "4E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA"
      "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF28"
      "2623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A" },
};

START_TEST(a_published_signature_verifies)
{
    BCRYPT_ALG_HANDLE hash = open_algorithm(published[_i].hash, 0);
    const struct ecc_pair *pair = &ecc_pairs[published[_i].pair];
    BCRYPT_KEY_HANDLE key = pair_key(pair, pair->ecdsa, false);
    ULONG bytes = published[_i].digest_bytes;
    UCHAR digest[64], signature[140];

    expect_status(BCryptHash(hash, NULL, 0, (UCHAR *)"sample", 6, digest, bytes), STATUS_SUCCESS);
    unhex(signature, sizeof(signature), published[_i].signature);
    expect_status(BCryptVerifySignature(key, NULL, digest, bytes, signature, 2 * pair->bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, published[_i].counted - 1, signature,
                                        2 * pair->bytes, 0),
                  STATUS_INVALID_SIGNATURE);
    signature[2 * pair->bytes - 1] ^= 1;
    expect_status(BCryptVerifySignature(key, NULL, digest, bytes, signature, 2 * pair->bytes, 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* --- every curve ------------------------------------------------------------------------------ */

/* curve25519 is not for signatures; the list of the others is the list without it. */
static bool signs(const struct ecc_curve *curve)
{
    return curve->type != ECC_MONTGOMERY;
}

START_TEST(every_curve_signs_and_verifies)
{
    const struct ecc_curve *curve = &ecc_curves[_i + (_i >= 14)];
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, curve->name);
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, curve->bits);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = 0;

    expect_true(signs(curve));
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), 2 * curve->order_bytes);
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 20, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 2 * curve->order_bytes);
    expect_signs(key);
    bytes = export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, blob);
    expect_pair(key, import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0));
}
END_TEST
static const int signing_curves[44];

/* A curve and its other names are one curve. */
static const WCHAR *const same_curves[][2] =
{
    { L"nistP192", L"secP192r1" }, { L"secP192r1", L"x962P192v1" }, { L"nistP224", L"secP224r1" },
    { L"secP224r1", L"wtls12" }, { L"nistP256", L"secP256r1" }, { L"secP256r1", L"x962P256v1" },
    { L"nistP384", L"secP384r1" }, { L"nistP521", L"secP521r1" }, { L"wtls7", L"secP160r2" },
};

START_TEST(one_curve_may_have_two_names)
{
    BCRYPT_KEY_HANDLE key = new_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, same_curves[_i][0]), 0);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, blob);
    BCRYPT_KEY_HANDLE other = import_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, same_curves[_i][1]),
                                         BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);

    expect_pair(key, other);
    expect_property_wide(key, BCRYPT_ECC_CURVE_NAME, same_curves[_i][0]);
    expect_property_wide(other, BCRYPT_ECC_CURVE_NAME, same_curves[_i][1]);
}
END_TEST

/* --- lengths of digests ----------------------------------------------------------------------- */

START_TEST(a_digest_may_have_any_length)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    BCRYPT_KEY_HANDLE key = pair_key(pair, pair->ecdsa, true);
    UCHAR signature[140];
    ULONG bytes, i;

    for (i = 1; i <= 100; i += 9)
    {
        expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting + 1, i, signature,
                                     sizeof(signature), &bytes, 0),
                      STATUS_SUCCESS);
        expect_value(bytes, 2 * pair->bytes);
        expect_status(
            BCryptVerifySignature(key, NULL, (UCHAR *)counting + 1, i, signature, bytes, 0),
            STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(of_a_long_digest_the_first_bytes_count)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR signature[64], digest[64];
    ULONG bytes;

    memcpy(digest, counting, sizeof(digest));
    expect_status(BCryptSignHash(key, NULL, digest, 64, signature, sizeof(signature), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, 32, signature, bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, 31, signature, bytes, 0),
                  STATUS_INVALID_SIGNATURE);
    digest[32] ^= 0xff;
    expect_status(BCryptVerifySignature(key, NULL, digest, 64, signature, bytes, 0),
                  STATUS_SUCCESS);
    digest[31] ^= 1;
    expect_status(BCryptVerifySignature(key, NULL, digest, 64, signature, bytes, 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_short_digest_is_a_small_number)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR signature[64], digest[32] = { 0 };
    ULONG bytes;

    memset(digest + 12, 0xab, 20);
    expect_status(
        BCryptSignHash(key, NULL, digest + 12, 20, signature, sizeof(signature), &bytes, 0),
        STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, 32, signature, bytes, 0),
                  STATUS_SUCCESS);
}
END_TEST

/* X9.62: where the order is no whole number of bytes, the surplus bits are shifted out. The shifted
 * number, when it has a byte less, stands as a digest that needs no shifting. */
static const struct
{
    const WCHAR *curve;
    ULONG order_bits;
} odd_orders[] =
{
    { L"nistP521", 521 }, { L"secP160r1", 161 }, { L"x962P239v1", 239 }, { L"secP224k1", 225 },
    { L"numsP256t1", 254 },
};

START_TEST(surplus_bits_of_a_digest_are_shifted_out)
{
    BCRYPT_KEY_HANDLE key = new_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, odd_orders[_i].curve), 0);
    ULONG bits = odd_orders[_i].order_bits, order_bytes = (bits + 7) / 8,
          surplus = 8 * order_bytes - bits, bytes, i;
    UCHAR digest[80], shifted[80] = { 0 }, signature[140];

    memcpy(digest, counting + 100, sizeof(digest));
    digest[0] = 0;                                      /* so that a byte less has what is left */
    digest[1] = 1;
    for (i = 1; i < order_bytes; i++)
    {
        shifted[i] = (UCHAR)(digest[i - 1] << (8 - surplus) | digest[i] >> surplus);
    }
    expect_value(shifted[0], 0);
    expect_status(
        BCryptSignHash(key, NULL, digest, sizeof(digest), signature, sizeof(signature), &bytes, 0),
        STATUS_SUCCESS);
    expect_value(bytes, 2 * order_bytes);
    expect_status(
        BCryptVerifySignature(key, NULL, shifted + 1, order_bytes - 1, signature, bytes, 0),
        STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, order_bytes, signature, bytes, 0),
                  STATUS_SUCCESS);
}
END_TEST

/* --- signatures that are wrong ---------------------------------------------------------------- */

#define P256_N_HEX "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
#define GOOD_R "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
#define GOOD_S "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"
#define ONES "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"

static const char *const wrong_signatures[] = {
    ZERO ZERO,   ZERO GOOD_S, GOOD_R ZERO,   P256_N_HEX GOOD_S, GOOD_R P256_N_HEX,
    ONES GOOD_S, GOOD_R ONES, GOOD_S GOOD_R, GOOD_R GOOD_R,
};

START_TEST(numbers_out_of_range_are_no_signature)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, false);
    UCHAR digest[32], signature[64];

    expect_status(BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, (UCHAR *)"sample", 6, digest, 32),
                  STATUS_SUCCESS);
    unhex(signature, sizeof(signature), wrong_signatures[_i]);
    expect_status(BCryptVerifySignature(key, NULL, digest, 32, signature, 64, 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/*
 * Where the order is longer than the field, r may be beyond the field: it is no x coordinate then,
 * even if its remainder is one. Both keys are made for s = 2 and the point with x = 4, the first
 * for r = x, the second for r = x + p, which is still below n.
 */
static const struct
{
    const char *x, *y, *r;
    NTSTATUS status;
} beyond_the_field[] =
{
    { "C381B93E95472821D4AD98727B4B0CAD63D44BEB00",
      "27DCD6C429A6CC7FD024FA13B5970792509CF1C700",
      "000000000000000000000000000000000000000004", STATUS_SUCCESS },
    { "AB5A4928923C262DF8556E06C822FA517181D65100",
      "B1370BB2A7CB48174D98D55B7C6AA0389B2A300500",
      "00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF80000003", STATUS_INVALID_SIGNATURE },
};

START_TEST(a_coordinate_is_not_reduced)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP160R1);
    UCHAR blob[ECC_BLOB_ROOM], signature[42] = { 0 };
    ULONG bytes = ecc_blob(blob, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 21, beyond_the_field[_i].x,
                           beyond_the_field[_i].y, NULL);
    BCRYPT_KEY_HANDLE key = import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);

    unhex(signature, 21, beyond_the_field[_i].r);
    signature[41] = 2;
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 20, signature, 42, 0),
                  beyond_the_field[_i].status);
}
END_TEST

static const ULONG wrong_sizes[] = { 1, 32, 63, 65, 66, 70, 72, 96, 128, 132 };

START_TEST(a_signature_of_another_size_is_wrong)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, false);
    UCHAR signature[140] = { 0 }, digest[32];

    expect_status(BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, (UCHAR *)"sample", 6, digest, 32),
                  STATUS_SUCCESS);
    unhex(signature, 64, GOOD_R GOOD_S);
    expect_status(BCryptVerifySignature(key, NULL, digest, 32, signature, wrong_sizes[_i], 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* --- arguments -------------------------------------------------------------------------------- */

START_TEST(signing_keeps_to_the_size_protocol)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    BCRYPT_KEY_HANDLE key = pair_key(pair, pair->ecdsa, true);
    ULONG bytes = 0, needed = 2 * pair->bytes;
    UCHAR signature[200];

    mark(signature, sizeof(signature));
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), needed);
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, needed);
    bytes = 0;
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, needed - 1, &bytes, 0),
        STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, needed);
    expect_untouched(signature, sizeof(signature));
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, sizeof(signature), &bytes, 0),
        STATUS_SUCCESS);
    expect_value(bytes, needed);
    expect_untouched(signature + needed, sizeof(signature) - needed);
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, sizeof(signature), NULL, 0),
        STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_public_key_does_not_sign)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, false);
    UCHAR signature[64];
    ULONG bytes = 0;

    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 64);
    bytes = UNTOUCHED_ULONG;
    mark(signature, sizeof(signature));
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, sizeof(signature), &bytes, 0),
        STATUS_INVALID_PARAMETER);
    expect_untouched(signature, sizeof(signature));
}
END_TEST

START_TEST(padding_is_not_for_ecdsa)
{
    BCRYPT_PKCS1_PADDING_INFO info = { BCRYPT_SHA1_ALGORITHM };
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR signature[64];
    ULONG bytes;

    expect_status(BCryptSignHash(key, &info, (UCHAR *)counting, 32, signature, sizeof(signature),
                                 &bytes, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, sizeof(signature), &bytes, 0),
        STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, &info, (UCHAR *)counting, 32, signature, bytes,
                                        BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, signature, bytes, BCRYPT_PAD_PSS),
        STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, &info, (UCHAR *)counting, 32, NULL, 0, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(there_has_to_be_a_digest)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR signature[64] = { 1 };
    ULONG bytes;

    expect_status(BCryptSignHash(key, NULL, NULL, 0, signature, sizeof(signature), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, NULL, NULL, 32, signature, sizeof(signature), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, NULL, signature, 0, signature, sizeof(signature), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, NULL, 0, signature, 64, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, NULL, 32, signature, 64, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, NULL, 64, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_signature_may_overwrite_its_digest)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR buffer[64];
    ULONG bytes;

    memcpy(buffer, counting, 32);
    expect_status(BCryptSignHash(key, NULL, buffer, 32, buffer, sizeof(buffer), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, buffer, 64, 0),
                  STATUS_SUCCESS);
}
END_TEST

/* The nonce is random: equal ones would give the private value away. */
START_TEST(no_two_signatures_are_the_same)
{
    BCRYPT_KEY_HANDLE key = new_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, odd_orders[_i].curve), 0);
    UCHAR left[140], right[140];
    ULONG bytes;

    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, left, sizeof(left), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, right, sizeof(right), &bytes, 0),
                  STATUS_SUCCESS);
    expect_different(left, right, bytes / 2);
    expect_different(left + bytes / 2, right + bytes / 2, bytes / 2);
}
END_TEST

/* A key for agreement neither signs nor verifies. */
START_TEST(an_ecdh_key_does_not_sign)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdh, true);
    UCHAR signature[64] = { 1 };
    ULONG bytes;

    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, NULL, 0, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, signature, sizeof(signature), &bytes, 0),
        STATUS_NOT_SUPPORTED);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, signature, 64, 0),
                  STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_SIGNATURE_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- many threads ----------------------------------------------------------------------------- */

#ifdef _WIN32
static DWORD WINAPI sign_and_verify(void *key)
{
    UCHAR signature[64], digest[32] = { 7 };
    ULONG bytes, i;

    for (i = 0; i < 50; i++)
    {
        digest[1] = (UCHAR)i;
        if (BCryptSignHash(key, NULL, digest, 32, signature, sizeof(signature), &bytes, 0))
        {
            return 1;
        }
        if (BCryptVerifySignature(key, NULL, digest, 32, signature, bytes, 0)) return 2;
    }
    return 0;
}

/* All threads begin with the key's first signature, for which it still has to be made ready. */
START_TEST(a_key_serves_many_threads)
{
    HANDLE threads[8];
    DWORD result;
    int round, i;

    for (round = 0; round < 10; round++)
    {
        BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);

        for (i = 0; i < 8; i++)
            expect_true((threads[i] = CreateThread(NULL, 0, sign_and_verify, key, 0, NULL)) !=
                        NULL);
        for (i = 0; i < 8; i++)
        {
            WaitForSingleObject(threads[i], INFINITE);
            expect_true(GetExitCodeThread(threads[i], &result));
            expect_value(result, 0);
            CloseHandle(threads[i]);
        }
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    }
}
END_TEST
#endif

void ecdsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_published_signature_verifies, published);
    add_rows(tests, every_curve_signs_and_verifies, signing_curves);
    add_rows(tests, one_curve_may_have_two_names, same_curves);
    add_rows(tests, a_digest_may_have_any_length, ecc_pairs);
    add_test(tests, of_a_long_digest_the_first_bytes_count);
    add_test(tests, a_short_digest_is_a_small_number);
    add_rows(tests, numbers_out_of_range_are_no_signature, wrong_signatures);
    add_rows(tests, a_coordinate_is_not_reduced, beyond_the_field);
    add_rows(tests, signing_keeps_to_the_size_protocol, ecc_pairs);
    add_test(tests, a_public_key_does_not_sign);
    add_test(tests, padding_is_not_for_ecdsa);
    add_rows(tests, no_two_signatures_are_the_same, odd_orders);
    add_test(tests, an_ecdh_key_does_not_sign);
#ifdef _WIN32
    add_test(tests, a_key_serves_many_threads);
#endif

    tests = ours(suite);
    add_rows(tests, surplus_bits_of_a_digest_are_shifted_out, odd_orders);
    add_rows(tests, a_signature_of_another_size_is_wrong, wrong_sizes);
    add_test(tests, there_has_to_be_a_digest);
    add_test(tests, a_signature_may_overwrite_its_digest);
}
