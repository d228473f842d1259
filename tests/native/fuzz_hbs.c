/*
 * fuzz_hbs.c - any bytes as the blob of a key of LMS or XMSS, and as a key with its signature.
 *
 * Whatever is accepted as a key must come out again as the same key. A signature is one or it is
 * not: there is no third thing, and nothing behind it is read.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include <openssl/crypto.h>

#include "fuzz.h"
#include "provider/common/prov.h"
#include "provider/hbs/hbs.h"

static const LPCWSTR types[] = { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PUBLIC_KEY_BLOB };
static const struct { LPCWSTR id; ULONG magic; const struct prov_rows *sets; } algorithms[] =
{
    { BCRYPT_LMS_ALGORITHM,  BCRYPT_LMS_PUBLIC_MAGIC,  &hbs_lms_sets },
    { BCRYPT_XMSS_ALGORITHM, BCRYPT_XMSS_PUBLIC_MAGIC, &hbs_xmss_sets },
};
#define ALGORITHMS ARRAY_SIZE(algorithms)

/* The first byte of the input chooses: a blob of an algorithm, or a set's number follows, and a key
 * with a signature. */
#define BLOB      0
#define SIGNATURE ALGORITHMS
#define CHOICES   (2 * ALGORITHMS)

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *table(void)
{
    return hbs_family.table;
}

static BCRYPT_ALG_HANDLE open_algorithm(size_t number)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!table()->OpenAlgorithmProvider(&algorithm, algorithms[number].id, 0));
    return algorithm;
}

static const struct pq_set *set_of(size_t number, size_t row)
{
    return (const struct pq_set *)algorithms[number].sets->first +
           row % algorithms[number].sets->count;
}

static void fuzz_blob(size_t number, const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs pairs = FUZZ_PAIRS(table(), types);
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(number);

    fuzz_must(fuzz_pair_blob(&pairs, algorithm, types[0], data, bytes, 0, 0));
    table()->CloseAlgorithmProvider(algorithm, 0);
}

/* A set's number, a key, a signature. */
static void fuzz_signature(size_t number, const uint8_t *data, size_t bytes)
{
    const struct pq_set *set = set_of(number, bytes ? data[0] : 0);
    ULONG header[3] = { algorithms[number].magic, name_bytes(set->name), set->public_bytes };
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    UCHAR blob[256], *copy;
    NTSTATUS status;

    if (bytes < 1 + set->public_bytes) return;
    data++, bytes--;
    memcpy(blob, header, sizeof(header));
    memcpy(blob + sizeof(header), set->name, header[1]);
    memcpy(blob + sizeof(header) + header[1], data, header[2]);
    algorithm = open_algorithm(number);
    if (!table()->ImportKeyPair(algorithm, NULL, types[0], &key, blob,
                                (ULONG)sizeof(header) + header[1] + header[2], 0))
    {
        data += set->public_bytes, bytes -= set->public_bytes;
        copy = fuzz_copy(data, bytes);
        status = table()->VerifySignature(key, NULL, blob, 20, copy, (ULONG)bytes, 0);
        fuzz_must(status == (NTSTATUS)STATUS_INVALID_SIGNATURE ||
                  status == (NTSTATUS)STATUS_INVALID_PARAMETER || !status);
        free(copy);
        table()->DestroyKey(key);
    }
    table()->CloseAlgorithmProvider(algorithm, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    size_t choice;

    if (!bytes) return 0;
    choice = data[0] % CHOICES;
    if (choice < SIGNATURE) fuzz_blob(choice, data + 1, bytes - 1);
    else fuzz_signature(choice - SIGNATURE, data + 1, bytes - 1);
    OPENSSL_thread_stop();
    return 0;
}

#ifndef LIBFUZZER

static UCHAR *put(UCHAR *to, ULONG number)
{
    int i;

    for (i = 3; i >= 0; i--) *to++ = (UCHAR)(number >> 8 * i);
    return to;
}

/* A key of a set, of two levels if it has levels: one-time signatures are the shortest. */
static void put_key(size_t number, const struct pq_set *set, UCHAR *key)
{
    ULONG own = (ULONG)set->number & ~(ULONG)HBS_LEVELS;

    memset(key, 0x5a, set->public_bytes);
    if (number == 0 && set->number & HBS_LEVELS) key = put(key, 2);
    key = put(key, own);
    if (number == 0) put(key, 4 + (own - 5) / 5 * 4);
}

/* A signature with nothing wrong in its form; an HSS's second key is the first's. Its bytes. */
static ULONG put_signature(size_t number, const struct pq_set *set, const UCHAR *key, UCHAR *to)
{
    ULONG own = (ULONG)set->number & ~(ULONG)HBS_LEVELS, n, i, bytes;
    bool has_levels = set->number & HBS_LEVELS;
    UCHAR *start = to;

    if (number == 1)
    {
        memset(to, 0, set->output_bytes);
        return set->output_bytes;
    }
    n = set->public_bytes - 24 - (has_levels ? 4 : 0);
    if (has_levels) to = put(to, 1), key += 4;
    for (i = 0; i < (has_levels ? 2 : 1); i++)
    {
        if (i) memcpy(to, key, 24 + n), to += 24 + n;
        to = put(put(to, 3), 4 + (own - 5) / 5 * 4);
        bytes = (1 + (n == 32 ? 34 : 26)) * n;
        memset(to, 0x17, bytes);
        to = put(to + bytes, own);
        bytes = 5 * ((own - 5) % 5 + 1) * n;
        memset(to, 0x23, bytes);
        to += bytes;
    }
    return (ULONG)(to - start);
}

START_TEST(a_changed_blob_does_no_harm)
{
    UCHAR blob[256];
    size_t row;

    for (row = 0; row < algorithms[_i].sets->count; row++)
    {
        const struct pq_set *set = set_of((size_t)_i, row);
        ULONG header[3] = { algorithms[_i].magic, name_bytes(set->name), set->public_bytes };

        memcpy(blob, header, sizeof(header));
        memcpy(blob + sizeof(header), set->name, header[1]);
        put_key((size_t)_i, set, blob + sizeof(header) + header[1]);
        fuzz_changed((uint8_t)(BLOB + (size_t)_i), blob,
                     (ULONG)sizeof(header) + header[1] + header[2], 60);
    }
}
END_TEST

START_TEST(a_changed_signature_does_no_harm)
{
    static UCHAR input[1 + 256 + 120000];
    const struct pq_set *set;
    ULONG bytes;
    size_t row;

    for (row = 0; row < algorithms[_i].sets->count; row++)
    {
        set = set_of((size_t)_i, row);
        if (_i && set->output_bytes > 7900) continue;   /* more than fuzz_changed takes */
        input[0] = (UCHAR)row;
        put_key((size_t)_i, set, input + 1);
        bytes = put_signature((size_t)_i, set, input + 1, input + 1 + set->public_bytes);
        fuzz_changed((uint8_t)(SIGNATURE + (size_t)_i), input, 1 + set->public_bytes + bytes, 6);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hbs");

    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)ALGORITHMS);
    tcase_add_loop_test(tests, a_changed_signature_does_no_harm, 0, (int)ALGORITHMS);
    return suite_run("fuzz_hbs", tests);
}

#endif
