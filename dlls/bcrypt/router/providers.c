/*
 * providers.c - the provider registry: who serves an algorithm, and through which functions.
 *
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/providers.h"

#include <stdatomic.h>

#include "builtin.h"
#include "platform/names.h"
#include "platform/platform.h"

#define ALGORITHM_LIMIT 96
#define BUCKETS         128                     /* a power of two */

static const struct provider primitive_provider =
{
    .name        = MS_PRIMITIVE_PROVIDER,
    .keeps_rules = true,
    .interfaces  =
    {
        .GetCipherInterface               = GetCipherInterface,
        .GetHashInterface                 = GetHashInterface,
        .GetAsymmetricEncryptionInterface = GetAsymmetricEncryptionInterface,
        .GetSecretAgreementInterface      = GetSecretAgreementInterface,
        .GetSignatureInterface            = GetSignatureInterface,
        .GetRngInterface                  = GetRngInterface,
        .GetKeyDerivationInterface        = GetKeyDerivationInterface,
        .GetKeyEncapsulationInterface     = GetKeyEncapsulationInterface,
    },
};

/* In the order of interfaces and of each interface's functions; made once, at first use. */
static struct provider_calls algorithms[ALGORITHM_LIMIT];
static ULONG algorithm_count;
static uint8_t buckets[BUCKETS];                /* number + 1 of an algorithm; open addressing */
static _Atomic bool listed;
static _Atomic bool loaded[ALGORITHM_LIMIT];
static _Atomic ULONG object_bytes[ALGORITHM_LIMIT];
static struct platform_lock lock;

static uint32_t name_hash(LPCWSTR name)
{
    uint32_t hash = 0;

    while (*name) hash = (hash << 5 | hash >> 27) ^ *name++;
    return hash ^ hash >> 7 ^ hash >> 14;
}

/* Lists every function of every interface. The lock is held. */
static void list_algorithms(void)
{
    ULONG interface_id, number;
    LPCWSTR id;

    for (interface_id = 1; interface_id <= INTERFACE_LAST; interface_id++)
    {
        for (number = 0; (id = primitive_provider_function(interface_id, number)); number++)
        {
            struct provider_calls *calls = &algorithms[algorithm_count];
            uint32_t bucket = name_hash(id);

            if (algorithm_count == ALGORITHM_LIMIT) return;
            *calls = refusals;
            calls->id = id;
            calls->number = algorithm_count;
            calls->interface_id = interface_id;
            calls->provider = &primitive_provider;
            calls->object_bytes = &object_bytes[algorithm_count];
            algorithm_count++;
            while (buckets[bucket % BUCKETS]) bucket++;
            buckets[bucket % BUCKETS] = (uint8_t)algorithm_count;
        }
    }
}

static void need_list(void)
{
    if (atomic_load_explicit(&listed, memory_order_acquire)) return;
    platform_lock_acquire(&lock);
    if (!atomic_load_explicit(&listed, memory_order_relaxed))
    {
        list_algorithms();
        atomic_store_explicit(&listed, true, memory_order_release);
    }
    platform_lock_release(&lock);
}

/* The first algorithm of that name: the lowest interface's, if several have it. */
static struct provider_calls *algorithm_named(LPCWSTR id)
{
    uint32_t bucket = name_hash(id);
    uint8_t number;

    for (; (number = buckets[bucket % BUCKETS]); bucket++)
    {
        if (names_equal(algorithms[number - 1].id, id)) return &algorithms[number - 1];
    }
    return NULL;
}

static NTSTATUS load(struct provider_calls *calls)
{
    _Atomic bool *is_loaded = &loaded[calls - algorithms];
    NTSTATUS status = STATUS_SUCCESS;

    platform_lock_acquire(&lock);
    if (!atomic_load_explicit(is_loaded, memory_order_relaxed))
    {
        if (!(status = calls_load(calls)))
        {
            atomic_store_explicit(is_loaded, true, memory_order_release);
        }
    }
    platform_lock_release(&lock);
    return status;
}

NTSTATUS provider_find(LPCWSTR id, LPCWSTR provider, const struct provider_calls **calls)
{
    struct provider_calls *found;
    NTSTATUS status;

    need_list();
    if (!(found = algorithm_named(id))) return STATUS_NOT_FOUND;
    if (provider && !names_equal(provider, found->provider->name)) return STATUS_NOT_FOUND;
    if (!atomic_load_explicit(&loaded[found - algorithms], memory_order_acquire))
    {
        if ((status = load(found))) return status;
    }
    *calls = found;
    return STATUS_SUCCESS;
}

bool provider_function_at(ULONG number, struct provider_function *function)
{
    need_list();
    if (number >= algorithm_count) return false;
    function->id = algorithms[number].id;
    function->interface_id = algorithms[number].interface_id;
    return true;
}

LPCWSTR provider_name_at(LPCWSTR id, ULONG number)
{
    struct provider_calls *found;

    need_list();
    if (number || !(found = algorithm_named(id))) return NULL;
    return found->provider->name;
}
