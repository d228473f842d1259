/*
 * test_pair_state.c - what a key pair of each kind can do before it is finalized, as a pair, and as
 * a public key alone: every call, every property, every type of blob.
 *
 * What the calls give is tested beside each algorithm: here it is their status. Types and names are
 * written out, as programs may have them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

enum family
{
    RSA, RSA_SIGN, DSA, DH, ECDSA_OWN, ECDH_OWN, ECDSA, ECDH       /* OWN: of a curve of its own */
};

enum state
{
    UNFINALIZED, GENERATED, IMPORTED, PUBLIC, STATES
};

static const char *const state_names[STATES] = { "unfinalized", "generated", "imported", "public" };

#define ENCRYPTS 1
#define SIGNS    2
#define AGREES   4

static const struct kind
{
    const char *name;
    enum family family;
    const WCHAR *id, *curve;                        /* curve: of a generic algorithm */
    ULONG bits;
    const WCHAR *public_type, *private_type;
    ULONG public_bytes, private_bytes;
    unsigned does;
    ULONG digest_bytes, signature_bytes;
} kinds[] =
{
    { "RSA", RSA, L"RSA", NULL, 512, L"RSAPUBLICBLOB", L"RSAPRIVATEBLOB", 91, 155,
      ENCRYPTS | SIGNS, 20, 64 },
    { "RSA_SIGN", RSA_SIGN, L"RSA_SIGN", NULL, 512, L"RSAPUBLICBLOB", L"RSAPRIVATEBLOB", 91, 155,
      SIGNS, 20, 64 },
    { "DSA", DSA, L"DSA", NULL, 512, L"DSAPUBLICBLOB", L"DSAPRIVATEBLOB", 244, 264, SIGNS, 20, 40 },
    { "DH", DH, L"DH", NULL, 768, L"DHPUBLICBLOB", L"DHPRIVATEBLOB", 296, 392, AGREES, 0, 0 },
    { "ECDSA_P256", ECDSA_OWN, L"ECDSA_P256", NULL, 256, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 72,
      104, SIGNS, 32, 64 },
    { "ECDSA_P384", ECDSA_OWN, L"ECDSA_P384", NULL, 384, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 104,
      152, SIGNS, 48, 96 },
    { "ECDSA_P521", ECDSA_OWN, L"ECDSA_P521", NULL, 521, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 140,
      206, SIGNS, 64, 132 },
    { "ECDH_P256", ECDH_OWN, L"ECDH_P256", NULL, 256, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 72, 104,
      AGREES, 0, 0 },
    { "ECDH_P384", ECDH_OWN, L"ECDH_P384", NULL, 384, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 104, 152,
      AGREES, 0, 0 },
    { "ECDH_P521", ECDH_OWN, L"ECDH_P521", NULL, 521, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB", 140, 206,
      AGREES, 0, 0 },
    { "ECDSA on secP256k1", ECDSA, L"ECDSA", L"secP256k1", 256, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB",
      72, 104, SIGNS, 32, 64 },
    { "ECDH on brainpoolP384r1", ECDH, L"ECDH", L"brainpoolP384r1", 384, L"ECCPUBLICBLOB",
      L"ECCPRIVATEBLOB", 104, 152, AGREES, 0, 0 },
    { "ECDH on curve25519", ECDH, L"ECDH", L"curve25519", 255, L"ECCPUBLICBLOB", L"ECCPRIVATEBLOB",
      72, 104, AGREES, 0, 0 },
};

#define BLOB_ROOM 1000

static BCRYPT_ALG_HANDLE open_kind(const struct kind *kind)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kind->id, 0);

    if (kind->curve)
        expect_status(BCryptSetProperty(algorithm, L"ECCCurveName",
                                        (UCHAR *)(uintptr_t)kind->curve, wide_bytes(kind->curve),
                                        0),
                      STATUS_SUCCESS);
    return algorithm;
}

static BCRYPT_KEY_HANDLE import(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type,
                                BCRYPT_KEY_HANDLE from)
{
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR blob[BLOB_ROOM];
    ULONG bytes = 0;

    expect_status(BCryptExportKey(from, NULL, type, blob, sizeof(blob), &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptImportKeyPair(algorithm, NULL, type, &key, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(key);
    return key;
}

/* A key in each state; those that are imported are the one that is generated. */
static void make_keys(const struct kind *kind, BCRYPT_KEY_HANDLE keys[STATES])
{
    BCRYPT_ALG_HANDLE algorithm = open_kind(kind);
    enum state state;

    for (state = UNFINALIZED; state <= GENERATED; state++)
    {
        expect_status(BCryptGenerateKeyPair(algorithm, &keys[state], kind->bits, 0),
                      STATUS_SUCCESS);
        keep_key(keys[state]);
    }
    expect_status(BCryptFinalizeKeyPair(keys[GENERATED], 0), STATUS_SUCCESS);
    keys[IMPORTED] = import(algorithm, kind->private_type, keys[GENERATED]);
    keys[PUBLIC] = import(algorithm, kind->public_type, keys[GENERATED]);
}

/* --- asymmetric-keys.md, "State matrix": calls ----------------------------------------------- */

/* What a call has to work with. */
struct with
{
    const struct kind *kind;
    BCRYPT_KEY_HANDLE key, pair;                    /* pair: the generated one */
    UCHAR *room;
    ULONG *result;
};

static BCRYPT_PKCS1_PADDING_INFO sha1_padding = { BCRYPT_SHA1_ALGORITHM };

static bool is_rsa(const struct kind *kind)
{
    return kind->family == RSA || kind->family == RSA_SIGN;
}

static NTSTATUS export_public_size(const struct with *with)
{
    return BCryptExportKey(with->key, NULL, with->kind->public_type, NULL, 0, with->result, 0);
}

static NTSTATUS export_public(const struct with *with)
{
    return BCryptExportKey(with->key, NULL, with->kind->public_type, with->room, BLOB_ROOM,
                           with->result, 0);
}

static NTSTATUS export_public_short(const struct with *with)
{
    return BCryptExportKey(with->key, NULL, with->kind->public_type, with->room,
                           with->kind->public_bytes - 1, with->result, 0);
}

static NTSTATUS export_private_size(const struct with *with)
{
    return BCryptExportKey(with->key, NULL, with->kind->private_type, NULL, 0, with->result, 0);
}

static NTSTATUS export_private(const struct with *with)
{
    return BCryptExportKey(with->key, NULL, with->kind->private_type, with->room, BLOB_ROOM,
                           with->result, 0);
}

static NTSTATUS encrypt_size(const struct with *with)
{
    return BCryptEncrypt(with->key, (UCHAR *)counting, 5, NULL, NULL, 0, NULL, 0, with->result,
                         BCRYPT_PAD_PKCS1);
}

static NTSTATUS encrypt(const struct with *with)
{
    return BCryptEncrypt(with->key, (UCHAR *)counting, 5, NULL, NULL, 0, with->room, BLOB_ROOM,
                         with->result, BCRYPT_PAD_PKCS1);
}

static NTSTATUS decrypt_size(const struct with *with)
{
    return BCryptDecrypt(with->key, (UCHAR *)counting, 64, NULL, NULL, 0, NULL, 0, with->result,
                         BCRYPT_PAD_NONE);
}

static NTSTATUS decrypt(const struct with *with)
{
    return BCryptDecrypt(with->key, (UCHAR *)counting, 64, NULL, NULL, 0, with->room, BLOB_ROOM,
                         with->result, BCRYPT_PAD_NONE);
}

static NTSTATUS sign_size(const struct with *with)
{
    bool padded = is_rsa(with->kind);

    return BCryptSignHash(with->key, padded ? &sha1_padding : NULL, (UCHAR *)counting,
                          with->kind->digest_bytes, NULL, 0, with->result,
                          padded ? BCRYPT_PAD_PKCS1 : 0);
}

static NTSTATUS sign(const struct with *with)
{
    bool padded = is_rsa(with->kind);

    return BCryptSignHash(with->key, padded ? &sha1_padding : NULL, (UCHAR *)counting,
                          with->kind->digest_bytes, with->room, BLOB_ROOM, with->result,
                          padded ? BCRYPT_PAD_PKCS1 : 0);
}

static NTSTATUS verify(const struct with *with)
{
    bool padded = is_rsa(with->kind);

    return BCryptVerifySignature(with->key, padded ? &sha1_padding : NULL, (UCHAR *)counting,
                                 with->kind->digest_bytes, (UCHAR *)counting,
                                 with->kind->signature_bytes, padded ? BCRYPT_PAD_PKCS1 : 0);
}

static NTSTATUS agree(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptSecretAgreement(own, peer, &secret, 0);

    if (!status) BCryptDestroySecret(secret);
    else expect_pointer(secret, UNTOUCHED_HANDLE);
    return status;
}

static NTSTATUS agree_as_own(const struct with *with)
{
    return agree(with->key, with->pair);
}

static NTSTATUS agree_as_peer(const struct with *with)
{
    return agree(with->pair, with->key);
}

enum size
{
    NO_SIZE, PUBLIC_SIZE, PRIVATE_SIZE, SIGNATURE_SIZE, MODULUS_SIZE
};

#define OK      STATUS_SUCCESS
#define NOT_READY STATUS_INVALID_HANDLE
#define WRONG   STATUS_INVALID_PARAMETER
#define SMALL   STATUS_BUFFER_TOO_SMALL
#define UNTRUE  STATUS_INVALID_SIGNATURE

static const struct call
{
    const char *name;
    NTSTATUS (*call)(const struct with *with);
    unsigned needs;                                 /* what the kind does */
    enum size size;                                 /* what is told, if anything */
    NTSTATUS status[STATES];
} calls[] =
{
    { "exporting public, size",  export_public_size,  0, PUBLIC_SIZE,  { NOT_READY, OK, OK, OK } },
    { "exporting public",        export_public,       0, PUBLIC_SIZE,  { NOT_READY, OK, OK, OK } },
    { "exporting public, short", export_public_short, 0, PUBLIC_SIZE,
      { NOT_READY, SMALL, SMALL, SMALL } },
    { "exporting private, size", export_private_size, 0, PRIVATE_SIZE,
      { NOT_READY, OK, OK, WRONG } },
    { "exporting private",       export_private,      0, PRIVATE_SIZE,
      { NOT_READY, OK, OK, WRONG } },
    { "encrypting, size", encrypt_size, ENCRYPTS, MODULUS_SIZE,   { NOT_READY, OK, OK, OK } },
    { "encrypting",       encrypt,      ENCRYPTS, MODULUS_SIZE,   { NOT_READY, OK, OK, OK } },
    { "decrypting, size", decrypt_size, ENCRYPTS, MODULUS_SIZE,   { NOT_READY, OK, OK, WRONG } },
    { "decrypting",       decrypt,      ENCRYPTS, MODULUS_SIZE,   { NOT_READY, OK, OK, WRONG } },
    { "signing, size",    sign_size,    SIGNS,    SIGNATURE_SIZE, { NOT_READY, OK, OK, OK } },
    { "signing",          sign,         SIGNS,    SIGNATURE_SIZE, { NOT_READY, OK, OK, WRONG } },
    { "verifying",        verify,       SIGNS,    NO_SIZE, { NOT_READY, UNTRUE, UNTRUE, UNTRUE } },
    { "agreeing as own",  agree_as_own, AGREES,   NO_SIZE, { NOT_READY, OK, OK, WRONG } },
    { "agreeing as peer", agree_as_peer, AGREES,  NO_SIZE, { NOT_READY, OK, OK, OK } },
};

static ULONG size_of(const struct kind *kind, enum size size)
{
    switch (size)
    {
    case PUBLIC_SIZE: return kind->public_bytes;
    case PRIVATE_SIZE: return kind->private_bytes;
    case SIGNATURE_SIZE: return kind->signature_bytes;
    case MODULUS_SIZE: return kind->bits / 8;
    default: return UNTOUCHED_ULONG;
    }
}

/* One call on a key in one state: its status and what *pcbResult is then; what is refused writes
 * nothing. */
static void expect_call(const struct call *call, const struct kind *kind, enum state state,
                        const BCRYPT_KEY_HANDLE keys[STATES])
{
    bool does = (kind->does & call->needs) == call->needs;
    NTSTATUS expected = does ? call->status[state] : STATUS_NOT_SUPPORTED, status;
    ULONG result = UNTOUCHED_ULONG;
    UCHAR room[BLOB_ROOM];
    struct with with = { kind, keys[state], keys[GENERATED], room, &result };
    char text[100];

    snprintf(text, sizeof(text), "%s, %s key: %s", kind->name, state_names[state], call->name);
    mark(room, sizeof(room));
    status = call->call(&with);
    expect_status_at(__FILE__, __LINE__, text, status, expected);
    if (status) expect_untouched_at(__FILE__, __LINE__, text, room, sizeof(room));
    if (!status || status == STATUS_BUFFER_TOO_SMALL)
        expect_value_at(__FILE__, __LINE__, text, result, size_of(kind, call->size));
}

START_TEST(a_finalized_key_does_what_its_kind_does)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    enum state state;
    size_t i;

    make_keys(&kinds[_i], keys);
    for (state = GENERATED; state < STATES; state++)
    {
        for (i = 0; i < ARRAY_SIZE(calls); i++)
            expect_call(&calls[i], &kinds[_i], state, keys);
        expect_status(BCryptFinalizeKeyPair(keys[state], 0), STATUS_INVALID_HANDLE);
    }
}
END_TEST

START_TEST(an_unfinalized_key_does_nothing)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    ULONG bytes = 0;
    size_t i;

    make_keys(&kinds[_i], keys);
    for (i = 0; i < ARRAY_SIZE(calls); i++)
    {
        if ((kinds[_i].does & calls[i].needs) == calls[i].needs)
            expect_call(&calls[i], &kinds[_i], UNFINALIZED, keys);
    }
    expect_status(BCryptFinalizeKeyPair(keys[UNFINALIZED], 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(keys[UNFINALIZED], NULL, kinds[_i].private_type, NULL, 0, &bytes,
                                  0), STATUS_SUCCESS);
    expect_value(bytes, kinds[_i].private_bytes);
}
END_TEST

START_TEST(a_key_of_any_state_is_destroyed_once)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    enum state state;

    make_keys(&kinds[_i], keys);
    for (state = UNFINALIZED; state < STATES; state++)
    {
        expect_status(BCryptDestroyKey(keys[state]), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(keys[state]), STATUS_INVALID_HANDLE);
    }
}
END_TEST

/* --- asymmetric-keys.md, "BCryptGenerateKeyPair", "BCryptFinalizeKeyPair": flags, pointers --- */

START_TEST(generating_takes_no_flags)
{
    BCRYPT_ALG_HANDLE algorithm = open_kind(&kinds[_i]);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    ULONG flag;

    for (flag = 1; flag; flag <<= 1)
    {
        expect_status(BCryptGenerateKeyPair(algorithm, &key, kinds[_i].bits, flag),
                      STATUS_INVALID_PARAMETER);
    }
    expect_status(BCryptGenerateKeyPair(algorithm, NULL, kinds[_i].bits, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* What refuses a flag leaves the key as it was. */
START_TEST(finalizing_takes_the_flag_of_its_validation_alone)
{
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG flag;

    expect_status(BCryptGenerateKeyPair(open_kind(&kinds[_i]), &key, kinds[_i].bits, 0),
                  STATUS_SUCCESS);
    keep_key(key);
    for (flag = 1; flag; flag <<= 1)
        expect_status(BCryptFinalizeKeyPair(key, flag), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_symmetric_key_is_no_pair)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    ULONG result;

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
    expect_refused(BCryptSignHash(key, NULL, (UCHAR *)counting, 20, NULL, 0, &result, 0));
    expect_refused(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 20, (UCHAR *)counting, 40,
                                         0));
}
END_TEST

static BCRYPT_ALG_HANDLE const pairless[] =
{
    BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_RC4_ALG_HANDLE, BCRYPT_SHA256_ALG_HANDLE,
    BCRYPT_HMAC_SHA1_ALG_HANDLE, BCRYPT_RNG_ALG_HANDLE, BCRYPT_PBKDF2_ALG_HANDLE,
};

START_TEST(an_algorithm_without_pairs_makes_none)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(pairless[_i], &key, 256, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptImportKeyPair(pairless[_i], NULL, L"ECCPUBLICBLOB", &key,
                                      (UCHAR *)counting, 72, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* --- asymmetric-keys.md, "KeyLengths / KeyStrength / KeyLength": properties ------------------ */

enum value
{
    ANY_VALUE, BITS, STRENGTH, SIGNATURE_BYTES, MODULUS_BYTES
};

/* By family: a always, f of a finalized key, - never. */
static const struct
{
    const char *text;
    const WCHAR *name;
    const char *readable;
    enum value value;                               /* what four bytes of it say */
} properties[] =
{
    { "AlgorithmName",    L"AlgorithmName",    "aaaaaaaa", ANY_VALUE },
    { "KeyLength",        L"KeyLength",        "aaaaaaaa", BITS },
    { "KeyStrength",      L"KeyStrength",      "aaaaaaaa", STRENGTH },
    { "PublicKeyLength",  L"PublicKeyLength",  "ffffffff", BITS },
    { "SignatureLength",  L"SignatureLength",  "fff-f-f-", SIGNATURE_BYTES },
    { "BlockLength",      L"BlockLength",      "ff------", MODULUS_BYTES },
    { "DHParameters",     L"DHParameters",     "---f----", ANY_VALUE },
    { "DSAParameters",    L"DSAParameters",    "--f-----", ANY_VALUE },
    { "ECCCurveName",     L"ECCCurveName",     "----aaaa", ANY_VALUE },
    { "ECCParameters",    L"ECCParameters",    "----aaaa", ANY_VALUE },
    { "ECCCurveNameList", L"ECCCurveNameList", "--------", ANY_VALUE },
    { "ObjectLength",     L"ObjectLength",     "--------", ANY_VALUE },
    { "KeyObjectLength",  L"KeyObjectLength",  "--------", ANY_VALUE },
    { "PaddingSchemes",   L"PaddingSchemes",   "--------", ANY_VALUE },
    { "ChainingMode",     L"ChainingMode",     "--------", ANY_VALUE },
    { "HashDigestLength", L"HashDigestLength", "--------", ANY_VALUE },
    { "NoSuchProperty",   L"NoSuchProperty",   "--------", ANY_VALUE },
};

static ULONG value_of(const struct kind *kind, enum value value)
{
    if (value == STRENGTH && kind->bits == 255) return 253;     /* curve25519's order */
    if (value == BITS || value == STRENGTH) return kind->bits;
    return value == SIGNATURE_BYTES ? kind->signature_bytes : kind->bits / 8;
}

/* A property of a key in one state: size query, read, and read with a byte too little. */
static void expect_readable(size_t row, const struct kind *kind, enum state state,
                            BCRYPT_KEY_HANDLE key)
{
    char text[100], when = properties[row].readable[kind->family];
    ULONG needed = UNTOUCHED_ULONG, result = UNTOUCHED_ULONG, value;
    NTSTATUS expected = when == '-' ? STATUS_NOT_SUPPORTED
                        : when == 'f' && state == UNFINALIZED ? STATUS_INVALID_HANDLE
                                                              : STATUS_SUCCESS;
    UCHAR room[BLOB_ROOM];

    snprintf(text, sizeof(text), "%s, %s key: %s", kind->name, state_names[state],
             properties[row].text);
    mark(room, sizeof(room));
    expect_status_at(__FILE__, __LINE__, text,
                     BCryptGetProperty(key, properties[row].name, NULL, 0, &needed, 0), expected);
    expect_status_at(__FILE__, __LINE__, text,
                     BCryptGetProperty(key, properties[row].name, room, sizeof(room), &result, 0),
                     expected);
    if (expected)
    {
        expect_untouched_at(__FILE__, __LINE__, text, room, sizeof(room));
        return;
    }
    expect_value_at(__FILE__, __LINE__, text, result, needed);
    expect_untouched_at(__FILE__, __LINE__, text, room + result, sizeof(room) - result);
    if (properties[row].value != ANY_VALUE)
    {
        memcpy(&value, room, sizeof(value));
        expect_value_at(__FILE__, __LINE__, text, result, sizeof(value));
        expect_value_at(__FILE__, __LINE__, text, value, value_of(kind, properties[row].value));
    }
    mark(room, sizeof(room));
    expect_status_at(__FILE__, __LINE__, text,
                     BCryptGetProperty(key, properties[row].name, room, needed - 1, &result, 0),
                     STATUS_BUFFER_TOO_SMALL);
    expect_value_at(__FILE__, __LINE__, text, result, needed);
    expect_untouched_at(__FILE__, __LINE__, text, room, sizeof(room));
}

START_TEST(a_finalized_key_tells_what_its_kind_has)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    enum state state;
    size_t i;

    make_keys(&kinds[_i], keys);
    for (state = GENERATED; state < STATES; state++)
    {
        for (i = 0; i < ARRAY_SIZE(properties); i++)
            expect_readable(i, &kinds[_i], state, keys[state]);
    }
}
END_TEST

START_TEST(an_unfinalized_key_tells_little)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    size_t i;

    make_keys(&kinds[_i], keys);
    for (i = 0; i < ARRAY_SIZE(properties); i++)
        expect_readable(i, &kinds[_i], UNFINALIZED, keys[UNFINALIZED]);
}
END_TEST

/* --- asymmetric-keys.md, "Settable before finalize" ------------------------------------------ */

/* 24 bytes that are a wrong value for all of these. By family: s may be set of an unfinalized key,
 * - never. */
static const struct
{
    const char *text;
    const WCHAR *name, *value;
    const char *settable;
} settings[] =
{
    { "DHParameters",    L"DHParameters",    L"01234567890",   "---s----" },
    { "DSAParameters",   L"DSAParameters",   L"01234567890",   "--s-----" },
    { "ECCParameters",   L"ECCParameters",   L"01234567890",   "------ss" },
    { "ECCCurveName",    L"ECCCurveName",    L"no curve at",   "------ss" },
    { "AlgorithmName",   L"AlgorithmName",   L"01234567890",   "--------" },
    { "KeyStrength",     L"KeyStrength",     L"01234567890",   "--------" },
    { "PublicKeyLength", L"PublicKeyLength", L"01234567890",   "--------" },
    { "SignatureLength", L"SignatureLength", L"01234567890",   "--------" },
    { "BlockLength",     L"BlockLength",     L"01234567890",   "--------" },
    { "NoSuchProperty",  L"NoSuchProperty",  L"01234567890",   "--------" },
};

START_TEST(a_key_takes_what_its_kind_has_until_it_is_finalized)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    enum state state;
    char text[100];
    size_t i;

    make_keys(&kinds[_i], keys);
    for (state = UNFINALIZED; state < STATES; state++)
    {
        for (i = 0; i < ARRAY_SIZE(settings); i++)
        {
            bool settable = settings[i].settable[kinds[_i].family] == 's';

            snprintf(text, sizeof(text), "%s, %s key: %s", kinds[_i].name, state_names[state],
                     settings[i].text);
            expect_status_at(__FILE__, __LINE__, text,
                             BCryptSetProperty(keys[state], settings[i].name,
                                               (UCHAR *)(uintptr_t)settings[i].value, 24, 0),
                             !settable              ? STATUS_NOT_SUPPORTED
                             : state == UNFINALIZED ? STATUS_INVALID_PARAMETER
                                                    : STATUS_INVALID_HANDLE);
        }
    }
}
END_TEST

START_TEST(a_value_from_nowhere_is_not_set)
{
    BCRYPT_KEY_HANDLE keys[STATES];
    size_t i;

    make_keys(&kinds[_i], keys);
    for (i = 0; i < ARRAY_SIZE(settings); i++)
    {
        if (settings[i].settable[kinds[_i].family] != 's') continue;
        expect_status_at(__FILE__, __LINE__, settings[i].text,
                         BCryptSetProperty(keys[UNFINALIZED], settings[i].name, NULL, 24, 0),
                         STATUS_INVALID_PARAMETER);
        expect_status_at(__FILE__, __LINE__, settings[i].text,
                         BCryptSetProperty(keys[UNFINALIZED], settings[i].name, NULL, 0, 0),
                         STATUS_INVALID_PARAMETER);
    }
    expect_status(BCryptSetProperty(keys[UNFINALIZED], L"KeyLength", NULL, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(keys[UNFINALIZED], 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_finalized_key_keeps_its_length)
{
    ULONG same = kinds[_i].bits, other = kinds[_i].bits + 64, result;
    UCHAR before[BLOB_ROOM], after[BLOB_ROOM];
    BCRYPT_KEY_HANDLE keys[STATES];
    enum state state;

    make_keys(&kinds[_i], keys);
    for (state = GENERATED; state < STATES; state++)
    {
        expect_status(BCryptExportKey(keys[state], NULL, kinds[_i].public_type, before, BLOB_ROOM,
                                      &result, 0), STATUS_SUCCESS);
        expect_status(BCryptSetProperty(keys[state], L"KeyLength", (UCHAR *)&same, 4, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptSetProperty(keys[state], L"KeyLength", (UCHAR *)&other, 4, 0),
                      STATUS_INVALID_PARAMETER);
        expect_status(BCryptSetProperty(keys[state], L"KeyLength", (UCHAR *)&same, 3, 0),
                      STATUS_INVALID_PARAMETER);
        expect_value(property_ulong(keys[state], L"KeyLength"), same);
        expect_status(BCryptExportKey(keys[state], NULL, kinds[_i].public_type, after, BLOB_ROOM,
                                      &result, 0), STATUS_SUCCESS);
        expect_bytes(after, before, result);
    }
}
END_TEST

/* --- key-blobs.md, "Which algorithm takes which blob" ---------------------------------------- */

/* By family: b imported and exported, e exported only, - neither. */
static const struct
{
    const char *text;
    const WCHAR *type;
    const char *taken;
} types[] =
{
    { "PUBLICBLOB",            L"PUBLICBLOB",            "bbbbbbbb" },
    { "PRIVATEBLOB",           L"PRIVATEBLOB",           "bbbbbbbb" },
    { "RSAPUBLICBLOB",         L"RSAPUBLICBLOB",         "bb------" },
    { "RSAPRIVATEBLOB",        L"RSAPRIVATEBLOB",        "bb------" },
    { "RSAFULLPRIVATEBLOB",    L"RSAFULLPRIVATEBLOB",    "bb------" },
    { "CAPIPUBLICBLOB",        L"CAPIPUBLICBLOB",        "bb------" },
    { "CAPIPRIVATEBLOB",       L"CAPIPRIVATEBLOB",       "bb------" },
    { "DSAPUBLICBLOB",         L"DSAPUBLICBLOB",         "--b-----" },
    { "DSAPRIVATEBLOB",        L"DSAPRIVATEBLOB",        "--b-----" },
    { "V2CAPIDSAPRIVATEBLOB",  L"V2CAPIDSAPRIVATEBLOB",  "--b-----" },
    { "V2CAPIDSAPUBLICBLOB",   L"V2CAPIDSAPUBLICBLOB",   "--b-----" },
    { "CAPIDSAPUBLICBLOB",     L"CAPIDSAPUBLICBLOB",     "--------" },
    { "CAPIDSAPRIVATEBLOB",    L"CAPIDSAPRIVATEBLOB",    "--------" },
    { "DHPUBLICBLOB",          L"DHPUBLICBLOB",          "---b----" },
    { "DHPRIVATEBLOB",         L"DHPRIVATEBLOB",         "---b----" },
    { "CAPIDHPRIVATEBLOB",     L"CAPIDHPRIVATEBLOB",     "---b----" },
    { "CAPIDHPUBLICBLOB",      L"CAPIDHPUBLICBLOB",      "--------" },
    { "ECCPUBLICBLOB",         L"ECCPUBLICBLOB",         "----bbbb" },
    { "ECCPRIVATEBLOB",        L"ECCPRIVATEBLOB",        "----bbbb" },
    { "ECCFULLPUBLICBLOB",     L"ECCFULLPUBLICBLOB",     "----eebb" },
    { "ECCFULLPRIVATEBLOB",    L"ECCFULLPRIVATEBLOB",    "----eebb" },
    { "KeyDataBlob",           L"KeyDataBlob",           "--------" },
    { "OpaqueKeyBlob",         L"OpaqueKeyBlob",         "--------" },
    { "Rfc3565KeyWrapBlob",    L"Rfc3565KeyWrapBlob",    "--------" },
    { "PKCS11RsaAesWrapBlob",  L"PKCS11RsaAesWrapBlob",  "--------" },
    { "TLS13PRESHAREDKEY",     L"TLS13PRESHAREDKEY",     "--------" },
    { "PQDSAPUBLICBLOB",       L"PQDSAPUBLICBLOB",       "--------" },
    { "MLKEMPUBLICBLOB",       L"MLKEMPUBLICBLOB",       "--------" },
    { "no such type",          L"no such type",          "--------" },
};

START_TEST(a_kind_has_its_own_types_of_blobs)
{
    BCRYPT_ALG_HANDLE algorithm = open_kind(&kinds[_i]);
    BCRYPT_KEY_HANDLE keys[STATES], key;
    UCHAR blob[BLOB_ROOM];
    ULONG bytes;
    size_t i;

    make_keys(&kinds[_i], keys);
    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        char taken = types[i].taken[kinds[_i].family];

        key = UNTOUCHED_HANDLE;
        bytes = 300;
        memset(blob, 0, sizeof(blob));
        expect_status_at(__FILE__, __LINE__, types[i].text,
                         BCryptExportKey(keys[GENERATED], NULL, types[i].type, blob, sizeof(blob),
                                         &bytes, 0),
                         taken == '-' ? STATUS_NOT_SUPPORTED : STATUS_SUCCESS);
        expect_status_at(__FILE__, __LINE__, types[i].text,
                         BCryptImportKeyPair(algorithm, NULL, types[i].type, &key, blob, bytes, 0),
                         taken == 'b' ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED);
        if (taken == 'b') expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        else expect_pointer(key, UNTOUCHED_HANDLE);
    }
}
END_TEST

START_TEST(a_kind_takes_no_wrapping_key_and_no_flags_of_others)
{
    BCRYPT_ALG_HANDLE algorithm = open_kind(&kinds[_i]);
    BCRYPT_KEY_HANDLE keys[STATES], key = UNTOUCHED_HANDLE, wrapping = new_aes_key(128);
    ULONG bytes, needed = UNTOUCHED_ULONG, flag;
    UCHAR blob[BLOB_ROOM];

    make_keys(&kinds[_i], keys);
    expect_status(BCryptExportKey(keys[GENERATED], NULL, kinds[_i].private_type, blob, BLOB_ROOM,
                                  &bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptImportKeyPair(algorithm, wrapping, kinds[_i].private_type, &key, blob,
                                      bytes, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(keys[GENERATED], wrapping, kinds[_i].private_type, blob,
                                  BLOB_ROOM, &needed, 0), STATUS_INVALID_PARAMETER);
    for (flag = 1; flag; flag <<= 1)
    {
        expect_status(BCryptExportKey(keys[GENERATED], NULL, kinds[_i].private_type, NULL, 0,
                                      &needed, flag), STATUS_INVALID_PARAMETER);
        if (flag == BCRYPT_NO_KEY_VALIDATION || flag == BCRYPT_KEY_VALIDATION_RANGE ||
            flag == BCRYPT_KEY_VALIDATION_REGENERATE) continue;
        expect_status(BCryptImportKeyPair(algorithm, NULL, kinds[_i].private_type, &key, blob,
                                          bytes, flag), STATUS_INVALID_PARAMETER);
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_value(needed, UNTOUCHED_ULONG);
}
END_TEST

void pair_state_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_finalized_key_does_what_its_kind_does, kinds);
    add_rows(tests, an_unfinalized_key_does_nothing, kinds);
    add_rows(tests, a_key_of_any_state_is_destroyed_once, kinds);
    add_rows(tests, generating_takes_no_flags, kinds);
    add_test(tests, a_symmetric_key_is_no_pair);
    add_rows(tests, an_algorithm_without_pairs_makes_none, pairless);
    add_rows(tests, a_finalized_key_tells_what_its_kind_has, kinds);

    tests = ours(suite);
    add_rows(tests, finalizing_takes_the_flag_of_its_validation_alone, kinds);
    add_rows(tests, an_unfinalized_key_tells_little, kinds);
    add_rows(tests, a_key_takes_what_its_kind_has_until_it_is_finalized, kinds);
    add_rows(tests, a_value_from_nowhere_is_not_set, kinds);
    add_rows(tests, a_finalized_key_keeps_its_length, kinds);
    add_rows(tests, a_kind_has_its_own_types_of_blobs, kinds);
    add_rows(tests, a_kind_takes_no_wrapping_key_and_no_flags_of_others, kinds);
}
