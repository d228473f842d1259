/*
 * ec_property.c - the properties of EC algorithms and keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

#include "provider/secret/secret.h"

/* The longest name of a curve, NUL included, with room to spare. */
#define CURVE_NAME_MAX 32

/* ---- curves, of algorithms and keys ---- */

static NTSTATUS reply_parameters(const struct curve_choice *choice, const struct reply *reply)
{
    struct ecc_parameters parameters;
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;

    if (!choice->curve) return STATUS_NOT_SUPPORTED;
    if ((status = curve_ready(choice->curve))) return status;
    curve_parameters(choice->curve, &parameters);
    status = reply_room(reply, ECC_PARAMETER_HEADER_BYTES + parameters.digits.bytes, &room);
    if (!room) return status;
    blob_write_start(&writer, room);
    ecc_parameters_write(&writer, &parameters);
    return STATUS_SUCCESS;
}

static NTSTATUS reply_curve_name(const struct curve_choice *choice, const struct reply *reply)
{
    return choice->name ? reply_name(reply, choice->name) : STATUS_NOT_SUPPORTED;
}

/* The name ends with the value or with its NUL, whichever comes first. */
static NTSTATUS read_curve_name(const struct ec_row *row, const UCHAR *value, ULONG bytes,
                                struct curve_choice *choice)
{
    WCHAR name[CURVE_NAME_MAX] = { 0 };

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if (bytes > sizeof(name)) bytes = sizeof(name);
    memcpy(name, value, bytes & ~1u);
    if (name[CURVE_NAME_MAX - 1] || !curve_by_name(name, choice)) return STATUS_INVALID_PARAMETER;
    if (choice->curve->form == LC_EC_MONTGOMERY && row->interface_id == BCRYPT_SIGNATURE_INTERFACE)
    {
        return STATUS_NOT_SUPPORTED;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS read_parameters(const struct ec_row *row, const UCHAR *value, ULONG bytes,
                                struct curve_choice *choice)
{
    struct ecc_parameters parameters;

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if (!ecc_parameters_read(&parameters, value, bytes)) return STATUS_INVALID_PARAMETER;
    if (parameters.curve_type == LC_EC_MONTGOMERY &&
        row->interface_id == BCRYPT_SIGNATURE_INTERFACE)
    {
        return STATUS_NOT_SUPPORTED;
    }
    choice->name = NULL;
    return curve_by_parameters(&parameters, true, &choice->curve);
}

/* ---- algorithms ---- */

static NTSTATUS algorithm_get_name(void *object, const struct reply *reply)
{
    const struct ec_algorithm *algorithm = object;

    return reply_name(reply, algorithm->row->id);
}

static NTSTATUS algorithm_get_primitive_type(void *object, const struct reply *reply)
{
    const struct ec_algorithm *algorithm = object;

    return reply_ulong(reply, algorithm->row->interface_id);
}

/* A generic algorithm that has been told no curve takes whatever a curve here can have. */
static NTSTATUS algorithm_get_key_lengths(void *object, const struct reply *reply)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths = { 160, 521, 1 };
    struct curve_choice choice;

    ec_algorithm_choice(object, &choice);
    if (choice.curve)
    {
        lengths.dwMinLength = lengths.dwMaxLength = choice.curve->field_bits;
        lengths.dwIncrement = 0;
    }
    curve_put(choice.curve);
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static NTSTATUS algorithm_get_curve_name(void *object, const struct reply *reply)
{
    struct curve_choice choice;
    NTSTATUS status;

    ec_algorithm_choice(object, &choice);
    status = reply_curve_name(&choice, reply);
    curve_put(choice.curve);
    return status;
}

static NTSTATUS algorithm_get_parameters(void *object, const struct reply *reply)
{
    struct curve_choice choice;
    NTSTATUS status;

    ec_algorithm_choice(object, &choice);
    status = reply_parameters(&choice, reply);
    curve_put(choice.curve);
    return status;
}

static NTSTATUS algorithm_set_curve_name(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_algorithm *algorithm = object;
    struct curve_choice choice;
    NTSTATUS status;

    if (!(status = read_curve_name(algorithm->row, value, bytes, &choice)))
    {
        ec_algorithm_choose(algorithm, &choice);
    }
    return status;
}

static NTSTATUS algorithm_set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_algorithm *algorithm = object;
    struct curve_choice choice;
    NTSTATUS status;

    if (!(status = read_parameters(algorithm->row, value, bytes, &choice)))
    {
        ec_algorithm_choose(algorithm, &choice);
    }
    return status;
}

/* The structure, the pointers and the names that they point to, all in the caller's buffer, which
 * need not be aligned. */
static NTSTATUS algorithm_get_curve_names(void *object, const struct reply *reply)
{
    const struct ec_algorithm *algorithm = object;
    BCRYPT_ECC_CURVE_NAMES names;
    ULONG bytes = sizeof(names) + NAMED_CURVE_COUNT * sizeof(LPWSTR);
    PUCHAR room, pointers, next;
    LPWSTR pointer;
    NTSTATUS status;
    ULONG i;

    if (algorithm->row->curve_name) return STATUS_NOT_SUPPORTED;
    for (i = 0; i < NAMED_CURVE_COUNT; i++) bytes += name_bytes(named_curves[i].name);
    status = reply_room(reply, bytes, &room);
    if (!room) return status;

    pointers = room + sizeof(names);
    next = pointers + NAMED_CURVE_COUNT * sizeof(LPWSTR);
    memset(&names, 0, sizeof(names));
    names.dwEccCurveNames = NAMED_CURVE_COUNT;
    names.pEccCurveNames = (LPWSTR *)(void *)pointers;
    memcpy(room, &names, sizeof(names));
    for (i = 0; i < NAMED_CURVE_COUNT; i++)
    {
        pointer = (LPWSTR)(void *)next;
        memcpy(pointers + i * sizeof(pointer), &pointer, sizeof(pointer));
        memcpy(next, named_curves[i].name, name_bytes(named_curves[i].name));
        next += name_bytes(named_curves[i].name);
    }
    return STATUS_SUCCESS;
}

static const struct property algorithm_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,      algorithm_get_name,           NULL                     },
    { BCRYPT_PRIMITIVE_TYPE,      algorithm_get_primitive_type, NULL                     },
    { BCRYPT_KEY_LENGTHS,         algorithm_get_key_lengths,    NULL                     },
    { BCRYPT_ECC_CURVE_NAME,      algorithm_get_curve_name,     algorithm_set_curve_name },
    { BCRYPT_ECC_PARAMETERS,      algorithm_get_parameters,     algorithm_set_parameters },
    { BCRYPT_ECC_CURVE_NAME_LIST, algorithm_get_curve_names,    NULL                     },
};
static const struct properties algorithm_properties = PROPERTIES(algorithm_property_list);

/* ---- keys ---- */

static NTSTATUS key_get_name(void *object, const struct reply *reply)
{
    const struct ec_key *key = object;

    return reply_name(reply, key->row->id);
}

/* The curve of a key, finalized or not, with a reference; and the length that was asked for. */
static NTSTATUS key_choice(struct ec_key *key, struct curve_choice *choice, ULONG *length)
{
    NTSTATUS status;

    if (ec_key_is_ready(key))
    {
        *choice = key->choice;
        curve_get(choice->curve);
        return STATUS_SUCCESS;
    }
    if ((status = ec_key_take(key, EC_KEY_HELD))) return status;
    *choice = key->choice;
    curve_get(choice->curve);
    if (length) *length = key->length;
    ec_key_let_go(key, EC_KEY_OPEN);
    return STATUS_SUCCESS;
}

static NTSTATUS key_get_length(void *object, const struct reply *reply)
{
    struct curve_choice choice;
    ULONG length = 0;
    NTSTATUS status;

    if ((status = key_choice(object, &choice, &length))) return status;
    if (choice.curve) length = choice.curve->field_bits;
    curve_put(choice.curve);
    return reply_ulong(reply, length);
}

/* KeyStrength and PublicKeyLength: of a key that is there. */
static NTSTATUS key_get_bits(void *object, const struct reply *reply)
{
    struct ec_key *key = object;

    if (!ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    return reply_ulong(reply, key->choice.curve->field_bits);
}

static NTSTATUS key_get_signature_length(void *object, const struct reply *reply)
{
    struct ec_key *key = object;

    if (key->row->interface_id != BCRYPT_SIGNATURE_INTERFACE) return STATUS_NOT_SUPPORTED;
    if (!ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    return reply_ulong(reply, 2 * key->choice.curve->order_bytes);
}

static NTSTATUS key_get_curve_name(void *object, const struct reply *reply)
{
    struct curve_choice choice;
    NTSTATUS status;

    if ((status = key_choice(object, &choice, NULL))) return status;
    status = reply_curve_name(&choice, reply);
    curve_put(choice.curve);
    return status;
}

static NTSTATUS key_get_parameters(void *object, const struct reply *reply)
{
    struct curve_choice choice;
    NTSTATUS status;

    if ((status = key_choice(object, &choice, NULL))) return status;
    status = reply_parameters(&choice, reply);
    curve_put(choice.curve);
    return status;
}

/* Only a generic key without a curve yet has a choice; others may be told what they are. */
static NTSTATUS key_set_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_key *key = object;
    NTSTATUS status;
    ULONG length;

    if ((status = property_ulong(value, bytes, &length))) return status;
    if (ec_key_is_ready(key))
    {
        return length == key->choice.curve->field_bits ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    }
    if ((status = ec_key_take(key, EC_KEY_HELD))) return status;
    if (key->choice.curve && length != key->choice.curve->field_bits)
    {
        status = STATUS_INVALID_PARAMETER;
    }
    else key->length = length;
    ec_key_let_go(key, EC_KEY_OPEN);
    return status;
}

static NTSTATUS key_choose(struct ec_key *key, const struct curve_choice *choice)
{
    struct curve *before;
    NTSTATUS status;

    if ((status = ec_key_take(key, EC_KEY_HELD))) return status;
    before = key->choice.curve;
    key->choice = *choice;
    ec_key_let_go(key, EC_KEY_OPEN);
    curve_put(before);
    return STATUS_SUCCESS;
}

static NTSTATUS key_set_curve_name(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_key *key = object;
    struct curve_choice choice;
    NTSTATUS status;

    if (!key->row->curve_name && ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    if ((status = read_curve_name(key->row, value, bytes, &choice))) return status;
    return key_choose(key, &choice);
}

static NTSTATUS key_set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_key *key = object;
    struct curve_choice choice;
    NTSTATUS status;

    if (!key->row->curve_name && ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    if ((status = read_parameters(key->row, value, bytes, &choice))) return status;
    if ((status = key_choose(key, &choice))) curve_put(choice.curve);
    return status;
}

static const struct property key_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,    key_get_name,             NULL               },
    { BCRYPT_KEY_LENGTH,        key_get_length,           key_set_length     },
    { BCRYPT_KEY_STRENGTH,      key_get_bits,             NULL               },
    { BCRYPT_PUBLIC_KEY_LENGTH, key_get_bits,             NULL               },
    { BCRYPT_SIGNATURE_LENGTH,  key_get_signature_length, NULL               },
    { BCRYPT_ECC_CURVE_NAME,    key_get_curve_name,       key_set_curve_name },
    { BCRYPT_ECC_PARAMETERS,    key_get_parameters,       key_set_parameters },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

/* ---- both, and secrets ---- */

static const struct properties *properties_of(BCRYPT_HANDLE object)
{
    if (prov_is(object, PROV_ALGORITHM)) return &algorithm_properties;
    return prov_is(object, PROV_SECRET) ? &secret_properties : &key_properties;
}

NTSTATUS WINAPI ec_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

NTSTATUS WINAPI ec_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}
