/*
 * provider_native.c - the tests' provider, where the native build looks for DLLs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "native.h"
#include "platform/base.h"
#include "provider/test_provider.h"

/* In this build its functions have names beside ours; what they take does not matter here. */
extern char test_GetCipherInterface[], test_GetHashInterface[], test_GetSignatureInterface[];
extern char test_GetKeyEncapsulationInterface[];

static const struct native_export exports[] =
{
    { "GetCipherInterface",           test_GetCipherInterface },
    { "GetHashInterface",             test_GetHashInterface },
    { "GetSignatureInterface",        test_GetSignatureInterface },
    { "GetKeyEncapsulationInterface", test_GetKeyEncapsulationInterface },
    { NULL, NULL },
};

__attribute__((constructor)) static void add_test_provider(void)
{
    native_module_add(L"X:\\" TEST_PROVIDER_IMAGE, exports);
}
