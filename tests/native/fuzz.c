/*
 * fuzz.c - what the fuzzers share.
 *
 * SPDX-License-Identifier: MIT
 */

#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/memory.h"

void fuzz_must(bool condition)
{
    if (!condition) abort();
}

UCHAR *fuzz_copy(const void *data, size_t bytes)
{
    UCHAR *copy = malloc(bytes ? bytes : 1);

    fuzz_must(copy != NULL);
    memcpy(copy, data, bytes);
    return copy;
}

UCHAR *fuzz_export(BCryptExportKeyFn export, BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE wrapping,
                   LPCWSTR type, ULONG *bytes)
{
    UCHAR *blob;

    if (export(key, wrapping, type, NULL, 0, bytes, 0)) return NULL;
    fuzz_must((blob = malloc(*bytes)) != NULL);
    fuzz_must(!export(key, wrapping, type, blob, *bytes, bytes, 0));
    return blob;
}

/* The key as a blob, as a key of that, and as a blob of that. */
static bool round_trip(const struct fuzz_pairs *pairs, BCRYPT_ALG_HANDLE algorithm,
                       BCRYPT_KEY_HANDLE key, LPCWSTR type, ULONG flags)
{
    ULONG bytes, again_bytes;
    BCRYPT_KEY_HANDLE copy;
    UCHAR *blob, *again;
    bool taken;

    if (!(blob = fuzz_export(pairs->ExportKey, key, NULL, type, &bytes))) return true;
    taken = !pairs->ImportKeyPair(algorithm, NULL, type, &copy, blob, bytes, flags);
    if (taken)
    {
        again = fuzz_export(pairs->ExportKey, copy, NULL, type, &again_bytes);
        fuzz_must(again && again_bytes == bytes && !memcmp(blob, again, bytes));
        pairs->DestroyKey(copy);
        free(again);
    }
    free(blob);
    return taken;
}

bool fuzz_pair_blob(const struct fuzz_pairs *pairs, BCRYPT_ALG_HANDLE algorithm, LPCWSTR type,
                    const uint8_t *data, size_t bytes, ULONG flags, ULONG flags_back)
{
    UCHAR *blob = fuzz_copy(data, bytes);
    BCRYPT_KEY_HANDLE key;
    bool all_taken = true;
    size_t i;

    if (!pairs->ImportKeyPair(algorithm, NULL, type, &key, blob, (ULONG)bytes, flags))
    {
        for (i = 0; i < pairs->type_count; i++)
        {
            if (!round_trip(pairs, algorithm, key, pairs->types[i], flags_back)) all_taken = false;
        }
        pairs->DestroyKey(key);
    }
    free(blob);
    return all_taken;
}

#ifndef LIBFUZZER

#define INPUT_BYTES_MAX 8192

static uint32_t random_state = 1;

static uint32_t random_number(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

/* One to four changes of the kinds that matter: a bit, a length, an end. */
static size_t change(uint8_t *data, size_t bytes)
{
    static const uint32_t lengths[] =
    {
        0, 1, 2, 8, 9, 20, 21, 31, 32, 33, 64, 72, 73, 1024, 0x7fffffff, 0x80000000, 0xfffffff8,
        0xffffffff,
    };
    uint32_t count = random_number(4) + 1, field;

    while (count--)
    {
        switch (random_number(5))
        {
        case 0: data[random_number((uint32_t)bytes)] ^= (uint8_t)(1 << random_number(8)); break;
        case 1: data[random_number((uint32_t)bytes)] = (uint8_t)random_number(256); break;
        case 2:
            field = 1 + 4 * random_number(8);
            if (field + 4 <= bytes)
            {
                memcpy(data + field, &lengths[random_number(ARRAY_SIZE(lengths))], 4);
            }
            break;
        case 3:
            if (bytes > 2) bytes -= random_number(2) ? 1 : random_number((uint32_t)bytes - 1);
            break;
        default:
            if (bytes < INPUT_BYTES_MAX) data[bytes++] = 0;
            break;
        }
    }
    return bytes;
}

bool fuzz_keep(const uint8_t *data, size_t bytes)
{
    const char *directory = getenv("FUZZ_SEEDS");
    static unsigned int number;
    char path[512];
    FILE *file;

    if (!directory) return false;
    snprintf(path, sizeof(path), "%s/seed-%u", directory, number++);
    ck_assert_ptr_nonnull(file = fopen(path, "wb"));
    ck_assert_uint_eq(fwrite(data, 1, bytes, file), bytes);
    fclose(file);
    return true;
}

size_t fuzz_change(uint8_t choice, const UCHAR *good, ULONG bytes, int rounds)
{
    uint8_t data[INPUT_BYTES_MAX] = { choice };
    size_t before;

    ck_assert_uint_lt(bytes, sizeof(data));
    memcpy(data + 1, good, bytes);
    if (fuzz_keep(data, bytes + 1)) return memory_in_use();
    LLVMFuzzerTestOneInput(data, bytes + 1);
    before = memory_in_use();
    for (; rounds; rounds--)
    {
        data[0] = choice;
        memcpy(data + 1, good, bytes);
        LLVMFuzzerTestOneInput(data, change(data, bytes + 1));
    }
    return before;
}

void fuzz_changed(uint8_t choice, const UCHAR *good, ULONG bytes, int rounds)
{
    size_t before = fuzz_change(choice, good, bytes, rounds);

    ck_assert_uint_eq(memory_in_use(), before);
}

#endif
