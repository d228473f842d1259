/*
 * config_names.h - what the tests of the configuration have in common: a context and a provider of
 * their own, which are there while a test runs, and how an answer in one block is looked at.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_CONFIG_NAMES_H
#define TESTS_CONFIG_NAMES_H

#include "expect.h"

#include <bcrypt_provider.h>

#define TEST_CONTEXT  L"OpenCNG test context"
#define TEST_MAKER    L"OpenCNG test maker"
#define TEST_OTHER    L"OpenCNG test other"
#define TEST_ALIAS    L"OpenCNG test alias"
#define TEST_FUNCTION L"OPENCNG-TEST"
#define TEST_SECOND   L"OPENCNG-TEST-2"
#define TEST_PROPERTY L"Test property"
#define TEST_IMAGE    L"opencng_test.dll"
#define TEST_DRIVER   L"opencng_test.sys"
#define SCHANNEL      0x00010002
#define SIGNATURES    0x00010003
#define KEY_STORAGES  0x00010001

/* Registers the provider in both modes, with its alias, for two functions of ciphers and one of
 * hashes; and makes the context, which has the functions, the first with the provider. */
void config_setup(void);
void config_teardown(void);

NTSTATUS register_maker(const WCHAR *name, const WCHAR *alias, bool user, bool kernel);

/* A list of names in a block that the library made: joined by blanks, and given back.
 * CRYPT_CONTEXTS and its like have one layout. */
const char *names_of(NTSTATUS status, void *block);

/* The same, of calls. */
const char *contexts_of(ULONG table);
const char *functions_of(ULONG table, const WCHAR *context, ULONG interface_id);
const char *providers_of(ULONG table, const WCHAR *context, ULONG interface_id,
                         const WCHAR *function);

#define expect_text(actual, expected) \
    expect_true_at(__FILE__, __LINE__, #actual " is " #expected, !strcmp((actual), (expected)))

#endif
