/*
 * providers.h - the provider registry: who serves an algorithm, and through which functions.
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

/* What provider_find answers for the whole registry's contents, one after the other. */
struct provider_function
{
    LPCWSTR id;
    ULONG interface_id;
};

/*
 * The algorithm of that name from the provider of that name, or from the first that has it if
 * provider is NULL; its function table is asked for when it is first wanted.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND (no such algorithm or provider), STATUS_NO_MEMORY, or what the
 *   provider's Get*Interface function answered
 */
NTSTATUS provider_find(LPCWSTR id, LPCWSTR provider, const struct provider_calls **calls);

/* The registered functions in order of interface; false after the last. */
bool provider_function_at(ULONG number, struct provider_function *function);

/* The names of the providers that serve an algorithm; NULL after the last. */
LPCWSTR provider_name_at(LPCWSTR id, ULONG number);

#endif
