/*
 * differ_hash.c - hashes, their keyed forms and those of any length.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

#define TEXT_MOST 5000
#define KEY_MOST 300

static UCHAR text[TEXT_MOST], secret[KEY_MOST], object[16384];

enum { KEYED = 1, ANY_SIZE = 2, NAMED = 4, AES_KEY = 8 };

static const struct hash_row
{
    LPCWSTR id;
    ULONG bytes;
    BCRYPT_ALG_HANDLE pseudo, pseudo_hmac;
    ULONG is;
} hash_rows[] = {
    { BCRYPT_MD2_ALGORITHM, 16, BCRYPT_MD2_ALG_HANDLE, BCRYPT_HMAC_MD2_ALG_HANDLE, 0 },
    { BCRYPT_MD4_ALGORITHM, 16, BCRYPT_MD4_ALG_HANDLE, BCRYPT_HMAC_MD4_ALG_HANDLE, 0 },
    { BCRYPT_MD5_ALGORITHM, 16, BCRYPT_MD5_ALG_HANDLE, BCRYPT_HMAC_MD5_ALG_HANDLE, 0 },
    { BCRYPT_SHA1_ALGORITHM, 20, BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HMAC_SHA1_ALG_HANDLE, 0 },
    { BCRYPT_SHA256_ALGORITHM, 32, BCRYPT_SHA256_ALG_HANDLE, BCRYPT_HMAC_SHA256_ALG_HANDLE, 0 },
    { BCRYPT_SHA384_ALGORITHM, 48, BCRYPT_SHA384_ALG_HANDLE, BCRYPT_HMAC_SHA384_ALG_HANDLE, 0 },
    { BCRYPT_SHA512_ALGORITHM, 64, BCRYPT_SHA512_ALG_HANDLE, BCRYPT_HMAC_SHA512_ALG_HANDLE, 0 },
    { BCRYPT_SHA3_256_ALGORITHM, 32, BCRYPT_SHA3_256_ALG_HANDLE, BCRYPT_HMAC_SHA3_256_ALG_HANDLE,
      0 },
    { BCRYPT_SHA3_384_ALGORITHM, 48, BCRYPT_SHA3_384_ALG_HANDLE, BCRYPT_HMAC_SHA3_384_ALG_HANDLE,
      0 },
    { BCRYPT_SHA3_512_ALGORITHM, 64, BCRYPT_SHA3_512_ALG_HANDLE, BCRYPT_HMAC_SHA3_512_ALG_HANDLE,
      0 },
    { BCRYPT_AES_CMAC_ALGORITHM, 16, BCRYPT_AES_CMAC_ALG_HANDLE, NULL, KEYED | AES_KEY },
    { BCRYPT_SHAKE128_ALGORITHM, 32, BCRYPT_SHAKE128_ALG_HANDLE, NULL, ANY_SIZE },
    { BCRYPT_SHAKE256_ALGORITHM, 64, BCRYPT_SHAKE256_ALG_HANDLE, NULL, ANY_SIZE },
    { BCRYPT_CSHAKE128_ALGORITHM, 32, BCRYPT_CSHAKE128_ALG_HANDLE, NULL, ANY_SIZE | NAMED },
    { BCRYPT_CSHAKE256_ALGORITHM, 64, BCRYPT_CSHAKE256_ALG_HANDLE, NULL, ANY_SIZE | NAMED },
    { BCRYPT_KMAC128_ALGORITHM, 32, BCRYPT_KMAC128_ALG_HANDLE, NULL, KEYED | ANY_SIZE },
    { BCRYPT_KMAC256_ALGORITHM, 64, BCRYPT_KMAC256_ALG_HANDLE, NULL, KEYED | ANY_SIZE },
};
#define FIXED_ROWS 10                           /* of these, the first, have an HMAC */

/* What is hashed, and how. */
struct job
{
    const struct hash_row *row;
    BCRYPT_ALG_HANDLE algorithm;
    PUCHAR secret;
    ULONG secret_bytes, bytes, size, flags;
    char name[80];
};

static void *handle_of(struct dice *dice, const struct hash_row *row, ULONG flags)
{
    bool is_hmac = flags & BCRYPT_ALG_HANDLE_HMAC_FLAG;

    if (dice_below(dice, 4)) return algorithm_of(row->id, flags);
    return is_hmac ? row->pseudo_hmac : row->pseudo;
}

/* For what a DLL does not have. */
static void name_job(struct job *job)
{
    snprintf(job->name, sizeof(job->name), "%s%ls%s",
             job->secret && !(job->row->is & KEYED) ? "HMAC-" : "", job->row->id,
             (uintptr_t)job->algorithm & 1 ? "'s pseudo-handle" : "");
}

static BCRYPT_HASH_HANDLE new_hash(struct dice *dice, const struct job *job)
{
    ULONG bytes = 0, result;
    BCRYPT_HASH_HANDLE hash;

    if (!dice_below(dice, 3))
        HAVE(job->name, BCryptGetProperty, job->algorithm, BCRYPT_OBJECT_LENGTH, (PUCHAR)&bytes,
             sizeof(bytes), &result, 0);
    if (bytes > sizeof(object)) bytes = 0;
    HAVE(job->name, BCryptCreateHash, job->algorithm, &hash, bytes ? object : NULL, bytes,
         job->secret, job->secret_bytes, job->flags);
    return opened(OPEN_HASH, hash);
}

static void hash_pieces(struct dice *dice, const struct job *job, BCRYPT_HASH_HANDLE *hash)
{
    BCRYPT_HASH_HANDLE copy;
    ULONG at, piece;

    for (at = 0; at < job->bytes; at += piece)
    {
        piece = dice_length(dice, job->bytes - at);
        MUST(BCryptHashData, *hash, text + at, piece, 0);
        if (!piece) piece = 1, MUST(BCryptHashData, *hash, text + at, 1, 0);
        if (dice_below(dice, 8)) continue;
        MUST(BCryptDuplicateHash, *hash, &copy, NULL, 0, 0);
        opened(OPEN_HASH, copy);
        if (dice_below(dice, 2)) *hash = copy;  /* else one that is left as it is */
    }
}

static void finish(struct dice *dice, const struct job *job, BCRYPT_HASH_HANDLE hash)
{
    UCHAR out[1024];
    bool squeeze = job->row->is & ANY_SIZE && !dice_below(dice, 3);

    if (!(job->row->is & ANY_SIZE) && !dice_below(dice, 6))
        MAY(BCryptFinishHash, hash, out, job->size - 1 - dice_below(dice, job->size - 1), 0);
    MUST(BCryptFinishHash, hash, out, job->size, squeeze ? BCRYPT_HASH_DONT_RESET_FLAG : 0);
    saw_bytes("digest", out, job->size);
    if (!squeeze) return;
    MUST(BCryptFinishHash, hash, out, job->size, 0);
    saw_bytes("more of the digest", out, job->size);
}

static void name_it(struct dice *dice, BCRYPT_HASH_HANDLE hash)
{
    UCHAR name[60];
    ULONG bytes = 1 + dice_length(dice, sizeof(name) - 1);

    dice_bytes(dice, name, bytes);
    MUST(BCryptSetProperty, hash, BCRYPT_CUSTOMIZATION_STRING, name, bytes, 0);
    if (dice_below(dice, 2))
        MUST(BCryptSetProperty, hash, BCRYPT_FUNCTION_NAME_STRING, name, bytes, 0);
}

static void hash_it(struct dice *dice, const struct job *job)
{
    ULONG rounds = job->flags & BCRYPT_HASH_REUSABLE_FLAG ? 1 + dice_below(dice, 3) : 1;
    BCRYPT_HASH_HANDLE hash;
    UCHAR out[1024];

    dice_bytes(dice, text, job->bytes);
    if (!job->flags && !dice_below(dice, 3))
    {
        HAVE(job->name, BCryptHash, job->algorithm, job->secret, job->secret_bytes, text,
             job->bytes, out, job->size);
        saw_bytes("digest at once", out, job->size);
        return;
    }
    hash = new_hash(dice, job);
    if (job->row->is & NAMED && dice_below(dice, 2)) name_it(dice, hash);
    while (rounds--)
    {
        hash_pieces(dice, job, &hash);
        finish(dice, job, hash);
    }
}

static struct job new_job(struct dice *dice, const struct hash_row *row)
{
    struct job job = { .row = row, .size = row->bytes };

    job.flags = dice_below(dice, 3) ? 0 : BCRYPT_HASH_REUSABLE_FLAG;
    job.bytes = dice_length(dice, TEXT_MOST);
    if (row->is & ANY_SIZE && dice_below(dice, 2)) job.size = 1 + dice_length(dice, 700);
    return job;
}

static void try_hash(struct dice *dice)
{
    struct job job = new_job(dice, DICE_ROW(dice, hash_rows));

    while (job.row->is & KEYED) job.row = DICE_ROW(dice, hash_rows), job.size = job.row->bytes;
    about("%ls%s", job.row->id, job.flags ? ", reusable" : "");
    details(" of %lu bytes to %lu", job.bytes, job.size);
    job.algorithm = handle_of(dice, job.row, 0);
    name_job(&job);
    hash_it(dice, &job);
}

static void try_mac(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, hash_rows);
    struct job job;
    bool is_hmac;

    while (!(row->is & KEYED) && row >= hash_rows + FIXED_ROWS) row = DICE_ROW(dice, hash_rows);
    job = new_job(dice, row);
    is_hmac = !(row->is & KEYED);
    job.secret = secret;
    job.secret_bytes =
        row->is & AES_KEY ? 16 + 8 * dice_below(dice, 3) : dice_length(dice, KEY_MOST);
    dice_bytes(dice, secret, job.secret_bytes);
    about("%s%ls%s", is_hmac ? "HMAC-" : "", row->id, job.flags ? ", reusable" : "");
    details(" of %lu bytes to %lu with a key of %lu", job.bytes, job.size, job.secret_bytes);
    job.algorithm = handle_of(dice, row, is_hmac ? BCRYPT_ALG_HANDLE_HMAC_FLAG : 0);
    name_job(&job);
    hash_it(dice, &job);
}

/* Several hashes of one handle, fed and finished by one call. */
static void try_multi(struct dice *dice)
{
    const struct hash_row *row = &hash_rows[2 + dice_below(dice, FIXED_ROWS - 2)];
    BCRYPT_MULTI_HASH_OPERATION operations[16];
    ULONG count = 1 + dice_below(dice, 8), i, bytes = dice_length(dice, 1000);
    BCRYPT_HASH_HANDLE hash;
    UCHAR out[8][64];
    char name[80];

    about("multi-hash of %ls", row->id);
    details(", %lu of %lu bytes", count, bytes);
    snprintf(name, sizeof(name), "multi-hash of %ls", row->id);
    dice_bytes(dice, text, bytes);
    for (i = 0; i < count; i++)
    {
        ULONG length = dice_length(dice, bytes);

        operations[i] =
            (BCRYPT_MULTI_HASH_OPERATION){ i, BCRYPT_HASH_OPERATION_HASH_DATA, text, length };
        operations[count + i] = (BCRYPT_MULTI_HASH_OPERATION)
            { i, BCRYPT_HASH_OPERATION_FINISH_HASH, out[i], row->bytes };
    }
    HAVE(name, BCryptCreateMultiHash, algorithm_of(row->id, BCRYPT_MULTI_FLAG), &hash, count, NULL,
         0, NULL, 0, 0);
    opened(OPEN_HASH, hash);
    MUST(BCryptProcessMultiOperations, hash, BCRYPT_OPERATION_TYPE_HASH, operations,
         2 * count * sizeof(operations[0]), 0);
    for (i = 0; i < count; i++) saw_bytes("digest", out[i], row->bytes);
}

const struct kind hash_kinds[] = {
    { "hash", 200, try_hash, NULL },
    { "mac", 200, try_mac, NULL },
    { "multihash", 5, try_multi, NULL },
};
const size_t hash_kind_count = ARRAY_SIZE(hash_kinds);
