/*
 * test_ncrypt_blob.c - bcrypt.dll's blobs, and key storage's own, in and out.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

static const struct
{
    const WCHAR *id;
    ULONG bits;
    const WCHAR *type;
    bool is_private;
} blobs[] =
{
    { BCRYPT_RSA_ALGORITHM,        1024, BCRYPT_RSAPUBLIC_BLOB,      false },
    { BCRYPT_RSA_ALGORITHM,        1024, BCRYPT_PUBLIC_KEY_BLOB,     false },
    { BCRYPT_RSA_ALGORITHM,        1024, BCRYPT_RSAPRIVATE_BLOB,     true  },
    { BCRYPT_RSA_ALGORITHM,        1024, BCRYPT_RSAFULLPRIVATE_BLOB, true  },
    { BCRYPT_RSA_ALGORITHM,        1024, LEGACY_RSAPRIVATE_BLOB,     true  },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0,    BCRYPT_ECCPUBLIC_BLOB,      false },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0,    BCRYPT_PUBLIC_KEY_BLOB,     false },
    { BCRYPT_ECDSA_P384_ALGORITHM, 0,    BCRYPT_ECCPRIVATE_BLOB,     true  },
    { BCRYPT_ECDSA_P521_ALGORITHM, 0,    BCRYPT_PRIVATE_KEY_BLOB,    true  },
    { BCRYPT_ECDH_P256_ALGORITHM,  0,    BCRYPT_ECCPUBLIC_BLOB,      false },
    { BCRYPT_ECDH_P521_ALGORITHM,  0,    BCRYPT_ECCPRIVATE_BLOB,     true  },
    { BCRYPT_DSA_ALGORITHM,        1024, BCRYPT_DSA_PUBLIC_BLOB,     false },
    { BCRYPT_DSA_ALGORITHM,        2048, BCRYPT_DSA_PRIVATE_BLOB,    true  },
    { BCRYPT_DH_ALGORITHM,         1024, BCRYPT_DH_PUBLIC_BLOB,      false },
    { BCRYPT_DH_ALGORITHM,         1024, BCRYPT_DH_PRIVATE_BLOB,     true  },
    { BCRYPT_AES_ALGORITHM,        192,  NCRYPT_CIPHER_KEY_BLOB,     true  },
    { BCRYPT_3DES_ALGORITHM,       0,    NCRYPT_CIPHER_KEY_BLOB,     true  },
};

START_TEST(a_key_comes_back_from_its_blob)
{
    NCRYPT_KEY_HANDLE key = new_stored(blobs[_i].id, blobs[_i].bits), copy;
    ULONG bytes, again_bytes;
    UCHAR *blob = export_blob(key, blobs[_i].type, NULL, &bytes), *again;
    DWORD size;

    copy = import_blob(blobs[_i].type, NULL, blob, bytes);
    expect_text(copy, NCRYPT_ALGORITHM_PROPERTY, blobs[_i].id);
    if (blobs[_i].is_private)
    {
        expect_status(NCryptExportKey(copy, 0, blobs[_i].type, NULL, NULL, 0, &size, 0),
                      NTE_NOT_SUPPORTED);
        set_number(copy, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    }
    again = export_blob(copy, blobs[_i].type, NULL, &again_bytes);
    expect_value(again_bytes, bytes);
    expect_bytes(again, blob, bytes);
    free(again);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_opaque_blob_brings_the_key_back)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0), copy;
    ULONG bytes;
    UCHAR *blob = export_blob(key, NCRYPT_OPAQUETRANSPORT_BLOB, NULL, &bytes);

    copy = import_blob(NCRYPT_OPAQUETRANSPORT_BLOB, NULL, blob, bytes);
    expect_signs_for(copy, key);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* A blob of a curve that it does not name. */
START_TEST(a_parameter_names_the_curve)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NAME,
                                            L"secP256k1"), copy = 0;
    WCHAR curve[] = L"secP256k1", other[] = L"brainpoolP256r1";
    NCryptBuffer buffer = { sizeof(curve), NCRYPTBUFFER_ECC_CURVE_NAME, curve };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    ULONG bytes;
    UCHAR *blob = export_blob(key, BCRYPT_ECCPRIVATE_BLOB, NULL, &bytes);

    copy = import_blob(BCRYPT_ECCPRIVATE_BLOB, &list, blob, bytes);
    expect_text(copy, NCRYPT_ALGORITHM_PROPERTY, BCRYPT_ECDSA_ALGORITHM);
    expect_text(copy, BCRYPT_ECC_CURVE_NAME, L"secP256k1");
    expect_signs_for(copy, key);
    expect_status(NCryptFreeObject(copy), 0);

    expect_refused(NCryptImportKey(provider, 0, BCRYPT_ECCPRIVATE_BLOB, NULL, &copy, blob, bytes,
                                   0));
    buffer = (NCryptBuffer){ sizeof(other), NCRYPTBUFFER_ECC_CURVE_NAME, other };
    expect_refused(NCryptImportKey(provider, 0, BCRYPT_ECCPRIVATE_BLOB, &list, &copy, blob, bytes,
                                   0));
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_full_blob_has_its_curve_with_it)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NAME,
                                            L"brainpoolP384r1"), copy;
    ULONG bytes;
    UCHAR *blob = export_blob(key, BCRYPT_ECCFULLPRIVATE_BLOB, NULL, &bytes);

    copy = import_blob(BCRYPT_ECCFULLPRIVATE_BLOB, NULL, blob, bytes);
    expect_signs_for(copy, key);
    expect_status(NCryptFreeObject(copy), 0);
    free(blob);

    blob = export_blob(key, BCRYPT_ECCFULLPUBLIC_BLOB, NULL, &bytes);
    copy = import_blob(BCRYPT_ECCFULLPUBLIC_BLOB, NULL, blob, bytes);
    expect_signs_for(key, copy);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_import_that_is_wrong_is_refused)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024), copy = 0;
    ULONG bytes;
    UCHAR *blob = export_blob(key, BCRYPT_RSAPUBLIC_BLOB, NULL, &bytes);

    expect_status(NCryptImportKey(0, 0, BCRYPT_RSAPUBLIC_BLOB, NULL, &copy, blob, bytes, 0),
                  NTE_INVALID_HANDLE);
    expect_status(NCryptImportKey(provider, 0, BCRYPT_PUBLIC_KEY_BLOB, NULL, &copy, blob, bytes,
                                  0x31), NTE_BAD_FLAGS);
    expect_status(NCryptImportKey(provider, 0, BCRYPT_PUBLIC_KEY_BLOB, NULL, &copy, blob, bytes - 1,
                                  0), NTE_BAD_DATA);
    expect_refused(NCryptImportKey(provider, 0, BCRYPT_ECCPUBLIC_BLOB, NULL, &copy, blob, bytes,
                                   0));
    expect_refused(NCryptImportKey(provider, 0, L"No such blob", NULL, &copy, blob, bytes, 0));
    blob[0] ^= 1;
    expect_status(NCryptImportKey(provider, 0, BCRYPT_PUBLIC_KEY_BLOB, NULL, &copy, blob, bytes, 0),
                  NTE_INVALID_PARAMETER);
    expect_value(copy, 0);
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_export_that_is_wrong_is_refused)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    UCHAR room[8];
    DWORD bytes = 0;

    mark(room, sizeof(room));
    expect_status(NCryptExportKey(key, 0, BCRYPT_ECCPUBLIC_BLOB, NULL, room, sizeof(room), &bytes,
                                  0), NTE_BUFFER_TOO_SMALL);
    expect_value(bytes, 72);
    expect_untouched(room, sizeof(room));
    expect_refused(NCryptExportKey(key, 0, BCRYPT_RSAPUBLIC_BLOB, NULL, NULL, 0, &bytes, 0));
    expect_status(NCryptExportKey(key, 0, BCRYPT_ECCPUBLIC_BLOB, NULL, NULL, 0, &bytes, 1),
                  NTE_BAD_FLAGS);
    expect_status(NCryptExportKey(key, provider, BCRYPT_ECCPUBLIC_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_INVALID_HANDLE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(wrapping_keys_and_envelopes_are_not_supported)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024), copy = 0;
    ULONG bytes;
    UCHAR *blob = export_blob(key, BCRYPT_RSAPRIVATE_BLOB, NULL, &bytes);

    expect_status(NCryptExportKey(key, key, BCRYPT_RSAPRIVATE_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS7_ENVELOPE_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptImportKey(provider, key, BCRYPT_RSAPRIVATE_BLOB, NULL, &copy, blob, bytes,
                                  0), NTE_NOT_SUPPORTED);
    expect_status(NCryptImportKey(provider, 0, NCRYPT_PKCS7_ENVELOPE_BLOB, NULL, &copy, blob,
                                  bytes, 0), NTE_NOT_SUPPORTED);
    expect_status(NCryptImportKey(provider, provider, BCRYPT_RSAPRIVATE_BLOB, NULL, &copy, blob,
                                  bytes, 0), NTE_INVALID_HANDLE);
    expect_value(copy, 0);
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_post_quantum_key_comes_back_from_its_own_blob)
{
    static const WCHAR *const ids[] = { BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLKEM_ALGORITHM,
                                        BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
                                        BCRYPT_COMPOSITE_MLKEM_ALGORITHM };
    static const WCHAR *const sets[] = { L"44", L"512", L"44-ECDSA-P256-SHA256", L"768-X25519" };
    NCRYPT_KEY_HANDLE key = new_stored_with(ids[_i], BCRYPT_PARAMETER_SET_NAME, sets[_i]), copy;
    ULONG bytes;
    UCHAR *blob = export_blob(key, NCRYPT_PQ_PRIVATE_KEY_BLOB, NULL, &bytes);

    copy = import_blob(NCRYPT_PQ_PRIVATE_KEY_BLOB, NULL, blob, bytes);
    expect_text(copy, NCRYPT_ALGORITHM_PROPERTY, ids[_i]);
    expect_text(copy, BCRYPT_PARAMETER_SET_NAME, sets[_i]);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* RSA's private half, ML-KEM's public one: behind NCRYPT_PQ_BLOB. */
START_TEST(a_post_quantum_blob_of_something_else_is_refused)
{
    static const WCHAR *const types[] = { BCRYPT_RSAPRIVATE_BLOB, BCRYPT_MLKEM_PUBLIC_BLOB };
    NCRYPT_KEY_HANDLE key = _i ? new_stored_with(BCRYPT_MLKEM_ALGORITHM, BCRYPT_PARAMETER_SET_NAME,
                                                 L"512") :
                            new_stored(BCRYPT_RSA_ALGORITHM, 512), copy = 0;
    NCRYPT_PQ_BLOB header = { NCRYPT_PQ_PRIVATE_BLOB_MAGIC, wide_bytes(types[_i]), 0 };
    ULONG bytes, at = sizeof(header) + header.cbBCryptType;
    UCHAR *blob = export_blob(key, types[_i], NULL, &bytes), *wrapped = malloc(at + bytes);

    header.cbBCryptBlob = bytes;
    memcpy(wrapped, &header, sizeof(header));
    memcpy(wrapped + sizeof(header), types[_i], header.cbBCryptType);
    memcpy(wrapped + at, blob, bytes);
    expect_status(NCryptImportKey(provider, 0, NCRYPT_PQ_PRIVATE_KEY_BLOB, NULL, &copy, wrapped,
                                  at + bytes, 0), NTE_BAD_DATA);
    free(wrapped);
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* How a kept key is made of a blob: .NET's tests do it with post-quantum keys. */
static const struct
{
    const WCHAR *id;
    ULONG bits;
    const WCHAR *property, *value, *type;
} set_blobs[] =
{
    { BCRYPT_RSA_ALGORITHM,        1024, NULL, NULL, BCRYPT_RSAPRIVATE_BLOB         },
    { BCRYPT_RSA_ALGORITHM,        1024, NULL, NULL, BCRYPT_RSAFULLPRIVATE_BLOB     },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0,    NULL, NULL, BCRYPT_ECCPRIVATE_BLOB         },
    { BCRYPT_ECDH_P384_ALGORITHM,  0,    NULL, NULL, BCRYPT_PRIVATE_KEY_BLOB        },
    { BCRYPT_ECDSA_ALGORITHM,      0,    BCRYPT_ECC_CURVE_NAME, L"brainpoolP384r1",
      BCRYPT_ECCFULLPRIVATE_BLOB },
    { BCRYPT_DSA_ALGORITHM,        1024, NULL, NULL, BCRYPT_DSA_PRIVATE_BLOB        },
    { BCRYPT_DH_ALGORITHM,         1024, NULL, NULL, BCRYPT_DH_PRIVATE_BLOB         },
    { BCRYPT_MLDSA_ALGORITHM,      0,    BCRYPT_PARAMETER_SET_NAME, L"44",
      BCRYPT_PQDSA_PRIVATE_SEED_BLOB },
    { BCRYPT_MLDSA_ALGORITHM,      0,    BCRYPT_PARAMETER_SET_NAME, L"65",
      BCRYPT_PQDSA_PRIVATE_BLOB },
    { BCRYPT_MLKEM_ALGORITHM,      0,    BCRYPT_PARAMETER_SET_NAME, L"768",
      BCRYPT_MLKEM_PRIVATE_SEED_BLOB },
    { BCRYPT_MLKEM_ALGORITHM,      0,    BCRYPT_PARAMETER_SET_NAME, L"512",
      BCRYPT_MLKEM_PRIVATE_BLOB },
    { BCRYPT_COMPOSITE_MLDSA_ALGORITHM, 0, BCRYPT_PARAMETER_SET_NAME, L"44-ECDSA-P256-SHA256",
      BCRYPT_PQDSA_PRIVATE_BLOB },
    { BCRYPT_COMPOSITE_MLKEM_ALGORITHM, 0, BCRYPT_PARAMETER_SET_NAME, L"768-P256",
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB },
};

START_TEST(a_blob_that_is_set_is_the_key)
{
    NCRYPT_KEY_HANDLE key = set_blobs[_i].property ?
        new_stored_with(set_blobs[_i].id, set_blobs[_i].property, set_blobs[_i].value) :
        new_stored(set_blobs[_i].id, set_blobs[_i].bits), copy = 0;
    ULONG bytes, again_bytes;
    UCHAR *blob = export_blob(key, set_blobs[_i].type, NULL, &bytes), *again;

    expect_status(NCryptCreatePersistedKey(provider, &copy, set_blobs[_i].id, NULL, 0, 0), 0);
    set_number(copy, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    expect_status(NCryptSetProperty(copy, set_blobs[_i].type, blob, bytes, 0), 0);
    expect_status(NCryptFinalizeKey(copy, 0), 0);
    again = export_blob(copy, set_blobs[_i].type, NULL, &again_bytes);
    expect_value(again_bytes, bytes);
    expect_bytes(again, blob, bytes);
    expect_status(NCryptSetProperty(copy, set_blobs[_i].type, blob, bytes, 0), NTE_NOT_SUPPORTED);
    free(again);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(the_blob_that_is_set_last_is_the_key)
{
    NCRYPT_KEY_HANDLE one = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0), copy = 0;
    NCRYPT_KEY_HANDLE two = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    ULONG first_bytes, bytes;
    UCHAR *first = export_blob(one, BCRYPT_ECCPRIVATE_BLOB, NULL, &first_bytes);
    UCHAR *blob = export_blob(two, BCRYPT_ECCPRIVATE_BLOB, NULL, &bytes);

    expect_status(NCryptCreatePersistedKey(provider, &copy, BCRYPT_ECDSA_P256_ALGORITHM, NULL, 0,
                                           0), 0);
    expect_status(NCryptSetProperty(copy, BCRYPT_ECCPRIVATE_BLOB, first, first_bytes, 0), 0);
    expect_status(NCryptSetProperty(copy, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0), 0);
    expect_refused(NCryptSetProperty(copy, BCRYPT_ECCPRIVATE_BLOB, first, first_bytes - 1, 0));
    expect_status(NCryptFinalizeKey(copy, 0), 0);
    expect_signs_for(copy, two);
    free(first);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(two), 0);
    expect_status(NCryptFreeObject(one), 0);
}
END_TEST

START_TEST(a_blob_of_another_key_cannot_be_set)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDH_P256_ALGORITHM, 0), other = 0;
    ULONG bytes;
    UCHAR *blob = export_blob(key, BCRYPT_ECCPRIVATE_BLOB, NULL, &bytes);

    expect_status(NCryptCreatePersistedKey(provider, &other, BCRYPT_ECDSA_P256_ALGORITHM, NULL, 0,
                                           0), 0);
    expect_status(NCryptSetProperty(other, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptSetProperty(other, BCRYPT_RSAPRIVATE_BLOB, blob, bytes, 0),
                  NTE_INVALID_PARAMETER);
    free(blob);
    blob = export_blob(key, BCRYPT_ECCPUBLIC_BLOB, NULL, &bytes);
    expect_status(NCryptSetProperty(other, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0),
                  NTE_NOT_SUPPORTED);
    free(blob);
    expect_status(NCryptFreeObject(other), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

void ncrypt_blob_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_rows(tests, a_key_comes_back_from_its_blob, blobs);
    add_test(tests, a_parameter_names_the_curve);
    add_test(tests, a_full_blob_has_its_curve_with_it);
    add_test(tests, an_import_that_is_wrong_is_refused);
    add_test(tests, an_export_that_is_wrong_is_refused);

    /* Whether a key without a name has an opaque blob on Windows is not known. */
    tests = ncrypt_ours(suite);
    add_test(tests, an_opaque_blob_brings_the_key_back);
    add_test(tests, wrapping_keys_and_envelopes_are_not_supported);
    test_add(tests, a_post_quantum_key_comes_back_from_its_own_blob, 4);
    test_add(tests, a_post_quantum_blob_of_something_else_is_refused, 2);
    add_rows(tests, a_blob_that_is_set_is_the_key, set_blobs);
    add_test(tests, the_blob_that_is_set_last_is_the_key);
    add_test(tests, a_blob_of_another_key_cannot_be_set);
}
