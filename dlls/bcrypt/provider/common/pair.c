/*
 * pair.c - the life of a key pair: generate, tell, finalize, import, export, destroy.
 *
 * pair.h says what its states are and what a family adds.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/common/pair.h"

#define VALIDATION_FLAGS (BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER | BCRYPT_KEY_VALIDATION_REGENERATE)

bool pair_has_length(const struct pair_row *row, ULONG bits)
{
    const BCRYPT_KEY_LENGTHS_STRUCT *lengths = &row->lengths;

    return bits >= lengths->dwMinLength && bits <= lengths->dwMaxLength &&
           (!lengths->dwIncrement || !((bits - lengths->dwMinLength) % lengths->dwIncrement));
}

/* ---- begin and end ---- */

static NTSTATUS pair_new(const struct pair_row *row, struct pair **pair)
{
    size_t bytes = row->methods->key_bytes;
    struct pair *made;
    NTSTATUS status;

    if ((status = prov_object_new(row->methods->kind, bytes, NULL, 0, &made))) return status;
    memset((char *)made + sizeof(made->head), 0, bytes - sizeof(made->head));
    made->row = row;
    atomic_init(&made->state, PAIR_OPEN);
    *pair = made;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI pair_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct pair *pair = hKey;

    pair->row->methods->free(pair);
    prov_object_free(pair, pair->row->methods->key_bytes);
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI pair_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                       ULONG dwLength, ULONG dwFlags)
{
    struct prov_algorithm *algorithm = hAlgorithm;
    const struct pair_row *row = algorithm->row;
    const struct pair_methods *methods = row->methods;
    struct pair *pair;
    NTSTATUS status;

    if (dwFlags & ~methods->generate_flags) return STATUS_INVALID_PARAMETER;
    if (!methods->begin && !pair_has_length(row, dwLength)) return STATUS_INVALID_PARAMETER;
    if ((status = pair_new(row, &pair))) return status;
    pair->bits = dwLength;
    if (methods->begin && (status = methods->begin(pair, algorithm)))
    {
        pair_destroy_key(pair);
        return status;
    }
    *phKey = pair;
    return STATUS_SUCCESS;
}

static int state_of(struct pair *pair)
{
    return atomic_load_explicit(&pair->state, memory_order_acquire);
}

static void set_state(struct pair *pair, enum pair_state state)
{
    platform_lock_acquire(&pair->lock);
    atomic_store_explicit(&pair->state, state, memory_order_release);
    platform_lock_release(&pair->lock);
}

/* From open to making, if it is open and was told all that it must be. */
static NTSTATUS start_making(struct pair *pair, ULONG flags)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_lock_acquire(&pair->lock);
    if (state_of(pair) != PAIR_OPEN) status = STATUS_INVALID_HANDLE;
    else if ((flags && flags != BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER) ||
             (pair->row->sets && !pair->set))
    {
        status = STATUS_INVALID_PARAMETER;
    }
    else atomic_store_explicit(&pair->state, PAIR_MAKING, memory_order_release);
    platform_lock_release(&pair->lock);
    return status;
}

NTSTATUS WINAPI pair_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct pair *pair = hKey;
    NTSTATUS status;

    if ((status = start_making(pair, dwFlags))) return status;
    status = pair->row->methods->make(pair);
    pair->is_private = !status;
    set_state(pair, status ? PAIR_OPEN : PAIR_READY);
    return status;
}

/* ---- blobs ---- */

/* RANGE_AND_ORDER is NO_KEY_VALIDATION and RANGE together, and neither of them. */
static NTSTATUS read_validation(ULONG flags, unsigned int *checks)
{
    if (flags & ~(ULONG)VALIDATION_FLAGS) return STATUS_INVALID_PARAMETER;
    switch (flags & BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
    case 0:
        *checks = PAIR_CHECK_DEFAULT | PAIR_CHECK_RANGE | PAIR_CHECK_ORDER;
        break;
    case BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER:
        *checks = PAIR_CHECK_RANGE | PAIR_CHECK_ORDER;
        break;
    case BCRYPT_KEY_VALIDATION_RANGE:
        *checks = PAIR_CHECK_RANGE;
        break;
    default:
        *checks = 0;
        break;
    }
    if (flags & BCRYPT_KEY_VALIDATION_REGENERATE) *checks |= PAIR_CHECK_REGENERATE;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI pair_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                     LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags)
{
    struct prov_algorithm *algorithm = hAlgorithm;
    const struct pair_row *row = algorithm->row;
    const struct blob_type *type = prov_find(&row->methods->types, pszBlobType);
    unsigned int checks;
    struct pair *pair;
    NTSTATUS status;

    if (!type) return STATUS_NOT_SUPPORTED;
    if (hImportKey) return STATUS_INVALID_PARAMETER;
    if ((status = read_validation(dwFlags, &checks))) return status;
    if ((status = pair_new(row, &pair))) return status;
    if ((status = row->methods->read(pair, algorithm, type, pbInput, cbInput, checks)))
    {
        pair_destroy_key(pair);
        return status;
    }
    pair->is_private = type->is_private;
    atomic_init(&pair->state, PAIR_READY);
    *phKey = pair;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI pair_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct pair *pair = pair_ready(hKey);
    const struct blob_type *type;

    if (!pair) return STATUS_INVALID_HANDLE;
    if (!(type = prov_find(&pair->row->methods->types, pszBlobType))) return STATUS_NOT_SUPPORTED;
    if (hExportKey || dwFlags || (type->is_private && !pair->is_private))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return pair->row->methods->write(pair, type, &reply);
}

NTSTATUS pair_check_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey, ULONG dwFlags)
{
    const struct pair *own = pair_ready(hPrivKey);

    if (!own) return STATUS_INVALID_HANDLE;
    if (!prov_is(hPubKey, own->head.kind)) return STATUS_INVALID_PARAMETER;
    if (!pair_ready(hPubKey)) return STATUS_INVALID_HANDLE;
    return dwFlags || !own->is_private ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

/* ---- properties of an algorithm ---- */

static NTSTATUS get_key_lengths(void *object, const struct reply *reply)
{
    const struct pair_row *row = ((const struct prov_algorithm *)object)->row;

    if (!row->lengths.dwMaxLength) return STATUS_NOT_SUPPORTED;
    return reply_bytes(reply, &row->lengths, sizeof(row->lengths));
}

static const struct property algorithm_property_list[] =
{
    { KEPT(BCRYPT_KEY_LENGTHS), get_key_lengths, NULL },
};
const struct properties pair_algorithm_properties = PROPERTIES_AND(algorithm_property_list,
                                                                   &prov_algorithm_properties);

static const struct properties *algorithm_properties(const struct prov_algorithm *algorithm)
{
    return ((const struct pair_row *)algorithm->row)->methods->algorithm_properties;
}

/* ---- properties of a pair ---- */

static NTSTATUS get_name(void *key, const struct reply *reply)
{
    return reply_name(reply, ((const struct pair *)key)->row->id);
}

static NTSTATUS get_length(void *key, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct pair *)key)->bits);
}

static NTSTATUS set_length(void *key, const UCHAR *value, ULONG bytes)
{
    struct pair *pair = key;
    NTSTATUS status;
    ULONG bits;

    if ((status = property_ulong(value, bytes, &bits))) return status;
    if (bits == pair->bits) return STATUS_SUCCESS;
    if (pair->row->methods->resize) status = pair->row->methods->resize(pair, bits);
    else if (!pair_has_length(pair->row, bits)) status = STATUS_INVALID_PARAMETER;
    if (!status) pair->bits = bits;
    return status;
}

/* Of a pair that has its numbers the present length may be set [win], which does nothing; another
 * one cannot be had any more. */
static NTSTATUS keep_length(void *key, const UCHAR *value, ULONG bytes)
{
    NTSTATUS status;
    ULONG bits;

    if ((status = property_ulong(value, bytes, &bits))) return status;
    return bits == ((const struct pair *)key)->bits ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/* KeyStrength is the length but for families that say otherwise. */
static const struct pair_property common_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,    true,  get_name,   NULL,       NULL        },
    { BCRYPT_KEY_LENGTH,        true,  get_length, set_length, keep_length },
    { BCRYPT_KEY_STRENGTH,      true,  get_length, NULL,       NULL        },
    { BCRYPT_PUBLIC_KEY_LENGTH, false, get_length, NULL,       NULL        },
};
static const struct pair_properties common_properties = PAIR_PROPERTIES(common_property_list);

static NTSTATUS get_set_name(void *key, const struct reply *reply)
{
    const struct pair *pair = key;

    return pair->set ? reply_name(reply, *(const LPCWSTR *)pair->set) : STATUS_NOT_SUPPORTED;
}

static NTSTATUS set_set_name(void *key, const UCHAR *value, ULONG bytes)
{
    WCHAR name[PROPERTY_NAME_MAX];
    struct pair *pair = key;
    NTSTATUS status;
    const void *set;

    if ((status = property_name(value, bytes, name))) return status;
    if (!(set = prov_find(pair->row->sets, name))) return STATUS_INVALID_PARAMETER;
    pair->set = set;
    return STATUS_SUCCESS;
}

static const struct pair_property set_property_list[] =
{
    { BCRYPT_PARAMETER_SET_NAME, true, get_set_name, set_set_name, NULL },
};
static const struct pair_properties set_properties = PAIR_PROPERTIES(set_property_list);

/* ---- getting and setting ---- */

static const struct pair_property *property_in(const struct pair_properties *properties,
                                               LPCWSTR name)
{
    size_t i;

    for (; properties; properties = properties->next)
    {
        for (i = 0; i < properties->count; i++)
        {
            if (names_equal(properties->list[i].name, name)) return &properties->list[i];
        }
    }
    return NULL;
}

static const struct pair_property *property_of(const struct pair *pair, LPCWSTR name)
{
    const struct pair_property *found = property_in(&pair->row->methods->properties, name);

    if (!found) found = property_in(&common_properties, name);
    if (!found && pair->row->sets) found = property_in(&set_properties, name);
    return found;
}

NTSTATUS WINAPI pair_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    const struct pair_property *property;
    struct pair *pair = hObject;
    NTSTATUS status;

    (void)dwFlags;
    if (prov_is(hObject, PROV_ALGORITHM))
    {
        return properties_get(algorithm_properties(hObject), hObject, pszProperty, pbOutput,
                              cbOutput, pcbResult);
    }
    property = property_of(pair, pszProperty);
    if (!property || !property->get) return STATUS_NOT_SUPPORTED;
    if (pair_ready(pair)) return property->get(pair, &reply);
    if (!property->early) return STATUS_INVALID_HANDLE;

    platform_lock_acquire(&pair->lock);
    status = property->get(pair, &reply);
    platform_lock_release(&pair->lock);
    return status;
}

NTSTATUS WINAPI pair_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                  ULONG cbInput, ULONG dwFlags)
{
    const struct pair_property *property;
    struct pair *pair = hObject;
    NTSTATUS status;

    (void)dwFlags;
    if (prov_is(hObject, PROV_ALGORITHM))
    {
        return properties_set(algorithm_properties(hObject), hObject, pszProperty, pbInput,
                              cbInput);
    }
    if (!pbInput) return STATUS_INVALID_PARAMETER;
    property = property_of(pair, pszProperty);
    if (!property || !property->set) return STATUS_NOT_SUPPORTED;

    platform_lock_acquire(&pair->lock);
    if (state_of(pair) != PAIR_OPEN)
    {
        status = property->keep ? property->keep(pair, pbInput, cbInput) : STATUS_INVALID_HANDLE;
    }
    else status = pbInput ? property->set(pair, pbInput, cbInput) : STATUS_INVALID_PARAMETER;
    platform_lock_release(&pair->lock);
    return status;
}
