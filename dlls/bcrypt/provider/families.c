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
