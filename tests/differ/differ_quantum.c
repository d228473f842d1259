/*
 * differ_quantum.c - ML-KEM and ML-DSA: blobs, encapsulated secrets, signatures.
 *
 * A seed from the dice is the whole key. What encapsulating and signing have of random numbers goes
 * across: one side makes it, both use it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ_pair.h"

struct quantum_row
{
    LPCWSTR id, set;
    ULONG magic, seed_bytes;
    LPCWSTR seed_type, type, public_type;
};

#define MLKEM(set) \
    { BCRYPT_MLKEM_ALGORITHM, set, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, 64, \
      BCRYPT_MLKEM_PRIVATE_SEED_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PUBLIC_BLOB }
#define MLDSA(set) \
    { BCRYPT_MLDSA_ALGORITHM, set, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC, 32, \
      BCRYPT_PQDSA_PRIVATE_SEED_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PUBLIC_BLOB }

static const struct quantum_row kem_rows[] =
{
    MLKEM(BCRYPT_MLKEM_PARAMETER_SET_512), MLKEM(BCRYPT_MLKEM_PARAMETER_SET_768),
    MLKEM(BCRYPT_MLKEM_PARAMETER_SET_1024),
};
static const struct quantum_row sign_rows[] =
{
    MLDSA(BCRYPT_MLDSA_PARAMETER_SET_44), MLDSA(BCRYPT_MLDSA_PARAMETER_SET_65),
    MLDSA(BCRYPT_MLDSA_PARAMETER_SET_87),
};

static const struct quantum_row *any_row(struct dice *dice)
{
    return dice_below(dice, 2) ? DICE_ROW(dice, kem_rows) : DICE_ROW(dice, sign_rows);
}

/* The pair as a seed. (The layout of the two families' blobs is one.) */
static void new_quantum(struct dice *dice, const char *what, const struct quantum_row *row)
{
    BCRYPT_PQDSA_KEY_BLOB head = { row->magic, wide_bytes(row->set), row->seed_bytes };
    UCHAR *seed = blob[0] + sizeof(head) + head.cbParameterSet;

    pair_id = row->id;
    pair_curve = NULL;
    pair_type = row->seed_type;
    public_type = row->public_type;
    memcpy(blob[0], &head, sizeof(head));
    memcpy(blob[0] + sizeof(head), row->set, head.cbParameterSet);
    dice_bytes(dice, seed, row->seed_bytes);
    blob_bytes[0] = (ULONG)(seed - blob[0]) + row->seed_bytes;
    about("%s of %ls-%ls", what, row->id, row->set);
    details_hex("seed", seed, row->seed_bytes);
    on_both(dice, open_algorithm);
}

/* ---- blobs and properties ---- */

static const struct quantum_row *row_of_trial;

static void quantum_blobs(struct dice *dice)
{
    const LPCWSTR types[] = { row_of_trial->seed_type, row_of_trial->type,
                              row_of_trial->public_type };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_blob(struct dice *dice)
{
    row_of_trial = any_row(dice);
    new_quantum(dice, "blobs", row_of_trial);
    on_both(dice, quantum_blobs);
}

static LPCWSTR asked;

static void quantum_property(struct dice *dice)
{
    see_value(dice, own_key(), asked, false);
}

static void try_property(struct dice *dice)
{
    static const LPCWSTR names[] =
    {
        BCRYPT_ALGORITHM_NAME, BCRYPT_PARAMETER_SET_NAME, BCRYPT_SIGNATURE_LENGTH,
        BCRYPT_KEY_LENGTH, BCRYPT_KEY_STRENGTH, BCRYPT_KEM_SHARED_SECRET_LENGTH,
        BCRYPT_KEM_CIPHERTEXT_LENGTH, BCRYPT_PUBLIC_KEY_LENGTH,
    };

    asked = *DICE_ROW(dice, names);
    new_quantum(dice, "a property", any_row(dice));
    details(", %ls", asked);
    on_both(dice, quantum_property);
}

/* ---- ML-KEM ---- */

static UCHAR secret[64];
static ULONG secret_bytes;

static void encapsulate(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = public_key();
    ULONG size = 0, bytes = 0;

    MUST(BCryptEncapsulate, key, NULL, 0, &size, NULL, 0, &bytes, 0);
    saw_number("secret's size", size);
    saw_number("ciphertext's size", bytes);
    MAY(BCryptEncapsulate, key, secret, dice_below(dice, size), &size, made,
        dice_below(dice, bytes), &bytes, 0);
    saw_number("secret's size that is wanted", size);
    saw_number("ciphertext's size that is wanted", bytes);
    MUST(BCryptEncapsulate, key, secret, sizeof(secret), &secret_bytes, made, sizeof(made),
         &made_bytes, 0);
    saw_number("secret's bytes", secret_bytes);
    saw_number("ciphertext's bytes", made_bytes);
}

static bool is_changed;

static void decapsulate(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = own_key();
    UCHAR again[sizeof(secret)];
    ULONG size = 0;

    MUST(BCryptDecapsulate, key, made, made_bytes, NULL, 0, &size, 0);
    saw_number("secret's size", size);
    MAY(BCryptDecapsulate, key, made, made_bytes, again, dice_below(dice, size), &size, 0);
    saw_number("secret's size that is wanted", size);
    MUST(BCryptDecapsulate, key, made, made_bytes, again, sizeof(again), &size, 0);
    saw_bytes("secret", again, size);
    /* (What both get wrong alike is a number that differs.) */
    if (is_changed == (size == secret_bytes && !memcmp(again, secret, size)))
        saw_number(is_changed ? "the secret of another" : "not the secret", side_number());
}

/* What is changed gives a secret, too, which the private key determines (FIPS 203, 6.3). */
static void try_kem(struct dice *dice)
{
    ULONG at;

    new_quantum(dice, "a secret", DICE_ROW(dice, kem_rows));
    on_one(0, dice, take_public);
    if (!dice_below(dice, 3)) on_both(dice, encapsulate);
    on_one(dice_below(dice, 2), dice, encapsulate);
    is_changed = false;
    on_both(dice, decapsulate);
    at = dice_below(dice, made_bytes);
    made[at] ^= 1 << dice_below(dice, 8);
    details(", changed in byte %lu", at);
    is_changed = true;
    on_both(dice, decapsulate);
}

/* ---- ML-DSA ---- */

static void try_sign(struct dice *dice)
{
    static BCRYPT_PQDSA_PADDING_INFO info;
    static UCHAR context[255];
    bool has_context = dice_below(dice, 2), has_hash = !dice_below(dice, 3);

    info = (BCRYPT_PQDSA_PADDING_INFO){ NULL, 0, has_hash ? BCRYPT_SHA512_ALGORITHM : NULL };
    if (has_context)
    {
        info.pbCtx = context;
        info.cbCtx = 1 + dice_length(dice, sizeof(context) - 1);
        dice_bytes(dice, context, info.cbCtx);
    }
    padding = has_context || has_hash ? &info : NULL;
    padding_flags = padding ? BCRYPT_PAD_PQDSA : 0;
    new_message(dice, has_hash ? 64 : 1 + dice_length(dice, sizeof(message) - 1));
    new_quantum(dice, has_hash ? "signature of a hash" : "signature", DICE_ROW(dice, sign_rows));
    details(", %lu bytes, context of %lu", message_bytes, info.cbCtx);
    if (!dice_below(dice, 3)) on_both(dice, sign);
    cross_sign(dice);
}

const struct kind quantum_kinds[] =
{
    { "pqblob", 8, NULL, try_blob }, { "pqproperty", 4, NULL, try_property },
    { "mlkem", 8, NULL, try_kem }, { "mldsa", 8, NULL, try_sign },
};
const size_t quantum_kind_count = ARRAY_SIZE(quantum_kinds);
