/*
 * expect.c - the expectations and helpers of expect.h, and the line that each test prints.
 *
 * SPDX-License-Identifier: MIT
 */

#define EXPECT_IMPLEMENTATION
#include "expect.h"

#include <stdarg.h>

#define SHOWN_BYTES 48
#define SHOWN_ROWS 20
#define MARK 0xcc

/* --- tests and suites --------------------------------------------------------------------- */

static struct
{
    bool verbose;
    char suite[64];
    const char *name;
    int row;
    unsigned int rows, passed, shown;
} report;

const char *test_wanted;
static void close_kept(void);

Suite *suite_fill(const char *name, void (*fill)(Suite *suite))
{
    Suite *suite = suite_create(name);

    fill(suite);
    return suite;
}

void test_add(TCase *tests, const TTest *test, int rows)
{
    if (test_wanted && strcmp(test_wanted, test->name)) return;
    _tcase_add_test(tests, test, 0, 0, 0, rows);
}

static TCase *add_case(Suite *suite, const char *tag)
{
    TCase *tests = tcase_create(tag);

    tcase_add_checked_fixture(tests, NULL, close_kept);
    tcase_set_tags(tests, tag);
    suite_add_tcase(suite, tests);
    return tests;
}

TCase *contract(Suite *suite)
{
    return add_case(suite, "contract");
}

TCase *ours(Suite *suite)
{
    return add_case(suite, "ours");
}

void report_start(bool verbose)
{
    report.verbose = verbose;
}

/* The line of the test whose rows are all over. */
void report_finish(void)
{
    if (!report.name) return;

    if (report.passed == report.rows)
    {
        printf("ok %s: %s", report.suite, report.name);
        if (report.rows > 1) printf(" (%u rows)", report.rows);
        printf("\n");
    }
    else if (report.rows > 1)
    {
        printf("FAILED %s: %s: %u of %u rows\n", report.suite, report.name,
               report.rows - report.passed, report.rows);
    }
    else if (!report.shown)
    {
        printf("FAILED %s: %s: Check's own assertion, see below\n", report.suite, report.name);
    }
    fflush(stdout);
    report.name = NULL;
}

/* A suite is called as its file: tests/test_hash.c is "hash". */
static void name_suite(const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;

    if (!strncmp(name, "test_", 5)) name += 5;
    snprintf(report.suite, sizeof(report.suite), "%.*s", (int)strcspn(name, "."), name);
}

void test_begins(const char *file, const char *name, int row)
{
    if (report.name && (strcmp(report.name, name) || row != report.row + 1)) report_finish();

    if (!report.name)
    {
        name_suite(file);
        report.name = name;
        report.rows = report.passed = report.shown = 0;
    }
    report.row = row;
    report.rows++;
    if (report.verbose)
    {
        printf("   %s: %s (row %d)\n", report.suite, name, row);
        fflush(stdout);
    }
}

void test_ends(void)
{
    report.passed++;
}

void expect_failed(const char *file, int line, const char *format, ...)
{
    char message[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);

    if (report.shown++ < SHOWN_ROWS)
    {
        printf("FAILED %s: %s", report.suite, report.name ? report.name : "(outside a test)");
        if (report.row || report.rows > 1) printf(" (row %d)", report.row);
        printf(": %s:%d: %s\n", file, line, message);
        fflush(stdout);
    }
    _ck_assert_failed(file, line, "Expectation failed", "%s", message);
    abort();                                        /* never reached: Check jumps away */
}

/* --- objects that are destroyed when their test is over ----------------------------------- */

enum kind
{
    KIND_ALGORITHM, KIND_KEY, KIND_HASH, KIND_SECRET
};

static struct
{
    enum kind kind;
    void *handle;
} kept[256];
static unsigned int kept_count;

static void keep(enum kind kind, void *handle)
{
    if (kept_count == ARRAY_SIZE(kept)) return;
    kept[kept_count].kind = kind;
    kept[kept_count++].handle = handle;
}

static void forget(enum kind kind, const void *handle)
{
    unsigned int i;

    for (i = kept_count; i--;)
    {
        if (kept[i].kind != kind || kept[i].handle != handle) continue;
        memmove(&kept[i], &kept[i + 1], (kept_count - i - 1) * sizeof(kept[0]));
        kept_count--;
        return;
    }
}

static void close_kept(void)
{
    while (kept_count--)
    {
        void *handle = kept[kept_count].handle;

        switch (kept[kept_count].kind)
        {
        case KIND_ALGORITHM: BCryptCloseAlgorithmProvider(handle, 0); break;
        case KIND_KEY: BCryptDestroyKey(handle); break;
        case KIND_HASH: BCryptDestroyHash(handle); break;
        case KIND_SECRET: BCryptDestroySecret(handle); break;
        }
    }
    kept_count = 0;
}

void keep_algorithm(BCRYPT_ALG_HANDLE algorithm)
{
    keep(KIND_ALGORITHM, algorithm);
}

void keep_key(BCRYPT_KEY_HANDLE key)
{
    keep(KIND_KEY, key);
}

void keep_hash(BCRYPT_HASH_HANDLE hash)
{
    keep(KIND_HASH, hash);
}

void keep_secret(BCRYPT_SECRET_HANDLE secret)
{
    keep(KIND_SECRET, secret);
}

NTSTATUS test_close_algorithm(BCRYPT_ALG_HANDLE algorithm, ULONG flags)
{
    NTSTATUS status = BCryptCloseAlgorithmProvider(algorithm, flags);

    if (!status) forget(KIND_ALGORITHM, algorithm);
    return status;
}

NTSTATUS test_destroy_key(BCRYPT_KEY_HANDLE key)
{
    NTSTATUS status = BCryptDestroyKey(key);

    if (!status) forget(KIND_KEY, key);
    return status;
}

NTSTATUS test_destroy_hash(BCRYPT_HASH_HANDLE hash)
{
    NTSTATUS status = BCryptDestroyHash(hash);

    if (!status) forget(KIND_HASH, hash);
    return status;
}

NTSTATUS test_destroy_secret(BCRYPT_SECRET_HANDLE secret)
{
    NTSTATUS status = BCryptDestroySecret(secret);

    if (!status) forget(KIND_SECRET, secret);
    return status;
}

/* --- showing values ----------------------------------------------------------------------- */

static const char *status_name(NTSTATUS status)
{
    static const struct
    {
        NTSTATUS status;
        const char *name;
    } names[] =
    {
        { STATUS_SUCCESS,               "STATUS_SUCCESS" },
        { STATUS_UNSUCCESSFUL,          "STATUS_UNSUCCESSFUL" },
        { STATUS_NOT_IMPLEMENTED,       "STATUS_NOT_IMPLEMENTED" },
        { STATUS_INVALID_HANDLE,        "STATUS_INVALID_HANDLE" },
        { STATUS_INVALID_PARAMETER,     "STATUS_INVALID_PARAMETER" },
        { STATUS_NO_MEMORY,             "STATUS_NO_MEMORY" },
        { STATUS_ACCESS_DENIED,         "STATUS_ACCESS_DENIED" },
        { STATUS_BUFFER_TOO_SMALL,      "STATUS_BUFFER_TOO_SMALL" },
        { STATUS_OBJECT_NAME_COLLISION, "STATUS_OBJECT_NAME_COLLISION" },
        { STATUS_DATA_ERROR,            "STATUS_DATA_ERROR" },
        { STATUS_NOT_SUPPORTED,         "STATUS_NOT_SUPPORTED" },
        { STATUS_INTERNAL_ERROR,        "STATUS_INTERNAL_ERROR" },
        { STATUS_INVALID_BUFFER_SIZE,   "STATUS_INVALID_BUFFER_SIZE" },
        { STATUS_NOT_FOUND,             "STATUS_NOT_FOUND" },
        { (NTSTATUS)0xc0000139,         "STATUS_ENTRYPOINT_NOT_FOUND (not in this bcrypt.dll)" },
        { (NTSTATUS)0xc000a000,         "STATUS_INVALID_SIGNATURE" },
        { (NTSTATUS)0xc000a001,         "STATUS_HMAC_NOT_SUPPORTED" },
        { (NTSTATUS)0xc000a002,         "STATUS_AUTH_TAG_MISMATCH" },
        { (NTSTATUS)0x80090005,         "NTE_BAD_DATA" },
    };
    static char numbers[4][16];
    static unsigned int next;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(names); i++) if (names[i].status == status) return names[i].name;

    next = (next + 1) % ARRAY_SIZE(numbers);
    snprintf(numbers[next], sizeof(numbers[next]), "%08x", (unsigned int)status);
    return numbers[next];
}

static const char *show_hex(char *text, const void *buffer, size_t bytes, size_t from)
{
    size_t i, shown = bytes - from < SHOWN_BYTES ? bytes - from : SHOWN_BYTES;

    for (i = 0; i < shown; i++) sprintf(text + 2 * i, "%02x", ((const UCHAR *)buffer)[from + i]);
    strcpy(text + 2 * i, from + shown < bytes ? "..." : "");
    return text;
}

static const char *show_wide(char *text, size_t capacity, const WCHAR *string)
{
    size_t i;

    for (i = 0; i + 1 < capacity && string[i]; i++)
    {
        text[i] = string[i] < 0x7f ? (char)string[i] : '?';
    }
    text[i] = 0;
    return text;
}

/* --- what the person at the terminal decides ---------------------------------------------- */

unsigned long long torture_count_given;
unsigned int stress_seconds_given;

unsigned long long torture_count(void)
{
    const char *environment = getenv("OPENCNG_TORTURE");

    if (torture_count_given) return torture_count_given;
    return environment ? strtoull(environment, NULL, 10) : 2000000;
}

unsigned int stress_seconds(void)
{
    const char *environment = getenv("OPENCNG_STRESS_SECONDS");

    if (stress_seconds_given) return stress_seconds_given;
    return environment ? (unsigned int)atoi(environment) : 5;
}

/* --- expectations ------------------------------------------------------------------------- */

NTSTATUS crypt_call(crypt_function *function, BCRYPT_KEY_HANDLE key, const struct crypt *crypt)
{
    return function(key, (PUCHAR)(uintptr_t)crypt->input, crypt->bytes,
                    (void *)(uintptr_t)crypt->info, crypt->iv, crypt->iv_bytes, crypt->output,
                    crypt->room, crypt->result, crypt->flags);
}

NTSTATUS expect_status_at(const char *file, int line, const char *text, NTSTATUS actual,
                          NTSTATUS expected)
{
    if (actual != expected)
    {
        expect_failed(file, line, "%.160s is %s, expected %s", text, status_name(actual),
                      status_name(expected));
    }
    return actual;
}

NTSTATUS expect_refused_at(const char *file, int line, const char *text, NTSTATUS actual)
{
    if (actual >= 0)
    {
        expect_failed(file, line, "%.160s is %s, expected a failure", text, status_name(actual));
    }
    return actual;
}

void expect_value_at(const char *file, int line, const char *text, unsigned long long actual,
                     unsigned long long expected)
{
    if (actual == expected) return;
    expect_failed(file, line, "%.160s is %llu (0x%llx), expected %llu (0x%llx)", text, actual,
                  actual, expected, expected);
}

void expect_at_most_at(const char *file, int line, const char *text, unsigned long long actual,
                       unsigned long long most)
{
    if (actual <= most) return;
    expect_failed(file, line, "%.160s is %llu, expected at most %llu", text, actual, most);
}

void expect_true_at(const char *file, int line, const char *text, bool value)
{
    if (!value) expect_failed(file, line, "not true: %.160s", text);
}

void expect_pointer_at(const char *file, int line, const char *text, const void *actual,
                       const void *expected)
{
    if (actual == expected) return;
    expect_failed(file, line, "%.160s is %p, expected %p", text, actual, expected);
}

void expect_wide_at(const char *file, int line, const char *text, const WCHAR *actual,
                    const WCHAR *expected)
{
    char shown[2][128];
    size_t i;

    for (i = 0; actual[i] == expected[i]; i++) if (!actual[i]) return;
    expect_failed(file, line, "%.160s is \"%s\", expected \"%s\"", text,
                  show_wide(shown[0], sizeof(shown[0]), actual),
                  show_wide(shown[1], sizeof(shown[1]), expected));
}

void expect_bytes_at(const char *file, int line, const char *text, const void *actual,
                     const void *expected, size_t bytes)
{
    char shown[2][2 * SHOWN_BYTES + 4];
    const UCHAR *a = actual, *b = expected;
    size_t at = 0, from;

    while (at < bytes && a[at] == b[at]) at++;
    if (at == bytes) return;

    from = at < SHOWN_BYTES ? 0 : at;
    expect_failed(file, line, "%.80s from byte %u of %u is %s, expected %s (differs at %u)", text,
                  (unsigned int)from, (unsigned int)bytes,
                  show_hex(shown[0], actual, bytes, from),
                  show_hex(shown[1], expected, bytes, from), (unsigned int)at);
}

void expect_different_at(const char *file, int line, const char *text, const void *actual,
                         const void *other, size_t bytes)
{
    char shown[2 * SHOWN_BYTES + 4];

    if (memcmp(actual, other, bytes)) return;
    expect_failed(file, line, "%.160s is %s again, expected something else", text,
                  show_hex(shown, actual, bytes, 0));
}

void expect_hex_at(const char *file, int line, const char *text, const void *actual, size_t bytes,
                   const char *hex)
{
    UCHAR *expected = malloc(strlen(hex) / 2 + 1);
    size_t given = expected ? unhex(expected, strlen(hex) / 2 + 1, hex) : 0;

    if (given != bytes)
    {
        free(expected);
        expect_failed(file, line, "%.160s is %u bytes, expected %u", text, (unsigned int)bytes,
                      (unsigned int)given);
    }
    if (memcmp(actual, expected, bytes))
    {
        UCHAR copy[1024];
        size_t shown = bytes < sizeof(copy) ? bytes : sizeof(copy);

        memcpy(copy, expected, shown);
        free(expected);
        expect_bytes_at(file, line, text, actual, copy, shown);
        expect_failed(file, line, "%.160s differs beyond byte %u", text, (unsigned int)shown);
    }
    free(expected);
}

void mark(void *buffer, size_t bytes)
{
    memset(buffer, MARK, bytes);
}

void expect_untouched_at(const char *file, int line, const char *text, const void *buffer,
                         size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++)
    {
        if (((const UCHAR *)buffer)[i] == MARK) continue;
        expect_failed(file, line, "%.160s was written to: byte %u of %u is %02x", text,
                      (unsigned int)i, (unsigned int)bytes, ((const UCHAR *)buffer)[i]);
    }
}

ULONG property_ulong_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name)
{
    ULONG value = UNTOUCHED_ULONG, bytes = 0;
    char shown[64];
    NTSTATUS status = BCryptGetProperty(handle, name, (UCHAR *)&value, sizeof(value), &bytes, 0);

    show_wide(shown, sizeof(shown), name);
    if (status) expect_failed(file, line, "property %s: %s", shown, status_name(status));
    if (bytes != 4) expect_failed(file, line, "property %s is %lu bytes, expected 4", shown,
                                  (unsigned long)bytes);
    return value;
}

void expect_property_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name,
                        NTSTATUS status)
{
    UCHAR buffer[2048];
    ULONG bytes = 0;
    char shown[64];

    expect_status_at(file, line, show_wide(shown, sizeof(shown), name),
                     BCryptGetProperty(handle, name, buffer, sizeof(buffer), &bytes, 0), status);
}

void expect_property_wide_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *name,
                             const WCHAR *value)
{
    WCHAR buffer[64] = { 0 };
    ULONG bytes = 0;
    char shown[64];

    expect_status_at(file, line, show_wide(shown, sizeof(shown), name),
                     BCryptGetProperty(handle, name, (UCHAR *)buffer, sizeof(buffer), &bytes, 0),
                     STATUS_SUCCESS);
    expect_wide_at(file, line, shown, buffer, value);
    expect_value_at(file, line, shown, bytes, wide_bytes(value));
}

/* --- digests ------------------------------------------------------------------------------ */

static void feed(const char *file, int line, BCRYPT_HASH_HANDLE hash, const UCHAR *message,
                 size_t bytes, size_t piece)
{
    size_t at, now;

    for (at = 0; at < bytes; at += now)
    {
        now = bytes - at < piece ? bytes - at : piece;
        expect_status_at(file, line, "BCryptHashData",
                         BCryptHashData(hash, (UCHAR *)message + at, (ULONG)now, 0),
                         STATUS_SUCCESS);
    }
}

static void finish(const char *file, int line, const char *how, BCRYPT_HASH_HANDLE hash,
                   const UCHAR *expected, size_t bytes)
{
    UCHAR digest[256];

    expect_status_at(file, line, how, BCryptFinishHash(hash, digest, (ULONG)bytes, 0),
                     STATUS_SUCCESS);
    expect_bytes_at(file, line, how, digest, expected, bytes);
    expect_status_at(file, line, how, test_destroy_hash(hash), STATUS_SUCCESS);
}

void expect_digest_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, const void *secret,
                      size_t secret_bytes, const void *message, size_t bytes, const char *hex)
{
    static const size_t pieces[] = { 1, 3, 16, 63, 64, 65, 128, 1000 };
    UCHAR expected[256], digest[256], *shifted;
    const UCHAR *rest = bytes ? (const UCHAR *)message + bytes / 2 : message;
    size_t digest_bytes = unhex(expected, sizeof(expected), hex), i;
    BCRYPT_HASH_HANDLE hash, duplicate;

    expect_status_at(file, line, "BCryptHash",
                     BCryptHash(algorithm, (UCHAR *)secret, (ULONG)secret_bytes, (UCHAR *)message,
                                (ULONG)bytes, digest, (ULONG)digest_bytes), STATUS_SUCCESS);
    expect_bytes_at(file, line, "BCryptHash's digest", digest, expected, digest_bytes);

    hash = new_hash_at(file, line, algorithm, secret, secret_bytes, 0);
    feed(file, line, hash, message, bytes, bytes);
    finish(file, line, "the digest fed at once", hash, expected, digest_bytes);

    for (i = 0; i < ARRAY_SIZE(pieces) && pieces[i] < bytes; i++)
    {
        hash = new_hash_at(file, line, algorithm, secret, secret_bytes, 0);
        feed(file, line, hash, message, bytes, pieces[i]);
        finish(file, line, "the digest fed in pieces", hash, expected, digest_bytes);
    }

    hash = new_hash_at(file, line, algorithm, secret, secret_bytes, 0);
    feed(file, line, hash, message, bytes / 2, bytes);
    expect_status_at(file, line, "BCryptDuplicateHash",
                     BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(duplicate);
    feed(file, line, duplicate, rest, bytes - bytes / 2, bytes);
    finish(file, line, "the duplicate's digest", duplicate, expected, digest_bytes);
    feed(file, line, hash, rest, bytes - bytes / 2, bytes);
    finish(file, line, "the digest after a duplicate", hash, expected, digest_bytes);

    if (!(shifted = malloc(bytes + 16))) expect_failed(file, line, "no memory for the message");
    for (i = 0; i < 16; i++)
    {
        if (bytes) memcpy(shifted + i, message, bytes);
        if (BCryptHash(algorithm, (UCHAR *)secret, (ULONG)secret_bytes, shifted + i, (ULONG)bytes,
                       digest, (ULONG)digest_bytes)) break;
        if (memcmp(digest, expected, digest_bytes)) break;
    }
    free(shifted);
    expect_value_at(file, line, "alignments that give the digest", i, 16);
}

/* --- helpers ------------------------------------------------------------------------------ */

const UCHAR counting[256] =
{
#define ROW(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, \
               n + 8, n + 9, n + 10, n + 11, n + 12, n + 13, n + 14, n + 15
    ROW(0x00), ROW(0x10), ROW(0x20), ROW(0x30), ROW(0x40), ROW(0x50), ROW(0x60), ROW(0x70),
    ROW(0x80), ROW(0x90), ROW(0xa0), ROW(0xb0), ROW(0xc0), ROW(0xd0), ROW(0xe0), ROW(0xf0),
#undef ROW
};

static int nibble(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

size_t unhex(void *buffer, size_t capacity, const char *hex)
{
    UCHAR *out = buffer;
    size_t bytes = 0;

    for (; *hex; hex++)
    {
        if (*hex == ' ') continue;
        if (nibble(hex[0]) < 0 || nibble(hex[1]) < 0 || bytes == capacity)
        {
            expect_failed(__FILE__, __LINE__, "bad hexadecimal in a test, at \"%.20s\"", hex);
        }
        out[bytes++] = (UCHAR)(nibble(hex[0]) << 4 | nibble(hex[1]));
        hex++;
    }
    return bytes;
}

ULONG wide_bytes(const WCHAR *string)
{
    ULONG characters = 0;

    while (string[characters++]) {}
    return characters * sizeof(WCHAR);
}

uint64_t test_random(void)
{
    static uint64_t state;
    uint64_t value = state += 0x9e3779b97f4a7c15;   /* splitmix64, public domain */

    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
    value = (value ^ value >> 27) * 0x94d049bb133111eb;
    return value ^ value >> 31;
}

void mask(void *buffer, size_t bytes)
{
    volatile UCHAR *at = buffer;

    while (bytes--) *at++ ^= SCAN_MASK;
}

BCRYPT_ALG_HANDLE open_algorithm_at(const char *file, int line, const WCHAR *id, ULONG flags)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;
    char text[96] = "opening ";

    show_wide(text + 8, sizeof(text) - 8, id);
    expect_status_at(file, line, text, BCryptOpenAlgorithmProvider(&algorithm, id, NULL, flags),
                     STATUS_SUCCESS);
    keep_algorithm(algorithm);
    return algorithm;
}

void set_mode_at(const char *file, int line, BCRYPT_HANDLE handle, const WCHAR *mode)
{
    char text[96] = "setting ";

    show_wide(text + 8, sizeof(text) - 8, mode);
    expect_status_at(file, line, text,
                     BCryptSetProperty(handle, BCRYPT_CHAINING_MODE, (UCHAR *)mode,
                                       wide_bytes(mode), 0), STATUS_SUCCESS);
}

BCRYPT_ALG_HANDLE open_cipher_at(const char *file, int line, const WCHAR *id, const WCHAR *mode)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm_at(file, line, id, 0);

    set_mode_at(file, line, algorithm, mode);
    return algorithm;
}

BCRYPT_KEY_HANDLE new_key_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                             const void *secret, size_t bytes, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptGenerateSymmetricKey",
                     BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)secret,
                                                (ULONG)bytes, flags), STATUS_SUCCESS);
    keep_key(key);
    return key;
}

BCRYPT_KEY_HANDLE new_key_hex_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                 const char *hex)
{
    UCHAR secret[512];
    size_t bytes = unhex(secret, sizeof(secret), hex);

    return new_key_at(file, line, algorithm, secret, bytes, 0);
}

BCRYPT_KEY_HANDLE new_aes_key_at(const char *file, int line, ULONG bits)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm_at(file, line, BCRYPT_AES_ALGORITHM, 0);

    return new_key_at(file, line, algorithm, counting, bits / 8, 0);
}

BCRYPT_HASH_HANDLE new_hash_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                               const void *secret, size_t bytes, ULONG flags)
{
    BCRYPT_HASH_HANDLE hash = NULL;

    expect_status_at(file, line, "BCryptCreateHash",
                     BCryptCreateHash(algorithm, &hash, NULL, 0, (UCHAR *)secret, (ULONG)bytes,
                                      flags), STATUS_SUCCESS);
    keep_hash(hash);
    return hash;
}
