/*
 * thread_native.c - what DllMain does when a thread ends, for the native build's threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"
#include "native.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "router/algorithm.h"
#include "router/object.h"

void native_thread_detach(void)
{
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    object_thread_detach();
    algorithm_thread_detach();
    memory_thread_detach();
}
