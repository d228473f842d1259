/*
 * test_threads.c - objects that several threads use at once.
 *
 * A thread's work returns the line at which it went wrong, or 0.
 *
 * SPDX-License-Identifier: MIT
 */

#include "threads.h"

#define THREADS 4
#define ROUNDS 3000

#define CHECKED(condition) do { if (!(condition)) return __LINE__; } while (0)

/* --- handles.md, "Threads and IRQL" ------------------------------------------------------- */

struct shared_key
{
    BCRYPT_KEY_HANDLE key;
    ULONG iv_bytes;
    ULONG bytes;
    UCHAR text[1000], output[THREADS][1000], tag[THREADS][16];
};

static ULONG length_of(const struct shared_key *shared, unsigned int number)
{
    return shared->bytes - number * 16;
}

static unsigned int work_authenticated(unsigned int number, void *argument)
{
    struct shared_key *shared = argument;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG length = length_of(shared, number), bytes, i;
    UCHAR output[1000], tag[16], nonce[12] = { 0 };

    nonce[0] = (UCHAR)number;
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = sizeof(nonce);
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    for (i = 0; i < ROUNDS; i++)
    {
        CHECKED(!BCryptEncrypt(shared->key, shared->text, length, &info, NULL, 0, output, length,
                               &bytes, 0));
        if (!i) memcpy(shared->output[number], output, length);
        if (!i) memcpy(shared->tag[number], tag, 16);
        CHECKED(!memcmp(output, shared->output[number], length));
        CHECKED(!memcmp(tag, shared->tag[number], 16));
        CHECKED(!BCryptDecrypt(shared->key, output, length, &info, NULL, 0, output, length, &bytes,
                               0));
        CHECKED(!memcmp(output, shared->text, length));
    }
    return 0;
}

static unsigned int work_with_iv(unsigned int number, void *argument)
{
    struct shared_key *shared = argument;
    ULONG length = length_of(shared, number), bytes, i;
    UCHAR output[1000], iv[16];

    for (i = 0; i < ROUNDS; i++)
    {
        memset(iv, (int)number, 16);
        CHECKED(!BCryptEncrypt(shared->key, shared->text, length, NULL,
                               shared->iv_bytes ? iv : NULL, shared->iv_bytes, output, length,
                               &bytes, 0));
        if (!i) memcpy(shared->output[number], output, length);
        CHECKED(!memcmp(output, shared->output[number], length));
        memset(iv, (int)number, 16);
        CHECKED(!BCryptDecrypt(shared->key, output, length, NULL, shared->iv_bytes ? iv : NULL,
                               shared->iv_bytes, output, length, &bytes, 0));
        CHECKED(!memcmp(output, shared->text, length));
    }
    return 0;
}

static void prepare(struct shared_key *shared, BCRYPT_ALG_HANDLE algorithm, ULONG iv_bytes,
                    ULONG bytes)
{
    ULONG i;

    memset(shared, 0, sizeof(*shared));
    shared->key = new_key(algorithm, counting, 32);
    shared->iv_bytes = iv_bytes;
    shared->bytes = bytes;
    for (i = 0; i < sizeof(shared->text); i++) shared->text[i] = (UCHAR)(i * 7);
}

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} authenticated[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE, 1000 }, { BCRYPT_AES_GCM_ALG_HANDLE, 64 },
    { BCRYPT_AES_CCM_ALG_HANDLE, 1000 }, { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 1000 },
};

START_TEST(authenticated_encryption_works_on_one_key_from_many_threads)
{
    static struct shared_key shared;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR output[1000], tag[16], nonce[12] = { 0 };
    ULONG bytes;

    prepare(&shared, authenticated[_i].algorithm, 0, authenticated[_i].bytes);
    expect_value(run_threads(THREADS, work_authenticated, &shared), 0);
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = 16;
    expect_encrypt(shared.key, STATUS_SUCCESS, .input = shared.text, .bytes = shared.bytes,
                   .info = &info, .output = output, .room = shared.bytes, .result = &bytes);
    expect_bytes(shared.output[0], output, shared.bytes);
    expect_bytes(shared.tag[0], tag, 16);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG iv_bytes, bytes;
} plain[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE,   0, 64 }, { BCRYPT_AES_ECB_ALG_HANDLE,   0, 992 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  16, 64 }, { BCRYPT_AES_CBC_ALG_HANDLE,  16, 992 },
    { BCRYPT_AES_CFB_ALG_HANDLE,  16, 64 }, { BCRYPT_3DES_CBC_ALG_HANDLE,  8, 256 },
    { BCRYPT_XTS_AES_ALG_HANDLE,   8, 512 }, { BCRYPT_RC2_CFB_ALG_HANDLE,   8, 64 },
};

START_TEST(ecb_and_calls_with_an_iv_work_on_one_key_from_many_threads)
{
    static struct shared_key shared;
    UCHAR output[1000], iv[16] = { 0 };
    ULONG bytes;

    prepare(&shared, plain[_i].algorithm, plain[_i].iv_bytes, plain[_i].bytes);
    expect_value(run_threads(THREADS, work_with_iv, &shared), 0);
    expect_encrypt(shared.key, STATUS_SUCCESS, .input = shared.text, .bytes = shared.bytes,
                   .iv = plain[_i].iv_bytes ? iv : NULL, .iv_bytes = plain[_i].iv_bytes,
                   .output = output, .room = shared.bytes, .result = &bytes);
    expect_bytes(shared.output[0], output, shared.bytes);
}
END_TEST

/* A NULL IV on many threads is a race by nature, and a hash fed by two gives some digest: memory
 * must stay whole, and the object usable. */
static unsigned int work_without_iv(unsigned int number, void *argument)
{
    struct shared_key *shared = argument;
    UCHAR output[64];
    ULONG bytes, i;

    (void)number;
    for (i = 0; i < ROUNDS; i++)
    {
        CHECKED(!BCryptEncrypt(shared->key, shared->text, 64, NULL, NULL, 0, output, 64, &bytes,
                               0));
    }
    return 0;
}

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
} chained[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE }, { BCRYPT_AES_CFB_ALG_HANDLE }, { BCRYPT_RC4_ALG_HANDLE },
};

START_TEST(calls_without_iv_from_many_threads_do_no_harm)
{
    static struct shared_key shared;

    prepare(&shared, chained[_i].algorithm, 0, 64);
    expect_value(run_threads(THREADS, work_without_iv, &shared), 0);
    expect_status(test_destroy_key(shared.key), STATUS_SUCCESS);
}
END_TEST

/* RFC 2268, section 5: zeros under one key with 64 and with 128 effective bits. Half of the threads
 * set them on the key that the others encrypt with: every block is one of the two. */
static const UCHAR rc2_blocks[2][8] =
{
    { 0x1a, 0x80, 0x7d, 0x27, 0x2b, 0xbe, 0x5d, 0xb1 },
    { 0x22, 0x69, 0x55, 0x2a, 0xb0, 0xf8, 0x5c, 0xa6 },
};

static unsigned int work_effective(unsigned int number, void *argument)
{
    UCHAR zeros[8] = { 0 }, block[8];
    ULONG bits, bytes, i;

    for (i = 0; i < ROUNDS; i++)
    {
        bits = i & 1 ? 64 : 128;
        if (number & 1)
        {
            CHECKED(!BCryptSetProperty(argument, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4,
                                       0));
        }
        CHECKED(!BCryptEncrypt(argument, zeros, 8, NULL, NULL, 0, block, 8, &bytes, 0));
        CHECKED(!memcmp(block, rc2_blocks[0], 8) || !memcmp(block, rc2_blocks[1], 8));
    }
    return 0;
}

START_TEST(an_effective_length_may_be_set_while_others_encrypt)
{
    BCRYPT_KEY_HANDLE key =
        new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, "88bca90e90875a7f0f79c384627bafb2");

    expect_value(run_threads(THREADS, work_effective, key), 0);
}
END_TEST

/* Half of the threads set the mode of the key that the others encrypt and decrypt with. GCM refuses
 * calls without its information; a size is answered in every mode. */
static unsigned int work_mode(unsigned int number, void *argument)
{
    static const WCHAR *const modes[] = { BCRYPT_CHAIN_MODE_CBC, BCRYPT_CHAIN_MODE_GCM,
                                          BCRYPT_CHAIN_MODE_CFB, BCRYPT_CHAIN_MODE_ECB };
    UCHAR zeros[32] = { 0 }, output[48];
    const WCHAR *mode;
    ULONG bytes, i;

    for (i = 0; i < 10 * ROUNDS; i++)
    {
        mode = modes[(i + number) % ARRAY_SIZE(modes)];
        if (number & 1)
        {
            CHECKED(!BCryptSetProperty(argument, BCRYPT_CHAINING_MODE, (UCHAR *)mode,
                                       wide_bytes(mode), 0));
        }
        else
        {
            BCryptEncrypt(argument, zeros, 32, NULL, NULL, 0, output, sizeof(output), &bytes,
                          i & 1 ? BCRYPT_BLOCK_PADDING : 0);
            BCryptDecrypt(argument, zeros, 32, NULL, NULL, 0, output, sizeof(output), &bytes, 0);
            CHECKED(bytes == 32);
        }
    }
    return 0;
}

START_TEST(a_mode_may_be_set_while_others_encrypt)
{
    expect_value(run_threads(THREADS, work_mode, new_aes_key(128)), 0);
}
END_TEST

static unsigned int work_hash(unsigned int number, void *argument)
{
    BCRYPT_HASH_HANDLE hash = argument;
    UCHAR digest[32];
    ULONG i;

    for (i = 0; i < ROUNDS; i++)
    {
        BCryptHashData(hash, (UCHAR *)counting, 1 + (i * 31 + number) % 200, 0);
        if (i % 7 == number) BCryptFinishHash(hash, digest, 32, 0);
    }
    return 0;
}

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes;
} hashes[] =
{
    { BCRYPT_SHA256_ALG_HANDLE, 0 }, { BCRYPT_HMAC_SHA256_ALG_HANDLE, 32 },
    { BCRYPT_SHA3_256_ALG_HANDLE, 0 }, { BCRYPT_SHAKE128_ALG_HANDLE, 0 },
};

START_TEST(one_hash_fed_by_many_threads_does_no_harm)
{
    BCRYPT_HASH_HANDLE hash = new_hash(hashes[_i].algorithm, hashes[_i].key_bytes ? counting : NULL,
                                       hashes[_i].key_bytes, 0);
    UCHAR digest[32], expected[32];

    run_threads(THREADS, work_hash, hash);
    BCryptFinishHash(hash, digest, 32, 0);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 100, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_SUCCESS);
    expect_status(BCryptHash(hashes[_i].algorithm, hashes[_i].key_bytes ? (UCHAR *)counting : NULL,
                             hashes[_i].key_bytes, (UCHAR *)counting, 100, expected, 32),
                  STATUS_SUCCESS);
    expect_bytes(digest, expected, 32);
}
END_TEST

/* --- algorithm handles, and the generator ------------------------------------------------- */

static unsigned int work_open(unsigned int number, void *argument)
{
    static const WCHAR *const names[] =
    {
        BCRYPT_AES_ALGORITHM, BCRYPT_SHA256_ALGORITHM, BCRYPT_RC4_ALGORITHM, BCRYPT_RNG_ALGORITHM
    };
    BCRYPT_ALG_HANDLE algorithm;
    ULONG i, value, bytes;

    (void)argument;
    for (i = 0; i < ROUNDS; i++)
    {
        CHECKED(!BCryptOpenAlgorithmProvider(&algorithm, names[(i + number) % 4], NULL, 0));
        CHECKED(!BCryptGetProperty(algorithm, BCRYPT_PRIMITIVE_TYPE, (UCHAR *)&value, 4, &bytes,
                                   0));
        CHECKED(!BCryptCloseAlgorithmProvider(algorithm, 0));
    }
    return 0;
}

START_TEST(algorithms_open_and_close_on_many_threads)
{
    expect_value(run_threads(THREADS, work_open, NULL), 0);
}
END_TEST

struct numbers
{
    UCHAR blocks[THREADS][2000][16];
};

static unsigned int work_random(unsigned int number, void *argument)
{
    struct numbers *numbers = argument;
    ULONG i;

    for (i = 0; i < 2000; i++)
    {
        CHECKED(!BCryptGenRandom(NULL, numbers->blocks[number][i], 16,
                                 BCRYPT_USE_SYSTEM_PREFERRED_RNG));
    }
    return 0;
}

static int compare_blocks(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

START_TEST(threads_get_different_random_numbers)
{
    static struct numbers numbers;
    UCHAR (*blocks)[16] = numbers.blocks[0];
    unsigned int i, same = 0;

    expect_value(run_threads(THREADS, work_random, &numbers), 0);
    qsort(blocks, THREADS * 2000, 16, compare_blocks);
    for (i = 1; i < THREADS * 2000; i++) same += !memcmp(blocks[i - 1], blocks[i], 16);
    expect_value(same, 0);
}
END_TEST

/* ---- HKDF's steps ---- */

struct derived
{
    BCRYPT_KEY_HANDLE key;
    UCHAR expected[32];
};

static NTSTATUS derive_32(BCRYPT_KEY_HANDLE key, UCHAR output[32])
{
    ULONG bytes;

    return BCryptKeyDerivation(key, NULL, output, 32, &bytes, 0);
}

/* The first thread takes the steps when the others have begun. */
static unsigned int work_hkdf(unsigned int number, void *argument)
{
    struct derived *derived = argument;
    BCRYPT_KEY_HANDLE copy;
    UCHAR output[32];
    NTSTATUS status;

    if (!number)
    {
        give_way();
        CHECKED(!BCryptSetProperty(derived->key, BCRYPT_HKDF_HASH_ALGORITHM,
                                   (PUCHAR)BCRYPT_SHA256_ALGORITHM,
                                   sizeof(BCRYPT_SHA256_ALGORITHM), 0));
        CHECKED(!BCryptSetProperty(derived->key, BCRYPT_HKDF_SALT_AND_FINALIZE, (PUCHAR)"salt", 4,
                                   0));
        return 0;
    }
    do
    {
        CHECKED(!BCryptDuplicateKey(derived->key, &copy, NULL, 0, 0));
        status = derive_32(copy, output);
        CHECKED(status == STATUS_INVALID_PARAMETER ||
                (!status && !memcmp(output, derived->expected, 32)));
        CHECKED(!BCryptDestroyKey(copy));
        status = derive_32(derived->key, output);
        CHECKED(status == STATUS_INVALID_PARAMETER ||
                (!status && !memcmp(output, derived->expected, 32)));
    } while (status);
    return 0;
}

START_TEST(an_hkdf_key_may_be_finalized_while_others_derive_and_duplicate)
{
    static struct derived derived;
    int i;

    for (i = 0; i < 50; i++)
    {
        derived.key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
        /* openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:000102...1f \
         *     -kdfopt salt:salt -kdfopt mode:EXTRACT_AND_EXPAND HKDF */
        unhex(derived.expected, sizeof(derived.expected),
              "05de45d09670276d3013b899c8cc2aed52f2f22cd5dcfdec6789a816af036a9b");
        expect_value(run_threads(THREADS, work_hkdf, &derived), 0);
    }
}
END_TEST

/* A generator of a thread's own goes with its thread: thousands of them leave nothing behind. */
START_TEST(short_lived_threads_get_random_numbers)
{
    static struct numbers numbers;
    int i;

    for (i = 0; i < 25; i++) expect_value(run_threads(THREADS, work_random, &numbers), 0);
}
END_TEST

void threads_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, authenticated_encryption_works_on_one_key_from_many_threads, authenticated);
    add_rows(tests, ecb_and_calls_with_an_iv_work_on_one_key_from_many_threads, plain);
    add_test(tests, algorithms_open_and_close_on_many_threads);
    add_test(tests, threads_get_different_random_numbers);
    add_test(tests, short_lived_threads_get_random_numbers);

    tests = ours(suite);
    add_test(tests, an_effective_length_may_be_set_while_others_encrypt);
    add_test(tests, a_mode_may_be_set_while_others_encrypt);
    add_test(tests, an_hkdf_key_may_be_finalized_while_others_derive_and_duplicate);
    add_rows(tests, calls_without_iv_from_many_threads_do_no_harm, chained);
    add_rows(tests, one_hash_fed_by_many_threads_does_no_harm, hashes);
}
