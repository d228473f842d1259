/*
 * ncrypt_foreign.c - handles that Wine takes for ours.
 *
 * Wine's crypt32 keeps the key of an imported PFX with CryptoAPI, and gives the context of that,
 * an HCRYPTPROV, to those who ask for a key of key storage: .NET, above all, which calls NCrypt
 * functions with it. So a value that is no handle of ours may be a key all the same, on Wine. Such
 * a context is a pointer to a structure of Wine's advapi32, and is looked at with care:
 *
 *   - what is, or was, a handle of ours is never taken for one;
 *   - the structure is copied by the system, which refuses what cannot be read; nothing is loaded
 *     through the value;
 *   - it has to have its magic number, a count of references, a DLL that is loaded, and a table of
 *     that DLL's functions: memory that says all this is one, or was made by somebody who runs code
 *     in the process anyway.
 *
 * CryptoAPI's key is copied into an object of our table. The latest of these are remembered, and
 * the context is asked for its public key at each use: if it has ended, or its address is another
 * one's now, the copy is not used any more. The context is not held: in Wine, the last holder
 * writes its keys to the registry, also when somebody has deleted them there meanwhile.
 * NCryptFreeObject ends the copy and gives the context back.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"

#include "store/capi.h"

#define REMEMBERED 16

struct foreign
{
    ULONG_PTR value;                            /* 0: none */
    uint8_t print[LEGACY_PRINT];
    NCRYPT_KEY_HANDLE key;                      /* the object of our table */
};

static struct platform_lock lock;               /* holds what follows */
static struct foreign remembered[REMEMBERED];
static unsigned int oldest;

/* Whether the value was a handle of this table, as far as its slot remembers. */
static bool was_ours(ULONG_PTR value)
{
    struct slot *slot = slot_of_handle(value);

    return slot && value > (INDEX_MASK << 4 | 15) &&
           (atomic_load_explicit(&slot->word, memory_order_relaxed) | STATE_MASK) >= value;
}

static bool is_possible(NCRYPT_HANDLE handle)
{
    return handle && !(handle % sizeof(void *)) && legacy_has_contexts() && !was_ours(handle);
}

static void end_object(NCRYPT_KEY_HANDLE key)
{
    if (key) object_retire((void *)key, OBJECT_KEY);
}

/* The object of a value with that print, with a reference; NULL if there is none. One of the value
 * with another print, or if there is no print, is ended. */
static struct object *known(ULONG_PTR value, const uint8_t *print)
{
    struct object *object = NULL;
    NCRYPT_KEY_HANDLE stale = 0;
    struct foreign *entry;

    platform_lock_acquire(&lock);
    for (entry = remembered; entry < remembered + REMEMBERED; entry++)
    {
        if (entry->value != value) continue;
        if (print && !memcmp(entry->print, print, LEGACY_PRINT))
            object = object_get((void *)entry->key, OBJECT_KEY);    /* it has not been retired */
        else
        {
            stale = entry->key;
            entry->value = 0;
            entry->key = 0;
        }
        break;
    }
    platform_lock_release(&lock);
    end_object(stale);
    return object;
}

/* A copy of a context's key, remembered in the place of the oldest; NULL if it cannot be had. If
 * two threads do this at once the second entry of a value is not found, and is the oldest soon. */
static struct object *adopt(ULONG_PTR value, const uint8_t *print)
{
    struct foreign *entry;
    struct object *object;
    struct legacy_key found;
    NCRYPT_KEY_HANDLE handle, ended;
    struct ksp_key *key;

    if (legacy_read(value, 0, 0, &found) || ksp_key_legacy(&found, &key) ||
        key_publish(key, &handle)) return NULL;
    object = object_get((void *)handle, OBJECT_KEY);

    platform_lock_acquire(&lock);
    entry = &remembered[oldest++ % REMEMBERED];
    ended = entry->key;
    entry->value = value;
    entry->key = handle;
    memcpy(entry->print, print, LEGACY_PRINT);
    platform_lock_release(&lock);
    end_object(ended);
    return object;
}

struct object *foreign_get(NCRYPT_HANDLE handle)
{
    uint8_t print[LEGACY_PRINT];
    struct object *object;

    if (!is_possible(handle)) return NULL;
    if (!legacy_recognize(handle, print)) return known(handle, NULL);
    return (object = known(handle, print)) ? object : adopt(handle, print);
}

bool foreign_free(NCRYPT_HANDLE handle)
{
    uint8_t print[LEGACY_PRINT];

    if (!is_possible(handle)) return false;
    known(handle, NULL);                        /* ends the copy */
    return legacy_recognize(handle, print) && legacy_release(handle);
}
