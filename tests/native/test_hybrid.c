/*
 * test_hybrid.c - the hybrid groups of TLS 1.3 made of ML-KEM and ECDH keys, with libcrypto at the
 * other end.
 *
 * X25519MLKEM768 has ML-KEM's part first, SecP256r1MLKEM768 and SecP384r1MLKEM1024 the curve's: in
 * shares, and in the secret. Source: draft-ietf-tls-ecdhe-mlkem.
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include <openssl/evp.h>

#include "platform/base.h"
#include "suite.h"

#define SHARE_MOST 1665

static const struct group
{
    const char *name;
    LPCWSTR set, curve;
    ULONG public_bytes, ciphertext_bytes;       /* of ML-KEM */
    ULONG field_bytes, point_bytes;
    bool lattice_first;
} groups[] =
{
    { "X25519MLKEM768", L"768", BCRYPT_ECC_CURVE_25519, 1184, 1088, 32, 32, true },
    { "SecP256r1MLKEM768", L"768", BCRYPT_ECC_CURVE_NISTP256, 1184, 1088, 32, 65, false },
    { "SecP384r1MLKEM1024", L"1024", BCRYPT_ECC_CURVE_NISTP384, 1568, 1568, 48, 97, false },
};

/* Keys for one exchange. */
struct pair
{
    BCRYPT_ALG_HANDLE ecdh;
    BCRYPT_KEY_HANDLE lattice, ec;
};

static ULONG bytes_of(LPCWSTR text)
{
    ULONG count = 0;

    while (text[count++]) continue;
    return count * (ULONG)sizeof(WCHAR);
}

static void tell(BCRYPT_HANDLE object, LPCWSTR property, LPCWSTR value)
{
    ck_assert_int_eq(BCryptSetProperty(object, property, (PUCHAR)(uintptr_t)value, bytes_of(value),
                                       0), STATUS_SUCCESS);
}

/* ---- our side ---- */

static void make(const struct group *group, struct pair *pair)
{
    ck_assert_int_eq(BCryptOpenAlgorithmProvider(&pair->ecdh, BCRYPT_ECDH_ALGORITHM, NULL, 0),
                     STATUS_SUCCESS);
    tell(pair->ecdh, BCRYPT_ECC_CURVE_NAME, group->curve);
    ck_assert_int_eq(BCryptGenerateKeyPair(pair->ecdh, &pair->ec, 0, 0), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptFinalizeKeyPair(pair->ec, 0), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptGenerateKeyPair(BCRYPT_MLKEM_ALG_HANDLE, &pair->lattice, 0, 0),
                     STATUS_SUCCESS);
    tell(pair->lattice, BCRYPT_PARAMETER_SET_NAME, group->set);
    ck_assert_int_eq(BCryptFinalizeKeyPair(pair->lattice, 0), STATUS_SUCCESS);
}

static void forget(struct pair *pair)
{
    BCryptDestroyKey(pair->lattice);
    BCryptDestroyKey(pair->ec);
    BCryptCloseAlgorithmProvider(pair->ecdh, 0);
}

static void write_point(const struct group *group, const struct pair *pair, UCHAR *point)
{
    UCHAR blob[8 + 2 * 48];
    ULONG bytes;

    ck_assert_int_eq(BCryptExportKey(pair->ec, NULL, BCRYPT_ECCPUBLIC_BLOB, blob, sizeof(blob),
                                     &bytes, 0), STATUS_SUCCESS);
    if (group->point_bytes > group->field_bytes) *point++ = 4;
    memcpy(point, blob + 8, group->point_bytes - (group->point_bytes & 1));
}

static void agree(const struct group *group, const struct pair *pair, const UCHAR *point,
                  UCHAR *secret)
{
    const ULONG header[] = { BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, group->field_bytes };
    UCHAR blob[8 + 2 * 48] = { 0 }, reversed[48];
    BCRYPT_SECRET_HANDLE agreement;
    BCRYPT_KEY_HANDLE peer;
    ULONG bytes, i;

    memcpy(blob, header, sizeof(header));
    memcpy(blob + 8, point + (group->point_bytes & 1),
           group->point_bytes - (group->point_bytes & 1));
    ck_assert_int_eq(BCryptImportKeyPair(pair->ecdh, NULL, BCRYPT_ECCPUBLIC_BLOB, &peer, blob,
                                         8 + 2 * group->field_bytes, 0), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptSecretAgreement(pair->ec, peer, &agreement, 0), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptDeriveKey(agreement, BCRYPT_KDF_RAW_SECRET, NULL, reversed,
                                     group->field_bytes, &bytes, 0), STATUS_SUCCESS);
    for (i = 0; i < bytes; i++) secret[i] = reversed[bytes - 1 - i];
    BCryptDestroySecret(agreement);
    BCryptDestroyKey(peer);
}

static BCRYPT_KEY_HANDLE read_lattice(const struct group *group, const UCHAR *public_key)
{
    const ULONG header[] = { BCRYPT_MLKEM_PUBLIC_MAGIC, bytes_of(group->set),
                             group->public_bytes };
    UCHAR blob[SHARE_MOST + 64];
    BCRYPT_KEY_HANDLE key;

    memcpy(blob, header, sizeof(header));
    memcpy(blob + sizeof(header), group->set, header[1]);
    memcpy(blob + sizeof(header) + header[1], public_key, group->public_bytes);
    ck_assert_int_eq(BCryptImportKeyPair(BCRYPT_MLKEM_ALG_HANDLE, NULL, BCRYPT_MLKEM_PUBLIC_BLOB,
                                         &key, blob, (ULONG)sizeof(header) + header[1] + header[2],
                                         0), STATUS_SUCCESS);
    return key;
}

static void write_lattice(const struct group *group, const struct pair *pair, UCHAR *public_key)
{
    UCHAR blob[SHARE_MOST + 64];
    ULONG bytes;

    ck_assert_int_eq(BCryptExportKey(pair->lattice, NULL, BCRYPT_MLKEM_PUBLIC_BLOB, blob,
                                     sizeof(blob), &bytes, 0), STATUS_SUCCESS);
    memcpy(public_key, blob + bytes - group->public_bytes, group->public_bytes);
}

/* ---- both sides ---- */

static EVP_PKEY *new_key(const struct group *group)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, group->name);

    ck_assert_ptr_nonnull(key);
    return key;
}

START_TEST(a_server_opens_what_a_client_of_ours_sends)
{
    const struct group *group = &groups[_i];
    UCHAR ciphertext[SHARE_MOST], secret[32 + 48], opened[32 + 48], *share;
    ULONG lattice_at = group->lattice_first ? 0 : group->point_bytes, bytes, secret_bytes;
    ULONG secret_at = group->lattice_first ? 0 : group->field_bytes;
    ULONG point_at = group->lattice_first ? group->public_bytes : 0;
    size_t opened_bytes = sizeof(opened);
    EVP_PKEY *server = new_key(group);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, server, NULL);
    BCRYPT_KEY_HANDLE lattice;
    struct pair pair;

    ck_assert_uint_eq(EVP_PKEY_get1_encoded_public_key(server, &share),
                      group->public_bytes + group->point_bytes);
    make(group, &pair);
    lattice = read_lattice(group, share + lattice_at);
    ck_assert_int_eq(BCryptEncapsulate(lattice, secret + secret_at, 32, &secret_bytes,
                                       ciphertext + lattice_at, group->ciphertext_bytes, &bytes,
                                       0), STATUS_SUCCESS);
    write_point(group, &pair,
                ciphertext + (group->lattice_first ? group->ciphertext_bytes : 0));
    agree(group, &pair, share + point_at, secret + (group->lattice_first ? 32 : 0));
    ck_assert_int_eq(EVP_PKEY_decapsulate_init(context, NULL), 1);
    ck_assert_int_eq(EVP_PKEY_decapsulate(context, opened, &opened_bytes, ciphertext,
                                          group->ciphertext_bytes + group->point_bytes), 1);
    ck_assert_uint_eq(opened_bytes, 32 + group->field_bytes);
    ck_assert_mem_eq(opened, secret, opened_bytes);
    BCryptDestroyKey(lattice);
    forget(&pair);
    OPENSSL_free(share);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(server);
}
END_TEST

START_TEST(a_server_of_ours_opens_what_a_client_sends)
{
    const struct group *group = &groups[_i];
    UCHAR share[SHARE_MOST], ciphertext[SHARE_MOST], made[32 + 48], secret[32 + 48];
    ULONG lattice_at = group->lattice_first ? 0 : group->point_bytes, bytes;
    size_t ciphertext_bytes = sizeof(ciphertext), made_bytes = sizeof(made);
    EVP_PKEY *own = new_key(group), *client = EVP_PKEY_new();
    EVP_PKEY_CTX *context;
    struct pair pair;

    make(group, &pair);
    write_lattice(group, &pair, share + lattice_at);
    write_point(group, &pair, share + (group->lattice_first ? group->public_bytes : 0));
    ck_assert_int_eq(EVP_PKEY_copy_parameters(client, own), 1);
    ck_assert_int_eq(EVP_PKEY_set1_encoded_public_key(client, share,
                                                      group->public_bytes + group->point_bytes),
                     1);
    context = EVP_PKEY_CTX_new_from_pkey(NULL, client, NULL);
    ck_assert_int_eq(EVP_PKEY_encapsulate_init(context, NULL), 1);
    ck_assert_int_eq(EVP_PKEY_encapsulate(context, ciphertext, &ciphertext_bytes, made,
                                          &made_bytes), 1);
    ck_assert_uint_eq(ciphertext_bytes, group->ciphertext_bytes + group->point_bytes);
    ck_assert_int_eq(BCryptDecapsulate(pair.lattice, ciphertext + lattice_at,
                                       group->ciphertext_bytes,
                                       secret + (group->lattice_first ? 0 : group->field_bytes),
                                       32, &bytes, 0), STATUS_SUCCESS);
    agree(group, &pair, ciphertext + (group->lattice_first ? group->ciphertext_bytes : 0),
          secret + (group->lattice_first ? 32 : 0));
    ck_assert_mem_eq(secret, made, made_bytes);
    forget(&pair);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(client);
    EVP_PKEY_free(own);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hybrid");

    tcase_add_loop_test(tests, a_server_opens_what_a_client_of_ours_sends, 0,
                        (int)ARRAY_SIZE(groups));
    tcase_add_loop_test(tests, a_server_of_ours_opens_what_a_client_sends, 0,
                        (int)ARRAY_SIZE(groups));
    return suite_run("test_hybrid", tests);
}
