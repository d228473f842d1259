/*
 * main.c - the DLL's coming and going, and that of its threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "builtin.h"
#include "platform/base.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "platform/trace.h"
#include "router/algorithm.h"
#include "router/object.h"
#include "router/providers.h"

/* The provider first: it gives memory back; then the objects, whose last references may, too. */
static void thread_detach(void)
{
    provider_thread_detach();
    object_thread_detach();
    algorithm_thread_detach();
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
        trace_attach("bcrypt");
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
        provider_detach();
        thread_detach();
        providers_detach();
        platform_detach();
        break;
    }
    return TRUE;
}

/* Does nothing. bcryptprimitives.dll imports it, and so is not loaded with another bcrypt.dll. */
void WINAPI OpenCngBcryptRequired(void);

void WINAPI OpenCngBcryptRequired(void)
{
}
