/*
 * ksp_property.c - what a key and the provider say of themselves.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "ksp/ui_policy.h"
#include "platform/memory.h"
#include "store/key_store.h"

struct reply
{
    uint8_t *output;
    ULONG bytes;
    ULONG *result;
};

SECURITY_STATUS ksp_reply(const void *value, ULONG value_bytes, uint8_t *output, ULONG bytes,
                          ULONG *result)
{
    *result = value_bytes;
    if (!output) return 0;
    if (bytes < value_bytes) return NTE_BUFFER_TOO_SMALL;
    if (value_bytes) memcpy(output, value, value_bytes);
    return 0;
}

static SECURITY_STATUS reply_bytes(struct reply *reply, const void *value, ULONG bytes)
{
    return ksp_reply(value, bytes, reply->output, reply->bytes, reply->result);
}

static SECURITY_STATUS reply_number(struct reply *reply, ULONG number)
{
    return reply_bytes(reply, &number, sizeof(number));
}

static SECURITY_STATUS reply_text(struct reply *reply, LPCWSTR text)
{
    return reply_bytes(reply, text, name_bytes(text));
}

/* ---- of a key ---- */

static SECURITY_STATUS get_algorithm(struct ksp_key *key, struct reply *reply)
{
    return reply_text(reply, key->algorithm->id);
}

static SECURITY_STATUS get_group(struct ksp_key *key, struct reply *reply)
{
    return reply_text(reply, key->algorithm->group);
}

static SECURITY_STATUS get_name(struct ksp_key *key, struct reply *reply)
{
    return key->name ? reply_text(reply, key->name) : NTE_NOT_SUPPORTED;
}

static SECURITY_STATUS get_unique_name(struct ksp_key *key, struct reply *reply)
{
    WCHAR file[STORE_FILE_NAME];
    SECURITY_STATUS status;

    if (!key->name) return NTE_NOT_SUPPORTED;
    if (key->legacy) return reply_text(reply, key->name);
    if ((status = store_file_name(key->name, file))) return status;
    return reply_text(reply, file);
}

static SECURITY_STATUS get_length(struct ksp_key *key, struct reply *reply)
{
    ULONG bits = atomic_load(&key->bits);

    return bits ? reply_number(reply, bits) : NTE_NOT_SUPPORTED;
}

static SECURITY_STATUS get_lengths(struct ksp_key *key, struct reply *reply)
{
    if (!key->algorithm->lengths.dwMaxLength) return NTE_NOT_SUPPORTED;
    return reply_bytes(reply, &key->algorithm->lengths, sizeof(key->algorithm->lengths));
}

static SECURITY_STATUS get_policy(struct ksp_key *key, struct reply *reply)
{
    return reply_number(reply, atomic_load(&key->policy));
}

static SECURITY_STATUS get_usage(struct ksp_key *key, struct reply *reply)
{
    return reply_number(reply, atomic_load(&key->usage));
}

static SECURITY_STATUS get_key_type(struct ksp_key *key, struct reply *reply)
{
    return reply_number(reply, key->flags & NCRYPT_MACHINE_KEY_FLAG);
}

static SECURITY_STATUS get_modified(struct ksp_key *key, struct reply *reply)
{
    uint8_t time[8];

    if (!key->name || key->legacy) return NTE_NOT_FOUND;
    if (!store_modified(key->name, key->flags & NCRYPT_MACHINE_KEY_FLAG, time))
        return NTE_NOT_FOUND;
    return reply_bytes(reply, time, sizeof(time));
}

static SECURITY_STATUS get_isolation(struct ksp_key *key, struct reply *reply)
{
    (void)key;
    return reply_number(reply, 0);
}

static SECURITY_STATUS get_ui_policy(struct ksp_key *key, struct reply *reply)
{
    struct ksp_value *value;
    SECURITY_STATUS status = NTE_NOT_FOUND;

    platform_lock_acquire(&key->lock);
    if ((value = ksp_value_find(key, NCRYPT_UI_POLICY_PROPERTY, false)))
        status = ui_policy_read(value->data, value->bytes, reply->output, reply->bytes,
                                reply->result);
    platform_lock_release(&key->lock);
    return status;
}

static SECURITY_STATUS get_iv(struct ksp_key *key, struct reply *reply)
{
    ULONG block, size;
    SECURITY_STATUS status;

    if (key->algorithm->family != KSP_CIPHER) return NTE_NOT_SUPPORTED;
    if (BCryptGetProperty(key->open, BCRYPT_BLOCK_LENGTH, (PUCHAR)&block, sizeof(block), &size, 0))
        return NTE_INTERNAL_ERROR;
    platform_lock_acquire(&key->lock);
    status = reply_bytes(reply, key->iv, block);
    platform_lock_release(&key->lock);
    return status;
}

/* What bcrypt.dll says of it, under its own name there. An RSA key that is not made yet has the
 * lengths that it will have: Wine's tests. */
static SECURITY_STATUS get_primitive(struct ksp_key *key, LPCWSTR property, struct reply *reply)
{
    BCRYPT_HANDLE handle = atomic_load(&key->ready) ? key->key : key->open;

    if (!atomic_load(&key->ready) && key->algorithm->family == KSP_RSA &&
        (names_equal(property, BCRYPT_BLOCK_LENGTH) ||
         names_equal(property, BCRYPT_SIGNATURE_LENGTH)))
        return reply_number(reply, (atomic_load(&key->bits) + 7) / 8);
    return nte(BCryptGetProperty(handle, property, reply->output, reply->bytes, reply->result, 0));
}

/* NTE_NOT_FOUND for a curve without a name: .NET goes on with its parameters then, and gives any
 * other failure to its caller. */
static SECURITY_STATUS get_curve_name(struct ksp_key *key, struct reply *reply)
{
    SECURITY_STATUS status = get_primitive(key, BCRYPT_ECC_CURVE_NAME, reply);

    if (status == NTE_NOT_SUPPORTED && key->algorithm->family == KSP_EC) return NTE_NOT_FOUND;
    return status == NTE_INVALID_HANDLE ? NTE_NOT_SUPPORTED : status;
}

/* Windows has it for every public key; bcrypt.dll not for RSA, DSA and DH, whose length it is. */
static SECURITY_STATUS get_public_length(struct ksp_key *key, struct reply *reply)
{
    ULONG bits, size;

    if (key->algorithm->family == KSP_CIPHER || key->algorithm->family == KSP_KDF)
        return NTE_NOT_SUPPORTED;
    if (atomic_load(&key->ready) &&
        !BCryptGetProperty(key->key, BCRYPT_PUBLIC_KEY_LENGTH, (PUCHAR)&bits, sizeof(bits), &size,
                           0)) return reply_number(reply, bits);
    return get_length(key, reply);
}

static const struct
{
    LPCWSTR name;
    SECURITY_STATUS (*get)(struct ksp_key *key, struct reply *reply);
    LPCWSTR primitive;                          /* without a function */
} getters[] =
{
    { NCRYPT_ALGORITHM_PROPERTY,              get_algorithm,     NULL                           },
    { NCRYPT_ALGORITHM_GROUP_PROPERTY,        get_group,         NULL                           },
    { NCRYPT_NAME_PROPERTY,                   get_name,          NULL                           },
    { NCRYPT_UNIQUE_NAME_PROPERTY,            get_unique_name,   NULL                           },
    { NCRYPT_LENGTH_PROPERTY,                 get_length,        NULL                           },
    { NCRYPT_LENGTHS_PROPERTY,                get_lengths,       NULL                           },
    { NCRYPT_EXPORT_POLICY_PROPERTY,          get_policy,        NULL                           },
    { NCRYPT_KEY_USAGE_PROPERTY,              get_usage,         NULL                           },
    { NCRYPT_KEY_TYPE_PROPERTY,               get_key_type,      NULL                           },
    { NCRYPT_LAST_MODIFIED_PROPERTY,          get_modified,      NULL                           },
    { NCRYPT_USE_VIRTUAL_ISOLATION_PROPERTY,  get_isolation,     NULL                           },
    { NCRYPT_USE_PER_BOOT_KEY_PROPERTY,       get_isolation,     NULL                           },
    { NCRYPT_UI_POLICY_PROPERTY,              get_ui_policy,     NULL                           },
    { NCRYPT_INITIALIZATION_VECTOR,           get_iv,            NULL                           },
    { NCRYPT_PUBLIC_LENGTH_PROPERTY,          get_public_length, NULL                           },
    { NCRYPT_BLOCK_LENGTH_PROPERTY,           NULL,              BCRYPT_BLOCK_LENGTH            },
    { NCRYPT_SIGNATURE_LENGTH_PROPERTY,       NULL,              BCRYPT_SIGNATURE_LENGTH        },
    { NCRYPT_CHAINING_MODE_PROPERTY,          NULL,              BCRYPT_CHAINING_MODE           },
    { NCRYPT_AUTH_TAG_LENGTH,                 NULL,              BCRYPT_AUTH_TAG_LENGTH         },
    { NCRYPT_ECC_CURVE_NAME_PROPERTY,         get_curve_name,    NULL                           },
    { NCRYPT_ECC_CURVE_NAME_LIST_PROPERTY,    NULL,              BCRYPT_ECC_CURVE_NAME_LIST     },
    { NCRYPT_ECC_PARAMETERS_PROPERTY,         NULL,              BCRYPT_ECC_PARAMETERS          },
    { NCRYPT_DH_PARAMETERS_PROPERTY,          NULL,              BCRYPT_DH_PARAMETERS           },
    { NCRYPT_PARAMETER_SET_NAME_PROPERTY,     NULL,              BCRYPT_PARAMETER_SET_NAME      },
    { NCRYPT_KEM_SHARED_SECRET_LENGTH_PROPERTY, NULL,            BCRYPT_KEM_SHARED_SECRET_LENGTH },
    { NCRYPT_KEM_CIPHERTEXT_LENGTH_PROPERTY,  NULL,              BCRYPT_KEM_CIPHERTEXT_LENGTH   },
};

/* Properties that are there when they were set, and NTE_NOT_FOUND before. */
static bool is_settable_value(LPCWSTR property)
{
    return names_equal(property, NCRYPT_USE_CONTEXT_PROPERTY) ||
           names_equal(property, NCRYPT_WINDOW_HANDLE_PROPERTY) ||
           names_equal(property, NCRYPT_CERTIFICATE_PROPERTY);
}

/* A value as it was set; NTE_NOT_FOUND if it was not. */
static SECURITY_STATUS get_value(struct ksp_key *key, LPCWSTR property, bool custom,
                                 struct reply *reply)
{
    SECURITY_STATUS status = NTE_NOT_FOUND;
    struct ksp_value *value;

    platform_lock_acquire(&key->lock);
    if ((value = ksp_value_find(key, property, custom)))
        status = reply_bytes(reply, value->data, value->bytes);
    platform_lock_release(&key->lock);
    return status;
}

/* Who may do what with the key, as it was set; before that, what keeps nobody out: the store has no
 * permissions but its folder's. */
static SECURITY_STATUS get_security(struct ksp_key *key, struct reply *reply)
{
    static const uint8_t everybody[20] = { 1, 0, 0x04, 0x80 };  /* self-relative, without a DACL */
    SECURITY_STATUS status = get_value(key, NCRYPT_SECURITY_DESCR_PROPERTY, false, reply);

    return status == NTE_NOT_FOUND ? reply_bytes(reply, everybody, sizeof(everybody)) : status;
}

SECURITY_STATUS ksp_get(struct ksp_key *key, LPCWSTR property, uint8_t *output, ULONG bytes,
                        ULONG *result, ULONG flags)
{
    struct reply reply = { output, bytes, result };
    SECURITY_STATUS status;
    size_t i;

    if (flags & NCRYPT_PERSIST_ONLY_FLAG) return get_value(key, property, true, &reply);
    if (names_equal(property, NCRYPT_SECURITY_DESCR_PROPERTY))
        return flags & KSP_SECURITY_INFORMATION ? get_security(key, &reply) : NTE_BAD_FLAGS;
    if (is_settable_value(property)) return get_value(key, property, false, &reply);
    if (names_equal(property, BCRYPT_PARAMETER_SET_NAME) && !atomic_load(&key->ready))
        return get_value(key, property, false, &reply);
    for (i = 0; i < ARRAY_SIZE(getters); i++)
    {
        if (!names_equal(getters[i].name, property)) continue;
        if (getters[i].get) return getters[i].get(key, &reply);
        status = get_primitive(key, getters[i].primitive, &reply);
        return status == NTE_INVALID_HANDLE ? NTE_NOT_SUPPORTED : status;
    }
    return NTE_NOT_SUPPORTED;
}

/* ---- of the provider ---- */

SECURITY_STATUS ksp_provider_get(LPCWSTR property, uint8_t *output, ULONG bytes, ULONG *result)
{
    struct reply reply = { output, bytes, result };

    if (names_equal(property, NCRYPT_NAME_PROPERTY))
        return reply_text(&reply, MS_KEY_STORAGE_PROVIDER);
    if (names_equal(property, NCRYPT_IMPL_TYPE_PROPERTY))
        return reply_number(&reply, NCRYPT_IMPL_SOFTWARE_FLAG);
    if (names_equal(property, NCRYPT_MAX_NAME_LENGTH_PROPERTY))
        return reply_number(&reply, NCRYPT_MAX_KEY_NAME_LENGTH);
    if (names_equal(property, NCRYPT_VERSION_PROPERTY)) return reply_number(&reply, 0x10000);
    if (names_equal(property, NCRYPT_SECURITY_DESCR_SUPPORT_PROPERTY))
        return reply_number(&reply, 0);
    return NTE_NOT_SUPPORTED;
}
