/*
 * families.h - which family has an algorithm.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_TABLE_H
#define PROVIDER_PROV_TABLE_H

#include "provider/common/prov.h"

/* The family that serves an algorithm for an interface; id NULL: the interface's first. */
const struct prov_family *prov_family_of(ULONG interface_id, LPCWSTR id);

#endif
