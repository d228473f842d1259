/*
 * chacha_paths.h - a few blocks of a ChaCha20 key stream, number `block` and on, with AVX2.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CHACHA_PATHS_H
#define OPENCNG_CHACHA_PATHS_H

#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
void fast_chacha20_two(uint8_t stream[128], const uint8_t key[32], const uint8_t nonce[12],
                       uint32_t block);
void fast_chacha20_four(uint8_t stream[256], const uint8_t key[32], const uint8_t nonce[12],
                        uint32_t block);
#endif

#endif
