/*
 * main.c - the DLL's coming and going, and that of its threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/random/random.h"
#include "platform/base.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "platform/trace.h"
#include "provider/ec/curve.h"
#include "router/algorithm.h"
#include "router/object.h"

/* The generator first: it gives memory back, and leaves a mark that keeps a late caller on this
 * thread from making another; then the objects, whose last references may, too. */
static void thread_detach(void)
{
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    object_thread_detach();
    algorithm_thread_detach();
    memory_thread_detach();
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        if (!platform_attach(module)) return FALSE;
        trace_attach();
        break;

    case DLL_THREAD_DETACH:
        thread_detach();
        break;

    case DLL_PROCESS_DETACH:
        /* When the process ends (reserved is not NULL) its memory goes, and other threads may have
         * been stopped anywhere: nothing may be touched. */
        if (reserved) break;
        algorithm_detach();
        algorithm_thread_detach();
        curves_detach();
        lc_detach();
        thread_detach();
        platform_detach();
        break;
    }
    return TRUE;
}
