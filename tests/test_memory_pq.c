/*
 * test_memory_pq.c - what post-quantum keys leave in the process's memory and in the registers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_memory.h"
#include "test_pq_keys.h"

#define PIECE_BYTES 32

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;                    /* NULL: SLH-DSA, which has no pseudo-handle */
    const WCHAR *set, *private_type, *seed_type;
    ULONG private_bytes, secret_at;     /* where in a private key something is secret */
    ULONG seed_bytes;
} keys[] =
{
    { BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PARAMETER_SET_512, BCRYPT_MLKEM_PRIVATE_BLOB,
      BCRYPT_MLKEM_PRIVATE_SEED_BLOB, 1632, 0, 64 },
    { BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PARAMETER_SET_768, BCRYPT_MLKEM_PRIVATE_BLOB,
      BCRYPT_MLKEM_PRIVATE_SEED_BLOB, 2400, 2400 - 32, 64 },
    { BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PARAMETER_SET_1024, BCRYPT_MLKEM_PRIVATE_BLOB,
      BCRYPT_MLKEM_PRIVATE_SEED_BLOB, 3168, 700, 64 },
    { BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_MLDSA_PARAMETER_SET_44, BCRYPT_PQDSA_PRIVATE_BLOB,
      BCRYPT_PQDSA_PRIVATE_SEED_BLOB, 2560, 32, 32 },
    { BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_MLDSA_PARAMETER_SET_65, BCRYPT_PQDSA_PRIVATE_BLOB,
      BCRYPT_PQDSA_PRIVATE_SEED_BLOB, 4032, 128, 32 },
    { BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_MLDSA_PARAMETER_SET_87, BCRYPT_PQDSA_PRIVATE_BLOB,
      BCRYPT_PQDSA_PRIVATE_SEED_BLOB, 4896, 2200, 32 },
    { BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE, BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL, 115, 64 + 7, 0 },
    { BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE, BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL, 96, 64, 0 },
    { BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE, BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384,
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL, 128, 0, 0 },
    { BCRYPT_COMPOSITE_MLDSA_ALG_HANDLE, BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256,
      BCRYPT_PQDSA_PRIVATE_BLOB, NULL, 83, 32 + 7, 0 },
    { BCRYPT_COMPOSITE_MLDSA_ALG_HANDLE, BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512,
      BCRYPT_PQDSA_PRIVATE_BLOB, NULL, 96, 32 + 7 + 16, 0 },
    { BCRYPT_COMPOSITE_MLDSA_ALG_HANDLE, BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512,
      BCRYPT_PQDSA_PRIVATE_BLOB, NULL, 96, 0, 0 },
    { NULL, BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F, BCRYPT_PQDSA_PRIVATE_BLOB, NULL, 64, 0, 0 },
    { NULL, BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128F, BCRYPT_PQDSA_PRIVATE_BLOB, NULL, 64, 0, 0 },
};
#define PLAIN_KEYS 6                                /* that have seeds */

static const int kems[] = { 0, 1, 2, 6, 7, 8 };     /* of the keys, those that encapsulate */

static BCRYPT_ALG_HANDLE algorithm_of(int row)
{
    return keys[row].algorithm ? keys[row].algorithm : open_algorithm(BCRYPT_SLHDSA_ALGORITHM, 0);
}

static BCRYPT_KEY_HANDLE made(int row)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateKeyPair(algorithm_of(row), &key, 0, 0), STATUS_SUCCESS);
    expect_status(pq_tell_set(key, keys[row].set), STATUS_SUCCESS);
    expect_status(cleared(BCryptFinalizeKeyPair(key, 0)), STATUS_SUCCESS);
    return key;
}

/* A key through a blob; so many bytes of the key that was in it, from `at` on, are left masked. */
static BCRYPT_KEY_HANDLE through_blob(int row, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                                      ULONG key_bytes, ULONG at, UCHAR *piece)
{
    BCRYPT_KEY_HANDLE copy = NULL;
    UCHAR blob[PQ_ROOM];
    ULONG bytes;

    expect_status(cleared(BCryptExportKey(key, NULL, type, blob, sizeof(blob), &bytes, 0)),
                  STATUS_SUCCESS);
    expect_status(cleared(BCryptImportKeyPair(algorithm_of(row), NULL, type, &copy, blob, bytes,
                                              0)), STATUS_SUCCESS);
    memcpy(piece, blob + bytes - key_bytes + at, PIECE_BYTES);
    mask(piece, PIECE_BYTES);
    SecureZeroMemory(blob, sizeof(blob));
    return copy;
}

/* What a key is for, once. What it makes is not looked for: it is the caller's. */
static void use(int row, BCRYPT_KEY_HANDLE key)
{
    static UCHAR output[17088];                     /* of SLH-DSA's quick sets */
    UCHAR secret_key[32];
    ULONG one, other;

    if (keys[row].algorithm == BCRYPT_MLKEM_ALG_HANDLE ||
        keys[row].algorithm == BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE)
    {
        expect_status(cleared(BCryptEncapsulate(key, secret_key, sizeof(secret_key), &one, output,
                                                sizeof(output), &other, 0)), STATUS_SUCCESS);
        expect_status(cleared(BCryptDecapsulate(key, output, other, secret_key, sizeof(secret_key),
                                                &one, 0)), STATUS_SUCCESS);
        SecureZeroMemory(secret_key, sizeof(secret_key));
        return;
    }
    expect_status(cleared(BCryptSignHash(key, NULL, (UCHAR *)(uintptr_t)counting, 64, output,
                                         sizeof(output), &one, 0)), STATUS_SUCCESS);
}

START_TEST(a_pair_leaves_no_piece_of_its_private_key)
{
    BCRYPT_KEY_HANDLE key = made(_i), copy;
    UCHAR piece[PIECE_BYTES];

    copy = through_blob(_i, key, keys[_i].private_type, keys[_i].private_bytes,
                        keys[_i].secret_at, piece);
    use(_i, key);
    use(_i, copy);
    expect_true(secret_copies(piece, sizeof(piece)));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(piece, sizeof(piece)), 0);
}
END_TEST

START_TEST(a_pair_leaves_no_piece_of_its_seed)
{
    ULONG at = keys[_i].seed_bytes - PIECE_BYTES;
    BCRYPT_KEY_HANDLE key = made(_i), copy, again;
    UCHAR first[PIECE_BYTES], last[PIECE_BYTES];

    copy = through_blob(_i, key, keys[_i].seed_type, keys[_i].seed_bytes, 0, first);
    again = through_blob(_i, copy, keys[_i].seed_type, keys[_i].seed_bytes, at, last);
    use(_i, key);
    use(_i, again);
    expect_true(secret_copies(first, sizeof(first)));
    expect_true(secret_copies(last, sizeof(last)));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(again), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(first, sizeof(first)), 0);
    expect_value(secret_copies(last, sizeof(last)), 0);
}
END_TEST

/* What comes of an encapsulation is nowhere but with the caller. */
START_TEST(an_encapsulation_leaves_no_secret)
{
    BCRYPT_KEY_HANDLE key = made(kems[_i]);
    UCHAR made_secret[32], opened[32], ciphertext[PQ_ROOM];
    ULONG one, other;

    expect_status(cleared(BCryptEncapsulate(key, made_secret, 32, &one, ciphertext,
                                            sizeof(ciphertext), &other, 0)), STATUS_SUCCESS);
    mask(made_secret, sizeof(made_secret));
    expect_status(cleared(BCryptDecapsulate(key, ciphertext, other, opened, 32, &one, 0)),
                  STATUS_SUCCESS);
    SecureZeroMemory(opened, sizeof(opened));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(made_secret, sizeof(made_secret)), 0);
}
END_TEST

void memory_pq_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    add_rows(tests, a_pair_leaves_no_piece_of_its_private_key, keys);
    test_add(tests, a_pair_leaves_no_piece_of_its_seed, PLAIN_KEYS);
    add_rows(tests, an_encapsulation_leaves_no_secret, kems);
}
