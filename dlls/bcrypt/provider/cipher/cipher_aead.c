/*
 * cipher_aead.c - the authenticated modes: GCM, CCM, ChaCha20-Poly1305.
 *
 * A message goes through in one call, or with GCM in a chain of calls, whose state is in the
 * caller's memory: GHASH's value in pbMacContext, the counter block in pbIV, lengths and the mark
 * that a chain is under way in the structure. So chains on one key can be interleaved.
 *
 * Source: NIST SP 800-38C, SP 800-38D, RFC 8439; Microsoft Learn,
 * BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#include "crypto/aes/ccm.h"
#include "crypto/chacha/chacha.h"
#include "platform/wipe.h"

#define TAG_BYTES_MAX  16
#define GCM_DATA_LIMIT (((ULONGLONG)1 << 36) - 32)

/* The powers of the hash key: the key's, made now if need be, or in scratch if there is no memory
 * or another thread was quicker to begin; the caller wipes scratch. */
static const struct gcm_key *gcm_key_of(struct cipher_key *key, struct gcm_key *scratch)
{
    struct gcm_key *known = atomic_load_explicit(&key->gcm, memory_order_acquire), *made;

    if (__builtin_expect(known != NULL, 1)) return known;
    if (!(made = memory_get(sizeof(*made))))
    {
        gcm_key_init(scratch, key->encrypt);
        return scratch;
    }
    gcm_key_init(made, key->encrypt);
    if (atomic_compare_exchange_strong(&key->gcm, &known, made)) return made;
    memory_put(made, sizeof(*made));
    return known;
}

static void seal_gcm(struct cipher_key *key, const struct cipher_call *call, UCHAR *tag)
{
    const BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = call->info;
    struct gcm_key scratch;
    const struct gcm_key *gcm = gcm_key_of(key, &scratch);

    if (call->encrypt)
    {
        gcm_seal(gcm, key->encrypt, info->pbNonce, info->pbAuthData, info->cbAuthData,
                 call->output, call->input, call->input_bytes, tag);
    }
    else
    {
        gcm_open(gcm, key->encrypt, info->pbNonce, info->pbAuthData, info->cbAuthData,
                 call->output, call->input, call->input_bytes, tag);
    }
    if (gcm == &scratch) wipe(&scratch, sizeof(scratch));
}

static void seal_ccm(struct cipher_key *key, const struct cipher_call *call, UCHAR *tag)
{
    const BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = call->info;

    (call->encrypt ? ccm_encrypt : ccm_decrypt)(key->encrypt, info->pbNonce, info->cbNonce,
                                                info->pbAuthData, info->cbAuthData, call->output,
                                                call->input, call->input_bytes, tag, info->cbTag);
}

static void seal_chacha(struct cipher_key *key, const struct cipher_call *call, UCHAR *tag)
{
    const BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = call->info;

    (call->encrypt ? chacha20_poly1305_encrypt : chacha20_poly1305_decrypt)
        (key->u.chacha.secret, info->pbNonce, info->pbAuthData, info->cbAuthData, call->output,
         call->input, call->input_bytes, tag);
}

static bool tag_allowed(const struct cipher_mode *mode, ULONG bytes)
{
    return bytes >= mode->tag.dwMinLength && bytes <= mode->tag.dwMaxLength &&
           (!mode->tag.dwIncrement || !((bytes - mode->tag.dwMinLength) % mode->tag.dwIncrement));
}

static bool info_valid(const struct cipher_mode *mode,
                       const BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info)
{
    return info && info->cbSize == sizeof(*info) &&
           info->dwInfoVersion == BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION && info->pbNonce &&
           info->cbNonce >= mode->nonce_least && info->cbNonce <= mode->nonce_most && info->pbTag &&
           tag_allowed(mode, info->cbTag) && (info->pbAuthData || !info->cbAuthData) &&
           !(info->dwFlags &
             ~(ULONG)(BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG | BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG));
}

/* Writes the tag, or compares it. A message that is not authentic is not given out. */
static NTSTATUS settle_tag(const struct cipher_call *call, const UCHAR *tag)
{
    const BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = call->info;

    if (call->encrypt)
    {
        /* A tag is mostly whole, and then copied without a call. */
        if (info->cbTag == TAG_BYTES_MAX) memcpy(info->pbTag, tag, TAG_BYTES_MAX);
        else memcpy(info->pbTag, tag, info->cbTag);
    }
    else if (!equal_constant_time(info->pbTag, tag, info->cbTag))
    {
        if (call->output) wipe(call->output, call->input_bytes);
        return STATUS_AUTH_TAG_MISMATCH;
    }
    return STATUS_SUCCESS;
}

/* One call of a chain; the last one is without BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG. */
static NTSTATUS crypt_chained(struct cipher_key *key, const struct cipher_call *call)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = call->info;
    bool last = !(info->dwFlags & BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG);
    NTSTATUS status = STATUS_SUCCESS;
    struct gcm_key scratch;
    const struct gcm_key *gcm;
    struct gcm_state state;
    UCHAR tag[TAG_BYTES_MAX];

    if (!call->mode->calls_chain) return STATUS_INVALID_PARAMETER;
    if (!call->iv || call->iv_bytes < sizeof(state.counter)) return STATUS_INVALID_PARAMETER;
    if (!info->pbMacContext || info->cbMacContext < sizeof(state.mac))
        return STATUS_INVALID_PARAMETER;
    if (!last && call->input_bytes % key->row->block_bytes) return STATUS_INVALID_BUFFER_SIZE;

    gcm = gcm_key_of(key, &scratch);
    if (!(info->dwFlags & BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG))
    {
        gcm_start(gcm, key->encrypt, &state, info->pbNonce);
        gcm_auth(gcm, &state, info->pbAuthData, info->cbAuthData);
        info->cbAAD = info->cbAuthData;
        info->cbData = 0;
        info->dwFlags |= BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
    }
    else
    {
        memcpy(state.mac, info->pbMacContext, sizeof(state.mac));
        memcpy(state.counter, call->iv, sizeof(state.counter));
    }

    if (info->cbData > GCM_DATA_LIMIT - call->input_bytes)
    {
        status = STATUS_INVALID_PARAMETER;
        goto done;
    }
    (call->encrypt ? gcm_encrypt : gcm_decrypt)(gcm, key->encrypt, &state, call->output,
                                                call->input, call->input_bytes);
    info->cbData += call->input_bytes;

    if (last)
    {
        gcm_finish(gcm, key->encrypt, &state, info->pbNonce, info->cbAAD, info->cbData, tag);
        info->dwFlags &= ~(ULONG)BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
        status = settle_tag(call, tag);
    }
    memcpy(info->pbMacContext, state.mac, sizeof(state.mac));
    memcpy(call->iv, state.counter, sizeof(state.counter));

done:
    if (gcm == &scratch) wipe(&scratch, sizeof(scratch));
    wipe(&state, sizeof(state));
    wipe(tag, sizeof(tag));
    return status;
}

static NTSTATUS crypt_authenticated(struct cipher_key *key, const struct cipher_call *call)
{
    const struct cipher_mode *mode = call->mode;
    bool padded = call->flags & BCRYPT_BLOCK_PADDING;
    UCHAR tag[TAG_BYTES_MAX];
    NTSTATUS status;

    if (call->flags & ~(ULONG)(BCRYPT_BLOCK_PADDING | BCRYPT_BUFFERS_LOCKED_FLAG))
        return STATUS_INVALID_PARAMETER;

    *call->result = call->input_bytes;
    if (padded && call->encrypt && call->input_bytes <= MAXDWORD - key->row->block_bytes)
    {
        *call->result = (call->input_bytes / key->row->block_bytes + 1) * key->row->block_bytes;
    }

    /* Without output this asks for the size, but for the empty message, whose input is NULL too. */
    if (!call->output && (call->input || call->input_bytes)) return STATUS_SUCCESS;
    if (call->output && call->output_bytes < *call->result) return STATUS_BUFFER_TOO_SMALL;
    if (padded || !info_valid(mode, call->info)) return STATUS_INVALID_PARAMETER;
    if (call->info->dwFlags) return crypt_chained(key, call);

    /* The length has 15 bytes less the nonce's. */
    if (mode->length_beside_nonce && call->info->cbNonce > 11 &&
        call->input_bytes >> 8 * (15 - call->info->cbNonce)) return STATUS_INVALID_PARAMETER;

    mode->seal(key, call, tag);
    status = settle_tag(call, tag);
    wipe(tag, sizeof(tag));
    return status;
}

const struct cipher_mode mode_gcm = { .name = BCRYPT_CHAIN_MODE_GCM, .crypt = crypt_authenticated,
                                      .seal = seal_gcm, .calls_chain = true,
                                      .nonce_least = 12, .nonce_most = 12, .tag = { 12, 16, 1 } };
const struct cipher_mode mode_ccm = { .name = BCRYPT_CHAIN_MODE_CCM, .crypt = crypt_authenticated,
                                      .seal = seal_ccm, .length_beside_nonce = true,
                                      .nonce_least = 7, .nonce_most = 13, .tag = { 4, 16, 2 } };
const struct cipher_mode mode_chacha = { .name = BCRYPT_CHAIN_MODE_NA, .crypt = crypt_authenticated,
                                         .seal = seal_chacha, .nonce_least = 12, .nonce_most = 12,
                                         .tag = { 16, 16, 0 } };
