/*
 * key_file.c - the bytes of a key's file.
 *
 *     magic, version        "OpenCNGK", 1
 *     bytes                 of the file
 *     open bytes            of what is said openly
 *     protected bytes       of what only its user, or its machine, can open
 *     open                  legacy specification; name, algorithm: bytes, text without a NUL
 *     protected             CryptProtectData of a key of 32 bytes and the record
 *     proof                 HMAC-SHA-256 by that key of all that stands before it
 *
 * CryptProtectData does not promise to see every change (Wine's leaves bytes out), and does not
 * cover what stands beside it: the proof does both. All numbers are 32 bits, the lowest byte first.
 *
 * SPDX-License-Identifier: MIT
 */

#include "store/key_file.h"

#include "platform/memory.h"
#include "platform/names.h"
#include "platform/wipe.h"
#include "store/protect.h"

#define HEADER      24
#define PROOF       32
#define PROOF_KEY   32
#define FILE_FORMAT 1

static const uint8_t magic[8] = { 'O', 'p', 'e', 'n', 'C', 'N', 'G', 'K' };

static void put_number(uint8_t *to, ULONG number)
{
    to[0] = (uint8_t)number;
    to[1] = (uint8_t)(number >> 8);
    to[2] = (uint8_t)(number >> 16);
    to[3] = (uint8_t)(number >> 24);
}

static ULONG number_at(const uint8_t *from)
{
    return (ULONG)from[0] | (ULONG)from[1] << 8 | (ULONG)from[2] << 16 | (ULONG)from[3] << 24;
}

static SECURITY_STATUS prove(const uint8_t *key, const uint8_t *file, ULONG bytes,
                             uint8_t proof[PROOF])
{
    return nte(BCryptHash(BCRYPT_HMAC_SHA256_ALG_HANDLE, (PUCHAR)(ULONG_PTR)key, PROOF_KEY,
                          (PUCHAR)(ULONG_PTR)file, bytes, proof, PROOF));
}

static uint8_t *put_text(uint8_t *to, LPCWSTR text)
{
    ULONG bytes = name_bytes(text) - sizeof(WCHAR);

    put_number(to, bytes);
    memcpy(to + 4, text, bytes);
    return to + 4 + bytes;
}

SECURITY_STATUS key_file_write(const struct stored_name *name, const uint8_t *record,
                               ULONG record_bytes, uint8_t **file, ULONG *bytes)
{
    ULONG open_bytes = 12 + name_bytes(name->name) + name_bytes(name->algorithm) -
                       2 * sizeof(WCHAR);
    ULONG secret_bytes = PROOF_KEY + record_bytes, protected_bytes, size;
    uint8_t *secret, *to, *made = NULL;
    SECURITY_STATUS status;
    void *protected;

    *file = NULL;
    if (record_bytes > KEY_RECORD_MOST) return NTE_INVALID_PARAMETER;
    if (!(secret = memory_get(secret_bytes))) return NTE_NO_MEMORY;
    memcpy(secret + PROOF_KEY, record, record_bytes);
    status = nte(BCryptGenRandom(NULL, secret, PROOF_KEY, BCRYPT_USE_SYSTEM_PREFERRED_RNG));
    if (!status)
        status = store_protect(secret, secret_bytes, name->machine, &protected, &protected_bytes);
    if (status)
    {
        memory_put(secret, secret_bytes);
        return status;
    }
    size = HEADER + open_bytes + protected_bytes + PROOF;
    status = NTE_NO_MEMORY;
    if (size <= KEY_FILE_MOST && (made = memory_get(size)))
    {
        memcpy(made, magic, sizeof(magic));
        put_number(made + 8, FILE_FORMAT);
        put_number(made + 12, size);
        put_number(made + 16, open_bytes);
        put_number(made + 20, protected_bytes);
        put_number(made + HEADER, name->legacy_spec);
        to = put_text(put_text(made + HEADER + 4, name->name), name->algorithm);
        memcpy(to, protected, protected_bytes);
        status = prove(secret, made, size - PROOF, made + size - PROOF);
    }
    store_protect_free(protected, protected_bytes);
    memory_put(secret, secret_bytes);
    if (status && made)
    {
        memory_put(made, size);
        made = NULL;
    }
    *file = made;
    *bytes = size;
    return status;
}

/* Whether the numbers of the head fit the file and each other. */
static bool is_file(const uint8_t *file, ULONG bytes)
{
    ULONG open_bytes, protected_bytes;

    if (bytes < HEADER + PROOF || bytes > KEY_FILE_MOST || memcmp(file, magic, sizeof(magic)) ||
        number_at(file + 8) != FILE_FORMAT || number_at(file + 12) != bytes) return false;
    open_bytes = number_at(file + 16);
    protected_bytes = number_at(file + 20);
    return open_bytes <= bytes - HEADER - PROOF &&
           protected_bytes == bytes - HEADER - PROOF - open_bytes;
}

static bool get_text(const uint8_t **from, const uint8_t *end, WCHAR *text, ULONG room)
{
    ULONG bytes, i;

    if (end - *from < 4) return false;
    bytes = number_at(*from);
    *from += 4;
    if (bytes % sizeof(WCHAR) || bytes / sizeof(WCHAR) >= room || bytes > (ULONG)(end - *from))
        return false;
    memcpy(text, *from, bytes);
    text[bytes / sizeof(WCHAR)] = 0;
    *from += bytes;
    for (i = 0; i < bytes / sizeof(WCHAR); i++) if (!text[i]) return false;
    return true;
}

bool key_file_name(const uint8_t *file, ULONG bytes, WCHAR name[STORE_NAME_ROOM],
                   WCHAR algorithm[STORE_ID_ROOM], ULONG *legacy_spec)
{
    const uint8_t *from = file + HEADER + 4, *end;

    if (!is_file(file, bytes) || number_at(file + 16) < 4) return false;
    end = file + HEADER + number_at(file + 16);
    *legacy_spec = number_at(file + HEADER);
    return get_text(&from, end, name, STORE_NAME_ROOM) &&
           get_text(&from, end, algorithm, STORE_ID_ROOM) && from == end;
}

SECURITY_STATUS key_file_read(const uint8_t *file, ULONG bytes, uint8_t **record,
                              ULONG *record_bytes)
{
    SECURITY_STATUS status;
    uint8_t proof[PROOF];
    void *secret;
    ULONG size;

    *record = NULL;
    if (!is_file(file, bytes)) return NTE_KEYSET_ENTRY_BAD;
    if ((status = store_unprotect(file + HEADER + number_at(file + 16), number_at(file + 20),
                                  &secret, &size))) return status;
    status = size < PROOF_KEY ? NTE_KEYSET_ENTRY_BAD : prove(secret, file, bytes - PROOF, proof);
    if (!status && !equal_constant_time(proof, file + bytes - PROOF, PROOF))
        status = NTE_KEYSET_ENTRY_BAD;
    if (!status)
    {
        *record_bytes = size - PROOF_KEY;
        status = NTE_NO_MEMORY;
        if ((*record = memory_get(*record_bytes ? *record_bytes : 1)))
        {
            memcpy(*record, (uint8_t *)secret + PROOF_KEY, *record_bytes);
            status = 0;
        }
    }
    store_protect_free(secret, size);
    return status;
}
