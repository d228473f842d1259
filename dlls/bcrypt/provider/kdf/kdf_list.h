/*
 * kdf_list.h - parameter lists, for agreed secrets and the key derivation family.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_KDF_LIST_H
#define PROVIDER_KDF_LIST_H

#include "crypto/kdf/kdf_functions.h"
#include "provider/common/prov.h"

/* ---- parameter lists ---- */

/* A list that has been looked over: no buffer is NULL that has bytes. */
struct kdf_parameters
{
    const BCryptBuffer *buffers;
    ULONG count;
};

/*
 * The buffers of a list, NULL being an empty one; its ulVersion is not looked at [win].
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (a pointer is NULL that must not be)
 */
NTSTATUS kdf_parameters_read(const BCryptBufferDesc *list, struct kdf_parameters *parameters);

/* The first parameter of that type; false, and an empty part, if there is none. */
bool kdf_parameter(const struct kdf_parameters *parameters, ULONG type, struct kdf_part *part);

/* The next parameter of that type from *index on; false after the last. */
bool kdf_parameter_next(const struct kdf_parameters *parameters, ULONG type, ULONG *index,
                        struct kdf_part *part);

/* ---- hashes by name ---- */

#define KDF_NAME_CHARACTERS 32                  /* more than any name has */

/* Copies a name of that many bytes, which may count its NUL or not.
 * STATUS_SUCCESS, STATUS_INVALID_PARAMETER (half a character), STATUS_NOT_SUPPORTED (no such
 * name) */
NTSTATUS kdf_name(const struct kdf_part *value, WCHAR name[KDF_NAME_CHARACTERS]);

/* The hash that KDF_HASH_ALGORITHM names; otherwise, if there is none, where NULL says that there
 * must be one.
 * STATUS_SUCCESS, STATUS_INVALID_PARAMETER (not there, half a character), STATUS_NOT_SUPPORTED (no
 * hash) */
NTSTATUS kdf_parameter_digest(const struct kdf_parameters *parameters,
                              const struct digest *otherwise, const struct digest **digest);

/* As kdf_parameter_digest with NULL, but for a keyed function: AES-CMAC is one, too, and is
 * NULL. */
NTSTATUS kdf_parameter_prf(const struct kdf_parameters *parameters, const struct digest **digest);

/* ---- the parameters of SP 800-56A, for both places that have them ---- */

/* ALGORITHMID || PARTYUINFO || PARTYVINFO || SUPPPUBINFO || SUPPPRIVINFO, the last two optional.
 * STATUS_SUCCESS, STATUS_INVALID_PARAMETER (one of the others is missing) */
#define KDF_OTHER_INFO_PARTS 5
NTSTATUS kdf_other_info(const struct kdf_parameters *parameters,
                        struct kdf_part parts[KDF_OTHER_INFO_PARTS]);

/* ---- limits ---- */

/* Windows' library takes no longer labels and seeds for the TLS functions. */
#define KDF_TLS_MOST_BYTES 256

#endif
