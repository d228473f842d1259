/*
 * providers.c - the provider registry: which providers serve an algorithm, by which functions.
 *
 * A registry is a list of places: an interface, a function of it and a provider, in the order of
 * interfaces, of the functions in each, and of the providers of each function. It is made of the
 * configuration (config.h) as a whole and never changes: when the configuration does, another takes
 * its place. Readers take no lock, except to make a registry after a change; they are counted, and
 * when there is none the registries that were replaced are given back. Entries and providers that a
 * registry or an open algorithm points to are small and stay while the DLL does; a place that is in
 * two registries is one entry in both.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/providers.h"

#include "builtin.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "router/config.h"
#include "router/provider_load.h"

#define BUCKETS 128                             /* a power of two */

struct place
{
    struct provider_entry *entry;
    ULONG next;                                 /* place + 1 of the bucket's next */
};

struct provider_registry
{
    struct provider_registry *older;            /* of those that were not given back */
    ULONG count;
    ULONG buckets[BUCKETS];                     /* place + 1 of the first name of that hash */
    struct place places[];
};

static struct known_provider primitive_provider =
{
    .state    = LOADED,
    .provider =
    {
        .name        = MS_PRIMITIVE_PROVIDER,
        .aliases     = L"",
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
    },
};

static struct provider_registry *_Atomic own;   /* our own functions, in our own order */
static struct provider_registry *_Atomic current;
static _Atomic ULONG changes, current_changes;  /* of the configuration; that current has seen */
static _Atomic ULONG readers;                   /* who has got a registry and not put it back */

static struct platform_lock reload_lock;        /* held while a registry is made; nothing foreign */
static struct known_provider *known_providers = &primitive_provider;
static struct provider_registry *registries;
static struct provider_entry *entries;
static ULONG entry_count;

/* ---- making a registry; the reload lock is held ---- */

static uint32_t name_hash(LPCWSTR name)
{
    uint32_t hash = 0;

    while (*name) hash = (hash << 5 | hash >> 27) ^ *name++;
    return hash ^ hash >> 7 ^ hash >> 14;
}

static bool same_lists(LPCWSTR left, LPCWSTR right)
{
    while (*left && names_equal(left, right))
    {
        left += name_length(left) + 1;
        right += name_length(right) + 1;
    }
    return !*left && !*right;
}

static size_t list_bytes(LPCWSTR list)
{
    LPCWSTR at = list;

    while (*at) at += name_length(at) + 1;
    return (size_t)(at + 1 - list) * sizeof(WCHAR);
}

/* The provider that the configuration describes. One that could not be loaded is tried anew: the
 * configuration may have changed because its DLL is there now. */
static struct known_provider *provider_of(const struct config_provider *wanted)
{
    struct known_provider *known;
    size_t name = name_bytes(wanted->name), image = name_bytes(wanted->image);
    size_t aliases = list_bytes(wanted->aliases);
    int failed;

    for (known = known_providers; known; known = known->next)
    {
        if (known == &primitive_provider || !names_equal(known->provider.name, wanted->name) ||
            !names_equal_caseless(known->provider.image, wanted->image) ||
            !same_lists(known->provider.aliases, wanted->aliases)) continue;
        failed = NOT_TO_BE_LOADED;
        atomic_compare_exchange_strong(&known->state, &failed, NOT_LOADED);
        return known;
    }
    if (!(known = platform_heap_alloc(sizeof(*known) + name + image + aliases))) return NULL;
    memset(known, 0, sizeof(*known));
    known->provider.name = memcpy(known->names, wanted->name, name);
    known->provider.image = memcpy((char *)known->names + name, wanted->image, image);
    known->provider.aliases = memcpy((char *)known->names + name + image, wanted->aliases, aliases);
    known->next = known_providers;
    known_providers = known;
    return known;
}

static struct provider_entry *entry_of(ULONG interface_id, LPCWSTR id,
                                       struct known_provider *provider)
{
    struct provider_entry *entry;

    for (entry = entries; entry; entry = entry->next)
    {
        if (entry->provider == provider && entry->calls.interface_id == interface_id &&
            names_equal(entry->id, id)) return entry;
    }
    if (!(entry = platform_heap_alloc(sizeof(*entry) + name_bytes(id)))) return NULL;
    memset(entry, 0, sizeof(*entry));
    entry->calls.id = memcpy(entry->id, id, name_bytes(id));
    entry->calls.number = entry_count++;
    entry->calls.interface_id = interface_id;
    entry->calls.provider = &provider->provider;
    entry->calls.keeps_rules = provider->provider.keeps_rules;
    entry->calls.object_bytes = &entry->object_bytes;
    entry->provider = provider;
    entry->next = entries;
    entries = entry;
    return entry;
}

/* The places of a registry in the making. */
struct places
{
    struct place *list;
    ULONG count, room;
};

static NTSTATUS place_add(struct places *places, struct provider_entry *entry)
{
    ULONG room = places->room ? 2 * places->room : 128, i;
    struct place *list;

    if (!entry) return STATUS_NO_MEMORY;
    for (i = 0; i < places->count; i++)
    {
        if (places->list[i].entry == entry) return STATUS_SUCCESS;
    }
    if (places->count == places->room)
    {
        if (!(list = platform_heap_alloc(room * sizeof(*list)))) return STATUS_NO_MEMORY;
        if (places->count) memcpy(list, places->list, places->count * sizeof(*list));
        platform_heap_free(places->list);
        places->list = list;
        places->room = room;
    }
    places->list[places->count++].entry = entry;
    return STATUS_SUCCESS;
}

/* Called by config_read for every place in turn. */
static NTSTATUS add_configured(void *context, ULONG interface_id, LPCWSTR id,
                               const struct config_provider *wanted)
{
    struct known_provider *provider = wanted ? provider_of(wanted) : &primitive_provider;

    return place_add(context, provider ? entry_of(interface_id, id, provider) : NULL);
}

static NTSTATUS add_own(struct places *places)
{
    ULONG interface_id, number;
    NTSTATUS status;
    LPCWSTR id;

    for (interface_id = 1; interface_id <= INTERFACE_LAST; interface_id++)
    {
        for (number = 0; (id = primitive_provider_function(interface_id, number)); number++)
        {
            if ((status = place_add(places, entry_of(interface_id, id, &primitive_provider))))
                return status;
        }
    }
    return STATUS_SUCCESS;
}

/* The registry of these places, whose memory is given back. */
static struct provider_registry *registry_of(struct places *places)
{
    size_t bytes = sizeof(struct provider_registry) + places->count * sizeof(struct place);
    struct provider_registry *registry = platform_heap_alloc(bytes);
    ULONG place, *bucket;

    if (registry)
    {
        memset(registry, 0, sizeof(*registry));
        registry->count = places->count;
        if (places->count)
            memcpy(registry->places, places->list, places->count * sizeof(struct place));
        for (place = registry->count; place--;)
        {
            bucket = &registry->buckets[name_hash(registry->places[place].entry->id) % BUCKETS];
            registry->places[place].next = *bucket;
            *bucket = place + 1;
        }
        registry->older = registries;
        registries = registry;
    }
    platform_heap_free(places->list);
    return registry;
}

static struct provider_registry *need_own(void)
{
    struct provider_registry *registry = atomic_load_explicit(&own, memory_order_relaxed);
    struct places places = { NULL, 0, 0 };

    if (registry) return registry;
    if (add_own(&places))
    {
        platform_heap_free(places.list);
        return NULL;
    }
    registry = registry_of(&places);
    atomic_store_explicit(&own, registry, memory_order_release);
    return registry;
}

/* Gives back those that were replaced, unless somebody may still have got one: who is counted from
 * now on finds the current one. */
static void registries_clean(const struct provider_registry *now)
{
    struct provider_registry **at = &registries, *registry;

    if (atomic_load(&readers)) return;
    while ((registry = *at))
    {
        if (registry == now || registry == atomic_load_explicit(&own, memory_order_relaxed))
        {
            at = &registry->older;
            continue;
        }
        *at = registry->older;
        platform_heap_free(registry);
    }
}

/* Another registry in the place of the current one; false if it cannot be read now. */
static bool read_registry(void)
{
    ULONG seen = atomic_load_explicit(&changes, memory_order_acquire);
    struct provider_registry *registry = NULL;
    struct places places = { NULL, 0, 0 };
    struct journal_state state = { .tries = 0 };
    NTSTATUS status;

    do
    {
        journal_note(&state);
        places.count = 0;
        status = config_read(add_configured, &places);
    } while (journal_moved(&state, &status));

    if (!status) registry = registry_of(&places);
    else platform_heap_free(places.list);
    if (status == STATUS_NOT_FOUND) registry = need_own();      /* nothing is configured */
    if (!registry) return false;

    atomic_store(&current, registry);
    atomic_store_explicit(&current_changes, seen, memory_order_release);
    registries_clean(registry);
    return true;
}

/* ---- reading ---- */

static bool is_current(void)
{
    return atomic_load_explicit(&current_changes, memory_order_acquire) == provider_changes() &&
           atomic_load_explicit(&current, memory_order_relaxed);
}

/* The one before a change does not do in the place of one that cannot be read: it may lack what was
 * added, and have what was taken out. */
const struct provider_registry *provider_registry_get(void)
{
    const struct provider_registry *registry;
    bool read = true;

    if (!is_current())
    {
        platform_lock_acquire(&reload_lock);
        read = is_current() || read_registry();
        platform_lock_release(&reload_lock);
    }
    if (!read) return NULL;
    atomic_fetch_add(&readers, 1);
    if (!(registry = atomic_load(&current))) atomic_fetch_sub(&readers, 1);
    return registry;
}

void provider_registry_put(const struct provider_registry *registry)
{
    if (registry) atomic_fetch_sub_explicit(&readers, 1, memory_order_release);
}

void providers_changed(void)
{
    atomic_fetch_add_explicit(&changes, 1, memory_order_release);
}

ULONG provider_changes(void)
{
    return atomic_load_explicit(&changes, memory_order_acquire);
}

/* The next entry of that name, from a place + 1 of its bucket on, which goes on to the one after
 * it; NULL if there is none. */
static struct provider_entry *next_named(const struct provider_registry *registry, LPCWSTR id,
                                         ULONG *place)
{
    struct provider_entry *entry;

    while (*place)
    {
        entry = registry->places[*place - 1].entry;
        *place = registry->places[*place - 1].next;
        if (names_equal(entry->id, id)) return entry;
    }
    return NULL;
}

static ULONG first_place(const struct provider_registry *registry, LPCWSTR id)
{
    return registry->buckets[name_hash(id) % BUCKETS];
}

static bool is_called(const struct provider *provider, LPCWSTR name)
{
    LPCWSTR alias;

    if (names_equal(provider->name, name)) return true;
    for (alias = provider->aliases; *alias; alias += name_length(alias) + 1)
    {
        if (names_equal(alias, name)) return true;
    }
    return false;
}

/* Whether one that serves the algorithm has that very name, before which no alias counts. */
static bool is_name(const struct provider_registry *registry, LPCWSTR id, LPCWSTR name)
{
    ULONG place = first_place(registry, id);
    struct provider_entry *entry;

    while ((entry = next_named(registry, id, &place)))
    {
        if (names_equal(entry->calls.provider->name, name)) return true;
    }
    return false;
}

__attribute__((noinline)) NTSTATUS
provider_find(LPCWSTR id, LPCWSTR provider, const struct provider_calls *after,
              const struct provider_calls **calls)
{
    const struct provider_registry *registry = provider_registry_get();
    NTSTATUS status = STATUS_NOT_FOUND, loaded;
    struct provider_entry *entry;
    ULONG place;
    bool named;

    if (!registry) return STATUS_NO_MEMORY;
    named = provider && is_name(registry, id, provider);
    place = first_place(registry, id);
    while ((entry = next_named(registry, id, &place)))
    {
        if (after)
        {
            if (after == &entry->calls) after = NULL;
            continue;
        }
        if (named && !names_equal(entry->calls.provider->name, provider)) continue;
        if (provider && !is_called(entry->calls.provider, provider)) continue;
        if ((loaded = provider_load_entry(entry)) && loaded != STATUS_NO_MEMORY) continue;
        if (!(status = loaded)) *calls = &entry->calls;
        break;
    }
    provider_registry_put(registry);
    return status;
}

NTSTATUS provider_find_own(LPCWSTR id, const struct provider_calls **calls)
{
    struct provider_registry *registry = atomic_load_explicit(&own, memory_order_acquire);
    struct provider_entry *entry;
    NTSTATUS status;
    ULONG place;

    if (!registry)
    {
        platform_lock_acquire(&reload_lock);
        registry = need_own();
        platform_lock_release(&reload_lock);
    }
    if (!registry) return STATUS_NO_MEMORY;
    place = first_place(registry, id);
    if (!(entry = next_named(registry, id, &place))) return STATUS_NOT_FOUND;
    if ((status = provider_load_entry(entry))) return status;
    *calls = &entry->calls;
    return STATUS_SUCCESS;
}

bool provider_function_at(const struct provider_registry *registry, ULONG number,
                          struct provider_function *function)
{
    const struct provider_entry *entry, *last = NULL;
    ULONG place;

    for (place = 0; place < registry->count; place++, last = entry)
    {
        entry = registry->places[place].entry;
        if (last && last->calls.interface_id == entry->calls.interface_id &&
            names_equal(last->id, entry->id)) continue;         /* of the next provider */
        if (number--) continue;
        function->id = entry->id;
        function->interface_id = entry->calls.interface_id;
        return true;
    }
    return false;
}

LPCWSTR provider_name_at(const struct provider_registry *registry, LPCWSTR id, ULONG number)
{
    ULONG place = first_place(registry, id), earlier;
    const struct provider *provider;
    struct provider_entry *entry, *other;

    while ((entry = next_named(registry, id, &place)))
    {
        /* One that serves it for two interfaces is named once. */
        provider = entry->calls.provider;
        earlier = first_place(registry, id);
        while ((other = next_named(registry, id, &earlier))->calls.provider != provider) {}
        if (other != entry) continue;
        if (!number--) return provider->name;
    }
    return NULL;
}

void providers_detach(void)
{
    struct known_provider *provider;
    struct provider_registry *registry;
    struct provider_entry *entry;

    atomic_store(&current, NULL);
    atomic_store(&own, NULL);
    while ((registry = registries))
    {
        registries = registry->older;
        platform_heap_free(registry);
    }
    while ((entry = entries))
    {
        entries = entry->next;
        platform_heap_free(entry);
    }
    while ((provider = known_providers) != &primitive_provider)
    {
        known_providers = provider->next;
        platform_heap_free(provider);
    }
}
