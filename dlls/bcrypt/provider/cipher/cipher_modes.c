/*
 * cipher_modes.c - the modes without authentication: ECB, CBC, CFB, XTS, and RC4's stream.
 *
 * The checks come in the order that Windows shows: the size of the result is stored first, whole
 * units are asked for next, then a size query ends; the room in the output, the initialization
 * vector and the work follow. A call that fails changes neither the caller's vector nor the key's.
 *
 * Source: Microsoft Learn, BCryptEncrypt; docs/contract/symmetric.md; tests/test_cipher.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#include "platform/wipe.h"

#define KNOWN_FLAGS (BCRYPT_BLOCK_PADDING | BCRYPT_BUFFERS_LOCKED_FLAG)

static void run_ecb(struct cipher_key *key, const struct cipher_call *call, UCHAR *iv,
                    UCHAR *output, const UCHAR *input, ULONG bytes)
{
    (void)iv;
    key->row->primitive->ecb(key, call->encrypt, output, input, bytes);
}

static void run_cbc(struct cipher_key *key, const struct cipher_call *call, UCHAR *iv,
                    UCHAR *output, const UCHAR *input, ULONG bytes)
{
    key->row->primitive->cbc(key, call->encrypt, iv, output, input, bytes);
}

static void run_cfb(struct cipher_key *key, const struct cipher_call *call, UCHAR *iv,
                    UCHAR *output, const UCHAR *input, ULONG bytes)
{
    key->row->primitive->cfb(key, call->encrypt, iv, output, input, bytes, call->message_bytes);
}

/*
 * The vector to begin with, which becomes the one to go on with: the caller's, or the key's chain
 * value, in `own`. Encrypting uses the caller's where it lies, which is quicker (crypto/aes/aes.h).
 */
static NTSTATUS vector_begin(struct cipher_key *key, const struct cipher_call *call, UCHAR *own,
                             UCHAR **iv)
{
    *iv = own;
    if (!call->mode->chained) return call->iv ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
    if (!call->iv) cipher_chain_load(key, own);
    else if (call->iv_bytes != key->row->block_bytes) return STATUS_INVALID_PARAMETER;
    else if (call->encrypt) *iv = call->iv;
    else copy_block(own, call->iv, call->iv_bytes);
    return STATUS_SUCCESS;
}

/* Gives the vector to go on with to the key and to the caller. */
static void vector_end(struct cipher_key *key, const struct cipher_call *call, const UCHAR *iv)
{
    if (!call->mode->chained) return;
    cipher_chain_store(key, iv);
    if (call->iv && call->iv != iv) copy_block(call->iv, iv, key->row->block_bytes);
}

static NTSTATUS crypt_whole(struct cipher_key *key, const struct cipher_call *call)
{
    UCHAR own[BLOCK_BYTES_MAX], *iv;
    NTSTATUS status;

    if (call->output_bytes < call->input_bytes) return STATUS_BUFFER_TOO_SMALL;
    if ((status = vector_begin(key, call, own, &iv))) return status;
    if (!call->input_bytes) return STATUS_SUCCESS;
    call->mode->run(key, call, iv, call->output, call->input, call->input_bytes);
    vector_end(key, call, iv);
    return STATUS_SUCCESS;
}

/* PKCS #7: always at least one byte of padding, each of them the number of them. */
static NTSTATUS encrypt_padded(struct cipher_key *key, const struct cipher_call *call)
{
    ULONG block_bytes = key->row->block_bytes;
    ULONG rest = call->input_bytes & (block_bytes - 1), whole = call->input_bytes - rest;
    UCHAR own[BLOCK_BYTES_MAX], last[BLOCK_BYTES_MAX], *iv;
    NTSTATUS status;

    if (call->output_bytes < *call->result) return STATUS_BUFFER_TOO_SMALL;
    if ((status = vector_begin(key, call, own, &iv))) return status;

    memset(last, (int)(block_bytes - rest), block_bytes);
    if (rest) memcpy(last, call->input + whole, rest);
    if (whole) call->mode->run(key, call, iv, call->output, call->input, whole);
    call->mode->run(key, call, iv, call->output + whole, last, block_bytes);
    vector_end(key, call, iv);
    wipe(last, sizeof(last));
    return STATUS_SUCCESS;
}

/* The bytes of padding at the end of a block; 0 if it is wrong. In constant time. */
static ULONG padding_bytes(const UCHAR *block, ULONG block_bytes)
{
    ULONG count = block[block_bytes - 1], wrong, i;

    wrong = (count - 1) >> 31 | (block_bytes - count) >> 31;
    for (i = 0; i < block_bytes; i++)
    {
        ULONG in_padding = (i - count) >> 31;           /* 1 for the last `count` bytes */

        wrong |= -in_padding & (block[block_bytes - 1 - i] ^ count);
    }
    return count & (((wrong | -wrong) >> 31) - 1);
}

static NTSTATUS decrypt_padded(struct cipher_key *key, const struct cipher_call *call)
{
    ULONG block_bytes = key->row->block_bytes, whole, padding, rest;
    UCHAR own[BLOCK_BYTES_MAX] = { 0 }, next_iv[BLOCK_BYTES_MAX], last[BLOCK_BYTES_MAX], *iv;
    NTSTATUS status;

    if (!call->input_bytes) return STATUS_DATA_ERROR;
    whole = call->input_bytes - block_bytes;
    if (call->output_bytes < whole) return STATUS_BUFFER_TOO_SMALL;
    if ((status = vector_begin(key, call, own, &iv))) return status;

    /* The last block first: it says how many bytes there are. */
    copy_block(next_iv, whole ? call->input + whole - block_bytes : iv, block_bytes);
    call->mode->run(key, call, next_iv, last, call->input + whole, block_bytes);

    status = STATUS_DATA_ERROR;
    if (!(padding = padding_bytes(last, block_bytes))) goto done;

    status = STATUS_BUFFER_TOO_SMALL;
    rest = block_bytes - padding;
    *call->result = whole + rest;
    if (call->output_bytes < whole + rest) goto done;

    if (whole) call->mode->run(key, call, iv, call->output, call->input, whole);
    memcpy(call->output + whole, last, rest);
    vector_end(key, call, next_iv);
    status = STATUS_SUCCESS;

done:
    wipe(last, sizeof(last));
    return status;
}

static NTSTATUS crypt_blocks(struct cipher_key *key, const struct cipher_call *call)
{
    ULONG block_bytes = key->row->block_bytes;
    bool padded = call->flags & BCRYPT_BLOCK_PADDING;
    ULONG unit = call->mode->segments && !padded ? call->message_bytes : block_bytes;

    if (call->flags & ~(ULONG)KNOWN_FLAGS) return STATUS_INVALID_PARAMETER;

    *call->result = call->input_bytes;
    if (padded && call->encrypt)
    {
        if (call->input_bytes > MAXDWORD - block_bytes) return STATUS_INVALID_PARAMETER;
        *call->result = (call->input_bytes & -block_bytes) + block_bytes;
    }
    else if (call->input_bytes & (unit - 1)) return STATUS_INVALID_BUFFER_SIZE;  /* 1, 8 or 16 */

    if (!call->output) return STATUS_SUCCESS;
    if (!padded) return crypt_whole(key, call);
    return call->encrypt ? encrypt_padded(key, call) : decrypt_padded(key, call);
}

/* ---- XTS ---- */

/*
 * XTS: each data unit of MessageBlockLength bytes by itself, under its number. The vector is the
 * number of the first, little-endian. Without a MessageBlockLength all of the input is one unit.
 * Source: IEEE 1619, NIST SP 800-38E.
 */
static NTSTATUS crypt_xts(struct cipher_key *key, const struct cipher_call *call)
{
    ULONG unit = call->message_bytes ? call->message_bytes : call->input_bytes;
    const struct aes_schedule *decrypt;
    struct aes_schedule scratch;
    uint64_t number;

    if (call->flags & ~(ULONG)BCRYPT_BUFFERS_LOCKED_FLAG) return STATUS_INVALID_PARAMETER;

    *call->result = call->input_bytes;
    if (call->input_bytes && (unit < key->row->block_bytes || call->input_bytes % unit))
        return STATUS_INVALID_BUFFER_SIZE;
    if (!call->output) return STATUS_SUCCESS;
    if (call->output_bytes < call->input_bytes) return STATUS_BUFFER_TOO_SMALL;
    if (!call->iv || call->iv_bytes != sizeof(number)) return STATUS_INVALID_PARAMETER;

    if (!call->input_bytes) return STATUS_SUCCESS;

    memcpy(&number, call->iv, sizeof(number));
    if (call->encrypt)
    {
        aes_xts_encrypt_units(&key->u.xts.encrypt, &key->u.xts.tweak, number, call->output,
                              call->input, unit, call->input_bytes / unit);
    }
    else
    {
        decrypt = cipher_decrypt_schedule(key, &scratch);
        aes_xts_decrypt_units(decrypt, &key->u.xts.tweak, number, call->output, call->input, unit,
                              call->input_bytes / unit);
        if (decrypt == &scratch) wipe(&scratch, sizeof(scratch));
    }
    return STATUS_SUCCESS;
}

/* ---- RC4 ---- */

/* One stream for both directions: every call goes on where the one before stopped. A stream has
 * nothing to pad; programs give BCRYPT_BLOCK_PADDING all the same, and it does nothing. */
static NTSTATUS crypt_rc4(struct cipher_key *key, const struct cipher_call *call)
{
    if (call->flags & ~(ULONG)KNOWN_FLAGS) return STATUS_INVALID_PARAMETER;

    *call->result = call->input_bytes;
    if (!call->output) return STATUS_SUCCESS;
    if (call->output_bytes < call->input_bytes) return STATUS_BUFFER_TOO_SMALL;
    rc4_crypt(key->state, call->output, call->input, call->input_bytes);
    return STATUS_SUCCESS;
}

static bool cfb_message_allowed(const struct cipher_row *row, ULONG bytes)
{
    return bytes == 1 || bytes == row->block_bytes;
}

static bool xts_message_allowed(const struct cipher_row *row, ULONG bytes)
{
    return bytes >= row->block_bytes;
}

const struct cipher_mode mode_ecb = { .name = BCRYPT_CHAIN_MODE_ECB, .crypt = crypt_blocks,
                                      .run = run_ecb };
const struct cipher_mode mode_cbc = { .name = BCRYPT_CHAIN_MODE_CBC, .crypt = crypt_blocks,
                                      .run = run_cbc, .chained = true };
const struct cipher_mode mode_cfb = { .name = BCRYPT_CHAIN_MODE_CFB, .crypt = crypt_blocks,
                                      .run = run_cfb, .chained = true, .segments = true,
                                      .message_allowed = cfb_message_allowed };
const struct cipher_mode mode_xts = { .name = BCRYPT_CHAIN_MODE_NA, .crypt = crypt_xts,
                                      .message_allowed = xts_message_allowed };
const struct cipher_mode mode_rc4 = { .name = BCRYPT_CHAIN_MODE_NA, .crypt = crypt_rc4 };
