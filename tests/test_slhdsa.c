/*
 * test_slhdsa.c - SLH-DSA: signatures. Windows' header names it, its provider has it not.
 *
 * What its keys have in common with others is in test_pq_blob.c, published vectors are in
 * test_vectors_pq.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

#define MOST_BYTES 49856

/* FIPS 205, table 2. */
static const struct
{
    const WCHAR *name;
    ULONG n, signature_bytes;
} sets[] =
{
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128S,  16,  7856 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128S, 16,  7856 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F,  16, 17088 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128F, 16, 17088 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_192S,  24, 16224 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_192S, 24, 16224 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_192F,  24, 35664 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_192F, 24, 35664 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_256S,  32, 29792 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_256S, 32, 29792 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHA2_256F,  32, 49856 },
    { BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_256F, 32, 49856 },
};
#define QUICK 2                                     /* SHA2-128f signs soonest */

static UCHAR signature[MOST_BYTES + 16];

static BCRYPT_KEY_HANDLE generated(int set)
{
    return pq_generated(open_algorithm(BCRYPT_SLHDSA_ALGORITHM, 0), sets[set].name);
}

static NTSTATUS sign(BCRYPT_KEY_HANDLE key, int set, const BCRYPT_PQDSA_PADDING_INFO *info,
                     ULONG bytes, ULONG flags)
{
    ULONG made = 0;
    NTSTATUS status;

    mark(signature, sizeof(signature));
    status = BCryptSignHash(key, (void *)(uintptr_t)info, (UCHAR *)(uintptr_t)counting, bytes,
                            signature, sizeof(signature), &made, flags);
    if (status)
    {
        expect_untouched(signature, sizeof(signature));
        return status;
    }
    expect_value(made, sets[set].signature_bytes);
    expect_untouched(signature + made, sizeof(signature) - made);
    return status;
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, int set, const BCRYPT_PQDSA_PADDING_INFO *info,
                       ULONG bytes, ULONG flags)
{
    return BCryptVerifySignature(key, (void *)(uintptr_t)info, (UCHAR *)(uintptr_t)counting, bytes,
                                 signature, sets[set].signature_bytes, flags);
}

START_TEST(a_signature_verifies_with_either_half)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SLHDSA_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE own = pq_generated(algorithm, sets[_i].name);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(algorithm, own, BCRYPT_PQDSA_PUBLIC_BLOB);

    expect_value(property_ulong(own, BCRYPT_SIGNATURE_LENGTH), sets[_i].signature_bytes);
    expect_value(property_ulong(peer, BCRYPT_PUBLIC_KEY_LENGTH), 16 * sets[_i].n);
    expect_status(sign(own, _i, NULL, 100, 0), STATUS_SUCCESS);
    expect_status(verify(own, _i, NULL, 100, 0), STATUS_SUCCESS);
    expect_status(verify(peer, _i, NULL, 100, 0), STATUS_SUCCESS);
    expect_status(verify(peer, _i, NULL, 99, 0), STATUS_INVALID_SIGNATURE);
    signature[sets[_i].signature_bytes - 1] ^= 1;
    expect_status(verify(peer, _i, NULL, 100, 0), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_changed_signature_is_not_one)
{
    BCRYPT_KEY_HANDLE key = generated(QUICK);
    ULONG at;

    expect_status(sign(key, QUICK, NULL, 32, 0), STATUS_SUCCESS);
    for (at = 0; at < sets[QUICK].signature_bytes; at += 331)
    {
        signature[at] ^= (UCHAR)(1 << at % 8);
        expect_status(verify(key, QUICK, NULL, 32, 0), STATUS_INVALID_SIGNATURE);
        signature[at] ^= (UCHAR)(1 << at % 8);
    }
    expect_status(verify(key, QUICK, NULL, 32, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(no_two_signatures_are_alike)
{
    BCRYPT_KEY_HANDLE key = generated(QUICK);
    UCHAR first[64];

    expect_status(sign(key, QUICK, NULL, 32, 0), STATUS_SUCCESS);
    memcpy(first, signature, sizeof(first));
    expect_status(sign(key, QUICK, NULL, 32, 0), STATUS_SUCCESS);
    expect_different(first, signature, sizeof(first));
}
END_TEST

START_TEST(a_signature_is_one_with_its_context_alone)
{
    static const ULONG lengths[] = { 0, 1, 31, 254, 255 };
    BCRYPT_KEY_HANDLE key = generated(QUICK);
    ULONG bytes = lengths[_i];
    BCRYPT_PQDSA_PADDING_INFO info = { (UCHAR *)(uintptr_t)counting, bytes, NULL };

    expect_status(sign(key, QUICK, &info, 32, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, QUICK, &info, 32, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(verify(key, QUICK, NULL, 32, 0),
                  bytes ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS);
    info.cbCtx = bytes ? bytes - 1 : 1;
    expect_status(verify(key, QUICK, &info, 32, BCRYPT_PAD_PQDSA), STATUS_INVALID_SIGNATURE);
    info.cbCtx = 256;
    expect_status(sign(key, QUICK, &info, 32, BCRYPT_PAD_PQDSA), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, QUICK, &info, 32, BCRYPT_PAD_PQDSA), STATUS_INVALID_PARAMETER);
}
END_TEST

static const struct
{
    const WCHAR *name;
    ULONG bytes;
} hashes[] =
{
    { BCRYPT_SHA256_ALGORITHM, 32 },   { BCRYPT_SHA384_ALGORITHM, 48 },
    { BCRYPT_SHA512_ALGORITHM, 64 },   { BCRYPT_SHA3_256_ALGORITHM, 32 },
    { BCRYPT_SHA3_384_ALGORITHM, 48 }, { BCRYPT_SHA3_512_ALGORITHM, 64 },
    { BCRYPT_SHAKE128_ALGORITHM, 32 }, { BCRYPT_SHAKE256_ALGORITHM, 64 },
};

START_TEST(a_digest_is_signed_with_the_name_of_its_hash)
{
    BCRYPT_KEY_HANDLE key = generated(QUICK);
    BCRYPT_PQDSA_PADDING_INFO info = { (UCHAR *)(uintptr_t)"ctx", 3, hashes[_i].name };
    size_t other;

    expect_refused(sign(key, QUICK, &info, hashes[_i].bytes - 1, BCRYPT_PAD_PQDSA));
    expect_status(sign(key, QUICK, &info, hashes[_i].bytes, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    for (other = 0; other < ARRAY_SIZE(hashes); other++)
    {
        info.pszPrehashAlgId = hashes[other].name;
        expect_status_or(verify(key, QUICK, &info, hashes[_i].bytes, BCRYPT_PAD_PQDSA),
                         hashes[other].bytes == hashes[_i].bytes ? STATUS_INVALID_SIGNATURE :
                         STATUS_INVALID_PARAMETER, (int)other == _i, STATUS_SUCCESS);
    }
    info.pszPrehashAlgId = NULL;
    expect_status(verify(key, QUICK, &info, hashes[_i].bytes, BCRYPT_PAD_PQDSA),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(there_is_no_mu)
{
    BCRYPT_KEY_HANDLE key = generated(QUICK);

    expect_status(sign(key, QUICK, NULL, 64, BCRYPT_MLDSA_EXTERNAL_MU), STATUS_NOT_SUPPORTED);
    expect_status(verify(key, QUICK, NULL, 64, BCRYPT_MLDSA_EXTERNAL_MU), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_signature_of_another_size_is_refused)
{
    BCRYPT_KEY_HANDLE key = generated(QUICK);
    ULONG bytes, size = sets[QUICK].signature_bytes;

    mark(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, signature, 0, signature, size - 1, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, size);
    expect_untouched(signature, sizeof(signature));
    expect_status(sign(key, QUICK, NULL, 32, 0), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)(uintptr_t)counting, 32, signature,
                                        size - 1, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)(uintptr_t)counting, 32, signature,
                                        size + 1, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

/* All but SK.prf, of which nothing in the key is made. */
START_TEST(a_flipped_bit_in_a_private_key_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SLHDSA_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, sets[QUICK].name), copy;
    ULONG n = sets[QUICK].n, bytes, at;
    UCHAR blob[PQ_ROOM], *private_key;

    bytes = pq_exported(key, BCRYPT_PQDSA_PRIVATE_BLOB, blob);
    private_key = blob + bytes - 4 * n;
    for (at = 0; at < 4 * n; at++)
    {
        private_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status_or(pq_import_blob(algorithm, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0,
                                        &copy), STATUS_INVALID_PARAMETER, at >= n && at < 2 * n,
                         STATUS_SUCCESS);
        private_key[at] ^= (UCHAR)(1 << at % 8);
    }
}
END_TEST

#ifdef _WIN32
static const WCHAR *const extensions[] =
{
    BCRYPT_SLHDSA_ALGORITHM, BCRYPT_LMS_ALGORITHM, BCRYPT_XMSS_ALGORITHM,
};

struct opening
{
    const WCHAR *id;
    NTSTATUS status;
};

/* A thread keeps what it opened last: a new one has to ask. */
static DWORD WINAPI try_to_open(void *context)
{
    struct opening *opening = context;
    BCRYPT_ALG_HANDLE algorithm = NULL;

    opening->status = BCryptOpenAlgorithmProvider(&algorithm, opening->id, NULL, 0);
    if (algorithm) BCryptCloseAlgorithmProvider(algorithm, 0);
    return 0;
}

static NTSTATUS opened_anew(const WCHAR *id)
{
    struct opening opening = { id, STATUS_INTERNAL_ERROR };
    HANDLE thread;

    /* The value is read with the configuration, when that was changed. */
    BCryptCreateContext(CRYPT_LOCAL, L"OpenCNG test SLH-DSA", NULL);
    BCryptDeleteContext(CRYPT_LOCAL, L"OpenCNG test SLH-DSA");
    thread = CreateThread(NULL, 0, try_to_open, &opening, 0, NULL);

    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return opening.status;
}

static bool is_listed(const WCHAR *id)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    ULONG count = 0, i, found = 0;

    BCryptEnumAlgorithms(BCRYPT_SIGNATURE_OPERATION, &count, &list, 0);
    for (i = 0; i < count; i++) found += !wcscmp(list[i].pszName, id);
    BCryptFreeBuffer(list);
    return found;
}

/* What Windows answers, for those who want that. */
START_TEST(a_registry_value_takes_it_away)
{
    DWORD one = 1;
    bool listed_without, listed_with;
    NTSTATUS without, with;
    HKEY key;

    expect_value(RegCreateKeyExW(HKEY_LOCAL_MACHINE, L"Software\\OpenCNG", 0, NULL, 0,
                                 KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    RegSetValueExW(key, L"WindowsAlgorithmsOnly", 0, REG_DWORD, (BYTE *)&one, sizeof(one));
    without = opened_anew(extensions[_i]);
    listed_without = is_listed(extensions[_i]);
    RegDeleteValueW(key, L"WindowsAlgorithmsOnly");
    RegCloseKey(key);
    with = opened_anew(extensions[_i]);
    listed_with = is_listed(extensions[_i]);
    expect_status(without, STATUS_NOT_FOUND);
    expect_true(!listed_without);
    expect_true(listed_with);
    expect_status(with, STATUS_SUCCESS);
}
END_TEST
#endif

void slhdsa_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    add_rows(tests, a_signature_verifies_with_either_half, sets);
    add_test(tests, a_changed_signature_is_not_one);
    add_test(tests, no_two_signatures_are_alike);
    test_add(tests, a_signature_is_one_with_its_context_alone, 5);
    add_rows(tests, a_digest_is_signed_with_the_name_of_its_hash, hashes);
    add_test(tests, there_is_no_mu);
    add_test(tests, a_signature_of_another_size_is_refused);
    add_test(tests, a_flipped_bit_in_a_private_key_is_refused);
#ifdef _WIN32
    add_rows(tests, a_registry_value_takes_it_away, extensions);
#endif
}
