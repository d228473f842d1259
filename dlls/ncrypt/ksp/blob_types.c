/*
 * blob_types.c - bcrypt.dll's blobs: which algorithm a blob is of.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/blob_types.h"

static const struct blob_type types[] =
{
    { BCRYPT_RSAPUBLIC_BLOB,          BCRYPT_RSAPUBLIC_MAGIC,            L"RSA",        false },
    { BCRYPT_RSAPRIVATE_BLOB,         BCRYPT_RSAPRIVATE_MAGIC,           L"RSA",        true  },
    { BCRYPT_RSAFULLPRIVATE_BLOB,     BCRYPT_RSAFULLPRIVATE_MAGIC,       L"RSA",        true  },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDSA_PUBLIC_P256_MAGIC,    L"ECDSA_P256", false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDSA_PUBLIC_P384_MAGIC,    L"ECDSA_P384", false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDSA_PUBLIC_P521_MAGIC,    L"ECDSA_P521", false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, L"ECDSA",      false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDH_PUBLIC_P256_MAGIC,     L"ECDH_P256",  false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDH_PUBLIC_P384_MAGIC,     L"ECDH_P384",  false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDH_PUBLIC_P521_MAGIC,     L"ECDH_P521",  false },
    { BCRYPT_ECCPUBLIC_BLOB,          BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC,  L"ECDH",       false },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDSA_PRIVATE_P256_MAGIC,   L"ECDSA_P256", true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDSA_PRIVATE_P384_MAGIC,   L"ECDSA_P384", true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDSA_PRIVATE_P521_MAGIC,   L"ECDSA_P521", true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC, L"ECDSA",     true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDH_PRIVATE_P256_MAGIC,    L"ECDH_P256",  true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDH_PRIVATE_P384_MAGIC,    L"ECDH_P384",  true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDH_PRIVATE_P521_MAGIC,    L"ECDH_P521",  true  },
    { BCRYPT_ECCPRIVATE_BLOB,         BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, L"ECDH",       true  },
    { BCRYPT_ECCFULLPUBLIC_BLOB,      BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, L"ECDSA",      false },
    { BCRYPT_ECCFULLPUBLIC_BLOB,      BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC,  L"ECDH",       false },
    { BCRYPT_ECCFULLPRIVATE_BLOB,     BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC, L"ECDSA",     true  },
    { BCRYPT_ECCFULLPRIVATE_BLOB,     BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC, L"ECDH",       true  },
    { BCRYPT_DSA_PUBLIC_BLOB,         BCRYPT_DSA_PUBLIC_MAGIC,           L"DSA",        false },
    { BCRYPT_DSA_PUBLIC_BLOB,         BCRYPT_DSA_PUBLIC_MAGIC_V2,        L"DSA",        false },
    { BCRYPT_DSA_PRIVATE_BLOB,        BCRYPT_DSA_PRIVATE_MAGIC,          L"DSA",        true  },
    { BCRYPT_DSA_PRIVATE_BLOB,        BCRYPT_DSA_PRIVATE_MAGIC_V2,       L"DSA",        true  },
    { BCRYPT_DH_PUBLIC_BLOB,          BCRYPT_DH_PUBLIC_MAGIC,            L"DH",         false },
    { BCRYPT_DH_PRIVATE_BLOB,         BCRYPT_DH_PRIVATE_MAGIC,           L"DH",         true  },
    { BCRYPT_PQDSA_PUBLIC_BLOB,       BCRYPT_MLDSA_PUBLIC_MAGIC,         L"ML-DSA",     false },
    { BCRYPT_PQDSA_PRIVATE_BLOB,      BCRYPT_MLDSA_PRIVATE_MAGIC,        L"ML-DSA",     true  },
    { BCRYPT_PQDSA_PRIVATE_SEED_BLOB, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC,   L"ML-DSA",     true  },
    { BCRYPT_MLKEM_PUBLIC_BLOB,       BCRYPT_MLKEM_PUBLIC_MAGIC,         L"ML-KEM",     false },
    { BCRYPT_MLKEM_PRIVATE_BLOB,      BCRYPT_MLKEM_PRIVATE_MAGIC,        L"ML-KEM",     true  },
    { BCRYPT_MLKEM_PRIVATE_SEED_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC,   L"ML-KEM",     true  },
    { BCRYPT_PQDSA_PUBLIC_BLOB,       BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC,
      BCRYPT_COMPOSITE_MLDSA_ALGORITHM, false },
    { BCRYPT_PQDSA_PRIVATE_BLOB,      BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC,
      BCRYPT_COMPOSITE_MLDSA_ALGORITHM, true },
    { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC,
      BCRYPT_COMPOSITE_MLKEM_ALGORITHM, false },
    { BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC,
      BCRYPT_COMPOSITE_MLKEM_ALGORITHM, true },
    { BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC,
      BCRYPT_COMPOSITE_MLKEM_ALGORITHM, true },
    { LEGACY_RSAPUBLIC_BLOB,          0,                                 L"RSA",        false },
    { LEGACY_RSAPRIVATE_BLOB,         0,                                 L"RSA",        true  },
    { LEGACY_DSA_PUBLIC_BLOB,         0,                                 L"DSA",        false },
    { LEGACY_DSA_PRIVATE_BLOB,        0,                                 L"DSA",        true  },
    { LEGACY_DSA_V2_PUBLIC_BLOB,      0,                                 L"DSA",        false },
    { LEGACY_DSA_V2_PRIVATE_BLOB,     0,                                 L"DSA",        true  },
    { LEGACY_DH_PUBLIC_BLOB,          0,                                 L"DH",         false },
    { LEGACY_DH_PRIVATE_BLOB,         0,                                 L"DH",         true  },
};

/* Whether a name stands for a row: its own, or the generic one of its half. */
static bool stands_for(LPCWSTR type, const struct blob_type *row)
{
    if (names_equal(type, BCRYPT_PUBLIC_KEY_BLOB)) return row->magic && !row->is_private;
    if (names_equal(type, BCRYPT_PRIVATE_KEY_BLOB)) return row->magic && row->is_private;
    return names_equal(type, row->type);
}

SECURITY_STATUS blob_type_find(LPCWSTR type, const uint8_t *blob, ULONG bytes,
                               const struct blob_type **row)
{
    SECURITY_STATUS status = NTE_NOT_SUPPORTED;
    ULONG magic = 0;
    size_t i;

    if (bytes >= sizeof(magic)) memcpy(&magic, blob, sizeof(magic));
    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        if (!stands_for(type, &types[i])) continue;
        status = NTE_INVALID_PARAMETER;
        if (types[i].magic && types[i].magic != magic) continue;
        *row = &types[i];
        return 0;
    }
    return status;
}

LPCWSTR blob_type_of(const struct ksp_algorithm *algorithm, LPCWSTR type, bool *is_private)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        if (!stands_for(type, &types[i]) || !names_equal(types[i].algorithm, algorithm->id))
            continue;
        *is_private = types[i].is_private;
        return types[i].type;
    }
    /* The curves that have a name of their own can also be written with their parameters. */
    if (algorithm->family == KSP_EC)
    {
        *is_private = names_equal(type, BCRYPT_ECCFULLPRIVATE_BLOB);
        if (*is_private || names_equal(type, BCRYPT_ECCFULLPUBLIC_BLOB)) return type;
    }
    return NULL;
}
