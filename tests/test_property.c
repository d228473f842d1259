/*
 * test_property.c - BCryptGetProperty and BCryptSetProperty: their rules, and who has what.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- properties.md, section 3: the objects ------------------------------------------------ */

static BCRYPT_HANDLE make_aes(void)
{
    return open_algorithm(BCRYPT_AES_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_aes_gcm(void)
{
    return open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM);
}

static BCRYPT_HANDLE make_rc2(void)
{
    return open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_rc4(void)
{
    return open_algorithm(BCRYPT_RC4_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_aes_key(void)
{
    return new_aes_key(128);
}

static BCRYPT_HANDLE make_gcm_key(void)
{
    return new_key(make_aes_gcm(), counting, 16);
}

static BCRYPT_HANDLE make_cfb_key(void)
{
    return new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
}

static BCRYPT_HANDLE make_hash_algorithm(void)
{
    return open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_hmac_algorithm(void)
{
    return open_algorithm(BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
}

static BCRYPT_HANDLE make_multi_algorithm(void)
{
    return open_algorithm(BCRYPT_SHA256_ALGORITHM, BCRYPT_MULTI_FLAG);
}

static BCRYPT_HANDLE make_hash(void)
{
    return new_hash(make_hash_algorithm(), NULL, 0, 0);
}

static BCRYPT_HANDLE make_hmac(void)
{
    return new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 4, 0);
}

static BCRYPT_HANDLE make_rng(void)
{
    return open_algorithm(BCRYPT_RNG_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_rsa(void)
{
    return open_algorithm(BCRYPT_RSA_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_dsa(void)
{
    return open_algorithm(BCRYPT_DSA_ALGORITHM, 0);
}

static BCRYPT_HANDLE make_pseudo_aes_gcm(void)
{
    return BCRYPT_AES_GCM_ALG_HANDLE;
}

static BCRYPT_HANDLE make_pseudo_hash(void)
{
    return BCRYPT_SHA256_ALG_HANDLE;
}

/* What each must answer, and the bytes of the answer. */
static const struct
{
    BCRYPT_HANDLE (*make)(void);
    const WCHAR *property;
    ULONG bytes;
} answers[] =
{
    { make_aes,             BCRYPT_ALGORITHM_NAME,   8 },
    { make_aes,             BCRYPT_OBJECT_LENGTH,    4 },
    { make_aes,             BCRYPT_BLOCK_LENGTH,     4 },
    { make_aes,             BCRYPT_BLOCK_SIZE_LIST,  4 },
    { make_aes,             BCRYPT_KEY_LENGTHS,     12 },
    { make_aes,             BCRYPT_CHAINING_MODE,   64 },
    { make_aes,             BCRYPT_PRIMITIVE_TYPE,   4 },
    { make_aes_gcm,         BCRYPT_CHAINING_MODE,   64 },
    { make_aes_gcm,         BCRYPT_AUTH_TAG_LENGTH, 12 },
    { make_pseudo_aes_gcm,  BCRYPT_AUTH_TAG_LENGTH, 12 },
    { make_pseudo_aes_gcm,  BCRYPT_CHAINING_MODE,   64 },
    { make_pseudo_aes_gcm,  BCRYPT_OBJECT_LENGTH,    4 },
    { make_rc2,             BCRYPT_EFFECTIVE_KEY_LENGTH, 4 },
    { make_rc4,             BCRYPT_OBJECT_LENGTH,    4 },
    { make_rc4,             BCRYPT_BLOCK_LENGTH,     4 },
    { make_rc4,             BCRYPT_KEY_LENGTHS,     12 },
    { make_rc4,             BCRYPT_ALGORITHM_NAME,   8 },
    { make_rc4,             BCRYPT_CHAINING_MODE,   64 },
    { make_aes_key,         BCRYPT_BLOCK_LENGTH,     4 },
    { make_aes_key,         BCRYPT_CHAINING_MODE,   64 },
    { make_aes_key,         BCRYPT_KEY_STRENGTH,     4 },
    { make_aes_key,         BCRYPT_PROVIDER_HANDLE, sizeof(void *) },
    { make_cfb_key,         BCRYPT_MESSAGE_BLOCK_LENGTH, 4 },
    { make_hash_algorithm,  BCRYPT_ALGORITHM_NAME,  14 },
    { make_hash_algorithm,  BCRYPT_OBJECT_LENGTH,    4 },
    { make_hash_algorithm,  BCRYPT_HASH_LENGTH,      4 },
    { make_hash_algorithm,  BCRYPT_HASH_BLOCK_LENGTH, 4 },
    { make_hash_algorithm,  BCRYPT_IS_KEYED_HASH,    4 },
    { make_hash_algorithm,  BCRYPT_IS_REUSABLE_HASH, 4 },
    { make_hash_algorithm,  BCRYPT_PRIMITIVE_TYPE,   4 },
    { make_hmac_algorithm,  BCRYPT_ALGORITHM_NAME,  14 },
    { make_multi_algorithm, BCRYPT_MULTI_OBJECT_LENGTH, 8 },
    { make_pseudo_hash,     BCRYPT_MULTI_OBJECT_LENGTH, 8 },
    { make_pseudo_hash,     BCRYPT_HASH_LENGTH,      4 },
    { make_hash,            BCRYPT_HASH_LENGTH,      4 },
    { make_hash,            BCRYPT_ALGORITHM_NAME,  14 },
    { make_hash,            BCRYPT_PROVIDER_HANDLE, sizeof(void *) },
    { make_hmac,            BCRYPT_HASH_LENGTH,      4 },
    { make_hmac,            BCRYPT_ALGORITHM_NAME,  10 },
    { make_rng,             BCRYPT_ALGORITHM_NAME,   8 },
    { make_rng,             BCRYPT_PRIMITIVE_TYPE,   4 },
    { make_rsa,             BCRYPT_ALGORITHM_NAME,   8 },
    { make_rsa,             BCRYPT_KEY_LENGTHS,     12 },
    { make_rsa,             BCRYPT_PADDING_SCHEMES,  4 },
    { make_rsa,             BCRYPT_PRIMITIVE_TYPE,   4 },
    { make_dsa,             BCRYPT_ALGORITHM_NAME,   8 },
    { make_dsa,             BCRYPT_KEY_LENGTHS,     12 },
    { make_dsa,             BCRYPT_PRIMITIVE_TYPE,   4 },
};

/* --- properties.md, section 1, "BCryptGetProperty" ---------------------------------------- */

START_TEST(a_size_query_says_the_size)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    ULONG bytes = 0xdead, same = 0xdead;

    expect_status(BCryptGetProperty(handle, answers[_i].property, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, answers[_i].bytes);
    expect_status(BCryptGetProperty(handle, answers[_i].property, NULL, 4, &same, 0),
                  STATUS_SUCCESS);
    expect_value(same, answers[_i].bytes);
}
END_TEST

START_TEST(a_buffer_that_is_too_small_is_left_alone)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR buffer[64];
    ULONG bytes, needed;

    for (bytes = 0; bytes < answers[_i].bytes; bytes++)
    {
        needed = 0xdead;
        mark(buffer, sizeof(buffer));
        expect_status(BCryptGetProperty(handle, answers[_i].property, buffer, bytes, &needed, 0),
                      STATUS_BUFFER_TOO_SMALL);
        expect_value(needed, answers[_i].bytes);
        expect_untouched(buffer, sizeof(buffer));
    }
}
END_TEST

START_TEST(a_buffer_that_is_large_enough_is_filled)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR exact[64], large[128];
    ULONG bytes = 0xdead, same = 0xdead;

    mark(large, sizeof(large));
    expect_status(BCryptGetProperty(handle, answers[_i].property, exact, answers[_i].bytes, &bytes,
                                    0), STATUS_SUCCESS);
    expect_value(bytes, answers[_i].bytes);
    expect_status(BCryptGetProperty(handle, answers[_i].property, large, sizeof(large), &same, 0),
                  STATUS_SUCCESS);
    expect_value(same, answers[_i].bytes);
    expect_bytes(large, exact, bytes);
    expect_untouched(large + bytes, sizeof(large) - bytes);
}
END_TEST

START_TEST(a_property_without_name_or_size_is_an_invalid_parameter)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR buffer[64];
    ULONG bytes = 0xdead;

    expect_status(BCryptGetProperty(handle, NULL, buffer, sizeof(buffer), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGetProperty(handle, answers[_i].property, buffer, sizeof(buffer), NULL, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_unknown_property_is_not_supported)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR buffer[64];
    ULONG bytes;

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGetProperty(handle, L"NoSuchProperty", buffer, sizeof(buffer), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptGetProperty(handle, L"", NULL, 0, &bytes, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptGetProperty(handle, L"algorithmname", buffer, sizeof(buffer), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

#ifdef _WIN32
/* The name ends where the page does, or up to 32 characters before; what follows cannot be read. */
START_TEST(a_name_is_compared_to_its_end_and_not_read_beyond)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR *pages = VirtualAlloc(NULL, 2 * 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    size_t length = wcslen(answers[_i].property), shift, i;
    ULONG bytes;
    DWORD old;

    expect_true(VirtualProtect(pages + 4096, 4096, PAGE_NOACCESS, &old));
    for (shift = 0; shift <= 32; shift++)
    {
        WCHAR *name = (WCHAR *)(void *)(pages + 4096) - shift - length - 1;

        wcscpy(name, answers[_i].property);
        expect_status(BCryptGetProperty(handle, name, NULL, 0, &bytes, 0), STATUS_SUCCESS);
        for (i = 0; i < length; i++)
        {
            name[i]++;
            expect_status(BCryptGetProperty(handle, name, NULL, 0, &bytes, 0),
                          STATUS_NOT_SUPPORTED);
            name[i]--;
        }
        wcscpy(--name, answers[_i].property);
        name[length] = '?';
        expect_status(BCryptGetProperty(handle, name, NULL, 0, &bytes, 0), STATUS_NOT_SUPPORTED);
    }
    VirtualFree(pages, 0, MEM_RELEASE);
}
END_TEST
#endif

/* "decided before the size check" */
static const struct
{
    BCRYPT_HANDLE (*make)(void);
    const WCHAR *property;
} unsupported[] =
{
    { make_dsa,            BCRYPT_PADDING_SCHEMES },
    { make_aes,            BCRYPT_AUTH_TAG_LENGTH },
    { make_aes_key,        BCRYPT_AUTH_TAG_LENGTH },
    { make_gcm_key,        BCRYPT_AUTH_TAG_LENGTH },
    { make_rng,            BCRYPT_OBJECT_LENGTH },
    { make_rng,            BCRYPT_HASH_LENGTH },
    { make_hash_algorithm, BCRYPT_MULTI_OBJECT_LENGTH },
};

START_TEST(what_is_not_supported_is_so_for_any_buffer)
{
    BCRYPT_HANDLE handle = unsupported[_i].make();
    UCHAR buffer[64];
    ULONG bytes;

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGetProperty(handle, unsupported[_i].property, NULL, 0, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptGetProperty(handle, unsupported[_i].property, buffer, 1, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptGetProperty(handle, unsupported[_i].property, buffer, 64, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

/* What the tables leave open, or recommend only. */
static const struct
{
    BCRYPT_HANDLE (*make)(void);
    const WCHAR *property;
} not_ours[] =
{
    { make_aes,     BCRYPT_KEY_OBJECT_LENGTH },
    { make_aes,     BCRYPT_KEY_STRENGTH },
    { make_aes,     BCRYPT_MESSAGE_BLOCK_LENGTH },
    { make_aes,     BCRYPT_EFFECTIVE_KEY_LENGTH },
    { make_aes_key, BCRYPT_INITIALIZATION_VECTOR },
    { make_rsa,     BCRYPT_OBJECT_LENGTH },
    { make_dsa,     BCRYPT_OBJECT_LENGTH },
    { make_aes,     BCRYPT_HASH_LENGTH },
    { make_hash,    BCRYPT_BLOCK_LENGTH },
    { make_hash_algorithm, BCRYPT_CHAINING_MODE },
    { make_rng,     BCRYPT_BLOCK_LENGTH },
};

START_TEST(other_properties_are_not_supported)
{
    expect_property(not_ours[_i].make(), not_ours[_i].property, STATUS_NOT_SUPPORTED);
}
END_TEST

static const WCHAR *const names[] =
{
    BCRYPT_OBJECT_LENGTH, BCRYPT_ALGORITHM_NAME, BCRYPT_PROVIDER_HANDLE, BCRYPT_CHAINING_MODE,
    BCRYPT_BLOCK_LENGTH, BCRYPT_KEY_LENGTH, BCRYPT_KEY_OBJECT_LENGTH, BCRYPT_KEY_STRENGTH,
    BCRYPT_KEY_LENGTHS, BCRYPT_BLOCK_SIZE_LIST, BCRYPT_EFFECTIVE_KEY_LENGTH, BCRYPT_HASH_LENGTH,
    BCRYPT_HASH_OID_LIST, BCRYPT_PADDING_SCHEMES, BCRYPT_SIGNATURE_LENGTH,
    BCRYPT_HASH_BLOCK_LENGTH, BCRYPT_AUTH_TAG_LENGTH, BCRYPT_FUNCTION_NAME_STRING,
    BCRYPT_CUSTOMIZATION_STRING, BCRYPT_PRIMITIVE_TYPE, BCRYPT_IS_KEYED_HASH,
    BCRYPT_IS_REUSABLE_HASH, BCRYPT_MESSAGE_BLOCK_LENGTH, BCRYPT_PUBLIC_KEY_LENGTH,
    BCRYPT_PCP_PLATFORM_TYPE_PROPERTY, BCRYPT_PCP_PROVIDER_VERSION_PROPERTY,
    BCRYPT_MULTI_OBJECT_LENGTH, BCRYPT_IS_IFX_TPM_WEAK_KEY, BCRYPT_HKDF_HASH_ALGORITHM,
    BCRYPT_HKDF_SALT_AND_FINALIZE, BCRYPT_HKDF_PRK_AND_FINALIZE, BCRYPT_KEM_SHARED_SECRET_LENGTH,
    BCRYPT_KEM_CIPHERTEXT_LENGTH, BCRYPT_PARAMETER_SET_NAME, BCRYPT_INITIALIZATION_VECTOR,
    BCRYPT_GLOBAL_PARAMETERS, BCRYPT_PRIVATE_KEY, BCRYPT_DH_PARAMETERS, BCRYPT_DSA_PARAMETERS,
    BCRYPT_ECC_PARAMETERS, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NAME_LIST,
};

/* Section 5: "Dump tools query every property on every handle". */
START_TEST(every_property_of_every_object_can_be_asked_for)
{
    BCRYPT_HANDLE handle = answers[_i].make();
    UCHAR buffer[4096];
    ULONG bytes, filled;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        NTSTATUS status = BCryptGetProperty(handle, names[i], NULL, 0, &bytes, 0);

        expect_true(status == STATUS_SUCCESS || status == STATUS_NOT_SUPPORTED);
        expect_status(BCryptGetProperty(handle, names[i], buffer, sizeof(buffer), &filled, 0),
                      status);
        expect_true(status || bytes == filled);
    }
}
END_TEST

/* --- properties.md, section 1, "BCryptSetProperty" ---------------------------------------- */

START_TEST(setting_nothing_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = make_aes();

    expect_status(BCryptSetProperty(algorithm, NULL, (UCHAR *)BCRYPT_CHAIN_MODE_ECB, 32, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, NULL, 32, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

static const struct
{
    BCRYPT_HANDLE (*make)(void);
    const WCHAR *property;
} read_only[] =
{
    { make_aes,            BCRYPT_KEY_LENGTH },
    { make_aes,            BCRYPT_AUTH_TAG_LENGTH },
    { make_aes_gcm,        BCRYPT_AUTH_TAG_LENGTH },
    { make_gcm_key,        BCRYPT_AUTH_TAG_LENGTH },
    { make_aes,            BCRYPT_BLOCK_LENGTH },
    { make_aes,            BCRYPT_OBJECT_LENGTH },
    { make_aes,            BCRYPT_ALGORITHM_NAME },
    { make_aes,            BCRYPT_KEY_LENGTHS },
    { make_aes,            BCRYPT_PRIMITIVE_TYPE },
    { make_aes,            BCRYPT_EFFECTIVE_KEY_LENGTH },
    { make_aes,            L"NoSuchProperty" },
    { make_aes_key,        BCRYPT_KEY_STRENGTH },
    { make_aes_key,        BCRYPT_BLOCK_LENGTH },
    { make_aes_key,        BCRYPT_PROVIDER_HANDLE },
    { make_hash_algorithm, BCRYPT_HASH_LENGTH },
    { make_hash_algorithm, BCRYPT_HASH_OID_LIST },
    { make_hash_algorithm, BCRYPT_IS_KEYED_HASH },
    { make_hash_algorithm, L"NoSuchProperty" },
    { make_hash,           BCRYPT_HASH_LENGTH },
    { make_hash,           L"NoSuchProperty" },
    { make_rng,            BCRYPT_PRIMITIVE_TYPE },
};

START_TEST(setting_what_cannot_be_set_is_not_supported)
{
    ULONG value[4] = { 128, 256, 64, 0 };

    expect_status(BCryptSetProperty(read_only[_i].make(), read_only[_i].property, (UCHAR *)value,
                                    sizeof(value), 0), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_number_of_less_than_four_bytes_is_an_invalid_parameter)
{
    ULONG value = 128;

    expect_status(BCryptSetProperty(make_rc2(), BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&value, 2,
                                    0), STATUS_INVALID_PARAMETER);
    value = 16;
    expect_status(BCryptSetProperty(make_cfb_key(), BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&value,
                                    2, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- properties.md, section 2; symmetric.md, sections 1 and 10: ciphers ------------------- */

static const struct
{
    const WCHAR *id;
    ULONG block_bytes;
    BCRYPT_KEY_LENGTHS_STRUCT bits;
    const WCHAR *mode;
} ciphers[] =
{
    { BCRYPT_AES_ALGORITHM,      16, { 128, 256, 64 }, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_ALGORITHM,      8, { 192, 192,  0 }, BCRYPT_CHAIN_MODE_CBC },
};

/* The same where Windows' numbers are not known for certain. */
static const struct
{
    const WCHAR *id;
    ULONG block_bytes;
    BCRYPT_KEY_LENGTHS_STRUCT bits;
    const WCHAR *mode;
} other_ciphers[] =
{
    { BCRYPT_DES_ALGORITHM,       8, {  64,  64,  0 }, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_112_ALGORITHM,  8, { 128, 128,  0 }, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_DESX_ALGORITHM,      8, { 192, 192,  0 }, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_RC2_ALGORITHM,       8, {  16, 128,  8 }, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_RC4_ALGORITHM,       1, {   8, 512,  8 }, BCRYPT_CHAIN_MODE_NA },
    { BCRYPT_XTS_AES_ALGORITHM,  16, { 256, 512, 128 }, BCRYPT_CHAIN_MODE_NA },
};

static void expect_cipher(const WCHAR *id, ULONG block_bytes, BCRYPT_KEY_LENGTHS_STRUCT expected,
                          const WCHAR *mode)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(id, 0);
    BCRYPT_KEY_LENGTHS_STRUCT bits;
    WCHAR buffer[32];
    ULONG bytes;

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, id);
    expect_value(property_ulong(algorithm, BCRYPT_BLOCK_LENGTH), block_bytes);
    expect_value(property_ulong(algorithm, BCRYPT_BLOCK_SIZE_LIST), block_bytes);
    expect_true(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH) != 0);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&bits, sizeof(bits),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bits.dwMinLength, expected.dwMinLength);
    expect_value(bits.dwMaxLength, expected.dwMaxLength);
    expect_value(bits.dwIncrement, expected.dwIncrement);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)buffer,
                                    sizeof(buffer), &bytes, 0), STATUS_SUCCESS);
    expect_wide(buffer, mode);
}

START_TEST(a_cipher_tells_its_numbers)
{
    expect_cipher(ciphers[_i].id, ciphers[_i].block_bytes, ciphers[_i].bits, ciphers[_i].mode);
}
END_TEST

START_TEST(the_other_ciphers_tell_their_numbers)
{
    expect_cipher(other_ciphers[_i].id, other_ciphers[_i].block_bytes, other_ciphers[_i].bits,
                  other_ciphers[_i].mode);
}
END_TEST

/* "must be readable, programs check a 256-bit key against it" */
START_TEST(chacha20_poly1305_takes_keys_of_256_bits)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_CHACHA20_POLY1305_ALGORITHM, 0);
    BCRYPT_KEY_LENGTHS_STRUCT bits;
    ULONG bytes;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&bits, sizeof(bits),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bits.dwMinLength, 256);
    expect_value(bits.dwMaxLength, 256);
    expect_value(bits.dwIncrement, 0);
}
END_TEST

/* handles.md, "Known fixed sizes that programs pass" */
START_TEST(cipher_objects_are_no_larger_than_programs_assume)
{
    expect_at_most(property_ulong(make_rc4(), BCRYPT_OBJECT_LENGTH), 768);
    expect_at_most(property_ulong(BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_OBJECT_LENGTH), 2048);
    expect_at_most(property_ulong(make_aes(), BCRYPT_OBJECT_LENGTH),
                   property_ulong(make_aes_gcm(), BCRYPT_OBJECT_LENGTH));
}
END_TEST

static const struct
{
    ULONG bits;
} aes_keys[] =
{
    { 128 }, { 192 }, { 256 },
};

START_TEST(a_key_tells_its_strength)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(aes_keys[_i].bits);

    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), aes_keys[_i].bits);
    expect_value(property_ulong(key, BCRYPT_BLOCK_LENGTH), 16);
}
END_TEST

START_TEST(a_key_tells_its_length_and_name)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(aes_keys[_i].bits);

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), aes_keys[_i].bits);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, BCRYPT_AES_ALGORITHM);
}
END_TEST

START_TEST(a_key_and_a_hash_tell_their_algorithm)
{
    BCRYPT_ALG_HANDLE aes = make_aes(), sha256 = make_hash_algorithm(), parent = NULL;
    BCRYPT_KEY_HANDLE key = new_key(aes, counting, 16);
    BCRYPT_HASH_HANDLE hash = new_hash(sha256, NULL, 0, 0);
    ULONG bytes;

    expect_status(BCryptGetProperty(key, BCRYPT_PROVIDER_HANDLE, (UCHAR *)&parent, sizeof(parent),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_pointer(parent, aes);
    expect_status(BCryptGetProperty(hash, BCRYPT_PROVIDER_HANDLE, (UCHAR *)&parent, sizeof(parent),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_pointer(parent, sha256);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_AUTH_TAG_LENGTHS_STRUCT bytes;
} tags[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE,           { 12, 16, 1 } },
    { BCRYPT_AES_CCM_ALG_HANDLE,           {  4, 16, 2 } },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, { 16, 16, 0 } },
};

START_TEST(an_authenticated_cipher_tells_its_tag_lengths)
{
    BCRYPT_AUTH_TAG_LENGTHS_STRUCT lengths;
    ULONG bytes;

    expect_status(BCryptGetProperty(tags[_i].algorithm, BCRYPT_AUTH_TAG_LENGTH, (UCHAR *)&lengths,
                                    sizeof(lengths), &bytes, 0), STATUS_SUCCESS);
    expect_value(lengths.dwMinLength, tags[_i].bytes.dwMinLength);
    expect_value(lengths.dwMaxLength, tags[_i].bytes.dwMaxLength);
    expect_value(lengths.dwIncrement, tags[_i].bytes.dwIncrement);
}
END_TEST

/* --- properties.md, section 2; hash.md, sections 1 and 3: hashes -------------------------- */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG bytes, block_bytes;
    const char *oid;                                /* with its tag and length */
} hashes[] =
{
    { BCRYPT_MD2_ALGORITHM, BCRYPT_MD2_ALG_HANDLE, 16, 16, "06082a864886f70d0202" },
    { BCRYPT_MD4_ALGORITHM, BCRYPT_MD4_ALG_HANDLE, 16, 64, "06082a864886f70d0204" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_MD5_ALG_HANDLE, 16, 64, "06082a864886f70d0205" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_SHA1_ALG_HANDLE, 20, 64, "06052b0e03021a" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA256_ALG_HANDLE, 32, 64, "0609608648016503040201" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA384_ALG_HANDLE, 48, 128, "0609608648016503040202" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA512_ALG_HANDLE, 64, 128, "0609608648016503040203" },
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_SHA3_256_ALG_HANDLE, 32, 136, "0609608648016503040208" },
    { BCRYPT_SHA3_384_ALGORITHM, BCRYPT_SHA3_384_ALG_HANDLE, 48, 104, "0609608648016503040209" },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_SHA3_512_ALG_HANDLE, 64, 72, "060960864801650304020a" },
};

START_TEST(a_hash_tells_its_lengths)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hashes[_i].id, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);

    expect_value(property_ulong(algorithm, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
    expect_value(property_ulong(hashes[_i].pseudo, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
    expect_value(property_ulong(hash, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
    expect_value(property_ulong(algorithm, BCRYPT_HASH_BLOCK_LENGTH), hashes[_i].block_bytes);
    expect_value(property_ulong(hashes[_i].pseudo, BCRYPT_HASH_BLOCK_LENGTH),
                 hashes[_i].block_bytes);
    expect_true(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH) != 0);
    expect_property_wide(hash, BCRYPT_ALGORITHM_NAME, hashes[_i].id);
}
END_TEST

START_TEST(an_hmac_tells_the_bare_hashs_name_and_lengths)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hashes[_i].id, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, "key", 4, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, hashes[_i].id);
    expect_property_wide(hash, BCRYPT_ALGORITHM_NAME, hashes[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
    expect_value(property_ulong(hash, BCRYPT_HASH_LENGTH), hashes[_i].bytes);
}
END_TEST

START_TEST(a_hash_lists_its_object_identifiers)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hashes[_i].id, 0);
    union { BCRYPT_OID_LIST list; UCHAR bytes[256]; } buffer;
    UCHAR oid[32];
    ULONG bytes = 0, needed = 0;
    size_t oid_bytes = unhex(oid, sizeof(oid), hashes[_i].oid);

    oid[oid_bytes] = 0x05;
    oid[oid_bytes + 1] = 0x00;
    expect_status(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, NULL, 0, &needed, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, buffer.bytes, needed - 1,
                                    &bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, buffer.bytes, needed, &bytes,
                                    0), STATUS_SUCCESS);
    expect_value(bytes, needed);
    expect_value(buffer.list.dwOIDCount, 2);
    expect_value(buffer.list.pOIDs[0].cbOID, oid_bytes + 2);
    expect_bytes(buffer.list.pOIDs[0].pbOID, oid, oid_bytes + 2);
    expect_value(buffer.list.pOIDs[1].cbOID, oid_bytes);
    expect_bytes(buffer.list.pOIDs[1].pbOID, oid, oid_bytes);
    expect_true(buffer.list.pOIDs[0].pbOID > buffer.bytes);
    expect_true(buffer.list.pOIDs[1].pbOID + oid_bytes <= buffer.bytes + needed);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG flags, keyed;
} keyed_hashes[] =
{
    { BCRYPT_SHA256_ALGORITHM,    0,                           0 },
    { BCRYPT_SHA3_256_ALGORITHM,  0,                           0 },
    { BCRYPT_CSHAKE128_ALGORITHM, 0,                           0 },
    { BCRYPT_SHA256_ALGORITHM,    BCRYPT_ALG_HANDLE_HMAC_FLAG, 1 },
    { BCRYPT_MD2_ALGORITHM,       BCRYPT_ALG_HANDLE_HMAC_FLAG, 1 },
    { BCRYPT_AES_CMAC_ALGORITHM,  0,                           1 },
    { BCRYPT_AES_GMAC_ALGORITHM,  0,                           1 },
    { BCRYPT_KMAC128_ALGORITHM,   0,                           1 },
    { BCRYPT_KMAC256_ALGORITHM,   0,                           1 },
};

START_TEST(a_hash_tells_whether_it_takes_a_secret)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(keyed_hashes[_i].id, keyed_hashes[_i].flags);

    expect_value(property_ulong(algorithm, BCRYPT_IS_KEYED_HASH), keyed_hashes[_i].keyed);
}
END_TEST

static const struct
{
    ULONG flags, reusable;
} reusable_hashes[] =
{
    { 0, 0 }, { BCRYPT_HASH_REUSABLE_FLAG, 1 },
};

START_TEST(a_hash_tells_whether_it_is_reusable)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM,
                                                 reusable_hashes[_i].flags);

    expect_value(property_ulong(algorithm, BCRYPT_IS_REUSABLE_HASH), reusable_hashes[_i].reusable);
    expect_value(property_ulong(BCRYPT_SHA256_ALG_HANDLE, BCRYPT_IS_REUSABLE_HASH), 1);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes, block_bytes;
} macs_and_xofs[] =
{
    { BCRYPT_AES_CMAC_ALG_HANDLE,  16,  16 }, { BCRYPT_AES_GMAC_ALG_HANDLE,  16,  16 },
    { BCRYPT_SHAKE128_ALG_HANDLE,  32, 168 }, { BCRYPT_SHAKE256_ALG_HANDLE,  64, 136 },
    { BCRYPT_CSHAKE128_ALG_HANDLE, 32, 168 }, { BCRYPT_CSHAKE256_ALG_HANDLE, 64, 136 },
    { BCRYPT_KMAC128_ALG_HANDLE,   32, 168 }, { BCRYPT_KMAC256_ALG_HANDLE,   64, 136 },
};

START_TEST(macs_and_xofs_tell_their_lengths)
{
    expect_value(property_ulong(macs_and_xofs[_i].algorithm, BCRYPT_HASH_LENGTH),
                 macs_and_xofs[_i].bytes);
    expect_value(property_ulong(macs_and_xofs[_i].algorithm, BCRYPT_HASH_BLOCK_LENGTH),
                 macs_and_xofs[_i].block_bytes);
}
END_TEST

START_TEST(rsa_tells_its_padding_schemes)
{
    expect_true(property_ulong(make_rsa(), BCRYPT_PADDING_SCHEMES) != 0);
}
END_TEST

void property_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_size_query_says_the_size, answers);
    add_rows(tests, a_buffer_that_is_too_small_is_left_alone, answers);
    add_rows(tests, a_buffer_that_is_large_enough_is_filled, answers);
    add_rows(tests, a_property_without_name_or_size_is_an_invalid_parameter, answers);
    add_rows(tests, an_unknown_property_is_not_supported, answers);
#ifdef _WIN32
    add_rows(tests, a_name_is_compared_to_its_end_and_not_read_beyond, answers);
#endif
    add_rows(tests, what_is_not_supported_is_so_for_any_buffer, unsupported);
    add_rows(tests, every_property_of_every_object_can_be_asked_for, answers);
    add_test(tests, setting_nothing_is_an_invalid_parameter);
    add_rows(tests, setting_what_cannot_be_set_is_not_supported, read_only);
    add_test(tests, a_number_of_less_than_four_bytes_is_an_invalid_parameter);
    add_rows(tests, a_cipher_tells_its_numbers, ciphers);
    add_test(tests, chacha20_poly1305_takes_keys_of_256_bits);
    add_test(tests, cipher_objects_are_no_larger_than_programs_assume);
    add_rows(tests, a_key_tells_its_strength, aes_keys);
    add_test(tests, a_key_and_a_hash_tell_their_algorithm);
    add_rows(tests, a_hash_tells_its_lengths, hashes);
    add_rows(tests, an_hmac_tells_the_bare_hashs_name_and_lengths, hashes);
    add_rows(tests, a_hash_lists_its_object_identifiers, hashes);
    add_rows(tests, a_hash_tells_whether_it_takes_a_secret, keyed_hashes);
    add_rows(tests, a_hash_tells_whether_it_is_reusable, reusable_hashes);
    add_test(tests, rsa_tells_its_padding_schemes);

    tests = ours(suite);
    add_rows(tests, other_properties_are_not_supported, not_ours);
    add_rows(tests, the_other_ciphers_tell_their_numbers, other_ciphers);
    add_rows(tests, a_key_tells_its_length_and_name, aes_keys);
    add_rows(tests, an_authenticated_cipher_tells_its_tag_lengths, tags);
    add_rows(tests, macs_and_xofs_tell_their_lengths, macs_and_xofs);
}
