/*
 * test_ecc_full.c - EC keys and blobs that say their curve: ECCFULL blobs have its numbers,
 * SSLECCPUBLICBLOB has its number in TLS.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

#define P256_P "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
#define P256_N "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
#define P256_X "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
#define P256_Y "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
#define P256_D "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"

/* --- full blobs ------------------------------------------------------------------------------ */

/* A full blob of numbers in hexadecimal, for a field and an order of 32 bytes. */
static ULONG full_blob(UCHAR *blob, ULONG magic, ULONG type, const char *curve, UCHAR h,
                       const char *x, const char *y, const char *d)
{
    BCRYPT_ECCFULLKEY_BLOB header = { magic, 1, 0, 0, 32, 32, 1, 0 };
    UCHAR *next = blob + sizeof(header);
    const char *numbers[3] = { x, y, d };
    int i;

    memcpy(blob, &header, sizeof(header));
    memcpy(blob + 8, &type, 4);
    expect_value(unhex(next, 6 * 32, curve), 6 * 32);
    next += 6 * 32;
    *next++ = h;
    for (i = 0; i < 3 && numbers[i]; i++, next += 32)
    {
        memset(next, 0, 32);
        unhex(next, 32, numbers[i]);
    }
    return (ULONG)(next - blob);
}

static const char p256_numbers[] =
    P256_P
    "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC"
    "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"
    "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
    "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
    P256_N;

/* secP256k1 seen through (x, y) -> (4 x, 8 y): a curve that has no name. */
static const char unnamed_numbers[] =
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000001C0"
    "E6F999FBE772EEB156818A573A1C2C1C0A6FF36CB738A36567CA056D5BE06231"
    "41D6D3B9351E232AED27DFE070884547E8BDA245342AA0CCE23E8481D886AD62"
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141";

/* curve25519 in Weierstrass form, which has a cofactor of 8; and its point of order 2. */
static const char wei25519_numbers[] =
    "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED"
    "2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA984914A144"
    "7B425ED097B425ED097B425ED097B425ED097B425ED097B4260B5E9C7710C864"
    "2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD245A"
    "20AE19A1B8A086B4E01EDD2C7748D14C923D4D7E6D7C61B229E9C5A27ECED3D9"
    "1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED";
#define WEI25519_ORDER_2 "2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2451"

START_TEST(a_full_blob_carries_its_curve)
{
    UCHAR expected[ECC_BLOB_ROOM], blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(expected, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC, 1, p256_numbers, 1,
                            P256_X, P256_Y, P256_D);
    BCRYPT_KEY_HANDLE key =
        import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, expected, bytes, 0);

    expect_value(bytes, 321);
    expect_value(export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, blob), bytes);
    expect_bytes(blob, expected, bytes);
    expect_pair(key, pair_key(p256, p256->ecdsa, false));

    bytes = full_blob(expected, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                      P256_Y, NULL);
    expect_value(bytes, 289);
    expect_value(export_ecc(key, BCRYPT_ECCFULLPUBLIC_BLOB, blob), bytes);
    expect_bytes(blob, expected, bytes);
    expect_pair(key,
                import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, expected, bytes, 0));
    expect_pair(key,
                import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_PUBLIC_KEY_BLOB, expected, bytes, 0));
}
END_TEST

START_TEST(every_named_curve_goes_through_full_blobs)
{
    BCRYPT_KEY_HANDLE key = new_ecc(open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name), 0),
                      other;
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, blob);

    expect_value(bytes, 32 + 7 * ecc_curves[_i].field_bytes + 2 * ecc_curves[_i].order_bytes + 1);
    expect_value(little_endian(blob), BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC);
    other = import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);
    expect_value(export_ecc(other, BCRYPT_ECCFULLPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    bytes = export_ecc(key, BCRYPT_ECCFULLPUBLIC_BLOB, blob);
    other = import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, blob, bytes, 0);
    expect_value(export_ecc(other, BCRYPT_ECCFULLPUBLIC_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
}
END_TEST

START_TEST(a_full_private_blob_may_lack_the_public_half)
{
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes =
        full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, p256_numbers, 1, "", "", P256_D);
    BCRYPT_KEY_HANDLE key =
        import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);

    full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X, P256_Y, P256_D);
    expect_value(export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
}
END_TEST

START_TEST(a_full_blob_may_have_a_seed)
{
    UCHAR blob[ECC_BLOB_ROOM], with_seed[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                            P256_Y, NULL);

    memcpy(with_seed, blob, bytes);
    with_seed[28] = 20;
    memset(with_seed + bytes - 64, 0xc4, 20);
    memcpy(with_seed + bytes - 44, blob + bytes - 64, 64);
    expect_pair(
        pair_key(p256, p256->ecdsa, true),
        import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, with_seed, bytes + 20, 0));
}
END_TEST

/* dwCurveGenerationAlgId and a seed are returned as they were given, a named curve's numbers
 * beside them or not: .NET's tests want it so, with SHA-1 and the one byte 0xff. */
static const char *const generated[] = { p256_numbers, unnamed_numbers };

/* A full private blob with both. */
static ULONG generated_blob(UCHAR *blob, const char *numbers)
{
    const ULONG sha1 = 0x8004;                      /* CALG_SHA1 */
    ULONG bytes =
        full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, numbers, 1, "", "", P256_D);

    memmove(blob + bytes - 95, blob + bytes - 96, 96);
    blob[bytes - 96] = 0xff;
    blob[28] = 1;
    memcpy(blob + 12, &sha1, 4);
    return bytes + 1;
}

START_TEST(how_a_curve_was_generated_comes_back)
{
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = generated_blob(blob, generated[_i]), parameters;
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_ECDH_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key =
        import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);

    expect_value(export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes - 96);
    expect_status(BCryptGetProperty(key, BCRYPT_ECC_PARAMETERS, again, sizeof(again), &parameters,
                                    0), STATUS_SUCCESS);
    expect_value(parameters, bytes - 96 - 4);
    expect_bytes(again, blob + 4, parameters);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, again, parameters, 0),
                  STATUS_SUCCESS);
    expect_value(export_ecc(new_ecc(algorithm, 256), BCRYPT_ECCFULLPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes - 96);
}
END_TEST

START_TEST(a_seed_makes_no_other_curve)
{
    UCHAR blob[ECC_BLOB_ROOM], secret[100], other[100];
    ULONG bytes = full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, generated[_i], 1, "", "",
                            P256_D);
    BCRYPT_KEY_HANDLE plain =
        import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0), key;

    bytes = generated_blob(blob, generated[_i]);
    key = import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);
    expect_value(agree(key, plain, secret), 32);
    expect_value(agree(plain, key, other), 32);
    expect_bytes(secret, other, 32);
}
END_TEST

START_TEST(a_curve_may_have_no_name)
{
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes =
        full_blob(blob, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC, 1, unnamed_numbers, 1, "", "", P256_D);
    BCRYPT_KEY_HANDLE key = import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob,
                                       bytes, 0),
                      other;

    expect_value(export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes - 96);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 256);
    expect_signs(key);
    expect_property(key, BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
    other = import_ecc(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, blob,
                       export_ecc(key, BCRYPT_PUBLIC_KEY_BLOB, blob), 0);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_value(export_ecc(other, BCRYPT_ECCFULLPUBLIC_BLOB, again), 289);
    expect_bytes(again, blob, 289);
}
END_TEST

/* Two keys on separate copies of a curve without a name agree; those of different curves do not. */
START_TEST(keys_on_curves_of_equal_numbers_agree)
{
    UCHAR blob[ECC_BLOB_ROOM], secret[100], other[100];
    ULONG bytes =
        full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, unnamed_numbers, 1, "", "", P256_D);
    BCRYPT_KEY_HANDLE left =
        import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);
    BCRYPT_KEY_HANDLE right =
        import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);
    BCRYPT_SECRET_HANDLE none = UNTOUCHED_HANDLE;

    expect_value(agree(left, right, secret), 32);
    expect_value(agree(right, left, other), 32);
    expect_bytes(secret, other, 32);
    expect_status(BCryptSecretAgreement(left, pair_key(p256, p256->ecdh, false), &none, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(none, UNTOUCHED_HANDLE);
}
END_TEST

/* A point of small order on a curve with a cofactor. */
static const struct
{
    ULONG flags;
    NTSTATUS status;
} small_order[] =
{
    { 0, STATUS_INVALID_PARAMETER },
    { BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE, STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, STATUS_INVALID_PARAMETER },
};

START_TEST(a_point_of_small_order_needs_a_flag)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 1, wei25519_numbers, 8,
                            WEI25519_ORDER_2, "", NULL);
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptImportKeyPair(BCRYPT_ECDH_ALG_HANDLE, NULL, BCRYPT_ECCFULLPUBLIC_BLOB, &key,
                                      blob, bytes, small_order[_i].flags),
                  small_order[_i].status);
    keep_key(key);
}
END_TEST

START_TEST(agreeing_with_a_point_of_small_order_fails)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, 1, wei25519_numbers, 8,
                            WEI25519_ORDER_2, "", NULL);
    BCRYPT_KEY_HANDLE peer = import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, blob,
                                        bytes, BCRYPT_NO_KEY_VALIDATION),
                      key;
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;

    bytes = full_blob(blob, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, 1, wei25519_numbers, 8, "", "",
                      "0000000000000000000000000000000000000000000000000000000000000003");
    key = import_ecc(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob, bytes, 0);
    expect_status(BCryptSecretAgreement(key, peer, &secret, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(secret, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_full_blob_of_any_wrong_size_is_refused)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                            P256_Y, NULL);

    expect_no_other_size(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, blob, bytes,
                         bytes + 9);
}
END_TEST

static const struct
{
    ULONG offset, value;
} wrong_headers[] =
{
    { 0, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC }, { 0, BCRYPT_ECDSA_PUBLIC_P256_MAGIC },
    { 0, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC }, { 0, 0 }, { 4, 0 }, { 4, 2 }, { 8, 0 }, { 8, 2 },
    { 8, 3 }, { 8, 4 }, { 8, 0xffffffff }, { 16, 0 }, { 16, 31 }, { 16, 0x80000000 },
    { 16, 0xffffffff }, { 20, 0 }, { 20, 0xfffffff0 },
    { 24, 0 }, { 24, 0xffffffff }, { 28, 1 }, { 28, 0xffffffff },
};

START_TEST(a_wrong_full_header_is_refused)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                            P256_Y, NULL);

    memcpy(blob + wrong_headers[_i].offset, &wrong_headers[_i].value, 4);
    expect_refused(BCryptImportKeyPair(BCRYPT_ECDSA_ALG_HANDLE, NULL, BCRYPT_ECCFULLPUBLIC_BLOB,
                                       &key, blob, bytes, 0));
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_algorithm_of_one_curve_takes_no_full_blob)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(blob, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                            P256_Y, NULL);

    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCFULLPUBLIC_BLOB, blob, bytes, 0,
                     STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_key_of_one_curve_exports_a_full_blob)
{
    UCHAR blob[ECC_BLOB_ROOM], expected[ECC_BLOB_ROOM];
    ULONG bytes = full_blob(expected, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, 1, p256_numbers, 1, P256_X,
                            P256_Y, NULL);

    expect_value(export_ecc(pair_key(p256, p256->ecdsa, false), BCRYPT_ECCFULLPUBLIC_BLOB, blob),
                 bytes);
    expect_bytes(blob, expected, bytes);
}
END_TEST

START_TEST(a_short_blob_needs_a_curve)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, false);

    expect_no_import(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
    expect_no_import(open_algorithm(BCRYPT_ECDSA_ALGORITHM, 0), BCRYPT_PUBLIC_KEY_BLOB, blob, bytes,
                     0, STATUS_INVALID_PARAMETER);
    import_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256), BCRYPT_ECCPUBLIC_BLOB,
               blob, bytes, 0);
}
END_TEST

/* --- ecc.md, "Curve names": their numbers ---------------------------------------------------- */

/* SHA-256 of P A B Gx Gy n h of every curve: of what `openssl ecparam -param_enc explicit` prints
 * for those that OpenSSL 3.0 has, else of the published numbers. In the order of ecc_curves. */
static const char *const parameter_digests[] =
{
    "010e7a9b999dd2ff26ed9c5ef2ef36977b45b413ebe00031ba6795e354b08bd9", /* brainpoolP160r1 */
    "7c57fd389f5f45bf040723bdcd412a00c71ecb62dc7178fe1a9c2dc7d5e7778b", /* brainpoolP160t1 */
    "c9f17ae465ab8149c0cea637e9133b6c4a36049bfef6cb78c55bc92150fc5e47", /* brainpoolP192r1 */
    "349da105bd2e2498a791093e771786b59ed468a716ed65b8a144f26ce43af2ca", /* brainpoolP192t1 */
    "7496686d217ad89e20ef1282e6f8423ffac784b0a7e46318b06ca75a1488663b", /* brainpoolP224r1 */
    "96dd36d54f01d447862e901b6cdbc9a0ebf14984acc38fa918160db1eadfede1", /* brainpoolP224t1 */
    "8b2671d9ef829833cbec1f9120bf84360ba9af42fde44325d783bc6e842965e2", /* brainpoolP256r1 */
    "6d82d24fd440574416893920f3dd1dfa19c3fe0efd33f7f5e3b2a1289be9fb99", /* brainpoolP256t1 */
    "b707d7e16f70065f6bf6fc72eb2e06edcbfa37132eed6232475282c88eb20e1e", /* brainpoolP320r1 */
    "e7dc2df6789329137a8e1463944c099d8f87ec4d2e6c64c821ca9eb47bc7ea46", /* brainpoolP320t1 */
    "000c6f43b31c43e79964f8ed395f7eaa3fb177eda7a56095a12f1f40b2633d87", /* brainpoolP384r1 */
    "613b4c63a63592e0d4e1b72a610bbcae8cde02597b2ded1d537577bd9e563e7d", /* brainpoolP384t1 */
    "8520525c4dc925434dda684da1577ed8455552e7337113a2fb0e7b49282b6f3f", /* brainpoolP512r1 */
    "a7866c2556824e242bdc3e9a084743e657367a91594c2287e3b200f606fa9034", /* brainpoolP512t1 */
    "3920235528b3968840527d8b228587251a9894d0fcd5fc121ff35cf5dd32137d", /* curve25519 */
    "234394ba9e0828267ba8c07539d3aea2dcaeaadd4d5418bf3776ecb64c5b0879", /* ec192wapi */
    "dc0f380bdf07c4482f56efdaa7d9684fe001f51b584104adf2f7c5178a69a0da", /* nistP192 */
    "a271b141cc9fbbab747d4aa3e9f2e2f0e1b2cf0e369530c4668e72e8770cc803", /* nistP224 */
    "04a3a4200865e512b4d490eaa25f3f769cbe0809015dbfa75edaf91abaf7d0bb", /* nistP256 */
    "86b95a248ac59d1ec6005133398f0ce879569d34d3f622c10414505dfbf8be88", /* nistP384 */
    "717ebb8a0bd9d2fc816269aed4f08611eef3b5b9d4cdbe38693dd7dbd80c6866", /* nistP521 */
    "f7f9e8f27f8062582d304378284bbc3539151b7e7fd525dc76a1037da3de70af", /* numsP256t1 */
    "b49b166080db59f390bb7a78f1591bd8ecaf001f3d1cc52d9d3334513f851539", /* numsP384t1 */
    "1113fd381a38ea471f7cfb0edd1d7fc03845aa4d07c6ed988839ab8cd070dd14", /* numsP512t1 */
    "2336124208f76273b427af928e82accf8810ee0203ce91394da4c395e39fd27f", /* secP160k1 */
    "d0e13021a550e84c2bf7cefed95c78c8ea51da95dac49e73d5c2f97fc4d51f3a", /* secP160r1 */
    "1c73685dabb07bcec093c027b0bc8ad424756df74a7c108f16de62f6538adba8", /* secP160r2 */
    "d704edbf1be9d43c38590a935d84f19a49c0b49e95fa04b5483bf9917e88acd9", /* secP192k1 */
    "dc0f380bdf07c4482f56efdaa7d9684fe001f51b584104adf2f7c5178a69a0da", /* secP192r1 */
    "96dd97b39799a502d978ba1d9d66424a1496ce87b265e722cec2ed0166ea8894", /* secP224k1 */
    "a271b141cc9fbbab747d4aa3e9f2e2f0e1b2cf0e369530c4668e72e8770cc803", /* secP224r1 */
    "768ddc49c72f5d079dab04f0ae80edb922758e8f5c14b8e61ad39fc21a639784", /* secP256k1 */
    "04a3a4200865e512b4d490eaa25f3f769cbe0809015dbfa75edaf91abaf7d0bb", /* secP256r1 */
    "86b95a248ac59d1ec6005133398f0ce879569d34d3f622c10414505dfbf8be88", /* secP384r1 */
    "717ebb8a0bd9d2fc816269aed4f08611eef3b5b9d4cdbe38693dd7dbd80c6866", /* secP521r1 */
    "1c73685dabb07bcec093c027b0bc8ad424756df74a7c108f16de62f6538adba8", /* wtls7 */
    "35d34f5653b372981e1fe0738dbb82b68b5721bff796c071785694d932e807c2", /* wtls9 */
    "a271b141cc9fbbab747d4aa3e9f2e2f0e1b2cf0e369530c4668e72e8770cc803", /* wtls12 */
    "dc0f380bdf07c4482f56efdaa7d9684fe001f51b584104adf2f7c5178a69a0da", /* x962P192v1 */
    "b04332c735799bf910aa963118d9b42a909eefd8e26fd06dbc679e02cf13a9eb", /* x962P192v2 */
    "08fc08e102726ff6404b867b054f9cbbdbf33d200562aae0bce8ffa66a3c676a", /* x962P192v3 */
    "090d268b2a55e63e59a6d16740c3db34aa2ccb9ab8b88d2836671f90d8f2d408", /* x962P239v1 */
    "1e78d8775b26288fdf35b0762c4ba30e284179de0f045f1bdefff64296821369", /* x962P239v2 */
    "ff85646500201f60a36ef3342562542db11f8a4e622ae2129c243023fd85716a", /* x962P239v3 */
    "04a3a4200865e512b4d490eaa25f3f769cbe0809015dbfa75edaf91abaf7d0bb", /* x962P256v1 */
};

START_TEST(every_curve_has_the_numbers_of_its_standard)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name);
    UCHAR parameters[ECC_BLOB_ROOM], digest[32];
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters,
                                    sizeof(parameters), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, parameters + 28, bytes - 28, digest,
                             32),
                  STATUS_SUCCESS);
    expect_hex(digest, 32, parameter_digests[_i]);
}
END_TEST

/* --- an order shorter than its field ---------------------------------------------------------- */

/* y^2 = x^3 + 7 where p + 1 is a prime of 168 bits times a number of 24: as p is 2 modulo 3, p + 1
 * is how many points there are. Made with Python. ECCParameters: header, P A B Gx Gy n h. */
static const char long_cofactor[] =
    "01000000" "01000000" "00000000" "18000000" "15000000" "03000000" "00000000"
    "7b76e9c261568f1479acba4e713c24968fb17582b0872b2b"
    "000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000007"
    "0dea6ddfb3274ce37cac8509f7e685095662009d97ade90c"
    "78250f83c706258cf80b24c3b830dc0e91eaff9e2d278fac"
    "96099950d836f675cc81e74ef5e8e25d940ed90475" "d2a8fc";

static BCRYPT_ALG_HANDLE open_long_cofactor(const WCHAR *id)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(id, 0);
    UCHAR parameters[200];
    ULONG bytes = (ULONG)unhex(parameters, sizeof(parameters), long_cofactor);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    return algorithm;
}

/* A private value fills its field of a short blob from the right. */
START_TEST(a_private_value_stands_right_in_a_wider_field)
{
    BCRYPT_ALG_HANDLE algorithm = open_long_cofactor(BCRYPT_ECDSA_ALGORITHM);
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM], zeros[3] = { 0 };
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, 0);
    ULONG bytes = export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), i;

    expect_value(bytes, 8 + 3 * 24);
    expect_value(little_endian(blob + 4), 24);
    expect_bytes(blob + 8 + 48, zeros, 3);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), 2 * 21);
    expect_signs(key);
    key = import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);
    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    for (i = 0; i < 3; i++)
    {
        blob[8 + 48 + i] = 1;
        expect_no_import(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0,
                         STATUS_INVALID_PARAMETER);
        blob[8 + 48 + i] = 0;
    }
}
END_TEST

START_TEST(keys_agree_over_a_long_cofactor)
{
    BCRYPT_ALG_HANDLE algorithm = open_long_cofactor(BCRYPT_ECDH_ALGORITHM);
    BCRYPT_KEY_HANDLE left = new_ecc(algorithm, 0), right = new_ecc(algorithm, 0);
    UCHAR one[100], two[100];

    expect_value(agree(left, right, one), 24);
    expect_value(agree(right, left, two), 24);
    expect_bytes(one, two, 24);
}
END_TEST

/* --- SSLECCPUBLICBLOB ------------------------------------------------------------------------ */

START_TEST(an_ssl_blob_names_its_curve_by_number)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    UCHAR blob[ECC_BLOB_ROOM], expected[ECC_BLOB_ROOM];
    ULONG bytes = ecc_blob(expected, 23 + (ULONG)_i, pair->bytes, pair->x, pair->y, NULL);

    expect_value(export_ecc(pair_key(pair, pair->ecdh, false), SSL_ECCPUBLIC_BLOB, blob), bytes);
    expect_bytes(blob, expected, bytes);
    import_ecc(open_algorithm(pair->ecdh, 0), SSL_ECCPUBLIC_BLOB, blob, bytes, 0);
    import_ecc(BCRYPT_ECDSA_ALG_HANDLE, SSL_ECCPUBLIC_BLOB, blob, bytes, 0);
    expect_no_import(open_algorithm(ecc_pairs[(_i + 1) % 3].ecdh, 0), SSL_ECCPUBLIC_BLOB, blob,
                     bytes, 0, STATUS_INVALID_PARAMETER);
    blob[0] = 99;
    expect_no_import(BCRYPT_ECDSA_ALG_HANDLE, SSL_ECCPUBLIC_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
}
END_TEST

void ecc_full_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, a_full_blob_carries_its_curve);
    add_rows(tests, every_named_curve_goes_through_full_blobs, ecc_curves);
    add_rows(tests, every_curve_has_the_numbers_of_its_standard, parameter_digests);
    add_test(tests, a_full_private_blob_may_lack_the_public_half);
    add_test(tests, a_full_blob_may_have_a_seed);
    add_rows(tests, how_a_curve_was_generated_comes_back, generated);
    add_test(tests, a_curve_may_have_no_name);
    add_test(tests, keys_on_curves_of_equal_numbers_agree);
    add_rows(tests, a_point_of_small_order_needs_a_flag, small_order);
    add_test(tests, agreeing_with_a_point_of_small_order_fails);

    tests = ours(suite);
    add_test(tests, a_full_blob_of_any_wrong_size_is_refused);
    add_rows(tests, a_seed_makes_no_other_curve, generated);
    add_rows(tests, a_wrong_full_header_is_refused, wrong_headers);
    add_test(tests, a_private_value_stands_right_in_a_wider_field);
    add_test(tests, keys_agree_over_a_long_cofactor);
    add_test(tests, an_algorithm_of_one_curve_takes_no_full_blob);
    add_test(tests, a_key_of_one_curve_exports_a_full_blob);
    add_test(tests, a_short_blob_needs_a_curve);
    add_rows(tests, an_ssl_blob_names_its_curve_by_number, ecc_pairs);
}
