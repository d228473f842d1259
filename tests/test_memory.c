/*
 * test_memory.c - what destroyed symmetric keys and hashes leave in the process's memory, and what
 * objects leak.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_memory.h"

static BCRYPT_KEY_HANDLE new_secret_key(BCRYPT_ALG_HANDLE algorithm, ULONG bytes)
{
    BCRYPT_KEY_HANDLE key;

    mask(secret, sizeof(secret));
    key = new_key(algorithm, secret, bytes);
    mask(secret, sizeof(secret));
    return key;
}

START_TEST(the_search_finds_a_copy)
{
    UCHAR *copy = malloc(sizeof(secret));

    new_secret();
    expect_value(memory_copies(secret, 16), 0);
    memcpy(copy, secret, sizeof(secret));
    mask(copy, sizeof(secret));
    expect_value(memory_copies(secret, 16), 1);
    expect_value(memory_copies(secret + 16, 16), 1);
    mask(copy, sizeof(secret));
    expect_value(memory_copies(secret, 16), 0);
    free(copy);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes, iv_bytes;
} ciphers[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE,  16,  0 }, { BCRYPT_AES_CBC_ALG_HANDLE,  24, 16 },
    { BCRYPT_AES_CFB_ALG_HANDLE,  32, 16 }, { BCRYPT_3DES_CBC_ALG_HANDLE, 24,  8 },
    { BCRYPT_DES_ECB_ALG_HANDLE,   8,  0 }, { BCRYPT_DESX_CBC_ALG_HANDLE, 24,  8 },
    { BCRYPT_RC2_CBC_ALG_HANDLE,  16,  8 }, { BCRYPT_RC4_ALG_HANDLE,      16,  0 },
};

START_TEST(a_destroyed_key_leaves_no_copy)
{
    BCRYPT_KEY_HANDLE key, duplicate;
    UCHAR output[64], iv[16] = { 0 };
    ULONG bytes;

    new_secret();
    key = new_secret_key(ciphers[_i].algorithm, ciphers[_i].bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 64,
                   .iv = ciphers[_i].iv_bytes ? iv : NULL, .iv_bytes = ciphers[_i].iv_bytes,
                   .output = output, .room = 64, .result = &bytes);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_decrypt(duplicate, STATUS_SUCCESS, .input = output, .bytes = 64,
                   .iv = ciphers[_i].iv_bytes ? iv : NULL, .iv_bytes = ciphers[_i].iv_bytes,
                   .output = output, .room = 64, .result = &bytes);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
    use_stack();
    expect_value(memory_copies(secret, ciphers[_i].bytes), 0);
    expect_value(memory_copies(secret, 8), 0);
    expect_value(memory_copies(secret + ciphers[_i].bytes - 8, 8), 0);
}
END_TEST

/*
 * The expanded schedule of an AES key (FIPS 197, section 5.2), forwards as words in memory order
 * and with words turned round, and the last round key, with which an inverse schedule begins.
 */
static UCHAR multiply(UCHAR a, UCHAR b)
{
    UCHAR product = 0;

    for (; b; b >>= 1)
    {
        if (b & 1) product ^= a;
        a = (UCHAR)(a << 1 ^ (a & 0x80 ? 0x1b : 0));
    }
    return product;
}

static UCHAR substitute(UCHAR value)
{
    UCHAR inverse = 1, result = 0x63;
    int i;

    for (i = 0; i < 254; i++) inverse = multiply(inverse, value);
    for (i = 0; i < 5; i++) result ^= (UCHAR)(inverse << i | inverse >> (8 - i));
    return result;
}

static void expand(UCHAR *schedule, ULONG key_bytes, ULONG schedule_bytes)
{
    UCHAR round = 1;
    ULONG at, i;

    for (at = key_bytes; at < schedule_bytes; at += 4)
    {
        UCHAR word[4];

        memcpy(word, schedule + at - 4, 4);
        if (at % key_bytes == 0)
        {
            UCHAR first = word[0];

            for (i = 0; i < 3; i++) word[i] = substitute(word[i + 1]);
            word[3] = substitute(first);
            word[0] ^= round;
            round = multiply(round, 2);
        }
        else if (key_bytes > 24 && at % key_bytes == 16)
        {
            for (i = 0; i < 4; i++) word[i] = substitute(word[i]);
        }
        for (i = 0; i < 4; i++) schedule[at + i] = schedule[at - key_bytes + i] ^ word[i];
    }
}

static void turn_words(UCHAR *schedule, ULONG bytes)
{
    ULONG i;

    for (i = 0; i < bytes; i += 4)
    {
        UCHAR a = schedule[i], b = schedule[i + 1];

        schedule[i] = schedule[i + 3];
        schedule[i + 1] = schedule[i + 2];
        schedule[i + 2] = b;
        schedule[i + 3] = a;
    }
}

static unsigned int round_keys_in_memory(UCHAR *schedule, ULONG bytes)
{
    unsigned int found = 0, turned;
    ULONG at;

    for (turned = 0; turned < 2; turned++)
    {
        for (at = 0; at < bytes; at += 16) found += memory_copies(schedule + at, 16);
        turn_words(schedule, bytes);                /* masking does not mind the order */
    }
    return found;
}

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes, schedule_bytes;
} aes[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE, 16, 176 }, { BCRYPT_AES_CBC_ALG_HANDLE, 32, 240 },
    { BCRYPT_AES_GCM_ALG_HANDLE, 16, 176 }, { BCRYPT_AES_CCM_ALG_HANDLE, 24, 208 },
};

static void use_aes_key(BCRYPT_KEY_HANDLE key)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR output[256], tag[16], iv[16] = { 0 };
    ULONG bytes;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = iv;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = 16;
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 256, .info = &info, .iv = iv,
                   .iv_bytes = 16, .output = output, .room = 256, .result = &bytes);
    memset(iv, 0, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 256, .info = &info, .iv = iv,
                   .iv_bytes = 16, .output = output, .room = 256, .result = &bytes);
}

START_TEST(a_destroyed_aes_key_leaves_no_round_key)
{
    static UCHAR schedule[240];
    BCRYPT_KEY_HANDLE key;

    new_secret();
    memcpy(schedule, secret, aes[_i].bytes);
    mask(schedule, aes[_i].bytes);
    expand(schedule, aes[_i].bytes, aes[_i].schedule_bytes);
    mask(schedule, aes[_i].schedule_bytes);
    use_stack();
    expect_value(round_keys_in_memory(schedule, aes[_i].schedule_bytes), 0);

    key = new_secret_key(aes[_i].algorithm, aes[_i].bytes);
    use_aes_key(key);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    use_stack();
    expect_value(round_keys_in_memory(schedule, aes[_i].schedule_bytes), 0);
}
END_TEST

START_TEST(a_refused_secret_leaves_no_copy)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, NULL, 0, secret, 17,
                                             0), STATUS_INVALID_PARAMETER);
    mask(secret, sizeof(secret));
    use_stack();
    expect_value(memory_copies(secret, 8), 0);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes, bytes;
} macs[] =
{
    { BCRYPT_HMAC_MD5_ALG_HANDLE,    32, 16 }, { BCRYPT_HMAC_SHA1_ALG_HANDLE,   32, 20 },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE, 32, 32 }, { BCRYPT_HMAC_SHA512_ALG_HANDLE, 64, 64 },
    { BCRYPT_AES_CMAC_ALG_HANDLE,    16, 16 }, { BCRYPT_KMAC128_ALG_HANDLE,     32, 32 },
};

/* The key itself, and the key as HMAC pads it: XORed with 36 and with 5c. */
static unsigned int mac_keys_in_memory(ULONG bytes)
{
    static const UCHAR pads[] = { 0x36, 0x5c, 0x36 ^ 0x5c };
    unsigned int found = memory_copies(secret, bytes);
    UCHAR padded[64];
    size_t pad, i;

    for (pad = 0; pad < ARRAY_SIZE(pads); pad++)
    {
        for (i = 0; i < bytes; i++) padded[i] = secret[i] ^ pads[pad];
        found += memory_copies(padded, bytes);
    }
    return found;
}

START_TEST(a_destroyed_mac_leaves_no_key)
{
    BCRYPT_HASH_HANDLE hash, duplicate;
    UCHAR mac[64];

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptCreateHash(macs[_i].algorithm, &hash, NULL, 0, secret,
                                           macs[_i].key_bytes, 0)), STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptHashData(hash, (UCHAR *)counting, 100, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptFinishHash(hash, mac, macs[_i].bytes, 0)), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
    use_stack();
    expect_value(mac_keys_in_memory(macs[_i].key_bytes), 0);
}
END_TEST

START_TEST(a_mac_at_once_leaves_no_key)
{
    UCHAR mac[64];

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptHash(macs[_i].algorithm, secret, macs[_i].key_bytes,
                                     (UCHAR *)counting, 100, mac, macs[_i].bytes)),
                  STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    use_stack();
    expect_value(mac_keys_in_memory(macs[_i].key_bytes), 0);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} hashes[] =
{
    { BCRYPT_MD5_ALG_HANDLE,    16 }, { BCRYPT_SHA1_ALG_HANDLE,     20 },
    { BCRYPT_SHA256_ALG_HANDLE, 32 }, { BCRYPT_SHA512_ALG_HANDLE,   64 },
    { BCRYPT_SHA3_256_ALG_HANDLE, 32 }, { BCRYPT_MD2_ALG_HANDLE,    16 },
};

/* What is hashed may be a password. */
START_TEST(a_destroyed_hash_leaves_no_message)
{
    BCRYPT_HASH_HANDLE hash = new_hash(hashes[_i].algorithm, NULL, 0, 0);
    UCHAR digest[64];

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptHashData(hash, secret, 40, 0)), STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptFinishHash(hash, digest, hashes[_i].bytes, 0)), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    use_stack();
    expect_value(memory_copies(secret, 8), 0);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes;
} multi_hashes[] =
{
    { BCRYPT_AES_CMAC_ALG_HANDLE, 16 }, { BCRYPT_AES_CMAC_ALG_HANDLE, 32 },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE, 32 }, { BCRYPT_HMAC_SHA512_ALG_HANDLE, 48 },
};

START_TEST(a_destroyed_multi_hash_leaves_no_key)
{
    BCRYPT_MULTI_HASH_OPERATION operation = { 1, BCRYPT_HASH_OPERATION_HASH_DATA,
                                              (UCHAR *)counting, 100 };
    BCRYPT_HASH_HANDLE hash = NULL;

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptCreateMultiHash(multi_hashes[_i].algorithm, &hash, 3, NULL, 0,
                                                secret, multi_hashes[_i].key_bytes, 0)),
                  STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, &operation,
                                                       sizeof(operation), 0)), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    use_stack();
    expect_value(mac_keys_in_memory(multi_hashes[_i].key_bytes), 0);
}
END_TEST

START_TEST(a_destroyed_multi_hash_leaves_no_message)
{
    BCRYPT_MULTI_HASH_OPERATION operations[3];
    BCRYPT_HASH_HANDLE hash = NULL;
    ULONG lane;

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(BCryptCreateMultiHash(hashes[_i].algorithm, &hash, 3, NULL, 0, NULL, 0, 0),
                  STATUS_SUCCESS);
    for (lane = 0; lane < 3; lane++)
    {
        operations[lane].iHash = lane;
        operations[lane].hashOperation = BCRYPT_HASH_OPERATION_HASH_DATA;
        operations[lane].pbBuffer = secret;
        operations[lane].cbBuffer = 40;
    }
    expect_status(cleared(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, operations,
                                                       sizeof(operations), 0)), STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    use_stack();
    expect_value(memory_copies(secret, 8), 0);
}
END_TEST

/* Bytes handed out are gone from the generator: whoever reads its memory later learns nothing. */
static const struct
{
    ULONG bytes;
} requests[] =
{
    { 16 }, { 24 }, { 32 }, { 64 }, { 300 },
};

START_TEST(random_bytes_are_kept_by_no_one)
{
    static UCHAR numbers[300];
    ULONG bytes = requests[_i].bytes, at;
    unsigned int found;

    expect_status(saved(BCryptGenRandom(NULL, numbers, bytes, BCRYPT_USE_SYSTEM_PREFERRED_RNG)),
                  STATUS_SUCCESS);
    mask(numbers, bytes);
    use_stack();
    found = memory_copies(numbers + bytes - 16, 16);
    for (at = 0; at + 16 < bytes; at += 16) found += memory_copies(numbers + at, 16);
    expect_value(found, 0);
}
END_TEST

/* --- leaks -------------------------------------------------------------------------------- */

/* The committed bytes of the process that can be written to. */
static unsigned long long writable_bytes(void)
{
    MEMORY_BASIC_INFORMATION region;
    unsigned long long bytes = 0;
    const UCHAR *at = NULL;

    while (VirtualQuery(at, &region, sizeof(region)) == sizeof(region))
    {
        const UCHAR *next = (const UCHAR *)region.BaseAddress + region.RegionSize;

        if (region.State == MEM_COMMIT && region.Protect & PAGE_READWRITE)
        {
            bytes += region.RegionSize;
        }
        if (next <= at) break;
        at = next;
    }
    return bytes;
}

static void live_and_die(int rounds)
{
    BCRYPT_HANDLE algorithm, key, duplicate, hash;
    UCHAR blob[512], output[32];
    ULONG bytes;

    while (rounds--)
    {
        expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, NULL, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting, 16,
                                                 0), STATUS_SUCCESS);
        expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
        expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes,
                                      0), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        expect_status(BCryptImportKey(algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0, blob,
                                      bytes, 0), STATUS_SUCCESS);
        expect_status(BCryptCreateHash(BCRYPT_HMAC_SHA256_ALG_HANDLE, &hash, NULL, 0,
                                       (UCHAR *)counting, 32, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
        expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
        expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
    }
}

/* 60000 objects of which each left 16 bytes would be a megabyte. */
START_TEST(objects_leave_no_memory_behind)
{
    unsigned long long before;

    live_and_die(5000);
    before = writable_bytes();
    live_and_die(15000);
    expect_at_most(writable_bytes(), before + 256 * 1024);
}
END_TEST

static void hash_a_secret(int row)
{
    UCHAR digest[64];
    NTSTATUS status;

    use_stack();
    mask(secret, sizeof(secret));
    status = BCryptHash(hashes[row].algorithm, NULL, 0, secret, 40, digest, hashes[row].bytes);
    mask(secret, sizeof(secret));
    expect_status(status, STATUS_SUCCESS);
}

static void make_a_mac(int row)
{
    UCHAR mac[64];
    NTSTATUS status;

    use_stack();
    mask(secret, sizeof(secret));
    status = BCryptHash(macs[row].algorithm, secret, macs[row].key_bytes, (UCHAR *)counting, 100,
                        mac, macs[row].bytes);
    mask(secret, sizeof(secret));
    expect_status(status, STATUS_SUCCESS);
}

START_TEST(a_hash_at_once_leaves_no_message_on_the_stack)
{
    new_secret();
    from_deep_down(hash_a_secret, _i);
    expect_value(secret_copies(secret, 40), 0);
}
END_TEST

START_TEST(a_mac_at_once_leaves_no_key_on_the_stack)
{
    new_secret();
    from_deep_down(make_a_mac, _i);
    expect_value(secret_copies(secret, macs[_i].key_bytes), 0);
}
END_TEST

void memory_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, objects_leave_no_memory_behind);

    tests = ours(suite);
    add_test(tests, the_search_finds_a_copy);
    add_rows(tests, a_destroyed_key_leaves_no_copy, ciphers);
    add_rows(tests, a_destroyed_aes_key_leaves_no_round_key, aes);
    add_test(tests, a_refused_secret_leaves_no_copy);
    add_rows(tests, a_destroyed_mac_leaves_no_key, macs);
    add_rows(tests, a_mac_at_once_leaves_no_key, macs);
    add_rows(tests, a_destroyed_hash_leaves_no_message, hashes);
    add_rows(tests, a_destroyed_multi_hash_leaves_no_key, multi_hashes);
    add_rows(tests, a_destroyed_multi_hash_leaves_no_message, hashes);
    add_rows(tests, random_bytes_are_kept_by_no_one, requests);
    add_rows(tests, a_hash_at_once_leaves_no_message_on_the_stack, hashes);
    add_rows(tests, a_mac_at_once_leaves_no_key_on_the_stack, macs);
}
