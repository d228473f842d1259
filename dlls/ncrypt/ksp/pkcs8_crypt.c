/*
 * pkcs8_crypt.c - encrypted PKCS #8: PBES2 (RFC 8018) and PKCS #12's scheme (RFC 7292, appendix B).
 *
 * A password is UTF-16. PBES2 takes it as UTF-8, PKCS #12 as UTF-16 with the high byte first and a
 * NUL. One of no bytes at all, which is what .NET makes of a password of no characters, has no NUL
 * either: its units are NULL here. The mathematics are bcrypt.dll's.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"
#include "platform/wipe.h"

#define PASSWORD_MOST   1024                    /* UTF-16 units */
#define ITERATIONS_MOST 10000000u               /* more takes minutes: it is refused */

#define PKCS5 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05
#define RSADSI 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d
#define AES   0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01

static const uint8_t oid_pbes2[] = { PKCS5, 0x0d }, oid_pbkdf2[] = { PKCS5, 0x0c };
static const uint8_t oid_pkcs12_3des[] = { RSADSI, 0x01, 0x0c, 0x01, 0x03 };
static const uint8_t oid_sha256[] = { RSADSI, 0x02, 0x09 };
static const uint8_t oid_aes256[] = { AES, 0x2a };

struct scheme
{
    LPCWSTR cipher;
    uint8_t key[32], iv[16];
    ULONG key_bytes, block;
};

static bool is_oid(const struct der *item, const uint8_t *oid, size_t bytes)
{
    return item->tag == DER_OID && item->bytes == bytes && !memcmp(item->data, oid, bytes);
}

/* A number of 32 bits. */
static bool number_of(const struct der *item, ULONG *number)
{
    size_t i;

    if (item->tag != DER_INTEGER || item->bytes > 4) return false;
    *number = 0;
    for (i = 0; i < item->bytes; i++) *number = *number << 8 | item->data[i];
    return true;
}

/* ---- passwords ---- */

/* The password's units without a NUL at the end, in room for them. */
static bool password_units(const NCryptBuffer *password, WCHAR room[PASSWORD_MOST],
                           const WCHAR **units, ULONG *count)
{
    ULONG all = password->cbBuffer / sizeof(WCHAR);

    if (password->cbBuffer % sizeof(WCHAR) || all > PASSWORD_MOST ||
        (all && !password->pvBuffer)) return false;
    *units = all ? room : NULL;
    if (all) memcpy(room, password->pvBuffer, password->cbBuffer);
    if (all && !room[all - 1]) all--;
    *count = all;
    return true;
}

static ULONG to_utf8(const WCHAR *units, ULONG count, uint8_t *utf8)
{
    uint8_t *to = utf8;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        uint32_t c = (uint16_t)units[i];

        if (c >= 0xd800 && c < 0xdc00 && i + 1 < count &&
            ((uint16_t)units[i + 1] & 0xfc00) == 0xdc00)
            c = 0x10000 + ((c & 0x3ff) << 10) + ((uint16_t)units[++i] & 0x3ff);
        if (c < 0x80) *to++ = (uint8_t)c;
        else if (c < 0x800) *to++ = (uint8_t)(0xc0 | c >> 6);
        else if (c < 0x10000) *to++ = (uint8_t)(0xe0 | c >> 12);
        else *to++ = (uint8_t)(0xf0 | c >> 18);
        if (c >= 0x10000) *to++ = (uint8_t)(0x80 | (c >> 12 & 0x3f));
        if (c >= 0x800) *to++ = (uint8_t)(0x80 | (c >> 6 & 0x3f));
        if (c >= 0x80) *to++ = (uint8_t)(0x80 | (c & 0x3f));
    }
    return (ULONG)(to - utf8);
}

/* ---- PKCS #12 ---- */

static SECURITY_STATUS pkcs12_scheme(const WCHAR *units, ULONG count, const struct der *salt,
                                     ULONG iterations, struct scheme *scheme)
{
    uint8_t password[2 * PASSWORD_MOST + 2];
    ULONG bytes = units ? 2 * count + 2 : 0, i;
    SECURITY_STATUS status;

    for (i = 0; i < count; i++)
    {
        password[2 * i] = (uint8_t)((uint16_t)units[i] >> 8);
        password[2 * i + 1] = (uint8_t)units[i];
    }
    password[2 * count] = password[2 * count + 1] = 0;
    scheme->cipher = BCRYPT_3DES_ALGORITHM;
    scheme->key_bytes = 24;
    scheme->block = 8;
    status = pkcs12_derive(1, password, bytes, salt, iterations, scheme->key, 24);
    if (!status) status = pkcs12_derive(2, password, bytes, salt, iterations, scheme->iv, 8);
    wipe(password, sizeof(password));
    return status;
}

/* ---- PBES2 ---- */

static const struct
{
    uint8_t oid[9];
    uint8_t bytes;
    LPCWSTR cipher;
    ULONG key_bytes, block;
} ciphers[] =
{
    { { AES, 0x02 },                9, BCRYPT_AES_ALGORITHM,  16, 16 },
    { { AES, 0x16 },                9, BCRYPT_AES_ALGORITHM,  24, 16 },
    { { AES, 0x2a },                9, BCRYPT_AES_ALGORITHM,  32, 16 },
    { { RSADSI, 0x03, 0x07 },       8, BCRYPT_3DES_ALGORITHM, 24, 8  },
};

static SECURITY_STATUS pbkdf2(LPCWSTR digest, const WCHAR *units, ULONG count,
                              const struct der *salt, ULONG iterations, struct scheme *scheme)
{
    uint8_t password[3 * PASSWORD_MOST];
    ULONG bytes = to_utf8(units, count, password);
    BCRYPT_ALG_HANDLE prf;
    NTSTATUS status;

    status = BCryptOpenAlgorithmProvider(&prf, digest, MS_PRIMITIVE_PROVIDER,
                                         BCRYPT_ALG_HANDLE_HMAC_FLAG);
    if (!status)
    {
        status = BCryptDeriveKeyPBKDF2(prf, password, bytes, (PUCHAR)(ULONG_PTR)salt->data,
                                       (ULONG)salt->bytes, iterations, scheme->key,
                                       scheme->key_bytes, 0);
        BCryptCloseAlgorithmProvider(prf, 0);
    }
    wipe(password, sizeof(password));
    return nte(status);
}

/* The digest of an HMAC that PBKDF2 names. */
static SECURITY_STATUS prf_digest(const struct der *identifier, LPCWSTR *digest)
{
    static const LPCWSTR digests[] = { BCRYPT_SHA1_ALGORITHM, NULL, BCRYPT_SHA256_ALGORITHM,
                                       BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA512_ALGORITHM };
    struct der_list list = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    size_t number;

    if (lc_der_sequence(identifier->data, identifier->bytes, &list) && list.count &&
        list.items[0].tag == DER_OID)
    {
        status = NTE_NOT_SUPPORTED;
        if (list.items[0].bytes == sizeof(oid_sha256) &&
            !memcmp(list.items[0].data, oid_sha256, sizeof(oid_sha256) - 1))
        {
            number = list.items[0].data[sizeof(oid_sha256) - 1] - 7u;
            if (number < ARRAY_SIZE(digests) && (*digest = digests[number])) status = 0;
        }
    }
    lc_der_free(&list);
    return status;
}

/* PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterations, keyLength OPTIONAL, prf DEFAULT } */
static SECURITY_STATUS pbes2_key(const struct der *parameters, const WCHAR *units, ULONG count,
                                 struct scheme *scheme)
{
    LPCWSTR digest = BCRYPT_SHA1_ALGORITHM;
    SECURITY_STATUS status = NTE_BAD_DATA;
    struct der_list list = { 0 };
    ULONG iterations, key_bytes;
    size_t i = 2;

    if (parameters->tag != DER_SEQUENCE ||
        !lc_der_sequence(parameters->data, parameters->bytes, &list) || list.count < 2 ||
        list.items[0].tag != DER_OCTETS || !number_of(&list.items[1], &iterations) ||
        !iterations || iterations > ITERATIONS_MOST) goto done;
    if (i < list.count && list.items[i].tag == DER_INTEGER)
    {
        if (!number_of(&list.items[i++], &key_bytes) || key_bytes != scheme->key_bytes) goto done;
    }
    if (i < list.count)
    {
        if (list.items[i].tag != DER_SEQUENCE || i + 1 != list.count) goto done;
        if ((status = prf_digest(&list.items[i], &digest))) goto done;
    }
    status = pbkdf2(digest, units, count, &list.items[0], iterations, scheme);

done:
    lc_der_free(&list);
    return status;
}

/* PBES2-params ::= SEQUENCE { keyDerivationFunc, encryptionScheme } */
static SECURITY_STATUS pbes2_scheme(const struct der *parameters, const WCHAR *units, ULONG count,
                                    struct scheme *scheme)
{
    struct der_list list = { 0 }, function = { 0 }, encryption = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    size_t i;

    if (parameters->tag != DER_SEQUENCE ||
        !lc_der_sequence(parameters->data, parameters->bytes, &list) || list.count != 2 ||
        list.items[0].tag != DER_SEQUENCE || list.items[1].tag != DER_SEQUENCE ||
        !lc_der_sequence(list.items[0].data, list.items[0].bytes, &function) ||
        function.count != 2 ||
        !lc_der_sequence(list.items[1].data, list.items[1].bytes, &encryption) ||
        encryption.count != 2) goto done;

    status = NTE_NOT_SUPPORTED;
    if (!is_oid(&function.items[0], oid_pbkdf2, sizeof(oid_pbkdf2))) goto done;
    for (i = 0; i < ARRAY_SIZE(ciphers); i++)
    {
        if (!is_oid(&encryption.items[0], ciphers[i].oid, ciphers[i].bytes)) continue;
        status = NTE_BAD_DATA;
        if (encryption.items[1].tag != DER_OCTETS ||
            encryption.items[1].bytes != ciphers[i].block) goto done;
        scheme->cipher = ciphers[i].cipher;
        scheme->key_bytes = ciphers[i].key_bytes;
        scheme->block = ciphers[i].block;
        memcpy(scheme->iv, encryption.items[1].data, ciphers[i].block);
        status = pbes2_key(&function.items[1], units, count, scheme);
        break;
    }

done:
    lc_der_free(&encryption);
    lc_der_free(&function);
    lc_der_free(&list);
    return status;
}

/* ---- both ---- */

/* Encrypts or decrypts in CBC with padding. */
static NTSTATUS crypt(struct scheme *scheme, bool encrypt, const uint8_t *input, ULONG bytes,
                      uint8_t *output, ULONG room, ULONG *result)
{
    BCRYPT_ALG_HANDLE open;
    BCRYPT_KEY_HANDLE key = NULL;
    PUCHAR data = (PUCHAR)(ULONG_PTR)input;
    NTSTATUS status;

    if ((status = BCryptOpenAlgorithmProvider(&open, scheme->cipher, MS_PRIMITIVE_PROVIDER, 0)))
        return status;
    status = BCryptSetProperty(open, BCRYPT_CHAINING_MODE, (PUCHAR)(ULONG_PTR)BCRYPT_CHAIN_MODE_CBC,
                               sizeof(BCRYPT_CHAIN_MODE_CBC), 0);
    if (!status)
        status = BCryptGenerateSymmetricKey(open, &key, NULL, 0, scheme->key, scheme->key_bytes, 0);
    if (!status && encrypt)
        status = BCryptEncrypt(key, data, bytes, NULL, scheme->iv, scheme->block, output, room,
                               result, BCRYPT_BLOCK_PADDING);
    else if (!status)
        status = BCryptDecrypt(key, data, bytes, NULL, scheme->iv, scheme->block, output, room,
                               result, BCRYPT_BLOCK_PADDING);
    if (key) BCryptDestroyKey(key);
    BCryptCloseAlgorithmProvider(open, 0);
    return status;
}

/* PKCS #12's parameters: SEQUENCE { salt OCTET STRING, iterations INTEGER }. */
static SECURITY_STATUS pkcs12_decode(const struct der *parameters, const WCHAR *units, ULONG count,
                                     struct scheme *scheme)
{
    SECURITY_STATUS status = NTE_BAD_DATA;
    struct der_list list = { 0 };
    ULONG iterations;

    if (parameters->tag == DER_SEQUENCE &&
        lc_der_sequence(parameters->data, parameters->bytes, &list) && list.count == 2 &&
        list.items[0].tag == DER_OCTETS && list.items[0].bytes <= 0x1000 &&
        number_of(&list.items[1], &iterations) && iterations && iterations <= ITERATIONS_MOST)
        status = pkcs12_scheme(units, count, &list.items[0], iterations, scheme);
    lc_der_free(&list);
    return status;
}

SECURITY_STATUS pkcs8_decrypt(const uint8_t *data, ULONG bytes, const NCryptBuffer *password,
                              uint8_t **plain, ULONG *plain_bytes, ULONG *room)
{
    struct der_list outer = { 0 }, identifier = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    struct scheme scheme = { 0 };
    WCHAR units_room[PASSWORD_MOST];
    const WCHAR *units;
    ULONG count;

    *plain = NULL;
    if (!password_units(password, units_room, &units, &count)) return NTE_INVALID_PARAMETER;
    if (!lc_der_sequence(data, bytes, &outer) || outer.count != 2 ||
        outer.items[0].tag != DER_SEQUENCE || outer.items[1].tag != DER_OCTETS ||
        !outer.items[1].bytes ||
        !lc_der_sequence(outer.items[0].data, outer.items[0].bytes, &identifier) ||
        identifier.count != 2) goto done;

    if (is_oid(&identifier.items[0], oid_pbes2, sizeof(oid_pbes2)))
        status = pbes2_scheme(&identifier.items[1], units, count, &scheme);
    else if (is_oid(&identifier.items[0], oid_pkcs12_3des, sizeof(oid_pkcs12_3des)))
        status = pkcs12_decode(&identifier.items[1], units, count, &scheme);
    else status = NTE_NOT_SUPPORTED;
    if (status) goto done;

    *room = (ULONG)outer.items[1].bytes;
    status = NTE_NO_MEMORY;
    if (!(*plain = memory_get(*room))) goto done;
    status = 0;
    if (crypt(&scheme, false, outer.items[1].data, *room, *plain, *room, plain_bytes))
    {
        memory_put(*plain, *room);
        *plain = NULL;
        status = NTE_BAD_DATA;                  /* mostly a wrong password */
    }

done:
    wipe(&scheme, sizeof(scheme));
    wipe(units_room, sizeof(units_room));
    lc_der_free(&identifier);
    lc_der_free(&outer);
    return status;
}

/* ---- encrypting ---- */

/* What NCRYPTBUFFER_PKCS_ALG_PARAM holds: CRYPT_PKCS12_PBE_PARAMS, the salt behind it. */
static bool read_parameters(const NCryptBuffer *buffer, ULONG *iterations, uint8_t salt[64],
                            ULONG *salt_bytes)
{
    if (!buffer->pvBuffer || buffer->cbBuffer < 8) return false;
    memcpy(iterations, buffer->pvBuffer, 4);
    memcpy(salt_bytes, (uint8_t *)buffer->pvBuffer + 4, 4);
    if (!*iterations || *iterations > ITERATIONS_MOST || *salt_bytes > 64 ||
        *salt_bytes > buffer->cbBuffer - 8) return false;
    memcpy(salt, (uint8_t *)buffer->pvBuffer + 8, *salt_bytes);
    return true;
}

static bool is_text(const NCryptBuffer *buffer, const char *text)
{
    size_t bytes = strlen(text);

    return buffer->pvBuffer && (buffer->cbBuffer == bytes || buffer->cbBuffer == bytes + 1) &&
           !memcmp(buffer->pvBuffer, text, bytes);
}

static void put_pkcs12(struct der_writer *writer, const struct der *salt, ULONG iterations)
{
    size_t end = writer->at;

    lc_der_put_number(writer, iterations);
    lc_der_put(writer, DER_OCTETS, salt->data, salt->bytes);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    pkcs8_put_algorithm(writer, oid_pkcs12_3des, sizeof(oid_pkcs12_3des), end);
}

static void put_pbes2(struct der_writer *writer, const struct der *salt, ULONG iterations,
                      const struct scheme *scheme, const uint8_t iv[16])
{
    size_t end = writer->at, at;

    lc_der_put(writer, DER_OCTETS, iv, scheme->block);
    pkcs8_put_algorithm(writer, oid_aes256, sizeof(oid_aes256), end);
    at = writer->at;
    lc_der_put(writer, DER_NULL, NULL, 0);
    pkcs8_put_algorithm(writer, oid_sha256, sizeof(oid_sha256), at);
    lc_der_put_number(writer, iterations);
    lc_der_put(writer, DER_OCTETS, salt->data, salt->bytes);
    lc_der_wrap(writer, DER_SEQUENCE, at);
    pkcs8_put_algorithm(writer, oid_pbkdf2, sizeof(oid_pbkdf2), at);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    pkcs8_put_algorithm(writer, oid_pbes2, sizeof(oid_pbes2), end);
}

SECURITY_STATUS pkcs8_encrypt(const NCryptBufferDesc *parameters, const uint8_t *plain,
                              ULONG plain_bytes, uint8_t **data, ULONG *bytes)
{
    const NCryptBuffer *password = ksp_parameter(parameters, NCRYPTBUFFER_PKCS_SECRET);
    const NCryptBuffer *id = ksp_parameter(parameters, NCRYPTBUFFER_PKCS_ALG_OID);
    const NCryptBuffer *more = ksp_parameter(parameters, NCRYPTBUFFER_PKCS_ALG_PARAM);
    bool is_pbes2 = id && is_text(id, "1.2.840.113549.1.5.13");
    ULONG iterations = 2048, count, size, room = plain_bytes + 512;
    struct scheme scheme = { .cipher = BCRYPT_AES_ALGORITHM, .key_bytes = 32, .block = 16 };
    uint8_t salt_data[64], iv[16] = { 0 }, *encrypted = NULL;
    struct der salt = { DER_OCTETS, salt_data, 8 };
    struct der_writer writer = { memory_get(room), room, false };
    SECURITY_STATUS status = NTE_INVALID_PARAMETER;
    WCHAR units_room[PASSWORD_MOST];
    const WCHAR *units;

    if (!writer.buffer || !(encrypted = memory_get(room)))
    {
        memory_put(writer.buffer, room);
        return NTE_NO_MEMORY;
    }
    if (!password_units(password, units_room, &units, &count)) goto done;
    if (more && !read_parameters(more, &iterations, salt_data, &size)) goto done;
    salt.bytes = more ? size : 8;
    status = NTE_NOT_SUPPORTED;
    if (id && !is_pbes2 && !is_text(id, "1.2.840.113549.1.12.1.3")) goto done;
    if (!more && (status = nte(BCryptGenRandom(NULL, salt_data, 8,
                                               BCRYPT_USE_SYSTEM_PREFERRED_RNG)))) goto done;
    if (is_pbes2)
    {
        if ((status = nte(BCryptGenRandom(NULL, iv, sizeof(iv), BCRYPT_USE_SYSTEM_PREFERRED_RNG))))
            goto done;
        memcpy(scheme.iv, iv, sizeof(iv));
        status = pbkdf2(BCRYPT_SHA256_ALGORITHM, units, count, &salt, iterations, &scheme);
    }
    else status = pkcs12_scheme(units, count, &salt, iterations, &scheme);
    if (status) goto done;

    status = nte(crypt(&scheme, true, plain, plain_bytes, encrypted, room, &size));
    if (status) goto done;
    lc_der_put(&writer, DER_OCTETS, encrypted, size);
    if (is_pbes2) put_pbes2(&writer, &salt, iterations, &scheme, iv);
    else put_pkcs12(&writer, &salt, iterations);
    lc_der_wrap(&writer, DER_SEQUENCE, room);
    status = NTE_INTERNAL_ERROR;
    if (writer.failed) goto done;
    *bytes = (ULONG)(room - writer.at);
    status = NTE_NO_MEMORY;
    if (!(*data = memory_get(*bytes))) goto done;
    memcpy(*data, writer.buffer + writer.at, *bytes);
    status = 0;

done:
    wipe(&scheme, sizeof(scheme));
    wipe(units_room, sizeof(units_room));
    memory_put(encrypted, room);
    memory_put(writer.buffer, room);
    return status;
}
