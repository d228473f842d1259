/*
 * lc.h - libcrypto as a whole: making it ready, ending it, its errors.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_LC_H
#define CRYPTO_LC_H

#include "platform/base.h"

/*
 * Makes libcrypto ready: its memory from platform/memory.h, its random numbers from ours, no
 * configuration files, no atexit handler. Called before anything of it that allocates (BN, EVP,
 * RSA, EC...); a few nanoseconds when it is ready. Not needed for the bare digests and ciphers.
 *
 *   STATUS_SUCCESS, STATUS_NO_MEMORY
 */
NTSTATUS lc_ready(void);

/* Ends libcrypto when the DLL is unloaded and the process goes on. */
void lc_detach(void);

/*
 * The status for libcrypto's last failure on this thread; empties its error queue.
 *
 *   STATUS_NO_MEMORY         it ran out of memory, or recorded no error, for which it had none
 *   STATUS_INTERNAL_ERROR    anything else: arguments were checked before
 *
 * function names the call that failed, for the debug log.
 */
NTSTATUS lc_status(const char *function);

/* How often libcrypto asked for memory and got none, on any thread: it may have lost the error that
 * said so by the time a caller learns of a failure. */
unsigned int lc_memory_failures(void);

/* Empties the error queue after a failure that is an answer, such as a signature that is wrong. */
void lc_forget_errors(void);

#endif
