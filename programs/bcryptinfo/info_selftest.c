/*
 * info_selftest.c - known answers and the life of a key.
 *
 * Vectors: FIPS 180-4 (SHA-256 of "abc"), RFC 4231 case 2 (HMAC), FIPS 197 C.1 (AES), the GCM
 * specification's case 2.
 *
 * SPDX-License-Identifier: MIT
 */

#include "info.h"

#include <bcrypt_provider.h>

#include <string.h>

static int failures;

static void report(const char *what, bool right)
{
    printf("  %-52s %s\n", what, right ? "ok" : "FAILED");
    if (!right) failures++;
}

static BCRYPT_ALG_HANDLE open(LPCWSTR id, ULONG flags, LPCWSTR mode)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    if (BCryptOpenAlgorithmProvider(&algorithm, id, NULL, flags)) return NULL;
    if (mode)
    {
        BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (PUCHAR)(ULONG_PTR)mode,
                          (ULONG)(wcslen(mode) + 1) * sizeof(WCHAR), 0);
    }
    return algorithm;
}

static void test_hash(void)
{
    static const UCHAR abc[] = "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
                               "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad";
    static const UCHAR mac[] = "\x5b\xdc\xc1\x46\xbf\x60\x75\x4e\x6a\x04\x24\x26\x08\x95\x75\xc7"
                               "\x5a\x00\x3f\x08\x9d\x27\x39\x83\x9d\xec\x58\xb9\x64\xec\x38\x43";
    BCRYPT_ALG_HANDLE algorithm = open(BCRYPT_SHA256_ALGORITHM, 0, NULL);
    UCHAR digest[32];

    report("SHA-256",
           !BCryptHash(algorithm, NULL, 0, (PUCHAR)"abc", 3, digest, 32) &&
           !memcmp(digest, abc, 32));
    BCryptCloseAlgorithmProvider(algorithm, 0);
    algorithm = open(BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, NULL);
    report("HMAC-SHA256",
           !BCryptHash(algorithm, (PUCHAR)"Jefe", 4, (PUCHAR)"what do ya want for nothing?", 28,
                       digest, 32) &&
           !memcmp(digest, mac, 32));
    BCryptCloseAlgorithmProvider(algorithm, 0);
}

static void test_cipher(void)
{
    static const UCHAR ecb[] = "\x69\xc4\xe0\xd8\x6a\x7b\x04\x30\xd8\xcd\xb7\x80\x70\xb4\xc5\x5a";
    static const UCHAR gcm[] = "\x03\x88\xda\xce\x60\xb6\xa3\x92\xf3\x28\xc2\xb9\x71\xb2\xfe\x78";
    static const UCHAR tag[] = "\xab\x6e\x47\xd4\x2c\xec\x13\xbd\xf5\x3a\x67\xb2\x12\x57\xbd\xdf";
    BCRYPT_ALG_HANDLE algorithm = open(BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB);
    UCHAR key_bytes[16], block[16], nonce[12] = { 0 }, made_tag[16];
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG bytes;
    UCHAR i;

    for (i = 0; i < 16; i++)
    {
        key_bytes[i] = i;
        block[i] = (UCHAR)(i * 0x11);
    }
    report("AES-128-ECB",
           !BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, key_bytes, 16, 0) &&
           !BCryptEncrypt(key, block, 16, NULL, NULL, 0, block, 16, &bytes, 0) &&
           !memcmp(block, ecb, 16));
    BCryptDestroyKey(key);
    BCryptCloseAlgorithmProvider(algorithm, 0);

    algorithm = open(BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_GCM);
    memset(key_bytes, 0, sizeof(key_bytes));
    memset(block, 0, sizeof(block));
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = sizeof(nonce);
    info.pbTag = made_tag;
    info.cbTag = sizeof(made_tag);
    report("AES-128-GCM",
           !BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, key_bytes, 16, 0) &&
           !BCryptEncrypt(key, block, 16, &info, NULL, 0, block, 16, &bytes, 0) &&
           !memcmp(block, gcm, 16) && !memcmp(made_tag, tag, 16));
    made_tag[0] ^= 1;
    report("a wrong tag is refused",
           BCryptDecrypt(key, block, 16, &info, NULL, 0, block, 16, &bytes, 0) ==
           (NTSTATUS)STATUS_AUTH_TAG_MISMATCH);
    BCryptDestroyKey(key);
    BCryptCloseAlgorithmProvider(algorithm, 0);
}

/* A pair of a parameter set; NULL if there is no such algorithm here, or no such pair. */
static BCRYPT_KEY_HANDLE new_pair(LPCWSTR id, LPCWSTR set, bool *there)
{
    BCRYPT_ALG_HANDLE algorithm = open(id, 0, NULL);
    BCRYPT_KEY_HANDLE key = NULL;

    if (!(*there = algorithm != NULL)) return NULL;
    if (!BCryptGenerateKeyPair(algorithm, &key, 0, 0) &&
        (BCryptSetProperty(key, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(ULONG_PTR)set,
                           (ULONG)(wcslen(set) + 1) * sizeof(WCHAR), 0) ||
         BCryptFinalizeKeyPair(key, 0)))
    {
        BCryptDestroyKey(key);
        key = NULL;
    }
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return key;
}

/* Not there before Windows 11 24H2: then the export is missing, too. */
static void test_kem(HMODULE bcrypt, const char *name, LPCWSTR id, LPCWSTR set)
{
    BCryptEncapsulateFn encapsulate =
        (BCryptEncapsulateFn)(void *)GetProcAddress(bcrypt, "BCryptEncapsulate");
    BCryptDecapsulateFn decapsulate =
        (BCryptDecapsulateFn)(void *)GetProcAddress(bcrypt, "BCryptDecapsulate");
    UCHAR made[32], opened[32] = { 0 }, ciphertext[1665];
    BCRYPT_KEY_HANDLE key;
    ULONG bytes, other;
    bool there;

    if (!encapsulate || !decapsulate) return;
    key = new_pair(id, set, &there);
    if (!there) return;
    report(name, key &&
           !encapsulate(key, made, 32, &bytes, ciphertext, sizeof(ciphertext), &other, 0) &&
           !decapsulate(key, ciphertext, other, opened, 32, &bytes, 0) &&
           !memcmp(made, opened, 32));
    BCryptDestroyKey(key);
}

static void test_pq_signature(const char *name, LPCWSTR id, LPCWSTR set)
{
    static UCHAR signature[17088];              /* of SLH-DSA-SHA2-128f */
    BCRYPT_KEY_HANDLE key;
    ULONG bytes;
    bool there;

    key = new_pair(id, set, &there);
    if (!there) return;
    report(name, key &&
           !BCryptSignHash(key, NULL, (PUCHAR)"abc", 3, signature, sizeof(signature), &bytes, 0) &&
           !BCryptVerifySignature(key, NULL, (PUCHAR)"abc", 3, signature, bytes, 0) &&
           BCryptVerifySignature(key, NULL, (PUCHAR)"abd", 3, signature, bytes, 0) ==
           (NTSTATUS)STATUS_INVALID_SIGNATURE);
    BCryptDestroyKey(key);
}

static void test_post_quantum(HMODULE bcrypt)
{
    test_kem(bcrypt, "ML-KEM-768", BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_768);
    test_kem(bcrypt, "composite ML-KEM 768-X25519", BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
             BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519);
    test_pq_signature("ML-DSA-65", BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_65);
    test_pq_signature("SLH-DSA-SHA2-128f", BCRYPT_SLHDSA_ALGORITHM,
                      BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F);
    test_pq_signature("composite ML-DSA 44-P256", BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
                      BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256);
}

static void test_lifecycle(void)
{
    BCRYPT_ALG_HANDLE algorithm = open(BCRYPT_AES_ALGORITHM, 0, NULL);
    UCHAR key_bytes[32] = { 1 };
    BCRYPT_KEY_HANDLE key = NULL, copy = NULL;

    report("a key is made",
           !BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, key_bytes, 32, 0));
    report("and copied", !BCryptDuplicateKey(key, &copy, NULL, 0, 0));
    report("and destroyed", !BCryptDestroyKey(key));
    report("a destroyed key is refused", BCryptDestroyKey(key) == (NTSTATUS)STATUS_INVALID_HANDLE);
    report("its algorithm may go before a copy",
           !BCryptCloseAlgorithmProvider(algorithm, 0) && !BCryptDestroyKey(copy));
    report("NULL is refused", BCryptDestroyKey(NULL) == (NTSTATUS)STATUS_INVALID_HANDLE);
}

static void test_random(void)
{
    UCHAR first[32] = { 0 }, second[32] = { 0 };

    report("random numbers differ",
           !BCryptGenRandom(NULL, first, 32, BCRYPT_USE_SYSTEM_PREFERRED_RNG) &&
           !BCryptGenRandom(NULL, second, 32, BCRYPT_USE_SYSTEM_PREFERRED_RNG) &&
           memcmp(first, second, 32));
}

int info_selftest(void)
{
    printf("self-test:\n");
    test_hash();
    test_cipher();
    test_post_quantum(GetModuleHandleA("bcrypt.dll"));
    test_lifecycle();
    test_random();
    printf("%s\n", failures ? "self-test: something is wrong" : "self-test: all is right");
    return failures != 0;
}
