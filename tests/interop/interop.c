/*
 * interop.c - does with CNG what the openssl command did, or is to check afterwards.
 *
 *   interop SCRIPT
 *
 * Every line of the script is a command of words; files are named by words, and "-" is no file.
 * Prints "ok LINE" or "FAILED LINE: status" for each; the status is the number of failures.
 *
 * SPDX-License-Identifier: MIT
 */
#include "interop.h"

#include "der.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

NTSTATUS file_read(const char *name, struct bytes *bytes)
{
    FILE *file;

    bytes->bytes = 0;
    if (!strcmp(name, "-")) return STATUS_SUCCESS;
    if (!(file = fopen(name, "rb"))) return STATUS_NO_FILE;
    bytes->bytes = (ULONG)fread(bytes->data, 1, sizeof(bytes->data), file);
    fclose(file);
    return STATUS_SUCCESS;
}

NTSTATUS file_write(const char *name, const void *data, ULONG bytes)
{
    FILE *file = fopen(name, "wb");

    if (!file) return STATUS_NO_FILE;
    fwrite(data, 1, bytes, file);
    fclose(file);
    return STATUS_SUCCESS;
}

void wide(const char *text, WCHAR *out, int count)
{
    MultiByteToWideChar(CP_ACP, 0, text, -1, out, count);
}

static ULONG wide_bytes(const WCHAR *text)
{
    return (ULONG)(wcslen(text) + 1) * sizeof(WCHAR);
}

static struct bytes in, in2, in3, in4, out;

/* ---- hashes and MACs ---- */

/* A property whose value is a file; "-" leaves it alone. */
static NTSTATUS file_property(BCRYPT_HANDLE handle, LPCWSTR name, const char *file)
{
    static struct bytes value;
    NTSTATUS status;

    if (!strcmp(file, "-")) return STATUS_SUCCESS;
    if ((status = file_read(file, &value))) return status;
    return BCryptSetProperty(handle, name, value.data, value.bytes, 0);
}

/* Function and customization are cSHAKE's and KMAC's, nonce is that of GMAC. */
struct hash_files
{
    const char *key, *function, *customization, *nonce;
};

static NTSTATUS hash(const char *name, const struct hash_files *files, const struct bytes *message,
                     UCHAR *digest, ULONG bytes)
{
    static struct bytes secret;
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE object = NULL;
    NTSTATUS status;
    WCHAR id[32];
    ULONG flags = 0, half = message->bytes / 2;

    if (strcmp(files->key, "-") && strncmp(name, "AES", 3) && strncmp(name, "KMAC", 4))
        flags = BCRYPT_ALG_HANDLE_HMAC_FLAG;
    if ((status = file_read(files->key, &secret))) return status;
    wide(name, id, 32);
    if ((status = BCryptOpenAlgorithmProvider(&algorithm, id, NULL, flags))) return status;
    status = BCryptCreateHash(algorithm, &object, NULL, 0, secret.bytes ? secret.data : NULL,
                              secret.bytes, 0);
    if (!status) status = file_property(object, BCRYPT_FUNCTION_NAME_STRING, files->function);
    if (!status)
        status = file_property(object, BCRYPT_CUSTOMIZATION_STRING, files->customization);
    if (!status) status = file_property(object, BCRYPT_INITIALIZATION_VECTOR, files->nonce);
    if (!status) status = BCryptHashData(object, (UCHAR *)message->data, half, 0);
    if (!status)
        status = BCryptHashData(object, (UCHAR *)message->data + half, message->bytes - half, 0);
    if (!status) status = BCryptFinishHash(object, digest, bytes, 0);
    if (object) BCryptDestroyHash(object);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

static ULONG digest_bytes(const char *name)
{
    static const struct
    {
        const char *name;
        ULONG bytes;
    } row[] = {
        { "MD4", 16 },      { "MD5", 16 },      { "SHA1", 20 },
        { "SHA256", 32 },   { "SHA384", 48 },   { "SHA512", 64 },
        { "SHA3-256", 32 }, { "SHA3-384", 48 }, { "SHA3-512", 64 },
    };
    unsigned int i;

    for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
        if (!strcmp(row[i].name, name)) return row[i].bytes;
    return 0;
}

/* hash ALGORITHM KEY IN OUT BYTES [FUNCTION CUSTOMIZATION NONCE] */
static NTSTATUS do_hash(char **word)
{
    ULONG bytes = (ULONG)strtoul(word[5], NULL, 10);
    struct hash_files files = { word[2], "-", "-", "-" };
    NTSTATUS status;

    if (!strcmp(word[0], "hash_with"))
        files.function = word[6], files.customization = word[7], files.nonce = word[8];
    if ((status = file_read(word[3], &in)) ||
        (status = hash(word[1], &files, &in, out.data, bytes)))
        return status;
    return file_write(word[4], out.data, bytes);
}

/* ---- symmetric ciphers ---- */

static NTSTATUS symmetric_key(const char *name, const char *mode, const struct bytes *secret,
                              ULONG effective_bits, BCRYPT_KEY_HANDLE *key)
{
    BCRYPT_ALG_HANDLE algorithm;
    NTSTATUS status;
    WCHAR text[32];

    wide(name, text, 32);
    if ((status = BCryptOpenAlgorithmProvider(&algorithm, text, NULL, 0))) return status;
    if (strcmp(mode, "-"))
    {
        wide(mode, text, 32);
        status =
            BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)text, wide_bytes(text), 0);
    }
    if (!status && effective_bits)
        status = BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&effective_bits,
                                   4, 0);
    if (!status)
        status = BCryptGenerateSymmetricKey(algorithm, key, NULL, 0, (UCHAR *)secret->data,
                                            secret->bytes, 0);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* cipher encrypt|decrypt ALGORITHM MODE KEY IV UNIT PADDING EFFECTIVE-BITS IN OUT */
static NTSTATUS do_cipher(char **word)
{
    ULONG unit = (ULONG)strtoul(word[6], NULL, 10), flags = (ULONG)strtoul(word[7], NULL, 10),
          bytes;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;

    if ((status = file_read(word[4], &in2)) || (status = file_read(word[5], &in3)) ||
        (status = file_read(word[9], &in)))
        return status;
    if ((status = symmetric_key(word[2], word[3], &in2, (ULONG)strtoul(word[8], NULL, 10), &key)))
        return status;
    if (unit) status = BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&unit, 4, 0);
    if (!status)
        status = (word[1][0] == 'e' ? BCryptEncrypt : BCryptDecrypt)(
            key, in.data, in.bytes, NULL, in3.bytes ? in3.data : NULL, in3.bytes, out.data,
            sizeof(out.data), &bytes, flags);
    BCryptDestroyKey(key);
    return status ? status : file_write(word[10], out.data, bytes);
}

/* aead encrypt|decrypt ALGORITHM MODE KEY NONCE AAD TAG TAG-BYTES IN OUT */
static NTSTATUS do_aead(char **word)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
    UCHAR tag[16];
    ULONG bytes;
    int encrypt = word[1][0] == 'e';
    static struct bytes tag_in;

    if ((status = file_read(word[4], &in2)) || (status = file_read(word[5], &in3)) ||
        (status = file_read(word[6], &in4)) || (status = file_read(word[9], &in)))
        return status;
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = in3.data, info.cbNonce = in3.bytes;
    info.pbAuthData = in4.data, info.cbAuthData = in4.bytes;
    info.pbTag = tag, info.cbTag = (ULONG)strtoul(word[8], NULL, 10);
    if (!encrypt)
    {
        if ((status = file_read(word[7], &tag_in))) return status;
        if (tag_in.bytes != info.cbTag) return STATUS_BAD_FORM;
        memcpy(tag, tag_in.data, info.cbTag);
    }
    if ((status = symmetric_key(word[2], word[3], &in2, 0, &key))) return status;
    status = (encrypt ? BCryptEncrypt : BCryptDecrypt)(key, in.bytes ? in.data : NULL, in.bytes,
                                                       &info, NULL, 0, in.bytes ? out.data : NULL,
                                                       in.bytes, &bytes, 0);
    BCryptDestroyKey(key);
    if (!status && encrypt) status = file_write(word[7], tag, info.cbTag);
    return status ? status : file_write(word[10], out.data, bytes);
}

/* wrap KEK KEY OUT, unwrap KEK IN OUT: AES keys by RFC 3394 */
static NTSTATUS do_wrap(char **word)
{
    BCRYPT_KEY_HANDLE kek, key = NULL;
    NTSTATUS status;
    ULONG bytes = 0;

    if ((status = file_read(word[1], &in2)) || (status = file_read(word[2], &in)) ||
        (status = symmetric_key("AES", "-", &in2, 0, &kek)))
        return status;
    if (word[0][0] == 'w')
    {
        if (!(status = symmetric_key("AES", "-", &in, 0, &key)))
            status = BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, out.data, sizeof(out.data),
                                     &bytes, 0);
        if (!status) status = file_write(word[3], out.data, bytes);
    }
    else
    {
        status = BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, kek, BCRYPT_AES_WRAP_KEY_BLOB, &key,
                                 NULL, 0, in.data, in.bytes, 0);
        if (!status)
            status = BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, out.data, sizeof(out.data),
                                     &bytes, 0);
        if (!status)
            status = file_write(word[3], out.data + sizeof(BCRYPT_KEY_DATA_BLOB_HEADER),
                                bytes - (ULONG)sizeof(BCRYPT_KEY_DATA_BLOB_HEADER));
    }
    if (key) BCryptDestroyKey(key);
    BCryptDestroyKey(kek);
    return status;
}

/* ---- signatures and RSA encryption ---- */

/* PADDING is -, pkcs1, unnamed, which is that without the name of the hash, pss:SALT-BYTES or oaep;
 * with its structure, for a hash by this name. */
static ULONG padding(const char *name, const WCHAR *hash_name, struct bytes *label, void **info)
{
    static BCRYPT_PKCS1_PADDING_INFO pkcs1;
    static BCRYPT_PSS_PADDING_INFO pss;
    static BCRYPT_OAEP_PADDING_INFO oaep;

    *info = NULL;
    if (!strcmp(name, "pkcs1") || !strcmp(name, "unnamed"))
    {
        pkcs1.pszAlgId = name[0] == 'p' ? hash_name : NULL;
        *info = &pkcs1;
        return BCRYPT_PAD_PKCS1;
    }
    if (!strncmp(name, "pss:", 4))
    {
        pss.pszAlgId = hash_name;
        pss.cbSalt = (ULONG)strtoul(name + 4, NULL, 10);
        *info = &pss;
        return BCRYPT_PAD_PSS;
    }
    if (!strcmp(name, "oaep"))
    {
        oaep.pszAlgId = hash_name;
        oaep.pbLabel = label->bytes ? label->data : NULL;
        oaep.cbLabel = label->bytes;
        *info = &oaep;
        return BCRYPT_PAD_OAEP;
    }
    return 0;
}

/* The digest of a message, cut to the length of q where DSA takes no other. */
static NTSTATUS message_digest(const struct key *key, const char *hash_name, const char *file,
                               UCHAR *digest, ULONG *bytes)
{
    static const struct hash_files no_files = { "-", "-", "-", "-" };
    NTSTATUS status;

    *bytes = digest_bytes(hash_name);
    if ((status = file_read(file, &in)) ||
        (status = hash(hash_name, &no_files, &in, digest, *bytes)))
        return status;
    if (!key->field_bytes && key->group_bytes && *bytes > key->group_bytes)
        *bytes = key->group_bytes;
    return STATUS_SUCCESS;
}

/* sign NAME PADDING HASH IN OUT; (r, s) leaves as DER */
static NTSTATUS do_sign(char **word)
{
    struct key *key = key_find(word[1]);
    static struct der_out der;
    UCHAR digest[64];
    WCHAR hash_name[32];
    ULONG bytes, flags;
    NTSTATUS status;
    void *info;

    if (!key) return STATUS_NO_FILE;
    wide(word[3], hash_name, 32);
    flags = padding(word[2], hash_name, NULL, &info);
    if ((status = message_digest(key, word[3], word[4], digest, &bytes))) return status;
    if ((status = BCryptSignHash(key->private, info, digest, bytes, out.data, sizeof(out.data),
                                 &bytes, flags)))
        return status;
    if (!key->group_bytes) return file_write(word[5], out.data, bytes);

    der_begin(&der);
    der_put_number(&der, out.data + bytes / 2, bytes / 2);
    der_put_number(&der, out.data, bytes / 2);
    der_wrap(&der, DER_SEQUENCE, 0);
    return file_write(word[5], der.at, (ULONG)der_bytes(&der));
}

/* verify NAME PADDING HASH IN SIGNATURE; the same with one bit of the message changed must fail */
static NTSTATUS do_verify(char **word)
{
    struct key *key = key_find(word[1]);
    struct der signature, sequence, r, s;
    UCHAR digest[64], raw[256];
    WCHAR hash_name[32];
    ULONG bytes, flags;
    NTSTATUS status;
    UCHAR *data;
    ULONG size;
    void *info;

    if (!key) return STATUS_NO_FILE;
    wide(word[3], hash_name, 32);
    flags = padding(word[2], hash_name, NULL, &info);
    if ((status = message_digest(key, word[3], word[4], digest, &bytes)) ||
        (status = file_read(word[5], &in2)))
        return status;
    data = in2.data, size = in2.bytes;
    if (key->group_bytes)
    {
        signature.at = in2.data, signature.bytes = in2.bytes;
        if (!der_take(&signature, DER_SEQUENCE, &sequence, NULL) ||
            !der_number(&sequence, DER_INTEGER, &r) || !der_number(&sequence, DER_INTEGER, &s) ||
            !der_pad(&r, raw, key->group_bytes) ||
            !der_pad(&s, raw + key->group_bytes, key->group_bytes))
            return STATUS_BAD_FORM;
        data = raw, size = 2 * key->group_bytes;
    }
    if ((status = BCryptVerifySignature(key->public, info, digest, bytes, data, size, flags)))
        return status;
    digest[0] ^= 0x80;
    return BCryptVerifySignature(key->public, info, digest, bytes, data, size, flags)
               ? STATUS_SUCCESS
               : STATUS_DIFFERENT;
}

/* encrypt|decrypt NAME PADDING HASH LABEL IN OUT; PADDING none is plain RSA */
static NTSTATUS do_crypt(char **word)
{
    struct key *key = key_find(word[1]);
    WCHAR hash_name[32];
    NTSTATUS status;
    ULONG flags, bytes;
    void *info;

    if (!key) return STATUS_NO_FILE;
    wide(word[3], hash_name, 32);
    if ((status = file_read(word[4], &in2)) || (status = file_read(word[5], &in))) return status;
    flags = !strcmp(word[2], "none") ? BCRYPT_PAD_NONE : padding(word[2], hash_name, &in2, &info);
    if (flags == BCRYPT_PAD_NONE || flags == BCRYPT_PAD_PKCS1) info = NULL;
    if (word[0][0] == 'e')
        status = BCryptEncrypt(key->public, in.data, in.bytes, info, NULL, 0, out.data,
                               sizeof(out.data), &bytes, flags);
    else
        status = BCryptDecrypt(key->private, in.data, in.bytes, info, NULL, 0, out.data,
                               sizeof(out.data), &bytes, flags);
    return status ? status : file_write(word[6], out.data, bytes);
}

/* ---- agreement and derivation ---- */

static NTSTATUS agreed(char **word, BCRYPT_SECRET_HANDLE *secret)
{
    struct key *ours = key_find(word[1]), *peer = key_find(word[2]);

    if (!ours || !peer) return STATUS_NO_FILE;
    return BCryptSecretAgreement(ours->private, peer->public, secret, 0);
}

/* agree NAME PEER OUT: the secret itself, which CNG gives out last byte first */
static NTSTATUS do_agree(char **word)
{
    BCRYPT_SECRET_HANDLE secret;
    NTSTATUS status;
    ULONG bytes, i;
    UCHAR swap;

    if ((status = agreed(word, &secret))) return status;
    status =
        BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, out.data, sizeof(out.data), &bytes, 0);
    BCryptDestroySecret(secret);
    if (status) return status;
    for (i = 0; i < bytes / 2; i++)
    {
        swap = out.data[i];
        out.data[i] = out.data[bytes - 1 - i];
        out.data[bytes - 1 - i] = swap;
    }
    return file_write(word[3], out.data, bytes);
}

/* Parameters by the type of their value; each value is a file, a hash's name is a word. */
static void parameter(BCryptBufferDesc *list, ULONG type, void *data, ULONG bytes)
{
    list->pBuffers[list->cBuffers].BufferType = type;
    list->pBuffers[list->cBuffers].pvBuffer = data;
    list->pBuffers[list->cBuffers++].cbBuffer = bytes;
}

static NTSTATUS file_parameter(BCryptBufferDesc *list, ULONG type, const char *file,
                               struct bytes *bytes)
{
    NTSTATUS status = file_read(file, bytes);

    if (!status && bytes->bytes) parameter(list, type, bytes->data, bytes->bytes);
    return status;
}

/* What the arguments of a function are: up to three files. */
static NTSTATUS parameters(const char *function, char **file, BCryptBufferDesc *list)
{
    static const struct
    {
        const char *name;
        ULONG type[3];
    } row[] = {
        { "HASH", { KDF_SECRET_PREPEND, KDF_SECRET_APPEND, 0 } },
        { "HMAC", { KDF_HMAC_KEY, KDF_SECRET_PREPEND, KDF_SECRET_APPEND } },
        { "TLS_PRF", { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, 0 } },
        { "SP800_56A_CONCAT", { KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO } },
        { "SP800_108_CTR_HMAC", { KDF_LABEL, KDF_CONTEXT, 0 } },
        { "TLS1_1_KDF", { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, 0 } },
        { "TLS1_2_KDF", { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, 0 } },
        { "PBKDF2", { KDF_SALT, 0, 0 } },
        { "HKDF", { KDF_HKDF_INFO, 0, 0 } },
    };
    static struct bytes data[3];
    NTSTATUS status;
    unsigned int i, j;

    for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
    {
        if (strcmp(row[i].name, function)) continue;
        for (j = 0; j < 3 && row[i].type[j]; j++)
            if ((status = file_parameter(list, row[i].type[j], file[j], &data[j]))) return status;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS hkdf_prepare(BCRYPT_HANDLE handle, WCHAR *hash_name, const char *salt)
{
    NTSTATUS status;

    if ((status = file_read(salt, &in2)) ||
        (status = BCryptSetProperty(handle, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)hash_name,
                                    wide_bytes(hash_name), 0)))
        return status;
    return BCryptSetProperty(handle, BCRYPT_HKDF_SALT_AND_FINALIZE, in2.bytes ? in2.data : NULL,
                             in2.bytes, 0);
}

/* derive NAME PEER FUNCTION HASH BYTES OUT A B C: from an agreed secret; HKDF has B for its salt */
static NTSTATUS do_derive(char **word)
{
    ULONG bytes = (ULONG)strtoul(word[5], NULL, 10), protocol = 0x0303;
    BCryptBuffer buffers[8];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    BCRYPT_SECRET_HANDLE secret;
    WCHAR function[32], hash_name[32];
    NTSTATUS status;

    wide(word[3], function, 32);
    wide(word[4], hash_name, 32);
    if ((status = agreed(word, &secret))) return status;
    if (!strcmp(word[3], "HKDF"))
        status = hkdf_prepare(secret, hash_name, word[8]);
    else
        parameter(&list, KDF_HASH_ALGORITHM, hash_name, wide_bytes(hash_name));
    if (!strcmp(word[3], "TLS_PRF"))
        parameter(&list, KDF_TLS_PRF_PROTOCOL, &protocol, sizeof(protocol));
    if (!status) status = parameters(word[3], word + 7, &list);
    if (!status) status = BCryptDeriveKey(secret, function, &list, out.data, bytes, &bytes, 0);
    BCryptDestroySecret(secret);
    return status ? status : file_write(word[6], out.data, bytes);
}

/* kdf FUNCTION HASH SECRET BYTES OUT A B C: PBKDF2 has its iterations in B, HKDF its salt */
static NTSTATUS do_kdf(char **word)
{
    ULONG bytes = (ULONG)strtoul(word[4], NULL, 10);
    BCryptBuffer buffers[8];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    BCRYPT_KEY_HANDLE key;
    ULONGLONG iterations;
    WCHAR hash_name[32];
    NTSTATUS status;

    wide(word[2], hash_name, 32);
    if ((status = file_read(word[3], &in)) || (status = symmetric_key(word[1], "-", &in, 0, &key)))
        return status;
    if (!strcmp(word[1], "HKDF"))
        status = hkdf_prepare(key, hash_name, word[7]);
    else if (strcmp(word[2], "-"))
        parameter(&list, KDF_HASH_ALGORITHM, hash_name, wide_bytes(hash_name));
    if (!strcmp(word[1], "PBKDF2"))
    {
        iterations = strtoul(word[7], NULL, 10);
        parameter(&list, KDF_ITERATION_COUNT, &iterations, sizeof(iterations));
    }
    if (!status) status = parameters(word[1], word + 6, &list);
    if (!status) status = BCryptKeyDerivation(key, &list, out.data, bytes, &bytes, 0);
    BCryptDestroyKey(key);
    return status ? status : file_write(word[5], out.data, bytes);
}

/* ---- what there is ---- */

static void write_name(FILE *file, LPCWSTR name)
{
    fprintf(file, "%ls\n", name);
}

/* list OUT: the names of all algorithms and curves */
static NTSTATUS do_list(char **word)
{
    BCRYPT_ALGORITHM_IDENTIFIER *algorithms;
    BCRYPT_ECC_CURVE_NAMES *curves = (BCRYPT_ECC_CURVE_NAMES *)out.data;
    BCRYPT_ALG_HANDLE algorithm;
    FILE *file = fopen(word[1], "wb");
    ULONG count, i;
    NTSTATUS status;

    if (!file) return STATUS_NO_FILE;
    if (!(status = BCryptEnumAlgorithms(0x7f, &count, &algorithms, 0)))
    {
        for (i = 0; i < count; i++) write_name(file, algorithms[i].pszName);
        BCryptFreeBuffer(algorithms);
        status = BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_ECDH_ALGORITHM, NULL, 0);
    }
    if (!status)
    {
        status = BCryptGetProperty(algorithm, BCRYPT_ECC_CURVE_NAME_LIST, out.data,
                                   sizeof(out.data), &count, 0);
        for (i = 0; !status && i < curves->dwEccCurveNames; i++)
            write_name(file, curves->pEccCurveNames[i]);
        BCryptCloseAlgorithmProvider(algorithm, 0);
    }
    fclose(file);
    return status;
}

/* ---- the script ---- */

static const struct
{
    const char *name;
    int words;
    NTSTATUS (*function)(char **word);
} commands[] = {
    { "hash", 6, do_hash },          { "cipher", 11, do_cipher }, { "aead", 11, do_aead },
    { "wrap", 4, do_wrap },          { "unwrap", 4, do_wrap },    { "import", 4, key_import },
    { "generate", 6, key_generate }, { "sign", 6, do_sign },      { "verify", 6, do_verify },
    { "encrypt", 7, do_crypt },      { "decrypt", 7, do_crypt },  { "agree", 4, do_agree },
    { "derive", 10, do_derive },     { "kdf", 9, do_kdf },        { "capi", 5, key_capi },
    { "hash_with", 9, do_hash },     { "list", 2, do_list },
    { "pq_import", 4, pq_import },   { "pq_generate", 4, pq_generate },
    { "pq_sign", 6, pq_sign },       { "pq_verify", 6, pq_verify },
    { "pq_encapsulate", 4, pq_encapsulate },
    { "pq_composite", 4, pq_composite },
    { "pq_composite_make", 4, pq_composite_make },
    { "pq_decapsulate", 4, pq_decapsulate },
};

static NTSTATUS run(char *line)
{
    char *word[16];
    int count = 0;
    unsigned int i;

    for (word[0] = strtok(line, " \r\n"); word[count] && count < 15;
         word[count] = strtok(NULL, " \r\n"))
        count++;
    for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(commands[i].name, word[0]))
            return commands[i].words == count ? commands[i].function(word) : STATUS_BAD_FORM;
    return STATUS_BAD_FORM;
}

int main(int argc, char **argv)
{
    char line[1024], copy[1024];
    int failures = 0;
    FILE *script;
    NTSTATUS status;

    if (argc != 2 || !(script = fopen(argv[1], "r"))) return 255;
    while (fgets(line, sizeof(line), script))
    {
        line[strcspn(line, "\r\n")] = 0;
        if (!*line) continue;
        strcpy(copy, line);
        status = run(copy);
        if (!status)
            printf("ok %s\n", line);
        else
            printf("FAILED %s: 0x%08lx\n", line, (unsigned long)status), failures++;
        fflush(stdout);
    }
    fclose(script);
    return failures ? 1 : 0;
}
