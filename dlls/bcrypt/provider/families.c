/*
 * families.c - every family of algorithms, in the order in which they are enumerated.
 *
 * The algorithms themselves are the rows of each family's own table (hash.c,
 * cipher.c...).
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/families.h"

#include "builtin.h"
#include "crypto/common/lc.h"
#include "crypto/random/random.h"
#include "platform/platform.h"
#include "provider/ec/curve.h"

static const struct prov_family *const families[] =
{
    &cipher_family,
    &hash_family,
    &rsa_encryption_family,
    &dh_family,
    &ecdh_family,
    &rsa_signature_family,
    &dsa_family,
    &ecdsa_family,
    &rng_family,
    &kdf_family,
};

const struct prov_family *prov_family_of(ULONG interface_id, LPCWSTR id)
{
    ULONG number;
    LPCWSTR name;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(families); i++)
    {
        if (families[i]->interface_id != interface_id) continue;
        for (number = 0; (name = families[i]->id(number)); number++)
        {
            if (!id || names_equal(name, id)) return families[i];
        }
    }
    return NULL;
}

LPCWSTR primitive_provider_function(ULONG dwInterface, ULONG number)
{
    LPCWSTR name;
    ULONG own;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(families); i++)
    {
        if (families[i]->interface_id != dwInterface) continue;
        for (own = 0; (name = families[i]->id(own)); own++)
        {
            if (!number--) return name;
        }
    }
    return NULL;
}

/* The generator leaves a mark that keeps a late caller on this thread from making another. */
void provider_thread_detach(void)
{
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
}

void provider_detach(void)
{
    curves_detach();
    lc_detach();
}
