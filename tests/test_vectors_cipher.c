/*
 * test_vectors_cipher.c - published vectors of block ciphers, RC4, XTS, AEAD and key wrap.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

#define BLOCK_MOST 16

static NTSTATUS open_kept(const WCHAR *id, BCRYPT_ALG_HANDLE *algorithm)
{
    NTSTATUS status = BCryptOpenAlgorithmProvider(algorithm, id, NULL, 0);

    if (!status) keep_algorithm(*algorithm);
    return status;
}

static NTSTATUS set_ulong(BCRYPT_HANDLE handle, const WCHAR *name, ULONG value)
{
    return BCryptSetProperty(handle, name, (UCHAR *)&value, sizeof(value), 0);
}

static const WCHAR *mode_name(const char *mode)
{
    static const struct
    {
        const char *name;
        const WCHAR *value;
    } modes[] =
    {
        { "ECB", BCRYPT_CHAIN_MODE_ECB },
        { "CBC", BCRYPT_CHAIN_MODE_CBC },
        { "CFB", BCRYPT_CHAIN_MODE_CFB },
        { "GCM", BCRYPT_CHAIN_MODE_GCM },
        { "CCM", BCRYPT_CHAIN_MODE_CCM },
    };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(modes); i++)
    {
        if (!strcmp(mode, modes[i].name)) return modes[i].value;
    }
    return NULL;
}

static NTSTATUS set_section_mode(struct vectors *v, BCRYPT_ALG_HANDLE algorithm)
{
    const WCHAR *mode = mode_name(vectors_text(v, "mode", ""));

    if (!mode) return STATUS_SUCCESS;
    return BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)(WCHAR *)mode,
                             wide_bytes(mode), 0);
}

/* --- block ciphers ---------------------------------------------------------------------------- */

struct cipher_case
{
    struct bytes key, iv, plain, cipher;
    ULONG flags;
};

/* Both ways, in place the way back. */
static void run_cipher(struct vectors *v, BCRYPT_ALG_HANDLE algorithm, const struct cipher_case *c)
{
    ULONG block = vectors_number(v, "block", 0), result = 0;
    UCHAR iv[BLOCK_MOST] = { 0 }, *out = vectors_room(v, c->cipher.size + BLOCK_MOST);
    BCRYPT_KEY_HANDLE key = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    if (vectors_has(v, "effective_bits"))
    {
        status = set_ulong(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH,
                           vectors_number(v, "effective_bits", 0));
    }
    if (!status)
    {
        status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, c->key.data, c->key.size, 0);
    }
    if (!status && block) status = set_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH, block);
    if (status)
    {
        vectors_wrong(v, "no key: %#x", (unsigned int)status);
        return;
    }

    if (vectors_verdict(v) == '+')
    {
        memcpy(iv, c->iv.data, c->iv.size);
        status = BCryptEncrypt(key, c->plain.data, c->plain.size, NULL, c->iv.size ? iv : NULL,
                               c->iv.size, out, c->cipher.size, &result, c->flags);
        vectors_judge(v, status, result == c->cipher.size && same(out, c->cipher));
        if (!block && c->iv.size && c->cipher.size >= c->iv.size &&
            memcmp(iv, c->cipher.data + c->cipher.size - c->iv.size, c->iv.size))
        {
            vectors_wrong(v, "the IV that comes out is not the last block");
        }
    }

    memcpy(iv, c->iv.data, c->iv.size);
    memcpy(out, c->cipher.data, c->cipher.size);
    status = BCryptDecrypt(key, out, c->cipher.size, NULL, c->iv.size ? iv : NULL, c->iv.size, out,
                           c->cipher.size, &result, c->flags);
    vectors_judge(v, status, result == c->plain.size && same(out, c->plain));
    BCryptDestroyKey(key);
}

/* DES is 3DES with three equal keys; two-key 3DES has the first as its third. */
static void run_as_3des(struct vectors *v, BCRYPT_ALG_HANDLE algorithm, struct cipher_case c)
{
    UCHAR *key = vectors_room(v, 24);
    ULONG i;

    for (i = 0; i < 24; i++) key[i] = c.key.data[i % c.key.size];
    c.key.data = key;
    c.key.size = 24;
    run_cipher(v, algorithm, &c);
}

START_TEST(published_block_ciphers)             /* FIPS 197, SP 800-38A, AESAVS, TMOVS, RFC 2268 */
{
    struct vectors *v = vectors_start("cipher", _i);
    BCRYPT_ALG_HANDLE algorithm, triple = NULL;
    const char *id;
    NTSTATUS status;

    vectors_next(v);
    id = vectors_text(v, "alg", "");
    status = open_kept(vectors_wide(v, "alg"), &algorithm);
    if (!status) status = set_section_mode(v, algorithm);
    expect_status(status, STATUS_SUCCESS);
    if (!strcmp(id, "DES") || !strcmp(id, "3DES_112"))
    {
        expect_status(open_kept(BCRYPT_3DES_ALGORITHM, &triple), STATUS_SUCCESS);
        expect_status(set_section_mode(v, triple), STATUS_SUCCESS);
    }
    do
    {
        struct bytes none = { vectors_room(v, 0), 0 };
        struct cipher_case c =
        {
            vectors_bytes(v, "key"), vectors_has(v, "iv") ? vectors_bytes(v, "iv") : none,
            vectors_bytes(v, "msg"), vectors_bytes(v, "ct"),
            vectors_number(v, "pad", 0) ? BCRYPT_BLOCK_PADDING : 0,
        };

        run_cipher(v, algorithm, &c);
        if (triple) run_as_3des(v, triple, c);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

/* Ten thousand blocks; in CBC each call leaves the next one's IV in the caller's buffer. */
static NTSTATUS run_chain(BCRYPT_KEY_HANDLE key, bool cbc, bool encrypt, UCHAR block[BLOCK_MOST])
{
    UCHAR iv[BLOCK_MOST] = { 0 }, last[BLOCK_MOST] = { 0 }, *used = cbc ? iv : NULL;
    ULONG bytes = cbc ? BLOCK_MOST : 0, result;
    NTSTATUS status = STATUS_SUCCESS;
    unsigned int i;

    memset(block, 0, BLOCK_MOST);
    for (i = 0; i < 10000 && !status; i++)
    {
        UCHAR input[BLOCK_MOST];

        memcpy(input, block, BLOCK_MOST);
        if (cbc && encrypt)
        {
            memcpy(input, last, BLOCK_MOST);
            memcpy(last, block, BLOCK_MOST);
        }
        status = encrypt ? BCryptEncrypt(key, input, BLOCK_MOST, NULL, used, bytes, block,
                                         BLOCK_MOST, &result, 0)
                         : BCryptDecrypt(key, input, BLOCK_MOST, NULL, used, bytes, block,
                                         BLOCK_MOST, &result, 0);
    }
    return status;
}

START_TEST(published_monte_carlo_blocks)            /* the AES submission's rijndael-vals */
{
    struct vectors *v = vectors_start("cipher-monte", _i);
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(open_kept(BCRYPT_AES_ALGORITHM, &algorithm), STATUS_SUCCESS);
    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "key"), out = vectors_bytes(v, "out");
        bool cbc = !strcmp(vectors_text(v, "mode", ""), "CBC");
        bool encrypt = !strcmp(vectors_text(v, "way", ""), "encrypt");
        UCHAR block[BLOCK_MOST];
        BCRYPT_KEY_HANDLE key;
        NTSTATUS status;

        expect_status(set_section_mode(v, algorithm), STATUS_SUCCESS);
        expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret.data,
                                                 secret.size, 0), STATUS_SUCCESS);
        status = run_chain(key, cbc, encrypt, block);
        vectors_judge(v, status, same(block, out));
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/*
 * A chain of AESAVS 6.4 or SP 800-20. The answers follow the vector in one stream, the newest last;
 * the next text is what mode and direction take from it, the next key the last one with the newest
 * answers added.
 */
struct mct
{
    BCRYPT_ALG_HANDLE algorithm;
    bool aes, ecb, cbc, encrypt;
    ULONG block, unit, key_bytes, rounds;           /* unit: bytes of text in a round */
    UCHAR key[32], iv[BLOCK_MOST], text[BLOCK_MOST], stream[3 * BLOCK_MOST];
};

static void start_mct(struct mct *mct, struct vectors *v)
{
    struct bytes key = vectors_bytes(v, "key"), text = vectors_bytes(v, "msg");

    mct->aes = !strcmp(vectors_text(v, "alg", ""), "AES");
    mct->ecb = !strcmp(vectors_text(v, "mode", ""), "ECB");
    mct->cbc = !strcmp(vectors_text(v, "mode", ""), "CBC");
    mct->encrypt = !strcmp(vectors_text(v, "way", ""), "encrypt");
    mct->block = mct->aes ? 16 : 8;
    mct->unit = text.size;
    mct->key_bytes = key.size;
    mct->rounds = mct->aes ? 1000 : 10000;
    memcpy(mct->key, key.data, key.size);
    memcpy(mct->text, text.data, text.size);
    if (!mct->ecb) memcpy(mct->iv, vectors_bytes(v, "iv").data, mct->block);
}

/* The text of the next round: of DES's decryption the answer, which in CFB is the key stream. */
static void next_text(struct mct *mct, const UCHAR *answer)
{
    ULONG i;

    if (mct->ecb || (!mct->aes && !mct->encrypt))
    {
        for (i = 0; i < mct->unit; i++)
        {
            mct->text[i] = (UCHAR)(answer[i] ^ (mct->ecb || mct->cbc ? 0 : mct->text[i]));
        }
        return;
    }
    memcpy(mct->text, mct->stream + sizeof(mct->stream) - mct->block - mct->unit, mct->unit);
}

static void set_parity(UCHAR *key, ULONG bytes)
{
    ULONG i, bit;

    for (i = 0; i < bytes; i++)
    {
        UCHAR odd = 1;

        for (bit = 1; bit < 8; bit++) odd ^= (UCHAR)(key[i] >> bit & 1);
        key[i] = (UCHAR)((key[i] & 0xfe) | odd);
    }
}

/* AES's key takes the answers in their order, each of DES's keys the next older eight bytes. */
static void next_key(struct mct *mct)
{
    const UCHAR *end = mct->stream + sizeof(mct->stream);
    ULONG i;

    for (i = 0; i < mct->key_bytes; i++)
    {
        mct->key[i] ^= mct->aes ? end[(LONG)i - (LONG)mct->key_bytes]
                                : end[(LONG)(i % 8) - 8 - (LONG)(i / 8 * 8)];
    }
    if (!mct->aes) set_parity(mct->key, mct->key_bytes);
}

/* All the rounds of one key; answer is the last round's. */
static NTSTATUS run_mct(struct mct *mct, UCHAR answer[BLOCK_MOST])
{
    ULONG iv_bytes = mct->ecb ? 0 : mct->block, kept = sizeof(mct->stream) - mct->unit, result, i;
    UCHAR *iv = mct->ecb ? NULL : mct->iv;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status = BCryptGenerateSymmetricKey(mct->algorithm, &key, NULL, 0, mct->key,
                                                 mct->key_bytes, 0);

    if (status) return status;
    if (!mct->ecb && !mct->cbc) status = set_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH, mct->unit);
    memcpy(mct->stream + sizeof(mct->stream) - mct->block, mct->iv, mct->block);
    for (i = 0; i < mct->rounds && !status; i++)
    {
        status = mct->encrypt ? BCryptEncrypt(key, mct->text, mct->unit, NULL, iv, iv_bytes, answer,
                                              mct->unit, &result, 0)
                              : BCryptDecrypt(key, mct->text, mct->unit, NULL, iv, iv_bytes, answer,
                                              mct->unit, &result, 0);
        memmove(mct->stream, mct->stream + mct->unit, kept);
        memcpy(mct->stream + kept, answer, mct->unit);
        next_text(mct, answer);
    }
    BCryptDestroyKey(key);
    next_key(mct);
    /* AES's next vector is the newest answers both ways, DES's what the mode has come to. */
    if (mct->aes) memcpy(mct->iv, mct->stream + sizeof(mct->stream) - BLOCK_MOST, BLOCK_MOST);
    return status;
}

START_TEST(published_monte_carlo_chains)            /* AESAVS 6.4, SP 800-20 */
{
    struct vectors *v = vectors_start("cipher-mct", _i);
    struct mct mct = { 0 };

    vectors_next(v);
    expect_status(open_kept(vectors_wide(v, "alg"), &mct.algorithm), STATUS_SUCCESS);
    expect_status(set_section_mode(v, mct.algorithm), STATUS_SUCCESS);
    do
    {
        UCHAR answer[BLOCK_MOST] = { 0 };
        NTSTATUS status;

        if (vectors_group_changed(v)) start_mct(&mct, v);
        status = run_mct(&mct, answer);
        vectors_judge(v, status, same(answer, vectors_bytes(v, "out")));
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

START_TEST(published_rc4_streams)                   /* RFC 6229 */
{
    struct vectors *v = vectors_start("rc4", _i);
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(open_kept(BCRYPT_RC4_ALGORITHM, &algorithm), STATUS_SUCCESS);
    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "key"), plain = vectors_bytes(v, "msg");
        struct bytes cipher = vectors_bytes(v, "ct");
        ULONG skip = vectors_number(v, "skip", 0), result = 0;
        UCHAR *out = vectors_room(v, skip + cipher.size);
        BCRYPT_KEY_HANDLE key;
        NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret.data,
                                                     secret.size, 0);

        if (!status && skip)
        {
            status = BCryptEncrypt(key, out, skip, NULL, NULL, 0, out, skip, &result, 0);
        }
        if (!status)
        {
            status = BCryptEncrypt(key, plain.data, plain.size, NULL, NULL, 0, out, cipher.size,
                                   &result, 0);
        }
        vectors_judge(v, status, same(out, cipher));
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/* --- XTS -------------------------------------------------------------------------------------- */

START_TEST(published_xts_data_units)                /* IEEE 1619, XTSVS, Wycheproof */
{
    struct vectors *v = vectors_start("xts", _i);
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(open_kept(BCRYPT_XTS_AES_ALGORITHM, &algorithm), STATUS_SUCCESS);
    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "key"), plain = vectors_bytes(v, "msg");
        struct bytes cipher = vectors_bytes(v, "ct"), unit = vectors_bytes(v, "iv");
        UCHAR iv[BLOCK_MOST], *out = vectors_room(v, cipher.size);
        ULONG result = 0;
        BCRYPT_KEY_HANDLE key = NULL;
        NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret.data,
                                                     secret.size, 0);

        if (status)
        {
            vectors_judge_as(v, status, false, STATUS_INVALID_PARAMETER);
            continue;
        }
        expect_at_most(unit.size, sizeof(iv));
        status = set_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH, cipher.size);
        if (!status)
        {
            memcpy(iv, unit.data, unit.size);
            status = BCryptEncrypt(key, plain.data, plain.size, NULL, iv, unit.size, out,
                                   cipher.size, &result, 0);
        }
        vectors_judge_as(v, status, same(out, cipher), STATUS_INVALID_PARAMETER);
        if (!status)
        {
            memcpy(iv, unit.data, unit.size);
            status = BCryptDecrypt(key, out, cipher.size, NULL, iv, unit.size, out, plain.size,
                                   &result, 0);
            vectors_judge(v, status, same(out, plain));
        }
        BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/* --- AEAD ------------------------------------------------------------------------------------- */

struct aead_case
{
    struct bytes key, nonce, aad, plain, cipher, tag;
};

/* Whether CNG has nonces and tags of these lengths. */
static bool has_sizes(const char *mode, ULONG nonce, ULONG tag)
{
    if (!strcmp(mode, "GCM")) return nonce == 12 && tag >= 12 && tag <= 16;
    if (strcmp(mode, "CCM")) return nonce == 12 && tag == 16;
    return nonce >= 7 && nonce <= 13 && tag >= 4 && tag <= 16 && !(tag % 2);
}

static void fill_info(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info, const struct aead_case *c,
                      UCHAR *tag)
{
    memset(info, 0, sizeof(*info));
    info->cbSize = sizeof(*info);
    info->dwInfoVersion = BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION;
    info->pbNonce = c->nonce.data;
    info->cbNonce = c->nonce.size;
    info->pbAuthData = c->aad.data;
    info->cbAuthData = c->aad.size;
    info->pbTag = tag;
    info->cbTag = c->tag.size;
}

static void run_aead(struct vectors *v, BCRYPT_KEY_HANDLE key, const struct aead_case *c,
                     bool sizes)
{
    NTSTATUS refusal = sizes ? STATUS_AUTH_TAG_MISMATCH : STATUS_INVALID_PARAMETER, status;
    UCHAR *out = vectors_room(v, c->cipher.size), *tag = vectors_room(v, c->tag.size);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG result = 0;

    if (vectors_verdict(v) == '+')
    {
        fill_info(&info, c, tag);
        status = BCryptEncrypt(key, c->plain.data, c->plain.size, &info, NULL, 0, out,
                               c->cipher.size, &result, 0);
        vectors_judge(v, status, result == c->cipher.size && same(out, c->cipher) &&
                                 same(tag, c->tag));
    }
    else if (!sizes)
    {
        fill_info(&info, c, tag);
        status = BCryptEncrypt(key, c->plain.data, c->plain.size, &info, NULL, 0, out,
                               c->cipher.size, &result, 0);
        if (status != STATUS_INVALID_PARAMETER)
        {
            vectors_wrong(v, "encryption gives %#x, not STATUS_INVALID_PARAMETER",
                          (unsigned int)status);
        }
    }

    memcpy(tag, c->tag.data, c->tag.size);
    memcpy(out, c->cipher.data, c->cipher.size);
    fill_info(&info, c, tag);
    status = BCryptDecrypt(key, out, c->cipher.size, &info, NULL, 0, out, c->cipher.size, &result,
                           0);
    vectors_judge_as(v, status, result == c->plain.size && same(out, c->plain), refusal);
}

START_TEST(published_authenticated_ciphers)         /* GCMVS, CCMVS, RFC 8439, Wycheproof */
{
    struct vectors *v = vectors_start("aead", _i);
    BCRYPT_ALG_HANDLE algorithm;
    NTSTATUS status;

    vectors_next(v);
    status = open_kept(vectors_wide(v, "alg"), &algorithm);
    if (status)
    {
        if (!vectors_absent(v, status)) vectors_finish(v);
        return;
    }
    expect_status(set_section_mode(v, algorithm), STATUS_SUCCESS);
    do
    {
        struct aead_case c =
        {
            vectors_bytes(v, "key"), vectors_bytes(v, "iv"), vectors_bytes(v, "aad"),
            vectors_bytes(v, "msg"), vectors_bytes(v, "ct"), vectors_bytes(v, "tag"),
        };
        BCRYPT_KEY_HANDLE key;

        status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, c.key.data, c.key.size, 0);
        if (status)
        {
            vectors_wrong(v, "no key: %#x", (unsigned int)status);
            continue;
        }
        run_aead(v, key, &c, has_sizes(vectors_text(v, "mode", ""), c.nonce.size, c.tag.size));
        BCryptDestroyKey(key);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

/* --- key wrap --------------------------------------------------------------------------------- */

/* RC4 takes the keys that AES has not. */
static bool is_aes_key(ULONG bytes)
{
    return bytes == 16 || bytes == 24 || bytes == 32;
}

static NTSTATUS wrap_key(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE wrapping,
                         struct bytes secret, UCHAR *out, ULONG size, ULONG *result)
{
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret.data,
                                                 secret.size, 0);

    if (status) return status;
    status = BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, out, size, result, 0);
    BCryptDestroyKey(key);
    return status;
}

static NTSTATUS unwrap_key(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE wrapping,
                           struct bytes wrapped, UCHAR *blob, ULONG size, ULONG *result)
{
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status = BCryptImportKey(algorithm, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, &key, NULL, 0,
                                      wrapped.data, wrapped.size, 0);

    if (status) return status;
    status = BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, size, result, 0);
    BCryptDestroyKey(key);
    return status;
}

START_TEST(published_wrapped_keys)                  /* RFC 3394, KWVS, Wycheproof */
{
    struct vectors *v = vectors_start("wrap", _i);
    BCRYPT_ALG_HANDLE aes, rc4;

    expect_status(open_kept(BCRYPT_AES_ALGORITHM, &aes), STATUS_SUCCESS);
    expect_status(open_kept(BCRYPT_RC4_ALGORITHM, &rc4), STATUS_SUCCESS);
    while (vectors_next(v))
    {
        const ULONG header = sizeof(BCRYPT_KEY_DATA_BLOB_HEADER);
        struct bytes secret = vectors_bytes(v, "key"), plain = vectors_bytes(v, "msg");
        struct bytes wrapped = vectors_bytes(v, "ct");
        BCRYPT_ALG_HANDLE algorithm = is_aes_key(plain.size) ? aes : rc4;
        UCHAR *out = vectors_room(v, wrapped.size + 64);
        BCRYPT_KEY_HANDLE wrapping;
        ULONG result = 0;
        NTSTATUS status;

        expect_status(BCryptGenerateSymmetricKey(aes, &wrapping, NULL, 0, secret.data, secret.size,
                                                 0), STATUS_SUCCESS);
        if (vectors_verdict(v) == '+')
        {
            status = wrap_key(algorithm, wrapping, plain, out, wrapped.size, &result);
            vectors_judge(v, status, result == wrapped.size && same(out, wrapped));
        }
        result = 0;
        status = unwrap_key(algorithm, wrapping, wrapped, out, wrapped.size + 64, &result);
        vectors_judge(v, status, result == header + plain.size && same(out + header, plain));
        BCryptDestroyKey(wrapping);
    }
    vectors_finish(v);
}
END_TEST

void vectors_cipher_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_block_ciphers, "cipher");
    add_sections(tests, published_monte_carlo_blocks, "cipher-monte");
    add_sections(tests, published_monte_carlo_chains, "cipher-mct");
    add_sections(tests, published_rc4_streams, "rc4");
    add_sections(tests, published_xts_data_units, "xts");
    add_sections(tests, published_authenticated_ciphers, "aead");
    add_sections(tests, published_wrapped_keys, "wrap");
}
