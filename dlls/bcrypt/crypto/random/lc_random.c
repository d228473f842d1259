/*
 * lc_random.c - libcrypto's random numbers come from ours.
 *
 * Left alone, libcrypto would seed a generator of its own from CryptGenRandom, which comes back to
 * bcrypt.dll.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/randerr.h>

/* A failure without an error would pass for a lack of memory: see lc_status. */
static int draw(unsigned char *buffer, int bytes)
{
    if (bytes >= 0 && random_bytes(buffer, (size_t)bytes)) return 1;
    ERR_raise(ERR_LIB_RAND, RAND_R_ERROR_RETRIEVING_ENTROPY);
    return 0;
}

static int take_seed(const void *seed, int bytes)
{
    (void)seed, (void)bytes;
    return 1;
}

static int take_entropy(const void *seed, int bytes, double entropy)
{
    (void)seed, (void)bytes, (void)entropy;
    return 1;
}

static int always_ready(void)
{
    return 1;
}

static const RAND_METHOD method =
{
    .seed       = take_seed,
    .bytes      = draw,
    .add        = take_entropy,
    .pseudorand = draw,
    .status     = always_ready,
};

void lc_random_install(void)
{
    RAND_set_rand_method(&method);
}
