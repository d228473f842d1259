/*
 * prov.c - objects and properties, as every family has them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/common/prov.h"

#include "platform/wipe.h"

static const void *row_at(const struct prov_rows *rows, size_t number)
{
    return (const char *)rows->first + number * rows->row_bytes;
}

static LPCWSTR name_of(const void *row)
{
    return *(const LPCWSTR *)row;
}

const void *prov_find(const struct prov_rows *rows, LPCWSTR name)
{
    size_t i;

    for (i = 0; i < rows->count; i++)
    {
        if (names_equal(name_of(row_at(rows, i)), name)) return row_at(rows, i);
    }
    return NULL;
}

LPCWSTR prov_name(const struct prov_rows *rows, ULONG number)
{
    return number < rows->count ? name_of(row_at(rows, number)) : NULL;
}

/* ---- objects ---- */

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

/* ---- algorithms ---- */

NTSTATUS prov_open(const struct prov_family *family, size_t bytes, ULONG allowed_flags,
                   LPCWSTR pszAlgId, ULONG dwFlags, void *algorithm)
{
    const void *row = prov_find(&family->rows, pszAlgId);
    struct prov_algorithm *opened;
    NTSTATUS status;

    if (!row) return STATUS_NOT_FOUND;
    if (dwFlags & ~allowed_flags) return STATUS_NOT_SUPPORTED;
    if ((status = prov_object_new(PROV_ALGORITHM, bytes, NULL, 0, &opened))) return status;
    opened->family = family;
    opened->row = row;
    memset(opened + 1, 0, bytes - sizeof(*opened));
    *(struct prov_algorithm **)algorithm = opened;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI prov_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)dwFlags;
    prov_object_free(hAlgorithm, ((const struct prov_object *)hAlgorithm)->owned_bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, name_of(((const struct prov_algorithm *)object)->row));
}

static NTSTATUS get_primitive_type(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct prov_algorithm *)object)->family->interface_id);
}

static const struct property algorithm_property_list[] =
{
    { KEPT(BCRYPT_ALGORITHM_NAME), get_name,           NULL },
    { KEPT(BCRYPT_PRIMITIVE_TYPE), get_primitive_type, NULL },
};
const struct properties prov_algorithm_properties = PROPERTIES(algorithm_property_list);

/* ---- properties and exports ---- */

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

static inline __attribute__((always_inline)) const struct property *
property_named(const struct properties *properties, LPCWSTR name)
{
    size_t i;

    for (; properties; properties = properties->next)
    {
        for (i = 0; i < properties->count; i++)
        {
            if (name_is(name, &properties->list[i].name)) return &properties->list[i];
        }
    }
    return NULL;
}

/* Its stack has three words and no array, and needs no guard, which is 2 % of BCryptGetProperty. */
__attribute__((noinline, no_stack_protector)) NTSTATUS
properties_get(const struct properties *properties, void *object, LPCWSTR name, PUCHAR pbOutput,
               ULONG cbOutput, ULONG *pcbResult)
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
    bool found = property && property->set;

    if (!value && !(found && properties->takes_null)) return STATUS_INVALID_PARAMETER;
    if (!found) return STATUS_NOT_SUPPORTED;
    return property->set(object, value, bytes);
}

NTSTATUS property_ulong(const UCHAR *value, ULONG bytes, ULONG *number)
{
    if (!value || bytes != sizeof(*number)) return STATUS_INVALID_PARAMETER;
    memcpy(number, value, sizeof(*number));
    return STATUS_SUCCESS;
}

NTSTATUS property_name(const UCHAR *value, ULONG bytes, WCHAR name[PROPERTY_NAME_MAX])
{
    const ULONG most = PROPERTY_NAME_MAX * sizeof(WCHAR);

    if (!value || bytes % sizeof(WCHAR)) return STATUS_INVALID_PARAMETER;
    memset(name, 0, most);
    memcpy(name, value, bytes < most ? bytes : most);
    return name[PROPERTY_NAME_MAX - 1] ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}
