/*
 * ec_property.c - the properties of EC algorithms and keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

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

static NTSTATUS read_curve_name(const struct ec_row *row, const UCHAR *value, ULONG bytes,
                                struct curve_choice *choice)
{
    WCHAR name[PROPERTY_NAME_MAX];
    NTSTATUS status;

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if ((status = property_name(value, bytes, name))) return status;
    if (!curve_by_name(name, choice)) return STATUS_INVALID_PARAMETER;
    return choice->curve->form == LC_EC_MONTGOMERY && row->signs ? STATUS_NOT_SUPPORTED
                                                                 : STATUS_SUCCESS;
}

static NTSTATUS read_parameters(const struct ec_row *row, const UCHAR *value, ULONG bytes,
                                struct curve_choice *choice)
{
    struct ecc_parameters parameters;

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if (!ecc_parameters_read(&parameters, value, bytes)) return STATUS_INVALID_PARAMETER;
    if (parameters.curve_type == LC_EC_MONTGOMERY && row->signs) return STATUS_NOT_SUPPORTED;
    choice->name = NULL;
    return curve_by_parameters(&parameters, true, &choice->curve);
}

/* ---- algorithms ---- */

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

    if (!(status = read_curve_name(algorithm->prov.row, value, bytes, &choice)))
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

    if (!(status = read_parameters(algorithm->prov.row, value, bytes, &choice)))
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

    if (((const struct ec_row *)algorithm->prov.row)->curve_name) return STATUS_NOT_SUPPORTED;
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
    { KEPT(BCRYPT_KEY_LENGTHS),         algorithm_get_key_lengths, NULL                     },
    { KEPT(BCRYPT_ECC_CURVE_NAME),      algorithm_get_curve_name,  algorithm_set_curve_name },
    { KEPT(BCRYPT_ECC_PARAMETERS),      algorithm_get_parameters,  algorithm_set_parameters },
    { KEPT(BCRYPT_ECC_CURVE_NAME_LIST), algorithm_get_curve_names, NULL                     },
};
const struct properties ec_algorithm_properties = PROPERTIES_AND(algorithm_property_list,
                                                                 &pair_algorithm_properties);

/* ---- keys ---- */

/* The bits of the order, not of the field: 253 for curve25519 [win]. Asked of an unfinalized key,
 * which must have been told its curve. */
static NTSTATUS key_get_strength(void *object, const struct reply *reply)
{
    const struct ec_key *key = object;
    NTSTATUS status;

    if (!key->choice.curve) return STATUS_INVALID_HANDLE;
    if ((status = curve_ready(key->choice.curve))) return status;
    return reply_ulong(reply, curve_order_bits(key->choice.curve));
}

static NTSTATUS key_get_curve_name(void *object, const struct reply *reply)
{
    return reply_curve_name(&((const struct ec_key *)object)->choice, reply);
}

static NTSTATUS key_get_parameters(void *object, const struct reply *reply)
{
    return reply_parameters(&((const struct ec_key *)object)->choice, reply);
}

static void key_choose(struct ec_key *key, const struct curve_choice *choice)
{
    curve_put(key->choice.curve);
    key->choice = *choice;
    key->pair.bits = choice->curve->field_bits;
}

static NTSTATUS key_set_curve_name(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_key *key = object;
    struct curve_choice choice;
    NTSTATUS status;

    status = read_curve_name(ec_row_of(key), value, bytes, &choice);
    if (!status) key_choose(key, &choice);
    return status;
}

static NTSTATUS key_set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct ec_key *key = object;
    struct curve_choice choice;
    NTSTATUS status;

    status = read_parameters(ec_row_of(key), value, bytes, &choice);
    if (!status) key_choose(key, &choice);
    return status;
}

static const struct pair_property own_properties[] =
{
    { BCRYPT_KEY_STRENGTH,   true,  key_get_strength,   NULL, NULL },
    { BCRYPT_ECC_CURVE_NAME, true,  key_get_curve_name, NULL, NULL },
    { BCRYPT_ECC_PARAMETERS, true,  key_get_parameters, NULL, NULL },
};
const struct pair_properties ec_own_properties = PAIR_PROPERTIES(own_properties);

static const struct pair_property generic_properties[] =
{
    { BCRYPT_KEY_STRENGTH,   true,  key_get_strength,   NULL,               NULL },
    { BCRYPT_ECC_CURVE_NAME, true,  key_get_curve_name, key_set_curve_name, NULL },
    { BCRYPT_ECC_PARAMETERS, true,  key_get_parameters, key_set_parameters, NULL },
};
const struct pair_properties ec_generic_properties = PAIR_PROPERTIES(generic_properties);
