/*
 * differ_kdf.c - keys that are derived of passwords, secrets and hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

#define PARTS 6
#define PART_MOST 100

static UCHAR secret[300], part[PARTS][PART_MOST];
static ULONG part_bytes[PARTS];

static const struct { LPCWSTR id; ULONG bytes;
} hashes[] = {
    { BCRYPT_SHA1_ALGORITHM, 20 },   { BCRYPT_SHA256_ALGORITHM, 32 },
    { BCRYPT_SHA384_ALGORITHM, 48 }, { BCRYPT_SHA512_ALGORITHM, 64 },
    { BCRYPT_MD5_ALGORITHM, 16 },    { BCRYPT_SHA3_256_ALGORITHM, 32 },
};
#define KDF_HASHES 4                            /* that all of them take, the first */

static ULONG new_secret(struct dice *dice, ULONG most)
{
    ULONG bytes = 1 + dice_length(dice, most - 1);
    int i;

    dice_bytes(dice, secret, bytes);
    for (i = 0; i < PARTS; i++)
    {
        part_bytes[i] = 1 + dice_length(dice, PART_MOST - 1);
        dice_bytes(dice, part[i], part_bytes[i]);
    }
    return bytes;
}

static void try_pbkdf2(struct dice *dice)
{
    LPCWSTR hash = DICE_ROW(dice, hashes)->id;
    ULONG bytes = new_secret(dice, 100), size = 1 + dice_length(dice, 200);
    ULONG rounds = 1 + dice_below(dice, 20);
    UCHAR out[256];

    about("PBKDF2 of HMAC-%ls", hash);
    details(", %lu rounds, password of %lu, salt of %lu, to %lu", rounds, bytes, part_bytes[0],
            size);
    MUST(BCryptDeriveKeyPBKDF2, algorithm_of(hash, BCRYPT_ALG_HANDLE_HMAC_FLAG), secret, bytes,
         part[0], part_bytes[0], rounds, out, size, 0);
    saw_bytes("derived", out, size);
}

static void try_capi(struct dice *dice)
{
    size_t row = dice_below(dice, KDF_HASHES + 1);
    ULONG bytes = new_secret(dice, 100), size = 1 + dice_below(dice, 2 * hashes[row].bytes);
    BCRYPT_HASH_HANDLE hash;
    UCHAR out[128];

    about("CAPI's derivation of %ls", hashes[row].id);
    details(", %lu bytes to %lu", bytes, size);
    MUST(BCryptCreateHash, algorithm_of(hashes[row].id, 0), &hash, NULL, 0, NULL, 0, 0);
    opened(OPEN_HASH, hash);
    MUST(BCryptHashData, hash, secret, bytes, 0);
    MUST(BCryptDeriveKeyCapi, hash, NULL, out, size, 0);
    saw_bytes("derived", out, size);
}

/* ---- BCryptKeyDerivation ---- */

/* Which buffers there are, and which of them may be left out. */
static const struct kdf_row
{
    LPCWSTR id;
    ULONG needs[4], may_have[3];
    bool has_hash;
} kdf_rows[] =
{
    { BCRYPT_PBKDF2_ALGORITHM, { KDF_SALT }, { 0 }, true },
    { BCRYPT_SP800108_CTR_HMAC_ALGORITHM, { KDF_LABEL, KDF_CONTEXT }, { 0 }, true },
    { BCRYPT_SP80056A_CONCAT_ALGORITHM, { KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO },
      { KDF_SUPPPUBINFO, KDF_SUPPPRIVINFO }, true },
    { BCRYPT_CAPI_KDF_ALGORITHM, { 0 }, { 0 }, true },
    { BCRYPT_TLS1_1_KDF_ALGORITHM, { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED }, { 0 }, false },
    { BCRYPT_TLS1_2_KDF_ALGORITHM, { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED }, { 0 }, true },
};

static void add_buffer(BCryptBufferDesc *list, ULONG type, void *bytes, ULONG count)
{
    list->pBuffers[list->cBuffers++] = (BCryptBuffer){ count, type, bytes };
}

/* In any order. */
static void shuffle(struct dice *dice, BCryptBufferDesc *list)
{
    ULONG i, other;

    for (i = list->cBuffers; i > 1; i--)
    {
        BCryptBuffer swap = list->pBuffers[i - 1];

        other = dice_below(dice, i);
        list->pBuffers[i - 1] = list->pBuffers[other];
        list->pBuffers[other] = swap;
    }
}

static void fill_list(struct dice *dice, const struct kdf_row *row, size_t hash,
                      BCryptBufferDesc *list)
{
    static ULONGLONG rounds;
    ULONG i, used = 0;

    for (i = 0; i < 4 && row->needs[i]; i++, used++)
        add_buffer(list, row->needs[i], part[used], part_bytes[used]);
    for (i = 0; i < 3 && row->may_have[i]; i++, used++)
        if (dice_below(dice, 2)) add_buffer(list, row->may_have[i], part[used], part_bytes[used]);
    if (row->has_hash) add_buffer(list, KDF_HASH_ALGORITHM, WIDE(hashes[hash].id));
    rounds = 1 + dice_below(dice, 20);
    if (row == kdf_rows) add_buffer(list, KDF_ITERATION_COUNT, &rounds, sizeof(rounds));
    shuffle(dice, list);
}

static void try_derivation(struct dice *dice)
{
    const struct kdf_row *row = DICE_ROW(dice, kdf_rows);
    bool is_tls12 = row == &kdf_rows[5], is_capi = row == &kdf_rows[3];
    size_t hash = is_tls12 ? 1 + dice_below(dice, 2) : dice_below(dice, KDF_HASHES);
    ULONG bytes = new_secret(dice, 200), result = 0;
    ULONG size = 1 + (is_capi ? dice_below(dice, 2 * hashes[hash].bytes) : dice_length(dice, 250));
    BCryptBuffer buffers[10];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    BCRYPT_KEY_HANDLE key;
    UCHAR out[256];

    about("%ls of %ls", row->id, row->has_hash ? hashes[hash].id : L"its own");
    details(", secret of %lu, to %lu", bytes, size);
    fill_list(dice, row, hash, &list);
    MUST(BCryptGenerateSymmetricKey, algorithm_of(row->id, 0), &key, NULL, 0, secret, bytes, 0);
    opened(OPEN_KEY, key);
    MUST(BCryptKeyDerivation, key, &list, out, size, &result, 0);
    saw_number("bytes derived", result);
    saw_bytes("derived", out, size);
}

static void try_hkdf(struct dice *dice)
{
    size_t hash = dice_below(dice, KDF_HASHES);
    ULONG bytes = new_secret(dice, 200), size = 1 + dice_length(dice, 250), result = 0;
    BCryptBuffer info = { part_bytes[1], KDF_HKDF_INFO, part[1] };
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 1, &info };
    BCRYPT_KEY_HANDLE key;
    UCHAR out[256];

    about("HKDF of %ls", hashes[hash].id);
    details(", secret of %lu, to %lu", bytes, size);
    MUST(BCryptGenerateSymmetricKey, algorithm_of(BCRYPT_HKDF_ALGORITHM, 0), &key, NULL, 0, secret,
         bytes, 0);
    opened(OPEN_KEY, key);
    MUST(BCryptSetProperty, key, BCRYPT_HKDF_HASH_ALGORITHM, WIDE(hashes[hash].id), 0);
    MUST(BCryptSetProperty, key, BCRYPT_HKDF_SALT_AND_FINALIZE, part[0], part_bytes[0], 0);
    MUST(BCryptKeyDerivation, key, &list, out, size, &result, 0);
    saw_number("bytes derived", result);
    saw_bytes("derived", out, size);
}

const struct kind kdf_kinds[] =
{
    { "pbkdf2", 40, try_pbkdf2, NULL }, { "capi", 40, try_capi, NULL },
    { "derivation", 60, try_derivation, NULL }, { "hkdf", 10, try_hkdf, NULL },
};
const size_t kdf_kind_count = ARRAY_SIZE(kdf_kinds);
