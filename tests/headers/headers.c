/*
 * headers.c - the public headers, seen by a C program.
 *
 * Compiled by tests/headers/run with every compiler there is, never linked: see checks.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "checks.h"
