/*
 * lc_imports.c - what libcrypto wants of DLLs that bcrypt.dll must not import.
 *
 * libcrypto seeds itself from CryptoAPI, writes to the event log and shows message boxes. The first
 * would come back here (rsaenh.dll imports bcrypt.dll) and is never asked for: random numbers are
 * ours (lc_random.c). For the others user32.dll and advapi32.dll would have to be loaded into every
 * process. So the linker finds these functions here: they do nothing and say that they failed.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"

/* The pointer that a call of an imported function goes through, under the linker's name for it. */
#ifdef __x86_64__
#define IMPORT_NAME(function, bytes) "__imp_" #function
#else
#define IMPORT_NAME(function, bytes) "__imp__" #function "@" #bytes
#endif
#define PROVIDE(function, bytes, ours) \
    extern const void *const import_##function; \
    const void *const import_##function __asm__(IMPORT_NAME(function, bytes)) = (const void *)(ours)

static BOOL WINAPI none3(PVOID a, ULONG_PTR b, PVOID c)
{
    (void)a, (void)b, (void)c;
    return FALSE;
}

static BOOL WINAPI none2(PVOID a, ULONG_PTR b)
{
    (void)a, (void)b;
    return FALSE;
}

static BOOL WINAPI none5(PVOID a, PVOID b, PVOID c, ULONG d, ULONG e)
{
    (void)a, (void)b, (void)c, (void)d, (void)e;
    return FALSE;
}

static BOOL WINAPI none9(PVOID a, ULONG b, ULONG c, ULONG d, PVOID e, ULONG f, ULONG g, PVOID h,
                         PVOID i)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h, (void)i;
    return FALSE;
}

static PVOID WINAPI none1(PVOID a)
{
    (void)a;
    return NULL;
}

static PVOID WINAPI none0(void)
{
    return NULL;
}

static int WINAPI none4(PVOID a, PVOID b, PVOID c, ULONG d)
{
    (void)a, (void)b, (void)c, (void)d;
    return 0;
}

PROVIDE(CryptAcquireContextW, 20, none5);
PROVIDE(CryptGenRandom, 12, none3);
PROVIDE(CryptReleaseContext, 8, none2);
PROVIDE(DeregisterEventSource, 4, none1);
PROVIDE(RegisterEventSourceA, 8, none2);
PROVIDE(RegisterEventSourceW, 8, none2);
PROVIDE(ReportEventA, 36, none9);
PROVIDE(ReportEventW, 36, none9);
PROVIDE(GetProcessWindowStation, 0, none0);
PROVIDE(GetUserObjectInformationW, 20, none5);
PROVIDE(MessageBoxW, 16, none4);
