/*
 * test_property_object.c - properties of keys and hashes, and values of every size.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- symmetric.md, section 10: properties on keys ----------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *id, *mode;
    ULONG key_bytes, bits, strength, block_bytes;
} keys[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC,
      24, 192, 192, 16 },
    { BCRYPT_AES_GCM_ALG_HANDLE, BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM,
      32, 256, 256, 16 },
    { BCRYPT_DES_ECB_ALG_HANDLE, BCRYPT_DES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB,
       8,  64,  64,  8 },
    { BCRYPT_3DES_CBC_ALG_HANDLE, BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC,
      24, 192, 192,  8 },
    { BCRYPT_3DES_112_CFB_ALG_HANDLE, BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CFB,
      16, 128, 128,  8 },
    { BCRYPT_DESX_CBC_ALG_HANDLE, BCRYPT_DESX_ALGORITHM, BCRYPT_CHAIN_MODE_CBC,
      24, 192, 192,  8 },
    { BCRYPT_RC2_CBC_ALG_HANDLE, BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_CBC,
       5,  40, 128,  8 },
    { BCRYPT_RC4_ALG_HANDLE, BCRYPT_RC4_ALGORITHM, BCRYPT_CHAIN_MODE_NA,
      13, 104, 104,  1 },
    { BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_XTS_AES_ALGORITHM, BCRYPT_CHAIN_MODE_NA,
      32, 256, 128, 16 },
    { BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_XTS_AES_ALGORITHM, BCRYPT_CHAIN_MODE_NA,
      64, 512, 256, 16 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_CHAIN_MODE_NA,
      32, 256, 256,  1 },
};

static BCRYPT_KEY_HANDLE new_row_key(int row)
{
    return new_key(keys[row].algorithm, counting, keys[row].key_bytes);
}

START_TEST(a_key_tells_its_length_and_strength)
{
    BCRYPT_KEY_HANDLE key = new_row_key(_i);

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), keys[_i].bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), keys[_i].strength);
}
END_TEST

/* The effective bits are RC2's strength: those of its time, not of its algorithm's present. */
START_TEST(an_rc2_key_is_as_strong_as_its_effective_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key;
    ULONG bits = 40;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    key = new_key(algorithm, counting, 16);
    bits = 64;
    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), 40);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 128);
}
END_TEST

START_TEST(a_key_tells_its_block_and_its_object)
{
    BCRYPT_KEY_HANDLE key = new_row_key(_i);

    expect_value(property_ulong(key, BCRYPT_BLOCK_LENGTH), keys[_i].block_bytes);
    expect_value(property_ulong(keys[_i].algorithm, BCRYPT_BLOCK_LENGTH), keys[_i].block_bytes);
    expect_value(property_ulong(key, BCRYPT_OBJECT_LENGTH),
                 property_ulong(keys[_i].algorithm, BCRYPT_OBJECT_LENGTH));
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, keys[_i].id);
}
END_TEST

START_TEST(a_key_tells_its_mode)
{
    WCHAR of_key[32], of_algorithm[32];
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(new_row_key(_i), BCRYPT_CHAINING_MODE, (UCHAR *)of_key, 64,
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 64);
    expect_wide(of_key, keys[_i].mode);
    expect_status(BCryptGetProperty(keys[_i].algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)of_algorithm,
                                    64, &bytes, 0), STATUS_SUCCESS);
    expect_wide(of_algorithm, keys[_i].mode);
}
END_TEST

/* "AuthTagLength on the key handle: NOT_SUPPORTED, even for a GCM key" */
START_TEST(no_key_tells_tag_lengths)
{
    expect_property(new_row_key(_i), BCRYPT_AUTH_TAG_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

static const WCHAR *const not_of_keys[] =
{
    BCRYPT_KEY_LENGTHS, BCRYPT_BLOCK_SIZE_LIST, BCRYPT_INITIALIZATION_VECTOR,
    BCRYPT_PRIMITIVE_TYPE, BCRYPT_KEY_OBJECT_LENGTH,
    BCRYPT_HASH_LENGTH, BCRYPT_PUBLIC_KEY_LENGTH, BCRYPT_SIGNATURE_LENGTH,
};

/* The columns that the table leaves empty, and "NOT_SUPPORTED or get" */
START_TEST(a_key_has_no_other_properties)
{
    BCRYPT_KEY_HANDLE key = new_row_key(_i);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(not_of_keys); i++)
    {
        expect_property(key, not_of_keys[i], STATUS_NOT_SUPPORTED);
    }
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes;
} no_vectors[] =
{
    { BCRYPT_RC4_ALG_HANDLE, 16 }, { BCRYPT_XTS_AES_ALG_HANDLE, 32 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

START_TEST(keys_without_chain_have_no_iv_to_set)
{
    BCRYPT_KEY_HANDLE key = new_key(no_vectors[_i].algorithm, counting, no_vectors[_i].key_bytes);

    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting,
                                    property_ulong(key, BCRYPT_BLOCK_LENGTH), 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

static const struct
{
    const WCHAR *property, *id;
} not_set_on_keys[] =
{
    { BCRYPT_KEY_LENGTH, BCRYPT_AES_ALGORITHM },
    { BCRYPT_KEY_LENGTHS, BCRYPT_AES_ALGORITHM },
    { BCRYPT_OBJECT_LENGTH, BCRYPT_AES_ALGORITHM },
    { BCRYPT_ALGORITHM_NAME, BCRYPT_AES_ALGORITHM },
    { BCRYPT_EFFECTIVE_KEY_LENGTH, BCRYPT_AES_ALGORITHM },
    { L"NoSuchProperty", BCRYPT_AES_ALGORITHM },
};

START_TEST(what_a_key_is_made_with_cannot_be_set)
{
    BCRYPT_KEY_HANDLE key = new_key(open_algorithm(not_set_on_keys[_i].id, 0), counting, 16);
    ULONG value = 64;

    expect_status(BCryptSetProperty(key, not_set_on_keys[_i].property, (UCHAR *)&value, 4, 0),
                  STATUS_NOT_SUPPORTED);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 128);
}
END_TEST

/* properties.md, section 2: the vector is the key's alone. */
START_TEST(an_algorithm_has_no_iv)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB);

    expect_property(algorithm, BCRYPT_INITIALIZATION_VECTOR, STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16,
                                    0), STATUS_NOT_SUPPORTED);
}
END_TEST

/* symmetric.md, section 1: "{8,2048,8} with EXTENDED_KEYSIZE"; section 3 */
static const struct
{
    const WCHAR *id;
    ULONG least, most, step;
} extended[] =
{
    { BCRYPT_RC4_ALGORITHM,  8, 2048, 8 }, { BCRYPT_RC2_ALGORITHM,     16, 1024,  8 },
    { BCRYPT_AES_ALGORITHM, 128, 256, 64 }, { BCRYPT_3DES_ALGORITHM,   192,  192,  0 },
    { BCRYPT_XTS_AES_ALGORITHM, 256, 512, 128 },
};

START_TEST(the_extended_flag_shows_in_the_key_lengths)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(extended[_i].id, BCRYPT_EXTENDED_KEYSIZE);
    BCRYPT_KEY_LENGTHS_STRUCT bits;
    ULONG bytes;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&bits, sizeof(bits),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bits.dwMinLength, extended[_i].least);
    expect_value(bits.dwMaxLength, extended[_i].most);
    expect_value(bits.dwIncrement, extended[_i].step);
}
END_TEST

/* --- properties.md, section 2, ProviderHandle --------------------------------------------- */

START_TEST(a_key_of_a_pseudo_handle_tells_the_pseudo_handle)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);
    BCRYPT_ALG_HANDLE parent = NULL;
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(new_row_key(_i), BCRYPT_PROVIDER_HANDLE, (UCHAR *)&parent,
                                    sizeof(parent), &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sizeof(parent));
    expect_pointer(parent, keys[_i].algorithm);
    expect_status(BCryptGetProperty(hash, BCRYPT_PROVIDER_HANDLE, (UCHAR *)&parent, sizeof(parent),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_pointer(parent, BCRYPT_SHA256_ALG_HANDLE);
}
END_TEST

START_TEST(an_algorithm_has_no_provider_handle)
{
    expect_property(open_algorithm(BCRYPT_AES_ALGORITHM, 0), BCRYPT_PROVIDER_HANDLE,
                    STATUS_NOT_SUPPORTED);
    expect_property(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_PROVIDER_HANDLE, STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- hash.md, section 3: properties on hash objects --------------------------------------- */

static const struct
{
    const WCHAR *id;
    ULONG open_flags, create_flags, key_bytes, bytes, block_bytes, keyed, reusable;
} hashes[] =
{
    { BCRYPT_SHA1_ALGORITHM,      0, 0,                          0, 20,  64, 0, 0 },
    { BCRYPT_SHA384_ALGORITHM,    0, BCRYPT_HASH_REUSABLE_FLAG,  0, 48, 128, 0, 1 },
    { BCRYPT_SHA256_ALGORITHM,    BCRYPT_HASH_REUSABLE_FLAG, 0,  0, 32,  64, 0, 1 },
    { BCRYPT_SHA256_ALGORITHM,    BCRYPT_ALG_HANDLE_HMAC_FLAG, 0, 9, 32, 64, 1, 0 },
    { BCRYPT_SHA3_256_ALGORITHM,  0, 0,                          0, 32, 136, 0, 0 },
    { BCRYPT_AES_CMAC_ALGORITHM,  0, 0,                         16, 16,  16, 1, 0 },
    { BCRYPT_AES_GMAC_ALGORITHM,  0, 0,                         16, 16,  16, 1, 0 },
    { BCRYPT_KMAC128_ALGORITHM,   0, 0,                          9, 32, 168, 1, 0 },
    { BCRYPT_CSHAKE256_ALGORITHM, 0, BCRYPT_HASH_REUSABLE_FLAG,  0, 64, 136, 0, 1 },
};

static BCRYPT_HASH_HANDLE new_row_hash(int row)
{
    return new_hash(open_algorithm(hashes[row].id, hashes[row].open_flags),
                    hashes[row].key_bytes ? counting : NULL, hashes[row].key_bytes,
                    hashes[row].create_flags);
}

START_TEST(a_hash_object_tells_what_its_algorithm_tells)
{
    BCRYPT_HASH_HANDLE hash = new_row_hash(_i);
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hashes[_i].id, hashes[_i].open_flags);

    expect_value(property_ulong(hash, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
    expect_property_wide(hash, BCRYPT_ALGORITHM_NAME, hashes[_i].id);
    expect_value(property_ulong(hash, BCRYPT_HASH_BLOCK_LENGTH), hashes[_i].block_bytes);
    expect_value(property_ulong(hash, BCRYPT_OBJECT_LENGTH),
                 property_ulong(algorithm, BCRYPT_OBJECT_LENGTH));
    expect_value(property_ulong(hash, BCRYPT_IS_KEYED_HASH), hashes[_i].keyed);
    expect_value(property_ulong(algorithm, BCRYPT_IS_KEYED_HASH), hashes[_i].keyed);
    expect_value(property_ulong(hash, BCRYPT_IS_REUSABLE_HASH), hashes[_i].reusable);
}
END_TEST

static const WCHAR *const not_of_hashes[] =
{
    BCRYPT_HASH_OID_LIST, BCRYPT_MULTI_OBJECT_LENGTH, BCRYPT_PRIMITIVE_TYPE,
    BCRYPT_FUNCTION_NAME_STRING, BCRYPT_CUSTOMIZATION_STRING, BCRYPT_INITIALIZATION_VECTOR,
    BCRYPT_KEY_LENGTH, BCRYPT_KEY_STRENGTH, BCRYPT_BLOCK_LENGTH, BCRYPT_CHAINING_MODE,
};

START_TEST(a_hash_object_has_no_other_properties)
{
    BCRYPT_HASH_HANDLE hash = new_row_hash(_i);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(not_of_hashes); i++)
    {
        expect_property(hash, not_of_hashes[i], STATUS_NOT_SUPPORTED);
    }
}
END_TEST

START_TEST(a_multi_hash_tells_its_name_and_lengths)
{
    BCRYPT_HASH_HANDLE hash = NULL;

    expect_status(BCryptCreateMultiHash(BCRYPT_SHA384_ALG_HANDLE, &hash, 3, NULL, 0, NULL, 0, 0),
                  STATUS_SUCCESS);
    keep_hash(hash);
    expect_property_wide(hash, BCRYPT_ALGORITHM_NAME, BCRYPT_SHA384_ALGORITHM);
    expect_value(property_ulong(hash, BCRYPT_HASH_LENGTH), 48);
    expect_value(property_ulong(hash, BCRYPT_HASH_BLOCK_LENGTH), 128);
    expect_value(property_ulong(hash, BCRYPT_IS_REUSABLE_HASH), 1);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* "The Microsoft provider returns two entries": only hashes have an identifier. */
static const struct
{
    const WCHAR *id;
} without_oid[] =
{
    { BCRYPT_AES_CMAC_ALGORITHM }, { BCRYPT_AES_GMAC_ALGORITHM }, { BCRYPT_SHAKE128_ALGORITHM },
    { BCRYPT_CSHAKE256_ALGORITHM }, { BCRYPT_KMAC128_ALGORITHM },
};

START_TEST(macs_and_xofs_list_no_object_identifiers)
{
    expect_property(open_algorithm(without_oid[_i].id, 0), BCRYPT_HASH_OID_LIST,
                    STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- properties.md, section 4: what values are made of ------------------------------------ */

START_TEST(the_structures_have_the_documented_layout)
{
    expect_value(sizeof(BCRYPT_KEY_LENGTHS_STRUCT), 12);
    expect_value(offsetof(BCRYPT_KEY_LENGTHS_STRUCT, dwMaxLength), 4);
    expect_value(offsetof(BCRYPT_KEY_LENGTHS_STRUCT, dwIncrement), 8);
    expect_value(sizeof(BCRYPT_AUTH_TAG_LENGTHS_STRUCT), 12);
    expect_value(sizeof(BCRYPT_MULTI_OBJECT_LENGTH_STRUCT), 8);
    expect_value(offsetof(BCRYPT_MULTI_OBJECT_LENGTH_STRUCT, cbPerElement), 4);
    expect_value(sizeof(BCRYPT_OID_LIST), 2 * sizeof(void *));
    expect_value(offsetof(BCRYPT_OID_LIST, pOIDs), sizeof(void *));
    expect_value(sizeof(BCRYPT_OID), 2 * sizeof(void *));
    expect_value(offsetof(BCRYPT_OID, pbOID), sizeof(void *));
    expect_value(sizeof(BCRYPT_ECC_CURVE_NAMES), 2 * sizeof(void *));
    expect_value(offsetof(BCRYPT_ECC_CURVE_NAMES, pEccCurveNames), sizeof(void *));
}
END_TEST

/* "Pointers inside returned structures point into the caller's buffer": wherever that lies. */
START_TEST(a_list_may_be_read_to_any_address)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
    ULONG bytes = 0, needed = 0, at;
    UCHAR buffer[256];
    BCRYPT_OID_LIST list;
    BCRYPT_OID first;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, NULL, 0, &needed, 0),
                  STATUS_SUCCESS);
    for (at = 0; at < 16; at++)
    {
        mark(buffer, sizeof(buffer));
        expect_status(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, buffer + at, needed,
                                        &bytes, 0), STATUS_SUCCESS);
        expect_value(bytes, needed);
        memcpy(&list, buffer + at, sizeof(list));
        memcpy(&first, (const UCHAR *)list.pOIDs, sizeof(first));       /* it may lie anywhere */
        expect_value(list.dwOIDCount, 2);
        expect_hex(first.pbOID, first.cbOID, "06096086480165030402010500");
        expect_true(first.pbOID > buffer + at && first.pbOID < buffer + at + needed);
        expect_untouched(buffer, at);
        expect_untouched(buffer + at + needed, sizeof(buffer) - at - needed);
    }
}
END_TEST

/* --- properties.md, section 1: values of every size --------------------------------------- */

static const struct
{
    ULONG bytes;
} short_sizes[] =
{
    { 0 }, { 1 }, { 2 }, { 3 },
};

static const struct
{
    ULONG bytes;
} long_sizes[] =
{
    { 5 }, { 6 }, { 7 }, { 8 }, { 0x10000 }, { 0xffffffff },
};

/* Numbers that would be right, and are given with the wrong size; what was set before stays. */
static void expect_wrong_size(ULONG bytes)
{
    BCRYPT_ALG_HANDLE rc2 = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE cfb = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
    BCRYPT_KEY_HANDLE xts = new_key(BCRYPT_XTS_AES_ALG_HANDLE, counting, 32);
    ULONG bits[2] = { 64, 0 }, length[2] = { 16, 0 }, unit[2] = { 512, 0 };

    expect_status(BCryptSetProperty(rc2, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)bits, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(cfb, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)length, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(xts, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)unit, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(rc2, BCRYPT_EFFECTIVE_KEY_LENGTH), 128);
    expect_value(property_ulong(cfb, BCRYPT_MESSAGE_BLOCK_LENGTH), 1);
}

/* "DWORD property with cbInput < 4: INVALID_PARAMETER" */
START_TEST(a_number_that_is_too_short_is_an_invalid_parameter)
{
    expect_wrong_size(short_sizes[_i].bytes);
}
END_TEST

START_TEST(a_number_that_is_too_long_is_an_invalid_parameter)
{
    expect_wrong_size(long_sizes[_i].bytes);
}
END_TEST

/* Support is decided before the size. */
static const ULONG any_sizes[] = { 0, 1, 2, 3, 4, 5, 16, 0xffffffff };

START_TEST(a_read_only_property_is_so_for_any_size)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    ULONG value[4] = { 128 };

    expect_status(BCryptSetProperty(algorithm, BCRYPT_KEY_LENGTH, (UCHAR *)value, any_sizes[_i], 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_AUTH_TAG_LENGTH, (UCHAR *)value,
                                    any_sizes[_i], 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, L"NoSuchProperty", (UCHAR *)value, any_sizes[_i], 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_iv_of_another_size_leaves_the_chain_value_alone)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    static const ULONG sizes[] = { 0, 1, 8, 12, 15, 17, 32, 0xffffffff };
    UCHAR output[16], iv[32] = { 9 };
    ULONG bytes;
    size_t i;

    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, iv, sizes[i], 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, "c6a13b37878f5b826f4f8162a1c8d879");
}
END_TEST

/* "cbOutput: larger than the property; accept": up to the largest number there is. */
START_TEST(a_buffer_may_be_said_to_be_of_any_size)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    ULONG value = 0, bytes = 0;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_BLOCK_LENGTH, (UCHAR *)&value, 0xffffffff,
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 4);
    expect_value(value, 16);
}
END_TEST

void property_object_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, no_key_tells_tag_lengths, keys);
    add_rows(tests, a_number_that_is_too_short_is_an_invalid_parameter, short_sizes);
    add_test(tests, a_buffer_may_be_said_to_be_of_any_size);
    add_test(tests, the_structures_have_the_documented_layout);

    tests = ours(suite);
    add_rows(tests, a_key_tells_its_length_and_strength, keys);
    add_test(tests, an_rc2_key_is_as_strong_as_its_effective_length);
    add_rows(tests, a_key_tells_its_block_and_its_object, keys);
    add_rows(tests, a_key_tells_its_mode, keys);
    add_rows(tests, a_key_has_no_other_properties, keys);
    add_rows(tests, keys_without_chain_have_no_iv_to_set, no_vectors);
    add_rows(tests, what_a_key_is_made_with_cannot_be_set, not_set_on_keys);
    add_test(tests, an_algorithm_has_no_iv);
    add_rows(tests, the_extended_flag_shows_in_the_key_lengths, extended);
    add_rows(tests, a_key_of_a_pseudo_handle_tells_the_pseudo_handle, keys);
    add_test(tests, an_algorithm_has_no_provider_handle);
    add_rows(tests, a_hash_object_tells_what_its_algorithm_tells, hashes);
    add_rows(tests, a_hash_object_has_no_other_properties, hashes);
    add_test(tests, a_multi_hash_tells_its_name_and_lengths);
    add_rows(tests, macs_and_xofs_list_no_object_identifiers, without_oid);
    add_rows(tests, a_number_that_is_too_long_is_an_invalid_parameter, long_sizes);
    add_rows(tests, a_read_only_property_is_so_for_any_size, any_sizes);
    add_test(tests, an_iv_of_another_size_leaves_the_chain_value_alone);
    add_test(tests, a_list_may_be_read_to_any_address);
}
