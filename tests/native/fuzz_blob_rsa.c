/*
 * fuzz_blob_rsa.c - any bytes as the blob of an RSA key.
 *
 * Whatever is accepted must come out of every form of blob again as the same key.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include "fuzz.h"
#include "provider/rsa/rsa_blob.h"
#include "provider/common/prov.h"

static const LPCWSTR types[] =
{
    BCRYPT_RSAPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
    LEGACY_RSAPUBLIC_BLOB, LEGACY_RSAPRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
};

static const BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE *functions(void)
{
    return rsa_encryption_family.table;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs pairs = FUZZ_PAIRS(functions(), types);
    BCRYPT_ALG_HANDLE algorithm;

    if (!bytes) return 0;
    fuzz_must(!functions()->OpenAlgorithmProvider(&algorithm, BCRYPT_RSA_ALGORITHM, 0));
    fuzz_must(fuzz_pair_blob(&pairs, algorithm, types[data[0] % ARRAY_SIZE(types)], data + 1,
                             bytes - 1, 0, 0));
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 20000

START_TEST(a_changed_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    UCHAR *blob;
    ULONG bytes;

    fuzz_must(!functions()->OpenAlgorithmProvider(&algorithm, BCRYPT_RSA_ALGORITHM, 0));
    fuzz_must(!functions()->GenerateKeyPair(algorithm, &key, 512, 0));
    fuzz_must(!functions()->FinalizeKeyPair(key, 0));
    ck_assert_ptr_nonnull(blob = fuzz_export(functions()->ExportKey, key, NULL, types[_i], &bytes));
    functions()->DestroyKey(key);
    functions()->CloseAlgorithmProvider(algorithm, 0);

    fuzz_changed((uint8_t)_i, blob, bytes, ROUNDS);
    free(blob);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)ARRAY_SIZE(types));
    return suite_run("fuzz_blob_rsa", tests);
}

#endif
