/*
 * test_xof.c - SHAKE, cSHAKE and KMAC: output of any length, function names and customization.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define SQUEEZE BCRYPT_HASH_DONT_RESET_FLAG
#define EMAIL "Email Signature"
#define TAGGED "My Tagged Application"

static BCRYPT_HASH_HANDLE new_xof(BCRYPT_ALG_HANDLE algorithm, const char *key, ULONG key_bytes,
                                  const char *name, const char *customization)
{
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, key, key_bytes, 0);

    if (name)
    {
        expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)name,
                                        (ULONG)strlen(name), 0), STATUS_SUCCESS);
    }
    if (customization)
    {
        expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)customization,
                                        (ULONG)strlen(customization), 0), STATUS_SUCCESS);
    }
    return hash;
}

/* --- hash.md, section 5: squeezing -------------------------------------------------------- */

#define SHAKE128_ABC \
    "5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8" \
    "44c50af32acd3f2cdd066568706f509bc1bdde58295dae3f891a9a0fca578378"
#define SHAKE256_ABC \
    "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739" \
    "d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4"

/* FIPS 202, "abc"; cSHAKE without name and customization is SHAKE (SP 800-185, section 3.3). */
static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG default_bytes;
    const char *output, *far_output;                /* bytes 0 to 63, and 368 to 399 */
} shakes[] =
{
    { BCRYPT_SHAKE128_ALGORITHM, BCRYPT_SHAKE128_ALG_HANDLE, 32, SHAKE128_ABC,
      "35d6dbb75651b284076f5fde47b4a0586ee173e30bd4d08f2bc59c6114bdd745" },
    { BCRYPT_SHAKE256_ALGORITHM, BCRYPT_SHAKE256_ALG_HANDLE, 64, SHAKE256_ABC,
      "f2abbd26edad1553ea3a626f359e8f79ade16384e151755c47e822fc74c5d710" },
    { BCRYPT_CSHAKE128_ALGORITHM, BCRYPT_CSHAKE128_ALG_HANDLE, 32, SHAKE128_ABC,
      "35d6dbb75651b284076f5fde47b4a0586ee173e30bd4d08f2bc59c6114bdd745" },
    { BCRYPT_CSHAKE256_ALGORITHM, BCRYPT_CSHAKE256_ALG_HANDLE, 64, SHAKE256_ABC,
      "f2abbd26edad1553ea3a626f359e8f79ade16384e151755c47e822fc74c5d710" },
};

START_TEST(shake_gives_the_published_output)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(shakes[_i].id, 0);

    expect_digest(algorithm, NULL, 0, "abc", 3, shakes[_i].output);
    expect_digest(shakes[_i].pseudo, NULL, 0, "abc", 3, shakes[_i].output);
}
END_TEST

static const struct
{
    ULONG bytes;
} pieces[] =
{
    { 1 }, { 7 }, { 8 }, { 64 }, { 136 }, { 168 }, { 200 }, { 400 },
};

START_TEST(squeezing_in_any_pieces_gives_one_stream)
{
    UCHAR output[400];
    ULONG i, at, now;

    for (i = 0; i < ARRAY_SIZE(pieces); i++)
    {
        BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);

        expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
        for (at = 0; at < sizeof(output); at += now)
        {
            now = sizeof(output) - at < pieces[i].bytes ? sizeof(output) - at : pieces[i].bytes;
            expect_status(BCryptFinishHash(hash, output + at, now, SQUEEZE), STATUS_SUCCESS);
        }
        expect_hex(output, 64, shakes[_i].output);
        expect_hex(output + 368, 32, shakes[_i].far_output);
        expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(hashing_at_once_gives_any_length)
{
    UCHAR output[400];

    expect_status(BCryptHash(shakes[_i].pseudo, NULL, 0, (UCHAR *)"abc", 3, output, 400),
                  STATUS_SUCCESS);
    expect_hex(output + 368, 32, shakes[_i].far_output);
    expect_status(BCryptHash(shakes[_i].pseudo, NULL, 0, (UCHAR *)"abc", 3, output, 64),
                  STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

START_TEST(no_more_data_is_taken_while_squeezing)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 10, SQUEEZE), STATUS_SUCCESS);
    expect_refused(BCryptHashData(hash, (UCHAR *)"d", 1, 0));
    expect_status(BCryptFinishHash(hash, output + 10, 54, SQUEEZE), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

/* "error; Go treats any failure as fatal" */
START_TEST(data_while_squeezing_is_an_invalid_handle)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptFinishHash(hash, output, 10, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"d", 1, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

/* "works both from absorbing and squeezing state" */
START_TEST(finishing_before_the_squeezing_starts_again_too)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"rubbish", 7, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 64, 0), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

/* Section 2: without the reusable flag the last call ends the hash; squeezing does not. */
START_TEST(a_hash_that_is_not_reusable_squeezes_and_ends)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(shakes[_i].id, 0), NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 20, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output + 20, 24, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output + 44, 20, 0), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
    expect_status(BCryptFinishHash(hash, output, 1, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(hash, output, 1, SQUEEZE), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(finishing_ends_the_squeezing_and_starts_again)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"rubbish", 7, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 40, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 64, SQUEEZE), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

START_TEST(finishing_while_squeezing_goes_on_with_the_stream)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 20, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output + 20, 44, 0), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

START_TEST(finishing_without_output_starts_again)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"rubbish", 7, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 64, 0), STATUS_SUCCESS);
    expect_hex(output, 64, shakes[_i].output);
}
END_TEST

START_TEST(a_duplicate_squeezes_on_from_where_it_was_taken)
{
    BCRYPT_HASH_HANDLE hash = new_hash(shakes[_i].pseudo, NULL, 0, 0), duplicate;
    UCHAR first[64], second[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, first, 20, SQUEEZE), STATUS_SUCCESS);
    memcpy(second, first, 20);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, first + 20, 44, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, second + 20, 44, SQUEEZE), STATUS_SUCCESS);
    expect_hex(first, 64, shakes[_i].output);
    expect_hex(second, 64, shakes[_i].output);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(shake_has_the_length_of_full_security)
{
    expect_value(property_ulong(shakes[_i].pseudo, BCRYPT_HASH_LENGTH), shakes[_i].default_bytes);
}
END_TEST

/* --- hash.md, section 5: names and customization ------------------------------------------ */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *name, *customization;
    ULONG message_bytes, bytes;                     /* the message is 00 01 02 ... */
    const char *output;
} cshakes[] =
{
    /* NIST's cSHAKE samples 1 to 4 */
    { BCRYPT_CSHAKE128_ALG_HANDLE, NULL, EMAIL, 4, 32,
      "c1c36925b6409a04f1b504fcbca9d82b4017277cb5ed2b2065fc1d3814d5aaf5" },
    { BCRYPT_CSHAKE128_ALG_HANDLE, "", EMAIL, 200, 32,
      "c5221d50e4f822d96a2e8881a961420f294b7b24fe3d2094baed2c6524cc166b" },
    { BCRYPT_CSHAKE256_ALG_HANDLE, NULL, EMAIL, 4, 64,
      "d008828e2b80ac9d2218ffee1d070c48b8e4c87bff32c9699d5b6896eee0edd1"
      "64020e2be0560858d9c00c037e34a96937c561a74c412bb4c746469527281c8c" },
    { BCRYPT_CSHAKE256_ALG_HANDLE, "", EMAIL, 200, 64,
      "07dc27b11e51fbac75bc7b3c1d983e8b4b85fb1defaf218912ac864302730917"
      "27f42b17ed1df63e8ec118f04b23633c1dfb1574c8fb55cb45da8e25afb092bb" },
};

START_TEST(cshake_gives_the_published_output)
{
    BCRYPT_HASH_HANDLE hash = new_xof(cshakes[_i].algorithm, NULL, 0, cshakes[_i].name,
                                      cshakes[_i].customization);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)counting, cshakes[_i].message_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, cshakes[_i].bytes, 0), STATUS_SUCCESS);
    expect_hex(output, cshakes[_i].bytes, cshakes[_i].output);
}
END_TEST

#define NAMED_ABC "03b398d86323df14e9794fcee78cb9516e8d245e61b1fd9dbe26242fc03a4ca7"

START_TEST(a_function_name_counts)                 /* by an independent Keccak in Python */
{
    BCRYPT_HASH_HANDLE hash = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, "function", "custom");
    UCHAR output[32];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_hex(output, 32, NAMED_ABC);
}
END_TEST

START_TEST(name_and_customization_persist_over_a_reset)
{
    BCRYPT_HASH_HANDLE hash = new_xof(cshakes[_i].algorithm, NULL, 0, cshakes[_i].name,
                                      cshakes[_i].customization);
    UCHAR output[64];
    int i;

    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)counting, cshakes[_i].message_bytes, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, output, cshakes[_i].bytes, SQUEEZE), STATUS_SUCCESS);
        expect_hex(output, cshakes[_i].bytes, cshakes[_i].output);
        expect_status(BCryptFinishHash(hash, output, 1, 0), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_duplicate_keeps_name_and_customization)
{
    BCRYPT_HASH_HANDLE hash = new_xof(cshakes[_i].algorithm, NULL, 0, cshakes[_i].name,
                                      cshakes[_i].customization), duplicate;
    UCHAR output[64];

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, output, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(duplicate, (UCHAR *)counting, cshakes[_i].message_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, output, cshakes[_i].bytes, 0), STATUS_SUCCESS);
    expect_hex(output, cshakes[_i].bytes, cshakes[_i].output);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

/* 500 bytes, the numbers from 0 to 249 twice: longer than the rate. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *output;
} long_customizations[] =
{
    { BCRYPT_CSHAKE128_ALG_HANDLE,
      "ebe153ec1c38ae2949d1e332d48e9afd17d1adad9d0986ad7380a44945200804" },
    { BCRYPT_CSHAKE256_ALG_HANDLE,
      "68897aa75953825543fc1d83df6f7e63fb530fd03d3a27b977b69c94f359d6b8" },
};

START_TEST(a_customization_may_be_longer_than_the_rate)
{
    BCRYPT_HASH_HANDLE hash = new_hash(long_customizations[_i].algorithm, NULL, 0, 0);
    UCHAR customization[500], output[32];

    memcpy(customization, counting, 250);
    memcpy(customization + 250, counting, 250);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, customization, 500, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_hex(output, 32, long_customizations[_i].output);
}
END_TEST

/* Persisting, and going along with a duplicate, as the customization does. */
START_TEST(a_function_name_persists_and_is_duplicated)
{
    BCRYPT_HASH_HANDLE hash = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, "function", "custom");
    BCRYPT_HASH_HANDLE duplicate = NULL;
    UCHAR output[32];
    int i;

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(duplicate);
    for (i = 0; i < 2; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
        expect_hex(output, 32, NAMED_ABC);
    }
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    for (i = 0; i < 2; i++)
    {
        expect_status(BCryptHashData(duplicate, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(duplicate, output, 32, 0), STATUS_SUCCESS);
        expect_hex(output, 32, NAMED_ABC);
    }
}
END_TEST

START_TEST(a_name_or_customization_set_twice_is_the_second)
{
    BCRYPT_HASH_HANDLE hash = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, "another name",
                                      "another customization");
    UCHAR output[32];

    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"custom", 6, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"function", 8, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_hex(output, 32, NAMED_ABC);
}
END_TEST

/* What is set on a duplicate joins what it took along. */
START_TEST(a_duplicates_name_goes_with_the_copied_customization)
{
    BCRYPT_HASH_HANDLE named = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, "function", NULL);
    BCRYPT_HASH_HANDLE customized = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, NULL, "custom");
    BCRYPT_HASH_HANDLE first = NULL, second = NULL;
    UCHAR output[32];

    expect_status(BCryptDuplicateHash(named, &first, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(first);
    expect_status(BCryptSetProperty(first, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"custom", 6, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(first, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(first, output, 32, 0), STATUS_SUCCESS);
    expect_hex(output, 32, NAMED_ABC);
    expect_status(BCryptDuplicateHash(customized, &second, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(second);
    expect_status(BCryptSetProperty(second, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"function", 8, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(second, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(second, output, 32, 0), STATUS_SUCCESS);
    expect_hex(output, 32, NAMED_ABC);
}
END_TEST

/* After the reset of a message they can be set anew, and be taken away. */
START_TEST(a_name_or_customization_can_be_taken_away)
{
    BCRYPT_HASH_HANDLE hash = new_xof(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, "function", "custom");
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"", 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"", 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 64, 0), STATUS_SUCCESS);
    expect_hex(output, 64, SHAKE128_ABC);
}
END_TEST

/* "raw bytes, exactly cbInput long (no NUL handling)" */
static void expect_customized(const char *customization, ULONG bytes, const UCHAR *other)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, 0);
    UCHAR output[32];

    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)customization,
                                    bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_different(output, other, 32);
}

START_TEST(a_customization_is_bytes_and_not_a_string)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, 0);
    UCHAR output[32];

    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"a\0b", 3, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_customized("a", 1, output);
    expect_customized("a\0", 2, output);
    expect_customized("a\0c", 3, output);
    expect_customized("a\0b\0", 4, output);
}
END_TEST

/* "INVALID_PARAMETER / INVALID_HANDLE" */
START_TEST(names_of_a_finished_hash_are_an_invalid_handle)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_CSHAKE128_ALGORITHM, 0), NULL, 0, 0);
    UCHAR output[32];

    expect_status(BCryptFinishHash(hash, output, 32, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(names_while_squeezing_are_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, 0);
    UCHAR output[32];

    expect_status(BCryptFinishHash(hash, output, 32, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* "INVALID_PARAMETER / INVALID_HANDLE" */
START_TEST(customization_after_data_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, 0);
    UCHAR output[64];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, output, 64, 0), STATUS_SUCCESS);
    expect_hex(output, 64, SHAKE128_ABC);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *property;
} no_strings[] =
{
    { BCRYPT_SHAKE128_ALG_HANDLE, BCRYPT_CUSTOMIZATION_STRING },
    { BCRYPT_SHAKE256_ALG_HANDLE, BCRYPT_FUNCTION_NAME_STRING },
    { BCRYPT_SHA256_ALG_HANDLE,   BCRYPT_CUSTOMIZATION_STRING },
    { BCRYPT_SHA3_256_ALG_HANDLE, BCRYPT_FUNCTION_NAME_STRING },
};

START_TEST(other_hashes_have_no_names_and_customization)
{
    BCRYPT_HASH_HANDLE hash = new_hash(no_strings[_i].algorithm, NULL, 0, 0);

    expect_status(BCryptSetProperty(hash, no_strings[_i].property, (UCHAR *)"x", 1, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- hash.md, section 5: KMAC ------------------------------------------------------------- */

#define KMAC_KEY "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"          /* 40 41 ... 5f */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    const char *customization;
    ULONG message_bytes, bytes;
    const char *mac, *stream;                       /* KMAC and KMACXOF */
} kmacs[] =
{
    /* NIST's KMAC and KMACXOF samples 1 to 6 */
    { BCRYPT_KMAC128_ALGORITHM, BCRYPT_KMAC128_ALG_HANDLE, NULL, 4, 32,
      "e5780b0d3ea6f7d3a429c5706aa43a00fadbd7d49628839e3187243f456ee14e",
      "cd83740bbd92ccc8cf032b1481a0f4460e7ca9dd12b08a0c4031178bacd6ec35" },
    { BCRYPT_KMAC128_ALGORITHM, BCRYPT_KMAC128_ALG_HANDLE, TAGGED, 4, 32,
      "3b1fba963cd8b0b59e8c1a6d71888b7143651af8ba0a7070c0979e2811324aa5",
      "31a44527b4ed9f5c6101d11de6d26f0620aa5c341def41299657fe9df1a3b16c" },
    { BCRYPT_KMAC128_ALGORITHM, BCRYPT_KMAC128_ALG_HANDLE, TAGGED, 200, 32,
      "1f5b4e6cca02209e0dcb5ca635b89a15e271ecc760071dfd805faa38f9729230",
      "47026c7cd793084aa0283c253ef658490c0db61438b8326fe9bddf281b83ae0f" },
    { BCRYPT_KMAC256_ALGORITHM, BCRYPT_KMAC256_ALG_HANDLE, TAGGED, 4, 64,
      "20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7"
      "f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd",
      "1755133f1534752aad0748f2c706fb5c784512cab835cd15676b16c0c6647fa9"
      "6faa7af634a0bf8ff6df39374fa00fad9a39e322a7c92065a64eb1fb0801eb2b" },
    { BCRYPT_KMAC256_ALGORITHM, BCRYPT_KMAC256_ALG_HANDLE, NULL, 200, 64,
      "75358cf39e41494e949707927cee0af20a3ff553904c86b08f21cc414bcfd691"
      "589d27cf5e15369cbbff8b9a4c2eb17800855d0235ff635da82533ec6b759b69",
      "ff7b171f1e8a2b24683eed37830ee797538ba8dc563f6da1e667391a75edc02c"
      "a633079f81ce12a25f45615ec89972031d18337331d24ceb8f8ca8e6a19fd98b" },
    { BCRYPT_KMAC256_ALGORITHM, BCRYPT_KMAC256_ALG_HANDLE, TAGGED, 200, 64,
      "b58618f71f92e1d56c1b8c55ddd7cd188b97b4ca4d99831eb2699a837da2e4d9"
      "70fbacfde50033aea585f1a2708510c32d07880801bd182898fe476876fc8965",
      "d5be731c954ed7732846bb59dbe3a8e30f83e77a4bff4459f2f1c2b4ecebb8ce"
      "67ba01c62e8ab8578d2d499bd1bb276768781190020a306a97de281dcc30305d" },
};

START_TEST(kmac_gives_the_published_codes)
{
    BCRYPT_HASH_HANDLE hash = new_xof(kmacs[_i].pseudo, KMAC_KEY, 32, NULL,
                                      kmacs[_i].customization);
    UCHAR mac[64];
    int i;

    for (i = 0; i < 2; i++)                         /* the second time after the automatic reset */
    {
        expect_status(BCryptHashData(hash, (UCHAR *)counting, kmacs[_i].message_bytes, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, mac, kmacs[_i].bytes, 0), STATUS_SUCCESS);
        expect_hex(mac, kmacs[_i].bytes, kmacs[_i].mac);
    }
}
END_TEST

START_TEST(kmac_of_a_real_handle_gives_the_published_codes)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kmacs[_i].id, 0);
    BCRYPT_HASH_HANDLE hash = new_xof(algorithm, KMAC_KEY, 32, NULL, kmacs[_i].customization);
    UCHAR mac[64];

    expect_status(BCryptHashData(hash, (UCHAR *)counting, kmacs[_i].message_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, kmacs[_i].bytes, 0), STATUS_SUCCESS);
    expect_hex(mac, kmacs[_i].bytes, kmacs[_i].mac);
}
END_TEST

START_TEST(squeezing_a_kmac_makes_it_kmacxof)
{
    BCRYPT_HASH_HANDLE hash = new_xof(kmacs[_i].pseudo, KMAC_KEY, 32, NULL,
                                      kmacs[_i].customization);
    UCHAR stream[64];

    expect_status(BCryptHashData(hash, (UCHAR *)counting, kmacs[_i].message_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, stream, 11, SQUEEZE), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, stream + 11, kmacs[_i].bytes - 11, SQUEEZE),
                  STATUS_SUCCESS);
    expect_hex(stream, kmacs[_i].bytes, kmacs[_i].stream);

    expect_status(BCryptFinishHash(hash, stream, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, kmacs[_i].message_bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, stream, kmacs[_i].bytes, 0), STATUS_SUCCESS);
    expect_hex(stream, kmacs[_i].bytes, kmacs[_i].mac);
}
END_TEST

/* A duplicate of a KMAC has its key, its customization and its message so far. */
START_TEST(a_duplicated_kmac_is_the_same)
{
    BCRYPT_HASH_HANDLE hash = new_xof(kmacs[_i].pseudo, KMAC_KEY, 32, NULL,
                                      kmacs[_i].customization), duplicate = NULL;
    UCHAR mac[64];
    int i;

    expect_status(BCryptHashData(hash, (UCHAR *)counting, 3, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(duplicate);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptHashData(duplicate, (UCHAR *)counting + 3, kmacs[_i].message_bytes - 3, 0),
                  STATUS_SUCCESS);
    for (i = 0; i < 2; i++)
    {
        expect_status(BCryptFinishHash(duplicate, mac, kmacs[_i].bytes, 0), STATUS_SUCCESS);
        expect_hex(mac, kmacs[_i].bytes, kmacs[_i].mac);
        expect_status(BCryptHashData(duplicate, (UCHAR *)counting, kmacs[_i].message_bytes, 0),
                      STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_duplicates_customization_goes_with_the_copied_key)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_KMAC128_ALG_HANDLE, KMAC_KEY, 32, 0), copy = NULL;
    UCHAR mac[32];

    expect_status(BCryptDuplicateHash(hash, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(copy);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(copy, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)TAGGED,
                                    sizeof(TAGGED) - 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(copy, (UCHAR *)counting, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(copy, mac, 32, 0), STATUS_SUCCESS);
    expect_hex(mac, 32, kmacs[1].mac);
}
END_TEST

START_TEST(a_kmac_customized_twice_has_the_second)
{
    BCRYPT_HASH_HANDLE hash = new_xof(BCRYPT_KMAC128_ALG_HANDLE, KMAC_KEY, 32, NULL, "another");
    UCHAR mac[32];

    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)TAGGED,
                                    sizeof(TAGGED) - 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, 32, 0), STATUS_SUCCESS);
    expect_hex(mac, 32, kmacs[1].mac);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"", 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 4, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, mac, 32, 0), STATUS_SUCCESS);
    expect_hex(mac, 32, kmacs[0].mac);
}
END_TEST

START_TEST(a_kmacs_length_changes_all_of_it)
{
    UCHAR mac[16];

    expect_status(BCryptHash(BCRYPT_KMAC128_ALG_HANDLE, (UCHAR *)KMAC_KEY, 32, (UCHAR *)counting, 4,
                             mac, 16), STATUS_SUCCESS);
    expect_hex(mac, 16, "a23543cf6ade5db704d2c30f154bc63d");
}
END_TEST

START_TEST(a_kmac_key_may_be_longer_than_the_rate)
{
    UCHAR key[500];

    memcpy(key, counting, 250);
    memcpy(key + 250, counting, 250);
    expect_digest(BCRYPT_KMAC128_ALG_HANDLE, key, sizeof(key), "abc", 3,
                  "0aa1b17b350d871c0e5c29df50f31e4debb136d29a033a53a3607a4a17bc11f7");
}
END_TEST

START_TEST(a_kmac_key_may_be_empty)
{
    expect_digest(BCRYPT_KMAC128_ALG_HANDLE, "", 0, "abc", 3,
                  "bad8c820c19c56d72b2dd4955b9bfab692d925dad1b6a65075ba60fd6f739e4a");
    expect_digest(BCRYPT_KMAC256_ALG_HANDLE, "", 0, "abc", 3,
                  "a29daa0f7353b796ec10ccbcd3d52a0c2838a9266018aaf11ddba167e9d375e1"
                  "0858d9f8e6ab182136a08ee0eb0023d4832aaca807254b96927c9214934c6efc");
}
END_TEST

START_TEST(a_kmac_has_no_function_name)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_KMAC128_ALG_HANDLE, KMAC_KEY, 32, 0);

    expect_status(BCryptSetProperty(hash, BCRYPT_FUNCTION_NAME_STRING, (UCHAR *)"x", 1, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

void xof_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, shake_gives_the_published_output, shakes);
    add_rows(tests, squeezing_in_any_pieces_gives_one_stream, shakes);
    add_rows(tests, hashing_at_once_gives_any_length, shakes);
    add_rows(tests, no_more_data_is_taken_while_squeezing, shakes);
    add_rows(tests, finishing_ends_the_squeezing_and_starts_again, shakes);
    add_rows(tests, finishing_while_squeezing_goes_on_with_the_stream, shakes);
    add_rows(tests, finishing_without_output_starts_again, shakes);
    add_rows(tests, cshake_gives_the_published_output, cshakes);
    add_test(tests, a_function_name_counts);
    add_rows(tests, name_and_customization_persist_over_a_reset, cshakes);
    add_rows(tests, a_duplicate_keeps_name_and_customization, cshakes);
    add_rows(tests, a_customization_may_be_longer_than_the_rate, long_customizations);
    add_rows(tests, kmac_gives_the_published_codes, kmacs);
    add_rows(tests, kmac_of_a_real_handle_gives_the_published_codes, kmacs);
    add_rows(tests, squeezing_a_kmac_makes_it_kmacxof, kmacs);
    add_test(tests, a_kmac_key_may_be_longer_than_the_rate);
    add_test(tests, a_function_name_persists_and_is_duplicated);
    add_test(tests, a_customization_is_bytes_and_not_a_string);
    add_rows(tests, finishing_before_the_squeezing_starts_again_too, shakes);
    add_rows(tests, a_duplicated_kmac_is_the_same, kmacs);

    tests = ours(suite);
    add_rows(tests, a_duplicate_squeezes_on_from_where_it_was_taken, shakes);
    add_rows(tests, shake_has_the_length_of_full_security, shakes);
    add_test(tests, customization_after_data_is_an_invalid_parameter);
    add_rows(tests, other_hashes_have_no_names_and_customization, no_strings);
    add_test(tests, a_kmacs_length_changes_all_of_it);
    add_test(tests, a_kmac_key_may_be_empty);
    add_test(tests, a_kmac_has_no_function_name);
    add_test(tests, a_name_or_customization_set_twice_is_the_second);
    add_test(tests, a_name_or_customization_can_be_taken_away);
    add_test(tests, names_of_a_finished_hash_are_an_invalid_handle);
    add_test(tests, names_while_squeezing_are_an_invalid_parameter);
    add_rows(tests, data_while_squeezing_is_an_invalid_handle, shakes);
    add_rows(tests, a_hash_that_is_not_reusable_squeezes_and_ends, shakes);
    add_test(tests, a_kmac_customized_twice_has_the_second);
    add_test(tests, a_duplicates_name_goes_with_the_copied_customization);
    add_test(tests, a_duplicates_customization_goes_with_the_copied_key);
}
