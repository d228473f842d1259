/*
 * test_provider.h - a provider of another maker, for the tests: what it is called and serves.
 *
 * Its algorithms are toys: a cipher that is XOR, a digest that is a sum. Each of the misbehaving
 * ones breaks one rule of bcrypt_provider.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_PROVIDER_H
#define TESTS_TEST_PROVIDER_H

#define TEST_PROVIDER         L"OpenCNG Test Provider"
#define TEST_PROVIDER_ALIAS   L"Test Alias"
#define TEST_PROVIDER_IMAGE   L"test_provider.dll"
#define TEST_PROVIDER_FAILING L"OpenCNG Failing Test Provider"       /* opens nothing */
#define TEST_PROVIDER_MISSING L"OpenCNG Missing Test Provider"       /* its DLL is not there */

#define XOR_CIPHER     L"TEST-XOR"
#define XOR_NULLS      L"TEST-XOR-NULLS"        /* its table has nothing but the opening */
#define XOR_NO_OPEN    L"TEST-XOR-NO-OPEN"      /* ... everything but the opening */
#define XOR_OLD        L"TEST-XOR-OLD"          /* version 0.9 */
#define XOR_NEW        L"TEST-XOR-NEW"          /* version 7.0 */
#define XOR_SHORT      L"TEST-XOR-SHORT"        /* data stands where the last functions should */
#define XOR_CUT        L"TEST-XOR-CUT"          /* the table ends with its page */
#define XOR_NO_TABLE   L"TEST-XOR-NO-TABLE"     /* success, and no table */
#define XOR_WILD       L"TEST-XOR-WILD"         /* ... and a table that is nowhere */
#define XOR_GET_FAILS  L"TEST-XOR-GET-FAILS"    /* GetCipherInterface fails */
#define XOR_OPEN_FAILS L"TEST-XOR-OPEN-FAILS"   /* and leaves a handle */
#define XOR_OPEN_ZERO  L"TEST-XOR-OPEN-ZERO"    /* success, and a handle of 0 */
#define XOR_OPEN_ODD   L"TEST-XOR-OPEN-ODD"     /* a status that is neither */
#define XOR_KEY_FAILS  L"TEST-XOR-KEY-FAILS"
#define XOR_KEY_ZERO   L"TEST-XOR-KEY-ZERO"
#define XOR_SIZE_WRONG L"TEST-XOR-SIZE-WRONG"   /* an ObjectLength of two bytes */
#define XOR_SIZE_HUGE  L"TEST-XOR-SIZE-HUGE"    /* an ObjectLength of 4 GiB */
#define SUM_HASH       L"TEST-SUM"              /* a table of version 1 */
#define SUM_LARGE      L"TEST-SUM-LARGE"        /* an ObjectLength of 5000 bytes */
#define SUM_ZERO       L"TEST-SUM-ZERO"         /* hashes with a handle of 0 */
#define SUM_SIGN       L"TEST-SIGN"
#define SUM_SIGN_ZERO  L"TEST-SIGN-ZERO"
#define XOR_KEM        L"TEST-KEM"

/* Hashes, signatures and encapsulations break a rule by what their name ends in. */
#define RULE_NULLS      L"-NULLS"               /* the table has nothing but open and close */
#define RULE_NO_OPEN    L"-NO-OPEN"             /* ... everything but the opening */
#define RULE_OLD        L"-OLD"                 /* version 0.9 */
#define RULE_NEW        L"-NEW"                 /* version 7.0 */
#define RULE_CUT        L"-CUT"                 /* the page ends behind the closing */
#define RULE_NO_TABLE   L"-NO-TABLE"            /* success, and no table */
#define RULE_WILD       L"-WILD"                /* ... and a table that is nowhere */
#define RULE_GET_FAILS  L"-GET-FAILS"           /* Get*Interface fails */
#define RULE_OPEN_FAILS L"-OPEN-FAILS"          /* and leaves a handle */
#define RULE_OPEN_ZERO  L"-OPEN-ZERO"           /* success, and a handle of 0 */
#define RULE_OPEN_ODD   L"-OPEN-ODD"            /* a status that is neither */
#define RULE_MAKE_FAILS L"-MAKE-FAILS"          /* a hash or pair, and leaves a handle */
#define RULE_MAKE_ZERO  L"-MAKE-ZERO"
#define TEST_RULES(base)                                                                           \
    base RULE_NULLS, base RULE_NO_OPEN, base RULE_OLD, base RULE_NEW, base RULE_CUT,               \
        base RULE_NO_TABLE, base RULE_WILD, base RULE_GET_FAILS, base RULE_OPEN_FAILS,             \
        base RULE_OPEN_ZERO, base RULE_OPEN_ODD, base RULE_MAKE_FAILS, base RULE_MAKE_ZERO

#define TEST_CIPHERS                                                                               \
    XOR_CIPHER, XOR_NULLS, XOR_NO_OPEN, XOR_OLD, XOR_NEW, XOR_SHORT, XOR_CUT, XOR_NO_TABLE,        \
        XOR_WILD, XOR_GET_FAILS, XOR_OPEN_FAILS, XOR_OPEN_ZERO, XOR_OPEN_ODD, XOR_KEY_FAILS,       \
        XOR_KEY_ZERO, XOR_SIZE_WRONG, XOR_SIZE_HUGE
#define TEST_HASHES     SUM_HASH, SUM_LARGE, SUM_ZERO
#define TEST_SIGNATURES SUM_SIGN, SUM_SIGN_ZERO
#define TEST_KEMS       XOR_KEM

/* Exported beside the provider's own functions: handles that it has given and not got back, and
 * calls that broke the router's promises. */
typedef int (*test_provider_count_fn)(void);
int test_provider_live(void);
int test_provider_faults(void);

#endif
