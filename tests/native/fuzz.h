/*
 * fuzz.h - what the fuzzers share.
 *
 * A fuzzer is LLVMFuzzerTestOneInput(), to which the first byte of the input says what the others
 * are. With libFuzzer (make fuzz) it runs on what libFuzzer makes up, from the good inputs on.
 * Alone it is a Check program that changes good inputs at random, the same ones in every run.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_FUZZ_H
#define NATIVE_FUZZ_H

#include "platform/base.h"
#include "bcrypt_provider.h"

#ifndef LIBFUZZER
#include "suite.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Ends the program, for libFuzzer to see, if what has to be so is not. */
void fuzz_must(bool condition);

/* The bytes in memory of exactly their size, where one more is not there. To be freed. */
UCHAR *fuzz_copy(const void *data, size_t bytes);

/* What a family of key pairs does with blobs, and of what types they are. */
struct fuzz_pairs
{
    BCryptImportKeyPairFn ImportKeyPair;
    BCryptExportKeyFn ExportKey;
    BCryptDestroyKeyFn DestroyKey;
    const LPCWSTR *types;
    size_t type_count;
};
#define FUZZ_PAIRS(table, types) \
    { (table)->ImportKeyPair, (table)->ExportKey, (table)->DestroyKey, types, ARRAY_SIZE(types) }

/* A blob of a key in memory of exactly its size, NULL if the key has none of that type. To be
 * freed. */
UCHAR *fuzz_export(BCryptExportKeyFn export, BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE wrapping,
                   LPCWSTR type, ULONG *bytes);

/*
 * Imports bytes as a blob. A key that is accepted must come out of every type of blob again as the
 * same key; they are taken back with other flags. False if a blob that was exported was refused
 * then.
 */
bool fuzz_pair_blob(const struct fuzz_pairs *pairs, BCRYPT_ALG_HANDLE algorithm, LPCWSTR type,
                    const uint8_t *data, size_t bytes, ULONG flags, ULONG flags_back);

/* Alone, if FUZZ_SEEDS names a directory: keeps the input there for libFuzzer to begin with,
 * instead of trying it. */
bool fuzz_keep(const uint8_t *data, size_t bytes);

/* Alone: gives the input to LLVMFuzzerTestOneInput() as it is, and then, so many times, with one to
 * four changes. No memory may be kept. */
void fuzz_changed(uint8_t choice, const UCHAR *good, ULONG bytes, int rounds);

/* The same for what keeps memory for the next time; returns how much was in use after the first. */
size_t fuzz_change(uint8_t choice, const UCHAR *good, ULONG bytes, int rounds);

#endif
