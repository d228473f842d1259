/*
 * ksp_set.c - setting a key's properties.
 *
 * Most decide how the key is made, and are taken until it is finalized. What limits a key that has
 * a file may be made stricter after that, never looser.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "ksp/blob_types.h"
#include "ksp/ui_policy.h"
#include "platform/memory.h"

struct request
{
    LPCWSTR property;
    const uint8_t *input;
    ULONG bytes;
    bool kept;                                  /* NCRYPT_PERSIST_FLAG */
    bool has_parts;                             /* KSP_SECURITY_INFORMATION */
};

static SECURITY_STATUS number_of(const struct request *request, ULONG *number)
{
    if (request->bytes != sizeof(*number)) return NTE_INVALID_PARAMETER;
    memcpy(number, request->input, sizeof(*number));
    return 0;
}

/* Text with its NUL. */
static bool is_text(const struct request *request)
{
    WCHAR last;

    if (request->bytes < sizeof(WCHAR) || request->bytes % sizeof(WCHAR)) return false;
    memcpy(&last, request->input + request->bytes - sizeof(last), sizeof(last));
    return !last;
}

static SECURITY_STATUS set_length(struct ksp_key *key, const struct request *request)
{
    const NCRYPT_SUPPORTED_LENGTHS *lengths = &key->algorithm->lengths;
    SECURITY_STATUS status;
    ULONG bits;

    if (!lengths->dwMaxLength || key->algorithm->family == KSP_KDF) return NTE_NOT_SUPPORTED;
    if ((status = number_of(request, &bits))) return status;
    if (key->key) return 0;                     /* taken, and without effect: Wine's tests */
    if (bits < lengths->dwMinLength || bits > lengths->dwMaxLength ||
        (lengths->dwIncrement && (bits - lengths->dwMinLength) % lengths->dwIncrement))
        return NTE_INVALID_PARAMETER;
    atomic_store(&key->bits, bits);
    return 0;
}

/* A set of permissions. */
static SECURITY_STATUS set_limits(struct ksp_key *key, const struct request *request,
                                  _Atomic ULONG *limits)
{
    SECURITY_STATUS status;
    ULONG wanted, before = atomic_load(limits);

    if ((status = number_of(request, &wanted))) return status;
    if (atomic_load(&key->ready) && (key->kept || key->legacy) && (wanted & ~before))
        return NTE_PERM;
    atomic_store(limits, wanted);
    if (atomic_load(&key->ready) && request->kept && (status = ksp_key_store(key)))
        atomic_store(limits, before);
    return status;
}

static SECURITY_STATUS set_policy(struct ksp_key *key, const struct request *request)
{
    return set_limits(key, request, &key->policy);
}

static SECURITY_STATUS set_usage(struct ksp_key *key, const struct request *request)
{
    return set_limits(key, request, &key->usage);
}

static SECURITY_STATUS set_curve(struct ksp_key *key, const struct request *request)
{
    SECURITY_STATUS status;

    if (key->algorithm->family != KSP_EC || !key->algorithm->lengths.dwIncrement ||
        atomic_load(&key->ready)) return NTE_NOT_SUPPORTED;
    if (names_equal(request->property, BCRYPT_ECC_CURVE_NAME) && !is_text(request))
        return NTE_INVALID_PARAMETER;
    status = nte(BCryptSetProperty(key->open, request->property,
                                   (PUCHAR)(ULONG_PTR)request->input, request->bytes, 0));
    if (!status) key->is_curve_set = true;
    return status;
}

/* What bcrypt.dll is told when the key is made. */
static SECURITY_STATUS set_making(struct ksp_key *key, const struct request *request,
                                  enum ksp_family family)
{
    if (key->algorithm->family != family || atomic_load(&key->ready)) return NTE_NOT_SUPPORTED;
    return ksp_value_put(key, request->property, false, false, request->input, request->bytes);
}

static SECURITY_STATUS set_dh_parameters(struct ksp_key *key, const struct request *request)
{
    return set_making(key, request, KSP_DH);
}

static SECURITY_STATUS set_dsa_parameters(struct ksp_key *key, const struct request *request)
{
    return set_making(key, request, KSP_DSA);
}

static SECURITY_STATUS set_parameter_set(struct ksp_key *key, const struct request *request)
{
    if (!is_text(request)) return NTE_INVALID_PARAMETER;
    if (!ksp_has_set(key->algorithm)) return NTE_NOT_SUPPORTED;
    return set_making(key, request, key->algorithm->family);
}

/* It is the key: its file keeps it. */
static SECURITY_STATUS set_kdf_secret(struct ksp_key *key, const struct request *request)
{
    if (key->algorithm->family != KSP_KDF || atomic_load(&key->ready)) return NTE_NOT_SUPPORTED;
    return ksp_value_put(key, request->property, false, true, request->input, request->bytes);
}

static SECURITY_STATUS set_chaining_mode(struct ksp_key *key, const struct request *request)
{
    if (key->algorithm->family != KSP_CIPHER) return NTE_NOT_SUPPORTED;
    if (!is_text(request)) return NTE_INVALID_PARAMETER;
    return nte(BCryptSetProperty(atomic_load(&key->ready) ? key->key : key->open,
                                 BCRYPT_CHAINING_MODE, (PUCHAR)(ULONG_PTR)request->input,
                                 request->bytes, 0));
}

static SECURITY_STATUS set_iv(struct ksp_key *key, const struct request *request)
{
    ULONG block, size;

    if (key->algorithm->family != KSP_CIPHER) return NTE_NOT_SUPPORTED;
    if (BCryptGetProperty(key->open, BCRYPT_BLOCK_LENGTH, (PUCHAR)&block, sizeof(block), &size, 0))
        return NTE_INTERNAL_ERROR;
    if (request->bytes != block || block > sizeof(key->iv)) return NTE_INVALID_PARAMETER;
    memcpy(key->iv, request->input, block);
    return 0;
}

/* A blob with the private half, by its type: the key, which only has to be finalized. */
static SECURITY_STATUS set_blob(struct ksp_key *key, const struct request *request)
{
    BCRYPT_KEY_HANDLE before = key->key;
    const struct blob_type *row;
    SECURITY_STATUS status;

    if (atomic_load(&key->ready)) return NTE_NOT_SUPPORTED;
    if ((status = blob_type_find(request->property, request->input, request->bytes, &row)))
        return status;
    if (!row->is_private) return NTE_NOT_SUPPORTED;
    if (!names_equal(row->algorithm, key->algorithm->id)) return NTE_INVALID_PARAMETER;
    status = ksp_key_take(key, row->type, request->input, request->bytes, 0);
    if (!status && before) BCryptDestroyKey(before);
    return status;
}

/* A value, and the file with it, or neither. */
static SECURITY_STATUS keep_value(struct ksp_key *key, LPCWSTR property, bool custom, bool kept,
                                  const void *data, ULONG bytes)
{
    struct ksp_value *value = ksp_value_new(property, custom, kept, data, bytes), *old;
    SECURITY_STATUS status = 0;

    if (!value) return NTE_NO_MEMORY;
    old = ksp_value_swap(key, value, ksp_value_find(key, property, custom));
    if (kept && atomic_load(&key->ready) && (status = ksp_key_store(key)))
        old = ksp_value_swap(key, old, value);
    ksp_value_free(old);
    return status;
}

static SECURITY_STATUS set_ui_policy(struct ksp_key *key, const struct request *request)
{
    SECURITY_STATUS status;
    uint8_t *data;
    ULONG bytes;

    if ((status = ui_policy_write(request->input, request->bytes, &data, &bytes))) return status;
    status = keep_value(key, request->property, false, request->kept, data, bytes);
    memory_put(data, bytes);
    return status;
}

static SECURITY_STATUS set_use_context(struct ksp_key *key, const struct request *request)
{
    if (!is_text(request)) return NTE_INVALID_PARAMETER;
    return keep_value(key, request->property, false, request->kept, request->input,
                      request->bytes);
}

static SECURITY_STATUS set_window(struct ksp_key *key, const struct request *request)
{
    if (request->bytes != sizeof(void *)) return NTE_INVALID_PARAMETER;
    return ksp_value_put(key, request->property, false, false, request->input, request->bytes);
}

/* The password of a key that Windows would ask for one: heard and forgotten, since nothing is asked
 * here. It may lack its NUL: Microsoft's sample StrongKeyProtection. */
static SECURITY_STATUS set_pin(struct ksp_key *key, const struct request *request)
{
    (void)key;
    return request->bytes % sizeof(WCHAR) ? NTE_INVALID_PARAMETER : 0;
}

static SECURITY_STATUS set_certificate(struct ksp_key *key, const struct request *request)
{
    return keep_value(key, request->property, false, request->kept, request->input,
                      request->bytes);
}

/* A self-relative SECURITY_DESCRIPTOR: kept whole, and told; nobody is kept out by it. */
static SECURITY_STATUS set_security(struct ksp_key *key, const struct request *request)
{
    if (!request->has_parts) return NTE_BAD_FLAGS;
    if (request->bytes < 20 || request->input[0] != 1 || !(request->input[3] & 0x80))
        return NTE_INVALID_PARAMETER;
    return keep_value(key, request->property, false, request->kept, request->input,
                      request->bytes);
}

static const struct
{
    LPCWSTR name;
    SECURITY_STATUS (*set)(struct ksp_key *key, const struct request *request);
} setters[] =
{
    { NCRYPT_LENGTH_PROPERTY,             set_length         },
    { NCRYPT_EXPORT_POLICY_PROPERTY,      set_policy         },
    { NCRYPT_KEY_USAGE_PROPERTY,          set_usage          },
    { NCRYPT_ECC_CURVE_NAME_PROPERTY,     set_curve          },
    { NCRYPT_ECC_PARAMETERS_PROPERTY,     set_curve          },
    { NCRYPT_DH_PARAMETERS_PROPERTY,      set_dh_parameters  },
    { BCRYPT_DSA_PARAMETERS,              set_dsa_parameters },
    { NCRYPT_PARAMETER_SET_NAME_PROPERTY, set_parameter_set  },
    { NCRYPT_KDF_SECRET_VALUE,            set_kdf_secret     },
    { NCRYPT_CHAINING_MODE_PROPERTY,      set_chaining_mode  },
    { NCRYPT_INITIALIZATION_VECTOR,       set_iv             },
    { NCRYPT_UI_POLICY_PROPERTY,          set_ui_policy      },
    { NCRYPT_USE_CONTEXT_PROPERTY,        set_use_context    },
    { NCRYPT_WINDOW_HANDLE_PROPERTY,      set_window         },
    { NCRYPT_PIN_PROPERTY,                set_pin            },
    { NCRYPT_CERTIFICATE_PROPERTY,        set_certificate    },
    { NCRYPT_SECURITY_DESCR_PROPERTY,     set_security       },
};

SECURITY_STATUS ksp_set(struct ksp_key *key, LPCWSTR property, const uint8_t *input, ULONG bytes,
                        ULONG flags)
{
    const struct request request = { property, input, bytes, flags & NCRYPT_PERSIST_FLAG,
                                     flags & KSP_SECURITY_INFORMATION };
    SECURITY_STATUS status;
    size_t i;

    platform_lock_acquire(&key->lock);
    if (flags & (NCRYPT_PERSIST_FLAG | NCRYPT_PERSIST_ONLY_FLAG) &&
        (status = ksp_key_refresh(key))) goto done;

    if (flags & NCRYPT_PERSIST_ONLY_FLAG)
    {
        status = keep_value(key, property, true, true, input, bytes);
    }
    else
    {
        for (i = 0; i < ARRAY_SIZE(setters); i++)
        {
            if (names_equal(setters[i].name, property)) break;
        }
        status = i < ARRAY_SIZE(setters) ? setters[i].set(key, &request) : set_blob(key, &request);
    }

done:
    ksp_key_refreshed(key);
    platform_lock_release(&key->lock);
    return status;
}
