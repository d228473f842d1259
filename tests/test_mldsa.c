/*
 * test_mldsa.c - ML-DSA: signatures.
 *
 * What its keys have in common with others is in test_pq_blob.c, published vectors are in
 * test_vectors_pq.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

#define MLDSA BCRYPT_MLDSA_ALG_HANDLE
#define MU_BYTES 64
#define MOST_BYTES 4627

/* FIPS 204, table 2. */
static const struct
{
    const WCHAR *name;
    ULONG public_bytes, private_bytes, signature_bytes;
    ULONG eta_bytes, vectors;                   /* of a polynomial of s1 or s2; how many */
} sets[] =
{
    { BCRYPT_MLDSA_PARAMETER_SET_44, 1312, 2560, 2420,  96,  8 },
    { BCRYPT_MLDSA_PARAMETER_SET_65, 1952, 4032, 3309, 128, 11 },
    { BCRYPT_MLDSA_PARAMETER_SET_87, 2592, 4896, 4627,  96, 15 },
};

static UCHAR *message(void)
{
    return (UCHAR *)(uintptr_t)counting;
}

/* A signature of the first bytes of `counting`. */
static NTSTATUS sign(BCRYPT_KEY_HANDLE key, int set, const BCRYPT_PQDSA_PADDING_INFO *info,
                     ULONG bytes, UCHAR *signature, ULONG flags)
{
    ULONG made = 0;
    NTSTATUS status;

    mark(signature, MOST_BYTES);
    status = BCryptSignHash(key, (void *)(uintptr_t)info, message(), bytes, signature, MOST_BYTES,
                            &made, flags);
    if (status) expect_untouched(signature, MOST_BYTES);
    else expect_value(made, sets[set].signature_bytes);
    return status;
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, int set, const BCRYPT_PQDSA_PADDING_INFO *info,
                       ULONG bytes, UCHAR *signature, ULONG flags)
{
    return BCryptVerifySignature(key, (void *)(uintptr_t)info, message(), bytes, signature,
                                 sets[set].signature_bytes, flags);
}

static BCRYPT_PQDSA_PADDING_INFO with_context(const void *context, ULONG bytes)
{
    BCRYPT_PQDSA_PADDING_INFO info = { (UCHAR *)(uintptr_t)context, bytes, NULL };

    return info;
}

/* --- signatures ---------------------------------------------------------------------------- */

START_TEST(a_signature_verifies_with_either_half)
{
    BCRYPT_KEY_HANDLE own = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(MLDSA, own, BCRYPT_PQDSA_PUBLIC_BLOB);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(own, _i, NULL, 100, signature, 0), STATUS_SUCCESS);
    expect_status(verify(own, _i, NULL, 100, signature, 0), STATUS_SUCCESS);
    expect_status(verify(peer, _i, NULL, 100, signature, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(every_form_of_a_private_key_signs)
{
    static const WCHAR *const types[] = { BCRYPT_PQDSA_PRIVATE_BLOB,
                                          BCRYPT_PQDSA_PRIVATE_SEED_BLOB };
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name), copy;
    UCHAR signature[MOST_BYTES];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        copy = pq_through_blob(MLDSA, key, types[i]);
        expect_status(sign(copy, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
        expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
        expect_status(verify(copy, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(no_two_signatures_are_alike)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    UCHAR one[MOST_BYTES], other[MOST_BYTES];

    expect_status(sign(key, _i, NULL, 32, one, 0), STATUS_SUCCESS);
    expect_status(sign(key, _i, NULL, 32, other, 0), STATUS_SUCCESS);
    expect_different(one, other, sets[_i].signature_bytes);
}
END_TEST

START_TEST(a_message_of_any_length_is_signed)
{
    static const ULONG lengths[] = { 0, 1, 31, 64, 127, 128, 135, 136, 137, 255 };
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    UCHAR signature[MOST_BYTES];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        expect_status(sign(key, _i, NULL, lengths[i], signature, 0), STATUS_SUCCESS);
        expect_status(verify(key, _i, NULL, lengths[i], signature, 0), STATUS_SUCCESS);
        expect_status(verify(key, _i, NULL, lengths[i] ^ 1, signature, 0),
                      STATUS_INVALID_SIGNATURE);
    }
}
END_TEST

START_TEST(a_long_message_is_signed)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    UCHAR signature[MOST_BYTES], *long_message = calloc(1, 3000001);
    ULONG bytes, size = sets[_i].signature_bytes;
    NTSTATUS signing, right, wrong;

    signing = BCryptSignHash(key, NULL, long_message, 3000001, signature, size, &bytes, 0);
    right = BCryptVerifySignature(key, NULL, long_message, 3000001, signature, size, 0);
    long_message[3000000] = 1;
    wrong = BCryptVerifySignature(key, NULL, long_message, 3000001, signature, size, 0);
    free(long_message);
    expect_status(signing, STATUS_SUCCESS);
    expect_status(right, STATUS_SUCCESS);
    expect_status(wrong, STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(the_empty_message_needs_no_pointer)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    ULONG bytes, size = sets[_i].signature_bytes;
    UCHAR signature[MOST_BYTES];

    expect_status(BCryptSignHash(key, NULL, NULL, 0, signature, size, &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, NULL, 0, signature, size, 0), STATUS_SUCCESS);
    expect_status(verify(key, _i, NULL, 0, signature, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_changed_signature_is_not_one)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    UCHAR signature[MOST_BYTES];
    ULONG at;

    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    for (at = 0; at < sets[_i].signature_bytes; at += at < sets[_i].signature_bytes - 100 ? 23 : 1)
    {
        signature[at] ^= (UCHAR)(1 << at % 8);
        expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_INVALID_SIGNATURE);
        signature[at] ^= (UCHAR)(1 << at % 8);
    }
    expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(another_key_does_not_verify)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_KEY_HANDLE other = pq_generated(MLDSA, sets[_i].name);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    expect_status(verify(other, _i, NULL, 32, signature, 0), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_signature_of_another_size_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    const ULONG sizes[] = { 0, 1, 64, sets[_i].signature_bytes - 1, sets[_i].signature_bytes + 1,
                            sets[(_i + 1) % 3].signature_bytes };
    UCHAR signature[MOST_BYTES + 1] = { 0 };
    size_t i;

    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_refused(BCryptVerifySignature(key, NULL, message(), 32, signature, sizes[i], 0));
    }
}
END_TEST

START_TEST(the_size_is_told_without_a_buffer)
{
    BCRYPT_KEY_HANDLE own = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(MLDSA, own, BCRYPT_PQDSA_PUBLIC_BLOB);
    ULONG bytes = 0;

    expect_status(BCryptSignHash(own, NULL, NULL, 0, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sets[_i].signature_bytes);
    bytes = 0;
    expect_status(BCryptSignHash(peer, NULL, message(), 32, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sets[_i].signature_bytes);
    expect_value(property_ulong(own, BCRYPT_SIGNATURE_LENGTH), sets[_i].signature_bytes);
    expect_value(property_ulong(peer, BCRYPT_SIGNATURE_LENGTH), sets[_i].signature_bytes);
}
END_TEST

START_TEST(a_signature_stays_within_its_buffer)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    ULONG bytes = 0, size = sets[_i].signature_bytes;
    UCHAR signature[MOST_BYTES + 16];

    mark(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, message(), 32, signature, size - 1, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, size);
    expect_untouched(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, message(), 32, signature, size + 1, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, size);
    expect_untouched(signature + size, sizeof(signature) - size);
}
END_TEST

START_TEST(a_signature_may_take_the_place_of_the_message)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    ULONG bytes, size = sets[_i].signature_bytes;
    UCHAR buffer[MOST_BYTES];

    memcpy(buffer, counting, 256);
    expect_status(BCryptSignHash(key, NULL, buffer, 256, buffer, size, &bytes, 0), STATUS_SUCCESS);
    expect_status(verify(key, _i, NULL, 256, buffer, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_public_key_does_not_sign)
{
    BCRYPT_KEY_HANDLE own = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(MLDSA, own, BCRYPT_PQDSA_PUBLIC_BLOB);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(peer, _i, NULL, 32, signature, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_unfinalized_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_begun(MLDSA);
    UCHAR signature[MOST_BYTES] = { 0 };

    expect_status(pq_tell_set(key, sets[_i].name), STATUS_SUCCESS);
    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_INVALID_HANDLE);
    expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(missing_pointers_are_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    UCHAR signature[MOST_BYTES] = { 0 };
    ULONG bytes;

    expect_status(BCryptSignHash(key, NULL, message(), 32, signature, 2420, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, NULL, NULL, 32, signature, 2420, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, NULL, 32, signature, 2420, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, message(), 32, NULL, 2420, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(nothing_else_can_be_done_with_a_key)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_65), copy;
    BCRYPT_SECRET_HANDLE agreement;
    UCHAR buffer[2000] = { 0 };
    ULONG one, other;

    expect_status(BCryptEncapsulate(key, buffer, 32, &one, buffer, sizeof(buffer), &other, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptDecapsulate(key, buffer, 1088, buffer, 32, &one, 0), STATUS_NOT_SUPPORTED);
    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = buffer, .bytes = 32, .output = buffer,
                   .room = sizeof(buffer), .result = &one);
    expect_status(BCryptSecretAgreement(key, key, &agreement, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

/* --- contexts ------------------------------------------------------------------------------ */

START_TEST(a_signature_is_one_with_its_context_alone)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    ULONG bytes = (ULONG)_i;
    BCRYPT_PQDSA_PADDING_INFO right = with_context(counting, bytes), wrong;
    UCHAR signature[MOST_BYTES], changed[255];

    expect_status(sign(key, 0, &right, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, 0, &right, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    wrong = with_context(counting, bytes ? bytes - 1 : 1);
    expect_status(verify(key, 0, &wrong, 32, signature, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_SIGNATURE);
    if (!bytes) return;
    memcpy(changed, counting, bytes);
    changed[bytes - 1] ^= 1;
    wrong = with_context(changed, bytes);
    expect_status(verify(key, 0, &wrong, 32, signature, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, 0, NULL, 32, signature, 0), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(all_forms_of_no_context_are_alike)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_PQDSA_PADDING_INFO none = with_context(NULL, 0), empty = with_context(counting, 0);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    expect_status(verify(key, _i, &none, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, _i, &empty, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(sign(key, _i, &none, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
    expect_status(sign(key, _i, &empty, 32, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, _i, NULL, 32, signature, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_context_that_is_too_long_or_not_there_is_refused)
{
    static const ULONG lengths[] = { 256, 257, 512, 0x10000, 0x80000000, 0xffffffff };
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    UCHAR signature[MOST_BYTES];
    BCRYPT_PQDSA_PADDING_INFO info;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        info = with_context(counting, lengths[i]);
        expect_status(sign(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA),
                      STATUS_INVALID_PARAMETER);
        expect_status(verify(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA),
                      STATUS_INVALID_PARAMETER);
    }
    info = with_context(NULL, 1);
    expect_status(sign(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- flags --------------------------------------------------------------------------------- */

static const ULONG wrong_flags[] = { 1, 2, 4, 8, 0x10, 0x60, 0x21, 0x80000000 };

START_TEST(other_flags_are_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    BCRYPT_PQDSA_PADDING_INFO info = with_context(NULL, 0);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(key, 0, NULL, 64, signature, wrong_flags[_i]), STATUS_INVALID_PARAMETER);
    expect_status(sign(key, 0, &info, 64, signature, wrong_flags[_i]), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, 0, NULL, 64, signature, wrong_flags[_i]), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, 0, &info, 64, signature, wrong_flags[_i]), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_info_comes_with_its_flag)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    BCRYPT_PQDSA_PADDING_INFO info = with_context(NULL, 0);
    UCHAR signature[MOST_BYTES];

    expect_status(sign(key, 0, &info, 32, signature, 0), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, 0, &info, 32, signature, 0), STATUS_INVALID_PARAMETER);
    expect_status(sign(key, 0, NULL, 32, signature, BCRYPT_PAD_PQDSA), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, 0, NULL, 32, signature, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- mu ------------------------------------------------------------------------------------ */

static void shake256(const UCHAR *input, ULONG bytes, UCHAR *output)
{
    expect_status(BCryptHash(BCRYPT_SHAKE256_ALG_HANDLE, NULL, 0, (UCHAR *)(uintptr_t)input, bytes,
                             output, 64), STATUS_SUCCESS);
}

/* FIPS 204, algorithm 7: mu = H(H(pk) || M'); M' is what algorithms 2 and 4 make. */
static void compute_mu(BCRYPT_KEY_HANDLE key, int set, const void *formatted, ULONG bytes,
                       UCHAR *mu)
{
    UCHAR blob[PQ_ROOM], hashed[64 + 600];
    ULONG blob_bytes = pq_exported(key, BCRYPT_PQDSA_PUBLIC_BLOB, blob);

    expect_at_most(bytes, 600);
    shake256(blob + blob_bytes - sets[set].public_bytes, sets[set].public_bytes, hashed);
    memcpy(hashed + 64, formatted, bytes);
    shake256(hashed, 64 + bytes, mu);
}

static NTSTATUS sign_mu(BCRYPT_KEY_HANDLE key, int set, UCHAR *mu, ULONG bytes, UCHAR *signature)
{
    ULONG made;

    return BCryptSignHash(key, NULL, mu, bytes, signature, sets[set].signature_bytes, &made,
                          BCRYPT_MLDSA_EXTERNAL_MU);
}

static NTSTATUS verify_mu(BCRYPT_KEY_HANDLE key, int set, UCHAR *mu, ULONG bytes, UCHAR *signature)
{
    return BCryptVerifySignature(key, NULL, mu, bytes, signature, sets[set].signature_bytes,
                                 BCRYPT_MLDSA_EXTERNAL_MU);
}

START_TEST(mu_may_be_made_outside)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_PQDSA_PADDING_INFO info = with_context("context", 7);
    UCHAR formatted[2 + 7 + 100], mu[MU_BYTES], signature[MOST_BYTES];

    memcpy(formatted, "\0\7context", 9);
    memcpy(formatted + 9, counting, 100);
    compute_mu(key, _i, formatted, sizeof(formatted), mu);
    expect_status(sign_mu(key, _i, mu, sizeof(mu), signature), STATUS_SUCCESS);
    expect_status(verify(key, _i, &info, 100, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(sign(key, _i, &info, 100, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify_mu(key, _i, mu, sizeof(mu), signature), STATUS_SUCCESS);
    mu[63] ^= 1;
    expect_status(verify_mu(key, _i, mu, sizeof(mu), signature), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(mu_has_64_bytes_and_no_info)
{
    static const ULONG sizes[] = { 0, 32, 63, 65, 128 };
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name);
    BCRYPT_PQDSA_PADDING_INFO info = with_context(NULL, 0);
    UCHAR mu[128] = { 0 }, signature[MOST_BYTES] = { 0 };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(sign_mu(key, _i, mu, sizes[i], signature), STATUS_INVALID_PARAMETER);
        expect_status(verify_mu(key, _i, mu, sizes[i], signature), STATUS_INVALID_PARAMETER);
    }
    expect_status(sign(key, _i, &info, 64, signature, BCRYPT_MLDSA_EXTERNAL_MU),
                  STATUS_INVALID_PARAMETER);
    expect_status(verify(key, _i, &info, 64, signature, BCRYPT_MLDSA_EXTERNAL_MU),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- HashML-DSA ---------------------------------------------------------------------------- */

/* FIPS 204, section 5.4.1: DER of 2.16.840.1.101.3.4.2.x. */
static const struct
{
    const WCHAR *name;
    const char *oid;
    ULONG bytes;
} hashes[] =
{
    { BCRYPT_SHA256_ALGORITHM,   "0609608648016503040201", 32 },
    { BCRYPT_SHA384_ALGORITHM,   "0609608648016503040202", 48 },
    { BCRYPT_SHA512_ALGORITHM,   "0609608648016503040203", 64 },
    { BCRYPT_SHA3_256_ALGORITHM, "0609608648016503040208", 32 },
    { BCRYPT_SHA3_384_ALGORITHM, "0609608648016503040209", 48 },
    { BCRYPT_SHA3_512_ALGORITHM, "060960864801650304020a", 64 },
    { BCRYPT_SHAKE128_ALGORITHM, "060960864801650304020b", 32 },
    { BCRYPT_SHAKE256_ALGORITHM, "060960864801650304020c", 64 },
};

START_TEST(a_digest_is_signed_with_the_name_of_its_hash)
{
    int set = _i % 3, hash = _i / 3;
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[set].name);
    BCRYPT_PQDSA_PADDING_INFO info = { (UCHAR *)(uintptr_t)"ctx", 3, hashes[hash].name };
    UCHAR formatted[2 + 3 + 11 + 64] = { 1, 3, 'c', 't', 'x' }, mu[MU_BYTES];
    UCHAR signature[MOST_BYTES];
    ULONG bytes = hashes[hash].bytes;

    expect_value(unhex(formatted + 5, 11, hashes[hash].oid), 11);
    memcpy(formatted + 16, counting, bytes);
    compute_mu(key, set, formatted, 16 + bytes, mu);
    expect_status(sign(key, set, &info, bytes, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, set, &info, bytes, signature, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify_mu(key, set, mu, sizeof(mu), signature), STATUS_SUCCESS);
    info.pszPrehashAlgId = NULL;
    expect_status(verify(key, set, &info, bytes, signature, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_digest_of_another_hash_is_not_signed)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    BCRYPT_PQDSA_PADDING_INFO info = { NULL, 0, hashes[_i].name };
    UCHAR signature[MOST_BYTES];
    size_t i;

    expect_status(sign(key, 0, &info, hashes[_i].bytes, signature, BCRYPT_PAD_PQDSA),
                  STATUS_SUCCESS);
    for (i = 0; i < ARRAY_SIZE(hashes); i++)
    {
        if ((int)i == _i) continue;
        info.pszPrehashAlgId = hashes[i].name;
        expect_refused(verify(key, 0, &info, hashes[_i].bytes, signature, BCRYPT_PAD_PQDSA));
    }
}
END_TEST

START_TEST(a_digest_of_another_length_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    BCRYPT_PQDSA_PADDING_INFO info = { NULL, 0, hashes[_i].name };
    UCHAR signature[MOST_BYTES] = { 0 };
    const ULONG sizes[] = { 0, 1, 20, hashes[_i].bytes - 1, hashes[_i].bytes + 1, 100 };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_refused(sign(key, 0, &info, sizes[i], signature, BCRYPT_PAD_PQDSA));
        expect_refused(verify(key, 0, &info, sizes[i], signature, BCRYPT_PAD_PQDSA));
    }
}
END_TEST

static const WCHAR *const no_hashes[] =
{
    BCRYPT_SHA1_ALGORITHM, BCRYPT_MD5_ALGORITHM, BCRYPT_MD4_ALGORITHM, BCRYPT_AES_CMAC_ALGORITHM,
    BCRYPT_CSHAKE128_ALGORITHM, BCRYPT_KMAC256_ALGORITHM, BCRYPT_AES_ALGORITHM, L"SHA224", L"",
    L"SHA-256",
};

START_TEST(other_hashes_are_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, BCRYPT_MLDSA_PARAMETER_SET_44);
    BCRYPT_PQDSA_PADDING_INFO info = { NULL, 0, no_hashes[_i] };
    UCHAR signature[MOST_BYTES] = { 0 };

    expect_refused(sign(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA));
    expect_refused(sign(key, 0, &info, 16, signature, BCRYPT_PAD_PQDSA));
    expect_refused(sign(key, 0, &info, 20, signature, BCRYPT_PAD_PQDSA));
    expect_refused(verify(key, 0, &info, 32, signature, BCRYPT_PAD_PQDSA));
}
END_TEST

/* --- keys ---------------------------------------------------------------------------------- */

/* All but K, of which nothing else is made: rho, tr, s1, s2 and t0 (FIPS 204, algorithm 24). */
START_TEST(a_flipped_bit_in_a_private_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name), copy;
    ULONG bytes, at, size = sets[_i].private_bytes;
    UCHAR blob[PQ_ROOM], *private_key;

    bytes = pq_exported(key, BCRYPT_PQDSA_PRIVATE_BLOB, blob);
    private_key = blob + bytes - size;
    for (at = 0; at < size; at += at < 128 ? 1 : 37)
    {
        if (at >= 32 && at < 64) continue;
        private_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status(pq_import_blob(MLDSA, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        private_key[at] ^= (UCHAR)(1 << at % 8);
    }
    private_key[40] ^= 1;
    expect_status(pq_import_blob(MLDSA, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                  STATUS_SUCCESS);
}
END_TEST

/* Bits that say no number from -eta to eta. */
START_TEST(a_coefficient_out_of_range_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_generated(MLDSA, sets[_i].name), copy;
    ULONG bytes, polynomial, size = sets[_i].private_bytes;
    UCHAR blob[PQ_ROOM], *at, saved;

    bytes = pq_exported(key, BCRYPT_PQDSA_PRIVATE_BLOB, blob);
    for (polynomial = 0; polynomial < sets[_i].vectors; polynomial++)
    {
        at = blob + bytes - size + 128 + polynomial * sets[_i].eta_bytes;
        saved = *at;
        *at = 0xff;
        expect_status(pq_import_blob(MLDSA, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        *at = saved;
    }
}
END_TEST

START_TEST(the_algorithm_says_what_it_is)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_MLDSA_ALGORITHM, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, BCRYPT_MLDSA_ALGORITHM);
    expect_property_wide(MLDSA, BCRYPT_ALGORITHM_NAME, BCRYPT_MLDSA_ALGORITHM);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), BCRYPT_SIGNATURE_INTERFACE);
    expect_property(algorithm, BCRYPT_SIGNATURE_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_KEY_LENGTHS, STATUS_NOT_SUPPORTED);
}
END_TEST

void mldsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_signature_verifies_with_either_half, sets);
    add_rows(tests, every_form_of_a_private_key_signs, sets);
    add_rows(tests, no_two_signatures_are_alike, sets);
    add_rows(tests, a_message_of_any_length_is_signed, sets);
    add_rows(tests, a_long_message_is_signed, sets);
    add_rows(tests, the_empty_message_needs_no_pointer, sets);
    add_rows(tests, a_changed_signature_is_not_one, sets);
    add_rows(tests, another_key_does_not_verify, sets);
    add_rows(tests, a_signature_of_another_size_is_refused, sets);
    add_rows(tests, the_size_is_told_without_a_buffer, sets);
    add_rows(tests, a_public_key_does_not_sign, sets);
    test_add(tests, a_signature_is_one_with_its_context_alone, 256);
    add_rows(tests, all_forms_of_no_context_are_alike, sets);
    add_rows(tests, mu_may_be_made_outside, sets);
    test_add(tests, a_digest_is_signed_with_the_name_of_its_hash, 3 * (int)ARRAY_SIZE(hashes));
    add_rows(tests, a_digest_of_another_hash_is_not_signed, hashes);
    add_rows(tests, a_digest_of_another_length_is_refused, hashes);
    add_rows(tests, a_coefficient_out_of_range_is_refused, sets);

    tests = ours(suite);
    add_rows(tests, a_signature_stays_within_its_buffer, sets);
    add_rows(tests, a_signature_may_take_the_place_of_the_message, sets);
    add_rows(tests, an_unfinalized_key_is_refused, sets);
    add_test(tests, missing_pointers_are_refused);
    add_test(tests, nothing_else_can_be_done_with_a_key);
    add_test(tests, a_context_that_is_too_long_or_not_there_is_refused);
    add_rows(tests, other_flags_are_refused, wrong_flags);
    add_test(tests, an_info_comes_with_its_flag);
    add_rows(tests, mu_has_64_bytes_and_no_info, sets);
    add_rows(tests, other_hashes_are_refused, no_hashes);
    add_rows(tests, a_flipped_bit_in_a_private_key_is_refused, sets);
    add_test(tests, the_algorithm_says_what_it_is);
}
