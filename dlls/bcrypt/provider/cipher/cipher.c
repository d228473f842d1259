/*
 * cipher.c - the cipher family: its algorithms and its function table.
 *
 * Keys are in cipher_key.c, their schedules in cipher_schedule.c, properties in cipher_property.c,
 * blobs in cipher_blob.c. What a chaining mode does is in cipher_modes.c and cipher_aead.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#define EFFECTIVE_BITS_DEFAULT 128
#define OPEN_FLAGS             (BCRYPT_EXTENDED_KEYSIZE | BCRYPT_CAPI_AES_FLAG)

/* ---- algorithms ---- */

#define LAYOUT(member) \
    .object_bytes = offsetof(struct cipher_key, u) + sizeof(((struct cipher_key *)0)->u.member), \
    .secret_offset = offsetof(struct cipher_key, u.member.secret)
#define BLOCK8_MODES { &mode_cbc, &mode_ecb, &mode_cfb }

static const struct cipher_row cipher_rows[] =
{
    {
        .id = BCRYPT_AES_ALGORITHM, .block_bytes = 16, .key_bits = { 128, 256, 64 },
        .extended_key_bits = 256, .strength_percent = 100, LAYOUT(aes),
        .schedule_bytes = sizeof(struct aes_schedule),
        .primitive = &aes_primitive, .message_bytes = 1,
        .modes = { &mode_cbc, &mode_ecb, &mode_cfb, &mode_gcm, &mode_ccm },
        .expand = cipher_expand_aes, .open_flags = BCRYPT_CAPI_AES_FLAG,
    },
    {
        .id = BCRYPT_RC4_ALGORITHM, .block_bytes = 1, .key_bits = { 8, 512, 8 },
        .extended_key_bits = 2048, .strength_percent = 100, LAYOUT(rc4), .modes = { &mode_rc4 },
        .expand = cipher_expand_rc4, .state_bytes = sizeof(struct rc4_key),
    },
    {
        .id = BCRYPT_DES_ALGORITHM, .block_bytes = 8, .key_bits = { 64, 64, 0 },
        .extended_key_bits = 64, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = cipher_expand_des,
    },
    {
        .id = BCRYPT_DESX_ALGORITHM, .block_bytes = 8, .key_bits = { 192, 192, 0 },
        .extended_key_bits = 192, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = cipher_expand_desx,
    },
    {
        .id = BCRYPT_3DES_ALGORITHM, .block_bytes = 8, .key_bits = { 192, 192, 0 },
        .extended_key_bits = 192, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = cipher_expand_des3,
    },
    {
        .id = BCRYPT_3DES_112_ALGORITHM, .block_bytes = 8, .key_bits = { 128, 128, 0 },
        .extended_key_bits = 128, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = cipher_expand_des3_112,
    },
    {
        .id = BCRYPT_RC2_ALGORITHM, .block_bytes = 8, .key_bits = { 16, 128, 8 },
        .extended_key_bits = 1024, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = cipher_expand_rc2, .effective_bits = true,
    },
    {
        .id = BCRYPT_XTS_AES_ALGORITHM, .block_bytes = 16, .key_bits = { 256, 512, 128 },
        .extended_key_bits = 512, .strength_percent = 50, LAYOUT(xts),
        .schedule_offset = offsetof(struct cipher_key, u.xts.encrypt),
        .modes = { &mode_xts },
        .expand = cipher_expand_xts, .key_flags = BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS,
    },
    {
        .id = BCRYPT_CHACHA20_POLY1305_ALGORITHM, .block_bytes = 1, .key_bits = { 256, 256, 0 },
        .extended_key_bits = 256, .strength_percent = 100, LAYOUT(chacha),
        .modes = { &mode_chacha }, .expand = cipher_expand_nothing,
    },
};

static NTSTATUS WINAPI cipher_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                      LPCWSTR pszAlgId, ULONG dwFlags)
{
    struct cipher_algorithm *algorithm;
    const struct cipher_row *row;
    NTSTATUS status;

    status = prov_open(&cipher_family, sizeof(*algorithm), OPEN_FLAGS, pszAlgId, dwFlags,
                       &algorithm);
    if (status) return status;
    row = cipher_row_of(algorithm);
    if (dwFlags & ~(BCRYPT_EXTENDED_KEYSIZE | row->open_flags))
    {
        prov_close(algorithm, 0);
        return STATUS_NOT_SUPPORTED;
    }
    algorithm->flags = dwFlags;
    cipher_settings_store(&algorithm->settings, row->modes[0], row->message_bytes,
                          EFFECTIVE_BITS_DEFAULT);
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

/* ---- encrypting and decrypting ---- */

static NTSTATUS WINAPI cipher_encrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct cipher_key *key = hKey;
    const struct cipher_call call =
    {
        true, cipher_mode_of(key), cipher_message_bytes_of(key), pbInput, cbInput, pPaddingInfo,
        pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags,
    };

    return cipher_need_schedule(key) ? call.mode->crypt(key, &call) : STATUS_NO_MEMORY;
}

static NTSTATUS WINAPI cipher_decrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct cipher_key *key = hKey;
    const struct cipher_call call =
    {
        false, cipher_mode_of(key), cipher_message_bytes_of(key), pbInput, cbInput, pPaddingInfo,
        pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags,
    };

    return cipher_need_schedule(key) ? call.mode->crypt(key, &call) : STATUS_NO_MEMORY;
}

static const BCRYPT_CIPHER_FUNCTION_TABLE cipher_functions =
{
    .Version                = BCRYPT_CIPHER_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = cipher_open_algorithm_provider,
    .GetProperty            = cipher_get_property,
    .SetProperty            = cipher_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKey            = cipher_generate_key,
    .Encrypt                = cipher_encrypt,
    .Decrypt                = cipher_decrypt,
    .ImportKey              = cipher_import_key,
    .ExportKey              = cipher_export_key,
    .DuplicateKey           = cipher_duplicate_key,
    .DestroyKey             = cipher_destroy_key,
};

const struct prov_family cipher_family =
{
    BCRYPT_CIPHER_INTERFACE, PROV_ROWS(cipher_rows), &cipher_functions
};
