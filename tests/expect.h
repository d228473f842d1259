/*
 * expect.h - what every test file includes: CNG's interface, Check, and the expectations.
 *
 * The expect_* macros name the test's own line when they fail and show both values. Nothing here
 * knows the DLL's insides: the same program tests any bcrypt.dll, Microsoft's included.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_EXPECT_H
#define TESTS_EXPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <bcrypt.h>

#include <check.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* --- tests and suites --------------------------------------------------------------------- */

/* As Check's own, but each test says its line when it is over, and its name before it starts if
 * the program is verbose: a crash then leaves the name of the test that caused it. */
#undef START_TEST
#define START_TEST(name) \
    static void name##_body(int _i); \
    static void name##_fn(int _i) \
    { \
        test_begins(__FILE__, #name, _i); \
        name##_body(_i); \
        test_ends(); \
    } \
    static const TTest name##_ttest = { #name, name##_fn, __FILE__, __LINE__ }; \
    static const TTest *name = &name##_ttest; \
    static void name##_body(int _i CK_ATTRIBUTE_UNUSED)

/* One test case of a suite. contract() is for what Windows does. ours() is for what we decided
 * where Windows is unknown, or where we are stricter: --contract-only leaves it out. Objects that
 * the helpers below created and the test did not destroy are destroyed after each test. */
TCase *contract(Suite *suite);
TCase *ours(Suite *suite);

/* A test, and a test with one run for each row of its table, _i being the row. */
#define add_test(tests, test) test_add(tests, test, 1)
#define add_rows(tests, test, table) test_add(tests, test, ((void)(table), (int)ARRAY_SIZE(table)))

/* The suite that fill has filled. A test_wanted leaves out all other tests. */
Suite *suite_fill(const char *name, void (*fill)(Suite *suite));
extern const char *test_wanted;

#define SUITE(name) void name##_suite(Suite *suite);
#define PE_SUITE(name) SUITE(name)
#include "suites.h"
#undef PE_SUITE
#undef SUITE

void test_add(TCase *tests, const TTest *test, int rows);
void test_begins(const char *file, const char *name, int row);
void test_ends(void);
void report_start(bool verbose);
void report_finish(void);

/* --- what the person at the terminal decides ---------------------------------------------- */

/* How often the long tests repeat: --count, --seconds or the environment, else the default. */
unsigned long long torture_count(void);
unsigned int stress_seconds(void);
extern unsigned long long torture_count_given;
extern unsigned int stress_seconds_given;

/* --- expectations ------------------------------------------------------------------------- */

#define expect_status(call, status) expect_status_at(__FILE__, __LINE__, #call, (call), (status))

/* A call of BCryptEncrypt or BCryptDecrypt, its arguments by name: what is left out is NULL or 0.
 *
 *     expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 16, .output = output, .room = 16,
 *                    .result = &bytes);
 */
#define expect_encrypt(key, status, ...) expect_crypt(BCryptEncrypt, key, status, __VA_ARGS__)
#define expect_decrypt(key, status, ...) expect_crypt(BCryptDecrypt, key, status, __VA_ARGS__)
#define expect_crypt(function, key, status, ...) \
    expect_status_at(__FILE__, __LINE__, #function "(" #key ", " #__VA_ARGS__ ")", \
                     crypt_call(function, (key), &(const struct crypt){ __VA_ARGS__ }), (status))

struct crypt
{
    const void *input;
    ULONG bytes;                                /* of input */
    const void *info;                           /* pPaddingInfo */
    void *iv;
    ULONG iv_bytes;
    void *output;
    ULONG room;                                 /* cbOutput */
    ULONG *result;
    ULONG flags;
};
typedef NTSTATUS(WINAPI crypt_function)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, VOID *, PUCHAR, ULONG,
                                        PUCHAR, ULONG, ULONG *, ULONG);
NTSTATUS crypt_call(crypt_function *function, BCRYPT_KEY_HANDLE key, const struct crypt *crypt);

/* For the case that Windows versions differ: then, where condition holds, else now. */
#define expect_status_or(call, now, condition, then) \
    expect_status_at(__FILE__, __LINE__, #call, (call), (condition) ? (then) : (now))

/* Some failure, where programs look at no more than that. */
#define expect_refused(call) expect_refused_at(__FILE__, __LINE__, #call, (call))

#define expect_value(actual, expected) \
    expect_value_at(__FILE__, __LINE__, #actual, (unsigned long long)(actual), \
                    (unsigned long long)(expected))
#define expect_at_most(actual, most) \
    expect_at_most_at(__FILE__, __LINE__, #actual, (unsigned long long)(actual), \
                      (unsigned long long)(most))
#define expect_true(condition) expect_true_at(__FILE__, __LINE__, #condition, (condition))
#define expect_pointer(actual, expected) \
    expect_pointer_at(__FILE__, __LINE__, #actual, (actual), (expected))
#define expect_wide(actual, expected) \
    expect_wide_at(__FILE__, __LINE__, #actual, (actual), (expected))

#define expect_hex(actual, bytes, hex) \
    expect_hex_at(__FILE__, __LINE__, #actual, (actual), (bytes), (hex))
#define expect_bytes(actual, expected, bytes) \
    expect_bytes_at(__FILE__, __LINE__, #actual, (actual), (expected), (bytes))
#define expect_different(actual, other, bytes) \
    expect_different_at(__FILE__, __LINE__, #actual, (actual), (other), (bytes))

/* Buffers and handles that a call must leave alone are marked first. */
#define UNTOUCHED_HANDLE ((void *)(uintptr_t)0xdeadbeefu)
#define UNTOUCHED_ULONG 0xcccccccc
void mark(void *buffer, size_t bytes);
#define expect_untouched(buffer, bytes) \
    expect_untouched_at(__FILE__, __LINE__, #buffer, (buffer), (bytes))

/* A property of four bytes: the call must succeed and say 4. */
#define property_ulong(handle, name) property_ulong_at(__FILE__, __LINE__, (handle), (name))

/* The status of GetProperty, given room for any property. */
#define expect_property(handle, name, status) \
    expect_property_at(__FILE__, __LINE__, (handle), (name), (status))

/* A string property: value and size, NUL included. */
#define expect_property_wide(handle, name, value) \
    expect_property_wide_at(__FILE__, __LINE__, (handle), (name), (value))

/*
 * A message's digest, through every way there is to feed it: at once with BCryptHash; whole, in
 * pieces of several sizes, and through a duplicate taken half way; at every alignment to 16.
 */
#define expect_digest(algorithm, secret, secret_bytes, message, bytes, hex) \
    expect_digest_at(__FILE__, __LINE__, (algorithm), (secret), (secret_bytes), (message), \
                     (bytes), (hex))

/* --- helpers: each expects success, and names the test's line if that fails --------------- */

#define open_algorithm(id, flags) open_algorithm_at(__FILE__, __LINE__, (id), (flags))
#define open_cipher(id, mode) open_cipher_at(__FILE__, __LINE__, (id), (mode))
#define set_mode(handle, mode) set_mode_at(__FILE__, __LINE__, (handle), (mode))
#define new_key(algorithm, secret, bytes) \
    new_key_at(__FILE__, __LINE__, (algorithm), (secret), (bytes), 0)
#define new_key_hex(algorithm, hex) new_key_hex_at(__FILE__, __LINE__, (algorithm), (hex))
#define new_aes_key(bits) new_aes_key_at(__FILE__, __LINE__, (bits))
#define new_hash(algorithm, secret, bytes, flags) \
    new_hash_at(__FILE__, __LINE__, (algorithm), (secret), (bytes), (flags))

/* 00 01 02 ... */
extern const UCHAR counting[256];

/* The bytes of a hexadecimal string, blanks left out; how many there were. */
size_t unhex(void *buffer, size_t capacity, const char *hex);

/* Bytes of a string of 16-bit characters, NUL included, as properties count them. */
ULONG wide_bytes(const WCHAR *string);

/* A random number that is good enough for test data; the same in every run. */
uint64_t test_random(void);

/* True on real Windows older than version (7, 8, 10, 11); never with OpenCNG or under Wine. */
#ifdef _WIN32
bool WINDOWS_BEFORE(unsigned int version);
#else
#define WINDOWS_BEFORE(version) false
#endif

/*
 * Copies of a secret in this process's writable memory, found by reading all of it. The caller
 * keeps the secret masked, every byte XORed with SCAN_MASK, so that its own copy does not count.
 */
#define SCAN_MASK 0xa5
unsigned int memory_copies(const void *masked, size_t bytes);
/* Of each of `count` secrets that stand one behind another. */
unsigned int memory_copies_of(const void *masked, size_t bytes, size_t count);
void mask(void *buffer, size_t bytes);

/* --- what stands behind the macros -------------------------------------------------------- */

CK_ATTRIBUTE_FORMAT(printf, 3, 4) CK_ATTRIBUTE_NORETURN
void expect_failed(const char *file, int line, const char *format, ...);

NTSTATUS expect_status_at(const char *file, int line, const char *text, NTSTATUS actual,
                          NTSTATUS expected);
NTSTATUS expect_refused_at(const char *file, int line, const char *text, NTSTATUS actual);
void expect_value_at(const char *file, int line, const char *text, unsigned long long actual,
                     unsigned long long expected);
void expect_at_most_at(const char *file, int line, const char *text, unsigned long long actual,
                       unsigned long long most);
void expect_true_at(const char *file, int line, const char *text, bool value);
void expect_pointer_at(const char *file, int line, const char *text, const void *actual,
                       const void *expected);
void expect_wide_at(const char *file, int line, const char *text, const WCHAR *actual,
                    const WCHAR *expected);
void expect_hex_at(const char *file, int line, const char *text, const void *actual, size_t bytes,
                   const char *hex);
void expect_bytes_at(const char *file, int line, const char *text, const void *actual,
                     const void *expected, size_t bytes);
void expect_different_at(const char *file, int line, const char *text, const void *actual,
                         const void *other, size_t bytes);
void expect_untouched_at(const char *file, int line, const char *text, const void *buffer,
                         size_t bytes);
ULONG property_ulong_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name);
void expect_property_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name,
                        NTSTATUS status);
void expect_property_wide_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name,
                             const WCHAR *value);
void expect_digest_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, const void *secret,
                      size_t secret_bytes, const void *message, size_t bytes, const char *hex);

BCRYPT_ALG_HANDLE open_algorithm_at(const char *file, int line, const WCHAR *id, ULONG flags);
BCRYPT_ALG_HANDLE open_cipher_at(const char *file, int line, const WCHAR *id, const WCHAR *mode);
void set_mode_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *mode);
BCRYPT_KEY_HANDLE new_key_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                             const void *secret, size_t bytes, ULONG flags);
BCRYPT_KEY_HANDLE new_key_hex_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                 const char *hex);
BCRYPT_KEY_HANDLE new_aes_key_at(const char *file, int line, ULONG bits);
BCRYPT_HASH_HANDLE new_hash_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                               const void *secret, size_t bytes, ULONG flags);

/* An object that the teardown destroys unless the test did. */
void keep_algorithm(BCRYPT_ALG_HANDLE algorithm);
void keep_key(BCRYPT_KEY_HANDLE key);
void keep_hash(BCRYPT_HASH_HANDLE hash);
void keep_secret(BCRYPT_SECRET_HANDLE secret);

/* The four exports that end an object, with the teardown told about it. */
NTSTATUS test_close_algorithm(BCRYPT_ALG_HANDLE algorithm, ULONG flags);
NTSTATUS test_destroy_key(BCRYPT_KEY_HANDLE key);
NTSTATUS test_destroy_hash(BCRYPT_HASH_HANDLE hash);
NTSTATUS test_destroy_secret(BCRYPT_SECRET_HANDLE secret);
#ifndef EXPECT_IMPLEMENTATION
#define BCryptCloseAlgorithmProvider(algorithm, flags) test_close_algorithm(algorithm, flags)
#define BCryptDestroyKey(key) test_destroy_key(key)
#define BCryptDestroyHash(hash) test_destroy_hash(hash)
#define BCryptDestroySecret(secret) test_destroy_secret(secret)
#endif

/* --- exports that not every bcrypt.dll has ------------------------------------------------ */

/* They are looked up when the program starts, or it would not start where one is missing; a call
 * to a missing one answers STATUS_ENTRYPOINT_NOT_FOUND. Natively everything is linked. */
#ifdef _WIN32
void bind_exports(void);

NTSTATUS WINAPI late_CreateMultiHash(BCRYPT_ALG_HANDLE, BCRYPT_HASH_HANDLE *, ULONG, PUCHAR, ULONG,
                                     PUCHAR, ULONG, ULONG);
NTSTATUS WINAPI late_ProcessMultiOperations(BCRYPT_HANDLE, BCRYPT_MULTI_OPERATION_TYPE, PVOID,
                                            ULONG, ULONG);
NTSTATUS WINAPI late_Hash(BCRYPT_ALG_HANDLE, PUCHAR, ULONG, PUCHAR, ULONG, PUCHAR, ULONG);
NTSTATUS WINAPI late_KeyDerivation(BCRYPT_KEY_HANDLE, BCryptBufferDesc *, PUCHAR, ULONG, ULONG *,
                                   ULONG);
NTSTATUS WINAPI late_Encapsulate(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, ULONG *, PUCHAR, ULONG, ULONG *,
                                 ULONG);
NTSTATUS WINAPI late_Decapsulate(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, PUCHAR, ULONG, ULONG *, ULONG);
BOOL WINAPI late_ProcessPrng(PBYTE, SIZE_T);
BOOL WINAPI late_ProcessPrngGuid(GUID *);

#define BCryptCreateMultiHash late_CreateMultiHash
#define BCryptProcessMultiOperations late_ProcessMultiOperations
#define BCryptHash late_Hash
#define BCryptKeyDerivation late_KeyDerivation
#define BCryptEncapsulate late_Encapsulate
#define BCryptDecapsulate late_Decapsulate
#define ProcessPrng late_ProcessPrng
#define ProcessPrngGuid late_ProcessPrngGuid
#else
static inline void bind_exports(void)
{
}

BOOL WINAPI ProcessPrng(PBYTE, SIZE_T);
BOOL WINAPI ProcessPrngGuid(GUID *);
#endif

#endif
