/*
 * test_ecc.c - elliptic curves and their keys: names, parameters, properties, the life of a key.
 *
 * Blobs are in test_ecc_blob.c, signatures in test_ecdsa.c, agreement in test_ecdh.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

/* --- the algorithms --------------------------------------------------------------------------- */

struct algorithm
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG interface_id, bits;                       /* bits 0: generic */
};

static const struct algorithm algorithms[] =
{
    { BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDSA_P256_ALG_HANDLE,
      BCRYPT_SIGNATURE_INTERFACE, 256 },
    { BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDSA_P384_ALG_HANDLE,
      BCRYPT_SIGNATURE_INTERFACE, 384 },
    { BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDSA_P521_ALG_HANDLE,
      BCRYPT_SIGNATURE_INTERFACE, 521 },
    { BCRYPT_ECDH_P256_ALGORITHM, BCRYPT_ECDH_P256_ALG_HANDLE,
      BCRYPT_SECRET_AGREEMENT_INTERFACE, 256 },
    { BCRYPT_ECDH_P384_ALGORITHM, BCRYPT_ECDH_P384_ALG_HANDLE,
      BCRYPT_SECRET_AGREEMENT_INTERFACE, 384 },
    { BCRYPT_ECDH_P521_ALGORITHM, BCRYPT_ECDH_P521_ALG_HANDLE,
      BCRYPT_SECRET_AGREEMENT_INTERFACE, 521 },
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_SIGNATURE_INTERFACE, 0 },
    { BCRYPT_ECDH_ALGORITHM, BCRYPT_ECDH_ALG_HANDLE, BCRYPT_SECRET_AGREEMENT_INTERFACE, 0 },
};

/* Rows of `algorithms` with a curve of their own, and without. */
static const int own_curve[6];
static const struct algorithm *const generic[] = { &algorithms[6], &algorithms[7] };

START_TEST(an_algorithm_says_its_name_and_kind)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
    expect_property_wide(algorithms[_i].pseudo, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), algorithms[_i].interface_id);
}
END_TEST

START_TEST(an_algorithm_lacks_what_others_have)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);

    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_PADDING_SCHEMES, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_BLOCK_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

static BCRYPT_KEY_LENGTHS_STRUCT key_lengths(BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths = { 0, 0, 0 };
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&lengths,
                                    sizeof(lengths), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 12);
    return lengths;
}

START_TEST(key_lengths_are_the_curves)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths = key_lengths(algorithms[_i].pseudo);

    expect_value(lengths.dwMinLength, algorithms[_i].bits);
    expect_value(lengths.dwMaxLength, algorithms[_i].bits);
    expect_value(lengths.dwIncrement, 0);
}
END_TEST

START_TEST(a_generic_algorithm_takes_the_lengths_of_its_curve)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(generic[_i]->id, 0);
    BCRYPT_KEY_LENGTHS_STRUCT lengths = key_lengths(algorithm);

    expect_true(lengths.dwMinLength < lengths.dwMaxLength && lengths.dwIncrement);
    set_curve(algorithm, BCRYPT_ECC_CURVE_BRAINPOOLP320R1);
    lengths = key_lengths(algorithm);
    expect_value(lengths.dwMinLength, 320);
    expect_value(lengths.dwMaxLength, 320);
    expect_value(lengths.dwIncrement, 0);
}
END_TEST

START_TEST(opening_takes_no_flags)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_refused(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, NULL,
                                               BCRYPT_ALG_HANDLE_HMAC_FLAG));
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* --- the named curves ------------------------------------------------------------------------- */

START_TEST(a_curve_is_set_and_read_by_its_name)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name);
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, ecc_curves[_i].bits);

    expect_property_wide(algorithm, BCRYPT_ECC_CURVE_NAME, ecc_curves[_i].name);
    expect_property_wide(key, BCRYPT_ECC_CURVE_NAME, ecc_curves[_i].name);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), ecc_curves[_i].bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), ecc_curves[_i].order_bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), ecc_curves[_i].bits);
}
END_TEST

/* "before it is finalized (curve chosen)": of the algorithm, or of the key. */
START_TEST(an_unfinalized_key_tells_its_strength)
{
    BCRYPT_KEY_HANDLE begun = begin_ecc(open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name), 0);
    BCRYPT_KEY_HANDLE key = begin_ecc(open_algorithm(BCRYPT_ECDH_ALGORITHM, 0), 0);

    expect_value(property_ulong(begun, BCRYPT_KEY_STRENGTH), ecc_curves[_i].order_bits);
    expect_property(key, BCRYPT_KEY_STRENGTH, STATUS_INVALID_HANDLE);
    set_curve(key, ecc_curves[_i].name);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), ecc_curves[_i].order_bits);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), ecc_curves[_i].order_bits);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), ecc_curves[_i].bits);
}
END_TEST

/* Wine's ncrypt sets the length of an ECDSA_P256 pair that it has begun with the pseudo-handle. */
START_TEST(a_pair_of_one_curve_takes_its_length)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(algorithms[_i].pseudo, algorithms[_i].bits);
    ULONG bits = algorithms[_i].bits;

    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), bits);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), bits);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), bits);
}
END_TEST

START_TEST(a_curve_has_parameters_of_its_sizes)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name);
    const struct ecc_curve *curve = &ecc_curves[_i];
    UCHAR parameters[ECC_BLOB_ROOM];
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_ECC_PARAMETERS, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 28 + 5 * curve->field_bytes + curve->order_bytes + 1);
    mark(parameters, sizeof(parameters));
    expect_status(
        BCryptGetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, bytes - 1, &bytes, 0),
        STATUS_BUFFER_TOO_SMALL);
    expect_untouched(parameters, sizeof(parameters));
    expect_status(BCryptGetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters,
                                    sizeof(parameters), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(little_endian(parameters), 1);
    expect_value(little_endian(parameters + 4), curve->type);
    expect_value(little_endian(parameters + 8), 0);
    expect_value(little_endian(parameters + 12), curve->field_bytes);
    expect_value(little_endian(parameters + 16), curve->order_bytes);
    expect_value(little_endian(parameters + 20), 1);
    expect_value(little_endian(parameters + 24), 0);
    expect_untouched(parameters + bytes, sizeof(parameters) - bytes);
}
END_TEST

static WCHAR other_case(WCHAR letter)
{
    if (letter >= 'a' && letter <= 'z') return letter - 'a' + 'A';
    return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
}

START_TEST(a_curves_name_may_be_in_any_case)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_ECDH_ALGORITHM, 0);
    WCHAR name[32] = { 0 };
    int i;

    for (i = 0; ecc_curves[_i].name[i]; i++) name[i] = other_case(ecc_curves[_i].name[i]);
    set_curve(algorithm, name);
    expect_property_wide(algorithm, BCRYPT_ECC_CURVE_NAME, ecc_curves[_i].name);
}
END_TEST

START_TEST(the_list_has_every_curve)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(generic[_i]->id, 0);
    ULONG bytes = 0, needed = 0;
    UCHAR *buffer, *end;
    BCRYPT_ECC_CURVE_NAMES *names;
    size_t i;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_ECC_CURVE_NAME_LIST, NULL, 0, &needed, 0),
                  STATUS_SUCCESS);
    buffer = malloc(needed);
    end = buffer + needed;
    mark(buffer, needed);
    expect_status(
        BCryptGetProperty(algorithm, BCRYPT_ECC_CURVE_NAME_LIST, buffer, needed - 1, &bytes, 0),
        STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, needed);
    expect_untouched(buffer, needed);
    expect_status(
        BCryptGetProperty(algorithm, BCRYPT_ECC_CURVE_NAME_LIST, buffer, needed, &bytes, 0),
        STATUS_SUCCESS);
    expect_value(bytes, needed);
    names = (BCRYPT_ECC_CURVE_NAMES *)(void *)buffer;
    expect_value(names->dwEccCurveNames, ARRAY_SIZE(ecc_curves));
    expect_true((UCHAR *)names->pEccCurveNames >= buffer &&
                (UCHAR *)(names->pEccCurveNames + ARRAY_SIZE(ecc_curves)) <= end);
    for (i = 0; i < ARRAY_SIZE(ecc_curves); i++)
    {
        expect_true((UCHAR *)names->pEccCurveNames[i] >= buffer &&
                    (UCHAR *)names->pEccCurveNames[i] < end);
        expect_wide(names->pEccCurveNames[i], ecc_curves[i].name);
    }
    free(buffer);
}
END_TEST

START_TEST(the_list_needs_no_alignment)
{
    static UCHAR buffer[4000];
    BCRYPT_ECC_CURVE_NAMES names;
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECC_CURVE_NAME_LIST, buffer + 1,
                                    sizeof(buffer) - 1, &bytes, 0), STATUS_SUCCESS);
    memcpy(&names, buffer + 1, sizeof(names));
    expect_value(names.dwEccCurveNames, 45);
    expect_pointer(names.pEccCurveNames, buffer + 1 + sizeof(names));
}
END_TEST

START_TEST(an_algorithm_of_one_curve_has_no_list)
{
    expect_property(algorithms[_i].pseudo, BCRYPT_ECC_CURVE_NAME_LIST, STATUS_NOT_SUPPORTED);
}
END_TEST

static const WCHAR *const no_curves[] = { L"",          L"nistP257", L"nistP25",
                                          L"nistP2560", L"P-256",    L"x25519" };

START_TEST(an_unknown_curve_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME,
                                    (UCHAR *)(uintptr_t)no_curves[_i], wide_bytes(no_curves[_i]),
                                    0),
                  STATUS_INVALID_PARAMETER);
    expect_property_wide(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_SECP256K1);
}
END_TEST

START_TEST(a_name_ends_where_the_input_does)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_ECDSA_ALGORITHM, 0);
    WCHAR name[64];

    memset(name, 'x', sizeof(name));
    expect_status(
        BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)name, sizeof(name), 0),
        STATUS_INVALID_PARAMETER);
    memcpy(name, BCRYPT_ECC_CURVE_NISTP256, wide_bytes(BCRYPT_ECC_CURVE_NISTP256));
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)name, 16, 0),
                  STATUS_SUCCESS);
    expect_property_wide(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP256);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)name, 14, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)name, 17, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(curve25519_does_not_sign)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_ECDSA_ALGORITHM, 0);

    expect_refused(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME,
                                     (UCHAR *)(uintptr_t)BCRYPT_ECC_CURVE_25519,
                                     wide_bytes(BCRYPT_ECC_CURVE_25519), 0));
}
END_TEST

START_TEST(an_algorithm_of_one_curve_takes_no_other)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);
    BCRYPT_KEY_HANDLE key = begin_ecc(algorithm, algorithms[_i].bits);
    UCHAR *name = (UCHAR *)(uintptr_t)BCRYPT_ECC_CURVE_NISTP256;
    ULONG bytes = wide_bytes(BCRYPT_ECC_CURVE_NISTP256);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, name, bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, name, bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(key, BCRYPT_ECC_CURVE_NAME, name, bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(key, BCRYPT_ECC_PARAMETERS, name, bytes, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_algorithm_of_one_curve_names_it)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];

    expect_property_wide(open_algorithm(pair->ecdsa, 0), BCRYPT_ECC_CURVE_NAME, pair->curve);
    expect_property_wide(pair_key(pair, pair->ecdh, false), BCRYPT_ECC_CURVE_NAME, pair->curve);
}
END_TEST

START_TEST(a_generic_algorithm_begins_without_a_curve)
{
    expect_property(generic[_i]->pseudo, BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
    expect_property(generic[_i]->pseudo, BCRYPT_ECC_PARAMETERS, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_pseudo_handle_holds_no_curve)
{
    expect_status(BCryptSetProperty(generic[_i]->pseudo, BCRYPT_ECC_CURVE_NAME,
                                    (UCHAR *)(uintptr_t)BCRYPT_ECC_CURVE_NISTP256, 18, 0),
                  STATUS_ACCESS_DENIED);
}
END_TEST

/* --- parameters ------------------------------------------------------------------------------- */

struct parameters
{
    const WCHAR *name;
    const char *hex;                                /* P A B Gx Gy n h */
};

static const struct parameters published[] =
{
    { BCRYPT_ECC_CURVE_NISTP256,                    /* FIPS 186-4, D.1.2.3 */
      "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
      "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC"
      "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"
      "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
      "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
      "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551" "01" },
    { BCRYPT_ECC_CURVE_EC192WAPI,
      "BDB6F4FE3E8B1D9E0DA8C0D46F4C318CEFE4AFE3B6B8551F"
      "BB8E5E8FBC115E139FE6A814FE48AAA6F0ADA1AA5DF91985"
      "1854BEBDC31B21B7AEFC80AB0ECD10D5B1B3308E6DBF11C1"
      "4AD5F7048DE709AD51236DE65E4D4B482C836DC6E4106640"
      "02BB3A02D4AAADACAE24817A4CA3A1B014B5270432DB27D2"
      "BDB6F4FE3E8B1D9E0DA8C0D40FC962195DFAE76F56564677" "01" },
    { BCRYPT_ECC_CURVE_25519,                       /* big-endian, unlike its keys */
      "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED"
      "0000000000000000000000000000000000000000000000000000000000076D06"
      "0000000000000000000000000000000000000000000000000000000000000000"
      "0000000000000000000000000000000000000000000000000000000000000009"
      "20AE19A1B8A086B4E01EDD2C7748D14C923D4D7E6D7C61B229E9C5A27ECED3D9"
      "1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED" "08" },
    { BCRYPT_ECC_CURVE_NUMSP256T1,
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF43"
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF42"
      "0000000000000000000000000000000000000000000000000000000000003BEE"
      "000000000000000000000000000000000000000000000000000000000000000D"
      "7D0AB41E2A1276DBA3D330B39FA046BFBE2A6D63824D303F707F6FB5331CADBA"
      "3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFBE6AA55AD0A6BC64E5B84E6F1122B4AD" "04" },
    { BCRYPT_ECC_CURVE_SECP160R1,                   /* SEC 2 version 1, 2.4.2 */
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7FFFFFFF" "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7FFFFFFC"
      "1C97BEFC54BD7A8B65ACF89F81D4D4ADC565FA45" "4A96B5688EF573284664698968C38BB913CBFC82"
      "23A628553168947D59DCC912042351377AC5FB32"
      "0100000000000000000001F4C8F927AED3CA752257" "01" },
};

START_TEST(a_curves_parameters_are_the_published_ones)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, published[_i].name);
    UCHAR parameters[ECC_BLOB_ROOM];
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters,
                                    sizeof(parameters), &bytes, 0),
                  STATUS_SUCCESS);
    expect_hex(parameters + 28, bytes - 28, published[_i].hex);
}
END_TEST

static ULONG get_parameters(BCRYPT_HANDLE handle, UCHAR *parameters)
{
    ULONG bytes = 0;

    expect_status(
        BCryptGetProperty(handle, BCRYPT_ECC_PARAMETERS, parameters, ECC_BLOB_ROOM, &bytes, 0),
        STATUS_SUCCESS);
    return bytes;
}

/* Every curve's parameters, given back as explicit ones, make keys of that curve. */
START_TEST(parameters_choose_a_curve)
{
    BCRYPT_ALG_HANDLE named = open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name);
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_ECDH_ALGORITHM, 0);
    UCHAR parameters[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM], secret[100], other[100];
    BCRYPT_KEY_HANDLE key, named_key = new_ecc(named, 0);
    ULONG bytes = get_parameters(named, parameters);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_value(get_parameters(algorithm, again), bytes);
    expect_bytes(again, parameters, bytes);
    key = new_ecc(algorithm, ecc_curves[_i].bits);
    expect_value(get_parameters(key, again), bytes);
    expect_bytes(again, parameters, bytes);
    bytes = agree(key, named_key, secret);
    expect_value(agree(named_key, key, other), bytes);
    expect_bytes(secret, other, bytes);
}
END_TEST


START_TEST(parameters_may_be_set_on_a_key)
{
    BCRYPT_ALG_HANDLE named = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1);
    BCRYPT_KEY_HANDLE key = begin_ecc(generic[0]->pseudo, 0);
    UCHAR parameters[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = get_parameters(named, parameters);

    expect_status(BCryptSetProperty(key, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(get_parameters(key, again), bytes);
    expect_bytes(again, parameters, bytes);
    expect_signs(key);
    expect_status(BCryptSetProperty(key, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(explicit_parameters_have_no_name)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    UCHAR parameters[ECC_BLOB_ROOM];
    ULONG bytes = get_parameters(algorithm, parameters);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0),
                  STATUS_SUCCESS);
    expect_property(algorithm, BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
    expect_property(new_ecc(algorithm, 256), BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(parameters_of_any_wrong_size_are_refused)
{
    BCRYPT_ALG_HANDLE algorithm =
        open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP256R1);
    UCHAR parameters[ECC_BLOB_ROOM];
    ULONG bytes = get_parameters(algorithm, parameters), i;

    for (i = 0; i <= bytes + 4; i++)
    {
        expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, i, 0),
                      i == bytes ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* A field of the header (offset below 28) or the last byte of a number gets another value. */
static const struct
{
    ULONG offset;
    UCHAR value;
} wrong_parameters[] =
{
    { 0, 2 }, { 4, 0 }, { 4, 2 }, { 4, 4 }, { 12, 0 }, { 12, 31 }, { 15, 0x80 }, { 16, 33 },
    { 19, 0xff }, { 20, 0 }, { 20, 2 }, { 24, 1 }, { 27, 0x80 },
    { 28 + 31, 0x78 },                              /* p even */
    { 28 + 2 * 32 + 31, 0x00 },                     /* b: the generator is not on the curve */
    { 28 + 3 * 32 + 31, 0x00 }, { 28 + 4 * 32 + 31, 0x00 },
    { 28 + 5 * 32 + 31, 0x01 },                     /* n is not the generator's order */
    { 28 + 6 * 32, 0 }, { 28 + 6 * 32, 4 },         /* h */
};

START_TEST(parameters_that_make_no_curve_are_refused)
{
    BCRYPT_ALG_HANDLE algorithm =
        open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP256R1);
    UCHAR parameters[ECC_BLOB_ROOM];
    ULONG bytes = get_parameters(algorithm, parameters);

    expect_true(parameters[wrong_parameters[_i].offset] != wrong_parameters[_i].value);
    parameters[wrong_parameters[_i].offset] = wrong_parameters[_i].value;
    expect_refused(BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, bytes, 0));
    expect_property_wide(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_BRAINPOOLP256R1);
}
END_TEST

/* --- generating and finalizing ---------------------------------------------------------------- */

static const ULONG wrong_lengths[] = { 1, 160, 255, 257, 320, 383, 385, 512, 520, 522, 0xffffffff };

START_TEST(only_the_curves_length_is_taken)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(own_curve); i++)
    {
        expect_status(BCryptGenerateKeyPair(algorithms[i].pseudo, &key, wrong_lengths[_i], 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(generating_refuses_wrong_arguments)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(NULL, &key, 256, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, NULL, 256, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &key, 256, 1),
                  STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &key, 256, BCRYPT_NO_KEY_VALIDATION),
        STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_generated_key_says_what_it_is)
{
    BCRYPT_KEY_HANDLE key = new_ecc(algorithms[_i].pseudo, algorithms[_i].bits);

    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), algorithms[_i].bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), algorithms[_i].bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), algorithms[_i].bits);
    expect_property(key, BCRYPT_BLOCK_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(no_two_keys_are_the_same)
{
    UCHAR blob[ECC_BLOB_ROOM], other[ECC_BLOB_ROOM];
    ULONG bytes = export_ecc(new_ecc(algorithms[_i].pseudo, algorithms[_i].bits),
                             BCRYPT_ECCPRIVATE_BLOB, blob);

    export_ecc(new_ecc(algorithms[_i].pseudo, algorithms[_i].bits), BCRYPT_ECCPRIVATE_BLOB, other);
    expect_bytes(blob, other, 8);
    expect_different(blob + 8, other + 8, bytes - 8);
}
END_TEST

START_TEST(a_key_is_finalized_once)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(algorithms[_i].pseudo, algorithms[_i].bits);

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(an_imported_key_is_final)
{
    expect_status(BCryptFinalizeKeyPair(pair_key(p256, p256->ecdsa, false), 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(pair_key(p256, p256->ecdsa, true), 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(finalizing_takes_one_flag)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, 256);

    expect_status(BCryptFinalizeKeyPair(key, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_NO_KEY_VALIDATION), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(a_generic_key_needs_a_curve_to_be_finalized)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(generic[_i]->pseudo, 0);

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_PARAMETER);
    set_curve(key, BCRYPT_ECC_CURVE_NISTP256);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 256);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, generic[_i]->id);
}
END_TEST

START_TEST(a_length_and_a_curve_have_to_agree)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(BCRYPT_ECDSA_ALG_HANDLE, 384), other = UNTOUCHED_HANDLE;
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);

    set_curve(key, BCRYPT_ECC_CURVE_NISTP256);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_PARAMETER);
    set_curve(key, BCRYPT_ECC_CURVE_NISTP384);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptGenerateKeyPair(algorithm, &other, 384, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(other, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_keeps_the_curve_it_began_with)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1);
    BCRYPT_KEY_HANDLE key = begin_ecc(algorithm, 0);

    set_curve(algorithm, BCRYPT_ECC_CURVE_NISTP384);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_property_wide(key, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_SECP256K1);
    expect_status(BCryptSetProperty(key, BCRYPT_ECC_CURVE_NAME,
                                    (UCHAR *)(uintptr_t)BCRYPT_ECC_CURVE_NISTP256, 18, 0),
                  STATUS_INVALID_HANDLE);
    expect_property_wide(new_ecc(algorithm, 0), BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP384);
}
END_TEST

START_TEST(a_key_outlives_its_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, 0);

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_signs(key);
}
END_TEST

/* --- the state matrix ------------------------------------------------------------------------- */

START_TEST(an_unfinalized_key_does_nothing)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, 256);
    UCHAR buffer[200];
    ULONG bytes = UNTOUCHED_ULONG;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPUBLIC_BLOB, NULL, 0, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(
        BCryptExportKey(key, NULL, BCRYPT_ECCPRIVATE_BLOB, buffer, sizeof(buffer), &bytes, 0),
        STATUS_INVALID_HANDLE);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, 32, NULL, 0, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(
        BCryptSignHash(key, NULL, (UCHAR *)counting, 32, buffer, sizeof(buffer), &bytes, 0),
        STATUS_INVALID_HANDLE);
    expect_status(BCryptVerifySignature(key, NULL, (UCHAR *)counting, 32, buffer, 64, 0),
                  STATUS_INVALID_HANDLE);
    expect_value(bytes, UNTOUCHED_ULONG);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(an_unfinalized_key_tells_only_what_was_set)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(BCRYPT_ECDSA_ALG_HANDLE, 384);

    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, BCRYPT_ECDSA_ALGORITHM);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 384);
    expect_property(key, BCRYPT_ECC_CURVE_NAME, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_KEY_STRENGTH, STATUS_INVALID_HANDLE);
    set_curve(key, BCRYPT_ECC_CURVE_NISTP256);
    expect_property_wide(key, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP256);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), 256);
    expect_property(key, BCRYPT_PUBLIC_KEY_LENGTH, STATUS_INVALID_HANDLE);
    expect_property(key, BCRYPT_SIGNATURE_LENGTH, STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_length_is_set_where_there_is_a_choice)
{
    BCRYPT_KEY_HANDLE key = begin_ecc(BCRYPT_ECDSA_ALG_HANDLE, 0);
    ULONG length = 256;

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&length, 2, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 256);
    set_curve(key, BCRYPT_ECC_CURVE_NISTP256);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    length = 384;
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 256);
    expect_status(BCryptSetProperty(begin_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, 256), BCRYPT_KEY_LENGTH,
                                    (UCHAR *)&length, 4, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

static const WCHAR *const read_only[] = {
    BCRYPT_ALGORITHM_NAME,   BCRYPT_KEY_STRENGTH, BCRYPT_PUBLIC_KEY_LENGTH,
    BCRYPT_SIGNATURE_LENGTH, L"NoSuchProperty",
};

START_TEST(what_a_key_is_cannot_be_set)
{
    ULONG value = 256;

    expect_status(BCryptSetProperty(begin_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, 256), read_only[_i],
                                    (UCHAR *)&value, 4, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_key_pair_is_not_for_encryption)
{
    BCRYPT_KEY_HANDLE key = new_ecc(algorithms[_i].pseudo, algorithms[_i].bits);
    UCHAR buffer[200];
    ULONG bytes;

    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = counting, .bytes = 16, .output = buffer,
                   .room = sizeof(buffer), .result = &bytes);
    expect_decrypt(key, STATUS_NOT_SUPPORTED, .input = counting, .bytes = 16, .output = buffer,
                   .room = sizeof(buffer), .result = &bytes);
}
END_TEST

START_TEST(a_key_pair_is_not_duplicated)
{
    BCRYPT_KEY_HANDLE key = new_ecc(algorithms[_i].pseudo, algorithms[_i].bits),
                      copy = UNTOUCHED_HANDLE;

    expect_refused(BCryptDuplicateKey(key, &copy, NULL, 0, 0));
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

void ecc_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, an_algorithm_says_its_name_and_kind, algorithms);
    add_rows(tests, an_algorithm_lacks_what_others_have, algorithms);
    add_rows(tests, a_curve_is_set_and_read_by_its_name, ecc_curves);
    add_rows(tests, an_unfinalized_key_tells_its_strength, ecc_curves);
    add_rows(tests, a_pair_of_one_curve_takes_its_length, own_curve);
    add_rows(tests, a_curve_has_parameters_of_its_sizes, ecc_curves);
    add_rows(tests, the_list_has_every_curve, generic);
    add_rows(tests, an_algorithm_of_one_curve_names_it, ecc_pairs);
    add_rows(tests, a_pseudo_handle_holds_no_curve, generic);
    add_rows(tests, a_curves_parameters_are_the_published_ones, published);
    add_rows(tests, parameters_choose_a_curve, ecc_curves);
    add_test(tests, parameters_may_be_set_on_a_key);
    add_rows(tests, only_the_curves_length_is_taken, wrong_lengths);
    add_test(tests, generating_refuses_wrong_arguments);
    add_rows(tests, a_generated_key_says_what_it_is, own_curve);
    add_rows(tests, no_two_keys_are_the_same, own_curve);
    add_rows(tests, a_key_is_finalized_once, own_curve);
    add_test(tests, an_imported_key_is_final);
    add_test(tests, a_key_outlives_its_algorithm);
    add_test(tests, an_unfinalized_key_does_nothing);
    add_rows(tests, a_key_pair_is_not_for_encryption, own_curve);
    add_rows(tests, a_key_pair_is_not_duplicated, own_curve);

    tests = ours(suite);
    add_rows(tests, key_lengths_are_the_curves, own_curve);
    add_rows(tests, a_generic_algorithm_takes_the_lengths_of_its_curve, generic);
    add_rows(tests, opening_takes_no_flags, algorithms);
    add_rows(tests, a_curves_name_may_be_in_any_case, ecc_curves);
    add_test(tests, the_list_needs_no_alignment);
    add_rows(tests, an_algorithm_of_one_curve_has_no_list, own_curve);
    add_rows(tests, an_unknown_curve_is_refused, no_curves);
    add_test(tests, a_name_ends_where_the_input_does);
    add_test(tests, curve25519_does_not_sign);
    add_rows(tests, an_algorithm_of_one_curve_takes_no_other, own_curve);
    add_rows(tests, a_generic_algorithm_begins_without_a_curve, generic);
    add_test(tests, explicit_parameters_have_no_name);
    add_test(tests, parameters_of_any_wrong_size_are_refused);
    add_rows(tests, parameters_that_make_no_curve_are_refused, wrong_parameters);
    add_test(tests, finalizing_takes_one_flag);
    add_rows(tests, a_generic_key_needs_a_curve_to_be_finalized, generic);
    add_test(tests, a_length_and_a_curve_have_to_agree);
    add_test(tests, a_key_keeps_the_curve_it_began_with);
    add_test(tests, an_unfinalized_key_tells_only_what_was_set);
    add_test(tests, a_length_is_set_where_there_is_a_choice);
    add_rows(tests, what_a_key_is_cannot_be_set, read_only);
}
