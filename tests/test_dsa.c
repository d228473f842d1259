/*
 * test_dsa.c - DSA: key pairs, parameters, blobs, signatures.
 *
 * Published vectors are in test_vectors_dsa.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ffc_keys.h"

/* FIPS 186-2, appendix 5: 512 bits, the key, and the signature of "abc". */
#define P512 "8df2a494492276aa3d25759bb06869cbeac0d83afb8d0cf7cbb8324f0d7882e5" \
             "d0762fc5b7210eafc2e9adac32ab7aac49693dfbf83724c2ec0736ee31c80291"
#define Q512 "c773218c737ec8ee993b4f2ded30f48edace915f"
#define G512 "626d027839ea0a13413163a55b4cb500299d5522956cefcb3bff10f399ce2c2e" \
             "71cb9de5fa24babf58e5b79521925c9cc42e9f6f464b088cc572af53e6d78802"
#define G512_SQUARED "15ffad56878f48dd4fe7a60074e27b7ca0f2bb37e8b454e04cd0eeb64cd5fe67" \
                     "21c78ca8f333ec7d950235048c850a73a6aa77bd523aade48be47d0f3b041963"
#define Y512 "19131871d75b1612a819f29d78d1b0d7346f7aa77bb62a859bfd6c5675da9d21" \
             "2d3a36ef1672ef660b8c7c255cc0ec74858fba33f44c06699630a76b030ee333"
#define X512 "2070b3223dba372fde1c0ffc7b2e3b498b260614"
#define SEED512 "d5014e4b60ef2ba8b6211b4062ba3224e0427dd3"
#define COUNT512 "00000069"
#define ABC_SHA1 "a9993e364706816aba3e25717850c26c9cd0d89d"
#define ABC_SIGNATURE                                                                              \
    "8bac1ab66410435cb7181f95b16ab97c92b341c0"                                                     \
    "41e2345f1f56df2458f426d155b4ba2db6dcd8c8"

/* FIPS 186-2's seed gives a second prime, with a later count than the first; found with Python. */
#define SECOND_COUNT512 "00000133"
#define SECOND_P512 "8375c1341074e5dd53515c68e3ae5091b00352d138ce591ae40739b26955e5ec" \
                    "c800a710e25560fa6c8f9b2bf0b218d85088e61a0639807b4d6a42b1aa2b231d"
#define SECOND_G512 "324fd53d9b1f297bb622e5910e6201a8a5663a0d92e5a7e08edd2b272ff88a54" \
                    "90e789276c43d0e5f7ef107a3d591202d1292a877a99fae1b9eb6b5f251bce56"

/* Parameters of FIPS 186-4 with SHA-256, made by OpenSSL 3.0's genpkey, generator index 1. */
#define P2048 \
    "ec29370297bf91294c37bbbbb193187c8d6eeb9b7aa76338c001b7a2689ce19db5ee146d4619785a4cd545c8" \
    "a98a4fca314e9ed992617f86411f7b75d04993c11ed708f000ae37f24bb8cb0a7a7f64bf151812850ccf34ba" \
    "0476ca60c97a98290e508d76d1a28fa3eec777880aee2255c05b536e3f18af78d7ebc4eee906c2443293b337" \
    "13c08d42f617c057c13345868ef7623235958d2586e2e95dc38655864b4956e865682e6d961b6fe8622a044b" \
    "c238bb15584d76815ba9ccbd0c02d4db3472ec78688940db8fe40d2cdd5deb1fa82b8b492efeed50e78dc513" \
    "20ba72870c8be91baf4d07bd87dcdc642fce241fef5c3cec2f0fb71afd72de99a9de675f"
#define Q2048 "a33b44299ce4d47227234fbef3a8cf8ae66a827bed163504c42f25003732a027"
#define G2048 \
    "6aa9089462c11f3a92d2622390aeec671a3d998fd25c846d12cdf920214adedf20ec15299cc230a439256500" \
    "863ae2d7fc862d009e3cd2cb52e8b7934dc9acaa6469821ccd5ad92506897cb1cc5596dff28bbb1649adab78" \
    "b677c42d38864b403190b694ba6be0879a7300d6b7ed9633401018c166931101854e9c32b1dc45b5598ae80b" \
    "d4e3ff05ce4e1446e06dc0f1094d5ea2e63dd990b8fec054c3ef75049c5402351aa41b2ccdee397f0bcda755" \
    "fed968aac837dc05f802c6dd99c145bb995edcf447d0d3774c33cbbe0b46a289bcaaf3ca031ecd6c90b8b5ba" \
    "e05a66d544449bd2f90f2598fee79eda6d77b9fa49e2d34d12d89187bb8b90778060cb90"
#define SEED2048 "d143fdb514e8874915e39fc7e391f5ce149547b8768a7da277447f5545f1a832"
#define COUNT2048 "0000000f"

/* The longest there are, made the same way; their seed is not told. */
#define P3072 \
    "d9b01148c3ae272827c239c6a94bf60f39be01f3c640d5a19c8a378a218dbc2ba5b77e9ac5289b69fa037eee" \
    "2e87ef598917cfa7b7612ac1c4aca6aa95fb45c0ee1fccb3b2206c7d402991c12d6bed41bbc1550687381a95" \
    "637524235765ae7659f4a2f0226c671d5b8bc8995a5f4c38027db49bc980b415400cfc844b0d803bcdc00526" \
    "1efd2424bd7b70b62a50c59e1396b82bee602cde5393dcb7da5419b07b5ec816bcc12b3e3141b5fc6a1316e3" \
    "82203c0f63da54ecc6c7227defd5c70e251825d412583c17f2e1d36ae41df7e61287ea133c5ce826c1146fb1" \
    "fc75f503213cd4a4bd065b785e1ab75c723b1b33073fe7bfb6b9e5db6d5edb0b9a8d72149397d8f0c8f5485f" \
    "56cd305eef850f6369034b5af29005134059f263ecef315109804eeadfd3214d2b413126e5b03a74653dc5e2" \
    "0e7c247a24c7a2cf86ba2baaad6c7e1590b0cae54ba101e91065076ace223e379feb967b178a53dc9d60d0b1" \
    "eab9b966f0f526a0e6318fbbd0eb9251528ace3c245c3e4e1e0d36f6a14fb071"
#define Q3072 "f8671724701ca28c86a7b287d46b7093d3011f691345e156497b8605ddd9d26d"
#define G3072 \
    "a75ebbf1c9a8fcee3c8fe85a72cff36fbdf9e925e8a51fc086f7a7a5cf365c0f5533150911f9ae9e9ed20a0b" \
    "6b2ede37c55f2891252535d75a63130a9092e4f103b42bc7944c287822dd5d6530a2b900be21594ef4c6475c" \
    "e17acc1a9da8884de75ed8ec545e1d3c97046fa4f8854176b62be55fbd16e7141c42a4ff69a363e5ac99c229" \
    "72add4e82c8807bb0c5af08133f066aebb1540f58d871666d5cd9a91c9cf7931142435eb6bddf868fa5335aa" \
    "690881295f040efa6e8c8f99caf0815d9b5be627a3c68bdbfec5ebc3cfba3d08e445150a98158797b7262976" \
    "8311b30460d47f6318d1e5dbbc3e94ce5e302b39c48bd9c76b926c3dd892c85de2fbbae85e15cc29a069ed7f" \
    "fcfcc5acc123933b9c7dbc15500b4afde49215366997b878b45ec251a1b3c11dc67497619c0d33cee25c174c" \
    "2fa380cb4aa0be7bc77b57be615acca16fb2b328e098a3cbf4d9a5c43376aef420bcb7d39629a9576ba1a8ed" \
    "475183a579e92b6dad11eb9aaa80adcd18daf0056c6c6bd0bb1978fac3239939"

#define NO_COUNT "ffffffff"
#define ONES "ffffffffffffffffffffffffffffffffffffffff"
#define ZEROS "0000000000000000000000000000000000000000"

#define HEADER512 "44535042" "40000000"
#define PUBLIC512 "44535042" "40000000" COUNT512 SEED512 Q512 P512 G512 Y512
#define PRIVATE512 "44535056" "40000000" COUNT512 SEED512 Q512 P512 G512 Y512 X512

/* y = g belongs to x = 1. */
#define HEADER2048 "00010000" "01000000" "01000000" "20000000" "20000000"
#define PUBLIC2048 "44504232" HEADER2048 COUNT2048 SEED2048 Q2048 P2048 G2048 G2048
#define ONE "0000000000000000000000000000000000000000000000000000000000000001"
#define PRIVATE2048 "44505632" HEADER2048 COUNT2048 SEED2048 Q2048 P2048 G2048 G2048 ONE

#define import(type, hex, flags, key) \
    ffc_import(BCRYPT_DSA_ALG_HANDLE, (type), (hex), (flags), (key))
#define imported(type, hex) ffc_imported(BCRYPT_DSA_ALG_HANDLE, (type), (hex))
#define begun(bits) ffc_begun(BCRYPT_DSA_ALG_HANDLE, (bits))
#define generated(bits) ffc_generated(BCRYPT_DSA_ALG_HANDLE, (bits))

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, const char *digest, const char *signature)
{
    UCHAR hash[64], numbers[128];
    ULONG hash_bytes = (ULONG)unhex(hash, sizeof(hash), digest);
    ULONG bytes = (ULONG)unhex(numbers, sizeof(numbers), signature);

    return BCryptVerifySignature(key, NULL, hash, hash_bytes, numbers, bytes, 0);
}

/* --- signatures ---------------------------------------------------------------------------- */

static const struct
{
    const WCHAR *type;
    const char *blob;
    ULONG q_bytes;
} keys[] =
{
    { BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512, 20 },
    { BCRYPT_DSA_PRIVATE_BLOB, PRIVATE2048, 32 },
};

START_TEST(a_signature_verifies_with_either_half)
{
    BCRYPT_KEY_HANDLE public, key = imported(keys[_i].type, keys[_i].blob);
    UCHAR blob[FFC_BLOB_ROOM], signature[68], again[64], digest[32];
    ULONG bytes = keys[_i].q_bytes, result = 0, size;

    memcpy(digest, counting, sizeof(digest));
    size = exported(key, BCRYPT_DSA_PUBLIC_BLOB, blob);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PUBLIC_BLOB, &public,
                                      blob, size, 0),
                  STATUS_SUCCESS);
    keep_key(public);
    mark(signature, sizeof(signature));
    expect_status(
        BCryptSignHash(key, NULL, digest, bytes, signature, sizeof(signature), &result, 0),
        STATUS_SUCCESS);
    expect_value(result, 2 * bytes);
    expect_untouched(signature + result, sizeof(signature) - result);
    expect_status(BCryptVerifySignature(key, NULL, digest, bytes, signature, result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(public, NULL, digest, bytes, signature, result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSignHash(key, NULL, digest, bytes, again, 2 * bytes, &result, 0),
                  STATUS_SUCCESS);
    expect_different(again, signature, 2 * bytes);
    digest[3] ^= 1;
    expect_status(BCryptVerifySignature(public, NULL, digest, bytes, signature, result, 0),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(the_published_signature_verifies)
{
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512);

    expect_status(verify(key, ABC_SHA1, ABC_SIGNATURE), STATUS_SUCCESS);
}
END_TEST

#define R "8bac1ab66410435cb7181f95b16ab97c92b341c0"
#define S "41e2345f1f56df2458f426d155b4ba2db6dcd8c8"

static const struct
{
    const char *digest, *signature;
    NTSTATUS status;
} bad_signatures[] =
{
    { ABC_SHA1, ZEROS S, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, R ZEROS, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, Q512 S, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, R Q512, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, ONES ONES, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, S R, STATUS_INVALID_SIGNATURE },
    { ABC_SHA1, R S "00", STATUS_INVALID_PARAMETER },
    { ABC_SHA1, "8bac1ab66410435cb7181f95b16ab97c92b341c0" "41e2345f1f56df2458f426d155b4ba2db6dcd8",
      STATUS_INVALID_PARAMETER },
    { "a9993e364706816aba3e25717850c26c9cd0d8", ABC_SIGNATURE, STATUS_INVALID_PARAMETER },
    { ABC_SHA1 "00", ABC_SIGNATURE, STATUS_INVALID_PARAMETER },
};

START_TEST(a_bad_signature_is_refused)
{
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512);

    expect_status(verify(key, bad_signatures[_i].digest, bad_signatures[_i].signature),
                  bad_signatures[_i].status);
}
END_TEST

START_TEST(signing_checks_its_sizes)
{
    BCRYPT_KEY_HANDLE key = imported(keys[_i].type, keys[_i].blob);
    ULONG bytes = keys[_i].q_bytes, result = 0;
    UCHAR signature[64], digest[33] = { 0 };

    mark(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, digest, bytes, NULL, 0, &result, 0), STATUS_SUCCESS);
    expect_value(result, 2 * bytes);
    result = 0;
    expect_status(BCryptSignHash(key, NULL, digest, bytes, signature, 2 * bytes - 1, &result, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, 2 * bytes);
    expect_status(BCryptSignHash(key, NULL, digest, bytes - 1, signature, 64, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, NULL, digest, bytes + 1, signature, 64, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(signature, sizeof(signature));
}
END_TEST

START_TEST(signing_takes_no_padding_and_no_flags)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512);
    UCHAR signature[40], digest[20] = { 0 };
    ULONG result;

    expect_status(
        BCryptSignHash(key, &padding, digest, 20, signature, 40, &result, BCRYPT_PAD_PKCS1),
        STATUS_INVALID_PARAMETER);
    expect_status(BCryptSignHash(key, NULL, digest, 20, signature, 40, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptVerifySignature(key, NULL, digest, 20, signature, 40, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = digest, .bytes = 20, .output = signature,
                   .room = 40, .result = &result);
}
END_TEST

START_TEST(a_public_key_says_how_long_a_signature_is_and_makes_none)
{
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512);
    UCHAR signature[40], digest[20] = { 0 };
    ULONG result = 0;

    expect_status(BCryptSignHash(key, NULL, digest, 20, NULL, 0, &result, 0), STATUS_SUCCESS);
    expect_value(result, 40);
    expect_status(BCryptSignHash(key, NULL, digest, 20, signature, 40, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- blobs --------------------------------------------------------------------------------- */

static const struct
{
    const WCHAR *type, *out;
    const char *blob;
    ULONG bytes;
} round_trips[] =
{
    { BCRYPT_DSA_PUBLIC_BLOB,  BCRYPT_DSA_PUBLIC_BLOB,  PUBLIC512,   52 + 3 * 64 },
    { BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512,  72 + 3 * 64 },
    { BCRYPT_DSA_PUBLIC_BLOB,  BCRYPT_DSA_PUBLIC_BLOB,  PUBLIC2048,  860 },
    { BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_DSA_PRIVATE_BLOB, PRIVATE2048, 892 },
    { BCRYPT_PUBLIC_KEY_BLOB,  BCRYPT_DSA_PUBLIC_BLOB,  PUBLIC512,   244 },
    { BCRYPT_PUBLIC_KEY_BLOB,  BCRYPT_PUBLIC_KEY_BLOB,  PUBLIC2048,  860 },
    { BCRYPT_PRIVATE_KEY_BLOB, BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512,  264 },
    { BCRYPT_DSA_PUBLIC_BLOB,  BCRYPT_DSA_PUBLIC_BLOB,
      HEADER512 NO_COUNT ONES Q512 P512 G512 Y512, 244 },
};

START_TEST(a_key_goes_through_its_blob)
{
    UCHAR blob[FFC_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = imported(round_trips[_i].type, round_trips[_i].blob);

    expect_value(exported(key, round_trips[_i].out, blob), round_trips[_i].bytes);
    expect_hex(blob, round_trips[_i].bytes, round_trips[_i].blob);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_public_key_exports_no_private_blob)
{
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512);
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_DSA_PRIVATE_BLOB, NULL, 0, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, LEGACY_DSA_V2_PRIVATE_BLOB, NULL, 0, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPUBLIC_BLOB, NULL, 0, &result, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* What flags 0 and BCRYPT_NO_KEY_VALIDATION say of a blob. */
static const struct
{
    const WCHAR *type;
    const char *blob;
    NTSTATUS strict, lax;
} odd_blobs[] =
{
    /* a seed that is not known, none, and a wrong one */
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 NO_COUNT ONES Q512 P512 G512 Y512, STATUS_SUCCESS,
      STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 "00000000" ZEROS Q512 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 COUNT512 Q512 Q512 P512 G512 Y512, STATUS_INVALID_PARAMETER,
      STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 "0000006a" SEED512 Q512 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 "69000000" SEED512 Q512 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 "ffffffff" SEED512 Q512 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DSA_PUBLIC_BLOB, "44504232" HEADER2048 "00000010" SEED2048 Q2048 P2048 G2048 G2048,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    /* p is not the first prime that comes from the seed */
    { BCRYPT_DSA_PUBLIC_BLOB,
      HEADER512 SECOND_COUNT512 SEED512 Q512 SECOND_P512 SECOND_G512 SECOND_G512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    /* g of the right order is taken wherever it comes from: here the square of the seed's */
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 COUNT512 SEED512 Q512 P512 G512_SQUARED G512_SQUARED,
      STATUS_SUCCESS, STATUS_SUCCESS },
    /* y out of its subgroup; a pair that is none */
    { BCRYPT_DSA_PUBLIC_BLOB,
      HEADER512 COUNT512 SEED512 Q512 P512 G512 ZEROS ZEROS ZEROS "00000002",
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DSA_PRIVATE_BLOB,
      "44535056"
      "40000000" COUNT512 SEED512 Q512 P512 G512 G512 X512,
      STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    /* numbers out of range */
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 NO_COUNT ONES Q512 P512 G512 P512, STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 NO_COUNT ONES Q512 P512 P512 Y512, STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PRIVATE_BLOB,
      "44535056"
      "40000000" COUNT512 SEED512 Q512 P512 G512 Y512 ZEROS,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PRIVATE_BLOB,
      "44535056"
      "40000000" COUNT512 SEED512 Q512 P512 G512 Y512 Q512,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB, HEADER512 NO_COUNT ONES ZEROS P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    /* headers that do not fit */
    { BCRYPT_DSA_PUBLIC_BLOB, "445350", STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB, PRIVATE512, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PRIVATE_BLOB, PUBLIC512, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512 "00", STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44535042"
      "41000000" COUNT512 SEED512 Q512 P512 G512 Y512 "000000",
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44535042"
      "ffffffff" COUNT512 SEED512 Q512 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44504232"
      "00010000"
      "00000000"
      "01000000"
      "20000000"
      "20000000" COUNT2048 SEED2048 Q2048 P2048 G2048 G2048,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44504232"
      "00010000"
      "01000000"
      "00000000"
      "20000000"
      "20000000" COUNT2048 SEED2048 Q2048 P2048 G2048 G2048,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44504232"
      "00010000"
      "01000000"
      "01000000"
      "21000000"
      "20000000" COUNT2048 "00" SEED2048 Q2048 P2048 G2048 G2048,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB,
      "44504232"
      "40000000"
      "01000000"
      "01000000"
      "20000000"
      "20000000" COUNT512 SEED2048 Q2048 P512 G512 Y512,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    /* other types */
    { BCRYPT_RSAPUBLIC_BLOB, PUBLIC512, STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
    { LEGACY_DSA_PUBLIC_BLOB, PUBLIC512, STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
    { LEGACY_DSA_V2_PRIVATE_BLOB, PRIVATE512, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
};

START_TEST(an_odd_blob_gets_its_status)
{
    BCRYPT_KEY_HANDLE key;

    expect_status(import(odd_blobs[_i].type, odd_blobs[_i].blob, 0, &key), odd_blobs[_i].strict);
    expect_status(import(odd_blobs[_i].type, odd_blobs[_i].blob, BCRYPT_NO_KEY_VALIDATION, &key),
                  odd_blobs[_i].lax);
}
END_TEST

/* With 0x18 the order is checked but not the seed, with 0x10 neither; 0x20 compares the pair. */
START_TEST(validation_flags_say_what_is_checked)
{
    const char *no_seed = HEADER512 "00000000" ZEROS Q512 P512 G512 Y512;
    const char *no_order = HEADER512 NO_COUNT ONES Q512 P512 G512 ZEROS ZEROS ZEROS "00000002";
    const char *no_pair = "44535056" "40000000" NO_COUNT ONES Q512 P512 G512 G512 X512;
    BCRYPT_KEY_HANDLE key;

    expect_status(
        import(BCRYPT_DSA_PUBLIC_BLOB, no_seed, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, &key),
        STATUS_SUCCESS);
    expect_status(
        import(BCRYPT_DSA_PUBLIC_BLOB, no_order, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, &key),
        STATUS_INVALID_PARAMETER);
    expect_status(import(BCRYPT_DSA_PUBLIC_BLOB, no_order, BCRYPT_KEY_VALIDATION_RANGE, &key),
                  STATUS_SUCCESS);
    expect_status(import(BCRYPT_DSA_PRIVATE_BLOB, no_pair, BCRYPT_KEY_VALIDATION_RANGE, &key),
                  STATUS_SUCCESS);
    expect_status(import(BCRYPT_DSA_PRIVATE_BLOB, no_pair,
                         BCRYPT_KEY_VALIDATION_RANGE | BCRYPT_KEY_VALIDATION_REGENERATE, &key),
                  STATUS_INVALID_PARAMETER);
    expect_status(import(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512, 0x40, &key), STATUS_INVALID_PARAMETER);
}
END_TEST

/* The CAPI blob has everything but y, little-endian: y is computed. */
START_TEST(a_capi_blob_is_the_key_turned_round)
{
    BCRYPT_KEY_HANDLE copy, key = imported(BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512);
    UCHAR blob[FFC_BLOB_ROOM], other[FFC_BLOB_ROOM], expected[64];
    ULONG bytes = exported(key, LEGACY_DSA_V2_PRIVATE_BLOB, blob), i;

    expect_value(bytes, 16 + 2 * 64 + 3 * 20 + 4);
    expect_hex(blob, 16, "0702000000220000" "44535332" "00020000");
    unhex(expected, sizeof(expected), P512);
    for (i = 0; i < 64; i++) expect_value(blob[16 + i], expected[63 - i]);
    unhex(expected, sizeof(expected), X512);
    for (i = 0; i < 20; i++) expect_value(blob[16 + 64 + 20 + 64 + i], expected[19 - i]);
    expect_hex(blob + 16 + 64 + 20 + 64 + 20, 4, "69000000");
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, LEGACY_DSA_V2_PRIVATE_BLOB,
                                      &copy, blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_value(exported(copy, LEGACY_DSA_V2_PRIVATE_BLOB, other), bytes);
    expect_bytes(other, blob, bytes);
    bytes = exported(copy, BCRYPT_DSA_PRIVATE_BLOB, other);
    expect_hex(other, bytes, PRIVATE512);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, LEGACY_DSA_V2_PRIVATE_BLOB,
                                      &copy, blob, 16 + 2 * 64 + 3 * 20 + 3, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* dssenh, Wine's CryptoAPI provider of DSA, exports and imports these, and duplicates its keys. */
START_TEST(a_public_capi_blob_has_y_in_place_of_x)
{
    BCRYPT_KEY_HANDLE copy, key = imported(BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512);
    UCHAR blob[FFC_BLOB_ROOM], public[FFC_BLOB_ROOM], other[FFC_BLOB_ROOM];
    ULONG bytes = exported(key, LEGACY_DSA_V2_PUBLIC_BLOB, blob),
          public_bytes = exported(key, BCRYPT_DSA_PUBLIC_BLOB, public), i;

    expect_value(bytes, 16 + 3 * 64 + 2 * 20 + 4);
    expect_hex(blob, 16, "0602000000220000" "44535331" "00020000");
    for (i = 0; i < 64; i++)
        expect_value(blob[16 + 64 + 20 + 64 + i], public[public_bytes - 1 - i]);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, LEGACY_DSA_V2_PUBLIC_BLOB, &copy,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_value(exported(copy, BCRYPT_DSA_PUBLIC_BLOB, other), public_bytes);
    expect_bytes(other, public, public_bytes);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, LEGACY_DSA_V2_PRIVATE_BLOB,
                                      &copy, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_key_is_duplicated)
{
    BCRYPT_KEY_HANDLE copy, key = imported(BCRYPT_DSA_PRIVATE_BLOB, PRIVATE512);
    UCHAR blob[FFC_BLOB_ROOM], other[FFC_BLOB_ROOM];
    ULONG bytes = exported(key, BCRYPT_DSA_PRIVATE_BLOB, blob);

    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_value(exported(copy, BCRYPT_DSA_PRIVATE_BLOB, other), bytes);
    expect_bytes(other, blob, bytes);

    key = imported(BCRYPT_DSA_PUBLIC_BLOB, PUBLIC512);
    bytes = exported(key, BCRYPT_DSA_PUBLIC_BLOB, blob);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_value(exported(copy, BCRYPT_DSA_PUBLIC_BLOB, other), bytes);
    expect_bytes(other, blob, bytes);
}
END_TEST

START_TEST(a_key_that_is_not_finalized_is_not_duplicated)
{
    BCRYPT_KEY_HANDLE key, copy = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(BCRYPT_DSA_ALG_HANDLE, &key, 512, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_large_key_has_no_capi_blob)
{
    ULONG result;

    expect_status(BCryptExportKey(imported(BCRYPT_DSA_PRIVATE_BLOB, PRIVATE2048), NULL,
                                  LEGACY_DSA_V2_PRIVATE_BLOB, NULL, 0, &result, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- generating ---------------------------------------------------------------------------- */

static const struct
{
    ULONG bits, public_bytes;
} lengths[] =
{
    { 512, 244 }, { 576, 268 }, { 1024, 436 }, { 1088, 28 + 64 + 3 * 136 },
};

/* The seed of a fresh key is a real one: an import with flags 0 makes the parameters again. */
START_TEST(a_fresh_key_passes_all_checks)
{
    BCRYPT_KEY_HANDLE copy, key = generated(lengths[_i].bits);
    ULONG q_bytes = lengths[_i].bits <= 1024 ? 20 : 32, bytes, result;
    UCHAR blob[FFC_BLOB_ROOM], signature[64], digest[32];

    memcpy(digest, counting, sizeof(digest));
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), lengths[_i].bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), lengths[_i].bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), lengths[_i].bits);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), 2 * q_bytes);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, BCRYPT_DSA_ALGORITHM);
    expect_value(exported(key, BCRYPT_DSA_PUBLIC_BLOB, blob), lengths[_i].public_bytes);
    bytes = exported(key, BCRYPT_DSA_PRIVATE_BLOB, blob);
    expect_value(bytes, lengths[_i].public_bytes + q_bytes);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PRIVATE_BLOB, &copy,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_status(BCryptSignHash(copy, NULL, digest, q_bytes, signature, 64, &result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, digest, q_bytes, signature, result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
}
END_TEST

static const ULONG no_lengths[] = { 0, 256, 448, 511, 513, 520, 1056, 3136, 4096 };

START_TEST(a_length_that_dsa_has_not_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(BCRYPT_DSA_ALG_HANDLE, &key, no_lengths[_i], 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(BCRYPT_DSA_ALG_HANDLE, &key, 512, 1),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_unfinalized_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = begun(512);
    UCHAR buffer[64] = { 0 };
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_DSA_PUBLIC_BLOB, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptSignHash(key, NULL, buffer, 20, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptVerifySignature(key, NULL, buffer, 20, buffer, 40, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptGetProperty(key, BCRYPT_DSA_PARAMETERS, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptGetProperty(key, BCRYPT_SIGNATURE_LENGTH, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 512);
    expect_status(BCryptFinalizeKeyPair(key, 4), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(a_length_may_be_set_until_the_key_is_made)
{
    BCRYPT_KEY_HANDLE key = begun(1024);
    ULONG bits = 512;

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 2, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 512);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    bits = 1024;
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 512);
}
END_TEST

/* --- parameters ---------------------------------------------------------------------------- */

#define PARAMETERS512 "b8000000" "4453504d" "40000000" COUNT512 SEED512 Q512 P512 G512
#define PARAMETERS2048 "60020000" "44504d32" HEADER2048 COUNT2048 SEED2048 Q2048 P2048 G2048
#define PARAMETERS3072 \
    "60030000" "44504d32" "80010000" "01000000" "01000000" "20000000" "20000000" NO_COUNT \
    ONES "ffffffffffffffffffffffff" Q3072 P3072 G3072

static const struct
{
    ULONG bits, bytes;
    const char *parameters;
} parameter_sets[] =
{
    { 512, 56 + 2 * 64, PARAMETERS512 }, { 2048, 32 + 64 + 2 * 256, PARAMETERS2048 },
    { 3072, 32 + 64 + 2 * 384, PARAMETERS3072 },
};

START_TEST(a_key_is_made_with_the_parameters_that_it_was_given)
{
    BCRYPT_KEY_HANDLE key = begun(parameter_sets[_i].bits), second = begun(parameter_sets[_i].bits);
    UCHAR parameters[FFC_BLOB_ROOM], blob[FFC_BLOB_ROOM], other[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(parameters, sizeof(parameters), parameter_sets[_i].parameters),
          result = 0;

    expect_value(bytes, parameter_sets[_i].bytes);
    expect_status(BCryptSetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSetProperty(second, BCRYPT_DSA_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(second, 0), STATUS_SUCCESS);
    expect_status(BCryptGetProperty(key, BCRYPT_DSA_PARAMETERS, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_status(BCryptGetProperty(key, BCRYPT_DSA_PARAMETERS, blob, bytes - 1, &result, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptGetProperty(key, BCRYPT_DSA_PARAMETERS, blob, sizeof(blob), &result, 0),
                  STATUS_SUCCESS);
    expect_hex(blob, bytes, parameter_sets[_i].parameters);
    bytes = exported(key, BCRYPT_DSA_PRIVATE_BLOB, blob);
    expect_value(exported(second, BCRYPT_DSA_PRIVATE_BLOB, other), bytes);
    expect_different(blob, other, bytes);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PRIVATE_BLOB, &second,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(second);
    expect_status(
        BCryptSetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, parameter_sets[_i].bytes, 0),
        STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(parameters_of_another_length_are_forgotten)
{
    BCRYPT_KEY_HANDLE key = begun(512);
    UCHAR parameters[FFC_BLOB_ROOM], blob[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(parameters, sizeof(parameters), PARAMETERS512), bits = 576;

    expect_status(BCryptSetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(exported(key, BCRYPT_DSA_PUBLIC_BLOB, blob), 52 + 3 * 72);
}
END_TEST

static const struct
{
    ULONG bits;
    const char *parameters;
} bad_parameters[] =
{
    { 576, PARAMETERS512 },
    { 512, PARAMETERS2048 },
    { 512, PARAMETERS512 "00" },
    { 512, "b8000000"
           "4453504d" },
    { 512, "b9000000"
           "4453504d"
           "40000000" COUNT512 SEED512 Q512 P512 G512 },
    { 512, "b8000000"
           "44535042"
           "40000000" COUNT512 SEED512 Q512 P512 G512 },
    { 512, "b8000000"
           "4453504d"
           "40000000"
           "0000006b" SEED512 Q512 P512 G512 },
    { 512, "b8000000"
           "4453504d"
           "40000000" COUNT512 SEED512 Q512 P512 P512 },
};

START_TEST(bad_parameters_are_refused)
{
    BCRYPT_KEY_HANDLE key = begun(bad_parameters[_i].bits);
    UCHAR parameters[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(parameters, sizeof(parameters), bad_parameters[_i].parameters);

    expect_status(BCryptSetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_algorithm_says_what_it_is)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_DSA_ALGORITHM, 0);
    BCRYPT_KEY_LENGTHS_STRUCT lengths_struct;
    ULONG result;
    UCHAR byte;

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, BCRYPT_DSA_ALGORITHM);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), BCRYPT_SIGNATURE_INTERFACE);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&lengths_struct,
                                    sizeof(lengths_struct), &result, 0), STATUS_SUCCESS);
    expect_value(lengths_struct.dwMinLength, 512);
    expect_value(lengths_struct.dwMaxLength, 3072);
    expect_value(lengths_struct.dwIncrement, 64);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_PADDING_SCHEMES, &byte, 1, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

void dsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_signature_verifies_with_either_half, keys);
    add_test(tests, the_published_signature_verifies);
    add_rows(tests, a_bad_signature_is_refused, bad_signatures);
    add_rows(tests, signing_checks_its_sizes, keys);
    add_test(tests, a_public_key_says_how_long_a_signature_is_and_makes_none);
    add_rows(tests, a_key_goes_through_its_blob, round_trips);
    add_test(tests, a_public_key_exports_no_private_blob);
    add_test(tests, a_capi_blob_is_the_key_turned_round);
    add_rows(tests, a_fresh_key_passes_all_checks, lengths);
    add_test(tests, an_unfinalized_key_is_refused);
    add_rows(tests, a_key_is_made_with_the_parameters_that_it_was_given, parameter_sets);
    add_test(tests, the_algorithm_says_what_it_is);

    tests = ours(suite);
    add_test(tests, signing_takes_no_padding_and_no_flags);
    add_rows(tests, an_odd_blob_gets_its_status, odd_blobs);
    add_test(tests, validation_flags_say_what_is_checked);
    add_test(tests, a_large_key_has_no_capi_blob);
    add_test(tests, a_public_capi_blob_has_y_in_place_of_x);
    add_test(tests, a_key_is_duplicated);
    add_test(tests, a_key_that_is_not_finalized_is_not_duplicated);
    add_rows(tests, a_length_that_dsa_has_not_is_an_invalid_parameter, no_lengths);
    add_test(tests, a_length_may_be_set_until_the_key_is_made);
    add_test(tests, parameters_of_another_length_are_forgotten);
    add_rows(tests, bad_parameters_are_refused, bad_parameters);
}
