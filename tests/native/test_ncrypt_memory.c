/*
 * test_ncrypt_memory.c - key storage when memory ends, in bcrypt.dll's half too.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <string.h>

#include "family.h"
#include "native.h"
#include "ncrypt.h"
#include "nte.h"
#include "platform/memory.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/object.h"

#define ROOM 0x4000

static NCRYPT_PROV_HANDLE provider;
static NCRYPT_KEY_HANDLE key;
static uint8_t blob[ROOM];
static ULONG blob_bytes;
static int row, form;

static WCHAR password[] = L"a password", name[] = L"a name";
static char pbes2_id[] = "1.2.840.113549.1.5.13";

static const struct
{
    LPCWSTR id, property, value;
    LPCWSTR own;                                /* a private blob besides PKCS #8's */
    int forms;                                  /* of `forms`, the first */
    bool is_quick;                              /* to make */
} keys[] =
{
    { BCRYPT_RSA_ALGORITHM, NULL, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, 5, false },
    { BCRYPT_DSA_ALGORITHM, NULL, NULL, BCRYPT_DSA_PRIVATE_BLOB, 5, false },
    { BCRYPT_DH_ALGORITHM, NULL, NULL, BCRYPT_DH_PRIVATE_BLOB, 5, false },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, BCRYPT_ECCPRIVATE_BLOB, 5, true },
    { BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NAME, L"secP256k1", BCRYPT_ECCFULLPRIVATE_BLOB, 5,
      true },
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NAME, L"secP224k1", BCRYPT_ECCFULLPRIVATE_BLOB, 5,
      true },
    { BCRYPT_MLDSA_ALGORITHM, BCRYPT_PARAMETER_SET_NAME, L"44", NCRYPT_PQ_PRIVATE_KEY_BLOB, 5,
      true },
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_PARAMETER_SET_NAME, L"512", NCRYPT_PQ_PRIVATE_KEY_BLOB, 5,
      true },
    { BCRYPT_AES_ALGORITHM, NULL, NULL, NCRYPT_CIPHER_KEY_BLOB, 2, true },
    { BCRYPT_PBKDF2_ALGORITHM, NCRYPT_KDF_SECRET_VALUE, L"secret", NCRYPT_KDF_KEY_BLOB, 2, true },
};

#define KEEPING 4                               /* a row whose keys are kept, and sign: ECDH's */

/* What is passed with each form of a key. */
static NCryptBuffer buffers[] =
{
    { sizeof(password), NCRYPTBUFFER_PKCS_SECRET, password },
    { sizeof(pbes2_id), NCRYPTBUFFER_PKCS_ALG_OID, pbes2_id },
};
static NCryptBufferDesc lists[] =
{
    { NCRYPTBUFFER_VERSION, 1, buffers }, { NCRYPTBUFFER_VERSION, 2, buffers },
};
static const struct
{
    LPCWSTR type;                               /* NULL: the key's own */
    NCryptBufferDesc *list;
} forms[] =
{
    { NULL,                          NULL      },
    { NCRYPT_OPAQUETRANSPORT_BLOB,   NULL      },
    { NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL      },
    { NCRYPT_PKCS8_PRIVATE_KEY_BLOB, &lists[0] },
    { NCRYPT_PKCS8_PRIVATE_KEY_BLOB, &lists[1] },
};

static LPCWSTR form_type(void)
{
    return forms[form].type ? forms[form].type : keys[row].own;
}

/* One status for "no memory", as without_memory knows it. */
static NTSTATUS plain(SECURITY_STATUS status)
{
    return status == NTE_NO_MEMORY ? STATUS_NO_MEMORY : status;
}

static SECURITY_STATUS make(LPCWSTR kept, NCRYPT_KEY_HANDLE *made)
{
    const ULONG policy = NCRYPT_ALLOW_EXPORT_FLAG | NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG;
    SECURITY_STATUS status = NCryptCreatePersistedKey(provider, made, keys[row].id, kept, 0,
                                                      NCRYPT_OVERWRITE_KEY_FLAG);

    if (status) return status;
    must(NCryptSetProperty(*made, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)(ULONG_PTR)&policy,
                           sizeof(policy), 0));
    if (keys[row].property)
        status = NCryptSetProperty(*made, keys[row].property, (PBYTE)(ULONG_PTR)keys[row].value,
                                   name_bytes(keys[row].value), 0);
    if (!status) status = NCryptFinalizeKey(*made, 0);
    if (status) NCryptFreeObject(*made);
    return status;
}

static NTSTATUS call_make(void)
{
    NCRYPT_KEY_HANDLE made;
    SECURITY_STATUS status = make(NULL, &made);

    if (!status) NCryptFreeObject(made);
    return plain(status);
}

static NTSTATUS call_keep(void)
{
    NCRYPT_KEY_HANDLE made;
    SECURITY_STATUS status = make(name, &made);

    if (!status) must(NCryptDeleteKey(made, 0));
    return plain(status);
}

static NTSTATUS call_open(void)
{
    NCRYPT_KEY_HANDLE opened;
    SECURITY_STATUS status = NCryptOpenKey(provider, &opened, name, 0, 0);

    if (!status) NCryptFreeObject(opened);
    return plain(status);
}

static NTSTATUS call_set(void)
{
    return plain(NCryptSetProperty(key, L"Mine", blob, 100, NCRYPT_PERSIST_ONLY_FLAG));
}

static NTSTATUS call_export(void)
{
    uint8_t output[ROOM];
    DWORD bytes;

    return plain(NCryptExportKey(key, 0, form_type(), forms[form].list, output, ROOM, &bytes, 0));
}

static NTSTATUS call_import(void)
{
    NCRYPT_KEY_HANDLE copy;
    SECURITY_STATUS status = NCryptImportKey(provider, 0, form_type(), forms[form].list, &copy,
                                             blob, blob_bytes, NCRYPT_OVERWRITE_KEY_FLAG);

    if (!status) NCryptFreeObject(copy);
    /* Why libcrypto does not read DER it says in its error queue, which ncrypt.dll has not got. */
    if (status == NTE_BAD_DATA && form_type() == forms[2].type) return STATUS_NO_MEMORY;
    return plain(status);
}

/* Of those that agree: see ksp_signer.c. */
static NTSTATUS call_sign(void)
{
    uint8_t signature[ROOM], hash[32] = { 1 };
    NCRYPT_KEY_HANDLE made;
    SECURITY_STATUS status;
    DWORD bytes;

    if ((status = make(NULL, &made))) return plain(status);
    status = NCryptSignHash(made, NULL, hash, sizeof(hash), signature, ROOM, &bytes, 0);
    NCryptFreeObject(made);
    return plain(status);
}

static NTSTATUS (*inner_call)(void);

/* A thread keeps the last algorithms that it opened, but not one that was changed. */
static NTSTATUS call_and_keep_none(void)
{
    NTSTATUS status = inner_call();

    algorithm_thread_detach();
    return status;
}

static void without(NTSTATUS (*call)(void))
{
    inner_call = call;
    without_memory(call_and_keep_none);
}

START_TEST(nothing_is_lost_when_memory_ends)
{
    row = _i;
    must(NCryptOpenStorageProvider(&provider, NULL, 0));
    must(make(NULL, &key));
    if (keys[row].is_quick) without(call_make);
    for (form = 0; form < keys[row].forms; form++)
    {
        without(call_export);
        must(NCryptExportKey(key, 0, form_type(), forms[form].list, blob, ROOM, &blob_bytes, 0));
        without(call_import);
    }
    must(NCryptFreeObject(key));
    must(NCryptFreeObject(provider));
}
END_TEST

START_TEST(a_kept_key_is_whole_when_memory_ends)
{
    row = KEEPING;
    must(NCryptOpenStorageProvider(&provider, NULL, 0));
    without(call_keep);
    without(call_sign);
    must(make(name, &key));
    without(call_open);
    without(call_set);
    must(NCryptDeleteKey(key, 0));
    must(NCryptFreeObject(provider));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("memory");

    tcase_set_timeout(tests, 0);
    tcase_add_loop_test(tests, nothing_is_lost_when_memory_ends, 0, (int)ARRAY_SIZE(keys));
    tcase_add_test(tests, a_kept_key_is_whole_when_memory_ends);
    return suite_run("test_ncrypt_memory", tests);
}
