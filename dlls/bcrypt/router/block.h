/*
 * block.h - an answer in one block: a structure, with everything that it points to behind it.
 *
 * A block is made from its beginning to its end, in memory that grows and so moves: parts are known
 * by where they begin, and pointers are put right when the block has got its place.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_BLOCK_H
#define ROUTER_BLOCK_H

#include "platform/base.h"

/* {0} is an empty one. It is given back by block_reply or block_free, which empty it. */
struct block
{
    UCHAR *bytes;
    ULONG used, room;
    ULONG *pointers;                            /* where there are pointers */
    ULONG pointer_count, pointer_room;
    bool failed;                                /* there was no memory */
};

/* Where a part begins that was added behind what is there: 0 is the first. data NULL is zeros. */
ULONG block_add(struct block *block, const void *data, ULONG bytes);
ULONG block_add_string(struct block *block, LPCWSTR string);

/* An array of pointers to the names of a list, "" behind the last, which may be NULL. */
ULONG block_add_names(struct block *block, LPCWSTR names, ULONG *count);

/* Writes a number, or a pointer to the part that begins at `target`, into a part. */
void block_set(struct block *block, ULONG member, ULONG value);
void block_point(struct block *block, ULONG member, ULONG target);

void block_free(struct block *block);

/*
 * The output convention of every function with pcbBuffer and ppBuffer. If status is not
 * STATUS_SUCCESS nothing is given and that is the answer. Otherwise *bytes is set, and
 *
 *   STATUS_SUCCESS            *place was NULL and got a block for BCryptFreeBuffer, or it points to
 *                             the caller's buffer of *bytes bytes, which was filled
 *   STATUS_BUFFER_TOO_SMALL   that buffer is too small
 *   asked                     place is NULL: the size was asked for
 *   STATUS_NO_MEMORY          *bytes is as it was
 */
NTSTATUS block_reply(struct block *block, NTSTATUS status, ULONG *bytes, void *place,
                     NTSTATUS asked);

#endif
