/*
 * test_vectors_pq.c - published vectors of ML-KEM, ML-DSA, SLH-DSA, composites, LMS and XMSS.
 *
 * What an operation makes depends on random numbers that nobody can choose through CNG. Where they
 * can be chosen all the same (tests/native/test_pq_vectors.c), what is made is compared with what
 * is published; elsewhere it is made, and has to be right.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"
#include "vectors.h"

bool (*choose_random)(const void *bytes, size_t count);

#define SEED_MOST 96
#define SECRET_BYTES 32

/* The types of blobs, with their magics. */
struct algorithm
{
    const char *name;
    const WCHAR *id, *types[3];
    ULONG magics[3];
};
enum { PUBLIC, PRIVATE, SEED };

static const struct algorithm algorithms[] =
{
    { "ML-KEM", BCRYPT_MLKEM_ALGORITHM,
      { BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB },
      { BCRYPT_MLKEM_PUBLIC_MAGIC, BCRYPT_MLKEM_PRIVATE_MAGIC, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC } },
    { "ML-DSA", BCRYPT_MLDSA_ALGORITHM,
      { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB },
      { BCRYPT_MLDSA_PUBLIC_MAGIC, BCRYPT_MLDSA_PRIVATE_MAGIC, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC } },
    { "SLH-DSA", BCRYPT_SLHDSA_ALGORITHM,
      { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, NULL },
      { BCRYPT_SLHDSA_PUBLIC_MAGIC, BCRYPT_SLHDSA_PRIVATE_MAGIC, 0 } },
    { "Composite-ML-DSA", BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
      { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, NULL },
      { BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC, 0 } },
    { "Composite-ML-KEM", BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
      { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,
        BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB },
      { BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC,
        BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC } },
    { "LMS", BCRYPT_LMS_ALGORITHM, { BCRYPT_PQDSA_PUBLIC_BLOB, NULL, NULL },
      { BCRYPT_LMS_PUBLIC_MAGIC, 0, 0 } },
    { "XMSS", BCRYPT_XMSS_ALGORITHM, { BCRYPT_PQDSA_PUBLIC_BLOB, NULL, NULL },
      { BCRYPT_XMSS_PUBLIC_MAGIC, 0, 0 } },
};

/* What a section is about. */
struct subject
{
    const struct algorithm *algorithm;
    BCRYPT_ALG_HANDLE handle;
    const WCHAR *set;
};

/* The section's algorithm; false if this Windows has it not. */
static bool open(struct vectors *v, struct subject *subject)
{
    const char *name = vectors_text(v, "alg", "");
    NTSTATUS status;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(algorithms) && strcmp(algorithms[i].name, name); i++) continue;
    expect_true(i < ARRAY_SIZE(algorithms));
    subject->algorithm = &algorithms[i];
    status = BCryptOpenAlgorithmProvider(&subject->handle, algorithms[i].id, NULL, 0);
    if (status && vectors_absent(v, status)) return false;
    expect_status(status, STATUS_SUCCESS);
    keep_algorithm(subject->handle);
    return true;
}

static NTSTATUS import(struct vectors *v, struct subject *subject, int form, const char *field,
                       ULONG flags, BCRYPT_KEY_HANDLE *key)
{
    struct bytes value = vectors_bytes(v, field);
    UCHAR *blob = vectors_room(v, value.size + 64);
    ULONG bytes = pq_blob(blob, subject->algorithm->magics[form], vectors_wide(v, "set"),
                          value.data, value.size);

    return BCryptImportKeyPair(subject->handle, NULL, subject->algorithm->types[form], key, blob,
                               bytes, flags);
}

/*
 * The case's key, in the form that it has. An expanded one is taken as it is: some have a public
 * half that is not theirs, which FIPS 203 does not forbid.
 */
static NTSTATUS case_key(struct vectors *v, struct subject *subject, BCRYPT_KEY_HANDLE *key)
{
    *key = NULL;
    if (vectors_has(v, "seed")) return import(v, subject, SEED, "seed", 0, key);
    if (vectors_has(v, "sk"))
    {
        return import(v, subject, PRIVATE, "sk", BCRYPT_NO_KEY_VALIDATION, key);
    }
    return import(v, subject, PUBLIC, "pk", 0, key);
}

/* A field that a case need not have. */
static struct bytes optional(struct vectors *v, const char *field)
{
    static UCHAR none[1];

    return vectors_has(v, field) ? vectors_bytes(v, field) : (struct bytes){ none, 0 };
}

static bool has_digest(struct vectors *v, const void *data, ULONG bytes, const char *field)
{
    struct bytes expected = optional(v, field);
    UCHAR digest[32];

    if (!expected.size) return true;
    expect_value(expected.size, sizeof(digest));
    expect_status(BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, (UCHAR *)(uintptr_t)data, bytes,
                             digest, sizeof(digest)), STATUS_SUCCESS);
    return same(digest, expected);
}

/* Whether a part of a key is what the case says. */
static bool part_matches(struct vectors *v, const struct subject *subject, BCRYPT_KEY_HANDLE key,
                         int form, const char *field)
{
    ULONG bytes = 0, header = PQ_HEADER_BYTES + wide_bytes(vectors_wide(v, "set"));
    const WCHAR *type = subject->algorithm->types[form];
    UCHAR *blob;

    expect_status(BCryptExportKey(key, NULL, type, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    blob = vectors_room(v, bytes);
    expect_status(BCryptExportKey(key, NULL, type, blob, bytes, &bytes, 0), STATUS_SUCCESS);
    return has_digest(v, blob + header, bytes - header, field);
}

static bool pair_matches(struct vectors *v, const struct subject *subject, BCRYPT_KEY_HANDLE key)
{
    return part_matches(v, subject, key, PUBLIC, "pk_sha") &&
           part_matches(v, subject, key, PRIVATE, "sk_sha");
}

/* --- keys ---------------------------------------------------------------------------------- */

static NTSTATUS generate(struct vectors *v, struct subject *subject, BCRYPT_KEY_HANDLE *key)
{
    struct bytes seed = vectors_bytes(v, vectors_has(v, "coins") ? "coins" : "seed");
    NTSTATUS status;

    if ((status = BCryptGenerateKeyPair(subject->handle, key, 0, 0))) return status;
    if ((status = pq_tell_set(*key, vectors_wide(v, "set")))) return status;
    expect_true(choose_random(seed.data, seed.size));
    return BCryptFinalizeKeyPair(*key, 0);
}

START_TEST(a_seed_gives_the_published_pair)
{
    struct vectors *v = vectors_start("pq-keygen", _i);
    struct subject subject;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
    bool matches;

    if (!open(v, &subject)) return;
    while (vectors_next(v))
    {
        status = vectors_has(v, "sk") ? import(v, &subject, PRIVATE, "sk", 0, &key) :
                 case_key(v, &subject, &key);
        matches = !status && pair_matches(v, &subject, key);
        BCryptDestroyKey(key);
        if (!status && choose_random)
        {
            status = generate(v, &subject, &key);
            matches = matches && !status && pair_matches(v, &subject, key);
            BCryptDestroyKey(key);
        }
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

/* --- encapsulation ------------------------------------------------------------------------- */

START_TEST(an_encapsulation_is_the_published_one)
{
    struct vectors *v = vectors_start("kem-encaps", _i);
    UCHAR secret[SECRET_BYTES], ciphertext[2000];
    struct bytes coins, expected;
    ULONG bytes, ciphertext_bytes;
    struct subject subject;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
    bool matches;

    if (!open(v, &subject)) return;
    while (vectors_next(v))
    {
        matches = false;
        if (!(status = case_key(v, &subject, &key)))
        {
            coins = optional(v, "coins");
            expected = optional(v, "secret");
            if (choose_random && coins.size) expect_true(choose_random(coins.data, coins.size));
            status = BCryptEncapsulate(key, secret, sizeof(secret), &bytes, ciphertext,
                                       sizeof(ciphertext), &ciphertext_bytes, 0);
            matches = !choose_random ||
                      (has_digest(v, ciphertext, ciphertext_bytes, "ct_sha") &&
                       expected.size == SECRET_BYTES && same(secret, expected));
        }
        BCryptDestroyKey(key);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(a_decapsulation_gives_the_published_secret)
{
    struct vectors *v = vectors_start("kem-decaps", _i);
    struct bytes ciphertext, expected;
    UCHAR secret[SECRET_BYTES];
    struct subject subject;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
    bool matches;
    ULONG bytes;

    if (!open(v, &subject)) return;
    while (vectors_next(v))
    {
        matches = false;
        if (!(status = case_key(v, &subject, &key)))
        {
            ciphertext = vectors_bytes(v, "ct");
            expected = optional(v, "secret");
            status = BCryptDecapsulate(key, ciphertext.data, ciphertext.size, secret,
                                       sizeof(secret), &bytes, 0);
            matches = !status && expected.size == SECRET_BYTES && same(secret, expected) &&
                      part_matches(v, &subject, key, PUBLIC, "pk_sha");
        }
        BCryptDestroyKey(key);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

/* --- signatures ---------------------------------------------------------------------------- */

/* What is signed, and how. */
struct message
{
    struct bytes bytes, context;
    BCRYPT_PQDSA_PADDING_INFO info, *given;
    ULONG flags;
};

static void get_message(struct vectors *v, struct message *message)
{
    message->context = optional(v, "context");
    if (vectors_has(v, "mu"))
    {
        message->bytes = vectors_bytes(v, "mu");
        message->given = NULL;
        message->flags = BCRYPT_MLDSA_EXTERNAL_MU;
        return;
    }
    message->bytes = vectors_bytes(v, "msg");
    message->info.pbCtx = message->context.data;
    message->info.cbCtx = message->context.size;
    message->info.pszPrehashAlgId = NULL;
    message->given = &message->info;
    message->flags = BCRYPT_PAD_PQDSA;
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, const struct message *message, UCHAR *signature,
                       ULONG bytes)
{
    return BCryptVerifySignature(key, message->given, message->bytes.data, message->bytes.size,
                                 signature, bytes, message->flags);
}

START_TEST(a_message_gets_the_published_signature)
{
    struct vectors *v = vectors_start("pq-sign", _i);
    struct message message;
    struct subject subject;
    BCRYPT_KEY_HANDLE key;
    struct bytes coins;
    UCHAR *signature;
    NTSTATUS status;
    bool matches;
    ULONG bytes;

    if (!open(v, &subject)) return;
    while (vectors_next(v))
    {
        matches = false;
        if (!(status = case_key(v, &subject, &key)))
        {
            get_message(v, &message);
            coins = optional(v, "coins");
            bytes = property_ulong(key, BCRYPT_SIGNATURE_LENGTH);
            signature = vectors_room(v, bytes);
            if (choose_random && coins.size) expect_true(choose_random(coins.data, coins.size));
            status = BCryptSignHash(key, message.given, message.bytes.data, message.bytes.size,
                                    signature, bytes, &bytes, message.flags);
            matches = !status && !verify(key, &message, signature, bytes) &&
                      part_matches(v, &subject, key, PUBLIC, "pk_sha") &&
                      (!choose_random || has_digest(v, signature, bytes, "sig_sha"));
        }
        BCryptDestroyKey(key);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(the_published_signatures_verify)
{
    struct vectors *v = vectors_start("pq-verify", _i);
    struct message message;
    struct subject subject;
    BCRYPT_KEY_HANDLE key;
    struct bytes signature;
    NTSTATUS status;

    if (!open(v, &subject)) return;
    while (vectors_next(v))
    {
        if (!(status = case_key(v, &subject, &key)))
        {
            get_message(v, &message);
            signature = vectors_bytes(v, "sig");
            status = verify(key, &message, signature.data, signature.size);
        }
        BCryptDestroyKey(key);
        vectors_judge(v, status, true);
    }
    vectors_finish(v);
}
END_TEST

void vectors_pq_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, a_seed_gives_the_published_pair, "pq-keygen");
    add_sections(tests, an_encapsulation_is_the_published_one, "kem-encaps");
    add_sections(tests, a_decapsulation_gives_the_published_secret, "kem-decaps");
    add_sections(tests, a_message_gets_the_published_signature, "pq-sign");
    add_sections(tests, the_published_signatures_verify, "pq-verify");
}
