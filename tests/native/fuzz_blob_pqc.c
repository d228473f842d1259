/*
 * fuzz_blob_pqc.c - any bytes as the blob of a post-quantum key, as a parameter set, as a
 * ciphertext and as a signature.
 *
 * Whatever is accepted as a key must come out of every form of blob again as the same key. Any
 * bytes of a ciphertext's length give a secret of ML-KEM, and of a composite if the curve's part is
 * a point.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include <openssl/crypto.h>

#include "fuzz.h"
#include "provider/common/prov.h"

/* An algorithm with its types of blobs and some parameter sets. */
struct subject
{
    const struct prov_family *family;
    LPCWSTR id, types[5], sets[4];
    size_t type_count, set_count;
    bool always_opens;                          /* any bytes of a ciphertext's length */
};

#define GENERIC BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB

static const struct subject subjects[] =
{
    { &mlkem_family, BCRYPT_MLKEM_ALGORITHM,
      { GENERIC, BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB,
        BCRYPT_MLKEM_PRIVATE_SEED_BLOB },
      { L"512", L"768", L"1024" }, 5, 3, true },
    { &mldsa_family, BCRYPT_MLDSA_ALGORITHM,
      { GENERIC, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB,
        BCRYPT_PQDSA_PRIVATE_SEED_BLOB },
      { L"44", L"65", L"87" }, 5, 3, false },
    { &slhdsa_family, BCRYPT_SLHDSA_ALGORITHM,
      { GENERIC, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB },
      { L"SHA2-128f", L"SHAKE-128f" }, 4, 2, false },
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      { GENERIC, BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,
        BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB },
      { L"768-P256", L"768-X25519", L"1024-P384" }, 5, 3, false },
    { &composite_mldsa_family, BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
      { GENERIC, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB },
      { L"44-ECDSA-P256-SHA256", L"65-ECDSA-P256-SHA512", L"65-ECDSA-P384-SHA512",
        L"87-ECDSA-P384-SHA512" }, 4, 4, false },
};
#define SUBJECTS ((int)ARRAY_SIZE(subjects))

static const ULONG flags[] = { 0, BCRYPT_NO_KEY_VALIDATION };

/* What the first byte of the input chooses for a subject: a blob of a type with flags, a ciphertext
 * or signature of a set, or a set's name. */
#define BLOBS   10                              /* 5 types, with each of the flags */
#define OUTPUTS 4
#define CHOICES (BLOBS + OUTPUTS + 1)           /* for each subject */

/* ---- keys of either table ---- */

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE *kem_of(const struct subject *subject)
{
    bool is = subject->family->interface_id == BCRYPT_KEY_ENCAPSULATION_INTERFACE;

    return is ? subject->family->table : NULL;
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa_of(const struct subject *subject)
{
    return kem_of(subject) ? NULL : subject->family->table;
}

/* A member that both tables have. */
#define CALL(subject, member, ...) \
    (kem_of(subject) ? kem_of(subject)->member(__VA_ARGS__) : dsa_of(subject)->member(__VA_ARGS__))

static BCRYPT_ALG_HANDLE open(const struct subject *subject)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!CALL(subject, OpenAlgorithmProvider, &algorithm, subject->id, 0));
    return algorithm;
}

static void close(const struct subject *subject, BCRYPT_ALG_HANDLE algorithm)
{
    CALL(subject, CloseAlgorithmProvider, algorithm, 0);
}

static BCRYPT_KEY_HANDLE new_key(const struct subject *subject, BCRYPT_ALG_HANDLE algorithm,
                                 LPCWSTR set)
{
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!CALL(subject, GenerateKeyPair, algorithm, &key, 0, 0));
    fuzz_must(!CALL(subject, SetProperty, key, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(uintptr_t)set,
                    name_bytes(set), 0));
    fuzz_must(!CALL(subject, FinalizeKeyPair, key, 0));
    return key;
}

/* ---- what is done with the bytes ---- */

static void fuzz_ciphertext(const struct subject *subject, BCRYPT_KEY_HANDLE key, UCHAR *copy,
                            ULONG bytes)
{
    ULONG size, right;
    UCHAR secret[32];
    NTSTATUS status;

    fuzz_must(!kem_of(subject)->GetProperty(key, BCRYPT_KEM_CIPHERTEXT_LENGTH, (PUCHAR)&right, 4,
                                            &size, 0));
    status = kem_of(subject)->Decapsulate(key, copy, bytes, secret, sizeof(secret), &size, 0);
    if (bytes != right) fuzz_must(status == (NTSTATUS)STATUS_INVALID_BUFFER_SIZE);
    else if (subject->always_opens) fuzz_must(!status);
    else fuzz_must(!status || status == (NTSTATUS)STATUS_INVALID_PARAMETER);
}

/* No bytes are a signature of a key that was just made. */
static void fuzz_output(const struct subject *subject, LPCWSTR set, const uint8_t *data,
                        size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open(subject);
    BCRYPT_KEY_HANDLE key = new_key(subject, algorithm, set);
    UCHAR *copy = fuzz_copy(data, bytes);

    if (kem_of(subject)) fuzz_ciphertext(subject, key, copy, (ULONG)bytes);
    else
    {
        fuzz_must(dsa_of(subject)->VerifySignature(key, NULL, copy, (ULONG)bytes, copy,
                                                   (ULONG)bytes, 0));
    }
    free(copy);
    CALL(subject, DestroyKey, key);
    close(subject, algorithm);
}

static void fuzz_parameters(const struct subject *subject, const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open(subject);
    UCHAR *copy = fuzz_copy(data, bytes);
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!CALL(subject, GenerateKeyPair, algorithm, &key, 0, 0));
    CALL(subject, SetProperty, key, BCRYPT_PARAMETER_SET_NAME, copy, (ULONG)bytes, 0);
    CALL(subject, DestroyKey, key);
    close(subject, algorithm);
    free(copy);
}

static void fuzz_blob(const struct subject *subject, LPCWSTR type, ULONG checks,
                      const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs pairs =
    {
        kem_of(subject) ? kem_of(subject)->ImportKeyPair : dsa_of(subject)->ImportKeyPair,
        kem_of(subject) ? kem_of(subject)->ExportKey : dsa_of(subject)->ExportKey,
        kem_of(subject) ? kem_of(subject)->DestroyKey : dsa_of(subject)->DestroyKey,
        subject->types, subject->type_count
    };
    BCRYPT_ALG_HANDLE algorithm = open(subject);

    fuzz_must(fuzz_pair_blob(&pairs, algorithm, type, data, bytes, checks, checks));
    close(subject, algorithm);
}

/* libcrypto keeps the texts of a thread's last errors, as long as they were, until it ends. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const struct subject *subject;
    size_t which;

    if (!bytes) return 0;
    subject = &subjects[data[0] / CHOICES % ARRAY_SIZE(subjects)];
    which = data[0] % CHOICES;
    if (which < BLOBS)
    {
        fuzz_blob(subject, subject->types[which / 2 % subject->type_count], flags[which % 2],
                  data + 1, bytes - 1);
    }
    else if (which < BLOBS + OUTPUTS)
    {
        fuzz_output(subject, subject->sets[(which - BLOBS) % subject->set_count], data + 1,
                    bytes - 1);
    }
    else fuzz_parameters(subject, data + 1, bytes - 1);
    OPENSSL_thread_stop();
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 60

static uint8_t choice_of(int subject, size_t which)
{
    return (uint8_t)((size_t)subject * CHOICES + which);
}

/* A loop's number as a subject and one of its sets; false if it has not so many. */
static bool chosen(int number, const struct subject **subject, LPCWSTR *set)
{
    *subject = &subjects[number / OUTPUTS];
    if ((size_t)(number % OUTPUTS) >= (*subject)->set_count) return false;
    *set = (*subject)->sets[number % OUTPUTS];
    return true;
}

/* A private key of SLH-DSA takes a second to be checked here. */
static int rounds_of(const struct subject *subject)
{
    return subject->family == &slhdsa_family ? 3 : ROUNDS;
}

START_TEST(a_changed_blob_does_no_harm)
{
    const struct subject *subject;
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    size_t type, check;
    ULONG bytes;
    LPCWSTR set;
    UCHAR *blob;

    if (!chosen(_i, &subject, &set)) return;
    algorithm = open(subject);
    key = new_key(subject, algorithm, set);
    for (type = 0; type < subject->type_count; type++)
    {
        blob = fuzz_export(kem_of(subject) ? kem_of(subject)->ExportKey :
                           dsa_of(subject)->ExportKey, key, NULL, subject->types[type], &bytes);
        for (check = 0; blob && check < 2; check++)
        {
            fuzz_changed(choice_of(_i / OUTPUTS, 2 * type + check), blob, bytes,
                         rounds_of(subject));
        }
        free(blob);
    }
    CALL(subject, DestroyKey, key);
    close(subject, algorithm);
}
END_TEST

/* Signatures of SLH-DSA are longer than fuzz_changed takes. */
START_TEST(any_ciphertext_signature_and_set_does_no_harm)
{
    const struct subject *subject;
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR made[4731], secret[32];
    BCRYPT_KEY_HANDLE key;
    ULONG bytes, size;
    LPCWSTR set;

    if (!chosen(_i, &subject, &set) || subject->family == &slhdsa_family) return;
    algorithm = open(subject);
    key = new_key(subject, algorithm, set);
    if (kem_of(subject))
    {
        fuzz_must(!kem_of(subject)->Encapsulate(key, secret, 32, &size, made, sizeof(made), &bytes,
                                                0));
    }
    else
    {
        fuzz_must(!dsa_of(subject)->SignHash(key, NULL, (PUCHAR)(uintptr_t)set, 4, made,
                                             sizeof(made), &bytes, 0));
    }
    fuzz_changed(choice_of(_i / OUTPUTS, BLOBS + (size_t)(_i % OUTPUTS)), made, bytes, ROUNDS);
    fuzz_changed(choice_of(_i / OUTPUTS, BLOBS + OUTPUTS), (const UCHAR *)set, name_bytes(set),
                 ROUNDS);
    CALL(subject, DestroyKey, key);
    close(subject, algorithm);
}
END_TEST

/* A ciphertext that is changed in any way is opened without a word (FIPS 203, section 6.3). */
START_TEST(a_hundred_thousand_changed_ciphertexts_give_secrets)
{
    static const int counts[] = { 40000, 33000, 27000 };
    const struct subject *subject = &subjects[0];
    BCRYPT_ALG_HANDLE algorithm = open(subject);
    BCRYPT_KEY_HANDLE key = new_key(subject, algorithm, subject->sets[_i]);
    UCHAR secret[32], opened[32], ciphertext[1568];
    ULONG bytes, size;
    int round, at;

    fuzz_must(!kem_of(subject)->Encapsulate(key, secret, 32, &size, ciphertext, sizeof(ciphertext),
                                            &bytes, 0));
    for (round = 0; round < counts[_i]; round++)
    {
        at = (int)((ULONG)round * 2654435761u % (8 * bytes));
        ciphertext[at / 8] ^= (UCHAR)(1 << at % 8);
        fuzz_must(!kem_of(subject)->Decapsulate(key, ciphertext, bytes, opened, 32, &size, 0) &&
                  size == 32 && memcmp(opened, secret, 32));
        ciphertext[at / 8] ^= (UCHAR)(1 << at % 8);
    }
    CALL(subject, DestroyKey, key);
    close(subject, algorithm);
}
END_TEST

/* Of every length; and what follows the sequence of ECDSA's part is not part of it. */
START_TEST(a_composite_signature_is_all_of_its_bytes)
{
    const struct subject *subject = &subjects[SUBJECTS - 1];
    const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa = dsa_of(subject);
    BCRYPT_ALG_HANDLE algorithm = open(subject);
    BCRYPT_KEY_HANDLE key = new_key(subject, algorithm, subject->sets[_i]);
    UCHAR message[] = "abc", made[4731], *copy;
    ULONG most, count, bytes;

    ck_assert_int_eq(dsa->SignHash(key, NULL, NULL, 0, NULL, 0, &most, 0), STATUS_SUCCESS);
    do ck_assert_int_eq(dsa->SignHash(key, NULL, message, 3, made, most, &count, 0),
                        STATUS_SUCCESS);
    while (count == most);
    ck_assert_int_eq(dsa->VerifySignature(key, NULL, message, 3, made, count, 0), STATUS_SUCCESS);
    made[count] = 0;
    ck_assert_int_eq(dsa->VerifySignature(key, NULL, message, 3, made, count + 1, 0),
                     STATUS_INVALID_SIGNATURE);
    for (bytes = 0; bytes < count; bytes += bytes < count - 120 ? 97 : 1)
    {
        copy = fuzz_copy(made, bytes);
        ck_assert_int_ne(dsa->VerifySignature(key, NULL, message, 3, copy, bytes, 0),
                         STATUS_SUCCESS);
        free(copy);
    }
    dsa->DestroyKey(key);
    close(subject, algorithm);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, SUBJECTS * OUTPUTS);
    tcase_add_loop_test(tests, any_ciphertext_signature_and_set_does_no_harm, 0,
                        SUBJECTS * OUTPUTS);
    tcase_add_loop_test(tests, a_hundred_thousand_changed_ciphertexts_give_secrets, 0, 3);
    tcase_add_loop_test(tests, a_composite_signature_is_all_of_its_bytes, 0, 4);
    return suite_run("fuzz_blob_pqc", tests);
}

#endif
