/*
 * ffc.c - what DSA and DH have in common: their algorithms, and the life of their keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ffc/ffc.h"

#include "crypto/common/lc.h"

NTSTATUS ffc_open(struct ffc_algorithm *algorithm, BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                  ULONG dwFlags)
{
    if (dwFlags) return STATUS_NOT_SUPPORTED;
    if (!names_equal(pszAlgId, algorithm->id)) return STATUS_NOT_FOUND;
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI ffc_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

/* ---- keys ---- */

NTSTATUS ffc_key_new(const struct ffc_algorithm *algorithm, ULONG bits, void *key)
{
    struct ffc_key *made;
    NTSTATUS status;

    status = prov_object_new(algorithm->key_kind, algorithm->key_bytes, NULL, 0, &made);
    if (status) return status;
    memset((char *)made + sizeof(made->head), 0, algorithm->key_bytes - sizeof(made->head));
    made->algorithm = algorithm;
    atomic_init(&made->state, FFC_KEY_UNFINALIZED);
    atomic_init(&made->bits, bits);
    *(struct ffc_key **)key = made;
    return STATUS_SUCCESS;
}

static bool is_ready(const struct ffc_key *key)
{
    return atomic_load_explicit(&key->state, memory_order_acquire) == FFC_KEY_READY;
}

void *ffc_key_ready(BCRYPT_KEY_HANDLE hKey, enum prov_kind kind)
{
    return prov_is(hKey, kind) && is_ready(hKey) ? hKey : NULL;
}

bool ffc_key_enter(struct ffc_key *key)
{
    int unfinalized = FFC_KEY_UNFINALIZED;

    return atomic_compare_exchange_strong(&key->state, &unfinalized, FFC_KEY_BUSY);
}

void ffc_key_leave(struct ffc_key *key, enum ffc_key_state state)
{
    atomic_store_explicit(&key->state, state, memory_order_release);
}

static bool is_key_length(const struct ffc_algorithm *algorithm, ULONG bits)
{
    const BCRYPT_KEY_LENGTHS_STRUCT *lengths = &algorithm->lengths;

    return bits >= lengths->dwMinLength && bits <= lengths->dwMaxLength &&
           !(bits % lengths->dwIncrement);
}

NTSTATUS WINAPI ffc_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                      ULONG dwLength, ULONG dwFlags)
{
    if (dwFlags || !is_key_length(hAlgorithm, dwLength)) return STATUS_INVALID_PARAMETER;
    return ffc_key_new(hAlgorithm, dwLength, phKey);
}

NTSTATUS WINAPI ffc_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct ffc_key *key = hKey;
    NTSTATUS status;

    if (is_ready(key)) return STATUS_INVALID_HANDLE;
    if (dwFlags && dwFlags != BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!ffc_key_enter(key)) return STATUS_INVALID_HANDLE;

    if (!(status = lc_ready())) status = key->algorithm->generate(key);
    key->is_private = !status;
    ffc_key_leave(key, status ? FFC_KEY_UNFINALIZED : FFC_KEY_READY);
    return status;
}

/* ---- properties ---- */

static NTSTATUS get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((const struct ffc_algorithm *)object)->id);
}

static NTSTATUS get_key_lengths(void *object, const struct reply *reply)
{
    const struct ffc_algorithm *algorithm = object;

    return reply_bytes(reply, &algorithm->lengths, sizeof(algorithm->lengths));
}

static NTSTATUS get_primitive_type(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct ffc_algorithm *)object)->interface_id);
}

static const struct property algorithm_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME, get_name,           NULL },
    { BCRYPT_KEY_LENGTHS,    get_key_lengths,    NULL },
    { BCRYPT_PRIMITIVE_TYPE, get_primitive_type, NULL },
};
const struct properties ffc_algorithm_properties = PROPERTIES(algorithm_property_list);

NTSTATUS ffc_get_key_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((const struct ffc_key *)object)->algorithm->id);
}

NTSTATUS ffc_get_key_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, atomic_load(&((struct ffc_key *)object)->bits));
}

/* As RSA has it: the present length may be set at any time, another one before the key is made;
 * parameters of another length are forgotten. */
NTSTATUS ffc_set_key_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct ffc_key *key = object;
    NTSTATUS status;
    ULONG bits;

    if ((status = property_ulong(value, bytes, &bits))) return status;
    if (bits == atomic_load(&key->bits)) return STATUS_SUCCESS;
    if (!is_key_length(key->algorithm, bits)) return STATUS_INVALID_PARAMETER;
    if (!ffc_key_enter(key)) return STATUS_INVALID_PARAMETER;
    key->algorithm->forget_parameters(key);
    atomic_store(&key->bits, bits);
    ffc_key_leave(key, FFC_KEY_UNFINALIZED);
    return STATUS_SUCCESS;
}

NTSTATUS ffc_get_public_key_length(void *object, const struct reply *reply)
{
    return is_ready(object) ? ffc_get_key_length(object, reply) : STATUS_INVALID_HANDLE;
}
