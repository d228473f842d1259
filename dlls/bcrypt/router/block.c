/*
 * block.c - an answer in one block: a structure, with everything that it points to behind it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/block.h"

#include "platform/names.h"
#include "platform/platform.h"

#define BLOCK_LIMIT 0x10000000                  /* bytes; no configuration comes near it */

/* More room for an array of `used` elements; NULL if there is no memory. */
static void *grown(void *old, ULONG used, ULONG room, size_t element)
{
    void *array = platform_heap_alloc(room * element);

    if (array && used) memcpy(array, old, used * element);
    if (array) platform_heap_free(old);
    return array;
}

static ULONG add(struct block *block, const void *data, ULONG bytes, ULONG alignment)
{
    ULONG at = (block->used + alignment - 1) & ~(alignment - 1), room;
    UCHAR *larger;

    if (block->failed || bytes > BLOCK_LIMIT || at > BLOCK_LIMIT)
    {
        block->failed = true;
        return 0;
    }
    if (!block->bytes || at + bytes > block->room)
    {
        room = 2 * (at + bytes) + 256;
        if (!(larger = grown(block->bytes, block->used, room, 1)))
        {
            block->failed = true;
            return 0;
        }
        block->bytes = larger;
        block->room = room;
    }
    memset(block->bytes + block->used, 0, at + bytes - block->used);
    if (data && bytes) memcpy(block->bytes + at, data, bytes);
    block->used = at + bytes;
    return at;
}

ULONG block_add(struct block *block, const void *data, ULONG bytes)
{
    return add(block, data, bytes, sizeof(void *));
}

ULONG block_add_string(struct block *block, LPCWSTR string)
{
    return add(block, string, name_bytes(string), sizeof(WCHAR));
}

ULONG block_add_names(struct block *block, LPCWSTR names, ULONG *count)
{
    ULONG array, i;
    LPCWSTR name;

    *count = 0;
    for (name = names; name && *name; name += name_length(name) + 1) ++*count;
    array = block_add(block, NULL, *count * (ULONG)sizeof(PWSTR));
    for (name = names, i = 0; i < *count; name += name_length(name) + 1, i++)
    {
        block_point(block, array + i * (ULONG)sizeof(PWSTR), block_add_string(block, name));
    }
    return array;
}

void block_set(struct block *block, ULONG member, ULONG value)
{
    if (!block->failed) memcpy(block->bytes + member, &value, sizeof(value));
}

void block_point(struct block *block, ULONG member, ULONG target)
{
    ULONG_PTR value = target;
    ULONG room, *larger;

    if (block->failed) return;
    if (block->pointer_count == block->pointer_room)
    {
        room = 2 * block->pointer_room + 32;
        if (!(larger = grown(block->pointers, block->pointer_count, room, sizeof(ULONG))))
        {
            block->failed = true;
            return;
        }
        block->pointers = larger;
        block->pointer_room = room;
    }
    block->pointers[block->pointer_count++] = member;
    memcpy(block->bytes + member, &value, sizeof(value));
}

void block_free(struct block *block)
{
    platform_heap_free(block->bytes);
    platform_heap_free(block->pointers);
    memset(block, 0, sizeof(*block));
}

/* Copies the block to its place, for which its pointers are put right. */
static void settle(const struct block *block, UCHAR *place)
{
    ULONG_PTR value;
    ULONG i;

    if (block->used) memcpy(place, block->bytes, block->used);
    for (i = 0; i < block->pointer_count; i++)
    {
        memcpy(&value, place + block->pointers[i], sizeof(value));
        value += (ULONG_PTR)place;
        memcpy(place + block->pointers[i], &value, sizeof(value));
    }
}

NTSTATUS block_reply(struct block *block, NTSTATUS status, ULONG *bytes, void *place,
                     NTSTATUS asked)
{
    ULONG room = *bytes;
    void *buffer = NULL;

    if (!status && block->failed) status = STATUS_NO_MEMORY;
    if (status) goto done;

    if (place) memcpy(&buffer, place, sizeof(buffer));
    if (place && !buffer)
    {
        status = STATUS_NO_MEMORY;
        room = block->used;
        if (!(buffer = platform_heap_alloc(room ? room : 1))) goto done;
        memcpy(place, &buffer, sizeof(buffer));
    }
    *bytes = block->used;
    status = asked;
    if (!place) goto done;

    status = STATUS_BUFFER_TOO_SMALL;
    if (room < block->used) goto done;
    settle(block, buffer);
    status = STATUS_SUCCESS;

done:
    block_free(block);
    return status;
}
