/*
 * example_provider.c - what the example's four algorithms have in common.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

NTSTATUS algorithm_open(const struct algorithm *algorithm, BCRYPT_ALG_HANDLE *phAlgorithm,
                        LPCWSTR pszAlgId, ULONG dwFlags)
{
    if (wcscmp(pszAlgId, algorithm->id)) return STATUS_NOT_FOUND;
    if (dwFlags) return STATUS_NOT_SUPPORTED;
    *phAlgorithm = (BCRYPT_ALG_HANDLE)(uintptr_t)algorithm;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI example_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm;
    return dwFlags ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

/* ---- properties ---- */

static const struct property *find_property(BCRYPT_HANDLE hObject, LPCWSTR name)
{
    const struct algorithm *algorithm = *(const struct algorithm **)hObject;
    size_t i;

    for (i = 0; i < algorithm->property_count; i++)
    {
        if (!wcscmp(algorithm->properties[i].name, name)) return &algorithm->properties[i];
    }
    return NULL;
}

NTSTATUS reply(const void *value, ULONG bytes, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult)
{
    *pcbResult = bytes;
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < bytes) return STATUS_BUFFER_TOO_SMALL;
    memcpy(pbOutput, value, bytes);
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI example_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                     ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    const struct algorithm *algorithm = *(const struct algorithm **)hObject;
    const struct property *property;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (!wcscmp(pszProperty, BCRYPT_ALGORITHM_NAME))
        return reply(algorithm->id, (ULONG)((wcslen(algorithm->id) + 1) * sizeof(WCHAR)), pbOutput,
                     cbOutput, pcbResult);
    if (!(property = find_property(hObject, pszProperty))) return STATUS_NOT_SUPPORTED;
    return reply(property->value, property->bytes, pbOutput, cbOutput, pcbResult);
}

NTSTATUS WINAPI example_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags)
{
    const struct property *property = find_property(hObject, pszProperty);

    if (!property) return STATUS_NOT_SUPPORTED;
    if (dwFlags || !pbInput || cbInput != property->bytes ||
        memcmp(pbInput, property->value, cbInput)) return STATUS_INVALID_PARAMETER;
    return STATUS_SUCCESS;
}

/* ---- memory ---- */

void *memory_new(size_t bytes)
{
    return HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, bytes);
}

void memory_free(void *memory, size_t bytes)
{
    if (!memory) return;
    SecureZeroMemory(memory, bytes);
    HeapFree(GetProcessHeap(), 0, memory);
}

void *object_new(const struct algorithm *algorithm, PUCHAR lent, ULONG lent_bytes, size_t bytes)
{
    struct object *object = lent ? (struct object *)(void *)lent : memory_new(bytes);

    if ((lent && lent_bytes < bytes) || !object) return NULL;
    memset(object, 0, bytes);
    object->algorithm = algorithm;
    object->bytes = (ULONG)bytes;
    object->owned = !lent;
    return object;
}

void object_free(struct object *object)
{
    if (object->owned) memory_free(object, object->bytes);
    else SecureZeroMemory(object, object->bytes);
}

bool bytes_equal(const void *left, const void *right, size_t bytes)
{
    const volatile UCHAR *one = left, *other = right;
    UCHAR difference = 0;

    while (bytes--) difference |= *one++ ^ *other++;
    return !difference;
}
