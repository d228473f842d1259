/*
 * test_dh.c - Diffie-Hellman modulo a prime: key pairs, parameters, blobs, agreement.
 *
 * What is derived from a secret is tested in test_secret.c; published vectors are in
 * test_vectors_dsa.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ffc_keys.h"

/* RFC 2409, group 2, with g = 2; two private numbers of 1016 bits and what follows from them, made
 * with Python. */
#define OAKLEY_P \
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a0879" \
    "8e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b" \
    "0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff"
#define OAKLEY_G \
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
    "00000000000000000000000000000000000000000000000000000000000000000000000000000002"
#define ONE_X \
    "00a170b339263059f28c105d1fb17c2390c192cfd3ac94af0f21ddb66cad4a268d116ece1738f7d93d9c1724" \
    "11e20b8f6b0d549b6f03675a1600a35a099950d836f675cc81e74ef5e8e25d940ed904759531985d5d9dc9f8" \
    "1818e811892f902bd23f0824128b2f330c5c7fd0a6a3a4506513270e269e0d37f2a74de452e6b438"
#define ONE_Y \
    "9af235387316767b0966a1b09ad1ca2b6e36380a9089378b56706d5dc341187f7ba730c2d57b63ac68cc1ef5" \
    "11e34a6d70dd9145e8e580433976194759d81b10a08ce41ba279b518b07528b1c71741678e160a3b67369fba" \
    "6e5041349c4773d8d531c9a05ca5ebfd87ae81407adeb767ee96846e845d71d467ba774ca2b84ef3"
#define TWO_X \
    "0018f1355f557203301850c5a38fd547923a736994e3bf911a61dbe22e44158bae97ba94d0eda82f8f6d0558" \
    "4ef8aa38922766581e27a1c08a6a63ec24ede6a46b4cb2424a23d5962217beaddbc496cb8e81973e0becd7b0" \
    "3898d190f9ebdacc0cb1e29c658cda1495e60af593bd04cf0fd630f1f29d0da9953f48f1a09f76b5"
#define TWO_Y \
    "876cf54e9e817e7ae1b5887778257f73f9de68dab516a69e072cfa1c8cbfe68dac28bb59a002ff6ee88a23a4" \
    "5f67d1f4e8138018f607df52b316f2070b711f114568414ce04f266b7f5ab2caf8b390faa06c1bab446cd98d" \
    "bc038b8cb3e575b30be1921a87f76d561aaa1d61c9475578302701b6cd946b0eff6fb290f9a5f5d5"
#define SHARED \
    "da191fce770677443fde115a98a5ea652c2bb0f1bb519df2aefcead5492d88f62c5408a8ed641af4cd823a60" \
    "0c9b18cfe4e22e619559f4580773e84f842b9c0b27d8df01e28283e947c570f2473f9924d5b960944366f5b7" \
    "8d68bf6cefeba82bc7869c4acd26d41476251617502057fc2998f43b43d426d17d9cc7cc21e21e0b"
#define SHARED_REVERSED \
    "0b1ee221ccc79c7dd126d4433bf49829fc5720501716257614d426cd4a9c86c72ba8ebef6cbf688db7f56643" \
    "9460b9d524993f47f270c547e98382e201dfd8270b9c2b844fe8730758f45995612ee2e4cf189b0c603a82cd" \
    "f41a64eda808542cf6882d49d5eafcaef29d51bbf1b02b2c65eaa5985a11de3f44770677ce1f19da"
#define SHARED_SHA1 "a3cf65baae9735ec6aa222297780e82323911c3b"
#define SHARED_SHA256 "95ee58e3f70aaa748ec9f02f4e9e23878c69a0a1b854f7a3373a142470e0c1ec"

/* RFC 7919, ffdhe2048. */
#define FFDHE_P \
    "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce" \
    "249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3" \
    "b557135e7f57c935984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182" \
    "b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d70" \
    "9e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc" \
    "2ec22005c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"
/* A prime of 1021 bits. */
#define ODD_P \
    "182f49f0de27a24ee134f9f810e1fec9aa069dd3e42af0ad88ad4972d1cee715f45eaf1cd14bb7f533061fbc" \
    "5d082eeac3034515972939b0db43738610d5fe140bf3d0a7bc9df599115d27cfb26f19280aeade9ba245d658" \
    "a4bf58e7b14fe2d6236e536d0aa989b407e7166b075b058bb363af43244fbafcfa376a6e5848fc65"

/* Its order plus 1, its order less 1, and the power of 2 that belongs to that: 1/2. */
#define FFDHE_Q_PLUS_1 \
    "7fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b4ad4f09b208a3219fde649cee7" \
    "124d9f7cbe97f1b1b1863aec7b40d901576230bd69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79" \
    "daab89af3fabe49acc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3cbd5e0558c1" \
    "59927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6fa572b76f3b1b95d8c8583d3e4770536b8" \
    "4f017e70e6fbf176601a0266941a17b0c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e" \
    "17611002e2c778c1be8b41d96379a51360d977fd4435a11c30942e4c0000000000000000"
#define FFDHE_Q_LESS_1 \
    "7fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b4ad4f09b208a3219fde649cee7" \
    "124d9f7cbe97f1b1b1863aec7b40d901576230bd69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79" \
    "daab89af3fabe49acc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3cbd5e0558c1" \
    "59927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6fa572b76f3b1b95d8c8583d3e4770536b8" \
    "4f017e70e6fbf176601a0266941a17b0c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e" \
    "17611002e2c778c1be8b41d96379a51360d977fd4435a11c30942e4bfffffffffffffffe"
#define FFDHE_HALF \
    "7fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b4ad4f09b208a3219fde649cee7" \
    "124d9f7cbe97f1b1b1863aec7b40d901576230bd69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79" \
    "daab89af3fabe49acc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3cbd5e0558c1" \
    "59927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6fa572b76f3b1b95d8c8583d3e4770536b8" \
    "4f017e70e6fbf176601a0266941a17b0c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e" \
    "17611002e2c778c1be8b41d96379a51360d977fd4435a11c30942e4c0000000000000000"

/* Small numbers, 256 bytes long. */
#define Z16 "00000000000000000000000000000000"
#define Z120 Z16 Z16 Z16 Z16 Z16 Z16 Z16 "0000000000000000"
#define Z252 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 Z16 "000000000000000000000000"
#define SMALL(hex) Z252 "000000" hex
#define SMALL1024(hex) Z120 "00000000000000" hex

#define PUBLIC "44485042"
#define PRIVATE "44485056"
#define OAKLEY_PUBLIC(y) PUBLIC "80000000" OAKLEY_P OAKLEY_G y
#define OAKLEY_PRIVATE(y, x) PRIVATE "80000000" OAKLEY_P OAKLEY_G y x
#define FFDHE_PUBLIC(y) PUBLIC "00010000" FFDHE_P SMALL("02") y
#define FFDHE_PRIVATE(y, x) PRIVATE "00010000" FFDHE_P SMALL("02") y x
#define OAKLEY_PARAMETERS "0c010000" "4448504d" "80000000" OAKLEY_P OAKLEY_G

#define import(type, hex, flags, key) \
    ffc_import(BCRYPT_DH_ALG_HANDLE, (type), (hex), (flags), (key))
#define imported(type, hex) ffc_imported(BCRYPT_DH_ALG_HANDLE, (type), (hex))
#define begun(bits) ffc_begun(BCRYPT_DH_ALG_HANDLE, (bits))
#define generated(bits) ffc_generated(BCRYPT_DH_ALG_HANDLE, (bits))

/* The raw secret of two keys; how long it is. */
static ULONG agreed(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer, UCHAR *secret, ULONG room)
{
    BCRYPT_SECRET_HANDLE handle = NULL;
    ULONG result = 0;

    expect_status(BCryptSecretAgreement(own, peer, &handle, 0), STATUS_SUCCESS);
    expect_status(BCryptDeriveKey(handle, BCRYPT_KDF_RAW_SECRET, NULL, secret, room, &result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroySecret(handle), STATUS_SUCCESS);
    return result;
}

/* --- agreement ----------------------------------------------------------------------------- */

START_TEST(both_sides_agree_on_the_right_secret)
{
    BCRYPT_KEY_HANDLE one = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    BCRYPT_KEY_HANDLE two = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(TWO_Y, TWO_X));
    UCHAR secret[128];

    expect_value(agreed(one, imported(BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(TWO_Y)), secret, 128),
                 128);
    expect_hex(secret, 128, SHARED_REVERSED);
    memset(secret, 0, sizeof(secret));
    expect_value(agreed(two, one, secret, 128), 128);
    expect_hex(secret, 128, SHARED_REVERSED);
}
END_TEST

START_TEST(a_secret_is_hashed_big_endian_and_outlives_its_keys)
{
    BCRYPT_KEY_HANDLE own = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    BCRYPT_KEY_HANDLE peer = imported(BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(TWO_Y));
    BCryptBuffer sha256 = { sizeof(BCRYPT_SHA256_ALGORITHM), KDF_HASH_ALGORITHM,
                            (void *)BCRYPT_SHA256_ALGORITHM };
    BCryptBufferDesc list = { 0, 1, &sha256 };
    BCRYPT_SECRET_HANDLE secret = NULL;
    UCHAR derived[32];
    ULONG result;

    expect_status(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    BCryptDestroyKey(own);
    BCryptDestroyKey(peer);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, NULL, derived, 20, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 20, SHARED_SHA1);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &list, derived, 32, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 32, SHARED_SHA256);
    expect_status(BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 128);
}
END_TEST

START_TEST(a_key_agrees_with_itself)
{
    BCRYPT_KEY_HANDLE key = generated(512);
    UCHAR secret[64];

    expect_value(agreed(key, key, secret, 64), 64);
}
END_TEST

START_TEST(agreeing_refuses_wrong_handles)
{
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;
    BCRYPT_KEY_HANDLE key = generated(1024);

    expect_status(BCryptSecretAgreement(NULL, key, &secret, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptSecretAgreement(key, NULL, &secret, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptSecretAgreement(key, key, NULL, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSecretAgreement(key, new_aes_key(128), &secret, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptSecretAgreement(new_aes_key(128), key, &secret, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(secret, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(keys_that_do_not_belong_together_do_not_agree)
{
    BCRYPT_KEY_HANDLE own = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    BCRYPT_KEY_HANDLE public, curve;
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;

    public = imported(BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(TWO_Y));
    expect_status(BCryptSecretAgreement(public, own, &secret, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSecretAgreement(
                      own, imported(BCRYPT_DH_PUBLIC_BLOB, FFDHE_PUBLIC(SMALL("04"))), &secret, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSecretAgreement(own,
                                        imported(BCRYPT_DH_PUBLIC_BLOB,
                                                 PUBLIC "80000000" OAKLEY_P SMALL1024("03") TWO_Y),
                                        &secret, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSecretAgreement(own, public, &secret, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSecretAgreement(own, begun(1024), &secret, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptSecretAgreement(begun(1024), public, &secret, 0), STATUS_INVALID_HANDLE);

    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, &curve, 256, 0),
                  STATUS_SUCCESS);
    keep_key(curve);
    expect_status(BCryptFinalizeKeyPair(curve, 0), STATUS_SUCCESS);
    expect_status(BCryptSecretAgreement(own, curve, &secret, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(secret, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_neither_signs_nor_encrypts)
{
    BCRYPT_KEY_HANDLE key = generated(512);
    UCHAR buffer[64] = { 0 };
    ULONG result;

    expect_status(BCryptSignHash(key, NULL, buffer, 20, buffer, 64, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptVerifySignature(key, NULL, buffer, 20, buffer, 40, 0),
                  STATUS_NOT_SUPPORTED);
    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = buffer, .bytes = 20, .output = buffer,
                   .room = 64, .result = &result);
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
    { BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y), 392 },
    { BCRYPT_DH_PRIVATE_BLOB, BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X), 520 },
    { BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y), 392 },
    { BCRYPT_PRIVATE_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X), 520 },
    { BCRYPT_DH_PUBLIC_BLOB, BCRYPT_PUBLIC_KEY_BLOB, FFDHE_PUBLIC(SMALL("04")), 776 },
    { BCRYPT_DH_PRIVATE_BLOB, BCRYPT_DH_PRIVATE_BLOB, FFDHE_PRIVATE(SMALL("08"), SMALL("03")),
      1032 },
    { BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PUBLIC_BLOB,
      PUBLIC "80000000" ODD_P OAKLEY_G SMALL1024("04"), 392 },
};

START_TEST(a_key_goes_through_its_blob)
{
    BCRYPT_KEY_HANDLE key = imported(round_trips[_i].type, round_trips[_i].blob);
    UCHAR blob[FFC_BLOB_ROOM];

    expect_value(exported(key, round_trips[_i].out, blob), round_trips[_i].bytes);
    expect_hex(blob, round_trips[_i].bytes, round_trips[_i].blob);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_private_key_exports_its_public_half)
{
    BCRYPT_KEY_HANDLE key = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    UCHAR blob[FFC_BLOB_ROOM];
    ULONG result;

    expect_value(exported(key, BCRYPT_DH_PUBLIC_BLOB, blob), 392);
    expect_hex(blob, 392, OAKLEY_PUBLIC(ONE_Y));
    key = imported(BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_DH_PRIVATE_BLOB, NULL, 0, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_DSA_PUBLIC_BLOB, NULL, 0, &result, 0),
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
    /* spare bytes, missing bytes, sizes and magics that do not fit */
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y) "00", STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X) "00", STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, PUBLIC "80000000" OAKLEY_P OAKLEY_G, STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, "444850", STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, PUBLIC "ffffff7f" OAKLEY_P, STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X), STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PUBLIC(ONE_Y), STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, PUBLIC "10000000" Z16 Z16 Z16, STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DSA_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y), STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
    { LEGACY_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y), STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
    /* y out of range */
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(SMALL1024("00")), STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(SMALL1024("01")), STATUS_INVALID_PARAMETER,
      STATUS_SUCCESS },
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(OAKLEY_P), STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(SMALL1024("02")), STATUS_SUCCESS, STATUS_SUCCESS },
    /* g out of range, p even */
    { BCRYPT_DH_PUBLIC_BLOB, PUBLIC "80000000" OAKLEY_P SMALL1024("01") ONE_Y,
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PUBLIC_BLOB, PUBLIC "80000000" SHARED_REVERSED OAKLEY_G SMALL1024("04"),
      STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER },
    /* x = 0, never; a pair that is none, in a group that is not known */
    { BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, SMALL1024("00")), STATUS_INVALID_PARAMETER,
      STATUS_INVALID_PARAMETER },
    { BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, TWO_X), STATUS_SUCCESS, STATUS_SUCCESS },
    /* a known group: its order, and its pairs */
    { BCRYPT_DH_PUBLIC_BLOB, FFDHE_PUBLIC(SMALL("07")), STATUS_INVALID_PARAMETER, STATUS_SUCCESS },
    { BCRYPT_DH_PRIVATE_BLOB, FFDHE_PRIVATE(FFDHE_HALF, FFDHE_Q_LESS_1), STATUS_SUCCESS,
      STATUS_SUCCESS },
    { BCRYPT_DH_PRIVATE_BLOB, FFDHE_PRIVATE(SMALL("02"), FFDHE_Q_PLUS_1), STATUS_INVALID_PARAMETER,
      STATUS_SUCCESS },
    { BCRYPT_DH_PRIVATE_BLOB, FFDHE_PRIVATE(SMALL("04"), SMALL("03")), STATUS_INVALID_PARAMETER,
      STATUS_SUCCESS },
};

START_TEST(an_odd_blob_gets_its_status)
{
    BCRYPT_KEY_HANDLE key;

    expect_status(import(odd_blobs[_i].type, odd_blobs[_i].blob, 0, &key), odd_blobs[_i].strict);
    expect_status(import(odd_blobs[_i].type, odd_blobs[_i].blob, BCRYPT_NO_KEY_VALIDATION, &key),
                  odd_blobs[_i].lax);
}
END_TEST

START_TEST(validation_flags_say_what_is_checked)
{
    BCRYPT_KEY_HANDLE key;

    expect_status(
        import(BCRYPT_DH_PUBLIC_BLOB, FFDHE_PUBLIC(SMALL("07")), BCRYPT_KEY_VALIDATION_RANGE, &key),
        STATUS_SUCCESS);
    expect_status(
        import(BCRYPT_DH_PUBLIC_BLOB, FFDHE_PUBLIC(SMALL("01")), BCRYPT_KEY_VALIDATION_RANGE, &key),
        STATUS_INVALID_PARAMETER);
    expect_status(import(BCRYPT_DH_PUBLIC_BLOB, FFDHE_PUBLIC(SMALL("07")),
                         BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, &key),
                  STATUS_INVALID_PARAMETER);
    expect_status(import(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, TWO_X),
                         BCRYPT_KEY_VALIDATION_REGENERATE, &key),
                  STATUS_INVALID_PARAMETER);
    expect_status(import(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X),
                         BCRYPT_KEY_VALIDATION_REGENERATE, &key),
                  STATUS_SUCCESS);
    expect_status(import(BCRYPT_DH_PUBLIC_BLOB, OAKLEY_PUBLIC(ONE_Y), 0x40, &key),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* The CAPI blob has everything but y, little-endian: y is computed. */
START_TEST(a_capi_blob_is_the_key_turned_round)
{
    BCRYPT_KEY_HANDLE copy, key = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    UCHAR blob[FFC_BLOB_ROOM], expected[128];
    ULONG bytes = exported(key, LEGACY_DH_PRIVATE_BLOB, blob), i;

    expect_value(bytes, 16 + 3 * 128);
    expect_hex(blob, 16, "0702000002aa0000" "00444832" "00040000");
    unhex(expected, sizeof(expected), ONE_X);
    for (i = 0; i < 128; i++) expect_value(blob[16 + 256 + i], expected[127 - i]);
    expect_status(BCryptImportKeyPair(BCRYPT_DH_ALG_HANDLE, NULL, LEGACY_DH_PRIVATE_BLOB, &copy,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_value(exported(copy, BCRYPT_DH_PRIVATE_BLOB, blob), 520);
    expect_hex(blob, 520, OAKLEY_PRIVATE(ONE_Y, ONE_X));
}
END_TEST

static const struct
{
    ULONG algorithm;
    NTSTATUS status;
} capi_algorithms[] =
{
    { 0xaa02, STATUS_SUCCESS }, { 0xaa01, STATUS_SUCCESS },             /* ephemeral, stored */
    { 0xaa03, STATUS_INVALID_PARAMETER }, { 0xa400, STATUS_INVALID_PARAMETER },
    { 0x1aa02, STATUS_INVALID_PARAMETER }, { 0, STATUS_INVALID_PARAMETER },
};

START_TEST(a_capi_blob_names_its_algorithm)
{
    BCRYPT_KEY_HANDLE copy = NULL,
                      key = imported(BCRYPT_DH_PRIVATE_BLOB, OAKLEY_PRIVATE(ONE_Y, ONE_X));
    UCHAR blob[FFC_BLOB_ROOM];
    ULONG bytes = exported(key, LEGACY_DH_PRIVATE_BLOB, blob);

    memcpy(blob + 4, &capi_algorithms[_i].algorithm, 4);
    expect_status(BCryptImportKeyPair(BCRYPT_DH_ALG_HANDLE, NULL, LEGACY_DH_PRIVATE_BLOB, &copy,
                                      blob, bytes, 0), capi_algorithms[_i].status);
    keep_key(copy);
}
END_TEST

/* --- generating ---------------------------------------------------------------------------- */

static const ULONG lengths[] = { 512, 576, 768, 1024, 1088, 1536, 2048, 3072, 4096 };

START_TEST(a_key_of_any_length_agrees)
{
    UCHAR blob[FFC_BLOB_ROOM], parameters[FFC_BLOB_ROOM], left[512], right[512];
    BCRYPT_KEY_HANDLE own = generated(lengths[_i]), peer = begun(lengths[_i]), public;
    ULONG bytes = lengths[_i] / 8, size, result = 0;

    expect_value(property_ulong(own, BCRYPT_KEY_LENGTH), lengths[_i]);
    expect_value(property_ulong(own, BCRYPT_KEY_STRENGTH), lengths[_i]);
    expect_value(property_ulong(own, BCRYPT_PUBLIC_KEY_LENGTH), lengths[_i]);
    expect_property_wide(own, BCRYPT_ALGORITHM_NAME, BCRYPT_DH_ALGORITHM);
    expect_status(
        BCryptGetProperty(own, BCRYPT_DH_PARAMETERS, parameters, sizeof(parameters), &result, 0),
        STATUS_SUCCESS);
    expect_value(result, 12 + 2 * bytes);
    expect_status(BCryptSetProperty(peer, BCRYPT_DH_PARAMETERS, parameters, result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(peer, 0), STATUS_SUCCESS);
    size = exported(peer, BCRYPT_DH_PUBLIC_BLOB, blob);
    expect_value(size, 8 + 3 * bytes);
    expect_status(BCryptImportKeyPair(BCRYPT_DH_ALG_HANDLE, NULL, BCRYPT_DH_PUBLIC_BLOB, &public,
                                      blob, size, 0),
                  STATUS_SUCCESS);
    keep_key(public);
    expect_value(agreed(own, public, left, sizeof(left)), bytes);
    expect_value(agreed(peer, own, right, sizeof(right)), bytes);
    expect_bytes(left, right, bytes);
    size = exported(own, BCRYPT_DH_PRIVATE_BLOB, blob);
    expect_status(BCryptImportKeyPair(BCRYPT_DH_ALG_HANDLE, NULL, BCRYPT_DH_PRIVATE_BLOB, &public,
                                      blob, size, BCRYPT_KEY_VALIDATION_REGENERATE),
                  STATUS_SUCCESS);
    keep_key(public);
}
END_TEST

/* Bits of x: twice the strength of a published group; but for one, those of p in any other. */
static const struct
{
    ULONG bits, least, most;
    const char *parameters;                     /* NULL: the group that a key gets without any */
} private_numbers[] =
{
    { 1024, 240, 256,  NULL },
    { 2048, 240, 256,  NULL },
    { 3072, 304, 320,  NULL },
    { 4096, 368, 384,  NULL },
    { 576,  120, 160,  NULL },                  /* a group of its own: less than its q */
    { 1024, 240, 256,  OAKLEY_PARAMETERS },
    { 1024, 1000, 1020, "0c010000" "4448504d" "80000000" ODD_P OAKLEY_G },
    { 1024, 1000, 1023, "0c010000" "4448504d" "80000000" OAKLEY_P SMALL1024("03") },
};

START_TEST(a_private_number_is_as_long_as_its_group_needs)
{
    ULONG key_bits = private_numbers[_i].bits, bytes, bits, most_bits = 0;
    UCHAR blob[FFC_BLOB_ROOM], parameters[300], *x;
    int i;

    for (i = 0; i < 4; i++)
    {
        BCRYPT_KEY_HANDLE key = begun(key_bits);

        if (private_numbers[_i].parameters)
        {
            bytes = (ULONG)unhex(parameters, sizeof(parameters), private_numbers[_i].parameters);
            expect_status(BCryptSetProperty(key, BCRYPT_DH_PARAMETERS, parameters, bytes, 0),
                          STATUS_SUCCESS);
        }
        expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
        bytes = exported(key, BCRYPT_DH_PRIVATE_BLOB, blob);
        x = blob + bytes - key_bits / 8;
        for (bits = key_bits; bits && !x[0]; bits -= 8) x++;
        if (bits) while (!(x[0] & 1 << (bits - 1) % 8)) bits--;
        if (bits > most_bits) most_bits = bits;
    }
    expect_true(most_bits >= private_numbers[_i].least);
    expect_at_most(most_bits, private_numbers[_i].most);
}
END_TEST

static const ULONG no_lengths[] = { 0, 256, 448, 511, 513, 520, 4100, 4160, 6144, 8192 };

START_TEST(a_length_that_dh_has_not_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(BCRYPT_DH_ALG_HANDLE, &key, no_lengths[_i], 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_unfinalized_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = begun(512);
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_DH_PUBLIC_BLOB, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptGetProperty(key, BCRYPT_DH_PARAMETERS, NULL, 0, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 512);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_length_may_be_set_until_the_key_is_made)
{
    BCRYPT_KEY_HANDLE key = begun(1024);
    ULONG bits = 768;

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 2, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 768);
    bits = 1024;
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- parameters ---------------------------------------------------------------------------- */

START_TEST(a_key_is_made_with_the_parameters_that_it_was_given)
{
    BCRYPT_KEY_HANDLE one = begun(1024), two = begun(1024);
    UCHAR parameters[268], blob[FFC_BLOB_ROOM], other[FFC_BLOB_ROOM];
    ULONG result = 0;

    expect_value(unhex(parameters, sizeof(parameters), OAKLEY_PARAMETERS), 268);
    expect_status(BCryptSetProperty(one, BCRYPT_DH_PARAMETERS, parameters, 268, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(two, BCRYPT_DH_PARAMETERS, parameters, 268, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(one, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(two, 0), STATUS_SUCCESS);
    expect_value(exported(one, BCRYPT_DH_PUBLIC_BLOB, blob), 392);
    expect_hex(blob, 264, PUBLIC "80000000" OAKLEY_P OAKLEY_G);
    expect_value(exported(two, BCRYPT_DH_PUBLIC_BLOB, other), 392);
    expect_bytes(blob, other, 264);
    expect_different(blob + 264, other + 264, 128);

    expect_status(BCryptGetProperty(one, BCRYPT_DH_PARAMETERS, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 268);
    expect_status(BCryptGetProperty(one, BCRYPT_DH_PARAMETERS, blob, 28, &result, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, 268);
    expect_status(BCryptGetProperty(one, BCRYPT_DH_PARAMETERS, blob, sizeof(blob), &result, 0),
                  STATUS_SUCCESS);
    expect_bytes(blob, parameters, 268);
    expect_status(BCryptSetProperty(one, BCRYPT_DH_PARAMETERS, parameters, 268, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(parameters_of_another_length_are_forgotten)
{
    BCRYPT_KEY_HANDLE key = begun(1024);
    UCHAR parameters[268], blob[FFC_BLOB_ROOM];
    ULONG bits = 768;

    unhex(parameters, sizeof(parameters), OAKLEY_PARAMETERS);
    expect_status(BCryptSetProperty(key, BCRYPT_DH_PARAMETERS, parameters, 268, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(exported(key, BCRYPT_DH_PUBLIC_BLOB, blob), 8 + 3 * 96);
}
END_TEST

static const struct
{
    ULONG bits;
    const char *parameters;
} bad_parameters[] =
{
    { 768,  OAKLEY_PARAMETERS },
    { 1024, OAKLEY_PARAMETERS "00" },
    { 1024, "0c010000" "4448504d" "80000000" },
    { 1024, "0d010000" "4448504d" "80000000" OAKLEY_P OAKLEY_G },
    { 1024, "0c010000" "44485042" "80000000" OAKLEY_P OAKLEY_G },
    { 1024, "0c010000" "4448504d" "81000000" OAKLEY_P OAKLEY_G },
    { 1024, "0c010000" "4448504d" "80000000" OAKLEY_P OAKLEY_P },
    { 1024, "0c010000" "4448504d" "80000000" OAKLEY_P SMALL1024("01") },
};

START_TEST(bad_parameters_are_refused)
{
    BCRYPT_KEY_HANDLE key = begun(bad_parameters[_i].bits);
    UCHAR parameters[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(parameters, sizeof(parameters), bad_parameters[_i].parameters);

    expect_status(BCryptSetProperty(key, BCRYPT_DH_PARAMETERS, parameters, bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_algorithm_says_what_it_is)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_DH_ALGORITHM, 0);
    BCRYPT_KEY_LENGTHS_STRUCT key_lengths;
    UCHAR parameters[268];
    ULONG result;

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, BCRYPT_DH_ALGORITHM);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE),
                 BCRYPT_SECRET_AGREEMENT_INTERFACE);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&key_lengths,
                                    sizeof(key_lengths), &result, 0),
                  STATUS_SUCCESS);
    expect_value(key_lengths.dwMinLength, 512);
    expect_value(key_lengths.dwMaxLength, 4096);
    expect_value(key_lengths.dwIncrement, 64);
    unhex(parameters, sizeof(parameters), OAKLEY_PARAMETERS);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_DH_PARAMETERS, parameters, 268, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

void dh_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, both_sides_agree_on_the_right_secret);
    add_test(tests, a_secret_is_hashed_big_endian_and_outlives_its_keys);
    add_test(tests, a_key_agrees_with_itself);
    add_test(tests, agreeing_refuses_wrong_handles);
    add_test(tests, a_key_neither_signs_nor_encrypts);
    add_rows(tests, a_key_goes_through_its_blob, round_trips);
    add_test(tests, a_private_key_exports_its_public_half);
    add_rows(tests, a_key_of_any_length_agrees, lengths);
    add_rows(tests, a_length_that_dh_has_not_is_an_invalid_parameter, no_lengths);
    add_test(tests, an_unfinalized_key_is_refused);
    add_test(tests, a_key_is_made_with_the_parameters_that_it_was_given);

    tests = ours(suite);
    add_test(tests, keys_that_do_not_belong_together_do_not_agree);
    add_rows(tests, an_odd_blob_gets_its_status, odd_blobs);
    add_test(tests, validation_flags_say_what_is_checked);
    add_test(tests, a_capi_blob_is_the_key_turned_round);
    add_rows(tests, a_capi_blob_names_its_algorithm, capi_algorithms);
    add_rows(tests, a_private_number_is_as_long_as_its_group_needs, private_numbers);
    add_test(tests, a_length_may_be_set_until_the_key_is_made);
    add_test(tests, parameters_of_another_length_are_forgotten);
    add_rows(tests, bad_parameters_are_refused, bad_parameters);
    add_test(tests, the_algorithm_says_what_it_is);
}
