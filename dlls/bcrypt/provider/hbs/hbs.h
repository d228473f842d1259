/*
 * hbs.h - the parameter sets of LMS and XMSS.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_HBS_H
#define PROVIDER_HBS_H

#include "provider/pq/pq.h"

/* A set's number is its registry's; of HSS and XMSS^MT, which have the numbers of LMS and XMSS for
 * their own, with this. */
#define HBS_LEVELS 0x10000

extern const struct prov_rows hbs_lms_sets, hbs_xmss_sets;

#endif
