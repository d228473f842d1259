/*
 * test_secret.c - keys from agreed secrets: BCryptDeriveKey with each of its functions.
 *
 * The secret is that of RFC 5903 section 8.1, on P-256. The answers were made with Python's
 * hashlib, hmac and the cryptography package, from the definitions. Agreeing is tested in
 * test_ecdh.c and test_dh.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"

#define SECRET_BYTES 32
#define SECRET "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de"
#define SECRET_REVERSED "de42944bd064248103ce7dce9e8eef2f206525e1e01631d1afedf6426b0f84d6"
#define SECRET_SHA1 "f18d89be1f0206d14f29f942842be1c516670180"
#define OWN_D "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433"
#define PEER_X "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
#define PEER_Y "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab"

/* The secret's handle; its keys are destroyed already. */
static BCRYPT_SECRET_HANDLE new_secret(void)
{
    BCRYPT_ECCKEY_BLOB header = { BCRYPT_ECDH_PRIVATE_P256_MAGIC, 32 };
    BCRYPT_SECRET_HANDLE secret = NULL;
    BCRYPT_KEY_HANDLE own, peer;
    UCHAR blob[8 + 3 * 32] = { 0 };

    memcpy(blob, &header, sizeof(header));
    unhex(blob + 8 + 64, 32, OWN_D);
    expect_status(BCryptImportKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, NULL, BCRYPT_ECCPRIVATE_BLOB,
                                      &own, blob, sizeof(blob), 0),
                  STATUS_SUCCESS);
    header.dwMagic = BCRYPT_ECDH_PUBLIC_P256_MAGIC;
    memcpy(blob, &header, sizeof(header));
    unhex(blob + 8, 64, PEER_X PEER_Y);
    expect_status(BCryptImportKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, NULL, BCRYPT_ECCPUBLIC_BLOB,
                                      &peer, blob, 8 + 64, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    BCryptDestroyKey(own);
    BCryptDestroyKey(peer);
    return secret;
}

/* Derives as many bytes as there are, and expects these; all of `room` behind them stay. */
static void expect_derived(BCRYPT_SECRET_HANDLE secret, const WCHAR *kdf,
                           struct parameters *parameters, ULONG flags, ULONG bytes, const char *hex)
{
    UCHAR derived[160];
    ULONG result = 0;

    mark(derived, sizeof(derived));
    expect_status(BCryptDeriveKey(secret, kdf, parameters ? &parameters->list : NULL, derived,
                                  bytes, &result, flags),
                  STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_hex(derived, bytes, hex);
    expect_untouched(derived + bytes, sizeof(derived) - bytes);
}

static ULONG natural_size(BCRYPT_SECRET_HANDLE secret, const WCHAR *kdf,
                          struct parameters *parameters)
{
    ULONG result = UNTOUCHED_ULONG;

    expect_status(
        BCryptDeriveKey(secret, kdf, parameters ? &parameters->list : NULL, NULL, 0, &result, 0),
        STATUS_SUCCESS);
    return result;
}

/* --- HASH, HMAC ---------------------------------------------------------------------------- */

/* Of the secret; of "AB", the secret and "CD"; and both with HMAC and "key". */
static const struct
{
    const WCHAR *hash;
    ULONG bytes;
    const char *digest, *framed, *mac, *framed_mac;
} hashes[] =
{
    { BCRYPT_MD5_ALGORITHM, 16,
      "d1fd7b1f3fa8273cecd6805f36c7fcbb",
      "574a9ba8830d69f0c5ccba30163c6be3",
      "8d484635753f412d1b48f9e16ba4522e",
      "b20227d62f9eecdaa5d5bf9aac4a6ec9" },
    { BCRYPT_SHA1_ALGORITHM, 20,
      "f18d89be1f0206d14f29f942842be1c516670180",
      "3758cc539e8c3839dc683061d1f50464a4fbd264",
      "03a0b6e315b5b0560cec11ded1961e389ddc0aca",
      "89564c057dfcfa54e45ab17ed6b741b2a066b106" },
    { BCRYPT_SHA256_ALGORITHM, 32,
      "0519dc09b36efad1d00aef1d5b53b100202eb910b5de0dede75f190a357a367d",
      "d56fa782bb96bb3e493def70d7e148bb6754214a6eea47102e79cbb466a3deb8",
      "8178fc968624d267f20527035d842c6ccb89a2d6a8411ef7edbb0a94da14db29",
      "72749566e65401d6f48f9188de9b221044b70002622b4e3e325c727bbd264375" },
    { BCRYPT_SHA384_ALGORITHM, 48,
      "98d53c742b154f8bc0fd614c02fe6c19bceaba48cfb75b26af7eb816b8b626d2"
      "f1fd28567ab93589a43132c0ee7e9a39",
      "f6ba4247f2dd88f06ee27628fe91feb535d0635087ed1e340c27596e2f08ab8b"
      "0fb3d9693382c79c08db58411f1babcb",
      "74f6238ee2f6b954e16090bdafa13bf1b2f68ced90e5f13993d050a0a9108450"
      "3746625ebed6993b50619efc2b224bb7",
      "c2d2c4211b49cdeb42b5db661d454af1cf5b59abf934ac1a40ac08a6831405a4"
      "02c28562f7ce7bb3ed8d208f5363f54e" },
    { BCRYPT_SHA512_ALGORITHM, 64,
      "36880a34d23ea90f76913c2c8af9197fa4b5f12b42805d0769e5284496dc53f5"
      "aa80543feeb6bf7b02bc00f2f4edb86ff99e8afeee5eaaeb94c8bc7b57c3a92e",
      "5e9cec772e33a8947ed9a91723414c6a0dee3dd5a6467d6eee85698439671ef0"
      "6663dba8ae3ac90fc3398f6c30dc595ed108db926b05a764416fcd2f4e7d43ea",
      "36950b1bd3db415823e45a9117eecf6890ba168d0fd594b220ef4a94d75497b5"
      "58d3bf62bfd1e7c165d071d1734204698bd9d52c01188925b54b90acf13176fa",
      "9eb0d9e6cecdf6ea03ff12742ba808383d9e6ef86e956473922aad5343404abb"
      "aa17a423ee097905f025eaa721494f7251be298e2146572b8ee830a3d573a9cc" },
    { BCRYPT_SHA3_256_ALGORITHM, 32,
      "1de716a1cd9928236f9f5626fbac8a06eac6b5e91a00f023173135bd39002352",
      "4e067258bb6567b04ec65077f0775682a92abaa710d660e85efc0e0b32da1e24",
      "82411d54f3a1727724eef60b063af1b1684dc2343eb7937d7648285c35745394",
      "1fcc5a3a582a6fda8792e8afe328f55bfb86edd98b1218bfdd28169b0b884ccd" },
};

START_TEST(hashing_gives_the_defined_key)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    add_hash(&parameters, hashes[_i].hash);
    expect_value(natural_size(secret, BCRYPT_KDF_HASH, &parameters), hashes[_i].bytes);
    expect_derived(secret, BCRYPT_KDF_HASH, &parameters, 0, hashes[_i].bytes, hashes[_i].digest);
    parameters.buffers[0].cbBuffer -= sizeof(WCHAR);                    /* without its NUL */
    expect_derived(secret, BCRYPT_KDF_HASH, &parameters, 0, hashes[_i].bytes, hashes[_i].digest);
}
END_TEST

START_TEST(buffers_before_and_behind_the_secret_keep_their_order)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    add_parameter(&parameters, KDF_SECRET_APPEND, "C", 1);
    add_parameter(&parameters, KDF_SECRET_PREPEND, "A", 1);
    add_parameter(&parameters, KDF_SECRET_PREPEND, NULL, 0);
    add_hash(&parameters, hashes[_i].hash);
    add_parameter(&parameters, KDF_SECRET_PREPEND, "B", 1);
    add_parameter(&parameters, KDF_HMAC_KEY, "key", 3);
    add_parameter(&parameters, KDF_SECRET_APPEND, "D", 1);
    parameters.list.ulVersion = 0xdeadbeef;                             /* not looked at */
    expect_derived(secret, BCRYPT_KDF_HASH, &parameters, 0, hashes[_i].bytes, hashes[_i].framed);
    expect_derived(secret, BCRYPT_KDF_HMAC, &parameters, 0, hashes[_i].bytes,
                   hashes[_i].framed_mac);
}
END_TEST

START_TEST(hmac_gives_the_defined_key)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    add_hash(&parameters, hashes[_i].hash);
    add_parameter(&parameters, KDF_HMAC_KEY, "key", 3);
    expect_value(natural_size(secret, BCRYPT_KDF_HMAC, &parameters), hashes[_i].bytes);
    expect_derived(secret, BCRYPT_KDF_HMAC, &parameters, 0, hashes[_i].bytes, hashes[_i].mac);
}
END_TEST

START_TEST(the_hash_is_sha1_unless_one_is_named)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters key = { 0 }, empty = { 0 };

    expect_value(natural_size(secret, BCRYPT_KDF_HASH, NULL), 20);
    expect_value(natural_size(secret, BCRYPT_KDF_HMAC, NULL), 20);
    expect_derived(secret, BCRYPT_KDF_HASH, NULL, 0, 20, SECRET_SHA1);
    expect_derived(secret, BCRYPT_KDF_HASH, &empty, 0, 20, SECRET_SHA1);
    add_parameter(&key, KDF_HMAC_KEY, "key", 3);
    expect_derived(secret, BCRYPT_KDF_HMAC, &key, 0, 20,
                   "03a0b6e315b5b0560cec11ded1961e389ddc0aca");
}
END_TEST

START_TEST(the_secret_may_be_the_hmac_key)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    expect_derived(secret, BCRYPT_KDF_HMAC, NULL, KDF_USE_SECRET_AS_HMAC_KEY_FLAG, 20,
                   "94524c9b5ab6048f9d9a72e0163ef88a6076cf32");
    add_parameter(&parameters, KDF_SECRET_PREPEND, "AB", 2);
    add_parameter(&parameters, KDF_SECRET_APPEND, "CD", 2);
    expect_derived(secret, BCRYPT_KDF_HMAC, &parameters, KDF_USE_SECRET_AS_HMAC_KEY_FLAG, 20,
                   "d2fddbf451a638b475138f736e38893961f23ccc");
}
END_TEST

START_TEST(without_a_key_or_the_flag_the_hmac_key_is_empty)
{
    expect_derived(new_secret(), BCRYPT_KDF_HMAC, NULL, 0, 20,
                   "cc9f0d27255fb4c349f950a4523f09dce9ad1daf");
}
END_TEST

static const struct
{
    const WCHAR *name;
} no_hashes[] =
{
    { L"no such hash" },
    { BCRYPT_RNG_ALGORITHM },
    { BCRYPT_AES_ALGORITHM },
    { BCRYPT_AES_CMAC_ALGORITHM },
    { L"" },
};

START_TEST(an_unknown_hash_is_not_supported)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    mark(derived, sizeof(derived));
    add_hash(&parameters, no_hashes[_i].name);
    expect_status_or(
        BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &parameters.list, derived, 20, &result, 0),
        STATUS_NOT_SUPPORTED, WINDOWS_BEFORE(8), STATUS_NOT_FOUND);
    expect_status_or(
        BCryptDeriveKey(secret, BCRYPT_KDF_HMAC, &parameters.list, derived, 20, &result, 0),
        STATUS_NOT_SUPPORTED, WINDOWS_BEFORE(8), STATUS_NOT_FOUND);
    expect_status_or(
        BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &parameters.list, NULL, 0, &result, 0),
        STATUS_NOT_SUPPORTED, WINDOWS_BEFORE(8), STATUS_NOT_FOUND);
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

/* --- sizes --------------------------------------------------------------------------------- */

static const struct
{
    const WCHAR *kdf;
    ULONG natural;
    const char *key;
} sizes[] =
{
    { BCRYPT_KDF_HASH, 20, SECRET_SHA1 },
    { BCRYPT_KDF_HMAC, 20, "cc9f0d27255fb4c349f950a4523f09dce9ad1daf" },
    { BCRYPT_KDF_RAW_SECRET, 32, SECRET_REVERSED },
    { BCRYPT_KDF_TLS_PRF, 48,
      "d42b75e298f9df4184ab3da52f665fcb8b962208c28c2a2c3208e2cef75bb73b"
      "de508b8d0272753b4abe3cc3f2d7ed92" },
};

START_TEST(a_short_buffer_gets_the_first_bytes)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };
    char first[21];

    add_parameter(&parameters, KDF_TLS_PRF_LABEL, "master secret", 13);
    add_parameter(&parameters, KDF_TLS_PRF_SEED, counting, 64);
    snprintf(first, sizeof(first), "%.20s", sizes[_i].key);
    expect_derived(secret, sizes[_i].kdf, &parameters, 0, 10, first);
    expect_derived(secret, sizes[_i].kdf, &parameters, 0, sizes[_i].natural, sizes[_i].key);
}
END_TEST

START_TEST(a_long_buffer_keeps_its_end)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };
    ULONG natural = sizes[_i].natural, result = 0;
    UCHAR derived[60];

    add_parameter(&parameters, KDF_TLS_PRF_LABEL, "master secret", 13);
    add_parameter(&parameters, KDF_TLS_PRF_SEED, counting, 64);
    mark(derived, sizeof(derived));
    expect_status(BCryptDeriveKey(secret, sizes[_i].kdf, &parameters.list, derived, sizeof(derived),
                                  &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, natural);
    expect_hex(derived, natural, sizes[_i].key);
    expect_untouched(derived + natural, sizeof(derived) - natural);
}
END_TEST

START_TEST(a_size_is_asked_for_with_any_buffer_size)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    ULONG result = 0;

    expect_value(natural_size(secret, sizes[_i].kdf, NULL), sizes[_i].natural);
    expect_status(BCryptDeriveKey(secret, sizes[_i].kdf, NULL, NULL, 5, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, sizes[_i].natural);
}
END_TEST

START_TEST(the_hash_is_of_the_reversed_raw_secret)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    UCHAR raw[32], natural[32], digest[20];
    ULONG result, i;

    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, raw, 32, &result, 0),
                  STATUS_SUCCESS);
    for (i = 0; i < 32; i++) natural[i] = raw[31 - i];
    expect_hex(natural, 32, SECRET);
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, natural, 32, digest, 20),
                  STATUS_SUCCESS);
    expect_derived(secret, BCRYPT_KDF_HASH, NULL, 0, 20, SECRET_SHA1);
    expect_hex(digest, 20, SECRET_SHA1);
}
END_TEST

/* --- TLS_PRF ------------------------------------------------------------------------------- */

#define TLS_1_0 \
    "d42b75e298f9df4184ab3da52f665fcb8b962208c28c2a2c3208e2cef75bb73b" \
    "de508b8d0272753b4abe3cc3f2d7ed92"
#define TLS_1_2 \
    "fcec41958d926bb98b391e7cf40ae8d81f8b443441f7eaaefdd31ac869bf03ce" \
    "516a5b618cd3eb6d6f91152b4f2f22e6"
#define TLS_1_2_SHA384 \
    "fff5d468a115bc94d676b562737d94de48744809c51a687ba1b11f37e8a2dd6a" \
    "1e3984ae5c0a72d11eaa51386bf43660"

static const struct
{
    DWORD protocol;                                     /* 0: none */
    const WCHAR *hash;
    NTSTATUS status;
    const char *key;
} protocols[] =
{
    { 0,      NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0x0301, NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0x0302, NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0xfeff, NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0x0002, NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0x0300, NULL, STATUS_SUCCESS, TLS_1_0 },
    { 0x0303, NULL, STATUS_SUCCESS, TLS_1_2 },
    { 0x0303, BCRYPT_SHA256_ALGORITHM, STATUS_SUCCESS, TLS_1_2 },
    { 0x0303, BCRYPT_SHA384_ALGORITHM, STATUS_SUCCESS, TLS_1_2_SHA384 },
    { 0x0303, BCRYPT_SHA1_ALGORITHM, STATUS_NOT_SUPPORTED, NULL },
    { 0x0303, L"no such hash", STATUS_NOT_SUPPORTED, NULL },
    { 0x0305, NULL, STATUS_INVALID_PARAMETER, NULL },
};

START_TEST(the_tls_function_is_that_of_the_protocol)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    DWORD protocol = protocols[_i].protocol;
    struct parameters parameters = { 0 };
    UCHAR derived[48];
    ULONG result = 0;

    mark(derived, sizeof(derived));
    if (protocol) add_parameter(&parameters, KDF_TLS_PRF_PROTOCOL, &protocol, sizeof(protocol));
    if (protocols[_i].hash) add_hash(&parameters, protocols[_i].hash);
    add_parameter(&parameters, KDF_TLS_PRF_LABEL, "master secret", 13);
    add_parameter(&parameters, KDF_TLS_PRF_SEED, counting, 64);
    expect_status(
        BCryptDeriveKey(secret, BCRYPT_KDF_TLS_PRF, &parameters.list, derived, 48, &result, 0),
        protocols[_i].status);
    if (protocols[_i].key) expect_hex(derived, 48, protocols[_i].key);
    else expect_untouched(derived, sizeof(derived));
}
END_TEST

/* Which parameters are there, and how long. */
static const struct
{
    ULONG label, seed, protocol;
} tls_lacks[] =
{
    { 0, 64, 0 },   { 13, 0, 0 },  { 13, 63, 0 }, { 13, 65, 0 },
    { 257, 64, 0 }, { 13, 64, 2 }, { 0, 0, 0 },
};

START_TEST(the_tls_function_wants_label_and_seed)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };
    UCHAR text[257] = { 1, 3 }, derived[48];
    ULONG result = UNTOUCHED_ULONG;

    mark(derived, sizeof(derived));
    if (tls_lacks[_i].label)
        add_parameter(&parameters, KDF_TLS_PRF_LABEL, text, tls_lacks[_i].label);
    if (tls_lacks[_i].seed) add_parameter(&parameters, KDF_TLS_PRF_SEED, text, tls_lacks[_i].seed);
    if (tls_lacks[_i].protocol)
        add_parameter(&parameters, KDF_TLS_PRF_PROTOCOL, text, tls_lacks[_i].protocol);
    expect_status(
        BCryptDeriveKey(secret, BCRYPT_KDF_TLS_PRF, &parameters.list, derived, 48, &result, 0),
        STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

/* --- SP800_56A_CONCAT ---------------------------------------------------------------------- */

START_TEST(concatenation_gives_the_defined_key)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters;

    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, NULL, NO_PARAMETER);
    expect_derived(
        secret, BCRYPT_KDF_SP80056A_CONCAT, &parameters, 0, 40,
        "e6aa8a11d4a047e459893036c372ced85e24e992ccf417ed8f7db28f2795cb1d24defddfcbe0aa1c");
    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM,
                    NO_PARAMETER);
    expect_derived(
        secret, BCRYPT_KDF_SP80056A_CONCAT, &parameters, 0, 80,
        "acb7d1798c5029218d6f458b768df9dccdfe9c7ee9e6f14e78b05b565f28ca23"
        "ef47a23238e91c080f736a3b2aa78160"
        "40cda4c2dd0ca334290d3516799027b23d619021b8eedec5d50b9ced1c25601d");
}
END_TEST

START_TEST(concatenation_wants_algorithm_and_parties)
{
    static const ULONG types[] = { KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO };
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters;
    UCHAR derived[40];
    ULONG result;
    size_t i;

    mark(derived, sizeof(derived));
    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, NULL, types[i]);
        expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_SP80056A_CONCAT, &parameters.list, derived,
                                      40, &result, 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_untouched(derived, sizeof(derived));
}
END_TEST

/* The hash is chosen by the size of the keys. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits;
    const WCHAR *hash;
} strengths[] =
{
    { BCRYPT_ECDH_P256_ALG_HANDLE, 256,  BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_ECDH_P384_ALG_HANDLE, 384,  BCRYPT_SHA384_ALGORITHM },
    { BCRYPT_ECDH_P521_ALG_HANDLE, 521,  BCRYPT_SHA512_ALGORITHM },
    { BCRYPT_DH_ALG_HANDLE,        2048, BCRYPT_SHA256_ALGORITHM },
};

START_TEST(concatenation_hashes_as_strongly_as_the_keys_are)
{
    struct parameters parameters;
    BCRYPT_SECRET_HANDLE secret = NULL;
    UCHAR chosen[70], named[70];
    BCRYPT_KEY_HANDLE pair;
    ULONG result;

    expect_status(BCryptGenerateKeyPair(strengths[_i].algorithm, &pair, strengths[_i].bits, 0),
                  STATUS_SUCCESS);
    keep_key(pair);
    expect_status(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    expect_status(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, NULL, NO_PARAMETER);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_SP80056A_CONCAT, &parameters.list, chosen, 70,
                                  &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 70);
    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, strengths[_i].hash,
                    NO_PARAMETER);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_SP80056A_CONCAT, &parameters.list, named, 70,
                                  &result, 0),
                  STATUS_SUCCESS);
    expect_bytes(chosen, named, 70);
}
END_TEST

/* --- HKDF ---------------------------------------------------------------------------------- */

static NTSTATUS set_hash(BCRYPT_SECRET_HANDLE secret, const WCHAR *name)
{
    return BCryptSetProperty(secret, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)(uintptr_t)name,
                             wide_bytes(name), 0);
}

static NTSTATUS set_salt(BCRYPT_SECRET_HANDLE secret, const char *salt)
{
    return BCryptSetProperty(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, (UCHAR *)(uintptr_t)salt,
                             salt ? (ULONG)strlen(salt) : 0, 0);
}

static NTSTATUS set_prk(BCRYPT_SECRET_HANDLE secret)
{
    return BCryptSetProperty(secret, BCRYPT_HKDF_PRK_AND_FINALIZE, NULL, 0, 0);
}

static const struct
{
    const WCHAR *hash;
    const char *salt, *info, *key;
} hkdfs[] =
{
    { BCRYPT_SHA1_ALGORITHM, "salt", "info",
      "0d26bab18caa7bf21959c794e2cf0d935850ad5cc99bcb4a0a03e27894a7be66fe877997eb31e769" },
    { BCRYPT_SHA256_ALGORITHM, "salt", "info",
      "92a2cf6402e1ea7e13e18d94071217360535df1a67d81a70275fa3c8e6e20f99b9b37245bd9095e4" },
    { BCRYPT_SHA512_ALGORITHM, "salt", "info",
      "78725f1c159172135a35d1cacf3d93c17f373850164c26c25845bdcdbeca5d852c74f18e1106e4a7" },
    { BCRYPT_SHA256_ALGORITHM, NULL, NULL,
      "3bf511eebadf44c1f7b0282a1262fe4ddd9da23bb1555cfda591ac46b088c4417883c010f6e37cd6" },
};

START_TEST(hkdf_extracts_and_expands_a_secret)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    expect_status(set_hash(secret, hkdfs[_i].hash), STATUS_SUCCESS);
    expect_status(set_salt(secret, hkdfs[_i].salt), STATUS_SUCCESS);
    if (hkdfs[_i].info)
        add_parameter(&parameters, KDF_HKDF_INFO, hkdfs[_i].info, (ULONG)strlen(hkdfs[_i].info));
    expect_derived(secret, BCRYPT_KDF_HKDF, &parameters, 0, 40, hkdfs[_i].key);
    expect_derived(secret, BCRYPT_KDF_HKDF, &parameters, 0, 40, hkdfs[_i].key);
    expect_derived(secret, BCRYPT_KDF_HASH, NULL, 0, 20, SECRET_SHA1);
}
END_TEST

START_TEST(hkdf_expands_a_secret_that_is_a_pseudo_random_key)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    expect_status(set_hash(secret, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_prk(secret), STATUS_SUCCESS);
    add_parameter(&parameters, KDF_HKDF_INFO, "info", 4);
    expect_derived(
        secret, BCRYPT_KDF_HKDF, &parameters, 0, 40,
        "4b09d254226300ed5ef0dc5ef7d7e219af0dd9d9981efe809998e49fa1580006d6e99e1f20b02e4e");
}
END_TEST

START_TEST(hkdf_wants_its_steps_in_order)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    UCHAR derived[255 * 32 + 1];
    ULONG result;

    expect_refused(BCryptDeriveKey(secret, BCRYPT_KDF_HKDF, NULL, derived, 40, &result, 0));
    expect_refused(set_salt(secret, "salt"));
    expect_refused(set_prk(secret));
    expect_status(set_hash(secret, L"no such hash"), STATUS_NOT_SUPPORTED);
    expect_status(set_hash(secret, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_refused(BCryptDeriveKey(secret, BCRYPT_KDF_HKDF, NULL, derived, 40, &result, 0));
    expect_refused(BCryptSetProperty(secret, BCRYPT_HKDF_PRK_AND_FINALIZE, derived, 4, 0));
    expect_status(set_salt(secret, "salt"), STATUS_SUCCESS);
    expect_refused(set_salt(secret, "salt"));
    expect_refused(set_prk(secret));
    expect_refused(set_hash(secret, BCRYPT_SHA1_ALGORITHM));
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HKDF, NULL, derived, 255 * 32, &result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HKDF, NULL, derived, 255 * 32 + 1, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* They give what is asked for: no size is natural to them. */
static const WCHAR *const any_size[] = { BCRYPT_KDF_SP80056A_CONCAT, BCRYPT_KDF_HKDF };

START_TEST(a_function_of_any_size_tells_the_buffers)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters;
    ULONG result = UNTOUCHED_ULONG;

    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, NULL, NO_PARAMETER);
    expect_status(set_hash(secret, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_salt(secret, "salt"), STATUS_SUCCESS);
    expect_status(BCryptDeriveKey(secret, any_size[_i], &parameters.list, NULL, 77, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 77);
    expect_status(BCryptDeriveKey(secret, any_size[_i], &parameters.list, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 0);
}
END_TEST

/* --- the flag ------------------------------------------------------------------------------ */

static const int flagged[3];                            /* the rows of sizes, but HMAC's */

START_TEST(the_flag_of_hmac_is_ignored_by_the_others)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    struct parameters parameters = { 0 };

    add_parameter(&parameters, KDF_TLS_PRF_LABEL, "master secret", 13);
    add_parameter(&parameters, KDF_TLS_PRF_SEED, counting, 64);
    expect_derived(secret, sizes[_i + (_i > 0)].kdf, &parameters, KDF_USE_SECRET_AS_HMAC_KEY_FLAG,
                   sizes[_i + (_i > 0)].natural, sizes[_i + (_i > 0)].key);
}
END_TEST

/* --- the call ------------------------------------------------------------------------------ */

START_TEST(deriving_refuses_wrong_arguments)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    mark(derived, sizeof(derived));
    expect_status(BCryptDeriveKey(NULL, BCRYPT_KDF_HASH, NULL, derived, 20, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKey(new_aes_key(128), BCRYPT_KDF_HASH, NULL, derived, 20, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKey(secret, NULL, NULL, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, NULL, derived, 20, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(an_unknown_function_is_not_supported)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    expect_status(BCryptDeriveKey(secret, L"no such function", NULL, derived, 20, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptDeriveKey(secret, BCRYPT_PBKDF2_ALGORITHM, NULL, derived, 20, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(a_list_with_pointers_missing_is_an_invalid_parameter)
{
    BCryptBuffer buffer = { 5, KDF_SECRET_PREPEND, NULL };
    BCryptBufferDesc no_buffers = { 0, 1, NULL }, no_bytes = { 0, 1, &buffer };
    BCRYPT_SECRET_HANDLE secret = new_secret();
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &no_buffers, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &no_bytes, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, NULL, derived, 20, &result, 2),
                  STATUS_INVALID_PARAMETER);
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(a_secret_is_destroyed_as_one)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();
    ULONG result;
    UCHAR derived[20];

    expect_status(BCryptDestroySecret(NULL), STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroySecret(open_algorithm(BCRYPT_SHA1_ALGORITHM, 0)),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroyHash(secret), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDestroyKey(secret), STATUS_INVALID_HANDLE);
    expect_derived(secret, BCRYPT_KDF_HASH, NULL, 0, 20, SECRET_SHA1);
    expect_status(BCryptDestroySecret(secret), STATUS_SUCCESS);
    expect_status(BCryptDestroySecret(secret), STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, NULL, derived, 20, &result, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_secret_has_no_properties_to_read)
{
    BCRYPT_SECRET_HANDLE secret = new_secret();

    expect_property(secret, BCRYPT_HKDF_HASH_ALGORITHM, STATUS_NOT_SUPPORTED);
    expect_property(secret, BCRYPT_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(secret, BCRYPT_KEY_LENGTH, (UCHAR *)"1234", 4, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

void secret_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, hashing_gives_the_defined_key, hashes);
    add_rows(tests, buffers_before_and_behind_the_secret_keep_their_order, hashes);
    add_rows(tests, hmac_gives_the_defined_key, hashes);
    add_test(tests, the_hash_is_sha1_unless_one_is_named);
    add_test(tests, the_secret_may_be_the_hmac_key);
    add_rows(tests, an_unknown_hash_is_not_supported, no_hashes);
    add_rows(tests, a_short_buffer_gets_the_first_bytes, sizes);
    add_rows(tests, a_long_buffer_keeps_its_end, sizes);
    add_rows(tests, a_size_is_asked_for_with_any_buffer_size, sizes);
    add_test(tests, the_hash_is_of_the_reversed_raw_secret);
    add_rows(tests, the_tls_function_wants_label_and_seed, tls_lacks);
    add_test(tests, concatenation_gives_the_defined_key);
    add_test(tests, concatenation_wants_algorithm_and_parties);
    add_rows(tests, hkdf_extracts_and_expands_a_secret, hkdfs);
    add_test(tests, hkdf_expands_a_secret_that_is_a_pseudo_random_key);
    add_test(tests, hkdf_wants_its_steps_in_order);
    add_test(tests, deriving_refuses_wrong_arguments);
    add_test(tests, a_secret_is_destroyed_as_one);

    tests = ours(suite);
    add_test(tests, without_a_key_or_the_flag_the_hmac_key_is_empty);
    add_rows(tests, the_tls_function_is_that_of_the_protocol, protocols);
    add_rows(tests, concatenation_hashes_as_strongly_as_the_keys_are, strengths);
    add_rows(tests, a_function_of_any_size_tells_the_buffers, any_size);
    add_rows(tests, the_flag_of_hmac_is_ignored_by_the_others, flagged);
    add_test(tests, an_unknown_function_is_not_supported);
    add_test(tests, a_list_with_pointers_missing_is_an_invalid_parameter);
    add_test(tests, a_secret_has_no_properties_to_read);
}
