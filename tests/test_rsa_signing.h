/*
 * test_rsa_signing.h - what the tests of RSA signatures share: calls, blocks, DigestInfos.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_RSA_SIGNING_H
#define TESTS_TEST_RSA_SIGNING_H

#include "test_rsa_keys.h"

static inline NTSTATUS sign(BCRYPT_KEY_HANDLE key, void *padding, const void *hash, ULONG bytes,
                            UCHAR *output, ULONG output_bytes, ULONG *result, ULONG flags)
{
    return BCryptSignHash(key, padding, (UCHAR *)hash, bytes, output, output_bytes, result, flags);
}

static inline NTSTATUS verify(BCRYPT_KEY_HANDLE key, void *padding, const void *hash, ULONG bytes,
                              const void *signature, ULONG signature_bytes, ULONG flags)
{
    return BCryptVerifySignature(key, padding, (UCHAR *)hash, bytes, (UCHAR *)signature,
                                 signature_bytes, flags);
}

/* The block in a signature. */
static inline void open_signature(BCRYPT_KEY_HANDLE key, const UCHAR *signature, UCHAR *block,
                                  ULONG bytes)
{
    ULONG result;

    expect_encrypt(key, STATUS_SUCCESS, .input = signature, .bytes = bytes, .output = block,
                   .room = bytes, .result = &result, .flags = BCRYPT_PAD_NONE);
}

/* A signature of a block that is made here. */
static inline void sign_block(BCRYPT_KEY_HANDLE key, const UCHAR *block, UCHAR *signature,
                              ULONG bytes)
{
    ULONG result;

    expect_decrypt(key, STATUS_SUCCESS, .input = block, .bytes = bytes, .output = signature,
                   .room = bytes, .result = &result, .flags = BCRYPT_PAD_NONE);
}

/* The hashes that sign, with what stands before a digest. */
static const struct
{
    const WCHAR *hash;
    ULONG bytes;
    const char *info;                           /* DigestInfo up to the digest */
    const char *bare_info;                      /* without the NULL for parameters */
} hashes[] =
{
    /* RFC 8017, 9.2, note 1; RFC 9688 for SHA-3 */
    { BCRYPT_MD2_ALGORITHM, 16, "3020300c06082a864886f70d020205000410",
      "301e300a06082a864886f70d02020410" },
    { BCRYPT_MD5_ALGORITHM, 16, "3020300c06082a864886f70d020505000410",
      "301e300a06082a864886f70d02050410" },
    { BCRYPT_MD4_ALGORITHM, 16, "3020300c06082a864886f70d020405000410",
      "301e300a06082a864886f70d02040410" },
    { BCRYPT_SHA1_ALGORITHM, 20, "3021300906052b0e03021a05000414",
      "301f300706052b0e03021a0414" },
    { BCRYPT_SHA256_ALGORITHM, 32, "3031300d060960864801650304020105000420",
      "302f300b06096086480165030402010420" },
    { BCRYPT_SHA384_ALGORITHM, 48, "3041300d060960864801650304020205000430",
      "303f300b06096086480165030402020430" },
    { BCRYPT_SHA512_ALGORITHM, 64, "3051300d060960864801650304020305000440",
      "304f300b06096086480165030402030440" },
    { BCRYPT_SHA3_256_ALGORITHM, 32, "3031300d060960864801650304020805000420",
      "302f300b06096086480165030402080420" },
    { BCRYPT_SHA3_384_ALGORITHM, 48, "3041300d060960864801650304020905000430",
      "303f300b06096086480165030402090430" },
    { BCRYPT_SHA3_512_ALGORITHM, 64, "3051300d060960864801650304020a05000440",
      "304f300b060960864801650304020a0440" },
};

/* Both algorithms whose keys sign. */
static BCRYPT_ALG_HANDLE const signers[] = { BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSA_SIGN_ALG_HANDLE };

#endif
