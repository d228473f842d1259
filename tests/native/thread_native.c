/*
 * thread_native.c - what DllMain does when a thread ends, for the native build's threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "builtin.h"
#include "native.h"
#include "platform/memory.h"
#include "router/algorithm.h"
#include "router/object.h"

void native_thread_detach(void)
{
    provider_thread_detach();
    object_thread_detach();
    algorithm_thread_detach();
    memory_thread_detach();
}
