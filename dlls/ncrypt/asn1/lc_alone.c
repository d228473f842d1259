/*
 * lc_alone.c - what libcrypto's ASN.1 asks of the rest of libcrypto, so that it comes alone.
 *
 * The decoder is 60 KiB. Its error reports, its names of object identifiers and its big numbers
 * would bring in all providers with it, two megabytes: they are not asked for here, and what the
 * linker wants of them it finds in this file. Memory is ours, which is wiped when it is freed.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include "platform/memory.h"
#include "platform/wipe.h"

/* ---- memory ---- */

void *CRYPTO_malloc(size_t bytes, const char *file, int line)
{
    (void)file, (void)line;
    return bytes ? memory_alloc(bytes) : NULL;
}

void *CRYPTO_zalloc(size_t bytes, const char *file, int line)
{
    void *memory = CRYPTO_malloc(bytes, file, line);

    if (memory) memset(memory, 0, bytes);
    return memory;
}

void *CRYPTO_realloc(void *memory, size_t bytes, const char *file, int line)
{
    (void)file, (void)line;
    return memory_realloc(memory, bytes);
}

void *CRYPTO_clear_realloc(void *memory, size_t old, size_t bytes, const char *file, int line)
{
    (void)old;
    return CRYPTO_realloc(memory, bytes, file, line);
}

void CRYPTO_free(void *memory, const char *file, int line)
{
    (void)file, (void)line;
    memory_free(memory);
}

void CRYPTO_clear_free(void *memory, size_t bytes, const char *file, int line)
{
    (void)bytes;
    CRYPTO_free(memory, file, line);
}

void *CRYPTO_secure_malloc(size_t bytes, const char *file, int line)
{
    return CRYPTO_malloc(bytes, file, line);
}

void CRYPTO_secure_clear_free(void *memory, size_t bytes, const char *file, int line)
{
    CRYPTO_clear_free(memory, bytes, file, line);
}

void OPENSSL_cleanse(void *memory, size_t bytes)
{
    wipe(memory, bytes);
}

void OPENSSL_die(const char *assertion, const char *file, int line)
{
    (void)assertion, (void)file, (void)line;
    abort();
}

CRYPTO_RWLOCK *CRYPTO_THREAD_lock_new(void)
{
    return NULL;                                /* of structures that are shared: there are none */
}

void CRYPTO_THREAD_lock_free(CRYPTO_RWLOCK *lock)
{
    (void)lock;
}

/* ---- error reports: nobody reads them ---- */

void ERR_new(void)
{
}

void ERR_set_debug(const char *file, int line, const char *function)
{
    (void)file, (void)line, (void)function;
}

void ERR_set_error(int library, int reason, const char *format, ...)
{
    (void)library, (void)reason, (void)format;
}

void ERR_add_error_data(int count, ...)
{
    (void)count;
}

/* ---- object identifiers: they are compared as bytes ---- */

ASN1_OBJECT *OBJ_nid2obj(int number)
{
    (void)number;
    return NULL;
}

int OBJ_obj2nid(const ASN1_OBJECT *object)
{
    (void)object;
    return NID_undef;
}

int OBJ_obj2txt(char *text, int room, const ASN1_OBJECT *object, int no_name)
{
    (void)text, (void)room, (void)object, (void)no_name;
    return -1;
}

/* ---- printing, and numbers as BIGNUM ---- */

int BIO_write(BIO *bio, const void *data, int bytes)
{
    (void)bio, (void)data, (void)bytes;
    return -1;
}

int BIO_dump(BIO *bio, const void *data, int bytes)
{
    (void)bio, (void)data, (void)bytes;
    return -1;
}

BIGNUM *BN_new(void)
{
    return NULL;
}

void BN_free(BIGNUM *number)
{
    (void)number;
}

BIGNUM *BN_bin2bn(const unsigned char *bytes, int count, BIGNUM *number)
{
    (void)bytes, (void)count, (void)number;
    return NULL;
}

int BN_bn2bin(const BIGNUM *number, unsigned char *bytes)
{
    (void)number, (void)bytes;
    return 0;
}

int BN_num_bits(const BIGNUM *number)
{
    (void)number;
    return 0;
}

int BN_is_zero(const BIGNUM *number)
{
    (void)number;
    return 1;
}

int BN_is_negative(const BIGNUM *number)
{
    (void)number;
    return 0;
}

void BN_set_negative(BIGNUM *number, int is_negative)
{
    (void)number, (void)is_negative;
}

int BN_set_word(BIGNUM *number, BN_ULONG word)
{
    (void)number, (void)word;
    return 0;
}

int BN_add_word(BIGNUM *number, BN_ULONG word)
{
    (void)number, (void)word;
    return 0;
}

int BN_mul_word(BIGNUM *number, BN_ULONG word)
{
    (void)number, (void)word;
    return 0;
}

BN_ULONG BN_div_word(BIGNUM *number, BN_ULONG word)
{
    (void)number, (void)word;
    return (BN_ULONG)-1;
}

/* libcrypto's own, for names; its header is not public. */
const void *ossl_bsearch(const void *key, const void *base, int count, int bytes,
                         int (*compare)(const void *, const void *), int flags);

const void *ossl_bsearch(const void *key, const void *base, int count, int bytes,
                         int (*compare)(const void *, const void *), int flags)
{
    (void)key, (void)base, (void)count, (void)bytes, (void)compare, (void)flags;
    return NULL;
}
