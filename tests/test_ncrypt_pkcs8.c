/*
 * test_ncrypt_pkcs8.c - PKCS #8, plain and encrypted, from openssl and back.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"
#include "vectors.h"

/* A parameter list of a password, or of none. */
struct password
{
    NCryptBuffer buffers[3];
    NCryptBufferDesc list;
    WCHAR text[64];
};

/* How .NET has Windows encrypt. */
static struct { int iterations, salt_bytes; UCHAR salt[8]; } pkcs12 = { 2000, 8, "12345678" };
static char pkcs12_3des[] = "1.2.840.113549.1.12.1.3";

static NCryptBufferDesc *password_list(struct password *password, const char *text)
{
    size_t i;

    if (!text) return NULL;
    for (i = 0; text[i]; i++) password->text[i] = (WCHAR)(text[i] == '+' ? ' ' : text[i]);
    password->text[i] = 0;
    password->buffers[0] = (NCryptBuffer){ (ULONG)((i + 1) * sizeof(WCHAR)),
                                           NCRYPTBUFFER_PKCS_SECRET, password->text };
    password->buffers[1] = (NCryptBuffer){ sizeof(pkcs12_3des), NCRYPTBUFFER_PKCS_ALG_OID,
                                           pkcs12_3des };
    password->buffers[2] = (NCryptBuffer){ sizeof(pkcs12), NCRYPTBUFFER_PKCS_ALG_PARAM, &pkcs12 };
    password->list = (NCryptBufferDesc){ NCRYPTBUFFER_VERSION, 1, password->buffers };
    return &password->list;
}

/* The same for an export, which says how it is encrypted. */
static NCryptBufferDesc *export_list(struct password *password, const char *text)
{
    password_list(password, text)->cBuffers = ARRAY_SIZE(password->buffers);
    return &password->list;
}

/* Whether the public half is what the case says. */
static bool is_half(struct vectors *v, NCRYPT_KEY_HANDLE key)
{
    struct bytes half;
    UCHAR *blob;
    ULONG bytes;
    bool same;

    if (!vectors_has(v, "type")) return true;
    half = vectors_bytes(v, "public");
    blob = export_blob(key, vectors_wide(v, "type"), NULL, &bytes);
    same = bytes == half.size && !memcmp(blob, half.data, bytes);
    free(blob);
    return same;
}

START_TEST(openssls_keys_come_in)
{
    struct vectors *v = vectors_start("pkcs8", _i);
    struct password password;
    SECURITY_STATUS status;
    NCRYPT_KEY_HANDLE key;
    struct bytes der;
    bool matches;

    while (vectors_next(v))
    {
        der = vectors_bytes(v, "der");
        key = 0;
        status = NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
                                 password_list(&password, vectors_text(v, "password", NULL)), &key,
                                 der.data, der.size, 0);
        matches = !status && is_half(v, key);
        if (!status) expect_text(key, NCRYPT_ALGORITHM_PROPERTY, vectors_wide(v, "alg"));
        if (!status) expect_text(key, NCRYPT_ALGORITHM_GROUP_PROPERTY, vectors_wide(v, "group"));
        if (!status) NCryptFreeObject(key);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

/* Every cut and every byte of what openssl wrote: an answer, and no key that is another. */
START_TEST(a_cut_key_is_refused)
{
    struct vectors *v = vectors_start("pkcs8", 0);
    NCRYPT_KEY_HANDLE key;
    struct bytes der;
    ULONG bytes;

    while (vectors_next(v))
    {
        der = vectors_bytes(v, "der");
        for (bytes = 1; bytes < der.size; bytes += 1 + bytes / 16)
        {
            key = 0;
            expect_refused(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &key,
                                           der.data, bytes, 0));
            expect_value(key, 0);
        }
        vectors_judge(v, STATUS_SUCCESS, true);
    }
    vectors_finish(v);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG bits;
    const WCHAR *property, *value;
    const WCHAR *half;
} keys[] =
{
    { BCRYPT_RSA_ALGORITHM,        1024, NULL, NULL, BCRYPT_RSAPUBLIC_BLOB },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0,    NULL, NULL, BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDSA_P521_ALGORITHM, 0,    NULL, NULL, BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_P384_ALGORITHM,  0,    NULL, NULL, BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDSA_ALGORITHM, 0, BCRYPT_ECC_CURVE_NAME, L"brainpoolP256t1", BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_ALGORITHM,  0, BCRYPT_ECC_CURVE_NAME, L"secP256k1",       BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDSA_ALGORITHM, 0, BCRYPT_ECC_CURVE_NAME, L"secP224k1",       BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_DSA_ALGORITHM,   1024, NULL, NULL, NULL },
    { BCRYPT_DH_ALGORITHM,    1024, NULL, NULL, BCRYPT_DH_PUBLIC_BLOB },
    { BCRYPT_MLDSA_ALGORITHM, 0, BCRYPT_PARAMETER_SET_NAME, L"65",  BCRYPT_PQDSA_PUBLIC_BLOB },
    { BCRYPT_MLKEM_ALGORITHM, 0, BCRYPT_PARAMETER_SET_NAME, L"768", BCRYPT_MLKEM_PUBLIC_BLOB },
};

#define KNOWN     8                             /* rows that .NET has Windows write and read */
#define CLASSICAL 9                             /* rows before the post-quantum ones */

static NCRYPT_KEY_HANDLE new_row(int row)
{
    return keys[row].property ? new_stored_with(keys[row].id, keys[row].property, keys[row].value) :
           new_stored(keys[row].id, keys[row].bits);
}

/* Out and in, with that password: the same algorithm and the same public half. */
static void expect_round_trip(int row, NCryptBufferDesc *out, NCryptBufferDesc *in)
{
    NCRYPT_KEY_HANDLE key = new_row(row), copy;
    UCHAR *blob, *half = NULL, *other = NULL;
    ULONG bytes, half_bytes = 0, other_bytes = 0;

    blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, out, &bytes);
    copy = import_blob(NCRYPT_PKCS8_PRIVATE_KEY_BLOB, in, blob, bytes);
    expect_text(copy, NCRYPT_ALGORITHM_PROPERTY, keys[row].id);
    if (keys[row].half)
    {
        half = export_blob(key, keys[row].half, NULL, &half_bytes);
        other = export_blob(copy, keys[row].half, NULL, &other_bytes);
        expect_value(other_bytes, half_bytes);
        expect_bytes(other, half, half_bytes);
    }
    free(half);
    free(other);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}

START_TEST(a_key_comes_back_from_pkcs8)
{
    expect_round_trip(_i, NULL, NULL);
}
END_TEST

START_TEST(a_post_quantum_key_comes_back_from_pkcs8)
{
    struct password password;
    NCryptBufferDesc *list = password_list(&password, "a password");

    expect_round_trip(CLASSICAL + _i, NULL, NULL);
    expect_round_trip(CLASSICAL + _i, list, list);
}
END_TEST

/* What Windows wrote before RFC 9881 and RFC 9935: the seed without [0] around it. */
START_TEST(a_seed_comes_in_without_its_choice)
{
    NCRYPT_KEY_HANDLE key = new_row(CLASSICAL + _i), copy;
    UCHAR *blob, *half, *other;
    ULONG bytes, half_bytes, other_bytes, at = 18;      /* of the octets' tag */

    blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &bytes);
    expect_value(blob[at], 4);
    expect_value(blob[at + 2], 0x80);
    blob[1] = (UCHAR)(blob[1] - 2);
    blob[at + 1] = (UCHAR)(blob[at + 1] - 2);
    memmove(blob + at + 2, blob + at + 4, bytes - at - 4);
    copy = import_blob(NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, blob, bytes - 2);
    half = export_blob(key, keys[CLASSICAL + _i].half, NULL, &half_bytes);
    other = export_blob(copy, keys[CLASSICAL + _i].half, NULL, &other_bytes);
    expect_value(other_bytes, half_bytes);
    expect_bytes(other, half, half_bytes);
    free(half);
    free(other);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

#define SEED_ALONE 100                          /* bytes, at most, of what has a seed and no more */

/* RFC 9881 and RFC 9935 have it refused; .NET's MLDsa and MLKem refuse it themselves. */
START_TEST(a_seed_beside_another_key_is_refused)
{
    struct vectors *v = vectors_start("pkcs8", 0);
    NCRYPT_KEY_HANDLE key = 0;
    struct bytes der;

    while (vectors_next(v))
    {
        der = vectors_bytes(v, "der");
        if (!strncmp(vectors_text(v, "alg", ""), "ML-", 3) && der.size > SEED_ALONE)
        {
            der.data[der.size - 1] ^= 1;
            expect_status(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &key,
                                          der.data, der.size, 0), NTE_BAD_DATA);
            expect_value(key, 0);
        }
        vectors_judge(v, STATUS_SUCCESS, true);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(a_dh_key_comes_back_from_pkcs8)
{
    struct password out, in;

    expect_round_trip(KNOWN, NULL, NULL);
    expect_round_trip(KNOWN, export_list(&out, "a password"), password_list(&in, "a password"));
}
END_TEST

START_TEST(a_key_comes_back_from_encrypted_pkcs8)
{
    struct password password;
    NCryptBufferDesc *list = password_list(&password, "a password");

    expect_round_trip(_i, list, list);
}
END_TEST

START_TEST(an_exporter_chooses_how_it_is_encrypted)  /* .NET exports so on Windows */
{
    struct password out, in;

    expect_round_trip(_i, export_list(&out, "a password"), password_list(&in, "a password"));
}
END_TEST

/* .NET passes no bytes where its password has no characters, and derives the same as this: openssl
 * kdf PKCS12KDF, with hexpass: and nothing after it. */
START_TEST(a_password_of_no_bytes_has_no_nul)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE cipher =
        new_key_hex(open_cipher(BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC),
                    "84f358c9c14555c6d01ba53319110e6ad73ccbe358224d68");
    struct password password;
    NCryptBufferDesc *list = export_list(&password, "");
    ULONG plain_bytes, bytes, size;
    UCHAR *plain = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &plain_bytes), *blob, *end;
    UCHAR iv[8];

    unhex(iv, sizeof(iv), "9c1534f9958d55a4");
    password.buffers[0].cbBuffer = 0;
    password.buffers[0].pvBuffer = NULL;
    blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, list, &bytes);
    size = (plain_bytes / 8 + 1) * 8;
    end = blob + bytes - size;
    expect_status(BCryptDecrypt(cipher, end, size, NULL, iv, sizeof(iv), end, size, &size,
                                BCRYPT_BLOCK_PADDING), STATUS_SUCCESS);
    expect_value(size, plain_bytes);
    expect_bytes(end, plain, size);
    free(plain);
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_key_comes_back_with_a_password_of_no_bytes)
{
    struct password password;
    NCryptBufferDesc *list = export_list(&password, "");

    password.buffers[0].cbBuffer = 0;
    password.buffers[0].pvBuffer = NULL;
    expect_round_trip(_i, list, list);
}
END_TEST

START_TEST(a_wrong_password_is_refused)
{
    struct password right, wrong;
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0), copy = 0;
    ULONG bytes;
    UCHAR *blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, export_list(&right, "right"),
                              &bytes);

    expect_refused(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
                                   password_list(&wrong, "wrong"), &copy, blob, bytes, 0));
    expect_refused(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &copy, blob,
                                   bytes, 0));
    free(blob);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* By NCRYPT_ALLOW_EXPORT_FLAG alone. */
START_TEST(what_may_only_leave_encrypted_does_not_leave_plain)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    struct password password;
    DWORD bytes;

    set_number(key, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_EXPORT_FLAG);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptExportKey(key, 0, BCRYPT_ECCPRIVATE_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
                                  export_list(&password, "a password"), NULL, 0, &bytes, 0), 0);
    set_number(key, NCRYPT_EXPORT_POLICY_PROPERTY, 0);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
                                  export_list(&password, "a password"), NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* id-ecPublicKey and a curve that is written out, as .NET's tests of X25519 find it on Windows. */
START_TEST(a_curve25519_key_leaves_with_its_curve_written_out)
{
    static const UCHAR head[] = { 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 0x30 };
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NAME,
                                            BCRYPT_ECC_CURVE_25519);
    struct password password;
    ULONG own_bytes, bytes, at;
    DWORD size;
    UCHAR *own = export_blob(key, BCRYPT_ECCPRIVATE_BLOB, NULL, &own_bytes), d[] = { 4, 32 };
    UCHAR *blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &bytes);

    for (at = 0; at + sizeof(head) < bytes && memcmp(blob + at, head, sizeof(head)); at++) {}
    expect_bytes(blob + at, head, sizeof(head));
    for (; at + 34 < bytes && memcmp(blob + at + 2, own + own_bytes - 32, 32); at++) {}
    expect_bytes(blob + at, d, sizeof(d));
    expect_bytes(blob + at + 2, own + own_bytes - 32, 32);

    set_number(key, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_EXPORT_FLAG);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
                                  export_list(&password, "a password"), NULL, 0, &size, 0), 0);
    free(blob);
    free(own);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

void ncrypt_pkcs8_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    test_add(tests, a_key_comes_back_from_pkcs8, KNOWN);
    test_add(tests, an_exporter_chooses_how_it_is_encrypted, KNOWN);
    add_test(tests, a_wrong_password_is_refused);
    add_test(tests, what_may_only_leave_encrypted_does_not_leave_plain);

    /* Which encryptions, DH and post-quantum keys Windows takes is not known, and what it does when
     * an export does not say how. */
    tests = ncrypt_ours(suite);
    test_add(tests, a_key_comes_back_from_encrypted_pkcs8, CLASSICAL);
    add_test(tests, a_password_of_no_bytes_has_no_nul);
    test_add(tests, a_key_comes_back_with_a_password_of_no_bytes, CLASSICAL);
    add_test(tests, a_dh_key_comes_back_from_pkcs8);
    test_add(tests, a_post_quantum_key_comes_back_from_pkcs8,
             (int)ARRAY_SIZE(keys) - CLASSICAL);
    test_add(tests, a_seed_comes_in_without_its_choice, (int)ARRAY_SIZE(keys) - CLASSICAL);
    add_test(tests, a_seed_beside_another_key_is_refused);
    test_add(tests, openssls_keys_come_in, vectors_sections("pkcs8"));
    add_test(tests, a_cut_key_is_refused);
    add_test(tests, a_curve25519_key_leaves_with_its_curve_written_out);
}
