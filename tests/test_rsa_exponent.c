/*
 * test_rsa_exponent.c - the private exponent, where the DLL computes it: e^-1 modulo
 * (p - 1)(q - 1), as Windows has it, and not the smallest one, which FIPS 186-5 asks for.
 *
 * Programs compare blobs, and some compute p and q from d. That a d which fits stays is tested in
 * test_rsa_blob.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

static void export_full(BCRYPT_KEY_HANDLE key, UCHAR *blob)
{
    ULONG bytes;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, RSA_BLOB_ROOM,
                                  &bytes, 0), STATUS_SUCCESS);
}

/* Little-endian numbers of 16 bits in 32, room for 512 bits times e. */
#define LIMBS 40

static void limbs_read(uint32_t to[LIMBS], const UCHAR *digits, ULONG bytes)
{
    ULONG i;

    memset(to, 0, LIMBS * sizeof(to[0]));
    for (i = 0; i < bytes; i++) to[i / 2] |= (uint32_t)digits[bytes - 1 - i] << (8 * (i % 2));
}

static void limbs_multiply(uint32_t to[LIMBS], const uint32_t *left, const uint32_t *right)
{
    uint64_t sum[LIMBS] = { 0 };
    int i, j;

    for (i = 0; i < LIMBS; i++)
    {
        for (j = 0; i + j < LIMBS; j++) sum[i + j] += (uint64_t)left[i] * right[j];
    }
    for (i = 0; i < LIMBS; i++)
    {
        to[i] = (uint32_t)(sum[i] & 0xffff);
        if (i + 1 < LIMBS) sum[i + 1] += sum[i] >> 16;
    }
}

static int limbs_compare(const uint32_t *left, const uint32_t *right)
{
    int i = LIMBS - 1;

    while (i && left[i] == right[i]) i--;
    return left[i] < right[i] ? -1 : left[i] > right[i];
}

/* Whether d * e - 1 of a full blob of 512 bits is a multiple of (p - 1)(q - 1), and d is less than
 * that: the multiple is looked for by halving. e is 65537, p, q and d are odd. */
static bool is_modulo_phi(UCHAR *blob)
{
    uint32_t p[LIMBS], q[LIMBS], phi[LIMBS], d[LIMBS], e[LIMBS] = { 1, 1 }, product[LIMBS];
    uint32_t times[LIMBS] = { 0 }, trial[LIMBS], low = 0, high = 65537, middle;

    limbs_read(p, rsa_blob_part(blob, RSA_P), 32);
    limbs_read(q, rsa_blob_part(blob, RSA_Q), 32);
    limbs_read(d, rsa_blob_part(blob, RSA_D), 64);
    p[0] ^= 1;
    q[0] ^= 1;
    limbs_multiply(phi, p, q);
    limbs_multiply(product, d, e);
    product[0] ^= 1;
    while (high - low > 1)
    {
        middle = low + (high - low) / 2;
        times[0] = middle & 0xffff;
        times[1] = middle >> 16;
        limbs_multiply(trial, phi, times);
        if (limbs_compare(trial, product) <= 0) low = middle;
        else high = middle;
    }
    times[0] = low & 0xffff;
    times[1] = low >> 16;
    limbs_multiply(trial, phi, times);
    return !limbs_compare(trial, product) && limbs_compare(d, phi) < 0;
}

/* The blob of a key whose smallest d is another number: the check tells them apart. */
START_TEST(a_private_exponent_that_is_missing_is_that_of_windows)
{
    UCHAR blob[RSA_BLOB_ROOM];

    rsa_blob(blob, &rsa_short_d, BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_true(!is_modulo_phi(blob));
    export_full(rsa_pair(&rsa_short_d), blob);
    expect_true(is_modulo_phi(blob));
    export_full(rsa_pair(&rsa_512), blob);
    expect_true(is_modulo_phi(blob));
}
END_TEST

/* The smallest d is that of (p - 1)(q - 1) for less than half of all keys: of sixteen it shows. */
START_TEST(a_made_private_exponent_is_that_of_windows)
{
    UCHAR blob[RSA_BLOB_ROOM];
    int turn;

    for (turn = 0; turn < 16; turn++)
    {
        BCRYPT_KEY_HANDLE key = new_rsa(512);

        expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
        export_full(key, blob);
        expect_true(is_modulo_phi(blob));
    }
}
END_TEST

static const WCHAR *const full_types[] = { BCRYPT_RSAFULLPRIVATE_BLOB, LEGACY_RSAPRIVATE_BLOB };

/* Of either kind of blob that has one: d is the last number, little-endian in CAPI's. */
START_TEST(a_wrong_private_exponent_becomes_that_of_windows)
{
    UCHAR blob[RSA_BLOB_ROOM], full[RSA_BLOB_ROOM];
    ULONG bytes, change;
    BCRYPT_KEY_HANDLE key;

    for (change = 0; change < 3; change++)
    {
        bytes = rsa_blob(blob, &rsa_short_d, full_types[_i]);
        if (change == 0) blob[bytes - 30] ^= 4;
        if (change == 1) memset(blob + bytes - 64, 0, 64);
        if (change == 2) memset(blob + bytes - 64, 0xff, 64);
        expect_status(BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, full_types[_i], &key, blob,
                                          bytes, 0), STATUS_SUCCESS);
        keep_key(key);
        export_full(key, full);
        expect_true(is_modulo_phi(full));
    }
}
END_TEST

void rsa_exponent_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, a_private_exponent_that_is_missing_is_that_of_windows);
    add_test(tests, a_made_private_exponent_is_that_of_windows);

    tests = ours(suite);
    add_rows(tests, a_wrong_private_exponent_becomes_that_of_windows, full_types);
}
