/*
 * api_random.c - random numbers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

#define RANDOM_FLAGS (BCRYPT_RNG_USE_ENTROPY_IN_BUFFER | BCRYPT_USE_SYSTEM_PREFERRED_RNG)

/*
 * BCryptGenRandom - fills a buffer with random bytes.
 *
 *   hAlgorithm   an algorithm of the RNG interface; NULL with BCRYPT_USE_SYSTEM_PREFERRED_RNG
 *   pbBuffer     receives the bytes; not NULL, not even with a cbBuffer of 0
 *   cbBuffer     how many; 0 writes nothing
 *   dwFlags      BCRYPT_USE_SYSTEM_PREFERRED_RNG; BCRYPT_RNG_USE_ENTROPY_IN_BUFFER is ignored, as
 *                since Windows 8
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      NULL without BCRYPT_USE_SYSTEM_PREFERRED_RNG, not an open algorithm,
 *                              or one of another interface
 *   STATUS_INVALID_PARAMETER   pbBuffer is NULL, a handle with BCRYPT_USE_SYSTEM_PREFERRED_RNG, or
 *                              an unknown flag
 *   STATUS_UNSUCCESSFUL        the system has no entropy, or a health check failed; the buffer is
 *                              not to be used
 *
 * Source: Microsoft Learn, BCryptGenRandom. Tests: tests/test_random.c.
 */
NTSTATUS WINAPI BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                ULONG dwFlags)
{
    struct object *algorithm;
    NTSTATUS status;

    TRACE("hAlgorithm %p, pbBuffer %p, cbBuffer %lu, dwFlags %#lx\n", hAlgorithm, (void *)pbBuffer,
          (unsigned long)cbBuffer, (unsigned long)dwFlags);

    if (!hAlgorithm)
    {
        if (!(dwFlags & BCRYPT_USE_SYSTEM_PREFERRED_RNG)) return STATUS_INVALID_HANDLE;
        if (!pbBuffer || dwFlags & ~(ULONG)RANDOM_FLAGS) return STATUS_INVALID_PARAMETER;
        dwFlags &= ~(ULONG)BCRYPT_USE_SYSTEM_PREFERRED_RNG;
        algorithm = algorithm_get_random();
    }
    else algorithm = algorithm_get(hAlgorithm);
    if (!algorithm) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (algorithm->calls->interface_id != BCRYPT_RNG_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbBuffer || dwFlags & ~(ULONG)BCRYPT_RNG_USE_ENTROPY_IN_BUFFER) goto done;

    status =
        algorithm->calls->GenRandom(algorithm->provider_handle, pbBuffer, cbBuffer, dwFlags);

done:
    object_put(algorithm);
    return status;
}
