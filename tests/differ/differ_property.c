/*
 * differ_property.c - every property of every object, and what there is.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

/* What a value is like: the same with all, or the DLL's own affair. */
enum value { SAME, OWN };

static const struct { LPCWSTR name; enum value value;
} properties[] = {
    { BCRYPT_OBJECT_LENGTH, OWN },      { BCRYPT_ALGORITHM_NAME, SAME },
    { BCRYPT_CHAINING_MODE, SAME },     { BCRYPT_BLOCK_LENGTH, SAME },
    { BCRYPT_KEY_LENGTH, SAME },        { BCRYPT_KEY_STRENGTH, SAME },
    { BCRYPT_KEY_LENGTHS, SAME },       { BCRYPT_BLOCK_SIZE_LIST, SAME },
    { BCRYPT_HASH_LENGTH, SAME },       { BCRYPT_EFFECTIVE_KEY_LENGTH, SAME },
    { BCRYPT_PADDING_SCHEMES, SAME },   { BCRYPT_SIGNATURE_LENGTH, SAME },
    { BCRYPT_HASH_BLOCK_LENGTH, SAME }, { BCRYPT_AUTH_TAG_LENGTH, SAME },
    { BCRYPT_PRIMITIVE_TYPE, SAME },    { BCRYPT_IS_KEYED_HASH, SAME },
    { BCRYPT_IS_REUSABLE_HASH, SAME },  { BCRYPT_MESSAGE_BLOCK_LENGTH, SAME },
    { BCRYPT_PUBLIC_KEY_LENGTH, SAME },
};

static const struct { LPCWSTR id; ULONG flags; LPCWSTR mode; ULONG key_bytes; } algorithms[] =
{
    { BCRYPT_MD2_ALGORITHM, 0, NULL, 0 }, { BCRYPT_MD4_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_MD5_ALGORITHM, 0, NULL, 0 }, { BCRYPT_SHA1_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_SHA256_ALGORITHM, 0, NULL, 0 }, { BCRYPT_SHA384_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_SHA512_ALGORITHM, 0, NULL, 0 }, { BCRYPT_SHA3_256_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_SHAKE128_ALGORITHM, 0, NULL, 0 }, { BCRYPT_AES_CMAC_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, NULL, 0 },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, NULL, 0 },
    { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_ECB, 16 },
    { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC, 24 },
    { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CFB, 32 },
    { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_GCM, 32 },
    { BCRYPT_AES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CCM, 16 },
    { BCRYPT_3DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC, 24 },
    { BCRYPT_DES_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC, 8 },
    { BCRYPT_RC2_ALGORITHM, 0, BCRYPT_CHAIN_MODE_CBC, 16 }, { BCRYPT_RC4_ALGORITHM, 0, NULL, 16 },
    { BCRYPT_RSA_ALGORITHM, 0, NULL, 0 }, { BCRYPT_DSA_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_DH_ALGORITHM, 0, NULL, 0 }, { BCRYPT_ECDSA_P256_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_ECDSA_P384_ALGORITHM, 0, NULL, 0 }, { BCRYPT_ECDH_P256_ALGORITHM, 0, NULL, 0 },
    { BCRYPT_RNG_ALGORITHM, 0, NULL, 0 }, { BCRYPT_PBKDF2_ALGORITHM, 0, NULL, 0 },
};

/* A size query, a buffer that is too small, and the value, if that is the same with all. */
void see_value(struct dice *dice, void *handle, LPCWSTR name, bool is_own)
{
    UCHAR value[2000];
    ULONG size = 0;
    NTSTATUS status;

    status = did("size query", cng->BCryptGetProperty(handle, name, NULL, 0, &size, 0));
    if (!is_own && (!status || status == STATUS_BUFFER_TOO_SMALL)) saw_number("size", size);
    status = did("small buffer",
                 cng->BCryptGetProperty(handle, name, value, dice_below(dice, 4), &size, 0));
    if (!is_own && status == STATUS_BUFFER_TOO_SMALL) saw_number("size that is wanted", size);
    status = MAY(BCryptGetProperty, handle, name, value, sizeof(value), &size, 0);
    if (!status && !is_own) saw_bytes("value", value, size);
}

void see_property(struct dice *dice, void *handle, size_t number)
{
    see_value(dice, handle, properties[number].name, properties[number].value == OWN);
}

size_t any_property(struct dice *dice, char *name, size_t size)
{
    size_t number = dice_below(dice, ARRAY_SIZE(properties));

    snprintf(name, size, "%ls", properties[number].name);
    return number;
}

static void try_property(struct dice *dice)
{
    size_t row = dice_below(dice, ARRAY_SIZE(algorithms)), number;
    bool of_key = algorithms[row].key_bytes && dice_below(dice, 2);
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    char name[40];
    UCHAR secret[32] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

    number = any_property(dice, name, sizeof(name));
    about("%s of %s%ls%s %ls", name, of_key ? "a key of " : "", algorithms[row].id,
          algorithms[row].flags ? " as HMAC" : "",
          algorithms[row].mode ? algorithms[row].mode : L"");
    algorithm =
        algorithm_with(algorithms[row].id, algorithms[row].flags,
                       algorithms[row].mode ? BCRYPT_CHAINING_MODE : NULL, algorithms[row].mode);
    if (of_key)
    {
        MUST(BCryptGenerateSymmetricKey, algorithm, &key, NULL, 0, secret,
             algorithms[row].key_bytes, 0);
        opened(OPEN_KEY, key);
    }
    see_property(dice, of_key ? key : algorithm, number);
}

/* Ours has to list all that the other does. */
static BCRYPT_ALGORITHM_IDENTIFIER *listed[2];
static ULONG listed_count[2], operations;

static void list_algorithms(struct dice *dice)
{
    unsigned int number = side_number();

    (void)dice;
    MUST(BCryptEnumAlgorithms, operations, &listed_count[number], &listed[number], 0);
}

static void find_listed(struct dice *dice)
{
    ULONG i, at;

    (void)dice;
    for (i = 0; i < listed_count[1]; i++)
    {
        for (at = 0; at < listed_count[0] && wcscmp(listed[0][at].pszName, listed[1][i].pszName);
             at++)
        {
        }
        if (side_number()) saw_number("class", listed[1][i].dwClass);
        else saw_number("class", at < listed_count[0] ? listed[0][at].dwClass : 0);
    }
}

static void try_enum(struct dice *dice)
{
    operations = 1u << dice_below(dice, 7);
    about("algorithms listed for the operations %#lx", operations);
    on_both(dice, list_algorithms);
    on_both(dice, find_listed);
}

const struct kind property_kinds[] =
{
    { "property", 60, try_property, NULL }, { "enum", 1, NULL, try_enum },
};
const size_t property_kind_count = ARRAY_SIZE(property_kinds);
