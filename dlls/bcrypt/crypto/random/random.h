/*
 * random.h - random bytes: a generator per thread, no lock. docs/random-generator.md is its design.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_RANDOM_H
#define OPENCNG_CRYPTO_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Fills buffer from the calling thread's generator. Any thread, any moment of a process's life.
 * False, and the buffer zeroed, only if the system's entropy fails, a health check does, or the
 * system's entropy asks for random bytes itself twice over: never predictable bytes.
 */
bool random_bytes(void *buffer, size_t bytes);

/*
 * Wipes and frees a thread's generator; state is what the thread's slot holds, or NULL. The slot is
 * left with a mark, so that a later request on this thread makes no new one: leave it there.
 */
void random_thread_detach(void *state);

/* Known answers of the generator, and the checks on its entropy checked. Cheap. The known answers
 * are also looked at whenever a generator is seeded. */
bool random_self_test(void);

/* Makes libcrypto draw from random_bytes(). Once, before anything else asks libcrypto. */
void lc_random_install(void);

#endif
