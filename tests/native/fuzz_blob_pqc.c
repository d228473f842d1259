/*
 * fuzz_blob_pqc.c - any bytes as the blob of an ML-KEM or ML-DSA key, as a parameter set, as a
 * ciphertext and as a signature.
 *
 * Whatever is accepted as a key must come out of every form of blob again as the same key. Any
 * bytes of a ciphertext's length give a secret.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include <openssl/crypto.h>

#include "fuzz.h"
#include "provider/common/prov.h"

static const LPCWSTR kem_types[] =
{
    BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB,
    BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
};
static const LPCWSTR dsa_types[] =
{
    BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
    BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
};
static const LPCWSTR kem_sets[] = { L"512", L"768", L"1024" };
static const LPCWSTR dsa_sets[] = { L"44", L"65", L"87" };
static const ULONG flags[] = { 0, BCRYPT_NO_KEY_VALIDATION };

/* The first byte of the input chooses: a type of blob with its flags, or what else it is. */
#define KEM_TYPES  ARRAY_SIZE(kem_types)
#define BLOBS      (KEM_TYPES + ARRAY_SIZE(dsa_types))
#define CIPHERTEXT BLOBS                        /* and the two sets behind it */
#define SIGNATURE  (CIPHERTEXT + 3)
#define PARAMETERS (SIGNATURE + 3)
#define CHOICES    (PARAMETERS + 1)

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE *kem(void)
{
    return mlkem_family.table;
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa(void)
{
    return mldsa_family.table;
}

static BCRYPT_ALG_HANDLE open_kem(void)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!kem()->OpenAlgorithmProvider(&algorithm, BCRYPT_MLKEM_ALGORITHM, 0));
    return algorithm;
}

static BCRYPT_ALG_HANDLE open_dsa(void)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!dsa()->OpenAlgorithmProvider(&algorithm, BCRYPT_MLDSA_ALGORITHM, 0));
    return algorithm;
}

static NTSTATUS tell(BCryptSetPropertyFn set_property, BCRYPT_KEY_HANDLE key, LPCWSTR set)
{
    return set_property(key, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(uintptr_t)set, name_bytes(set), 0);
}

static BCRYPT_KEY_HANDLE new_kem_key(BCRYPT_ALG_HANDLE algorithm, LPCWSTR set)
{
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!kem()->GenerateKeyPair(algorithm, &key, 0, 0));
    fuzz_must(!tell(kem()->SetProperty, key, set));
    fuzz_must(!kem()->FinalizeKeyPair(key, 0));
    return key;
}

static BCRYPT_KEY_HANDLE new_dsa_key(BCRYPT_ALG_HANDLE algorithm, LPCWSTR set)
{
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!dsa()->GenerateKeyPair(algorithm, &key, 0, 0));
    fuzz_must(!tell(dsa()->SetProperty, key, set));
    fuzz_must(!dsa()->FinalizeKeyPair(key, 0));
    return key;
}

static void fuzz_ciphertext(LPCWSTR set, const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_kem();
    BCRYPT_KEY_HANDLE key = new_kem_key(algorithm, set);
    UCHAR *copy = fuzz_copy(data, bytes), secret[32];
    ULONG size, right;
    NTSTATUS status;

    fuzz_must(!kem()->GetProperty(key, BCRYPT_KEM_CIPHERTEXT_LENGTH, (PUCHAR)&right, 4, &size, 0));
    status = kem()->Decapsulate(key, copy, (ULONG)bytes, secret, sizeof(secret), &size, 0);
    fuzz_must(status == (bytes == right ? STATUS_SUCCESS : (NTSTATUS)STATUS_INVALID_BUFFER_SIZE));
    free(copy);
    kem()->DestroyKey(key);
    kem()->CloseAlgorithmProvider(algorithm, 0);
}

/* No bytes are a signature of a key that was just made. */
static void fuzz_signature(LPCWSTR set, const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_dsa();
    BCRYPT_KEY_HANDLE key = new_dsa_key(algorithm, set);
    UCHAR *copy = fuzz_copy(data, bytes);

    fuzz_must(dsa()->VerifySignature(key, NULL, copy, (ULONG)bytes, copy, (ULONG)bytes, 0));
    free(copy);
    dsa()->DestroyKey(key);
    dsa()->CloseAlgorithmProvider(algorithm, 0);
}

static void fuzz_parameters(const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_kem();
    UCHAR *copy = fuzz_copy(data, bytes);
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!kem()->GenerateKeyPair(algorithm, &key, 0, 0));
    kem()->SetProperty(key, BCRYPT_PARAMETER_SET_NAME, copy, (ULONG)bytes, 0);
    kem()->DestroyKey(key);
    kem()->CloseAlgorithmProvider(algorithm, 0);
    free(copy);
}

static void fuzz_blob(size_t choice, ULONG checks, const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs kem_pairs = FUZZ_PAIRS(kem(), kem_types);
    const struct fuzz_pairs dsa_pairs = FUZZ_PAIRS(dsa(), dsa_types);
    BCRYPT_ALG_HANDLE algorithm;

    if (choice < KEM_TYPES)
    {
        algorithm = open_kem();
        fuzz_must(fuzz_pair_blob(&kem_pairs, algorithm, kem_types[choice], data, bytes, checks,
                                 checks));
        kem()->CloseAlgorithmProvider(algorithm, 0);
        return;
    }
    algorithm = open_dsa();
    fuzz_must(fuzz_pair_blob(&dsa_pairs, algorithm, dsa_types[choice - KEM_TYPES], data, bytes,
                             checks, checks));
    dsa()->CloseAlgorithmProvider(algorithm, 0);
}

/* libcrypto keeps the texts of a thread's last errors, as long as they were, until it ends. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    size_t choice;

    if (!bytes) return 0;
    choice = data[0] % CHOICES;
    if (choice < BLOBS)
    {
        fuzz_blob(choice, flags[data[0] / CHOICES % ARRAY_SIZE(flags)], data + 1, bytes - 1);
    }
    else if (choice < SIGNATURE)
    {
        fuzz_ciphertext(kem_sets[choice - CIPHERTEXT], data + 1, bytes - 1);
    }
    else if (choice < PARAMETERS)
    {
        fuzz_signature(dsa_sets[choice - SIGNATURE], data + 1, bytes - 1);
    }
    else fuzz_parameters(data + 1, bytes - 1);
    OPENSSL_thread_stop();
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 60

static void change_blob(size_t choice, BCryptExportKeyFn export, BCRYPT_KEY_HANDLE key,
                        LPCWSTR type)
{
    UCHAR *blob;
    ULONG bytes;
    size_t i;

    if (!(blob = fuzz_export(export, key, NULL, type, &bytes))) return;
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        fuzz_changed((uint8_t)(choice + i * CHOICES), blob, bytes, ROUNDS);
    }
    free(blob);
}

START_TEST(a_changed_kem_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm = open_kem();
    BCRYPT_KEY_HANDLE key = new_kem_key(algorithm, kem_sets[_i]);
    size_t i;

    for (i = 0; i < KEM_TYPES; i++) change_blob(i, kem()->ExportKey, key, kem_types[i]);
    kem()->DestroyKey(key);
    kem()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

START_TEST(a_changed_dsa_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm = open_dsa();
    BCRYPT_KEY_HANDLE key = new_dsa_key(algorithm, dsa_sets[_i]);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(dsa_types); i++)
    {
        change_blob(KEM_TYPES + i, dsa()->ExportKey, key, dsa_types[i]);
    }
    dsa()->DestroyKey(key);
    dsa()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

START_TEST(any_ciphertext_and_signature_does_no_harm)
{
    BCRYPT_ALG_HANDLE kem_algorithm = open_kem(), dsa_algorithm = open_dsa();
    BCRYPT_KEY_HANDLE kem_key = new_kem_key(kem_algorithm, kem_sets[_i]);
    BCRYPT_KEY_HANDLE dsa_key = new_dsa_key(dsa_algorithm, dsa_sets[_i]);
    UCHAR made[4700], secret[32];
    ULONG bytes, size;

    fuzz_must(!kem()->Encapsulate(kem_key, secret, 32, &size, made, sizeof(made), &bytes, 0));
    fuzz_changed((uint8_t)(CIPHERTEXT + (size_t)_i), made, bytes, ROUNDS);
    fuzz_must(!dsa()->SignHash(dsa_key, NULL, secret, 32, made, sizeof(made), &bytes, 0));
    fuzz_changed((uint8_t)(SIGNATURE + (size_t)_i), made, bytes, ROUNDS);
    fuzz_changed(PARAMETERS, (const UCHAR *)kem_sets[_i], name_bytes(kem_sets[_i]), ROUNDS);
    kem()->DestroyKey(kem_key);
    kem()->CloseAlgorithmProvider(kem_algorithm, 0);
    dsa()->DestroyKey(dsa_key);
    dsa()->CloseAlgorithmProvider(dsa_algorithm, 0);
}
END_TEST

/* A ciphertext that is changed in any way is opened without a word (FIPS 203, section 6.3). */
START_TEST(a_hundred_thousand_changed_ciphertexts_give_secrets)
{
    static const int counts[] = { 40000, 33000, 27000 };
    BCRYPT_ALG_HANDLE algorithm = open_kem();
    BCRYPT_KEY_HANDLE key = new_kem_key(algorithm, kem_sets[_i]);
    UCHAR secret[32], opened[32], ciphertext[1568];
    ULONG bytes, size;
    int round, at;

    fuzz_must(!kem()->Encapsulate(key, secret, 32, &size, ciphertext, sizeof(ciphertext), &bytes,
                                  0));
    for (round = 0; round < counts[_i]; round++)
    {
        at = (int)((ULONG)round * 2654435761u % (8 * bytes));
        ciphertext[at / 8] ^= (UCHAR)(1 << at % 8);
        fuzz_must(!kem()->Decapsulate(key, ciphertext, bytes, opened, 32, &size, 0) && size == 32 &&
                  memcmp(opened, secret, 32));
        ciphertext[at / 8] ^= (UCHAR)(1 << at % 8);
    }
    kem()->DestroyKey(key);
    kem()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_kem_blob_does_no_harm, 0, (int)ARRAY_SIZE(kem_sets));
    tcase_add_loop_test(tests, a_changed_dsa_blob_does_no_harm, 0, (int)ARRAY_SIZE(dsa_sets));
    tcase_add_loop_test(tests, any_ciphertext_and_signature_does_no_harm, 0, 3);
    tcase_add_loop_test(tests, a_hundred_thousand_changed_ciphertexts_give_secrets, 0, 3);
    return suite_run("fuzz_blob_pqc", tests);
}

#endif
