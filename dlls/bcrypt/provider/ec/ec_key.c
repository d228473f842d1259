/*
 * ec_key.c - the life of an EC key: generate, finalize, destroy.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

static NTSTATUS key_new(const struct ec_row *row, const struct curve_choice *choice,
                        enum ec_key_state state, struct ec_key **key)
{
    struct ec_key *made;
    NTSTATUS status;

    if ((status = prov_object_new(PROV_EC_KEY, sizeof(*made), NULL, 0, &made))) return status;
    made->row = row;
    made->state = state;
    made->length = 0;
    made->choice.curve = curve_get(choice->curve);
    made->choice.name = choice->name;
    made->lc = NULL;
    *key = made;
    return STATUS_SUCCESS;
}

NTSTATUS ec_key_new(const struct ec_row *row, const struct curve_choice *choice,
                    struct lc_ec_key *lc, BCRYPT_KEY_HANDLE *phKey)
{
    struct ec_key *key;
    NTSTATUS status;

    if ((status = key_new(row, choice, EC_KEY_READY, &key))) return status;
    key->lc = lc;
    *phKey = key;
    return STATUS_SUCCESS;
}

NTSTATUS ec_key_take(struct ec_key *key, enum ec_key_state as)
{
    ULONG state;

    do
    {
        state = EC_KEY_OPEN;
        if (atomic_compare_exchange_weak(&key->state, &state, as)) return STATUS_SUCCESS;
        __builtin_ia32_pause();
    }
    while (state == EC_KEY_OPEN || state == EC_KEY_HELD);
    return STATUS_INVALID_HANDLE;
}

void ec_key_let_go(struct ec_key *key, enum ec_key_state state)
{
    atomic_store_explicit(&key->state, state, memory_order_release);
}

/* Length 0 is for the curve's, which .NET asks of generic algorithms; others want their own. */
NTSTATUS WINAPI ec_generate(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey, ULONG dwLength,
                            ULONG dwFlags)
{
    struct ec_algorithm *algorithm = hAlgorithm;
    struct curve_choice choice;
    NTSTATUS status = STATUS_INVALID_PARAMETER;
    struct ec_key *key;

    if (dwFlags) return status;
    ec_algorithm_choice(algorithm, &choice);
    if (!dwLength && algorithm->row->curve_name) goto done;
    if (dwLength && choice.curve && dwLength != choice.curve->field_bits) goto done;

    if ((status = key_new(algorithm->row, &choice, EC_KEY_OPEN, &key))) goto done;
    key->length = dwLength;
    *phKey = key;

done:
    curve_put(choice.curve);
    return status;
}

static NTSTATUS make(struct ec_key *key)
{
    struct curve *curve = key->choice.curve;
    NTSTATUS status;

    if (!curve || (key->length && key->length != curve->field_bits))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = curve_ready(curve))) return status;
    return lc_ec_key_generate(curve->lc, &key->lc);
}

NTSTATUS WINAPI ec_finalize(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct ec_key *key = hKey;
    NTSTATUS status;

    if ((status = ec_key_take(key, EC_KEY_MAKING))) return status;

    status = STATUS_INVALID_PARAMETER;
    if (!dwFlags || dwFlags == BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER) status = make(key);
    ec_key_let_go(key, status ? EC_KEY_OPEN : EC_KEY_READY);
    return status;
}

NTSTATUS WINAPI ec_destroy(BCRYPT_KEY_HANDLE hKey)
{
    struct ec_key *key = hKey;

    lc_ec_key_free(key->lc);
    curve_put(key->choice.curve);
    prov_object_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}
