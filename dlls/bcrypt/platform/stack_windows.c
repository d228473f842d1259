/*
 * stack_windows.c - what -fstack-protector-strong compiles into functions: a value behind their
 * arrays, and where they go when it has changed.
 *
 * libssp's would import advapi32. As Microsoft's compilers do it, the value is made of what differs
 * between processes and their starts, while the DLL is being loaded and nobody has called it yet.
 * Its lowest byte is 0, where strings end.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"
#include "platform/stack_windows.h"

#define FAST_FAIL_STACK_COOKIE_CHECK_FAILURE 2          /* winnt.h */
#define EXCEPTION_STACK_BUFFER_OVERRUN 0xc0000409u

uintptr_t __stack_chk_guard = (uintptr_t)0x2b992ddfa2325a00u;

__attribute__((no_stack_protector)) void stack_guard_attach(void *module)
{
    LARGE_INTEGER counter = { .QuadPart = 0 };
    FILETIME time;
    uint64_t guard;

    GetSystemTimeAsFileTime(&time);
    QueryPerformanceCounter(&counter);
    guard = (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
    guard ^= (uint64_t)counter.QuadPart << 23 ^ (uint64_t)counter.QuadPart >> 41;
    guard ^= __builtin_ia32_rdtsc() * 0x9e3779b97f4a7c15u;
    guard ^= (uint64_t)(uintptr_t)module ^ (uint64_t)(uintptr_t)&guard << 16;
    guard ^= (uint64_t)GetCurrentProcessId() << 32 ^ GetCurrentThreadId();
    guard ^= *(const volatile uint32_t *)(uintptr_t)0x7ffe0330;  /* KUSER_SHARED_DATA.Cookie */
    guard *= 0xd6e8feb86659fd93u;
    guard ^= guard >> 32;
    __stack_chk_guard = (uintptr_t)guard & ~(uintptr_t)0xff;
}

/* Not through any handler that the overrun may have written. */
void __stack_chk_fail(void)
{
    __asm__ volatile("int $0x29" : : "c"(FAST_FAIL_STACK_COOKIE_CHECK_FAILURE) : "memory");
    TerminateProcess(GetCurrentProcess(), EXCEPTION_STACK_BUFFER_OVERRUN);
    __builtin_trap();
}
