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

struct ksp_value *ksp_value_new(LPCWSTR name, bool custom, bool kept, const void *data, ULONG bytes)
{
    ULONG name_size = name_bytes(name);
    struct ksp_value *value = memory_get(sizeof(*value) + name_size + bytes);

    if (!value) return NULL;
    value->custom = custom;
    value->kept = kept;
    value->bytes = bytes;
    memcpy(value->name, name, name_size);
    value->data = (uint8_t *)value->name + name_size;
    if (bytes) memcpy(value->data, data, bytes);
    return value;
}

void ksp_value_free(struct ksp_value *value)
{
    if (value) memory_put(value, value_room(value));
}

struct ksp_value *ksp_value_swap(struct ksp_key *key, struct ksp_value *in, struct ksp_value *out)
{
    struct ksp_value **link, *next;

    for (link = &key->values; *link && *link != out; link = &(*link)->next) {}
    next = out ? out->next : NULL;
    if (in) in->next = next;
    *link = in ? in : next;
    return out;
}

SECURITY_STATUS ksp_value_put(struct ksp_key *key, LPCWSTR name, bool custom, bool kept,
                              const void *data, ULONG bytes)
{
    struct ksp_value *value = ksp_value_new(name, custom, kept, data, bytes);

    if (!value) return NTE_NO_MEMORY;
    ksp_value_free(ksp_value_swap(key, value, ksp_value_find(key, name, custom)));
    return 0;
}

void ksp_values_free(struct ksp_key *key)
{
    struct ksp_value *value;

    while ((value = key->values))
    {
        key->values = value->next;
        ksp_value_free(value);
    }
}
