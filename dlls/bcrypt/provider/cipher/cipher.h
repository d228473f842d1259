/*
 * cipher.h - what the parts of the cipher family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_CIPHER_H
#define PROVIDER_CIPHER_H

#include <stdatomic.h>

#include "crypto/aes/aes.h"
#include "crypto/aes/gcm.h"
#include "crypto/legacy/legacy.h"
#include "provider/common/prov.h"

#define BLOCK_BYTES_MAX 16

struct cipher_row;
struct cipher_key;

/* A call of BCryptEncrypt or BCryptDecrypt. What other threads may set at any time is read once. */
struct cipher_call
{
    bool encrypt;
    const struct cipher_mode *mode;
    ULONG message_bytes;
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

    /* ECB, CBC and CFB: whole units, iv in and out. */
    void (*run)(struct cipher_key *key, const struct cipher_call *call, UCHAR *iv, UCHAR *output,
                const UCHAR *input, ULONG bytes);
    bool chained;                               /* has an initialization vector */
    bool segments;                              /* without padding: of MessageBlockLength */
    /* MessageBlockLength; NULL: has none */
    bool (*message_allowed)(const struct cipher_row *row, ULONG bytes);

    /* Authenticated modes: bytes. */
    ULONG nonce_least, nonce_most;
    BCRYPT_AUTH_TAG_LENGTHS_STRUCT tag;         /* dwMaxLength 0: not an authenticated mode */
    void (*seal)(struct cipher_key *key, const struct cipher_call *call, UCHAR *tag); /* and open */
    bool calls_chain;                           /* BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG */
    bool length_beside_nonce;                   /* in one block of 16, with a byte of flags */
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

/* An algorithm of the family: a row of cipher_rows. */
struct cipher_row
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

/* What keys get from their algorithm, and what can be set of both while other threads use them. */
struct cipher_settings
{
    _Atomic(const struct cipher_mode *) mode;
    _Atomic uint32_t message_bytes;             /* MessageBlockLength; XTS 0: the whole input */
    _Atomic uint32_t effective_bits;            /* EffectiveKeyLength, RC2 */
};

static inline void cipher_settings_store(struct cipher_settings *settings,
                                         const struct cipher_mode *mode, ULONG message_bytes,
                                         ULONG effective_bits)
{
    atomic_init(&settings->mode, mode);
    atomic_init(&settings->message_bytes, message_bytes);
    atomic_init(&settings->effective_bits, effective_bits);
}

static inline void cipher_settings_copy(struct cipher_settings *to,
                                        const struct cipher_settings *from)
{
    cipher_settings_store(to, atomic_load_explicit(&from->mode, memory_order_relaxed),
                          atomic_load_explicit(&from->message_bytes, memory_order_relaxed),
                          atomic_load_explicit(&from->effective_bits, memory_order_relaxed));
}

static inline const struct cipher_mode *cipher_settings_mode(const struct cipher_settings *settings)
{
    return atomic_load_explicit(&settings->mode, memory_order_relaxed);
}

/* An open algorithm. */
struct cipher_algorithm
{
    struct prov_algorithm prov;                 /* its row: struct cipher_row */
    ULONG flags;
    struct cipher_settings settings;            /* of keys made from here on */
};

static inline const struct cipher_row *cipher_row_of(const struct cipher_algorithm *algorithm)
{
    return algorithm->prov.row;
}

enum lazy { LAZY_EMPTY, LAZY_BUSY, LAZY_READY };

/*
 * A key. Only `chain`, which calls without an initialization vector go on from, RC4's state and
 * the settings change once it is made; the things that are made when first needed are
 * published atomically. So many threads can use one key without a lock.
 */
struct cipher_key
{
    struct prov_object head;
    const struct cipher_row *row;
    ULONG secret_bytes;
    struct cipher_settings settings;
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

/* cipher_schedule.c */
extern const struct cipher_primitive aes_primitive, block8_primitive;
bool cipher_expand_aes(struct cipher_key *key);
bool cipher_expand_xts(struct cipher_key *key);
bool cipher_expand_des(struct cipher_key *key);
bool cipher_expand_des3(struct cipher_key *key);
bool cipher_expand_des3_112(struct cipher_key *key);
bool cipher_expand_desx(struct cipher_key *key);
bool cipher_expand_rc2(struct cipher_key *key);
bool cipher_expand_rc4(struct cipher_key *key);
bool cipher_expand_nothing(struct cipher_key *key);

/* Makes the key schedule if it is the first time that it is needed: before any use of it. False if
 * there is no memory. */
bool cipher_make_schedule(struct cipher_key *key);

static inline bool cipher_need_schedule(struct cipher_key *key)
{
    return atomic_load_explicit(&key->schedule_state, memory_order_acquire) == LAZY_READY ||
           cipher_make_schedule(key);
}

static inline const struct cipher_mode *cipher_mode_of(const struct cipher_key *key)
{
    return cipher_settings_mode(&key->settings);
}

static inline ULONG cipher_message_bytes_of(const struct cipher_key *key)
{
    return atomic_load_explicit(&key->settings.message_bytes, memory_order_relaxed);
}

static inline ULONG cipher_effective_bits_of(const struct cipher_key *key)
{
    return atomic_load_explicit(&key->settings.effective_bits, memory_order_relaxed);
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
NTSTATUS WINAPI cipher_import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                  LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbKeyObject,
                                  ULONG cbKeyObject, PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI cipher_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                  LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                  ULONG *pcbResult, ULONG dwFlags);

/* cipher_key.c */
NTSTATUS WINAPI cipher_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                    PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                    ULONG cbSecret, ULONG dwFlags);
NTSTATUS WINAPI cipher_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                     PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags);
NTSTATUS WINAPI cipher_destroy_key(BCRYPT_KEY_HANDLE hKey);

/* cipher_property.c */
NTSTATUS WINAPI cipher_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                    ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI cipher_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags);

/* Whether MessageBlockLength may have that value in some mode of the algorithm, or has it at
 * first; whether EffectiveKeyLength may. */
bool cipher_message_bytes_valid(const struct cipher_row *row, ULONG bytes);
bool cipher_effective_bits_valid(ULONG bits);

/* A key of secret bytes, as BCryptGenerateSymmetricKey makes it. */
NTSTATUS cipher_key_new(const struct cipher_algorithm *algorithm,
                        const struct cipher_settings *settings, PUCHAR pbKeyObject,
                        ULONG cbKeyObject, const UCHAR *secret, ULONG bytes, ULONG flags,
                        struct cipher_key **key);
void cipher_key_free(struct cipher_key *key);

#endif
