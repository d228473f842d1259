/*
 * algorithm.c - open algorithms and pseudo-handles.
 *
 * A pseudo-handle stands for an algorithm that is always open: each has an object of its own here,
 * outside the object table, which is opened at our own provider when it is first used, and closed
 * when the DLL goes.
 *
 * Programs that open and close an algorithm around every use are common. So each thread keeps a few
 * of our own provider's handles when algorithms are closed, of those opened without flags on which
 * no property was set: the next opening of one on that thread takes it. A stranger's are closed at
 * once: it may have said something else by then, and nothing of it is called when a thread ends.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/algorithm.h"

#include "platform/memory.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "platform/wipe.h"
#include "router/composed.h"

/* The flags that a pseudo-handle of a hash implies [win], as far as its algorithm has them. */
#define HASH_FLAGS     (BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_MULTI_FLAG)
#define HMAC_FLAGS     (BCRYPT_ALG_HANDLE_HMAC_FLAG | HASH_FLAGS)
#define HMAC_TLS_FLAGS (HMAC_FLAGS | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG)
#define MAC_FLAGS      BCRYPT_HASH_REUSABLE_FLAG

struct pseudo_algorithm
{
    LPCWSTR id;
    ULONG flags;                                /* of BCryptOpenAlgorithmProvider */
    LPCWSTR chaining_mode;
};

/* By number: the pseudo-handle is 16 times that, plus 1. Source: bcrypt.h of the Windows SDK. */
static const struct pseudo_algorithm pseudo_algorithms[] =
{
    [0x00] = { BCRYPT_MD2_ALGORITHM, HASH_FLAGS, NULL },
    [0x01] = { BCRYPT_MD4_ALGORITHM, HASH_FLAGS, NULL },
    [0x02] = { BCRYPT_MD5_ALGORITHM, HASH_FLAGS, NULL },
    [0x03] = { BCRYPT_SHA1_ALGORITHM, HASH_FLAGS, NULL },
    [0x04] = { BCRYPT_SHA256_ALGORITHM, HASH_FLAGS, NULL },
    [0x05] = { BCRYPT_SHA384_ALGORITHM, HASH_FLAGS, NULL },
    [0x06] = { BCRYPT_SHA512_ALGORITHM, HASH_FLAGS, NULL },
    [0x07] = { BCRYPT_RC4_ALGORITHM, 0, NULL },
    [0x08] = { BCRYPT_RNG_ALGORITHM, 0, NULL },
    [0x09] = { BCRYPT_MD5_ALGORITHM, HMAC_FLAGS, NULL },
    [0x0a] = { BCRYPT_SHA1_ALGORITHM, HMAC_TLS_FLAGS, NULL },
    [0x0b] = { BCRYPT_SHA256_ALGORITHM, HMAC_TLS_FLAGS, NULL },
    [0x0c] = { BCRYPT_SHA384_ALGORITHM, HMAC_TLS_FLAGS, NULL },
    [0x0d] = { BCRYPT_SHA512_ALGORITHM, HMAC_FLAGS, NULL },
    [0x0e] = { BCRYPT_RSA_ALGORITHM, 0, NULL },
    [0x0f] = { BCRYPT_ECDSA_ALGORITHM, 0, NULL },
    [0x10] = { BCRYPT_AES_CMAC_ALGORITHM, HASH_FLAGS, NULL },
    [0x11] = { BCRYPT_AES_GMAC_ALGORITHM, MAC_FLAGS, NULL },
    [0x12] = { BCRYPT_MD2_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG | MAC_FLAGS, NULL },
    [0x13] = { BCRYPT_MD4_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG | MAC_FLAGS, NULL },
    [0x14] = { BCRYPT_3DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x15] = { BCRYPT_3DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x16] = { BCRYPT_3DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x17] = { BCRYPT_3DES_112_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x18] = { BCRYPT_3DES_112_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x19] = { BCRYPT_3DES_112_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x1a] = { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x1b] = { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x1c] = { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x1d] = { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CCM },
    [0x1e] = { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_GCM },
    [0x1f] = { BCRYPT_DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x20] = { BCRYPT_DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x21] = { BCRYPT_DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x22] = { BCRYPT_DESX_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x23] = { BCRYPT_DESX_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x24] = { BCRYPT_DESX_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x25] = { BCRYPT_RC2_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC },
    [0x26] = { BCRYPT_RC2_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB },
    [0x27] = { BCRYPT_RC2_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB },
    [0x28] = { BCRYPT_DH_ALGORITHM, 0, NULL },
    [0x29] = { BCRYPT_ECDH_ALGORITHM, 0, NULL },
    [0x2a] = { BCRYPT_ECDH_P256_ALGORITHM, 0, NULL },
    [0x2b] = { BCRYPT_ECDH_P384_ALGORITHM, 0, NULL },
    [0x2c] = { BCRYPT_ECDH_P521_ALGORITHM, 0, NULL },
    [0x2d] = { BCRYPT_DSA_ALGORITHM, 0, NULL },
    [0x2e] = { BCRYPT_ECDSA_P256_ALGORITHM, 0, NULL },
    [0x2f] = { BCRYPT_ECDSA_P384_ALGORITHM, 0, NULL },
    [0x30] = { BCRYPT_ECDSA_P521_ALGORITHM, 0, NULL },
    [0x31] = { BCRYPT_RSA_SIGN_ALGORITHM, 0, NULL },
    [0x32] = { BCRYPT_CAPI_KDF_ALGORITHM, 0, NULL },
    [0x33] = { BCRYPT_PBKDF2_ALGORITHM, 0, NULL },
    [0x34] = { BCRYPT_SP800108_CTR_HMAC_ALGORITHM, 0, NULL },
    [0x35] = { BCRYPT_SP80056A_CONCAT_ALGORITHM, 0, NULL },
    [0x36] = { BCRYPT_TLS1_1_KDF_ALGORITHM, 0, NULL },
    [0x37] = { BCRYPT_TLS1_2_KDF_ALGORITHM, 0, NULL },
    [0x38] = { BCRYPT_XTS_AES_ALGORITHM, 0, NULL },
    [0x39] = { BCRYPT_HKDF_ALGORITHM, 0, NULL },
    [0x3a] = { BCRYPT_CHACHA20_POLY1305_ALGORITHM, 0, NULL },
    [0x3b] = { BCRYPT_SHA3_256_ALGORITHM, HASH_FLAGS, NULL },
    [0x3c] = { BCRYPT_SHA3_384_ALGORITHM, HASH_FLAGS, NULL },
    [0x3d] = { BCRYPT_SHA3_512_ALGORITHM, HASH_FLAGS, NULL },
    [0x3e] = { BCRYPT_SHA3_256_ALGORITHM, HMAC_FLAGS, NULL },
    [0x3f] = { BCRYPT_SHA3_384_ALGORITHM, HMAC_FLAGS, NULL },
    [0x40] = { BCRYPT_SHA3_512_ALGORITHM, HMAC_FLAGS, NULL },
    [0x41] = { BCRYPT_CSHAKE128_ALGORITHM, MAC_FLAGS, NULL },
    [0x42] = { BCRYPT_CSHAKE256_ALGORITHM, MAC_FLAGS, NULL },
    [0x43] = { BCRYPT_KMAC128_ALGORITHM, MAC_FLAGS, NULL },
    [0x44] = { BCRYPT_KMAC256_ALGORITHM, MAC_FLAGS, NULL },
    [0x45] = { BCRYPT_SHAKE128_ALGORITHM, MAC_FLAGS, NULL },
    [0x46] = { BCRYPT_SHAKE256_ALGORITHM, MAC_FLAGS, NULL },
    [0x47] = { BCRYPT_MLDSA_ALGORITHM, 0, NULL },
    [0x48] = { BCRYPT_MLKEM_ALGORITHM, 0, NULL },
    [0x49] = { BCRYPT_COMPOSITE_MLDSA_ALGORITHM, 0, NULL },
    [0x4a] = { BCRYPT_COMPOSITE_MLKEM_ALGORITHM, 0, NULL },
};

static struct object pseudo_objects[ARRAY_SIZE(pseudo_algorithms)];
static _Atomic bool pseudo_open[ARRAY_SIZE(pseudo_algorithms)];
static struct platform_lock pseudo_lock;

__attribute__((noinline)) void algorithm_ask_object_bytes(struct object *algorithm)
{
    ULONG bytes = composed_number(algorithm->calls, algorithm->provider_handle,
                                  BCRYPT_OBJECT_LENGTH);

    atomic_store_explicit(&algorithm->memory_bytes, bytes, memory_order_relaxed);
}

static bool has_object_buffers(const struct provider_calls *calls)
{
    return calls->interface_id == BCRYPT_CIPHER_INTERFACE ||
           calls->interface_id == BCRYPT_HASH_INTERFACE ||
           calls->interface_id == BCRYPT_KEY_DERIVATION_INTERFACE;
}

/* Sets the object bytes of an algorithm that is being opened. Our own provider's answer without
 * flags is always the same, and so is asked for once. */
static void know_object_bytes(struct object *object, ULONG flags)
{
    _Atomic ULONG *known = object->calls->object_bytes;
    bool lasting = !flags && object->calls->keeps_rules;
    ULONG bytes = lasting ? atomic_load_explicit(known, memory_order_relaxed) : 0;

    if (bytes)
    {
        atomic_store_explicit(&object->memory_bytes, bytes, memory_order_relaxed);
        return;
    }
    algorithm_ask_object_bytes(object);
    if (lasting) atomic_store_explicit(known, algorithm_object_bytes(object), memory_order_relaxed);
}

/* ---- handles that a thread keeps ---- */

#define KEPT_HANDLES 16

struct kept_handles
{
    struct
    {
        const struct provider_calls *calls;
        void *provider_handle;
    } places[KEPT_HANDLES];                     /* by the algorithm's number */
    const struct provider_calls *last;          /* that was opened: often the next one, too */
    ULONG changes;                              /* of the registry that it was found in */
};

/* The best provider's algorithm, found more quickly if it was the last that was opened. */
static NTSTATUS find_best(LPCWSTR id, const struct provider_calls **calls)
{
    struct kept_handles *kept = platform_thread_get(THREAD_SLOT_ALGORITHMS);
    ULONG changes = provider_changes();
    NTSTATUS status;

    if (kept && kept->last && kept->changes == changes && names_equal(kept->last->id, id))
    {
        *calls = kept->last;
        return STATUS_SUCCESS;
    }
    if ((status = provider_find(id, NULL, NULL, calls))) return status;
    if (kept)
    {
        kept->last = *calls;
        kept->changes = changes;
    }
    return STATUS_SUCCESS;
}

static void *kept_handle_take(const struct provider_calls *calls)
{
    struct kept_handles *kept = platform_thread_get(THREAD_SLOT_ALGORITHMS);
    ULONG place = calls->number % KEPT_HANDLES;

    if (!kept || kept->places[place].calls != calls) return NULL;
    kept->places[place].calls = NULL;
    return kept->places[place].provider_handle;
}

/* False: it is not to be kept, and has to be closed. */
static bool kept_handle_put(struct object *object)
{
    struct kept_handles *kept = platform_thread_get(THREAD_SLOT_ALGORITHMS);
    ULONG place = object->calls->number % KEPT_HANDLES;

    if (atomic_load_explicit(&object->modified, memory_order_relaxed) || !object->slot ||
        !object->calls->keeps_rules) return false;
    if (!kept)
    {
        if (!(kept = memory_get_zeroed(sizeof(*kept)))) return false;
        if (!platform_thread_set(THREAD_SLOT_ALGORITHMS, kept))
        {
            memory_put(kept, sizeof(*kept));
            return false;
        }
    }
    if (kept->places[place].calls) return false;
    kept->places[place].calls = object->calls;
    kept->places[place].provider_handle = object->provider_handle;
    return true;
}

void algorithm_thread_detach(void)
{
    struct kept_handles *kept = platform_thread_get(THREAD_SLOT_ALGORITHMS);
    ULONG i;

    if (!kept) return;
    platform_thread_set(THREAD_SLOT_ALGORITHMS, NULL);
    for (i = 0; i < KEPT_HANDLES; i++)
    {
        if (!kept->places[i].calls) continue;
        kept->places[i].calls->CloseAlgorithmProvider(kept->places[i].provider_handle, 0);
    }
    memory_put(kept, sizeof(*kept));
}

/* ---- what objects stand for; flat, as object_retire_slot is ---- */

/* An object that never came to have a handle at its provider has NULL there. */
static __attribute__((flatten)) void algorithm_destroy(struct object *object)
{
    if (!object->provider_handle || kept_handle_put(object)) return;
    object->calls->CloseAlgorithmProvider(object->provider_handle, 0);
}

/* Our provider has wiped an object buffer when the object is destroyed; a stranger may not have. */
static void clean_memory(struct object *object)
{
    if (!object_memory(object) || object->calls->keeps_rules) return;
    wipe(object_memory(object), atomic_load_explicit(&object->memory_bytes, memory_order_relaxed));
}

static __attribute__((flatten)) void key_destroy(struct object *object)
{
    if (object->provider_handle) object->calls->DestroyKey(object->provider_handle);
    clean_memory(object);
}

static __attribute__((flatten)) void hash_destroy(struct object *object)
{
    if (object->provider_handle) object->calls->DestroyHash(object->provider_handle);
    clean_memory(object);
}

static void secret_destroy(struct object *object)
{
    if (object->provider_handle) object->calls->DestroySecret(object->provider_handle);
}

static const struct object_kind algorithm_kind = { OBJECT_ALGORITHM, algorithm_destroy };
const struct object_kind key_kind = { OBJECT_KEY, key_destroy };
const struct object_kind hash_kind = { OBJECT_HASH, hash_destroy };
const struct object_kind secret_kind = { OBJECT_SECRET, secret_destroy };

/* ---- opening ---- */

/* Opens an algorithm at its provider, into an object that is not live yet. */
static NTSTATUS open_object(struct object *object, const struct provider_calls *calls, ULONG flags)
{
    NTSTATUS status;

    if (flags || !(object->provider_handle = kept_handle_take(calls)))
    {
        status = calls->OpenAlgorithmProvider(&object->provider_handle, calls->id, flags);
        if ((status = algorithm_made(&object->provider_handle, status))) return status;
    }
    object->calls = calls;
    if (flags) algorithm_modified(object);
    if (has_object_buffers(calls)) know_object_bytes(object, flags);
    return STATUS_SUCCESS;
}

/* A provider that is named is taken or none; otherwise the next best gets its chance. */
__attribute__((flatten)) NTSTATUS
algorithm_open(LPCWSTR id, LPCWSTR provider, ULONG flags, BCRYPT_ALG_HANDLE *handle)
{
    const struct provider_calls *calls;
    struct object *object;
    NTSTATUS status;

    status = provider ? provider_find(id, provider, NULL, &calls) : find_best(id, &calls);
    if (status) return status;
    if (!(object = object_new(&algorithm_kind, NULL, 0))) return STATUS_NO_MEMORY;

    while ((status = open_object(object, calls, flags)))
    {
        if (provider || provider_find(id, NULL, calls, &calls)) break;
    }
    if (status)
    {
        object_free(object);
        return status;
    }
    object_publish(object, handle);
    return STATUS_SUCCESS;
}

/* Opens a pseudo-handle's algorithm when it is first used. */
static struct object *open_pseudo(ULONG number)
{
    const struct pseudo_algorithm *pseudo = &pseudo_algorithms[number];
    struct object *object = &pseudo_objects[number];
    const struct provider_calls *calls;
    NTSTATUS status = STATUS_SUCCESS;

    platform_lock_acquire(&pseudo_lock);
    if (!atomic_load_explicit(&pseudo_open[number], memory_order_relaxed))
    {
        status = provider_find_own(pseudo->id, &calls);
        if (!status) status = open_object(object, calls, pseudo->flags);
        if (!status && pseudo->chaining_mode)
        {
            algorithm_modified(object);
            status = calls->SetProperty(object->provider_handle, BCRYPT_CHAINING_MODE,
                                        (PUCHAR)(ULONG_PTR)pseudo->chaining_mode,
                                        name_bytes(pseudo->chaining_mode), 0);
            algorithm_ask_object_bytes(object);
        }
        if (!status)
        {
            object->kind = &algorithm_kind;
            atomic_store_explicit(&pseudo_open[number], true, memory_order_release);
        }
    }
    platform_lock_release(&pseudo_lock);
    return status ? NULL : object;
}

static inline __attribute__((always_inline)) struct object *pseudo_get(BCRYPT_ALG_HANDLE handle)
{
    ULONG_PTR number = (ULONG_PTR)handle >> 4;

    if (number >= ARRAY_SIZE(pseudo_algorithms)) return NULL;
    if (atomic_load_explicit(&pseudo_open[number], memory_order_acquire))
    {
        return &pseudo_objects[number];
    }
    return open_pseudo((ULONG)number);
}

struct object *algorithm_get_pseudo(BCRYPT_ALG_HANDLE handle)
{
    return pseudo_get(handle);
}

struct object *algorithm_get_random(void)
{
    return pseudo_get(BCRYPT_RNG_ALG_HANDLE);
}

BCRYPT_ALG_HANDLE algorithm_handle(const struct object *algorithm)
{
    ULONG_PTR number = (ULONG_PTR)(algorithm - pseudo_objects);

    return algorithm->slot ? object_handle(algorithm) : (BCRYPT_ALG_HANDLE)(number << 4 | 1);
}

NTSTATUS algorithm_check_buffer(struct object *algorithm, const void *buffer, ULONG bytes)
{
    if (!buffer) return bytes ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
    return bytes < algorithm_object_bytes(algorithm) ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
}

void algorithm_detach(void)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(pseudo_objects); i++)
    {
        if (!atomic_load(&pseudo_open[i])) continue;
        atomic_store(&pseudo_open[i], false);
        algorithm_destroy(&pseudo_objects[i]);
    }
}
