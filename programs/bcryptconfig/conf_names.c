/*
 * conf_names.c - lists of names from bcrypt.dll; interfaces by name.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

static NTSTATUS unless_none(NTSTATUS status, struct names **names)
{
    if (status) *names = NULL;
    return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
}

NTSTATUS names_of_providers(struct names **names)
{
    ULONG bytes = 0;

    *names = NULL;
    return unless_none(BCryptEnumRegisteredProviders(&bytes, (PCRYPT_PROVIDERS *)(void *)names),
                       names);
}

NTSTATUS names_of_contexts(struct names **names)
{
    ULONG bytes = 0;

    *names = NULL;
    return unless_none(BCryptEnumContexts(table, &bytes, (PCRYPT_CONTEXTS *)(void *)names), names);
}

NTSTATUS names_of_functions(const WCHAR *context, ULONG interface_id, struct names **names)
{
    ULONG bytes = 0;

    *names = NULL;
    return unless_none(BCryptEnumContextFunctions(table, context, interface_id, &bytes,
                                                  (PCRYPT_CONTEXT_FUNCTIONS *)(void *)names),
                       names);
}

NTSTATUS names_of_function_providers(const WCHAR *context, ULONG interface_id,
                                     const WCHAR *function, struct names **names)
{
    ULONG bytes = 0;

    *names = NULL;
    return unless_none(
        BCryptEnumContextFunctionProviders(table, context, interface_id, function, &bytes,
                                           (PCRYPT_CONTEXT_FUNCTION_PROVIDERS *)(void *)names),
        names);
}

ULONG names_count(const struct names *names)
{
    return names ? names->count : 0;
}

/* ---- interfaces ---- */

static const struct
{
    ULONG interface_id;
    const char *name;
} interfaces[] =
{
    { BCRYPT_CIPHER_INTERFACE,                "cipher" },
    { BCRYPT_HASH_INTERFACE,                  "hash" },
    { BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, "asymmetric" },
    { BCRYPT_SECRET_AGREEMENT_INTERFACE,      "agreement" },
    { BCRYPT_SIGNATURE_INTERFACE,             "signature" },
    { BCRYPT_RNG_INTERFACE,                   "random" },
    { BCRYPT_KEY_DERIVATION_INTERFACE,        "derivation" },
    { BCRYPT_KEY_ENCAPSULATION_INTERFACE,     "encapsulation" },
    { 0x00010001,                             "key-storage" },
    { SCHANNEL_INTERFACE,                     "schannel" },
    { 0x00010003,                             "schannel-signature" },
    { 0x00010004,                             "key-protection" },
};

bool interface_at(size_t number, ULONG *interface_id, const char **name)
{
    if (number >= ARRAY_SIZE(interfaces)) return false;
    *interface_id = interfaces[number].interface_id;
    if (name) *name = interfaces[number].name;
    return true;
}

bool interface_read(const WCHAR *text, ULONG *interface_id)
{
    WCHAR name[32];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        swprintf(name, ARRAY_SIZE(name), L"%hs", interfaces[i].name);
        if (wcscmp(name, text)) continue;
        *interface_id = interfaces[i].interface_id;
        return true;
    }
    return number_read(text, interface_id);
}

const char *interface_name(ULONG interface_id)
{
    static char number[16];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        if (interfaces[i].interface_id == interface_id) return interfaces[i].name;
    }
    snprintf(number, sizeof(number), "0x%08lx", (unsigned long)interface_id);
    return number;
}

bool number_read(const WCHAR *text, ULONG *number)
{
    WCHAR *end;
    unsigned long long value;

    if (*text < '0' || *text > '9') return false;
    value = wcstoull(text, &end, text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10);
    if (*end || value > 0xffffffff) return false;
    *number = (ULONG)value;
    return true;
}
