/*
 * cipher.c - the cipher family: algorithms, keys and their properties.
 *
 * The chaining modes are in cipher_modes.c and cipher_aead.c, the blobs in cipher_blob.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#include "platform/wipe.h"
#include "platform/platform.h"

#define EFFECTIVE_BITS_LEAST   16
#define EFFECTIVE_BITS_MOST    1024
#define EFFECTIVE_BITS_DEFAULT 128

/* ---- the primitives ---- */

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

static const struct cipher_primitive aes_primitive = { aes_primitive_ecb, aes_primitive_cbc,
                                                       aes_primitive_cfb };

/*
 * The key schedule: the key's, or one in scratch, which the caller wipes. RC2's depends on the
 * effective bits. If those have been set since it was made, other threads may be reading it: it
 * stays, and each call makes its own.
 */
static const struct block8_key *block8_schedule(struct cipher_key *key, struct block8_key *scratch)
{
    ULONG bits;

    if (!key->row->effective_bits) return &key->u.block8.schedule;
    bits = atomic_load_explicit(&key->effective_bits, memory_order_relaxed);
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

static const struct cipher_primitive block8_primitive =
{
    block8_primitive_ecb, block8_primitive_cbc, block8_primitive_cfb,
};

/* ---- key schedules ---- */

static bool expand_aes(struct cipher_key *key)
{
    if (!(key->encrypt = memory_get(sizeof(*key->encrypt)))) return false;
    aes_expand_encrypt(key->encrypt, key->u.aes.secret, key->secret_bytes);
    return true;
}

static bool expand_xts(struct cipher_key *key)
{
    ULONG half = key->secret_bytes / 2;

    key->encrypt = &key->u.xts.encrypt;
    aes_expand_encrypt(key->encrypt, key->u.xts.secret, half);
    aes_expand_encrypt(&key->u.xts.tweak, key->u.xts.secret + half, half);
    return true;
}

static bool expand_des(struct cipher_key *key)
{
    block8_init_des(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

static bool expand_des3(struct cipher_key *key)
{
    block8_init_des3(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

static bool expand_des3_112(struct cipher_key *key)
{
    block8_init_des3_112(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

static bool expand_desx(struct cipher_key *key)
{
    block8_init_desx(&key->u.block8.schedule, key->u.block8.secret);
    return true;
}

static bool expand_rc2(struct cipher_key *key)
{
    ULONG bits = atomic_load_explicit(&key->effective_bits, memory_order_relaxed);

    block8_init_rc2(&key->u.block8.schedule, key->u.block8.secret, key->secret_bytes, bits);
    key->u.block8.schedule_bits = bits;
    return true;
}

static bool expand_rc4(struct cipher_key *key)
{
    rc4_init(key->state, key->u.rc4.secret, key->secret_bytes);
    return true;
}

static bool expand_nothing(struct cipher_key *key)
{
    (void)key;
    return true;
}

/* ---- algorithms ---- */

#define LAYOUT(member) \
    .object_bytes = offsetof(struct cipher_key, u) + sizeof(((struct cipher_key *)0)->u.member), \
    .secret_offset = offsetof(struct cipher_key, u.member.secret)
#define BLOCK8_MODES { &mode_cbc, &mode_ecb, &mode_cfb }

static const struct cipher_algorithm cipher_algorithms[] =
{
    {
        .id = BCRYPT_AES_ALGORITHM, .block_bytes = 16, .key_bits = { 128, 256, 64 },
        .extended_key_bits = 256, .strength_percent = 100, LAYOUT(aes),
        .schedule_bytes = sizeof(struct aes_schedule),
        .primitive = &aes_primitive, .message_bytes = 1,
        .modes = { &mode_cbc, &mode_ecb, &mode_cfb, &mode_gcm, &mode_ccm }, .expand = expand_aes,
        .open_flags = BCRYPT_CAPI_AES_FLAG,
    },
    {
        .id = BCRYPT_RC4_ALGORITHM, .block_bytes = 1, .key_bits = { 8, 512, 8 },
        .extended_key_bits = 2048, .strength_percent = 100, LAYOUT(rc4), .modes = { &mode_rc4 },
        .expand = expand_rc4, .state_bytes = sizeof(struct rc4_key),
    },
    {
        .id = BCRYPT_DES_ALGORITHM, .block_bytes = 8, .key_bits = { 64, 64, 0 },
        .extended_key_bits = 64, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = expand_des,
    },
    {
        .id = BCRYPT_DESX_ALGORITHM, .block_bytes = 8, .key_bits = { 192, 192, 0 },
        .extended_key_bits = 192, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = expand_desx,
    },
    {
        .id = BCRYPT_3DES_ALGORITHM, .block_bytes = 8, .key_bits = { 192, 192, 0 },
        .extended_key_bits = 192, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = expand_des3,
    },
    {
        .id = BCRYPT_3DES_112_ALGORITHM, .block_bytes = 8, .key_bits = { 128, 128, 0 },
        .extended_key_bits = 128, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = expand_des3_112,
    },
    {
        .id = BCRYPT_RC2_ALGORITHM, .block_bytes = 8, .key_bits = { 16, 128, 8 },
        .extended_key_bits = 1024, .strength_percent = 100, LAYOUT(block8),
        .schedule_offset = offsetof(struct cipher_key, u.block8.schedule),
        .primitive = &block8_primitive, .message_bytes = 1,
        .modes = BLOCK8_MODES, .expand = expand_rc2, .effective_bits = true,
    },
    {
        .id = BCRYPT_XTS_AES_ALGORITHM, .block_bytes = 16, .key_bits = { 256, 512, 128 },
        .extended_key_bits = 512, .strength_percent = 50, LAYOUT(xts),
        .schedule_offset = offsetof(struct cipher_key, u.xts.encrypt),
        .modes = { &mode_xts },
        .expand = expand_xts, .key_flags = BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS,
    },
    {
        .id = BCRYPT_CHACHA20_POLY1305_ALGORITHM, .block_bytes = 1, .key_bits = { 256, 256, 0 },
        .extended_key_bits = 256, .strength_percent = 100, LAYOUT(chacha),
        .modes = { &mode_chacha }, .expand = expand_nothing,
    },
};

static const struct cipher_mode *mode_named(const struct cipher_algorithm *row, LPCWSTR name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(row->modes) && row->modes[i]; i++)
    {
        if (names_equal(row->modes[i]->name, name)) return row->modes[i];
    }
    return NULL;
}

static NTSTATUS WINAPI cipher_open_algorithm(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                             ULONG dwFlags)
{
    const struct cipher_algorithm *row = PROV_FIND(cipher_algorithms, pszAlgId);
    struct cipher_open *algorithm;
    NTSTATUS status;

    if (!row) return STATUS_NOT_FOUND;
    if (dwFlags & ~(BCRYPT_EXTENDED_KEYSIZE | row->open_flags)) return STATUS_NOT_SUPPORTED;

    status = prov_object_new(PROV_ALGORITHM, sizeof(*algorithm), NULL, 0, &algorithm);
    if (status) return status;
    algorithm->row = row;
    algorithm->mode = row->modes[0];
    algorithm->flags = dwFlags;
    algorithm->message_bytes = row->message_bytes;
    algorithm->effective_bits = EFFECTIVE_BITS_DEFAULT;
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI cipher_close_algorithm(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)dwFlags;
    prov_object_free(hAlgorithm, sizeof(struct cipher_open));
    return STATUS_SUCCESS;
}

/* ---- keys ---- */

void cipher_chain_load(struct cipher_key *key, UCHAR *iv)
{
    uint64_t words[2];

    words[0] = atomic_load_explicit(&key->chain[0], memory_order_relaxed);
    words[1] = atomic_load_explicit(&key->chain[1], memory_order_relaxed);
    copy_block(iv, words, key->row->block_bytes);
}

void cipher_chain_store(struct cipher_key *key, const UCHAR *iv)
{
    uint64_t words[2] = { 0, 0 };

    copy_block(words, iv, key->row->block_bytes);
    atomic_store_explicit(&key->chain[0], words[0], memory_order_relaxed);
    if (key->row->block_bytes > 8)
        atomic_store_explicit(&key->chain[1], words[1], memory_order_relaxed);
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

void cipher_key_free(struct cipher_key *key)
{
    const struct cipher_algorithm *row;
    ULONG bytes;

    if (!key) return;
    row = key->row;
    memory_put(atomic_load(&key->gcm), sizeof(struct gcm_key));
    memory_put(atomic_load(&key->decrypt), sizeof(struct aes_schedule));
    if (row->schedule_bytes) memory_put(key->encrypt, row->schedule_bytes);
    memory_put(key->state, row->state_bytes);
    bytes = row->object_bytes;
    if (row->schedule_offset && atomic_load(&key->schedule_state) == LAZY_EMPTY)
    {
        bytes = row->schedule_offset;
    }
    prov_object_free(key, bytes);
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

/* Memory for a key, with nothing made yet of what is made when it is needed. */
static NTSTATUS key_new(const struct cipher_algorithm *row, PUCHAR pbKeyObject, ULONG cbKeyObject,
                        struct cipher_key **result)
{
    struct cipher_key *key;
    NTSTATUS status;

    status = prov_object_new(PROV_CIPHER_KEY, row->object_bytes, pbKeyObject, cbKeyObject, &key);
    if (status) return status;
    key->row = row;
    atomic_init(&key->gcm, NULL);
    atomic_init(&key->schedule_state, LAZY_EMPTY);
    key->encrypt = NULL;
    atomic_init(&key->decrypt, NULL);
    key->state = NULL;
    if (row->state_bytes && !(key->state = memory_get(row->state_bytes)))
    {
        prov_object_free(key, row->object_bytes);
        return STATUS_NO_MEMORY;
    }
    *result = key;
    return STATUS_SUCCESS;
}

/* The key bytes that are used of those given; 0: not acceptable. */
static ULONG accepted_bytes(const struct cipher_open *algorithm, ULONG bytes, ULONG flags)
{
    const struct cipher_algorithm *row = algorithm->row;
    bool extended = (algorithm->flags | flags) & BCRYPT_EXTENDED_KEYSIZE;
    ULONG most = (extended ? row->extended_key_bits : row->key_bits.dwMaxLength) / 8;
    ULONG least = row->key_bits.dwMinLength / 8, step = row->key_bits.dwIncrement / 8;

    if (bytes > most && extended) return 0;
    if (bytes > most) bytes = most;
    if (bytes < least || (step && (bytes - least) % step)) return 0;
    return bytes;
}

NTSTATUS cipher_key_new(const struct cipher_open *algorithm, PUCHAR pbKeyObject, ULONG cbKeyObject,
                        const UCHAR *secret, ULONG bytes, ULONG flags, struct cipher_key **result)
{
    const struct cipher_algorithm *row = algorithm->row;
    struct cipher_key *key;
    NTSTATUS status;

    if (flags & ~(BCRYPT_EXTENDED_KEYSIZE | row->key_flags)) return STATUS_INVALID_PARAMETER;
    if (!secret || !(bytes = accepted_bytes(algorithm, bytes, flags)))
        return STATUS_INVALID_PARAMETER;
    if (flags & BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS && platform_fips_enabled() &&
        equal_constant_time(secret, secret + bytes / 2, bytes / 2)) return STATUS_INVALID_PARAMETER;

    if ((status = key_new(row, pbKeyObject, cbKeyObject, &key))) return status;
    atomic_init(&key->mode, algorithm->mode);
    key->secret_bytes = bytes;
    atomic_init(&key->message_bytes, algorithm->message_bytes);
    atomic_init(&key->effective_bits, algorithm->effective_bits);
    atomic_init(&key->chain[0], 0);
    atomic_init(&key->chain[1], 0);
    copy_secret(cipher_secret(key), secret, bytes);
    if (row->state_bytes) cipher_need_schedule(key);            /* a stream begins with the key */
    *result = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI cipher_generate(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                       PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                       ULONG cbSecret, ULONG dwFlags)
{
    struct cipher_key *key;
    NTSTATUS status;

    status = cipher_key_new(hAlgorithm, pbKeyObject, cbKeyObject, pbSecret, cbSecret, dwFlags,
                            &key);
    if (!status) *phKey = key;
    return status;
}

static NTSTATUS WINAPI cipher_duplicate(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                        PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct cipher_key *key = hKey, *copy;
    const struct cipher_algorithm *row = key->row;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = key_new(row, pbKeyObject, cbKeyObject, &copy))) return status;
    atomic_init(&copy->mode, cipher_mode_of(key));
    copy->secret_bytes = key->secret_bytes;
    atomic_init(&copy->message_bytes, cipher_message_bytes(key));
    atomic_init(&copy->effective_bits,
                atomic_load_explicit(&key->effective_bits, memory_order_relaxed));
    atomic_init(&copy->chain[0], atomic_load_explicit(&key->chain[0], memory_order_relaxed));
    atomic_init(&copy->chain[1], atomic_load_explicit(&key->chain[1], memory_order_relaxed));
    copy_secret(cipher_secret(copy), cipher_secret(key), key->secret_bytes);
    if (row->state_bytes)
    {
        cipher_need_schedule(copy);
        memcpy(copy->state, key->state, row->state_bytes);
    }
    *phNewKey = copy;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI cipher_destroy(BCRYPT_KEY_HANDLE hKey)
{
    cipher_key_free(hKey);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI cipher_encrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct cipher_key *key = hKey;
    struct cipher_call call = { cipher_mode_of(key), cipher_message_bytes(key), true, pbInput,
                                cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult,
                                dwFlags };

    return cipher_need_schedule(key) ? call.mode->crypt(key, &call) : STATUS_NO_MEMORY;
}

static NTSTATUS WINAPI cipher_decrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct cipher_key *key = hKey;
    struct cipher_call call = { cipher_mode_of(key), cipher_message_bytes(key), false, pbInput,
                                cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult,
                                dwFlags };

    return cipher_need_schedule(key) ? call.mode->crypt(key, &call) : STATUS_NO_MEMORY;
}

/* ---- properties ---- */

bool cipher_message_bytes_valid(const struct cipher_algorithm *row, ULONG bytes)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(row->modes) && row->modes[i]; i++)
    {
        if (row->modes[i]->message_allowed && row->modes[i]->message_allowed(row, bytes))
            return true;
    }
    return bytes == row->message_bytes;
}

bool cipher_effective_bits_valid(ULONG bits)
{
    return bits >= EFFECTIVE_BITS_LEAST && bits <= EFFECTIVE_BITS_MOST;
}

/* Read a value for MessageBlockLength or EffectiveKeyLength, of an algorithm or a key. */
static NTSTATUS read_message_length(const struct cipher_algorithm *row,
                                    const struct cipher_mode *mode, const UCHAR *value,
                                    ULONG bytes, ULONG *length)
{
    NTSTATUS status;
    ULONG wanted;

    if (!mode->message_allowed) return STATUS_NOT_SUPPORTED;
    if ((status = property_ulong(value, bytes, &wanted))) return status;
    if (!mode->message_allowed(row, wanted)) return STATUS_INVALID_PARAMETER;
    *length = wanted;
    return STATUS_SUCCESS;
}

static NTSTATUS read_effective_bits(const struct cipher_algorithm *row, const UCHAR *value,
                                    ULONG bytes, ULONG *bits)
{
    NTSTATUS status;
    ULONG wanted;

    if (!row->effective_bits) return STATUS_NOT_SUPPORTED;
    if ((status = property_ulong(value, bytes, &wanted))) return status;
    if (!cipher_effective_bits_valid(wanted)) return STATUS_INVALID_PARAMETER;
    *bits = wanted;
    return STATUS_SUCCESS;
}

/* ChainingMode always takes a buffer of 32 characters [win]. */
static NTSTATUS reply_mode(const struct reply *reply, const struct cipher_mode *mode)
{
    WCHAR name[32] = { 0 };

    memcpy(name, mode->name, name_bytes(mode->name));
    return reply_bytes(reply, name, sizeof(name));
}

static NTSTATUS alg_get_object_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply,
                       PROV_OBJECT_LENGTH(((struct cipher_open *)object)->row->object_bytes));
}

static NTSTATUS alg_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((struct cipher_open *)object)->row->id);
}

static NTSTATUS alg_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((struct cipher_open *)object)->row->block_bytes);
}

static NTSTATUS alg_get_mode(void *object, const struct reply *reply)
{
    return reply_mode(reply, ((struct cipher_open *)object)->mode);
}

/* The string is read to its NUL: callers give any size [win]. */
static NTSTATUS alg_set_mode(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_open *algorithm = object;
    const struct cipher_mode *mode = mode_named(algorithm->row, (LPCWSTR)(const void *)value);

    (void)bytes;
    if (!mode) return STATUS_NOT_SUPPORTED;
    algorithm->mode = mode;
    return STATUS_SUCCESS;
}

static NTSTATUS alg_get_key_lengths(void *object, const struct reply *reply)
{
    const struct cipher_open *algorithm = object;
    BCRYPT_KEY_LENGTHS_STRUCT lengths = algorithm->row->key_bits;

    if (algorithm->flags & BCRYPT_EXTENDED_KEYSIZE)
        lengths.dwMaxLength = algorithm->row->extended_key_bits;
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static NTSTATUS alg_get_tag_lengths(void *object, const struct reply *reply)
{
    const struct cipher_mode *mode = ((struct cipher_open *)object)->mode;

    if (!mode->tag.dwMaxLength) return STATUS_NOT_SUPPORTED;
    return reply_bytes(reply, &mode->tag, sizeof(mode->tag));
}

static NTSTATUS alg_get_effective_bits(void *object, const struct reply *reply)
{
    const struct cipher_open *algorithm = object;

    if (!algorithm->row->effective_bits) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply, algorithm->effective_bits);
}

static NTSTATUS alg_set_effective_bits(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_open *algorithm = object;

    return read_effective_bits(algorithm->row, value, bytes, &algorithm->effective_bits);
}

static NTSTATUS alg_get_message_length(void *object, const struct reply *reply)
{
    const struct cipher_open *algorithm = object;

    if (!algorithm->mode->message_allowed) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply, algorithm->message_bytes);
}

static NTSTATUS alg_set_message_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_open *algorithm = object;

    return read_message_length(algorithm->row, algorithm->mode, value, bytes,
                               &algorithm->message_bytes);
}

static NTSTATUS alg_get_primitive_type(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, BCRYPT_CIPHER_INTERFACE);
}

static const struct property alg_property_list[] =
{
    { BCRYPT_OBJECT_LENGTH,        alg_get_object_length,  NULL },
    { BCRYPT_BLOCK_LENGTH,         alg_get_block_length,   NULL },
    { BCRYPT_CHAINING_MODE,        alg_get_mode,           alg_set_mode },
    { BCRYPT_KEY_LENGTHS,          alg_get_key_lengths,    NULL },
    { BCRYPT_AUTH_TAG_LENGTH,      alg_get_tag_lengths,    NULL },
    { BCRYPT_BLOCK_SIZE_LIST,      alg_get_block_length,   NULL },  /* one size: the list is it */
    { BCRYPT_ALGORITHM_NAME,       alg_get_name,           NULL },
    { BCRYPT_EFFECTIVE_KEY_LENGTH, alg_get_effective_bits, alg_set_effective_bits },
    { BCRYPT_MESSAGE_BLOCK_LENGTH, alg_get_message_length, alg_set_message_length },
    { BCRYPT_PRIMITIVE_TYPE,       alg_get_primitive_type, NULL },
};
static const struct properties alg_properties = PROPERTIES(alg_property_list);

static NTSTATUS key_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((struct cipher_key *)object)->row->block_bytes);
}

static NTSTATUS key_get_mode(void *object, const struct reply *reply)
{
    return reply_mode(reply, cipher_mode_of(object));
}

static NTSTATUS key_set_mode(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;
    const struct cipher_mode *mode = mode_named(key->row, (LPCWSTR)(const void *)value);

    (void)bytes;
    if (!mode) return STATUS_NOT_SUPPORTED;
    atomic_store_explicit(&key->mode, mode, memory_order_relaxed);
    return STATUS_SUCCESS;
}

static NTSTATUS key_get_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((struct cipher_key *)object)->secret_bytes * 8);
}

/* Bits that count: half of an XTS key is for the tweak; RC2's are its effective ones. */
static NTSTATUS key_get_strength(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;
    ULONG bits = key->secret_bytes * 8 * key->row->strength_percent / 100;

    if (key->row->effective_bits)
        bits = atomic_load_explicit(&key->effective_bits, memory_order_relaxed);
    return reply_ulong(reply, bits);
}

static NTSTATUS key_get_effective_bits(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;

    if (!key->row->effective_bits) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply, atomic_load_explicit(&key->effective_bits, memory_order_relaxed));
}

static NTSTATUS key_set_effective_bits(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;
    NTSTATUS status;
    ULONG bits;

    if ((status = read_effective_bits(key->row, value, bytes, &bits))) return status;
    atomic_store_explicit(&key->effective_bits, bits, memory_order_relaxed);
    return STATUS_SUCCESS;
}

static NTSTATUS key_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((struct cipher_key *)object)->row->id);
}

static NTSTATUS key_get_object_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, PROV_OBJECT_LENGTH(((struct cipher_key *)object)->row->object_bytes));
}

static NTSTATUS key_get_message_length(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;

    if (!cipher_mode_of(key)->message_allowed) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply, cipher_message_bytes(key));
}

static NTSTATUS key_set_message_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;
    NTSTATUS status;
    ULONG length;

    if ((status = read_message_length(key->row, cipher_mode_of(key), value, bytes, &length)))
        return status;
    atomic_store_explicit(&key->message_bytes, length, memory_order_relaxed);
    return STATUS_SUCCESS;
}

static NTSTATUS key_set_iv(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;

    if (!key->row->primitive) return STATUS_NOT_SUPPORTED;
    if (bytes != key->row->block_bytes) return STATUS_INVALID_PARAMETER;
    cipher_chain_store(key, value);
    return STATUS_SUCCESS;
}

static const struct property key_property_list[] =
{
    { BCRYPT_BLOCK_LENGTH,          key_get_block_length,   NULL },
    { BCRYPT_CHAINING_MODE,         key_get_mode,           key_set_mode },
    { BCRYPT_KEY_LENGTH,            key_get_length,         NULL },
    { BCRYPT_KEY_STRENGTH,          key_get_strength,       NULL },
    { BCRYPT_ALGORITHM_NAME,        key_get_name,           NULL },
    { BCRYPT_OBJECT_LENGTH,         key_get_object_length,  NULL },
    { BCRYPT_EFFECTIVE_KEY_LENGTH,  key_get_effective_bits, key_set_effective_bits },
    { BCRYPT_MESSAGE_BLOCK_LENGTH,  key_get_message_length, key_set_message_length },
    { BCRYPT_INITIALIZATION_VECTOR, NULL,                   key_set_iv },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    return prov_is(hObject, PROV_ALGORITHM) ? &alg_properties : &key_properties;
}

static NTSTATUS WINAPI cipher_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                           PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                           ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI cipher_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                           PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

static const BCRYPT_CIPHER_FUNCTION_TABLE cipher_functions =
{
    .Version                = BCRYPT_CIPHER_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = cipher_open_algorithm,
    .GetProperty            = cipher_get_property,
    .SetProperty            = cipher_set_property,
    .CloseAlgorithmProvider = cipher_close_algorithm,
    .GenerateKey            = cipher_generate,
    .Encrypt                = cipher_encrypt,
    .Decrypt                = cipher_decrypt,
    .ImportKey              = cipher_import,
    .ExportKey              = cipher_export,
    .DuplicateKey           = cipher_duplicate,
    .DestroyKey             = cipher_destroy,
};

const struct prov_family cipher_family =
{
    BCRYPT_CIPHER_INTERFACE, PROV_ROWS(cipher_algorithms), &cipher_functions
};
