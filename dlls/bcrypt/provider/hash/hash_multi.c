/*
 * hash_multi.c - several hashes or MACs of one algorithm, worked on together.
 *
 * Operations come in one array and concern any elements in any order; those of one element keep
 * theirs. So they are carried out in rounds: a round takes the next operation of every element in a
 * window of the array. Its data goes to the digest code at once, which hashes it side by side where
 * the processor can; then its elements are finished, in the same way.
 *
 * Source: Microsoft Learn, BCryptCreateMultiHash, BCryptProcessMultiOperations.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

#include "crypto/hash/multihash.h"
#include "platform/wipe.h"

#define WINDOW 32                               /* operations that are looked at together */

struct multi_object;

/* A kind of elements, and the functions that work on several of them at once. In a
 * multihash_operation or multihash_result `state` points to an element of the kind. */
struct multi_kind
{
    ULONG element_bytes;
    void (*start)(const struct multi_object *multi, void *element);
    void (*update)(const struct multi_object *multi, struct multihash_operation *operations,
                   size_t count);
    void (*finish)(const struct multi_object *multi, const struct multihash_result *results,
                   size_t count);
};

struct multi_object
{
    struct prov_object head;
    const struct hash_row *row;
    const struct multi_kind *kind;
    ULONG count;
    size_t bytes;                               /* of the whole object */
    union
    {
        struct hmac_key hmac;
        struct aes_cmac cmac;
    } key;
    _Alignas(16) UCHAR elements[];
};

/* ---- plain hashes ---- */

static void digest_element_start(const struct multi_object *multi, void *element)
{
    digest_start(multi->row->digest, element);
}

static void digest_elements_update(const struct multi_object *multi,
                                   struct multihash_operation *operations, size_t count)
{
    multihash_update(multi->row->digest, operations, count);
}

static void digest_elements_finish(const struct multi_object *multi,
                                   const struct multihash_result *results, size_t count)
{
    multihash_finish(multi->row->digest, NULL, results, count);
}

static const struct multi_kind digest_kind =
{
    sizeof(struct digest_state), digest_element_start, digest_elements_update,
    digest_elements_finish,
};

/* ---- HMAC ---- */

static void hmac_element_start(const struct multi_object *multi, void *element)
{
    hmac_start(multi->row->digest, &multi->key.hmac, element);
}

static void hmac_elements_finish(const struct multi_object *multi,
                                 const struct multihash_result *results, size_t count)
{
    multihash_finish(multi->row->digest, &multi->key.hmac, results, count);
}

static const struct multi_kind hmac_kind =
{
    sizeof(struct digest_state), hmac_element_start, digest_elements_update, hmac_elements_finish,
};

/* ---- AES-CMAC, one element after the other ---- */

static void cmac_element_start(const struct multi_object *multi, void *element)
{
    *(struct aes_cmac *)element = multi->key.cmac;
}

static void cmac_elements_update(const struct multi_object *multi,
                                 struct multihash_operation *operations, size_t count)
{
    (void)multi;
    for (; count; count--, operations++)
    {
        aes_cmac_update((struct aes_cmac *)(void *)operations->state, operations->data,
                        operations->bytes);
    }
}

static void cmac_elements_finish(const struct multi_object *multi,
                                 const struct multihash_result *results, size_t count)
{
    (void)multi;
    for (; count; count--, results++)
        aes_cmac_final((struct aes_cmac *)(void *)results->state, results->out);
}

static const struct multi_kind cmac_kind =
{
    sizeof(struct aes_cmac), cmac_element_start, cmac_elements_update, cmac_elements_finish,
};

/* ---- all of them ---- */

/* NULL: no multi-hash of this algorithm. */
static const struct multi_kind *kind_of(const struct hash_algorithm *algorithm)
{
    if (algorithm->methods == &digest_methods) return &digest_kind;
    if (algorithm->methods == &hmac_methods) return &hmac_kind;
    if (algorithm->methods == &cmac_methods) return &cmac_kind;
    return NULL;
}

bool multihash_lengths(const struct hash_algorithm *algorithm,
                       BCRYPT_MULTI_OBJECT_LENGTH_STRUCT *lengths)
{
    const struct multi_kind *kind = kind_of(algorithm);

    if (!kind) return false;
    lengths->cbPerObject = PROV_OBJECT_LENGTH(sizeof(struct multi_object));
    lengths->cbPerElement = kind->element_bytes;
    return true;
}

static void *element_at(struct multi_object *multi, ULONG number)
{
    return multi->elements + (size_t)number * multi->kind->element_bytes;
}

NTSTATUS WINAPI hash_create_multi_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                       ULONG nHashes, PUCHAR pbHashObject, ULONG cbHashObject,
                                       PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags)
{
    const struct hash_algorithm *algorithm = hAlgorithm;
    const struct multi_kind *kind = kind_of(algorithm);
    struct multi_object *multi;
    ULONGLONG bytes;
    NTSTATUS status;
    ULONG i;

    if (!(algorithm->flags & BCRYPT_MULTI_FLAG) || !kind) return STATUS_NOT_SUPPORTED;
    if (!nHashes || dwFlags & ~(ULONG)BCRYPT_HASH_REUSABLE_FLAG) return STATUS_INVALID_PARAMETER;
    if (kind == &digest_kind && (pbSecret || cbSecret)) return STATUS_INVALID_PARAMETER;
    if (kind == &cmac_kind && cbSecret != 16 && cbSecret != 24 && cbSecret != 32)
        return STATUS_INVALID_PARAMETER;

    bytes = sizeof(*multi) + (ULONGLONG)nHashes * kind->element_bytes;
    if (bytes > MAXLONG) return STATUS_NO_MEMORY;
    status = prov_object_new(PROV_MULTI_HASH, (size_t)bytes, pbHashObject, cbHashObject, &multi);
    if (status) return status;

    multi->row = algorithm->prov.row;
    multi->kind = kind;
    multi->count = nHashes;
    multi->bytes = (size_t)bytes;
    if (kind == &hmac_kind) hmac_key_init(multi->row->digest, &multi->key.hmac, pbSecret, cbSecret);
    if (kind == &cmac_kind) aes_cmac_init(&multi->key.cmac, pbSecret, cbSecret);
    for (i = 0; i < nHashes; i++) kind->start(multi, element_at(multi, i));
    *phHash = multi;
    return STATUS_SUCCESS;
}

/* Whether every operation can be carried out: if one cannot, none is. */
static bool operations_valid(const struct multi_object *multi,
                             const BCRYPT_MULTI_HASH_OPERATION *operation, size_t count)
{
    for (; count; count--, operation++)
    {
        if (operation->iHash >= multi->count) return false;
        if (operation->cbBuffer && !operation->pbBuffer) return false;
        if (operation->hashOperation == BCRYPT_HASH_OPERATION_HASH_DATA) continue;
        if (operation->hashOperation != BCRYPT_HASH_OPERATION_FINISH_HASH ||
            operation->cbBuffer != multi->row->digest_bytes) return false;
    }
    return true;
}

/* Whether an operation of the window has to wait for an earlier one of its element. */
static bool must_wait(const BCRYPT_MULTI_HASH_OPERATION *operations, uint32_t left, size_t number)
{
    size_t i;

    for (i = 0; i < number; i++)
    {
        if (left >> i & 1 && operations[i].iHash == operations[number].iHash) return true;
    }
    return false;
}

/* Carries out a window of operations; bit i of `left` is set while operation i is to be done. */
static void process_window(struct multi_object *multi,
                           const BCRYPT_MULTI_HASH_OPERATION *operations, size_t count)
{
    uint32_t left = (uint32_t)(((uint64_t)1 << count) - 1), ready;
    struct multihash_operation data[WINDOW];
    struct multihash_result results[WINDOW];
    size_t data_count, result_count, i;

    while (left)
    {
        ready = 0;
        data_count = result_count = 0;
        for (i = 0; i < count; i++)
        {
            if (!(left >> i & 1) || must_wait(operations, left, i)) continue;
            ready |= (uint32_t)1 << i;
            if (operations[i].hashOperation != BCRYPT_HASH_OPERATION_HASH_DATA) continue;
            data[data_count].state = element_at(multi, operations[i].iHash);
            data[data_count].data = operations[i].pbBuffer;
            data[data_count].bytes = operations[i].cbBuffer;
            data_count++;
        }
        multi->kind->update(multi, data, data_count);
        for (i = 0; i < count; i++)
        {
            if (!(ready >> i & 1) ||
                operations[i].hashOperation != BCRYPT_HASH_OPERATION_FINISH_HASH)
            {
                continue;
            }
            results[result_count].state = element_at(multi, operations[i].iHash);
            results[result_count].out = operations[i].pbBuffer;
            result_count++;
        }
        multi->kind->finish(multi, results, result_count);
        for (i = 0; i < result_count; i++) multi->kind->start(multi, results[i].state);
        left &= ~ready;
    }
}

NTSTATUS WINAPI hash_process_multi_operations(BCRYPT_HANDLE hObject,
                                              BCRYPT_MULTI_OPERATION_TYPE operationType,
                                              PVOID pOperations, ULONG cbOperations,
                                              ULONG dwFlags)
{
    const BCRYPT_MULTI_HASH_OPERATION *operations = pOperations;
    size_t count = cbOperations / sizeof(*operations), first;
    struct multi_object *multi = hObject;

    if (!prov_is(hObject, PROV_MULTI_HASH)) return STATUS_INVALID_HANDLE;
    if (operationType != BCRYPT_OPERATION_TYPE_HASH || dwFlags ||
        cbOperations % sizeof(*operations) || !operations_valid(multi, operations, count))
    {
        return STATUS_INVALID_PARAMETER;
    }

    for (first = 0; first < count; first += WINDOW)
    {
        process_window(multi, operations + first, count - first < WINDOW ? count - first : WINDOW);
    }
    return STATUS_SUCCESS;
}

void multihash_destroy(void *object)
{
    struct multi_object *multi = object;

    prov_object_free(multi, multi->bytes);
}

/* ---- properties ---- */

static NTSTATUS get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((const struct multi_object *)object)->row->id);
}

static NTSTATUS get_digest_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct multi_object *)object)->row->digest_bytes);
}

static NTSTATUS get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct multi_object *)object)->row->block_bytes);
}

static NTSTATUS get_is_reusable(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, TRUE);
}

static const struct property property_list[] =
{
    { KEPT(BCRYPT_HASH_LENGTH),       get_digest_length, NULL },
    { KEPT(BCRYPT_HASH_BLOCK_LENGTH), get_block_length,  NULL },
    { KEPT(BCRYPT_ALGORITHM_NAME),    get_name,          NULL },
    { KEPT(BCRYPT_IS_REUSABLE_HASH),  get_is_reusable,   NULL },
};
const struct properties multihash_properties = PROPERTIES(property_list);
