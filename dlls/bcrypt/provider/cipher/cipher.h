/*
 * cipher.h - what the parts of the cipher family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_CIPHER_H
#define PROVIDER_PROV_CIPHER_H

#include <stdatomic.h>

#include "crypto/aes/aes.h"
#include "crypto/aes/gcm.h"
#include "crypto/legacy/legacy.h"
#include "provider/common/prov.h"

#define BLOCK_BYTES_MAX 16

struct cipher_algorithm;
struct cipher_key;

/* A call of BCryptEncrypt or BCryptDecrypt. The mode and MessageBlockLength are the key's when it
 * begins: another thread may set them meanwhile. */
struct cipher_call
{
    const struct cipher_mode *mode;
    ULONG message_bytes;
    bool encrypt;
    const UCHAR *input;
    ULONG input_bytes;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info;        /* pPaddingInfo */
    UCHAR *iv;
    ULONG iv_bytes;
    UCHAR *output;
    ULONG output_bytes;
    ULONG *result;
    ULONG flags;
};

/* A chaining mode, or the only way of an algorithm that has none. */
struct cipher_mode
{
    LPCWSTR name;                               /* of the ChainingMode property */
    NTSTATUS (*crypt)(struct cipher_key *key, const struct cipher_call *call);

    /* ECB, CBC and CFB: whole units of a call, iv in and out. */
    void (*run)(struct cipher_key *key, const struct cipher_call *call, UCHAR *iv, UCHAR *output,
                const UCHAR *input, ULONG bytes);
    bool chained;                               /* has an initialization vector */
    /* MessageBlockLength; NULL: has none */
    bool (*message_allowed)(const struct cipher_algorithm *row, ULONG bytes);

    /* Authenticated modes: bytes. */
    ULONG nonce_least, nonce_most;
    BCRYPT_AUTH_TAG_LENGTHS_STRUCT tag;         /* dwMaxLength 0: not an authenticated mode */
    void (*seal)(struct cipher_key *key, const struct cipher_call *call, UCHAR *tag); /* and open */
};

extern const struct cipher_mode mode_ecb, mode_cbc, mode_cfb, mode_gcm, mode_ccm,
                                mode_rc4, mode_xts, mode_chacha;

/* A block cipher below the modes. `bytes` are whole blocks, or whole segments. */
struct cipher_primitive
{
    void (*ecb)(struct cipher_key *key, bool encrypt, UCHAR *output, const UCHAR *input,
                size_t bytes);
    void (*cbc)(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output, const UCHAR *input,
                size_t bytes);
    void (*cfb)(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output, const UCHAR *input,
                size_t bytes, size_t segment_bytes);
};

/* An algorithm of the family: a row of cipher_algorithms. */
struct cipher_algorithm
{
    LPCWSTR id;
    ULONG block_bytes;
    BCRYPT_KEY_LENGTHS_STRUCT key_bits;
    ULONG extended_key_bits;                    /* the most with BCRYPT_EXTENDED_KEYSIZE */
    ULONG strength_percent;                     /* of the key's bits, for KeyStrength; see there */
    ULONG object_bytes;                         /* of struct cipher_key that this cipher uses */
    ULONG secret_offset;                        /* of the key's own bytes in it */
    ULONG schedule_offset;                      /* of what expand makes, to the end; 0: unknown */
    ULONG schedule_bytes;                       /* of memory besides, which expand gets; AES */
    ULONG state_bytes;                          /* of memory besides: see struct cipher_key */
    ULONG message_bytes;                        /* MessageBlockLength, until one is set */
    const struct cipher_mode *modes[6];         /* the first is the default */
    const struct cipher_primitive *primitive;   /* NULL: none below a mode */
    bool (*expand)(struct cipher_key *key);     /* the key schedule; false: no memory */
    ULONG open_flags, key_flags;                /* beyond BCRYPT_EXTENDED_KEYSIZE */
    bool effective_bits;                        /* has an EffectiveKeyLength */
};

/* An open algorithm. */
struct cipher_open
{
    struct prov_object head;
    const struct cipher_algorithm *row;
    const struct cipher_mode *mode;
    ULONG flags;
    ULONG message_bytes;                        /* of keys made from here on */
    ULONG effective_bits;                       /* likewise, RC2 */
};

enum lazy { LAZY_EMPTY, LAZY_BUSY, LAZY_READY };

/*
 * A key. Once it is made these change: `chain`, which calls without an initialization vector go on
 * from; RC4's state; and what BCryptSetProperty sets, the mode, MessageBlockLength and RC2's
 * effective bits, which a call reads once. The things that are made when first needed are published
 * atomically. So many threads can use one key without a lock.
 */
struct cipher_key
{
    struct prov_object head;
    const struct cipher_algorithm *row;
    _Atomic(const struct cipher_mode *) mode;
    ULONG secret_bytes;
    _Atomic uint32_t message_bytes;             /* MessageBlockLength; XTS 0: the whole input */
    _Atomic uint32_t effective_bits;            /* RC2 */
    _Atomic uint64_t chain[2];
    _Atomic uint32_t schedule_state;            /* of what the row's expand makes: enum lazy */
    struct aes_schedule *encrypt;               /* AES's and XTS-AES's, made by expand */
    _Atomic(struct aes_schedule *) decrypt;     /* made at the first call that needs it */
    _Atomic(struct gcm_key *) gcm;              /* made at the first GCM call */
    void *state;                            /* RC4's: larger than programs expect an object to be */
    union
    {
        struct
        {
            UCHAR secret[32];
        } aes;
        struct
        {
            UCHAR secret[64];
            struct aes_schedule encrypt, tweak;
        } xts;
        struct
        {
            UCHAR secret[128];
            ULONG schedule_bits;                /* the effective ones that it was made for */
            struct block8_key schedule;
        } block8;
        struct
        {
            UCHAR secret[256];
        } rc4;
        struct
        {
            UCHAR secret[32];
        } chacha;
    } u;
};

/* Makes the key schedule if it is the first time that it is needed: before any use of it. False if
 * there is no memory. */
bool cipher_make_schedule(struct cipher_key *key);

static inline bool cipher_need_schedule(struct cipher_key *key)
{
    return atomic_load_explicit(&key->schedule_state, memory_order_acquire) == LAZY_READY ||
           cipher_make_schedule(key);
}

static inline const struct cipher_mode *cipher_mode_of(struct cipher_key *key)
{
    return atomic_load_explicit(&key->mode, memory_order_relaxed);
}

static inline ULONG cipher_message_bytes(struct cipher_key *key)
{
    return atomic_load_explicit(&key->message_bytes, memory_order_relaxed);
}

/* Where a key's own bytes are. */
static inline UCHAR *cipher_secret(struct cipher_key *key)
{
    return (UCHAR *)key + key->row->secret_offset;
}

/* Copies a key's own bytes: mostly 16 or 32 of them, for which a call of memcpy is a detour. */
static inline void copy_secret(UCHAR *to, const UCHAR *from, ULONG bytes)
{
    for (; bytes >= 16; to += 16, from += 16, bytes -= 16) memcpy(to, from, 16);
    for (; bytes; bytes--) *to++ = *from++;
}

/* AES's schedule for decryption: the key's, or one in scratch, which the caller wipes. */
const struct aes_schedule *cipher_decrypt_schedule(struct cipher_key *key,
                                                   struct aes_schedule *scratch);

/* A block of 8 or 16 bytes, in one move: it is often read or written as a whole next to this. */
static inline void copy_block(void *to, const void *from, ULONG block_bytes)
{
    if (block_bytes == 16) memcpy(to, from, 16);
    else memcpy(to, from, 8);
}

void cipher_chain_load(struct cipher_key *key, UCHAR *iv);
void cipher_chain_store(struct cipher_key *key, const UCHAR *iv);

/* cipher_blob.c */
NTSTATUS WINAPI cipher_import(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                              LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbKeyObject,
                              ULONG cbKeyObject, PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI cipher_export(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                              LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                              ULONG *pcbResult, ULONG dwFlags);

/* Whether MessageBlockLength may have that value in some mode of the algorithm, or has it at
 * first; whether EffectiveKeyLength may. */
bool cipher_message_bytes_valid(const struct cipher_algorithm *row, ULONG bytes);
bool cipher_effective_bits_valid(ULONG bits);

/* A key of secret bytes, as BCryptGenerateSymmetricKey makes it. */
NTSTATUS cipher_key_new(const struct cipher_open *algorithm, PUCHAR pbKeyObject, ULONG cbKeyObject,
                        const UCHAR *secret, ULONG bytes, ULONG flags, struct cipher_key **key);
void cipher_key_free(struct cipher_key *key);

#endif
