/*
 * cng.c - the functions of one bcrypt.dll, found at run time.
 *
 * SPDX-License-Identifier: MIT
 */

#include "cng.h"

void cng_bind(struct cng *cng, HMODULE module)
{
    cng->module = module;
#define CNG_BIND(name) cng->name = (__typeof__(&name))(void *)GetProcAddress(module, #name);
    CNG_FUNCTIONS(CNG_BIND)
#undef CNG_BIND
}
