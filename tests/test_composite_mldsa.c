/*
 * test_composite_mldsa.c - composite ML-DSA: signatures.
 *
 * What its keys have in common with others is in test_pq_blob.c, published vectors are in
 * test_vectors_pq.c. Signatures that are too short to have both parts, or have more behind them,
 * are tested in the native build (fuzz_blob_pqc.c).
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"
#include "vectors.h"

#define COMPOSITE BCRYPT_COMPOSITE_MLDSA_ALG_HANDLE
#define SEED_BYTES 32
#define LABEL_BYTES 33
#define MOST_BYTES 4731

/* draft-ietf-lamps-pq-composite-sigs, tables of sizes and of labels. */
static const struct
{
    const WCHAR *name, *lattice_set, *hash;
    const char *label;
    ULONG public_bytes, private_bytes, most_bytes;
    ULONG lattice_public, lattice_signature;
    ULONG field_bytes, hash_bytes;                  /* of the curve; of the message's hash */
    ULONG public_magic;                             /* of the curve's keys */
} sets[] =
{
    { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256, BCRYPT_MLDSA_PARAMETER_SET_44,
      BCRYPT_SHA256_ALGORITHM, "COMPSIG-MLDSA44-ECDSA-P256-SHA256", 1377, 83, 2492, 1312, 2420,
      32, 32, BCRYPT_ECDSA_PUBLIC_P256_MAGIC },
    { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P256_SHA512, BCRYPT_MLDSA_PARAMETER_SET_65,
      BCRYPT_SHA512_ALGORITHM, "COMPSIG-MLDSA65-ECDSA-P256-SHA512", 2017, 83, 3381, 1952, 3309,
      32, 64, BCRYPT_ECDSA_PUBLIC_P256_MAGIC },
    { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512, BCRYPT_MLDSA_PARAMETER_SET_65,
      BCRYPT_SHA512_ALGORITHM, "COMPSIG-MLDSA65-ECDSA-P384-SHA512", 2049, 96, 3413, 1952, 3309,
      48, 64, BCRYPT_ECDSA_PUBLIC_P384_MAGIC },
    { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512, BCRYPT_MLDSA_PARAMETER_SET_87,
      BCRYPT_SHA512_ALGORITHM, "COMPSIG-MLDSA87-ECDSA-P384-SHA512", 2689, 96, 4731, 2592, 4627,
      48, 64, BCRYPT_ECDSA_PUBLIC_P384_MAGIC },
};

struct signature
{
    UCHAR bytes[MOST_BYTES + 16];
    ULONG count;
};

static BCRYPT_PQDSA_PADDING_INFO with(const void *context, ULONG bytes, const WCHAR *hash)
{
    BCRYPT_PQDSA_PADDING_INFO info = { (UCHAR *)(uintptr_t)context, bytes,
                                       (WCHAR *)(uintptr_t)hash };

    return info;
}

/* A signature of bytes; an info goes with its flag. */
static NTSTATUS sign(BCRYPT_KEY_HANDLE key, BCRYPT_PQDSA_PADDING_INFO *info, const UCHAR *message,
                     ULONG bytes, struct signature *signature)
{
    NTSTATUS status;

    mark(signature->bytes, sizeof(signature->bytes));
    signature->count = 0;
    status = BCryptSignHash(key, info, (UCHAR *)(uintptr_t)message, bytes, signature->bytes,
                            MOST_BYTES, &signature->count, info ? BCRYPT_PAD_PQDSA : 0);
    if (status) expect_untouched(signature->bytes, sizeof(signature->bytes));
    return status;
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, BCRYPT_PQDSA_PADDING_INFO *info,
                       const UCHAR *message, ULONG bytes, const struct signature *signature)
{
    return BCryptVerifySignature(key, info, (UCHAR *)(uintptr_t)message, bytes,
                                 (UCHAR *)(uintptr_t)signature->bytes, signature->count,
                                 info ? BCRYPT_PAD_PQDSA : 0);
}

static BCRYPT_KEY_HANDLE generated(int set)
{
    return pq_generated(COMPOSITE, sets[set].name);
}

/* --- signatures ---------------------------------------------------------------------------- */

START_TEST(a_signature_verifies_with_either_half)
{
    BCRYPT_KEY_HANDLE own = generated(_i);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(COMPOSITE, own, BCRYPT_PQDSA_PUBLIC_BLOB);
    BCRYPT_KEY_HANDLE copy = pq_through_blob(COMPOSITE, own, BCRYPT_PQDSA_PRIVATE_BLOB);
    struct signature signature;

    expect_status(sign(own, NULL, counting, 100, &signature), STATUS_SUCCESS);
    expect_status(verify(own, NULL, counting, 100, &signature), STATUS_SUCCESS);
    expect_status(verify(peer, NULL, counting, 100, &signature), STATUS_SUCCESS);
    expect_status(verify(peer, NULL, counting, 99, &signature), STATUS_INVALID_SIGNATURE);
    expect_status(sign(copy, NULL, counting, 0, &signature), STATUS_SUCCESS);
    expect_status(verify(peer, NULL, NULL, 0, &signature), STATUS_SUCCESS);
}
END_TEST

/* The two numbers of ECDSA take as many bytes as they need. */
START_TEST(a_signature_is_no_longer_than_was_said)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    ULONG shortest = MOST_BYTES, longest = 0, said = 0;
    struct signature signature;
    int round;

    expect_status(BCryptSignHash(key, NULL, NULL, 0, NULL, 0, &said, 0), STATUS_SUCCESS);
    expect_value(said, sets[_i].most_bytes);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), said);
    for (round = 0; round < 20; round++)
    {
        expect_status(sign(key, NULL, counting, (ULONG)round, &signature), STATUS_SUCCESS);
        expect_untouched(signature.bytes + signature.count,
                         sizeof(signature.bytes) - signature.count);
        if (signature.count < shortest) shortest = signature.count;
        if (signature.count > longest) longest = signature.count;
        expect_status(verify(key, NULL, counting, (ULONG)round, &signature), STATUS_SUCCESS);
    }
    expect_at_most(longest, said);
    expect_true(shortest < said);               /* all of 20 at their longest: once in 4^20 */
}
END_TEST

START_TEST(a_buffer_has_to_have_room_for_the_longest)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    ULONG bytes = 0, most = sets[_i].most_bytes;
    UCHAR signature[MOST_BYTES + 16];

    mark(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)(uintptr_t)counting, 32, signature, most - 1,
                                 &bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, most);
    expect_untouched(signature, sizeof(signature));
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)(uintptr_t)counting, 32, signature, most,
                                 &bytes, 0), STATUS_SUCCESS);
    expect_at_most(bytes, most);
    expect_untouched(signature + bytes, sizeof(signature) - bytes);
}
END_TEST

START_TEST(a_changed_signature_is_not_one)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    struct signature signature;
    ULONG at;

    expect_status(sign(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
    for (at = 0; at < signature.count; at += at < sets[_i].lattice_signature - 100 ? 23 : 1)
    {
        signature.bytes[at] ^= (UCHAR)(1 << at % 8);
        expect_status(verify(key, NULL, counting, 32, &signature), STATUS_INVALID_SIGNATURE);
        signature.bytes[at] ^= (UCHAR)(1 << at % 8);
    }
    expect_status(verify(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
}
END_TEST

/* Both parts have to be of the same message and of the same key. */
START_TEST(parts_of_two_signatures_are_none)
{
    BCRYPT_KEY_HANDLE key = generated(_i), other = generated(_i);
    struct signature one, two, mixed;
    ULONG lattice = sets[_i].lattice_signature;

    expect_status(sign(key, NULL, counting, 32, &one), STATUS_SUCCESS);
    expect_status(sign(other, NULL, counting, 32, &two), STATUS_SUCCESS);
    mixed = two;
    memcpy(mixed.bytes, one.bytes, lattice);
    expect_status(verify(key, NULL, counting, 32, &mixed), STATUS_INVALID_SIGNATURE);
    expect_status(verify(other, NULL, counting, 32, &mixed), STATUS_INVALID_SIGNATURE);
    expect_status(sign(key, NULL, counting, 33, &two), STATUS_SUCCESS);
    mixed = two;
    memcpy(mixed.bytes, one.bytes, lattice);
    expect_status(verify(key, NULL, counting, 32, &mixed), STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, NULL, counting, 33, &mixed), STATUS_INVALID_SIGNATURE);
    expect_status(sign(key, NULL, counting, 32, &two), STATUS_SUCCESS);
    mixed = two;
    memcpy(mixed.bytes, one.bytes, lattice);    /* of one message and key they may be mixed */
    expect_status(verify(key, NULL, counting, 32, &mixed), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_signature_that_is_too_long_is_refused)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    struct signature signature;

    expect_status(sign(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
    signature.count = sets[_i].most_bytes + 1;
    expect_status(verify(key, NULL, counting, 32, &signature), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_number_in_a_signature_has_its_shortest_form)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    struct signature signature, padded;
    UCHAR *der;

    /* Room for a zero before r, which is not there for its sign. */
    do expect_status(sign(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
    while (signature.bytes[sets[_i].lattice_signature + 3] != sets[_i].field_bytes);
    padded = signature;
    der = padded.bytes + sets[_i].lattice_signature;
    memmove(der + 5, der + 4, signature.count - sets[_i].lattice_signature - 4);
    der[4] = 0;
    der[1]++;
    der[3]++;
    padded.count++;
    expect_status(verify(key, NULL, counting, 32, &padded), STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_signature_may_take_the_place_of_the_message)
{
    BCRYPT_KEY_HANDLE key = generated(_i);
    struct signature signature;

    memcpy(signature.bytes, counting, 256);
    expect_status(BCryptSignHash(key, NULL, signature.bytes, 256, signature.bytes, MOST_BYTES,
                                 &signature.count, 0), STATUS_SUCCESS);
    expect_status(verify(key, NULL, counting, 256, &signature), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_public_key_does_not_sign)
{
    BCRYPT_KEY_HANDLE own = generated(_i);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(COMPOSITE, own, BCRYPT_PQDSA_PUBLIC_BLOB);
    struct signature signature;

    expect_status(sign(peer, NULL, counting, 32, &signature), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_unfinalized_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = pq_begun(COMPOSITE);
    struct signature signature;

    expect_status(pq_tell_set(key, sets[_i].name), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), sets[_i].most_bytes);
    expect_status(sign(key, NULL, counting, 32, &signature), STATUS_INVALID_HANDLE);
    signature.count = sets[_i].most_bytes;
    expect_status(verify(key, NULL, counting, 32, &signature), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(sign(key, NULL, counting, 32, &signature), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(verify(key, NULL, counting, 32, &signature), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_key_says_what_it_is)
{
    BCRYPT_KEY_HANDLE key = generated(_i), copy;

    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, sets[_i].name);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, BCRYPT_COMPOSITE_MLDSA_ALGORITHM);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 8 * sets[_i].public_bytes);
    expect_property(key, BCRYPT_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_KEY_STRENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_KEM_CIPHERTEXT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

/* --- contexts, digests and flags ----------------------------------------------------------- */

START_TEST(a_signature_is_one_with_its_context_alone)
{
    static const ULONG lengths[] = { 0, 1, 32, 254, 255 };
    BCRYPT_KEY_HANDLE key = generated(_i);
    BCRYPT_PQDSA_PADDING_INFO right, wrong;
    struct signature signature;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        right = with(counting, lengths[i], NULL);
        wrong = with(counting, lengths[i] ? lengths[i] - 1 : 1, NULL);
        expect_status(sign(key, &right, counting, 50, &signature), STATUS_SUCCESS);
        expect_status(verify(key, &right, counting, 50, &signature), STATUS_SUCCESS);
        expect_status(verify(key, &wrong, counting, 50, &signature), STATUS_INVALID_SIGNATURE);
        expect_status_or(verify(key, NULL, counting, 50, &signature), STATUS_INVALID_SIGNATURE,
                         !lengths[i], STATUS_SUCCESS);
    }
    wrong = with(counting, 256, NULL);
    expect_status(sign(key, &wrong, counting, 50, &signature), STATUS_INVALID_PARAMETER);
    wrong = with(NULL, 1, NULL);
    expect_status(sign(key, &wrong, counting, 50, &signature), STATUS_INVALID_PARAMETER);
}
END_TEST

/* The set's hash of a message is signed as the message itself. */
START_TEST(a_digest_stands_for_its_message)
{
    BCRYPT_PQDSA_PADDING_INFO plain = with(counting, 9, NULL);
    BCRYPT_PQDSA_PADDING_INFO hashed = with(counting, 9, sets[_i].hash);
    BCRYPT_ALG_HANDLE hash = open_algorithm(sets[_i].hash, 0);
    BCRYPT_KEY_HANDLE key = generated(_i);
    struct signature signature;
    UCHAR digest[64];

    expect_status(BCryptHash(hash, NULL, 0, (UCHAR *)(uintptr_t)counting, 200, digest,
                             sets[_i].hash_bytes), STATUS_SUCCESS);
    expect_status(sign(key, &plain, counting, 200, &signature), STATUS_SUCCESS);
    expect_status(verify(key, &hashed, digest, sets[_i].hash_bytes, &signature), STATUS_SUCCESS);
    expect_status(sign(key, &hashed, digest, sets[_i].hash_bytes, &signature), STATUS_SUCCESS);
    expect_status(verify(key, &plain, counting, 200, &signature), STATUS_SUCCESS);
    expect_status(sign(key, &hashed, digest, sets[_i].hash_bytes - 1, &signature),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(digests_of_other_hashes_are_refused)
{
    static const struct { const WCHAR *name; ULONG bytes; } hashes[] =
    {
        { BCRYPT_SHA256_ALGORITHM, 32 }, { BCRYPT_SHA384_ALGORITHM, 48 },
        { BCRYPT_SHA512_ALGORITHM, 64 }, { BCRYPT_SHA3_256_ALGORITHM, 32 },
        { BCRYPT_SHA3_512_ALGORITHM, 64 }, { BCRYPT_SHAKE128_ALGORITHM, 32 },
    };
    BCRYPT_KEY_HANDLE key = generated(_i);
    BCRYPT_PQDSA_PADDING_INFO info;
    struct signature signature;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(hashes); i++)
    {
        info = with(NULL, 0, hashes[i].name);
        if (hashes[i].name == sets[_i].hash) continue;
        expect_status(sign(key, &info, counting, hashes[i].bytes, &signature),
                      STATUS_INVALID_PARAMETER);
    }
    info = with(NULL, 0, BCRYPT_SHA1_ALGORITHM);
    expect_status(sign(key, &info, counting, 20, &signature), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(mu_and_other_flags_are_refused)
{
    static const ULONG flags[] = { 1, 2, 4, 8, 0x10, 0x60, 0x21, 0x80000000 };
    BCRYPT_KEY_HANDLE key = generated(_i);
    UCHAR signature[MOST_BYTES];
    ULONG bytes;
    size_t i;

    expect_status(BCryptSignHash(key, NULL, (UCHAR *)(uintptr_t)counting, 64, signature,
                                 MOST_BYTES, &bytes, BCRYPT_MLDSA_EXTERNAL_MU),
                  STATUS_NOT_SUPPORTED);
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        expect_status(BCryptSignHash(key, NULL, (UCHAR *)(uintptr_t)counting, 64, signature,
                                     MOST_BYTES, &bytes, flags[i]), STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* --- parts --------------------------------------------------------------------------------- */

static ULONG put(UCHAR *at, ULONG offset, const void *bytes, ULONG count)
{
    memcpy(at + offset, bytes, count);
    return offset + count;
}

/* ML-DSA and ECDSA by themselves take the parts for signatures of the representative. */
START_TEST(a_signature_is_one_of_each_part)
{
    BCRYPT_KEY_HANDLE key = generated(_i), lattice, ec;
    BCRYPT_PQDSA_PADDING_INFO info = with(counting, 7, NULL);
    BCRYPT_PQDSA_PADDING_INFO label = with(sets[_i].label, LABEL_BYTES, NULL);
    ULONG bytes = sets[_i].field_bytes, count = 0, public_bytes = sets[_i].public_bytes;
    UCHAR blob[PQ_ROOM], representative[32 + 33 + 1 + 7 + 64], hash[64], raw[2 * 48], *public_key;
    struct signature signature;
    struct bytes der;

    expect_status(sign(key, &info, counting, 77, &signature), STATUS_SUCCESS);
    expect_value(strlen(sets[_i].label), LABEL_BYTES);
    count = put(representative, count, "CompositeAlgorithmSignatures2025", 32);
    count = put(representative, count, sets[_i].label, LABEL_BYTES);
    representative[count++] = 7;
    count = put(representative, count, counting, 7);
    expect_status(BCryptHash(open_algorithm(sets[_i].hash, 0), NULL, 0,
                             (UCHAR *)(uintptr_t)counting, 77, representative + count,
                             sets[_i].hash_bytes), STATUS_SUCCESS);
    count += sets[_i].hash_bytes;

    public_key = blob + pq_exported(key, BCRYPT_PQDSA_PUBLIC_BLOB, blob) - public_bytes;
    expect_status(pq_import(BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_PQDSA_PUBLIC_BLOB,
                            BCRYPT_MLDSA_PUBLIC_MAGIC, sets[_i].lattice_set, public_key,
                            sets[_i].lattice_public, &lattice), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(lattice, &label, representative, count, signature.bytes,
                                        sets[_i].lattice_signature, BCRYPT_PAD_PQDSA),
                  STATUS_SUCCESS);

    public_key += sets[_i].lattice_public;
    expect_value(public_key[0], 4);
    memcpy(public_key - 7, &sets[_i].public_magic, 4);
    memcpy(public_key - 3, &bytes, 4);
    expect_status(BCryptImportKeyPair(bytes == 32 ? BCRYPT_ECDSA_P256_ALG_HANDLE :
                                      BCRYPT_ECDSA_P384_ALG_HANDLE, NULL, BCRYPT_ECCPUBLIC_BLOB,
                                      &ec, public_key - 7, 8 + 2 * bytes, 0), STATUS_SUCCESS);
    keep_key(ec);
    expect_status(BCryptHash(bytes == 32 ? BCRYPT_SHA256_ALG_HANDLE : BCRYPT_SHA384_ALG_HANDLE,
                             NULL, 0, representative, count, hash, bytes), STATUS_SUCCESS);
    der.data = signature.bytes + sets[_i].lattice_signature;
    der.size = signature.count - sets[_i].lattice_signature;
    expect_true(signature_from_der(der, raw, bytes));
    expect_status(BCryptVerifySignature(ec, NULL, hash, bytes, raw, 2 * bytes, 0), STATUS_SUCCESS);
}
END_TEST

/* The seed may be anything, and so may a private value in its range. */
START_TEST(a_private_key_has_its_form)
{
    ULONG bytes, at, number_at = SEED_BYTES + 7, size = sets[_i].private_bytes;
    BCRYPT_KEY_HANDLE key = generated(_i), copy;
    UCHAR blob[PQ_ROOM], *private_key;

    bytes = pq_exported(key, BCRYPT_PQDSA_PRIVATE_BLOB, blob);
    private_key = blob + bytes - size;
    for (at = SEED_BYTES; at < size; at++)
    {
        if (at == number_at) at += sets[_i].field_bytes;
        private_key[at] ^= (UCHAR)(1 << at % 8);
        expect_status(pq_import_blob(COMPOSITE, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        private_key[at] ^= (UCHAR)(1 << at % 8);
    }
    memset(private_key + number_at, 0xff, sets[_i].field_bytes);
    expect_status(pq_import_blob(COMPOSITE, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                  STATUS_INVALID_PARAMETER);
    memset(private_key + number_at, 0, sets[_i].field_bytes);
    expect_status(pq_import_blob(COMPOSITE, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &copy),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_changed_point_in_a_public_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = generated(_i), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes = pq_exported(key, BCRYPT_PQDSA_PUBLIC_BLOB, blob), at;

    for (at = bytes - 2 * sets[_i].field_bytes - 1; at < bytes; at += 3)
    {
        blob[at] ^= (UCHAR)(1 << at % 8);
        expect_status(pq_import_blob(COMPOSITE, BCRYPT_PQDSA_PUBLIC_BLOB, blob, bytes, 0, &copy),
                      STATUS_INVALID_PARAMETER);
        blob[at] ^= (UCHAR)(1 << at % 8);
    }
}
END_TEST

START_TEST(there_is_no_seed_blob)
{
    BCRYPT_KEY_HANDLE key = generated(_i), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_PQDSA_PRIVATE_SEED_BLOB, blob, sizeof(blob),
                                  &bytes, 0), STATUS_NOT_SUPPORTED);
    expect_status(pq_import(COMPOSITE, BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
                            BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC, sets[_i].name, counting, 32,
                            &copy), STATUS_NOT_SUPPORTED);
}
END_TEST

void composite_mldsa_suite(Suite *suite)
{
    TCase *tests = ours(suite);                     /* few versions of Windows have it */

    add_rows(tests, a_signature_verifies_with_either_half, sets);
    add_rows(tests, a_signature_is_no_longer_than_was_said, sets);
    add_rows(tests, a_buffer_has_to_have_room_for_the_longest, sets);
    add_rows(tests, a_changed_signature_is_not_one, sets);
    add_rows(tests, parts_of_two_signatures_are_none, sets);
    add_rows(tests, a_signature_that_is_too_long_is_refused, sets);
    add_rows(tests, a_number_in_a_signature_has_its_shortest_form, sets);
    add_rows(tests, a_signature_may_take_the_place_of_the_message, sets);
    add_rows(tests, a_public_key_does_not_sign, sets);
    add_rows(tests, an_unfinalized_key_is_refused, sets);
    add_rows(tests, a_key_says_what_it_is, sets);
    add_rows(tests, a_signature_is_one_with_its_context_alone, sets);
    add_rows(tests, a_digest_stands_for_its_message, sets);
    add_rows(tests, digests_of_other_hashes_are_refused, sets);
    add_rows(tests, mu_and_other_flags_are_refused, sets);
    add_rows(tests, a_signature_is_one_of_each_part, sets);
    add_rows(tests, a_private_key_has_its_form, sets);
    add_rows(tests, a_changed_point_in_a_public_key_is_refused, sets);
    add_rows(tests, there_is_no_seed_blob, sets);
}
