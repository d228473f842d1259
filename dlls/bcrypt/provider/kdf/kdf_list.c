/*
 * kdf_list.c - the parameter lists of key derivation.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/kdf/kdf_list.h"

NTSTATUS kdf_parameters_read(const BCryptBufferDesc *list, struct kdf_parameters *parameters)
{
    ULONG i;

    parameters->buffers = NULL;
    parameters->count = 0;
    if (!list || !list->cBuffers) return STATUS_SUCCESS;
    if (!list->pBuffers) return STATUS_INVALID_PARAMETER;
    for (i = 0; i < list->cBuffers; i++)
    {
        if (list->pBuffers[i].cbBuffer && !list->pBuffers[i].pvBuffer)
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    parameters->buffers = list->pBuffers;
    parameters->count = list->cBuffers;
    return STATUS_SUCCESS;
}

bool kdf_parameter_next(const struct kdf_parameters *parameters, ULONG type, ULONG *index,
                        struct kdf_part *part)
{
    for (; *index < parameters->count; ++*index)
    {
        const BCryptBuffer *buffer = &parameters->buffers[*index];

        if (buffer->BufferType != type) continue;
        part->data = buffer->pvBuffer;
        part->bytes = buffer->cbBuffer;
        ++*index;
        return true;
    }
    return false;
}

bool kdf_parameter(const struct kdf_parameters *parameters, ULONG type, struct kdf_part *part)
{
    ULONG index = 0;

    part->data = NULL;
    part->bytes = 0;
    return kdf_parameter_next(parameters, type, &index, part);
}

NTSTATUS kdf_name(const struct kdf_part *value, WCHAR name[KDF_NAME_CHARACTERS])
{
    size_t characters = value->bytes / sizeof(WCHAR), i;

    if (value->bytes % sizeof(WCHAR)) return STATUS_INVALID_PARAMETER;
    for (i = 0; i < characters; i++)
    {
        if (i == KDF_NAME_CHARACTERS - 1) return STATUS_NOT_SUPPORTED;
        memcpy(&name[i], (const UCHAR *)value->data + i * sizeof(WCHAR), sizeof(WCHAR));
        if (!name[i]) return STATUS_SUCCESS;
    }
    name[i] = 0;
    return STATUS_SUCCESS;
}

/* KDF_HASH_ALGORITHM, which must be there. */
static NTSTATUS read_hash_name(const struct kdf_parameters *parameters,
                               WCHAR name[KDF_NAME_CHARACTERS])
{
    struct kdf_part value;

    if (!kdf_parameter(parameters, KDF_HASH_ALGORITHM, &value)) return STATUS_INVALID_PARAMETER;
    return kdf_name(&value, name);
}

NTSTATUS kdf_parameter_digest(const struct kdf_parameters *parameters,
                              const struct digest *otherwise, const struct digest **digest)
{
    WCHAR name[KDF_NAME_CHARACTERS];
    struct kdf_part value;
    NTSTATUS status;

    if (otherwise && !kdf_parameter(parameters, KDF_HASH_ALGORITHM, &value))
    {
        *digest = otherwise;
        return STATUS_SUCCESS;
    }
    if ((status = read_hash_name(parameters, name))) return status;
    return (*digest = hash_digest_by_name(name)) ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
}

NTSTATUS kdf_parameter_prf(const struct kdf_parameters *parameters, const struct digest **digest)
{
    WCHAR name[KDF_NAME_CHARACTERS];
    NTSTATUS status;

    if ((status = read_hash_name(parameters, name))) return status;
    *digest = NULL;
    if (names_equal_caseless(name, BCRYPT_AES_CMAC_ALGORITHM)) return STATUS_SUCCESS;
    return (*digest = hash_digest_by_name(name)) ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
}

NTSTATUS kdf_other_info(const struct kdf_parameters *parameters,
                        struct kdf_part parts[KDF_OTHER_INFO_PARTS])
{
    static const struct { ULONG type; bool required; } fields[KDF_OTHER_INFO_PARTS] =
    {
        { KDF_ALGORITHMID,  true  },
        { KDF_PARTYUINFO,   true  },
        { KDF_PARTYVINFO,   true  },
        { KDF_SUPPPUBINFO,  false },
        { KDF_SUPPPRIVINFO, false },
    };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(fields); i++)
    {
        if (!kdf_parameter(parameters, fields[i].type, &parts[i]) && fields[i].required)
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    return STATUS_SUCCESS;
}
