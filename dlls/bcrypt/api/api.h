/*
 * api.h - what every export needs.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef API_API_H
#define API_API_H

#include "platform/wipe.h"                        /* wipe_registers(), last where keys went by */
#include "platform/base.h"
#include "platform/names.h"
#include "platform/trace.h"
#include "router/algorithm.h"
#include "router/object.h"
#include "router/providers.h"

#endif
