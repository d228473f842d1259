/*
 * main.c - the test program: bcrypt_tests [--list] [--which] [--suite NAME]... and so on.
 *
 * Check cannot fork on Windows, so a crash ends the program: run it once per suite (--suite), and
 * add --verbose to see the test that was running.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

static const struct
{
    const char *name;
    void (*fill)(Suite *suite);
} suites[] =
{
#define SUITE(name) { #name, name##_suite },
#ifdef _WIN32
#define PE_SUITE(name) SUITE(name)
#else
#define PE_SUITE(name)
#endif
#include "suites.h"
#undef PE_SUITE
#undef SUITE
};

static const char usage[] =
    "usage: bcrypt_tests [--list | --which] [--suite NAME]... [--test NAME] [--verbose]\n"
    "                    [--contract-only] [--count N] [--seconds N]\n"
    "\n"
    "  --list           print the suites' names\n"
    "  --which          print the path of this process's bcrypt.dll and its product name\n"
    "  --suite NAME     run this suite (may be repeated), not all\n"
    "  --test NAME      run this test only\n"
    "  --verbose        print each test's name before it runs\n"
    "  --contract-only  leave out what Windows does not promise (tests tagged \"ours\")\n"
    "  --count N        random values per export in the handle torture (OPENCNG_TORTURE)\n"
    "  --seconds N      how long the thread tests run (OPENCNG_STRESS_SECONDS)\n";

/* The version resource holds pairs of strings; the product's name stands behind its key. */
static void print_which(void)
{
#ifdef _WIN32
    static const WCHAR key[] = L"ProductName";
    HMODULE dll = GetModuleHandleA("bcrypt.dll");
    HRSRC resource = FindResourceA(dll, MAKEINTRESOURCEA(1), MAKEINTRESOURCEA(16));
    char path[MAX_PATH * 3] = "", product[128] = "";
    WCHAR wide_path[MAX_PATH] = { 0 };
    const WCHAR *text = resource ? LockResource(LoadResource(dll, resource)) : NULL;
    size_t at, characters = resource ? SizeofResource(dll, resource) / sizeof(WCHAR) : 0;

    GetModuleFileNameW(dll, wide_path, MAX_PATH - 1);
    WideCharToMultiByte(CP_UTF8, 0, wide_path, -1, path, sizeof(path), NULL, NULL);

    for (at = 0; at + ARRAY_SIZE(key) < characters; at++)
    {
        if (memcmp(text + at, key, sizeof(key))) continue;
        at += ARRAY_SIZE(key);
        while (at < characters && !text[at]) at++;
        if (at < characters)
        {
            WideCharToMultiByte(CP_UTF8, 0, text + at, -1, product, sizeof(product), NULL, NULL);
        }
        break;
    }
    printf("%s\n%s\n", path, product);
#else
    printf("(linked)\nOpenCNG\n");
#endif
}

static int refuse(const char *message, const char *what)
{
    fprintf(stderr, "bcrypt_tests: %s%s\n", message, what);
    return 2;
}

/* Check keeps each test's messages in a file in TEMP, and ends in mid-suite if it cannot. */
static bool have_temporary_files(void)
{
#ifdef _WIN32
    const char *directory = getenv("TEMP");
    char name[MAX_PATH];

    return GetTempFileNameA(directory ? directory : "\\", "cng", 0, name) && DeleteFileA(name);
#else
    return true;
#endif
}

static bool add_suite(SRunner *runner, const char *name)
{
    size_t n;

    for (n = 0; n < ARRAY_SIZE(suites); n++)
    {
        if (name && strcmp(name, suites[n].name)) continue;
        srunner_add_suite(runner, suite_fill(suites[n].name, suites[n].fill));
        if (name) return true;
    }
    return !name;
}

static void print_list(void)
{
    size_t n;

    for (n = 0; n < ARRAY_SIZE(suites); n++) printf("%s\n", suites[n].name);
}

int main(int argc, char **argv)
{
    static const char *names[ARRAY_SIZE(suites)];
    const char *excluded = NULL;
    SRunner *runner;
    bool verbose = false;
    unsigned int count = 0, i;
    int at, failed;

    for (at = 1; at < argc; at++)
    {
        const char *option = argv[at], *value = argv[at + 1];   /* argv ends with NULL */

        if (!strcmp(option, "--list")) return print_list(), 0;
        if (!strcmp(option, "--which")) return print_which(), 0;
        if (!strcmp(option, "--help")) return fputs(usage, stdout), 0;

        if (!strcmp(option, "--verbose")) verbose = true;
        else if (!strcmp(option, "--contract-only")) excluded = "ours";
        else if (!value) return refuse("unknown option, or its value is missing: ", option);
        else if (at++, !strcmp(option, "--test")) test_wanted = value;
        else if (!strcmp(option, "--count")) torture_count_given = strtoull(value, NULL, 10);
        else if (!strcmp(option, "--seconds")) stress_seconds_given = (unsigned int)atoi(value);
        else if (strcmp(option, "--suite")) return refuse("unknown option: ", option);
        else if (count < ARRAY_SIZE(names)) names[count++] = value;
    }

    if (!have_temporary_files())
        return refuse("cannot make temporary files: ", "set TEMP to a directory for them");

    bind_exports();
    report_start(verbose);
    runner = srunner_create(NULL);
    for (i = 0; i < count; i++)
    {
        if (!add_suite(runner, names[i])) return refuse("no such suite: ", names[i]);
    }
    if (!count) add_suite(runner, NULL);

    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_tagged(runner, NULL, NULL, NULL, excluded, CK_SILENT);
    report_finish();
    srunner_print(runner, CK_MINIMAL);

    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
