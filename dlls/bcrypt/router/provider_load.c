/*
 * provider_load.c - loads a provider's DLL and asks for its tables, when they are first wanted.
 *
 * That runs foreign code, so no lock is held: two threads may do it at once, and one of them throws
 * its result away.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/provider_load.h"

#include "platform/module.h"
#include "platform/platform.h"
#include "platform/trace.h"

static struct platform_lock load_lock;          /* held while what was loaded is put in place */

#define TAKE_INTERFACE(name)                                                                       \
    loaded->interfaces.name = (name##Fn)(ULONG_PTR)platform_module_function(module, #name)

/* A provider's DLL and what it exports. */
static void *provider_load(LPCWSTR image, struct provider *loaded)
{
    void *module = platform_module_load(image);

    if (!module) return NULL;
    TAKE_INTERFACE(GetCipherInterface);
    TAKE_INTERFACE(GetHashInterface);
    TAKE_INTERFACE(GetAsymmetricEncryptionInterface);
    TAKE_INTERFACE(GetSecretAgreementInterface);
    TAKE_INTERFACE(GetSignatureInterface);
    TAKE_INTERFACE(GetRngInterface);
    TAKE_INTERFACE(GetKeyDerivationInterface);
    TAKE_INTERFACE(GetKeyEncapsulationInterface);
    return module;
}

/* STATUS_NOT_FOUND: it cannot be loaded. That is found out once, until the configuration changes; a
 * lack of memory is over the next time. */
static NTSTATUS need_provider(struct known_provider *known)
{
    struct provider loaded = { .name = NULL };
    void *module;

    switch (atomic_load_explicit(&known->state, memory_order_acquire))
    {
    case LOADED:           return STATUS_SUCCESS;
    case NOT_TO_BE_LOADED: return STATUS_NOT_FOUND;
    }
    module = provider_load(known->provider.image, &loaded);
    if (!module && platform_module_lacked_memory()) return STATUS_NO_MEMORY;
    TRACE("provider %s, image %s, module %p\n", trace_string(known->provider.name),
          trace_string(known->provider.image), module);

    platform_lock_acquire(&load_lock);
    if (atomic_load_explicit(&known->state, memory_order_relaxed) == NOT_LOADED)
    {
        known->provider.interfaces = loaded.interfaces;
        known->module = module;
        atomic_store_explicit(&known->state, module ? LOADED : NOT_TO_BE_LOADED,
                              memory_order_release);
        module = NULL;
    }
    platform_lock_release(&load_lock);
    if (module) platform_module_free(module);   /* another thread was quicker */
    if (atomic_load_explicit(&known->state, memory_order_acquire) == LOADED) return STATUS_SUCCESS;
    return STATUS_NOT_FOUND;
}

NTSTATUS provider_load_entry(struct provider_entry *entry)
{
    static const size_t head = offsetof(struct provider_calls, OpenAlgorithmProvider);
    struct provider_calls calls;
    NTSTATUS status;

    if (atomic_load_explicit(&entry->loaded, memory_order_acquire)) return STATUS_SUCCESS;
    if ((status = need_provider(entry->provider))) return status;

    memcpy(&calls, &entry->calls, head);
    if ((status = calls_load(&calls)))
    {
        TRACE("provider %s, function %s: %#lx\n", trace_string(calls.provider->name),
              trace_string(calls.id), (unsigned long)status);
        return status;
    }

    platform_lock_acquire(&load_lock);
    if (!atomic_load_explicit(&entry->loaded, memory_order_relaxed))
    {
        memcpy((char *)&entry->calls + head, (char *)&calls + head, sizeof(calls) - head);
        atomic_store_explicit(&entry->loaded, true, memory_order_release);
    }
    platform_lock_release(&load_lock);
    return STATUS_SUCCESS;
}
