/*
 * main.c - the DLL's coming and going, and that of its threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "platform/trace.h"
#include "router/object.h"

/* The objects first: their last references may give memory back. */
static void thread_detach(void)
{
    object_thread_detach();
    memory_thread_detach();
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

/* It has no value of the stack protector's: platform_attach makes a new one. */
__attribute__((no_stack_protector))
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        if (!platform_attach(module)) return FALSE;
        trace_attach("ncrypt");
        break;

    case DLL_THREAD_DETACH:
        thread_detach();
        break;

    case DLL_PROCESS_DETACH:
        if (reserved) break;                    /* the process ends: nothing may be touched */
        thread_detach();
        platform_detach();
        break;
    }
    return TRUE;
}
