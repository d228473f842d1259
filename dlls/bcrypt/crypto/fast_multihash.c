/*
 * fast_multihash.c - several messages hashed at once.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/multihash.h"

void multihash_update(const struct digest *digest, struct multihash_operation *operations,
                      size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        digest_update(digest, operations[i].state, operations[i].data, operations[i].bytes);
    }
}
