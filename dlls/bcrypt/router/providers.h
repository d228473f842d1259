/*
 * providers.h - the provider registry: which providers serve an algorithm, by which functions.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_PROVIDERS_H
#define ROUTER_PROVIDERS_H

#include "router/calls.h"

/* A provider is its name and what its DLL exports. */
struct provider
{
    LPCWSTR name;
    LPCWSTR aliases;                            /* one after the other, "" after the last */
    LPCWSTR image;                              /* its DLL; NULL: this one */
    bool keeps_rules;                           /* ours; no stranger is trusted that far */
    struct
    {
        GetCipherInterfaceFn GetCipherInterface;
        GetHashInterfaceFn GetHashInterface;
        GetAsymmetricEncryptionInterfaceFn GetAsymmetricEncryptionInterface;
        GetSecretAgreementInterfaceFn GetSecretAgreementInterface;
        GetSignatureInterfaceFn GetSignatureInterface;
        GetRngInterfaceFn GetRngInterface;
        GetKeyDerivationInterfaceFn GetKeyDerivationInterface;
        GetKeyEncapsulationInterfaceFn GetKeyEncapsulationInterface;
    } interfaces;                               /* NULL: it has none */
};

/*
 * The algorithm of that name from the provider of that name or alias, or from the first that has it
 * if provider is NULL. `after` is NULL, or what was found last, to go on from there.
 * The provider is loaded, and its table asked for, when it is first wanted; one with which that
 * fails is passed over. Foreign code is called: no lock may be held.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND (no such algorithm or provider), STATUS_NO_MEMORY
 */
NTSTATUS provider_find(LPCWSTR id, LPCWSTR provider, const struct provider_calls *after,
                       const struct provider_calls **calls);

/* The algorithm of that name of our own provider, whatever the configuration says. */
NTSTATUS provider_find_own(LPCWSTR id, const struct provider_calls **calls);

/* How often the configuration was changed: what was found before may be found no more. */
ULONG provider_changes(void);

/* Says that it was changed just now: it is read anew when the registry is wanted next. */
void providers_changed(void);

/* The registry as it is now; NULL if there is no memory to read it, or it could not be read for
 * another reason: the next call reads it anew. It stays as it is, and where it is, until
 * it is put back. */
struct provider_registry;
const struct provider_registry *provider_registry_get(void);
void provider_registry_put(const struct provider_registry *registry);

/* A function of an interface. */
struct provider_function
{
    LPCWSTR id;
    ULONG interface_id;
};

/* The functions in order of interface, each once, of all providers; false after the last. */
bool provider_function_at(const struct provider_registry *registry, ULONG number,
                          struct provider_function *function);

/* The names of the providers that serve an algorithm, best first; NULL after the last. */
LPCWSTR provider_name_at(const struct provider_registry *registry, LPCWSTR id, ULONG number);

/* Gives the memory of all registries back; when the DLL goes. */
void providers_detach(void);

#endif
