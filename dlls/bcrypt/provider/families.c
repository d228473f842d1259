/*
 * families.c - every family of algorithms, in the order in which they are enumerated.
 *
 * The algorithms themselves are the rows of each family's own table (hash.c, cipher.c...).
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
    &mlkem_family,
    &mldsa_family,
    &composite_mlkem_family,
    &composite_mldsa_family,
    &slhdsa_family,
    &hbs_family,
};

/* Those of them whose algorithms Windows has not. */
static const struct prov_family *const extras[] =
{
    &slhdsa_family,
    &hbs_family,
};

const struct prov_family *prov_family_of(ULONG interface_id, LPCWSTR id)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(families); i++)
    {
        if (families[i]->interface_id != interface_id) continue;
        if (!id || prov_find(&families[i]->rows, id)) return families[i];
    }
    return NULL;
}

LPCWSTR primitive_provider_function(ULONG dwInterface, ULONG number)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(families); i++)
    {
        if (families[i]->interface_id != dwInterface) continue;
        if (number < families[i]->rows.count) return prov_name(&families[i]->rows, number);
        number -= (ULONG)families[i]->rows.count;
    }
    return NULL;
}

bool primitive_provider_is_extra(ULONG dwInterface, LPCWSTR id)
{
    const struct prov_family *family = prov_family_of(dwInterface, id);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(extras); i++)
    {
        if (extras[i] == family) return true;
    }
    return false;
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
