/*
 * cipher_schedule.c - key schedules, made when they are needed, and the block ciphers on them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#include "platform/platform.h"
#include "platform/wipe.h"

/* ---- schedules ---- */

bool cipher_expand_aes(struct cipher_key *key)
{
    if (!(key->encrypt = memory_get(sizeof(*key->encrypt)))) return false;
    aes_expand_encrypt(key->encrypt, key->u.aes.secret, key->secret_bytes);
    return true;
}

bool cipher_expand_xts(struct cipher_key *key)
{
    ULONG half = key->secret_bytes / 2;

    key->encrypt = &key->u.xts.encrypt;
    aes_expand_encrypt(key->encrypt, key->u.xts.secret, half);
    aes_expand_encrypt(&key->u.xts.tweak, key->u.xts.secret + half, half);
    return true;
}

bool cipher_expand_des(struct cipher_key *key)
{
    block8_init_des(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

bool cipher_expand_des3(struct cipher_key *key)
{
    block8_init_des3(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

bool cipher_expand_des3_112(struct cipher_key *key)
{
    block8_init_des3_112(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

bool cipher_expand_desx(struct cipher_key *key)
{
    block8_init_desx(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

bool cipher_expand_rc2(struct cipher_key *key)
{
    ULONG bits = cipher_effective_bits_of(key);

    block8_init_rc2(&key->u.block8.schedule, key->u.block8.secret, key->secret_bytes, bits);
    key->u.block8.schedule_bits = bits;
    return true;
}

bool cipher_expand_rc4(struct cipher_key *key)
{
    rc4_init(key->state, key->u.rc4.secret, key->secret_bytes);
    return true;
}

bool cipher_expand_nothing(struct cipher_key *key)
{
    (void)key;
    return true;
}

/* A thread that comes while another makes it waits: that takes less than a microsecond. */
bool cipher_make_schedule(struct cipher_key *key)
{
    for (;;)
    {
        uint32_t state = LAZY_EMPTY;

        if (atomic_compare_exchange_strong(&key->schedule_state, &state, LAZY_BUSY))
        {
            bool made = key->row->expand(key);

            atomic_store_explicit(&key->schedule_state, made ? LAZY_READY : LAZY_EMPTY,
                                  memory_order_release);
            return made;
        }
        if (state == LAZY_READY) return true;
        platform_yield();
    }
}

const struct aes_schedule *cipher_decrypt_schedule(struct cipher_key *key,
                                                   struct aes_schedule *scratch)
{
    struct aes_schedule *known = atomic_load_explicit(&key->decrypt, memory_order_acquire), *made;

    if (__builtin_expect(known != NULL, 1)) return known;
    if (!(made = memory_get(sizeof(*made))))
    {
        aes_expand_decrypt(scratch, key->encrypt);
        return scratch;
    }
    aes_expand_decrypt(made, key->encrypt);
    if (atomic_compare_exchange_strong(&key->decrypt, &known, made)) return made;
    memory_put(made, sizeof(*made));
    return known;
}

/* ---- the block ciphers below the modes ---- */

static void aes_primitive_ecb(struct cipher_key *key, bool encrypt, UCHAR *output,
                              const UCHAR *input, size_t bytes)
{
    struct aes_schedule scratch;
    const struct aes_schedule *decrypt;

    if (encrypt)
    {
        aes_ecb_encrypt(key->encrypt, output, input, bytes / 16);
        return;
    }
    decrypt = cipher_decrypt_schedule(key, &scratch);
    aes_ecb_decrypt(decrypt, output, input, bytes / 16);
    if (decrypt == &scratch) wipe(&scratch, sizeof(scratch));
}

static void aes_primitive_cbc(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output,
                              const UCHAR *input, size_t bytes)
{
    struct aes_schedule scratch;
    const struct aes_schedule *decrypt;

    if (encrypt)
    {
        aes_cbc_encrypt(key->encrypt, iv, output, input, bytes / 16);
        return;
    }
    decrypt = cipher_decrypt_schedule(key, &scratch);
    aes_cbc_decrypt(decrypt, iv, output, input, bytes / 16);
    if (decrypt == &scratch) wipe(&scratch, sizeof(scratch));
}

static void aes_primitive_cfb(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output,
                              const UCHAR *input, size_t bytes, size_t segment_bytes)
{
    if (encrypt) aes_cfb_encrypt(key->encrypt, iv, output, input, bytes, segment_bytes);
    else aes_cfb_decrypt(key->encrypt, iv, output, input, bytes, segment_bytes);
}

const struct cipher_primitive aes_primitive =
{
    aes_primitive_ecb, aes_primitive_cbc, aes_primitive_cfb,
};

/*
 * The key schedule: the key's, or one in scratch, which the caller wipes. RC2's depends on the
 * effective bits. If those have been set since it was made, other threads may be reading it: it
 * stays, and each call makes its own.
 */
static const struct block8_key *block8_schedule(struct cipher_key *key, struct block8_key *scratch)
{
    ULONG bits;

    if (!key->row->effective_bits) return &key->u.block8.schedule;
    bits = cipher_effective_bits_of(key);
    if (bits == key->u.block8.schedule_bits) return &key->u.block8.schedule;
    block8_init_rc2(scratch, key->u.block8.secret, key->secret_bytes, bits);
    return scratch;
}

static void block8_primitive_ecb(struct cipher_key *key, bool encrypt, UCHAR *output,
                                 const UCHAR *input, size_t bytes)
{
    struct block8_key scratch;
    const struct block8_key *schedule = block8_schedule(key, &scratch);

    block8_ecb(schedule, encrypt, output, input, bytes / 8);
    if (schedule == &scratch) wipe(&scratch, sizeof(scratch));
}

static void block8_primitive_cbc(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output,
                                 const UCHAR *input, size_t bytes)
{
    struct block8_key scratch;
    const struct block8_key *schedule = block8_schedule(key, &scratch);

    block8_cbc(schedule, encrypt, iv, output, input, bytes / 8);
    if (schedule == &scratch) wipe(&scratch, sizeof(scratch));
}

static void block8_primitive_cfb(struct cipher_key *key, bool encrypt, UCHAR *iv, UCHAR *output,
                                 const UCHAR *input, size_t bytes, size_t segment_bytes)
{
    struct block8_key scratch;
    const struct block8_key *schedule = block8_schedule(key, &scratch);

    block8_cfb(schedule, encrypt, iv, output, input, bytes, segment_bytes);
    if (schedule == &scratch) wipe(&scratch, sizeof(scratch));
}

const struct cipher_primitive block8_primitive =
{
    block8_primitive_ecb, block8_primitive_cbc, block8_primitive_cfb,
};
