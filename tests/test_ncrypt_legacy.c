/*
 * test_ncrypt_legacy.c - keys of CryptoAPI's: opened, translated, and under Wine's own handles.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"
#include "threads.h"

#include <wincrypt.h>

#define CONTAINER L"OpenCNG legacy test"

/* --- containers ------------------------------------------------------------------------------ */

/* A container with a fresh key of 1024 bits, and its context; end_container ends both. Wine keeps
 * the key when the context that it was made in ends. */
static HCRYPTPROV new_container(DWORD spec, DWORD flags)
{
    HCRYPTPROV context = 0;
    HCRYPTKEY pair = 0;

    expect_true(CryptAcquireContextW(&context, CONTAINER, NULL, PROV_RSA_FULL, CRYPT_NEWKEYSET) ||
                CryptAcquireContextW(&context, CONTAINER, NULL, PROV_RSA_FULL, 0));
    expect_true(CryptGenKey(context, spec, 1024 << 16 | flags, &pair));
    CryptDestroyKey(pair);
    CryptReleaseContext(context, 0);
    expect_true(CryptAcquireContextW(&context, CONTAINER, NULL, PROV_RSA_FULL, 0));
    return context;
}

static void delete_container(void)
{
    HCRYPTPROV context;

    expect_true(CryptAcquireContextW(&context, CONTAINER, NULL, PROV_RSA_FULL,
                                     CRYPT_DELETEKEYSET));
}

static void end_container(HCRYPTPROV context)
{
    expect_true(CryptReleaseContext(context, 0));
    delete_container();
}

/* That a key here is the one of a context: CryptoAPI verifies what it signs. */
static void expect_key_of(NCRYPT_KEY_HANDLE key, HCRYPTPROV context, DWORD spec)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
    UCHAR data[16] = { 1, 2, 3 }, digest[20], signature[128], turned[128];
    DWORD bytes = sizeof(digest), i;
    HCRYPTHASH hash = 0;
    HCRYPTKEY pair = 0;

    expect_true(CryptCreateHash(context, CALG_SHA1, 0, 0, &hash));
    expect_true(CryptHashData(hash, data, sizeof(data), 0));
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, data, sizeof(data), digest, bytes),
                  STATUS_SUCCESS);
    expect_status(NCryptSignHash(key, &padding, digest, sizeof(digest), signature,
                                 sizeof(signature), &bytes, NCRYPT_PAD_PKCS1_FLAG), 0);
    expect_value(bytes, sizeof(signature));
    for (i = 0; i < bytes; i++) turned[i] = signature[bytes - 1 - i];
    expect_true(CryptGetUserKey(context, spec, &pair));
    expect_true(CryptVerifySignatureW(hash, turned, bytes, pair, NULL, 0));
    CryptDestroyKey(pair);
    CryptDestroyHash(hash);
}

/* Whether this is Wine, whose contexts can be told from other values, and whose keys that are not
 * exportable can be had. */
static bool on_wine(void)
{
    return GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version") != NULL;
}

/* --- opening and translating ----------------------------------------------------------------- */

static const struct
{
    DWORD spec, flags;
} kinds[] =
{
    { AT_KEYEXCHANGE, CRYPT_EXPORTABLE }, { AT_SIGNATURE, CRYPT_EXPORTABLE },
    { AT_KEYEXCHANGE, 0 }, { AT_SIGNATURE, 0 },
};

START_TEST(a_containers_key_is_opened)
{
    HCRYPTPROV context = new_container(kinds[_i].spec, kinds[_i].flags);
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptOpenKey(provider, &key, CONTAINER, kinds[_i].spec, 0), 0);
    expect_text(key, NCRYPT_ALGORITHM_PROPERTY, BCRYPT_RSA_ALGORITHM);
    expect_text(key, NCRYPT_ALGORITHM_GROUP_PROPERTY, NCRYPT_RSA_ALGORITHM_GROUP);
    expect_text(key, NCRYPT_NAME_PROPERTY, CONTAINER);
    expect_value(get_number(key, NCRYPT_LENGTH_PROPERTY), 1024);
    expect_key_of(key, context, kinds[_i].spec);
    expect_status(NCryptFreeObject(key), 0);
    end_container(context);
}
END_TEST

START_TEST(a_containers_key_is_opened_by_its_specification_alone)
{
    HCRYPTPROV context = new_container(AT_SIGNATURE, CRYPT_EXPORTABLE);
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptOpenKey(provider, &key, CONTAINER, 0, 0), NTE_BAD_KEYSET);
    expect_status(NCryptOpenKey(provider, &key, CONTAINER, AT_KEYEXCHANGE, 0), NTE_BAD_KEYSET);
    expect_status(NCryptOpenKey(provider, &key, L"OpenCNG no container", AT_SIGNATURE, 0),
                  NTE_BAD_KEYSET);
    expect_value(key, 0);
    end_container(context);
}
END_TEST

static SECURITY_STATUS export_private(NCRYPT_KEY_HANDLE key)
{
    DWORD bytes;

    return NCryptExportKey(key, 0, BCRYPT_RSAFULLPRIVATE_BLOB, NULL, NULL, 0, &bytes, 0);
}

START_TEST(a_containers_key_goes_out_if_cryptoapi_lets_it)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, kinds[_i].flags);
    NCRYPT_KEY_HANDLE key = 0;
    DWORD policy = NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG;

    expect_status(NCryptOpenKey(provider, &key, CONTAINER, AT_KEYEXCHANGE, 0), 0);
    expect_status(export_private(key), kinds[_i].flags ? 0 : NTE_NOT_SUPPORTED);
    expect_status(NCryptSetProperty(key, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                    sizeof(policy), 0), kinds[_i].flags ? 0 : NTE_PERM);
    expect_status(NCryptDeleteKey(key, 0), NTE_NOT_SUPPORTED);
    expect_status(NCryptFreeObject(key), 0);
    end_container(context);
}
END_TEST

START_TEST(a_key_of_ours_goes_before_a_containers)
{
    HCRYPTPROV context = new_container(AT_SIGNATURE, CRYPT_EXPORTABLE);
    NCRYPT_KEY_HANDLE key = 0, again = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, CONTAINER,
                                           0, NCRYPT_OVERWRITE_KEY_FLAG), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptOpenKey(provider, &again, CONTAINER, AT_SIGNATURE, 0), 0);
    expect_signs_for(again, key);
    expect_status(NCryptFreeObject(again), 0);
    expect_status(NCryptDeleteKey(key, 0), 0);
    end_container(context);
}
END_TEST

START_TEST(a_cryptoapi_key_is_translated)
{
    HCRYPTPROV context = new_container(kinds[_i].spec, kinds[_i].flags);
    NCRYPT_PROV_HANDLE own = 0;
    NCRYPT_KEY_HANDLE key = 0;
    HCRYPTKEY pair = 0;

    expect_status(NCryptTranslateHandle(&own, &key, context, 0, kinds[_i].spec, 0), 0);
    expect_key_of(key, context, kinds[_i].spec);
    expect_status(NCryptFreeObject(key), 0);
    expect_status(NCryptFreeObject(own), 0);
    expect_true(CryptGetUserKey(context, kinds[_i].spec, &pair));
    expect_status(NCryptTranslateHandle(NULL, &key, context, pair, kinds[_i].spec, 0), 0);
    expect_key_of(key, context, kinds[_i].spec);
    expect_status(NCryptFreeObject(key), 0);
    CryptDestroyKey(pair);
    end_container(context);
}
END_TEST

/* The context has a key that is not the one that was given. */
START_TEST(a_key_that_is_not_the_containers_is_not_translated_to_it)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0), other = 0;
    NCRYPT_KEY_HANDLE key = 0;
    HCRYPTKEY pair = 0;

    expect_true(CryptAcquireContextW(&other, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT));
    expect_true(CryptGenKey(other, AT_KEYEXCHANGE, 1024 << 16, &pair));
    expect_status(NCryptTranslateHandle(NULL, &key, context, pair, AT_KEYEXCHANGE, 0),
                  NTE_NOT_SUPPORTED);
    expect_value(key, 0);
    CryptDestroyKey(pair);
    CryptReleaseContext(other, 0);
    end_container(context);
}
END_TEST

START_TEST(what_is_no_context_is_not_translated)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptTranslateHandle(NULL, NULL, 0, 0, AT_SIGNATURE, 0), NTE_INVALID_PARAMETER);
    expect_status(NCryptTranslateHandle(NULL, &key, 0, 0, AT_SIGNATURE, 1), NTE_BAD_FLAGS);
    expect_refused(NCryptTranslateHandle(NULL, &key, 0, 0, AT_SIGNATURE, 0));
    expect_value(key, 0);
}
END_TEST

/* --- Wine's handles -------------------------------------------------------------------------- */

/* As .NET has them of CryptAcquireCertificatePrivateKey: the context of a container that has a key
 * for exchange. */
START_TEST(a_context_is_a_keys_handle_on_wine)
{
    HCRYPTPROV context = new_container(kinds[_i].spec, kinds[_i].flags);

    if (on_wine())
    {
        expect_true(NCryptIsKeyHandle(context));
        expect_text(context, NCRYPT_ALGORITHM_GROUP_PROPERTY, NCRYPT_RSA_ALGORITHM_GROUP);
        expect_text(context, NCRYPT_NAME_PROPERTY, CONTAINER);
        expect_key_of(context, context, kinds[_i].spec);
        expect_status(export_private(context), kinds[_i].flags ? 0 : NTE_NOT_SUPPORTED);
    }
    end_container(context);
}
END_TEST

START_TEST(a_context_ends_with_ncryptfreeobject)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0), second;
    DWORD bytes;

    if (on_wine())
    {
        expect_true(CryptContextAddRef(context, NULL, 0));
        expect_value(get_number(context, NCRYPT_LENGTH_PROPERTY), 1024);
        expect_status(NCryptFreeObject(context), 0);
        expect_value(get_number(context, NCRYPT_LENGTH_PROPERTY), 1024);    /* the second one's */
        expect_status(NCryptFreeObject(context), 0);
        expect_status(NCryptFreeObject(context), NTE_INVALID_HANDLE);
        expect_status(NCryptGetProperty(context, NCRYPT_LENGTH_PROPERTY, NULL, 0, &bytes, 0),
                      NTE_INVALID_HANDLE);
        expect_true(!CryptContextAddRef(context, NULL, 0));
        expect_true(CryptAcquireContextW(&second, CONTAINER, NULL, PROV_RSA_FULL, 0));
        expect_status(NCryptFreeObject(second), 0);                         /* never used */
        expect_true(!CryptContextAddRef(second, NULL, 0));
        delete_container();
    }
    else end_container(context);
}
END_TEST

START_TEST(a_context_that_cryptoapi_has_ended_is_refused)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0);
    DWORD bytes;

    if (on_wine()) expect_value(get_number(context, NCRYPT_LENGTH_PROPERTY), 1024);
    end_container(context);
    expect_status(NCryptGetProperty(context, NCRYPT_LENGTH_PROPERTY, NULL, 0, &bytes, 0),
                  NTE_INVALID_HANDLE);
    expect_status(NCryptFreeObject(context), NTE_INVALID_HANDLE);
    expect_true(!CryptContextAddRef(context, NULL, 0));
}
END_TEST

/* What may be where a handle points to: nothing, no context, half of one, one that says the right
 * things of a DLL that is none. */
START_TEST(other_values_are_refused_as_ever)
{
    struct
    {
        DWORD magic, references;
        void *rest[4];
    } made = { 0xa39e741f, 1, { GetModuleHandleA("rsaenh.dll"), &made, &made, &made } };
    char *pages = VirtualAlloc(NULL, 2 * 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0);
    HCRYPTKEY pair = 0;
    DWORD old, bytes;
    size_t i;

    expect_true(CryptGetUserKey(context, AT_KEYEXCHANGE, &pair));
    expect_true(VirtualProtect(pages + 4096, 4096, PAGE_NOACCESS, &old));
    *(DWORD *)(void *)(pages + 4096 - 8) = made.magic;
    *(DWORD *)(void *)(pages + 4096 - 4) = 1;
    {
        const NCRYPT_HANDLE values[] =
        {
            1, 8, 16, (NCRYPT_HANDLE)-1, (NCRYPT_HANDLE)-16, context + 8, context + 1, pair,
            (NCRYPT_HANDLE)pages, (NCRYPT_HANDLE)pages + 4096 - 8, (NCRYPT_HANDLE)pages + 4096,
            (NCRYPT_HANDLE)&made, (NCRYPT_HANDLE)on_wine,
        };

        for (i = 0; i < ARRAY_SIZE(values); i++)
        {
            expect_status(NCryptGetProperty(values[i], NCRYPT_LENGTH_PROPERTY, NULL, 0, &bytes, 0),
                          NTE_INVALID_HANDLE);
            expect_true(!NCryptIsKeyHandle(values[i]));
            expect_status(NCryptFreeObject(values[i]), NTE_INVALID_HANDLE);
        }
    }
    expect_value(made.references, 1);
    VirtualFree(pages, 0, MEM_RELEASE);
    CryptDestroyKey(pair);
    end_container(context);
}
END_TEST

/* An address comes again: the key is the new one's. */
START_TEST(a_context_has_the_key_that_it_has_now)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0);

    if (on_wine())
    {
        expect_key_of(context, context, AT_KEYEXCHANGE);
        CryptReleaseContext(context, 0);
        delete_container();
        context = new_container(AT_KEYEXCHANGE, CRYPT_EXPORTABLE);
        expect_key_of(context, context, AT_KEYEXCHANGE);
        expect_status(export_private(context), 0);
    }
    end_container(context);
    expect_true(!CryptAcquireContextW(&context, CONTAINER, NULL, PROV_RSA_FULL, 0));
}
END_TEST

START_TEST(more_contexts_than_are_remembered_have_their_keys)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0), many[20];
    size_t i, round;

    for (i = 0; i < ARRAY_SIZE(many); i++)
        expect_true(CryptAcquireContextW(&many[i], CONTAINER, NULL, PROV_RSA_FULL, 0));
    for (round = 0; on_wine() && round < 2; round++)
    {
        for (i = 0; i < ARRAY_SIZE(many); i++)
            expect_value(get_number(many[i], NCRYPT_LENGTH_PROPERTY), 1024);
    }
    for (i = 0; i < ARRAY_SIZE(many); i++) expect_true(CryptReleaseContext(many[i], 0));
    end_container(context);
}
END_TEST

START_TEST(a_context_without_a_key_is_refused)
{
    HCRYPTPROV context = 0;
    DWORD bytes;

    expect_true(CryptAcquireContextW(&context, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT));
    expect_status(NCryptGetProperty(context, NCRYPT_LENGTH_PROPERTY, NULL, 0, &bytes, 0),
                  NTE_INVALID_HANDLE);
    expect_true(CryptReleaseContext(context, 0));
    expect_true(!CryptContextAddRef(context, NULL, 0));
}
END_TEST

/* --- threads --------------------------------------------------------------------------------- */

#define THREADS 4

/* Each has the context for itself once more, uses it and gives it back, one way or the other. */
static unsigned int work_with_context(unsigned int number, void *argument)
{
    HCRYPTPROV context = *(HCRYPTPROV *)argument;
    unsigned int i, wrong = 0;
    DWORD bits, bytes;

    for (i = 0; i < 20; i++)
    {
        wrong |= !CryptContextAddRef(context, NULL, 0);
        wrong |= NCryptGetProperty(context, NCRYPT_LENGTH_PROPERTY, (PBYTE)&bits, sizeof(bits),
                                   &bytes, 0) || bits != 1024;
        wrong |= (i + number) % 2 ? NCryptFreeObject(context) != 0 :
                                    !CryptReleaseContext(context, 0);
    }
    return wrong;
}

START_TEST(a_context_is_used_and_freed_by_many_threads)
{
    HCRYPTPROV context = new_container(AT_KEYEXCHANGE, 0);

    if (on_wine()) expect_value(run_threads(THREADS, work_with_context, &context), 0);
    end_container(context);
}
END_TEST

void ncrypt_legacy_suite(Suite *suite)
{
    TCase *tests = ncrypt_ours(suite);          /* what Windows does with these is not known */

    add_rows(tests, a_containers_key_is_opened, kinds);
    add_test(tests, what_is_no_context_is_not_translated);
    add_test(tests, a_context_that_cryptoapi_has_ended_is_refused);
    add_test(tests, a_containers_key_is_opened_by_its_specification_alone);
    add_rows(tests, a_containers_key_goes_out_if_cryptoapi_lets_it, kinds);
    add_test(tests, a_key_of_ours_goes_before_a_containers);
    add_rows(tests, a_cryptoapi_key_is_translated, kinds);
    add_test(tests, a_key_that_is_not_the_containers_is_not_translated_to_it);
    add_rows(tests, a_context_is_a_keys_handle_on_wine, kinds);
    add_test(tests, a_context_ends_with_ncryptfreeobject);
    add_test(tests, other_values_are_refused_as_ever);
    add_test(tests, a_context_has_the_key_that_it_has_now);
    add_test(tests, more_contexts_than_are_remembered_have_their_keys);
    add_test(tests, a_context_without_a_key_is_refused);
    add_test(tests, a_context_is_used_and_freed_by_many_threads);
}
