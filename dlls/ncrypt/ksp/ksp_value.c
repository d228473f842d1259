/*
 * ksp_value.c - what was set on a key and is kept as it came.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "platform/memory.h"

static size_t value_room(const struct ksp_value *value)
{
    return sizeof(*value) + name_bytes(value->name) + value->bytes;
}

struct ksp_value *ksp_value_find(struct ksp_key *key, LPCWSTR name, bool custom)
{
    struct ksp_value *value;

    for (value = key->values; value; value = value->next)
    {
        if (value->custom == custom && names_equal(value->name, name)) return value;
    }
    return NULL;
}

SECURITY_STATUS ksp_value_put(struct ksp_key *key, LPCWSTR name, bool custom, bool kept,
                              const void *data, ULONG bytes)
{
    struct ksp_value *value, *old = ksp_value_find(key, name, custom), **link;
    ULONG name_size = name_bytes(name);

    if (!(value = memory_get(sizeof(*value) + name_size + bytes))) return NTE_NO_MEMORY;
    value->custom = custom;
    value->kept = kept;
    value->bytes = bytes;
    memcpy(value->name, name, name_size);
    value->data = (uint8_t *)value->name + name_size;
    if (bytes) memcpy(value->data, data, bytes);

    for (link = &key->values; *link && *link != old; link = &(*link)->next) {}
    value->next = old ? old->next : NULL;
    *link = value;
    if (old) memory_put(old, value_room(old));
    return 0;
}

void ksp_values_free(struct ksp_key *key)
{
    struct ksp_value *value;

    while ((value = key->values))
    {
        key->values = value->next;
        memory_put(value, value_room(value));
    }
}
