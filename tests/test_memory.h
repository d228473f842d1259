/*
 * test_memory.h - secrets to be looked for in the process's memory and in the registers.
 *
 * A test's own copy of a secret is masked while memory is searched: see memory_copies().
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_MEMORY_H
#define TESTS_TEST_MEMORY_H

#include "expect.h"

#ifdef __x86_64__
#define CALL_REGISTERS 6                        /* that a call need not leave as they were */
#else
#define CALL_REGISTERS 12                       /* xmm0 to xmm7, and mm0 to mm7 in pairs */
#endif

/*
 * The registers as a call left them, put where a search finds them. The next call into the system
 * may do the same, and nobody wipes that copy: Wine saves them all in the thread's second stack,
 * where they stay until the call after that.
 */
static UCHAR saved_registers[CALL_REGISTERS][16];

/* Given a call, saves the registers right after it. */
static inline NTSTATUS saved(NTSTATUS status)
{
    __asm__ volatile("movups %%xmm0, (%0)\n\tmovups %%xmm1, 16(%0)\n\tmovups %%xmm2, 32(%0)\n\t"
                     "movups %%xmm3, 48(%0)\n\tmovups %%xmm4, 64(%0)\n\tmovups %%xmm5, 80(%0)"
                     : : "r"(saved_registers) : "memory");
#ifndef __x86_64__
    __asm__ volatile("movups %%xmm6, 96(%0)\n\tmovups %%xmm7, 112(%0)\n\t"
                     "movq %%mm0, 128(%0)\n\tmovq %%mm1, 136(%0)\n\tmovq %%mm2, 144(%0)\n\t"
                     "movq %%mm3, 152(%0)\n\tmovq %%mm4, 160(%0)\n\tmovq %%mm5, 168(%0)\n\t"
                     "movq %%mm6, 176(%0)\n\tmovq %%mm7, 184(%0)\n\temms"
                     : : "r"(saved_registers) : "memory");
#endif
    return status;
}

/* The same, and they must be empty: what a key goes through on its way is as good as the key, and
 * no search knows what that looks like. */
#define cleared(call) cleared_at(__FILE__, __LINE__, saved(call))
static inline NTSTATUS cleared_at(const char *file, int line, NTSTATUS status)
{
    static const UCHAR zeros[sizeof(saved_registers)];

    expect_bytes_at(file, line, "the registers", (UCHAR *)saved_registers, zeros, sizeof(zeros));
    return status;
}

/* A random secret, masked. */
static UCHAR secret[64];

static inline void new_secret(void)
{
    expect_status(BCryptGenRandom(NULL, secret, sizeof(secret), BCRYPT_USE_SYSTEM_PREFERRED_RNG),
                  STATUS_SUCCESS);
    mask(secret, sizeof(secret));
}

/* Copies of any part of a masked secret: of 8 bytes where it stood in the secret, in the order of
 * memory and as words of 4 and of 8 bytes, which numbers and hash functions consist of, and all of
 * these with HMAC's pads. */
static inline unsigned int secret_copies(const UCHAR *masked, size_t bytes)
{
    static const UCHAR pads[] = { 0, 0x36, 0x5c }, turns[] = { 0, 3, 7 };
    UCHAR parts[128 / 8 * ARRAY_SIZE(pads) * ARRAY_SIZE(turns)][8];
    size_t count = 0, at, pad, turn, i;

    expect_at_most(bytes, 128);
    for (at = 0; at + 8 <= bytes; at += 8)
    {
        for (pad = 0; pad < ARRAY_SIZE(pads); pad++)
        {
            for (turn = 0; turn < ARRAY_SIZE(turns); turn++, count++)
            {
                for (i = 0; i < 8; i++)
                {
                    parts[count][i] = masked[at + (i ^ turns[turn])] ^ pads[pad];
                }
            }
        }
    }
    return memory_copies_of(parts, sizeof(parts[0]), count);
}

/* Calls from that far down the stack that a search afterwards does not come there: what is below
 * the exports is searched as they left it. */
static __attribute__((noinline, unused)) void from_deep_down(void (*call)(int row), int row)
{
    UCHAR room[8192];

    SecureZeroMemory(room, sizeof(room));
    call(row);
    SecureZeroMemory(room, 1);                  /* or the call would be given this frame */
}

/* Calls of some depth, so that what earlier ones left on the stack is overwritten: the stack below
 * the exports is theirs to wipe, but not that of Check and of printf. */
static inline void use_stack(void)
{
    volatile UCHAR stack[8192];
    size_t i;

    for (i = 0; i < sizeof(stack); i++) stack[i] = 0;
}

#endif
