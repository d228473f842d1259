/*
 * holds.h - references that outlive a call.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_HOLDS_H
#define ROUTER_HOLDS_H

#include "router/thread_record.h"

/* A hold for a child, by a thread that uses the parent or another child of it. */
void hold_take(struct thread_record *record, struct slot *parent);

/* Ends a child's hold; record may be NULL. A full barrier: the parent's word is to be looked at. */
void hold_release(struct thread_record *record, struct slot *parent);

/* A hold for a use that has no place in the record, by a thread that has it there for now. */
static inline void hold_pin(struct slot *slot)
{
    atomic_fetch_add(&slot->holds, 1);
}

static inline void hold_unpin(struct slot *slot)
{
    atomic_fetch_sub(&slot->holds, 1);
}

/* Whether there are holds on a slot that was found in no record after it was not LIVE any more. */
bool slot_is_held(struct slot *slot);

/* Takes a slot without holds out of all records, before it is freed. */
void holds_forget(struct slot *slot);

#endif
