/*
 * test_pq_memory.c - ML-KEM, ML-DSA and their composites when memory ends, and by many threads
 * under ThreadSanitizer.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <string.h>

#include "family.h"
#include "native.h"
#include "platform/memory.h"
#include "provider/common/prov.h"

#define ROOM 8192

/* A family as its table has it. */
struct family
{
    const struct prov_family *family;
    LPCWSTR id, set, types[3];
    int type_count;                             /* that a pair which was generated has */
};

static const struct family families[] =
{
    { &mlkem_family, BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_768,
      { BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB }, 3 },
    { &mldsa_family, BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_44,
      { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB }, 3 },
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256,
      { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL }, 2 },
    { &composite_mlkem_family, BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519,
      { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL }, 2 },
    { &composite_mldsa_family, BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
      BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512,
      { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, NULL }, 2 },
};

#define FAMILIES ((int)ARRAY_SIZE(families))

static const struct family *family;
static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE *kem;
static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa;
static BCRYPT_ALG_HANDLE algorithm;
static BCRYPT_KEY_HANDLE key;
static UCHAR blobs[3][ROOM], made[ROOM], secret_made[32];
static ULONG blob_bytes[3], made_bytes;
static int form;

/* The members that both tables have, of whichever it is. */
#define CALL(member, ...) (kem ? kem->member(__VA_ARGS__) : dsa->member(__VA_ARGS__))

static void set_up(int number)
{
    ULONG bytes;

    family = &families[number];
    kem = NULL, dsa = NULL;
    if (family->family->interface_id == BCRYPT_SIGNATURE_INTERFACE) dsa = family->family->table;
    else kem = family->family->table;
    must(CALL(OpenAlgorithmProvider, &algorithm, family->id, 0));
    must(CALL(GenerateKeyPair, algorithm, &key, 0, 0));
    must(CALL(SetProperty, key, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(uintptr_t)family->set,
              name_bytes(family->set), 0));
    must(CALL(FinalizeKeyPair, key, 0));
    for (form = 0; form < family->type_count; form++)
    {
        must(CALL(ExportKey, key, NULL, family->types[form], blobs[form], ROOM, &blob_bytes[form],
                  0));
    }
    if (kem) must(kem->Encapsulate(key, secret_made, 32, &bytes, made, ROOM, &made_bytes, 0));
    else must(dsa->SignHash(key, NULL, blobs[0], 100, made, ROOM, &made_bytes, 0));
}

static void tear_down(void)
{
    CALL(DestroyKey, key);
    CALL(CloseAlgorithmProvider, algorithm, 0);
}

/* ---- calls ---- */

static NTSTATUS call_generate(void)
{
    BCRYPT_KEY_HANDLE fresh;
    NTSTATUS status;

    if ((status = CALL(GenerateKeyPair, algorithm, &fresh, 0, 0))) return status;
    must(CALL(SetProperty, fresh, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(uintptr_t)family->set,
              name_bytes(family->set), 0));
    status = CALL(FinalizeKeyPair, fresh, 0);
    CALL(DestroyKey, fresh);
    return status;
}

static NTSTATUS call_import(void)
{
    BCRYPT_KEY_HANDLE copy;
    NTSTATUS status = CALL(ImportKeyPair, algorithm, NULL, family->types[form], &copy, blobs[form],
                           blob_bytes[form], 0);

    if (!status) CALL(DestroyKey, copy);
    return status;
}

static NTSTATUS call_export(void)
{
    UCHAR blob[ROOM];
    ULONG bytes;

    return CALL(ExportKey, key, NULL, family->types[form], blob, ROOM, &bytes, 0);
}

static NTSTATUS call_make(void)
{
    UCHAR output[ROOM], secret_key[32];
    ULONG bytes, other;

    if (kem) return kem->Encapsulate(key, secret_key, 32, &other, output, ROOM, &bytes, 0);
    return dsa->SignHash(key, NULL, blobs[0], 100, output, ROOM, &bytes, 0);
}

static NTSTATUS call_open(void)
{
    UCHAR opened[32];
    NTSTATUS status;
    ULONG bytes;

    if (dsa) return dsa->VerifySignature(key, NULL, blobs[0], 100, made, made_bytes, 0);
    status = kem->Decapsulate(key, made, made_bytes, opened, sizeof(opened), &bytes, 0);
    if (!status) ck_assert_mem_eq(opened, secret_made, sizeof(opened));
    return status;
}

/* ---- when memory ends ---- */

START_TEST(nothing_is_lost_when_memory_ends)
{
    set_up(_i);
    without_memory(call_generate);
    for (form = 0; form < family->type_count; form++)
    {
        without_memory(call_import);
        without_memory(call_export);
    }
    without_memory(call_make);
    without_memory(call_open);
    tear_down();
}
END_TEST

/* ---- by many threads ---- */

#define ROUNDS 20

static void *use_key(void *parameter)
{
    int round;

    for (round = 0; round < ROUNDS; round++)
    {
        if (call_make() || call_open() || call_import() || call_export() || call_generate())
        {
            end_thread();
            return parameter;
        }
    }
    end_thread();
    return NULL;
}

START_TEST(threads_share_a_key)
{
    set_up(_i);
    form = 1;
    run_threads(4, use_key, made);
    tear_down();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("memory");

    tcase_add_loop_test(tests, nothing_is_lost_when_memory_ends, 0, FAMILIES);
    tcase_add_loop_test(tests, threads_share_a_key, 0, FAMILIES);
    return suite_run("test_pq_memory", tests);
}
