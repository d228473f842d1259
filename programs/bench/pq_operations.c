/*
 * pq_operations.c - what is timed of post-quantum algorithms: the mode of a row is a parameter set.
 *
 * Ciphertexts and signatures are in the subject's buffer; what is signed is its secret's 32 bytes.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdbool.h>

#include "operations.h"

#include <wchar.h>

static bool ok(NTSTATUS status)
{
    return BCRYPT_SUCCESS(status);
}

static bool new_key(struct subject *subject, BCRYPT_KEY_HANDLE *key)
{
    LPCWSTR set = subject->operation->mode;
    const struct cng *cng = subject->cng;

    return ok(cng->BCryptGenerateKeyPair(subject->algorithm, key, 0, 0)) &&
           ok(cng->BCryptSetProperty(*key, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)(ULONG_PTR)set,
                                     (ULONG)(wcslen(set) + 1) * sizeof(WCHAR), 0)) &&
           ok(cng->BCryptFinalizeKeyPair(*key, 0));
}

bool pq_prepare_algorithm(struct subject *subject)
{
    return ok(subject->cng->BCryptOpenAlgorithmProvider(&subject->algorithm,
                                                        subject->operation->algorithm, NULL, 0));
}

bool pq_prepare_key(struct subject *subject)
{
    return pq_prepare_algorithm(subject) && new_key(subject, &subject->key);
}

bool pq_prepare_encapsulate(struct subject *subject)
{
    return subject->cng->BCryptEncapsulate && pq_prepare_key(subject);
}

bool pq_prepare_decapsulate(struct subject *subject)
{
    return pq_prepare_encapsulate(subject) && pq_run_encapsulate(subject);
}

bool pq_prepare_verify(struct subject *subject)
{
    return pq_prepare_key(subject) && pq_run_sign(subject);
}

bool pq_run_key(struct subject *subject)
{
    BCRYPT_KEY_HANDLE key = NULL;
    bool right = new_key(subject, &key);

    return ok(subject->cng->BCryptDestroyKey(key)) && right;
}

bool pq_run_encapsulate(struct subject *subject)
{
    ULONG bytes;

    return ok(subject->cng->BCryptEncapsulate(subject->key, subject->digest, 32, &bytes,
                                              subject->buffer, BUFFER_BYTES,
                                              &subject->signature_bytes, 0));
}

bool pq_run_decapsulate(struct subject *subject)
{
    ULONG bytes;

    return ok(subject->cng->BCryptDecapsulate(subject->key, subject->buffer,
                                              subject->signature_bytes, subject->digest, 32,
                                              &bytes, 0));
}

bool pq_run_sign(struct subject *subject)
{
    return ok(subject->cng->BCryptSignHash(subject->key, NULL, subject->secret, 32,
                                           subject->buffer, BUFFER_BYTES,
                                           &subject->signature_bytes, 0));
}

bool pq_run_verify(struct subject *subject)
{
    return ok(subject->cng->BCryptVerifySignature(subject->key, NULL, subject->secret, 32,
                                                  subject->buffer, subject->signature_bytes, 0));
}
