/*
 * test_example.c - the provider of examples/, installed by its own program and used as any other.
 *
 * The registry before and after it: tests/tools/example. Only an administrator may install.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

#include <bcrypt_provider.h>

#include "../examples/provider/example.h"
#include "provider/test_provider.h"

/* ---- installing ---- */

static WCHAR directory[MAX_PATH];

/* Runs the installer, which is beside this program; what it ends with. */
static DWORD run_installer(const WCHAR *arguments)
{
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION process;
    WCHAR command[2 * MAX_PATH];
    DWORD length, code = 99;

    length = GetModuleFileNameW(NULL, directory, MAX_PATH);
    while (length && directory[length - 1] != '\\') length--;
    directory[length] = 0;
    swprintf(command, ARRAY_SIZE(command), L"\"%lsexample_install.exe\" %ls", directory, arguments);
    if (!CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return code;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

/* It says nothing to this process of what another has written: it is asked for by writing. */
static void notice(void)
{
    BCryptUnregisterProvider(L"Nobody at all");
}

static void setup(void)
{
    expect_value(run_installer(L"install"), 0);
    notice();
}

static void teardown(void)
{
    expect_value(run_installer(L"uninstall"), 0);
    notice();
}

static BCRYPT_ALG_HANDLE open_at(const WCHAR *id, const WCHAR *provider)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, id, provider, 0), STATUS_SUCCESS);
    keep_algorithm(algorithm);
    return algorithm;
}

/* ---- who serves it ---- */

static const struct
{
    const WCHAR *id;
    ULONG interface_id;
} algorithms[] =
{
    { EXAMPLE_CIPHER,    BCRYPT_CIPHER_INTERFACE },
    { EXAMPLE_HASH,      BCRYPT_HASH_INTERFACE },
    { EXAMPLE_SIGNATURE, BCRYPT_SIGNATURE_INTERFACE },
    { EXAMPLE_KEM,       BCRYPT_KEY_ENCAPSULATION_INTERFACE },
};

START_TEST(an_example_opens_with_and_without_its_providers_name)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_property_wide(open_at(algorithms[_i].id, NULL), BCRYPT_ALGORITHM_NAME,
                         algorithms[_i].id);
    open_at(algorithms[_i].id, EXAMPLE_PROVIDER);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, MS_PRIMITIVE_PROVIDER,
                                              0), STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, NULL,
                                              BCRYPT_ALG_HANDLE_HMAC_FLAG), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_example_is_listed_with_its_provider)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    BCRYPT_PROVIDER_NAME *providers = NULL;
    ULONG count = 0, found = 0, i;

    expect_status(BCryptEnumAlgorithms(0, &count, &list, 0), STATUS_SUCCESS);
    for (i = 0; i < count; i++)
    {
        found += !wcscmp(list[i].pszName, algorithms[_i].id) &&
                 list[i].dwClass == algorithms[_i].interface_id;
    }
    BCryptFreeBuffer(list);
    expect_value(found, 1);
    expect_status(BCryptEnumProviders(algorithms[_i].id, &count, &providers, 0), STATUS_SUCCESS);
    expect_value(count, 1);
    expect_wide(providers[0].pszProviderName, EXAMPLE_PROVIDER);
    BCryptFreeBuffer(providers);
}
END_TEST

/* Beside one that opens nothing (test_provider.h): first, the example serves; second, it does when
 * the first has failed, and not when that is asked for by name. */
static const struct
{
    ULONG position;
    ULONG example_at;
} orders[] = { { CRYPT_PRIORITY_TOP, 1 }, { CRYPT_PRIORITY_BOTTOM, 0 } };

START_TEST(an_example_serves_first_and_second_in_order)
{
    WCHAR image[MAX_PATH + 32], *functions[] = { (WCHAR *)(uintptr_t)EXAMPLE_CIPHER };
    CRYPT_INTERFACE_REG ciphers = { BCRYPT_CIPHER_INTERFACE, 0, 1, functions };
    PCRYPT_INTERFACE_REG interfaces[] = { &ciphers };
    CRYPT_IMAGE_REG user = { image, 1, interfaces };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &user, NULL };
    BCRYPT_PROVIDER_NAME *providers = NULL;
    BCRYPT_ALG_HANDLE algorithm;
    ULONG count = 0;

    swprintf(image, ARRAY_SIZE(image), L"%ls%ls", directory, TEST_PROVIDER_IMAGE);
    expect_status(BCryptRegisterProvider(TEST_PROVIDER_FAILING, CRYPT_OVERWRITE, &registration),
                  STATUS_SUCCESS);
    expect_status(BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                                   EXAMPLE_CIPHER, TEST_PROVIDER_FAILING,
                                                   orders[_i].position), STATUS_SUCCESS);
    expect_status(BCryptEnumProviders(EXAMPLE_CIPHER, &count, &providers, 0), STATUS_SUCCESS);
    expect_value(count, 2);
    expect_wide(providers[orders[_i].example_at].pszProviderName, EXAMPLE_PROVIDER);
    BCryptFreeBuffer(providers);

    expect_value(property_ulong(open_at(EXAMPLE_CIPHER, NULL), BCRYPT_KEY_STRENGTH), 128);
    expect_value(property_ulong(open_at(EXAMPLE_CIPHER, EXAMPLE_PROVIDER), BCRYPT_KEY_STRENGTH),
                 128);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, EXAMPLE_CIPHER, TEST_PROVIDER_FAILING, 0),
                  STATUS_DATA_ERROR);

    expect_status(BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                                      EXAMPLE_CIPHER, TEST_PROVIDER_FAILING),
                  STATUS_SUCCESS);
    expect_status(BCryptUnregisterProvider(TEST_PROVIDER_FAILING), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_example_that_is_installed_twice_is_installed)
{
    expect_value(run_installer(L"install"), 0);
    notice();
    open_at(EXAMPLE_HASH, NULL);
}
END_TEST

START_TEST(an_uninstalled_example_is_not_found_and_its_keys_stay)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_HASH, NULL);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR digest[32];

    expect_value(run_installer(L"uninstall"), 0);
    notice();
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, EXAMPLE_HASH, NULL, 0), STATUS_NOT_FOUND);
    expect_status(BCryptFinishHash(hash, digest, sizeof(digest), 0), STATUS_SUCCESS);
    expect_value(run_installer(L"uninstall"), 0);
    expect_value(run_installer(L"install"), 0);
    notice();
    open_at(EXAMPLE_HASH, NULL);
}
END_TEST

/* ---- the cipher ---- */

static BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info_of(UCHAR *nonce, UCHAR *tag, struct bytes data)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = 16;
    info.pbTag = tag;
    info.cbTag = 16;
    info.pbAuthData = data.size ? data.data : NULL;
    info.cbAuthData = data.size;
    return info;
}

START_TEST(the_example_cipher_encrypts_as_published)
{
    struct vectors *v = vectors_start("example-aead", _i);
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_CIPHER, NULL);

    while (vectors_next(v))
    {
        struct bytes message = vectors_bytes(v, "msg"), expected = vectors_bytes(v, "ct");
        UCHAR tag[16], *text = vectors_room(v, message.size + 1);
        BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info =
            info_of(vectors_bytes(v, "iv").data, tag, vectors_bytes(v, "aad"));
        BCRYPT_KEY_HANDLE key = new_key(algorithm, vectors_bytes(v, "key").data, 16);
        ULONG bytes = 0;
        NTSTATUS status;

        memcpy(text, message.data, message.size);
        status = BCryptEncrypt(key, text, message.size, &info, NULL, 0, text, message.size, &bytes,
                               0);
        vectors_judge(v, status, bytes == message.size &&
                                     !memcmp(text, expected.data, message.size) &&
                                     !memcmp(tag, expected.data + message.size, 16));
        status = BCryptDecrypt(key, text, message.size, &info, NULL, 0, text, message.size, &bytes,
                               0);
        vectors_judge(v, status, same(text, message));
        tag[_i + 3] ^= 0x10;
        status = BCryptDecrypt(key, text, message.size, &info, NULL, 0, text, message.size, &bytes,
                               0);
        if (status != STATUS_AUTH_TAG_MISMATCH) vectors_wrong(v, "a forged tag is accepted");
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(a_key_of_the_example_cipher_goes_through_a_blob)
{
    BCRYPT_KEY_HANDLE key = new_key(open_at(EXAMPLE_CIPHER, NULL), counting, 16), other = NULL;
    UCHAR blob[64], nonce[16] = { 1 }, tag[16], text[20] = { 2 }, first[20], second[20];
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info = info_of(nonce, tag, (struct bytes){ NULL, 0 });
    ULONG bytes = 0;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 28);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, 27, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, 64, &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKey(open_at(EXAMPLE_CIPHER, NULL), NULL, BCRYPT_KEY_DATA_BLOB, &other,
                                  NULL, 0, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(other);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 20, .info = &info, .output = first,
                   .room = 20, .result = &bytes);
    expect_encrypt(other, STATUS_SUCCESS, .input = text, .bytes = 20, .info = &info,
                   .output = second, .room = 20, .result = &bytes);
    expect_bytes(first, second, 20);
    blob[0] ^= 1;
    expect_status(BCryptImportKey(open_at(EXAMPLE_CIPHER, NULL), NULL, BCRYPT_KEY_DATA_BLOB, &other,
                                  NULL, 0, blob, 28, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_example_cipher_refuses_what_it_has_not)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_CIPHER, NULL);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16), other = NULL;
    UCHAR nonce[16] = { 1 }, tag[16], text[20] = { 2 };
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info = info_of(nonce, tag, (struct bytes){ NULL, 0 });
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = text, .bytes = 20, .output = text,
                   .room = 20, .result = &bytes);
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = text, .bytes = 20, .info = &info,
                   .output = text, .room = 19, .result = &bytes);
    info.cbNonce = 12;
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = text, .bytes = 20, .info = &info,
                   .output = text, .room = 20, .result = &bytes);
    info.cbNonce = 16;
    info.dwFlags = BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = text, .bytes = 20, .info = &info,
                   .output = text, .room = 20, .result = &bytes);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &other, NULL, 0, text, 15, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_GCM,
                                    sizeof(BCRYPT_CHAIN_MODE_GCM), 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_NA,
                                    sizeof(BCRYPT_CHAIN_MODE_NA), 0), STATUS_SUCCESS);
    expect_property(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

/* ---- the hash ---- */

START_TEST(the_example_hash_hashes_as_published)
{
    struct vectors *v = vectors_start("example-hash", _i);
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_HASH, NULL);

    while (vectors_next(v))
    {
        struct bytes message = vectors_bytes(v, "msg"), expected = vectors_bytes(v, "md");
        BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, BCRYPT_HASH_REUSABLE_FLAG), copy;
        ULONG half = message.size / 2;
        UCHAR digest[32];
        NTSTATUS status;

        status = BCryptHash(algorithm, NULL, 0, message.data, message.size, digest, 32);
        vectors_judge(v, status, same(digest, expected));
        expect_status(BCryptHashData(hash, message.data, half, 0), STATUS_SUCCESS);
        expect_status(BCryptDuplicateHash(hash, &copy, NULL, 0, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_SUCCESS);
        expect_status(BCryptHashData(copy, message.data + half, message.size - half, 0),
                      STATUS_SUCCESS);
        status = BCryptFinishHash(copy, digest, 32, 0);
        vectors_judge(v, status, same(digest, expected));
        expect_status(BCryptHashData(hash, message.data, message.size, 0), STATUS_SUCCESS);
        status = BCryptFinishHash(hash, digest, 32, 0);
        vectors_judge(v, status, same(digest, expected));
        expect_status(BCryptDestroyHash(copy), STATUS_SUCCESS);
        expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(the_example_hash_refuses_what_it_has_not)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_HASH, NULL);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0), other = NULL;
    UCHAR digest[33], secret[] = "secret";

    expect_status(BCryptFinishHash(hash, digest, 33, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, digest, 1, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptCreateHash(algorithm, &other, NULL, 0, secret, 6, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* ---- the signature ---- */

/* A key of RSA's numbers; with p and q a private one. */
static NTSTATUS import_rsa(struct vectors *v, BCRYPT_KEY_HANDLE *key)
{
    struct bytes e = vectors_bytes(v, "e"), n = vectors_bytes(v, "n");
    struct bytes p = { NULL, 0 }, q = { NULL, 0 };
    UCHAR *blob = vectors_room(v, 2048), *at = blob + sizeof(BCRYPT_RSAKEY_BLOB);
    BCRYPT_RSAKEY_BLOB *header = (BCRYPT_RSAKEY_BLOB *)(void *)blob;
    bool has_private = vectors_has(v, "p");

    if (has_private)
    {
        p = vectors_bytes(v, "p");
        q = vectors_bytes(v, "q");
    }
    header->Magic = has_private ? BCRYPT_RSAPRIVATE_MAGIC : BCRYPT_RSAPUBLIC_MAGIC;
    header->BitLength = 8 * n.size;
    header->cbPublicExp = e.size;
    header->cbModulus = n.size;
    header->cbPrime1 = p.size;
    header->cbPrime2 = q.size;
    memcpy(at, e.data, e.size);
    memcpy(at += e.size, n.data, n.size);
    at += n.size;
    if (has_private)
    {
        memcpy(at, p.data, p.size);
        memcpy(at += p.size, q.data, q.size);
        at += q.size;
    }
    return BCryptImportKeyPair(open_at(EXAMPLE_SIGNATURE, NULL), NULL,
                               has_private ? BCRYPT_RSAPRIVATE_BLOB : BCRYPT_RSAPUBLIC_BLOB, key,
                               blob, (ULONG)(at - blob), 0);
}

START_TEST(the_example_signature_verifies_as_published)
{
    struct vectors *v = vectors_start("example-signature", _i);

    while (vectors_next(v))
    {
        struct bytes digest = vectors_bytes(v, "digest"), signature = vectors_bytes(v, "sig");
        BCRYPT_KEY_HANDLE key = NULL;

        expect_status(import_rsa(v, &key), STATUS_SUCCESS);
        vectors_judge_as(v, BCryptVerifySignature(key, NULL, digest.data, digest.size,
                                                  signature.data, signature.size, 0), true,
                         STATUS_INVALID_SIGNATURE);
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(the_example_signature_signs_as_openssl_does)
{
    struct vectors *v = vectors_start("example-signing", _i);

    while (vectors_next(v))
    {
        struct bytes digest = vectors_bytes(v, "digest"), expected = vectors_bytes(v, "sig");
        BCRYPT_KEY_HANDLE key = NULL;
        UCHAR signature[128];
        ULONG bytes = 0;
        NTSTATUS status;

        expect_status(import_rsa(v, &key), STATUS_SUCCESS);
        expect_status(BCryptSignHash(key, NULL, digest.data, digest.size, NULL, 0, &bytes, 0),
                      STATUS_SUCCESS);
        expect_value(bytes, 128);
        expect_status(BCryptSignHash(key, NULL, digest.data, digest.size, signature, 127, &bytes,
                                     0), STATUS_BUFFER_TOO_SMALL);
        status = BCryptSignHash(key, NULL, digest.data, digest.size, signature, 128, &bytes, 0);
        vectors_judge(v, status, same(signature, expected));
        expect_status(BCryptSignHash(key, NULL, digest.data, 31, signature, 128, &bytes, 0),
                      STATUS_INVALID_PARAMETER);
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(a_new_pair_of_the_example_signature_signs)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_SIGNATURE, NULL);
    UCHAR digest[64] = { 1, 2, 3 }, signature[128];
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG bytes = 0;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 1000, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(algorithm, &key, 1024, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptSignHash(key, NULL, digest, 64, signature, 128, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 1024);
    expect_status(BCryptSignHash(key, NULL, digest, 64, signature, 128, &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, 64, signature, 128, 0), STATUS_SUCCESS);
    digest[63] ^= 1;
    expect_status(BCryptVerifySignature(key, NULL, digest, 64, signature, 128, 0),
                  STATUS_INVALID_SIGNATURE);
    expect_status(BCryptVerifySignature(key, NULL, digest, 64, signature, 127, 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* ---- the encapsulation ---- */

START_TEST(the_example_encapsulation_opens_what_is_published)
{
    struct vectors *v = vectors_start("example-kem", _i);

    while (vectors_next(v))
    {
        struct bytes ciphertext = vectors_bytes(v, "ct"), expected = vectors_bytes(v, "secret");
        UCHAR blob[72] = { 0x58, 0x4b, 0x45, 0x4d, 32 }, secret[32];
        BCRYPT_KEY_HANDLE key = NULL;
        ULONG bytes = 0;
        NTSTATUS status;

        memcpy(blob + 8, vectors_bytes(v, "pk").data, 32);
        memcpy(blob + 40, vectors_bytes(v, "sk").data, 32);
        expect_status(BCryptImportKeyPair(open_at(EXAMPLE_KEM, NULL), NULL, BCRYPT_PRIVATE_KEY_BLOB,
                                          &key, blob, 72, 0), STATUS_SUCCESS);
        status = BCryptDecapsulate(key, ciphertext.data, 32, secret, 32, &bytes, 0);
        vectors_judge(v, status, same(secret, expected));
        BCryptDestroyKey(key);
        blob[8] ^= 1;
        expect_status(BCryptImportKeyPair(open_at(EXAMPLE_KEM, NULL), NULL, BCRYPT_PRIVATE_KEY_BLOB,
                                          &key, blob, 72, 0), STATUS_INVALID_PARAMETER);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(both_sides_of_the_example_encapsulation_get_one_secret)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_KEM, NULL);
    UCHAR blob[72], ciphertext[32], first[32], second[32];
    BCRYPT_KEY_HANDLE key = NULL, sender = NULL;
    ULONG bytes = 0, cipher_bytes = 0;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 255, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_PUBLIC_KEY_BLOB, blob, 72, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_PUBLIC_KEY_BLOB, blob, 72, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 40);
    expect_status(BCryptImportKeyPair(algorithm, NULL, BCRYPT_PUBLIC_KEY_BLOB, &sender, blob, 40,
                                      0), STATUS_SUCCESS);
    keep_key(sender);
    expect_status(BCryptEncapsulate(sender, NULL, 0, &bytes, NULL, 0, &cipher_bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_value(cipher_bytes, 32);
    expect_status(BCryptEncapsulate(sender, first, 32, &bytes, ciphertext, 32, &cipher_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDecapsulate(key, ciphertext, 32, second, 32, &bytes, 0), STATUS_SUCCESS);
    expect_bytes(first, second, 32);
    expect_status(BCryptDecapsulate(sender, ciphertext, 32, second, 32, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    memset(ciphertext, 0, 32);
    expect_refused(BCryptDecapsulate(key, ciphertext, 32, second, 32, &bytes, 0));
}
END_TEST

/* ---- nothing is left behind ---- */

START_TEST(a_destroyed_key_of_the_example_leaves_no_secret)
{
    BCRYPT_ALG_HANDLE algorithm = open_at(EXAMPLE_KEM, NULL);
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR blob[72], masked[32];
    ULONG bytes = 0, i;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 255, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_PRIVATE_KEY_BLOB, blob, 72, &bytes, 0),
                  STATUS_SUCCESS);
    for (i = 0; i < 32; i++) masked[i] = blob[40 + i] ^ SCAN_MASK;
    SecureZeroMemory(blob, sizeof(blob));
    expect_true(memory_copies(masked, 32));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_value(memory_copies(masked, 32), 0);
}
END_TEST

void example_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    tcase_add_unchecked_fixture(tests, setup, teardown);
    add_rows(tests, an_example_opens_with_and_without_its_providers_name, algorithms);
    add_rows(tests, an_example_is_listed_with_its_provider, algorithms);
    add_rows(tests, an_example_serves_first_and_second_in_order, orders);
    add_test(tests, an_example_that_is_installed_twice_is_installed);
    add_test(tests, an_uninstalled_example_is_not_found_and_its_keys_stay);
    add_sections(tests, the_example_cipher_encrypts_as_published, "example-aead");
    add_test(tests, a_key_of_the_example_cipher_goes_through_a_blob);
    add_test(tests, the_example_cipher_refuses_what_it_has_not);
    add_sections(tests, the_example_hash_hashes_as_published, "example-hash");
    add_test(tests, the_example_hash_refuses_what_it_has_not);
    add_sections(tests, the_example_signature_verifies_as_published, "example-signature");
    add_sections(tests, the_example_signature_signs_as_openssl_does, "example-signing");
    add_test(tests, a_new_pair_of_the_example_signature_signs);
    add_sections(tests, the_example_encapsulation_opens_what_is_published, "example-kem");
    add_test(tests, both_sides_of_the_example_encapsulation_get_one_secret);
    add_test(tests, a_destroyed_key_of_the_example_leaves_no_secret);
}
