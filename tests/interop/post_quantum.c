/*
 * post_quantum.c - post-quantum keys, signatures and encapsulations, to and from other software.
 *
 * Private keys are in PKCS #8 as RFC 9881 and RFC 9935 have them: a seed, the expanded key, or
 * both; SLH-DSA's (RFC 9909) are their bytes alone, and Botan's are a bare seed. Composites' keys
 * are files with what is in their blobs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "interop.h"

#include "der.h"

#include <stdio.h>
#include <string.h>

#define SEED_TAG 0x80 /* [0] IMPLICIT OCTET STRING */

enum form
{
    PUBLIC,
    PRIVATE,
    SEED
};

struct algorithm
{
    const char *name;
    struct
    {
        LPCWSTR type;
        ULONG magic;
    } blob[3];
    UCHAR arc; /* of its sets' OIDs, below 2.16.840.1.101.3.4 */
};

static const struct algorithm algorithms[] = {
    { "ML-KEM",
      { { BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PUBLIC_MAGIC },
        { BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_MAGIC },
        { BCRYPT_MLKEM_PRIVATE_SEED_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC } },
      4 },
    { "ML-DSA",
      { { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_MLDSA_PUBLIC_MAGIC },
        { BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_MLDSA_PRIVATE_MAGIC },
        { BCRYPT_PQDSA_PRIVATE_SEED_BLOB, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC } },
      3 },
    { "SLH-DSA",
      { { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_SLHDSA_PUBLIC_MAGIC },
        { BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_SLHDSA_PRIVATE_MAGIC },
        { NULL, 0 } },
      3 },
};

static const struct algorithm composites[] = {
    { "Composite-ML-KEM",
      { { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC },
        { BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC },
        { BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB,
          BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC } },
      0 },
    { "Composite-ML-DSA",
      { { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC },
        { BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC },
        { NULL, 0 } },
      0 },
};

/* The sets' last numbers (NIST's Computer Security Objects Register). */
static const struct
{
    const char *algorithm, *set;
    UCHAR number;
} sets[] = {
    { "ML-KEM", "512", 1 },
    { "ML-KEM", "768", 2 },
    { "ML-KEM", "1024", 3 },
    { "ML-DSA", "44", 17 },
    { "ML-DSA", "65", 18 },
    { "ML-DSA", "87", 19 },
    { "SLH-DSA", "SHA2-128s", 20 },
    { "SLH-DSA", "SHA2-128f", 21 },
    { "SLH-DSA", "SHA2-192s", 22 },
    { "SLH-DSA", "SHA2-192f", 23 },
    { "SLH-DSA", "SHA2-256s", 24 },
    { "SLH-DSA", "SHA2-256f", 25 },
    { "SLH-DSA", "SHAKE-128s", 26 },
    { "SLH-DSA", "SHAKE-128f", 27 },
    { "SLH-DSA", "SHAKE-192s", 28 },
    { "SLH-DSA", "SHAKE-192f", 29 },
    { "SLH-DSA", "SHAKE-256s", 30 },
    { "SLH-DSA", "SHAKE-256f", 31 },
};

static struct bytes in, in2, in3, out;

/* The row of an algorithm and the AlgorithmIdentifier of one of its sets; NULL if there is none. */
static const struct algorithm *algorithm_find(char **word, UCHAR id[13])
{
    static const UCHAR start[] = { 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 4 };
    unsigned int i, j;

    for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
        for (j = 0; j < sizeof(sets) / sizeof(sets[0]); j++)
        {
            if (strcmp(algorithms[i].name, word[1]) || strcmp(sets[j].algorithm, word[1]) ||
                strcmp(sets[j].set, word[2]))
                continue;
            memcpy(id, start, sizeof(start));
            id[11] = algorithms[i].arc;
            id[12] = sets[j].number;
            return &algorithms[i];
        }
    return NULL;
}

static NTSTATUS blob_import(BCRYPT_ALG_HANDLE handle, const struct algorithm *row, enum form form,
                            const WCHAR *set, const struct der *bytes, BCRYPT_KEY_HANDLE *key)
{
    ULONG header[3] = { row->blob[form].magic, (ULONG)(wcslen(set) + 1) * sizeof(WCHAR),
                        (ULONG)bytes->bytes };
    UCHAR blob[8192];

    if (bytes->bytes > sizeof(blob) - 256) return STATUS_BAD_FORM;
    memcpy(blob, header, sizeof(header));
    memcpy(blob + sizeof(header), set, header[1]);
    memcpy(blob + sizeof(header) + header[1], bytes->at, bytes->bytes);
    return BCryptImportKeyPair(handle, NULL, row->blob[form].type, key, blob,
                               sizeof(header) + header[1] + header[2], 0);
}

/* The key's bytes in a blob, which stay in the blob. */
static NTSTATUS blob_export(BCRYPT_KEY_HANDLE key, const struct algorithm *row, enum form form,
                            UCHAR blob[8192], struct der *bytes)
{
    ULONG header[3], size;
    NTSTATUS status = BCryptExportKey(key, NULL, row->blob[form].type, blob, 8192, &size, 0);

    if (status) return status;
    memcpy(header, blob, sizeof(header));
    if (header[0] != row->blob[form].magic || size != sizeof(header) + header[1] + header[2])
        return STATUS_BAD_FORM;
    bytes->at = blob + sizeof(header) + header[1];
    bytes->bytes = header[2];
    return STATUS_SUCCESS;
}

/* That the key in this form is the one that is expected. */
static NTSTATUS compare(BCRYPT_KEY_HANDLE key, const struct algorithm *row, enum form form,
                        const struct der *expected)
{
    UCHAR blob[8192];
    struct der bytes;
    NTSTATUS status = blob_export(key, row, form, blob, &bytes);

    if (status) return status;
    return bytes.bytes == expected->bytes && !memcmp(bytes.at, expected->at, bytes.bytes)
               ? STATUS_SUCCESS
               : STATUS_DIFFERENT;
}

NTSTATUS pq_import(char **word)
{
    struct der form[3] = { { 0 } }, private, both;
    const struct algorithm *row;
    static struct parts parts;
    BCRYPT_ALG_HANDLE handle;
    struct key *key;
    UCHAR id[13];
    WCHAR name[32], set[32];
    NTSTATUS status;
    int from;

    if (!(row = algorithm_find(word, id)) || (status = parts_read(word[3], &parts)))
        return STATUS_BAD_FORM;
    if (parts.algorithm_id.bytes != sizeof(id) || memcmp(parts.algorithm_id.at, id, sizeof(id)))
        return STATUS_DIFFERENT;
    private = parts.private;
    form[PUBLIC] = parts.public;
    if (!row->blob[SEED].type)
        form[PRIVATE] = private;
    else if (private.bytes == (strcmp(row->name, "ML-KEM") ? 32 : 64))
        form[SEED] = private;
    else if (!der_take(&private, SEED_TAG, &form[SEED], NULL) &&
             !der_take(&private, DER_OCTETS, &form[PRIVATE], NULL) &&
             (!der_take(&private, DER_SEQUENCE, &both, NULL) ||
              !der_take(&both, DER_OCTETS, &form[SEED], NULL) ||
              !der_take(&both, DER_OCTETS, &form[PRIVATE], NULL)))
        return STATUS_BAD_FORM;

    wide(word[1], name, 32);
    wide(word[2], set, 32);
    key = key_new(word[3]);
    if ((status = BCryptOpenAlgorithmProvider(&handle, name, NULL, 0))) return status;
    status = blob_import(handle, row, PUBLIC, set, &form[PUBLIC], &key->public);
    for (from = PRIVATE; !status && from <= SEED; from++)
    {
        if (!form[from].bytes) continue;
        if (key->private) BCryptDestroyKey(key->private);
        status = blob_import(handle, row, from, set, &form[from], &key->private);
        if (!status) status = compare(key->private, row, PUBLIC, &form[PUBLIC]);
        if (!status && form[PRIVATE].bytes)
            status = compare(key->private, row, PRIVATE, &form[PRIVATE]);
    }
    BCryptCloseAlgorithmProvider(handle, 0);
    return status;
}

/* NAME-FORM.key.der, with a copy of the public key beside it. */
static NTSTATUS write_form(const char *name, const char *form, const UCHAR id[13],
                           struct der_out *private, const struct der *public_bytes)
{
    static struct der_out public;
    char path[128];
    NTSTATUS status;

    der_begin(&public);
    der_raw(&public, public_bytes->at, public_bytes->bytes);
    wrap_public(&public, id, 13);
    wrap_private(private, id, 13);
    snprintf(path, sizeof(path), "%s-%s.pub.der", name, form);
    if ((status = file_write(path, public.at, (ULONG)der_bytes(&public)))) return status;
    snprintf(path, sizeof(path), "%s-%s.key.der", name, form);
    return file_write(path, private->at, (ULONG)der_bytes(private));
}

static NTSTATUS write_forms(const char *name, const struct algorithm *row, const UCHAR id[13],
                            BCRYPT_KEY_HANDLE key)
{
    static UCHAR blob[3][8192];
    static struct der_out private;
    struct der form[3];
    NTSTATUS status;

    if ((status = blob_export(key, row, PUBLIC, blob[0], &form[PUBLIC])) ||
        (status = blob_export(key, row, PRIVATE, blob[1], &form[PRIVATE])))
        return status;
    der_begin(&private);
    if (!row->blob[SEED].type)
    {
        der_raw(&private, form[PRIVATE].at, form[PRIVATE].bytes);
        return write_form(name, "raw", id, &private, &form[PUBLIC]);
    }

    der_put(&private, DER_OCTETS, form[PRIVATE].at, form[PRIVATE].bytes);
    if ((status = write_form(name, "expanded", id, &private, &form[PUBLIC])) ||
        (status = blob_export(key, row, SEED, blob[2], &form[SEED])))
        return status;
    der_begin(&private);
    der_put(&private, SEED_TAG, form[SEED].at, form[SEED].bytes);
    if ((status = write_form(name, "seed", id, &private, &form[PUBLIC]))) return status;
    der_begin(&private);
    der_put(&private, DER_OCTETS, form[PRIVATE].at, form[PRIVATE].bytes);
    der_put(&private, DER_OCTETS, form[SEED].at, form[SEED].bytes);
    der_wrap(&private, DER_SEQUENCE, 0);
    return write_form(name, "both", id, &private, &form[PUBLIC]);
}

NTSTATUS pq_generate(char **word)
{
    const struct algorithm *row;
    BCRYPT_ALG_HANDLE handle;
    UCHAR id[13], blob[8192];
    WCHAR name[32], set[32];
    struct der bytes;
    struct key *key;
    NTSTATUS status;

    if (!(row = algorithm_find(word, id))) return STATUS_BAD_FORM;
    wide(word[1], name, 32);
    wide(word[2], set, 32);
    key = key_new(word[3]);
    if ((status = BCryptOpenAlgorithmProvider(&handle, name, NULL, 0))) return status;
    if (!(status = BCryptGenerateKeyPair(handle, &key->private, 0, 0)) &&
        !(status = BCryptSetProperty(key->private, BCRYPT_PARAMETER_SET_NAME, (UCHAR *)set,
                                     (ULONG)(wcslen(set) + 1) * sizeof(WCHAR), 0)) &&
        !(status = BCryptFinalizeKeyPair(key->private, 0)) &&
        !(status = blob_export(key->private, row, PUBLIC, blob, &bytes)) &&
        !(status = blob_import(handle, row, PUBLIC, set, &bytes, &key->public)))
        status = write_forms(word[3], row, id, key->private);
    BCryptCloseAlgorithmProvider(handle, 0);
    return status;
}

/* ---- composites ---- */

static const struct algorithm *composite_find(char **word)
{
    unsigned int i;

    for (i = 0; i < sizeof(composites) / sizeof(composites[0]); i++)
        if (!strcmp(composites[i].name, word[1])) return &composites[i];
    return NULL;
}

static NTSTATUS part_read(const char *name, const char *suffix, struct bytes *bytes,
                          struct der *part)
{
    char path[128];
    NTSTATUS status;

    snprintf(path, sizeof(path), "%s.%s", name, suffix);
    if ((status = file_read(path, bytes))) return status;
    part->at = bytes->data;
    part->bytes = bytes->bytes;
    return STATUS_SUCCESS;
}

static NTSTATUS part_write(const char *name, const char *suffix, BCRYPT_KEY_HANDLE key,
                           const struct algorithm *row, enum form form)
{
    UCHAR blob[8192];
    struct der part;
    char path[128];
    NTSTATUS status = blob_export(key, row, form, blob, &part);

    snprintf(path, sizeof(path), "%s.%s", name, suffix);
    return status ? status : file_write(path, part.at, (ULONG)part.bytes);
}

/* NAME.pub, with NAME.seed or NAME.private if there is one. */
NTSTATUS pq_composite(char **word)
{
    const struct algorithm *row = composite_find(word);
    struct der public, private;
    BCRYPT_ALG_HANDLE handle;
    WCHAR name[32], set[32];
    enum form form = SEED;
    NTSTATUS status;
    struct key *key;

    if (!row) return STATUS_BAD_FORM;
    wide(word[1], name, 32);
    wide(word[2], set, 32);
    key = key_new(word[3]);
    if ((status = part_read(word[3], "pub", &in, &public))) return status;
    if (part_read(word[3], "seed", &in2, &private))
    {
        form = PRIVATE;
        if (part_read(word[3], "private", &in2, &private)) form = PUBLIC;
    }
    if ((status = BCryptOpenAlgorithmProvider(&handle, name, NULL, 0))) return status;
    status = blob_import(handle, row, PUBLIC, set, &public, &key->public);
    if (!status && form != PUBLIC)
    {
        status = blob_import(handle, row, form, set, &private, &key->private);
        if (!status) status = compare(key->private, row, PUBLIC, &public);
    }
    BCryptCloseAlgorithmProvider(handle, 0);
    return status;
}

NTSTATUS pq_composite_make(char **word)
{
    const struct algorithm *row = composite_find(word);
    BCRYPT_KEY_HANDLE key = NULL;
    BCRYPT_ALG_HANDLE handle;
    WCHAR name[32], set[32];
    NTSTATUS status;

    if (!row) return STATUS_BAD_FORM;
    wide(word[1], name, 32);
    wide(word[2], set, 32);
    if ((status = BCryptOpenAlgorithmProvider(&handle, name, NULL, 0))) return status;
    if (!(status = BCryptGenerateKeyPair(handle, &key, 0, 0)) &&
        !(status = BCryptSetProperty(key, BCRYPT_PARAMETER_SET_NAME, (UCHAR *)set,
                                     (ULONG)(wcslen(set) + 1) * sizeof(WCHAR), 0)) &&
        !(status = BCryptFinalizeKeyPair(key, 0)) &&
        !(status = part_write(word[3], "pub", key, row, PUBLIC)))
        status = part_write(word[3], "private", key, row, PRIVATE);
    BCryptDestroyKey(key);
    BCryptCloseAlgorithmProvider(handle, 0);
    return status ? status : pq_composite(word);
}

/* What PREHASH and CONTEXT say: "mu" is ML-DSA's external mu, "-" neither hash nor context. */
static NTSTATUS message_form(char **word, BCRYPT_PQDSA_PADDING_INFO *info, WCHAR hash[32],
                             void **padding, ULONG *flags)
{
    NTSTATUS status;

    memset(info, 0, sizeof(*info));
    *padding = NULL;
    *flags = !strcmp(word[3], "mu") ? BCRYPT_MLDSA_EXTERNAL_MU : 0;
    if (*flags || (!strcmp(word[2], "-") && !strcmp(word[3], "-"))) return STATUS_SUCCESS;

    if ((status = file_read(word[2], &in3))) return status;
    info->pbCtx = in3.bytes ? in3.data : NULL;
    info->cbCtx = in3.bytes;
    wide(word[3], hash, 32);
    if (strcmp(word[3], "-")) info->pszPrehashAlgId = hash;
    *padding = info;
    *flags = BCRYPT_PAD_PQDSA;
    return STATUS_SUCCESS;
}

NTSTATUS pq_sign(char **word)
{
    struct key *key = key_find(word[1]);
    BCRYPT_PQDSA_PADDING_INFO info;
    WCHAR hash[32];
    NTSTATUS status;
    ULONG bytes, flags;
    void *padding;

    if (!key) return STATUS_NO_FILE;
    if ((status = message_form(word, &info, hash, &padding, &flags)) ||
        (status = file_read(word[4], &in)) ||
        (status = BCryptSignHash(key->private, padding, in.data, in.bytes, out.data,
                                 sizeof(out.data), &bytes, flags)))
        return status;
    return file_write(word[5], out.data, bytes);
}

NTSTATUS pq_verify(char **word)
{
    struct key *key = key_find(word[1]);
    BCRYPT_PQDSA_PADDING_INFO info;
    WCHAR hash[32];
    NTSTATUS status;
    void *padding;
    ULONG flags;

    if (!key) return STATUS_NO_FILE;
    if ((status = message_form(word, &info, hash, &padding, &flags)) ||
        (status = file_read(word[4], &in)) || (status = file_read(word[5], &in2)) ||
        (status = BCryptVerifySignature(key->public, padding, in.data, in.bytes, in2.data,
                                        in2.bytes, flags)))
        return status;
    in.data[0] ^= 0x80;
    status = BCryptVerifySignature(key->public, padding, in.data, in.bytes, in2.data, in2.bytes,
                                   flags);
    in.data[0] ^= 0x80;
    if (status != STATUS_INVALID_SIGNATURE) return STATUS_DIFFERENT;
    if (flags == BCRYPT_MLDSA_EXTERNAL_MU) return STATUS_SUCCESS;

    /* Another context is another message. */
    info.pbCtx = (UCHAR *)"elsewhere", info.cbCtx = 9;
    status = BCryptVerifySignature(key->public, &info, in.data, in.bytes, in2.data, in2.bytes,
                                   BCRYPT_PAD_PQDSA);
    return status == STATUS_INVALID_SIGNATURE ? STATUS_SUCCESS : STATUS_DIFFERENT;
}

NTSTATUS pq_encapsulate(char **word)
{
    struct key *key = key_find(word[1]);
    ULONG secret_bytes, bytes;
    UCHAR secret[64];
    NTSTATUS status;

    if (!key) return STATUS_NO_FILE;
    if ((status = BCryptEncapsulate(key->public, secret, sizeof(secret), &secret_bytes, out.data,
                                    sizeof(out.data), &bytes, 0)) ||
        (status = file_write(word[2], out.data, bytes)))
        return status;
    return file_write(word[3], secret, secret_bytes);
}

NTSTATUS pq_decapsulate(char **word)
{
    struct key *key = key_find(word[1]);
    UCHAR secret[64];
    NTSTATUS status;
    ULONG bytes;

    if (!key) return STATUS_NO_FILE;
    if ((status = file_read(word[2], &in)) ||
        (status = BCryptDecapsulate(key->private, in.data, in.bytes, secret, sizeof(secret),
                                    &bytes, 0)))
        return status;
    return file_write(word[3], secret, bytes);
}
