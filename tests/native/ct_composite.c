/*
 * ct_composite.c - composite keys without secret-dependent branches and addresses, as valgrind's
 * memcheck sees it.
 *
 * Secret are the seeds and private values in blobs, what is made of them, and all random numbers:
 * the program has its own random_bytes(). The parts are mlkem-native's, mldsa-native's and
 * s2n-bignum's; libcrypto's are in ct_pqc.c and ct_ec.c. What is let pass is in ct_composite.supp.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include "ct.h"

#include <string.h>

#include "crypto/common/cpu.h"
#include "crypto/common/lc.h"
#include "crypto/ec/lc_ec_forms.h"
#include "crypto/mlkem/mlkem.h"
#include "crypto/random/random.h"
#include "provider/composite/composite.h"

static bool mark_random;

/* The same numbers in every run. */
bool random_bytes(void *buffer, size_t bytes)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    uint8_t *at = buffer;
    size_t i;

    for (i = 0; i < bytes; i++)                 /* Marsaglia's xorshift */
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        at[i] = (uint8_t)(state >> 56);
    }
    if (mark_random) secret(buffer, bytes);
    return true;
}

/* The two families have most members of their tables alike. */
static const struct
{
    const struct prov_family *family;
    LPCWSTR id, set, private_type, seed_type;
    ULONG seed_bytes, number_at, number_bytes;  /* in a private key: its seed, the private value */
} rows[] =
{
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB, 64, 71, 32 },
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB, 64, 64, 32 },
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB, 64, 71, 48 },
    { &composite_mldsa_family, BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
      BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256, BCRYPT_PQDSA_PRIVATE_BLOB, NULL,
      32, 39, 32 },
    { &composite_mldsa_family, BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
      BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512, BCRYPT_PQDSA_PRIVATE_BLOB, NULL,
      32, 39, 48 },
};
#define KEMS 3
#define ROWS ((int)ARRAY_SIZE(rows))

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE *kem(void)
{
    return composite_mlkem_family.table;
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa(void)
{
    return composite_mldsa_family.table;
}

#define CALL(row, member, ...) \
    ((row) < KEMS ? kem()->member(__VA_ARGS__) : dsa()->member(__VA_ARGS__))

static BCRYPT_ALG_HANDLE algorithm;

static BCRYPT_KEY_HANDLE new_key(int row)
{
    BCRYPT_KEY_HANDLE key;

    ck_assert_int_eq(CALL(row, OpenAlgorithmProvider, &algorithm, rows[row].id, 0),
                     STATUS_SUCCESS);
    ck_assert_int_eq(CALL(row, GenerateKeyPair, algorithm, &key, 0, 0), STATUS_SUCCESS);
    ck_assert_int_eq(CALL(row, SetProperty, key, BCRYPT_PARAMETER_SET_NAME,
                          (PUCHAR)(uintptr_t)rows[row].set, name_bytes(rows[row].set), 0),
                     STATUS_SUCCESS);
    ck_assert_int_eq(CALL(row, FinalizeKeyPair, key, 0), STATUS_SUCCESS);
    return key;
}

static void free_key(int row, BCRYPT_KEY_HANDLE key)
{
    CALL(row, DestroyKey, key);
    CALL(row, CloseAlgorithmProvider, algorithm, 0);
}

/* All that is secret in a key; of ML-DSA's rho and tr are not, nor of ML-KEM's its public half. */
static void mark_key(struct composite_key *key, void (*mark)(const void *memory, size_t bytes))
{
    const struct composite_set *set = composite_set_of(key);
    ULONG bytes = set->lattice_private_bytes;

    mark(key->pq.private_key, set->pq.private_bytes);
    mark(key->ec->scalar, sizeof(key->ec->scalar));
    if (set->pq.seed_bytes)
    {
        mark(key->expanded, bytes - set->lattice_public_bytes - 64);
        mark(key->expanded + bytes - 32, 32);
    }
    else
    {
        mark(key->expanded + 32, 32);
        mark(key->expanded + 128, bytes - 128);
    }
}

START_TEST(importing_is_blind)
{
    BCRYPT_KEY_HANDLE key = new_key(_i), copy;
    ULONG bytes, header;
    UCHAR blob[512];
    unsigned before;

    ck_assert_int_eq(CALL(_i, ExportKey, key, NULL, rows[_i].private_type, blob, sizeof(blob),
                          &bytes, 0), STATUS_SUCCESS);
    header = 12 + name_bytes(rows[_i].set);
    secret(blob + header, rows[_i].seed_bytes);
    secret(blob + header + rows[_i].number_at, rows[_i].number_bytes);
    before = complaints();
    ck_assert_int_eq(CALL(_i, ImportKeyPair, algorithm, NULL, rows[_i].private_type, &copy, blob,
                          bytes, 0), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    CALL(_i, DestroyKey, copy);
    free_key(_i, key);
}
END_TEST

START_TEST(importing_a_seed_is_blind)
{
    BCRYPT_KEY_HANDLE key = new_key(_i), copy;
    ULONG set_bytes = name_bytes(rows[_i].set);
    const ULONG header[] = { BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC, set_bytes, 32 };
    UCHAR blob[128] = { 0 };
    unsigned before;

    memcpy(blob, header, sizeof(header));
    memcpy(blob + sizeof(header), rows[_i].set, set_bytes);
    secret(blob + sizeof(header) + set_bytes, 32);
    before = complaints();
    ck_assert_int_eq(kem()->ImportKeyPair(algorithm, NULL, rows[_i].seed_type, &copy, blob,
                                          (ULONG)sizeof(header) + set_bytes + 32, 0),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    kem()->DestroyKey(copy);
    free_key(_i, key);
}
END_TEST

START_TEST(encapsulating_and_decapsulating_are_blind)
{
    UCHAR made[32], opened[32], ciphertext[1665];
    BCRYPT_KEY_HANDLE key = new_key(_i);
    ULONG bytes, ciphertext_bytes;
    unsigned before = complaints();

    mark_random = true;
    ck_assert_int_eq(kem()->Encapsulate(key, made, 32, &bytes, ciphertext, sizeof(ciphertext),
                                        &ciphertext_bytes, 0), STATUS_SUCCESS);
    mark_random = false;
    ck_assert_uint_eq(complaints(), before);
    known(made, sizeof(made));
    known(ciphertext, sizeof(ciphertext));
    mark_key(key, secret);
    ck_assert_int_eq(kem()->Decapsulate(key, ciphertext, ciphertext_bytes, opened, 32, &bytes, 0),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(opened, sizeof(opened));
    ck_assert_mem_eq(opened, made, sizeof(made));
    mark_key(key, known);
    free_key(_i, key);
}
END_TEST

START_TEST(signing_is_blind)
{
    UCHAR message[] = "abc", signature[4731];
    BCRYPT_KEY_HANDLE key = new_key(_i);
    unsigned before = complaints();
    ULONG bytes;

    mark_key(key, secret);
    mark_random = true;
    ck_assert_int_eq(dsa()->SignHash(key, NULL, message, 3, signature, sizeof(signature), &bytes,
                                     0), STATUS_SUCCESS);
    mark_random = false;
    ck_assert_uint_eq(complaints(), before);
    mark_key(key, known);
    known(&bytes, sizeof(bytes));
    known(signature, sizeof(signature));
    ck_assert_int_eq(dsa()->VerifySignature(key, NULL, message, 3, signature, bytes, 0),
                     STATUS_SUCCESS);
    free_key(_i, key);
}
END_TEST

static void add(TCase *tests)
{
    /* Valgrind can do what is needed, but its CPUID denies it. */
    atomic_store(&cpu_known_features,
                 cpu_detect() | (uint32_t)CPU_BMI2 | (uint32_t)CPU_ADX | (uint32_t)CPU_AVX2);
    lc_ready();
    tcase_add_loop_test(tests, importing_is_blind, 0, ROWS);
    tcase_add_loop_test(tests, importing_a_seed_is_blind, 0, KEMS);
    tcase_add_loop_test(tests, encapsulating_and_decapsulating_are_blind, 0, KEMS);
    tcase_add_loop_test(tests, signing_is_blind, KEMS, ROWS);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_composite", argv, add);
}

#else

#include <stdio.h>

int main(void)
{
    puts("ct_composite: this build has not got what is tested (tools/build-fast)\n"
         "100%: Checks: 0, Failures: 0, Errors: 0");
    return 0;
}

#endif
