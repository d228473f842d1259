/*
 * test_registered.c - a provider of another maker, registered and used through plain calls.
 *
 * Each test registers the providers of provider/test_provider.h and takes them out again; after it
 * they must have got back every handle that they gave, and seen no promise broken. Only an
 * administrator may register.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#include <bcrypt_provider.h>

#include "provider/test_provider.h"

static const WCHAR *ciphers[] = { TEST_CIPHERS, BCRYPT_AES_ALGORITHM };
static const WCHAR *hashes[] = { TEST_HASHES, TEST_RULES(SUM_HASH) };
static const WCHAR *signatures[] = { TEST_SIGNATURES, TEST_RULES(SUM_SIGN) };
static const WCHAR *kems[] = { TEST_KEMS, TEST_RULES(XOR_KEM) };
static const WCHAR *aliases[] = { TEST_PROVIDER_ALIAS };

/* What a registration takes are lists of strings that could be written to. */
#define NAMES(list) ARRAY_SIZE(list), (PWSTR *)(void *)(list)

static CRYPT_INTERFACE_REG interfaces[] =
{
    { BCRYPT_CIPHER_INTERFACE,            0, NAMES(ciphers) },
    { BCRYPT_HASH_INTERFACE,              0, NAMES(hashes) },
    { BCRYPT_SIGNATURE_INTERFACE,         0, NAMES(signatures) },
    { BCRYPT_KEY_ENCAPSULATION_INTERFACE, 0, NAMES(kems) },
};
static PCRYPT_INTERFACE_REG interface_list[] =
{
    &interfaces[0], &interfaces[1], &interfaces[2], &interfaces[3],
};

/* ---- where the provider is ---- */

static WCHAR image[1024];

static void find_image(void)
{
#ifdef _WIN32
    DWORD length = GetModuleFileNameW(NULL, image, 900);

    while (length && image[length - 1] != '\\') length--;
    memcpy(image + length, TEST_PROVIDER_IMAGE, sizeof(TEST_PROVIDER_IMAGE));
#else
    memcpy(image, L"X:\\" TEST_PROVIDER_IMAGE, sizeof(L"X:\\" TEST_PROVIDER_IMAGE));
#endif
}

/* What the provider has counted; 0 while it is not loaded. */
static int count_of(const char *name)
{
#ifdef _WIN32
    HMODULE module = GetModuleHandleW(image);
    test_provider_count_fn count = NULL;

    if (module) count = (test_provider_count_fn)(void *)GetProcAddress(module, name);
    return count ? count() : 0;
#else
    return strcmp(name, "test_provider_live") ? test_provider_faults() : test_provider_live();
#endif
}

/* ---- registering ---- */

static NTSTATUS register_provider(const WCHAR *name, WCHAR *path, ULONG flags)
{
    CRYPT_IMAGE_REG user = { path, ARRAY_SIZE(interface_list), interface_list };
    CRYPT_PROVIDER_REG registration = { NAMES(aliases), &user, NULL };

    return BCryptRegisterProvider(name, flags, &registration);
}

static NTSTATUS serve(const WCHAR *function, const WCHAR *provider, ULONG position)
{
    return BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE, function,
                                            provider, position);
}

/* But for those that break a rule, whose test adds the one that it is about. */
static const ULONG served_counts[] =
{
    ARRAY_SIZE(ciphers), ARRAY_SIZE(((const WCHAR *[]){ TEST_HASHES })),
    ARRAY_SIZE(((const WCHAR *[]){ TEST_SIGNATURES })),
    ARRAY_SIZE(((const WCHAR *[]){ TEST_KEMS })),
};

static void each_function(void (*call)(ULONG interface_id, const WCHAR *function))
{
    ULONG i, j;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        for (j = 0; j < served_counts[i]; j++)
        {
            if (wcscmp(interfaces[i].rgpszFunctions[j], BCRYPT_AES_ALGORITHM))
                call(interfaces[i].dwInterface, interfaces[i].rgpszFunctions[j]);
        }
    }
}

static void add_function(ULONG interface_id, const WCHAR *function)
{
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, NULL, interface_id, function,
                                           CRYPT_PRIORITY_BOTTOM), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, interface_id, function,
                                                   TEST_PROVIDER, CRYPT_PRIORITY_BOTTOM),
                  STATUS_SUCCESS);
}

static void remove_function(ULONG interface_id, const WCHAR *function)
{
    BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, interface_id, function);
}

static void stop_serving(const WCHAR *provider)
{
    BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                        BCRYPT_AES_ALGORITHM, provider);
    BCryptUnregisterProvider(provider);
}

static void setup(void)
{
    find_image();
    expect_status(register_provider(TEST_PROVIDER, image, CRYPT_OVERWRITE), STATUS_SUCCESS);
    expect_status(register_provider(TEST_PROVIDER_FAILING, image, CRYPT_OVERWRITE), STATUS_SUCCESS);
    expect_status(register_provider(TEST_PROVIDER_MISSING, (WCHAR *)L"no such file.dll",
                                    CRYPT_OVERWRITE), STATUS_SUCCESS);
    each_function(add_function);
}

static void teardown(void)
{
    each_function(remove_function);
    stop_serving(TEST_PROVIDER);
    stop_serving(TEST_PROVIDER_FAILING);
    stop_serving(TEST_PROVIDER_MISSING);
    expect_value(count_of("test_provider_live"), 0);
    expect_value(count_of("test_provider_faults"), 0);
}

static BCRYPT_ALG_HANDLE open_at(const WCHAR *id, const WCHAR *provider)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, id, provider, 0), STATUS_SUCCESS);
    return algorithm;
}

/* Ours says how long its blocks are; the other says nothing of blocks. */
static void expect_served(const WCHAR *provider, NTSTATUS block_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(BCRYPT_AES_ALGORITHM, provider);

    expect_property(algorithm, BCRYPT_BLOCK_LENGTH, block_length);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
#define expect_ours(provider)   expect_served((provider), STATUS_SUCCESS)
#define expect_theirs(provider) expect_served((provider), STATUS_NOT_SUPPORTED)

/* ---- what it serves ---- */

START_TEST(a_registered_cipher_encrypts)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(XOR_CIPHER, NULL);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16), copy = NULL;
    UCHAR text[20], cipher[20], plain[20];
    ULONG bytes = 0, i;

    memset(text, 0x33, sizeof(text));
    expect_status(BCryptEncrypt(key, text, 20, NULL, NULL, 0, cipher, 20, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 20);
    for (i = 0; i < 20; i++) expect_value(cipher[i], 0x33 ^ (i % 16));
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDecrypt(copy, cipher, 20, NULL, NULL, 0, plain, 20, &bytes, 0),
                  STATUS_SUCCESS);
    expect_bytes(plain, text, 20);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

static const WCHAR *const hash_rows[] = { SUM_HASH, SUM_LARGE };

START_TEST(a_registered_hash_hashes)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(hash_rows[_i], NULL);
    BCRYPT_HASH_HANDLE hash = NULL, copy = NULL;
    UCHAR whole[8], parts[8], text[] = "a message";

    expect_status(BCryptHash(algorithm, NULL, 0, text, 9, whole, 8), STATUS_SUCCESS);
    expect_status(BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, text, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &copy, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(copy, text + 4, 5, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(copy, parts, 8, 0), STATUS_SUCCESS);
    expect_bytes(parts, whole, 8);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(copy), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_hash_of_the_first_version_has_no_multi_hash)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(SUM_HASH, NULL);
    BCRYPT_HASH_HANDLE hash = NULL;

    expect_status(BCryptCreateMultiHash(algorithm, &hash, 2, NULL, 0, NULL, 0, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

static BCRYPT_KEY_HANDLE new_pair(BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 128, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    return key;
}

START_TEST(a_registered_signature_signs_and_verifies)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(SUM_SIGN, NULL);
    BCRYPT_KEY_HANDLE key = new_pair(algorithm), other = NULL;
    UCHAR digest[20] = { 1, 2, 3 }, signature[16], blob[16];
    ULONG bytes = 0;

    expect_status(BCryptSignHash(key, NULL, digest, 20, signature, 16, &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_PRIVATE_KEY_BLOB, blob, 16, &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKeyPair(algorithm, NULL, BCRYPT_PRIVATE_KEY_BLOB, &other, blob, 16,
                                      0), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(other, NULL, digest, 20, signature, 16, 0), STATUS_SUCCESS);
    signature[3] ^= 1;
    expect_status(BCryptVerifySignature(other, NULL, digest, 20, signature, 16, 0),
                  STATUS_INVALID_SIGNATURE);
    expect_status(BCryptDestroyKey(other), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_registered_encapsulation_gives_both_sides_one_secret)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(XOR_KEM, NULL);
    BCRYPT_KEY_HANDLE key = new_pair(algorithm);
    UCHAR secret[16], cipher[16], again[16];
    ULONG bytes = 0, cipher_bytes = 0;

    expect_status(BCryptEncapsulate(key, secret, 16, &bytes, cipher, 16, &cipher_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDecapsulate(key, cipher, 16, again, 16, &bytes, 0), STATUS_SUCCESS);
    expect_bytes(again, secret, 16);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_key_outlives_its_algorithm_and_its_registration)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(XOR_CIPHER, NULL);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    UCHAR byte = 0;
    ULONG bytes;

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    remove_function(BCRYPT_CIPHER_INTERFACE, XOR_CIPHER);
    expect_status(BCryptUnregisterProvider(TEST_PROVIDER), STATUS_SUCCESS);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, XOR_CIPHER, NULL, 0), STATUS_NOT_FOUND);
    expect_status(BCryptEncrypt(key, &byte, 1, NULL, NULL, 0, &byte, 1, &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

/* ---- who serves it ---- */

START_TEST(a_provider_is_found_by_its_name_and_its_alias)
{
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(BCryptCloseAlgorithmProvider(open_at(XOR_CIPHER, TEST_PROVIDER), 0),
                  STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(open_at(XOR_CIPHER, TEST_PROVIDER_ALIAS), 0),
                  STATUS_SUCCESS);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, XOR_CIPHER, MS_PRIMITIVE_PROVIDER, 0),
                  STATUS_NOT_FOUND);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, TEST_PROVIDER, 0),
                  STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_providers_name_comes_before_the_alias_of_another)
{
    static const WCHAR *borrowed[] = { MS_PRIMITIVE_PROVIDER };
    CRYPT_IMAGE_REG user = { image, ARRAY_SIZE(interface_list), interface_list };
    CRYPT_PROVIDER_REG registration = { NAMES(borrowed), &user, NULL };
    CRYPT_PROVIDER_REFS *refs = NULL;
    ULONG bytes = 0;

    expect_status(BCryptRegisterProvider(TEST_PROVIDER, CRYPT_OVERWRITE, &registration),
                  STATUS_SUCCESS);
    expect_status(serve(BCRYPT_AES_ALGORITHM, TEST_PROVIDER, CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_theirs(NULL);
    expect_ours(MS_PRIMITIVE_PROVIDER);
    expect_status(BCryptResolveProviders(NULL, BCRYPT_CIPHER_INTERFACE, BCRYPT_AES_ALGORITHM,
                                         MS_PRIMITIVE_PROVIDER, CRYPT_UM, 0, &bytes, &refs),
                  STATUS_SUCCESS);
    expect_true(!wcscmp(refs->rgpProviders[0]->pszProvider, MS_PRIMITIVE_PROVIDER));
    BCryptFreeBuffer(refs);
}
END_TEST

START_TEST(the_first_provider_serves_who_names_none)
{
    expect_status(serve(BCRYPT_AES_ALGORITHM, TEST_PROVIDER, CRYPT_PRIORITY_BOTTOM),
                  STATUS_SUCCESS);
    expect_ours(NULL);
    expect_theirs(TEST_PROVIDER);
    expect_status(serve(BCRYPT_AES_ALGORITHM, TEST_PROVIDER, CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_theirs(NULL);
    expect_ours(MS_PRIMITIVE_PROVIDER);
    expect_property(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, STATUS_SUCCESS);
    stop_serving(TEST_PROVIDER);
    expect_ours(NULL);
}
END_TEST

static const struct
{
    const WCHAR *provider;
    NTSTATUS status;
} useless[] =
{
    { TEST_PROVIDER_FAILING, STATUS_DATA_ERROR },
    { TEST_PROVIDER_MISSING, STATUS_NOT_FOUND },
};

START_TEST(the_next_provider_serves_when_the_first_fails)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(serve(BCRYPT_AES_ALGORITHM, useless[_i].provider, CRYPT_PRIORITY_TOP),
                  STATUS_SUCCESS);
    expect_ours(NULL);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM,
                                              useless[_i].provider, 0), useless[_i].status);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(providers_are_listed_best_first)
{
    BCRYPT_PROVIDER_NAME *list = NULL;
    ULONG count = 0;

    expect_status(serve(BCRYPT_AES_ALGORITHM, TEST_PROVIDER, CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_status(BCryptEnumProviders(BCRYPT_AES_ALGORITHM, &count, &list, 0), STATUS_SUCCESS);
    expect_value(count, 2);
    expect_wide(list[0].pszProviderName, TEST_PROVIDER);
    expect_wide(list[1].pszProviderName, MS_PRIMITIVE_PROVIDER);
    BCryptFreeBuffer(list);
}
END_TEST

START_TEST(a_registered_function_is_listed_once)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    ULONG count = 0, found = 0, aes = 0, i;

    expect_status(serve(BCRYPT_AES_ALGORITHM, TEST_PROVIDER, CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_status(BCryptEnumAlgorithms(BCRYPT_CIPHER_OPERATION, &count, &list, 0), STATUS_SUCCESS);
    for (i = 0; i < count; i++)
    {
        found += !wcscmp(list[i].pszName, XOR_CIPHER);
        aes += !wcscmp(list[i].pszName, BCRYPT_AES_ALGORITHM);
    }
    BCryptFreeBuffer(list);
    expect_value(found, 1);
    expect_value(aes, 1);
}
END_TEST

/* ---- one that breaks the rules ---- */

static const struct
{
    const WCHAR *id;
    NTSTATUS status;
} openings[] =
{
    { XOR_NO_OPEN,    STATUS_NOT_FOUND },
    { XOR_OLD,        STATUS_NOT_FOUND },
    { XOR_NO_TABLE,   STATUS_NOT_FOUND },
    { XOR_WILD,       STATUS_NOT_FOUND },
    { XOR_GET_FAILS,  STATUS_NOT_FOUND },
    { XOR_OPEN_FAILS, STATUS_DATA_ERROR },
    { XOR_OPEN_ZERO,  STATUS_INTERNAL_ERROR },
    { XOR_OPEN_ODD,   STATUS_INTERNAL_ERROR },
};

START_TEST(an_algorithm_that_cannot_be_opened_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, openings[_i].id, NULL, 0),
                  openings[_i].status);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, openings[_i].id, TEST_PROVIDER, 0),
                  openings[_i].status);
}
END_TEST

static const struct
{
    const WCHAR *id;
    NTSTATUS status;
} keys[] =
{
    { XOR_NULLS,      STATUS_NOT_SUPPORTED },
    { XOR_NEW,        STATUS_SUCCESS },
    { XOR_SIZE_WRONG, STATUS_SUCCESS },
    { XOR_SIZE_HUGE,  STATUS_NO_MEMORY },
    { XOR_KEY_FAILS,  STATUS_DATA_ERROR },
    { XOR_KEY_ZERO,   STATUS_INTERNAL_ERROR },
};

START_TEST(a_key_that_was_not_made_is_none)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(keys[_i].id, NULL);
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)(uintptr_t)counting,
                                             16, 0), keys[_i].status);
    expect_status(BCryptDestroyKey(key), keys[_i].status ? STATUS_INVALID_HANDLE : STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_hash_that_was_not_made_is_none)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(SUM_ZERO, NULL);
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    UCHAR digest[8];

    expect_status(BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0), STATUS_INTERNAL_ERROR);
    expect_pointer(hash, UNTOUCHED_HANDLE);
    expect_status(BCryptHash(algorithm, NULL, 0, NULL, 0, digest, 8), STATUS_INTERNAL_ERROR);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_pair_that_was_not_made_is_none)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(SUM_SIGN_ZERO, NULL);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 128, 0), STATUS_INTERNAL_ERROR);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(what_is_no_code_is_not_called)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(XOR_SHORT, NULL);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16), copy;
    UCHAR text[16] = { 0 };
    ULONG bytes;

    expect_status(BCryptEncrypt(key, text, 16, NULL, NULL, 0, text, 16, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, text, 16, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_table_is_not_read_past_its_memory)
{
    expect_status(BCryptCloseAlgorithmProvider(open_at(XOR_CUT, NULL), 0), STATUS_SUCCESS);
}
END_TEST

/* Makes what the algorithm is for, and ends it; a call that fails leaves the handle as it was. */
static NTSTATUS make_hash(BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0);

    expect_status(BCryptDestroyHash(hash), status ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS);
    return status;
}

static NTSTATUS make_pair(BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptGenerateKeyPair(algorithm, &key, 0, 0);

    expect_status(BCryptDestroyKey(key), status ? STATUS_INVALID_HANDLE : STATUS_SUCCESS);
    return status;
}

/* One for each rule of bcrypt_provider.h, for a hash, a signature and an encapsulation. */
#define RULES(id, base, function)                                                                  \
    { id, base RULE_NULLS,      function, STATUS_SUCCESS,        STATUS_NOT_SUPPORTED },           \
    { id, base RULE_NO_OPEN,    function, STATUS_NOT_FOUND,      STATUS_INVALID_HANDLE },          \
    { id, base RULE_OLD,        function, STATUS_NOT_FOUND,      STATUS_INVALID_HANDLE },          \
    { id, base RULE_NEW,        function, STATUS_SUCCESS,        STATUS_SUCCESS },                 \
    { id, base RULE_CUT,        function, STATUS_SUCCESS,        STATUS_NOT_SUPPORTED },           \
    { id, base RULE_NO_TABLE,   function, STATUS_NOT_FOUND,      STATUS_INVALID_HANDLE },          \
    { id, base RULE_WILD,       function, STATUS_NOT_FOUND,      STATUS_INVALID_HANDLE },          \
    { id, base RULE_GET_FAILS,  function, STATUS_NOT_FOUND,      STATUS_INVALID_HANDLE },          \
    { id, base RULE_OPEN_FAILS, function, STATUS_DATA_ERROR,     STATUS_INVALID_HANDLE },          \
    { id, base RULE_OPEN_ZERO,  function, STATUS_INTERNAL_ERROR, STATUS_INVALID_HANDLE },          \
    { id, base RULE_OPEN_ODD,   function, STATUS_INTERNAL_ERROR, STATUS_INVALID_HANDLE },          \
    { id, base RULE_MAKE_FAILS, function, STATUS_SUCCESS,        STATUS_DATA_ERROR },              \
    { id, base RULE_MAKE_ZERO,  function, STATUS_SUCCESS,        STATUS_INTERNAL_ERROR }

static const struct
{
    ULONG interface_id;
    const WCHAR *id;
    NTSTATUS (*make)(BCRYPT_ALG_HANDLE algorithm);
    NTSTATUS opened, made;
} broken[] =
{
    RULES(BCRYPT_HASH_INTERFACE, SUM_HASH, make_hash),
    RULES(BCRYPT_SIGNATURE_INTERFACE, SUM_SIGN, make_pair),
    RULES(BCRYPT_KEY_ENCAPSULATION_INTERFACE, XOR_KEM, make_pair),
};

static void expect_broken(int row, const WCHAR *provider)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, broken[row].id, provider, 0),
                  broken[row].opened);
    expect_status(broken[row].make(algorithm), broken[row].made);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0),
                  broken[row].opened ? STATUS_INVALID_HANDLE : STATUS_SUCCESS);
}

START_TEST(a_provider_that_breaks_a_rule_does_no_harm)
{
    add_function(broken[_i].interface_id, broken[_i].id);
    expect_broken(_i, NULL);
    expect_broken(_i, TEST_PROVIDER);
    remove_function(broken[_i].interface_id, broken[_i].id);
}
END_TEST

/* ---- registering ---- */

START_TEST(a_registered_provider_is_not_replaced_unasked)
{
    expect_status(register_provider(TEST_PROVIDER, image, 0), STATUS_OBJECT_NAME_COLLISION);
    expect_status(register_provider(TEST_PROVIDER, image, CRYPT_OVERWRITE), STATUS_SUCCESS);
    expect_status(BCryptUnregisterProvider(TEST_PROVIDER), STATUS_SUCCESS);
    expect_status(BCryptUnregisterProvider(TEST_PROVIDER), STATUS_NOT_FOUND);
    expect_status(register_provider(TEST_PROVIDER, image, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_registration_that_says_nothing_is_refused)
{
    CRYPT_IMAGE_REG user = { NULL, 0, NULL };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &user, NULL };

    expect_status(BCryptRegisterProvider(NULL, 0, &registration), STATUS_INVALID_PARAMETER);
    expect_status(BCryptRegisterProvider(L"Name", 0, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptRegisterProvider(L"Name", 0, &registration), STATUS_INVALID_PARAMETER);
    expect_status(BCryptRegisterProvider(L"A\\B", 0, &registration), STATUS_INVALID_PARAMETER);
    expect_status(BCryptUnregisterProvider(NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptUnregisterProvider(L"No such provider"), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, L"No such context", 1, XOR_CIPHER, 0),
                  STATUS_NOT_FOUND);
    expect_status(BCryptAddContextFunction(0, NULL, 1, XOR_CIPHER, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, NULL, 1, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, 1, L"No such function"),
                  STATUS_NOT_FOUND);
    expect_status(serve(L"No such function", TEST_PROVIDER, 0), STATUS_NOT_FOUND);
    expect_status(BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, 1, XOR_CIPHER, L"Nobody"),
                  STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_cipher_suite_is_moved_and_taken_out)
{
    CRYPT_CONTEXT_FUNCTIONS *list = NULL;
    ULONG bytes = 0, count;
    WCHAR last[128];

    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, &bytes, &list),
                  STATUS_SUCCESS);
    count = list->cFunctions;
    memcpy(last, list->rgpszFunctions[count - 1], wide_bytes(list->rgpszFunctions[count - 1]));
    BCryptFreeBuffer(list);

    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, L"SSL", 0x10002, last, 1), STATUS_SUCCESS);
    list = NULL;
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, &bytes, &list),
                  STATUS_SUCCESS);
    expect_value(list->cFunctions, count);
    expect_wide(list->rgpszFunctions[1], last);
    BCryptFreeBuffer(list);

    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, L"SSL", 0x10002, last), STATUS_SUCCESS);
    list = NULL;
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, &bytes, &list),
                  STATUS_SUCCESS);
    expect_value(list->cFunctions, count - 1);
    BCryptFreeBuffer(list);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, L"SSL", 0x10002, last,
                                           CRYPT_PRIORITY_BOTTOM), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_position_beyond_the_end_is_refused)
{
    expect_status(serve(XOR_CIPHER, TEST_PROVIDER_FAILING, 2), STATUS_INVALID_PARAMETER);
    expect_status(serve(XOR_CIPHER, TEST_PROVIDER_FAILING, 1), STATUS_SUCCESS);
    expect_status(serve(XOR_CIPHER, TEST_PROVIDER_FAILING, 0), STATUS_SUCCESS);
}
END_TEST

void registered_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    tcase_add_checked_fixture(tests, setup, teardown);
    add_test(tests, a_registered_cipher_encrypts);
    add_rows(tests, a_registered_hash_hashes, hash_rows);
    add_test(tests, a_hash_of_the_first_version_has_no_multi_hash);
    add_test(tests, a_registered_signature_signs_and_verifies);
    add_test(tests, a_registered_encapsulation_gives_both_sides_one_secret);
    add_test(tests, a_key_outlives_its_algorithm_and_its_registration);
    add_test(tests, a_provider_is_found_by_its_name_and_its_alias);
    add_test(tests, a_providers_name_comes_before_the_alias_of_another);
    add_test(tests, the_first_provider_serves_who_names_none);
    add_rows(tests, the_next_provider_serves_when_the_first_fails, useless);
    add_test(tests, providers_are_listed_best_first);
    add_test(tests, a_registered_function_is_listed_once);
    add_rows(tests, an_algorithm_that_cannot_be_opened_is_refused, openings);
    add_rows(tests, a_key_that_was_not_made_is_none, keys);
    add_test(tests, a_hash_that_was_not_made_is_none);
    add_test(tests, a_pair_that_was_not_made_is_none);
    add_rows(tests, a_provider_that_breaks_a_rule_does_no_harm, broken);
    add_test(tests, what_is_no_code_is_not_called);
    add_test(tests, a_table_is_not_read_past_its_memory);
    add_test(tests, a_registered_provider_is_not_replaced_unasked);
    add_test(tests, a_registration_that_says_nothing_is_refused);
    add_test(tests, what_is_not_there_is_not_found);
    add_test(tests, a_cipher_suite_is_moved_and_taken_out);
    add_test(tests, a_position_beyond_the_end_is_refused);
}
