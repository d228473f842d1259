/*
 * prov.c - objects and properties, as every family has them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/common/prov.h"

#include "platform/wipe.h"

const void *prov_find(const void *rows, size_t count, size_t row_bytes, LPCWSTR id)
{
    const char *row = rows;

    for (; count; count--, row += row_bytes)
    {
        if (names_equal(*(const LPCWSTR *)(const void *)row, id)) return row;
    }
    return NULL;
}

NTSTATUS prov_object_new(enum prov_kind kind, size_t bytes, PUCHAR buffer, ULONG buffer_bytes,
                         void *object)
{
    struct prov_object *head;
    size_t skip;

    if (buffer)
    {
        skip = -(ULONG_PTR)buffer & (PROV_ALIGNMENT - 1);
        if (buffer_bytes < skip + bytes) return STATUS_BUFFER_TOO_SMALL;
        head = (struct prov_object *)(void *)(buffer + skip);
        head->owned_bytes = 0;
    }
    else
    {
        if (!(head = memory_get(bytes))) return STATUS_NO_MEMORY;
        head->owned_bytes = (ULONG)bytes;
    }
    head->kind = kind;
    *(void **)object = head;
    return STATUS_SUCCESS;
}

void prov_object_free(void *object, size_t bytes)
{
    struct prov_object *head = object;
    ULONG owned_bytes;

    if (!head) return;
    owned_bytes = head->owned_bytes;
    wipe(head, bytes);
    wipe_registers();
    if (owned_bytes) memory_put_clean(head, owned_bytes);
}

NTSTATUS reply_room(const struct reply *reply, ULONG bytes, PUCHAR *room)
{
    *reply->pcbResult = bytes;
    *room = NULL;
    if (!reply->pbOutput) return STATUS_SUCCESS;
    if (reply->cbOutput < bytes) return STATUS_BUFFER_TOO_SMALL;
    *room = reply->pbOutput;
    return STATUS_SUCCESS;
}

NTSTATUS reply_bytes(const struct reply *reply, const void *value, ULONG bytes)
{
    NTSTATUS status;
    PUCHAR room;

    status = reply_room(reply, bytes, &room);
    if (room) memcpy(room, value, bytes);
    return status;
}

NTSTATUS reply_ulong(const struct reply *reply, ULONG value)
{
    return reply_bytes(reply, &value, sizeof(value));
}

NTSTATUS reply_name(const struct reply *reply, LPCWSTR name)
{
    return reply_bytes(reply, name, name_bytes(name));
}

static const struct property *property_named(const struct properties *properties, LPCWSTR name)
{
    size_t i;

    for (i = 0; i < properties->count; i++)
    {
        if (names_equal(properties->list[i].name, name)) return &properties->list[i];
    }
    return NULL;
}

NTSTATUS properties_get(const struct properties *properties, void *object, LPCWSTR name,
                        PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult)
{
    const struct property *property = property_named(properties, name);
    struct reply reply = { pbOutput, cbOutput, pcbResult };

    if (!property || !property->get) return STATUS_NOT_SUPPORTED;
    return property->get(object, &reply);
}

NTSTATUS properties_set(const struct properties *properties, void *object, LPCWSTR name,
                        const UCHAR *value, ULONG bytes)
{
    const struct property *property = property_named(properties, name);

    if (!property || !property->set) return STATUS_NOT_SUPPORTED;
    return property->set(object, value, bytes);
}

NTSTATUS property_ulong(const UCHAR *value, ULONG bytes, ULONG *number)
{
    if (!value || bytes != sizeof(*number)) return STATUS_INVALID_PARAMETER;
    memcpy(number, value, sizeof(*number));
    return STATUS_SUCCESS;
}
