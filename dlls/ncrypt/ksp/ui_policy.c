/*
 * ui_policy.c - NCRYPT_UI_POLICY, whose strings are elsewhere, as bytes in one piece.
 *
 * The version, the flags, and for each string its bytes with the NUL (0: it is NULL) and itself.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ui_policy.h"

#include "platform/memory.h"

#define STRINGS       3
#define STRING_LIMIT  0x8000                    /* characters */
#define NUMBERS_BYTES ((2 + STRINGS) * sizeof(ULONG))

SECURITY_STATUS ui_policy_write(const uint8_t *input, ULONG input_bytes, uint8_t **data,
                                ULONG *bytes)
{
    ULONG numbers[2 + STRINGS], i, total = NUMBERS_BYTES;
    LPCWSTR strings[STRINGS];
    NCRYPT_UI_POLICY policy;
    uint8_t *to;

    *data = NULL;
    if (input_bytes < sizeof(policy)) return NTE_INVALID_PARAMETER;
    memcpy(&policy, input, sizeof(policy));
    if (policy.dwVersion != 1) return NTE_INVALID_PARAMETER;
    strings[0] = policy.pszCreationTitle;
    strings[1] = policy.pszFriendlyName;
    strings[2] = policy.pszDescription;
    numbers[0] = policy.dwVersion;
    numbers[1] = policy.dwFlags;
    for (i = 0; i < STRINGS; i++)
    {
        if (strings[i] && name_length(strings[i]) >= STRING_LIMIT) return NTE_INVALID_PARAMETER;
        total += numbers[2 + i] = strings[i] ? name_bytes(strings[i]) : 0;
    }
    if (!(to = *data = memory_get(total))) return NTE_NO_MEMORY;
    *bytes = total;
    memcpy(to, numbers, sizeof(numbers));
    to += sizeof(numbers);
    for (i = 0; i < STRINGS; to += numbers[2 + i], i++)
    {
        if (strings[i]) memcpy(to, strings[i], numbers[2 + i]);
    }
    return 0;
}

/* Whether bytes are text that ends with its NUL, or nothing. */
static bool is_string(const uint8_t *data, ULONG bytes)
{
    WCHAR last;

    if (!bytes) return true;
    if (bytes % sizeof(last)) return false;
    memcpy(&last, data + bytes - sizeof(last), sizeof(last));
    return !last;
}

SECURITY_STATUS ui_policy_read(const uint8_t *data, ULONG bytes, uint8_t *output,
                               ULONG output_bytes, ULONG *result)
{
    ULONG numbers[2 + STRINGS], i, at = sizeof(NCRYPT_UI_POLICY);
    const uint8_t *text = data + NUMBERS_BYTES;
    LPCWSTR strings[STRINGS] = { NULL };
    NCRYPT_UI_POLICY policy = { 0 };

    if (bytes < NUMBERS_BYTES) return NTE_KEYSET_ENTRY_BAD;
    memcpy(numbers, data, sizeof(numbers));
    bytes -= sizeof(numbers);
    for (i = 0; i < STRINGS; i++)
    {
        if (numbers[2 + i] > bytes || !is_string(text, numbers[2 + i])) return NTE_KEYSET_ENTRY_BAD;
        text += numbers[2 + i];
        bytes -= numbers[2 + i];
        if (output && numbers[2 + i]) strings[i] = (LPCWSTR)(void *)(output + at);
        at += numbers[2 + i];
    }
    *result = at;
    if (!output) return 0;
    if (output_bytes < at) return NTE_BUFFER_TOO_SMALL;

    policy.dwVersion = numbers[0];
    policy.dwFlags = numbers[1];
    policy.pszCreationTitle = strings[0];
    policy.pszFriendlyName = strings[1];
    policy.pszDescription = strings[2];
    memcpy(output, &policy, sizeof(policy));
    memcpy(output + sizeof(policy), data + NUMBERS_BYTES, at - sizeof(policy));
    return 0;
}
