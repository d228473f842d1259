/*
 * test_config_stress.c - many processes that register, resolve, open and unregister at once.
 *
 * The suite starts this program again, with OPENCNG_STRESS_WORKER in the environment: then it has
 * the test of one process. Others, which are victims, are ended in the middle of what they do.
 * --seconds and OPENCNG_STRESS_SECONDS say how long. Only an administrator may register.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#include <bcrypt_provider.h>
#include <psapi.h>

#include "provider/test_provider.h"

#define WORKERS 8
#define VICTIM  WORKERS                         /* its number, behind the workers' */
#define WORKER_VARIABLE "OPENCNG_STRESS_WORKER"

static WCHAR directory[MAX_PATH], image[MAX_PATH + 32];

static void find_image(void)
{
    DWORD length = GetModuleFileNameW(NULL, directory, MAX_PATH);

    while (length && directory[length - 1] != '\\') length--;
    directory[length] = 0;
    swprintf(image, ARRAY_SIZE(image), L"%ls%ls", directory, TEST_PROVIDER_IMAGE);
}

static void name_of(unsigned int worker, WCHAR name[32])
{
    swprintf(name, 32, L"Stress Provider %u", worker);
}

static NTSTATUS register_as(const WCHAR *name, ULONG flags)
{
    static WCHAR cipher[] = XOR_CIPHER, alias[32];
    PWSTR functions[] = { cipher }, aliases[] = { alias };
    CRYPT_INTERFACE_REG ciphers = { BCRYPT_CIPHER_INTERFACE, 0, 1, functions };
    PCRYPT_INTERFACE_REG interfaces[] = { &ciphers };
    CRYPT_IMAGE_REG user = { image, 1, interfaces };
    CRYPT_PROVIDER_REG registration = { 1, aliases, &user, NULL };

    swprintf(alias, ARRAY_SIZE(alias), L"%ls's alias", name);
    return BCryptRegisterProvider(name, flags, &registration);
}

static NTSTATUS add_function(void)
{
    return BCryptAddContextFunction(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE, XOR_CIPHER,
                                    CRYPT_PRIORITY_BOTTOM);
}

static NTSTATUS serve(const WCHAR *name, ULONG position)
{
    return BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE, XOR_CIPHER,
                                            name, position);
}

static NTSTATUS stop_serving(const WCHAR *name)
{
    return BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                               XOR_CIPHER, name);
}

static NTSTATUS open_at(const WCHAR *provider)
{
    BCRYPT_ALG_HANDLE algorithm;
    NTSTATUS status = BCryptOpenAlgorithmProvider(&algorithm, XOR_CIPHER, provider, 0);

    return status ? status : BCryptCloseAlgorithmProvider(algorithm, 0);
}

/* What is registered under a name is whole. */
static NTSTATUS expect_registered(const WCHAR *name)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    ULONG bytes = 0;
    NTSTATUS status = BCryptQueryProviderRegistration(name, CRYPT_ANY, 0, &bytes, &registration);

    if (status) return status;
    expect_value(registration->cAliases, 1);
    expect_true(registration->pUM != NULL && !registration->pKM);
    expect_wide(registration->pUM->pszImage, image);
    expect_value(registration->pUM->cInterfaces, 1);
    expect_value(registration->pUM->rgpInterfaces[0]->cFunctions, 1);
    expect_wide(registration->pUM->rgpInterfaces[0]->rgpszFunctions[0], XOR_CIPHER);
    BCryptFreeBuffer(registration);
    return status;
}

static void expect_resolved(const WCHAR *name)
{
    CRYPT_PROVIDER_REFS *refs = NULL;
    ULONG bytes = 0;

    expect_status(BCryptResolveProviders(NULL, BCRYPT_CIPHER_INTERFACE, XOR_CIPHER, name, CRYPT_UM,
                                         CRYPT_ALL_PROVIDERS, &bytes, &refs), STATUS_SUCCESS);
    expect_value(refs->cProviders, 1);
    expect_wide(refs->rgpProviders[0]->pszProvider, name);
    expect_wide(refs->rgpProviders[0]->pUM->pszImage, image);
    BCryptFreeBuffer(refs);
}

/* ---- one of many processes ---- */

static void work_once(const WCHAR *name, unsigned int round)
{
    expect_status(register_as(name, CRYPT_OVERWRITE), STATUS_SUCCESS);
    expect_status(register_as(name, 0), STATUS_OBJECT_NAME_COLLISION);
    expect_status(expect_registered(name), STATUS_SUCCESS);
    expect_status(add_function(), STATUS_SUCCESS);
    expect_status(serve(name, round % 2 ? CRYPT_PRIORITY_TOP : CRYPT_PRIORITY_BOTTOM),
                  STATUS_SUCCESS);
    expect_resolved(name);
    expect_status(open_at(name), STATUS_SUCCESS);
    expect_status(open_at(NULL), STATUS_SUCCESS);
    expect_status(stop_serving(name), STATUS_SUCCESS);
    expect_status(open_at(name), STATUS_NOT_FOUND);
    expect_status(BCryptUnregisterProvider(name), STATUS_SUCCESS);
    expect_status(expect_registered(name), STATUS_NOT_FOUND);
}

static unsigned int worker_number(void)
{
    const char *number = getenv(WORKER_VARIABLE);

    return number ? (unsigned int)atoi(number) : 0;
}

static SIZE_T bytes_in_use(void)
{
    PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof(counters) };

    expect_true(K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)));
    return counters.PagefileUsage;
}

/* How far the process's table of handles is used: a new one gets the first place that is free.
 * (Wine does not count them.) */
static ULONG_PTR handles_in_use(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);

    expect_true(CloseHandle(event));
    return (ULONG_PTR)event / 4;
}

/* Nothing that it uses grows once it has done everything a few times. */
START_TEST(one_of_many_processes_registers_and_unregisters)
{
    ULONGLONG begin = GetTickCount64(), end = begin + 1000 * stress_seconds();
    unsigned int round = 0, warm = 0;
    ULONG_PTR handles = 0;
    SIZE_T bytes = 0;
    WCHAR name[32];

    find_image();
    name_of(worker_number(), name);
    for (; GetTickCount64() < end; round++)
    {
        work_once(name, round);
        if (bytes || GetTickCount64() - begin < (end - begin) / 4) continue;
        bytes = bytes_in_use();
        handles = handles_in_use();
        warm = round;
    }
    printf("worker %u: %u rounds; %lu handles, then %lu; %lu KiB, then %lu\n", worker_number(),
           round, (unsigned long)handles, (unsigned long)handles_in_use(),
           (unsigned long)(bytes / 1024),
           (unsigned long)(bytes_in_use() / 1024));
    expect_true(round > warm);
    expect_at_most(handles_in_use(), handles + 2);
    expect_at_most(bytes_in_use(), bytes + 256 * 1024);
}
END_TEST

START_TEST(a_victim_works_until_it_is_ended)
{
    unsigned int round;
    WCHAR name[32];

    find_image();
    name_of(VICTIM, name);
    for (round = 0; round < 100000; round++)    /* whatever an earlier one has left */
    {
        register_as(name, CRYPT_OVERWRITE);
        serve(name, CRYPT_PRIORITY_TOP);
        stop_serving(name);
        BCryptUnregisterProvider(name);
    }
}
END_TEST

/* ---- and who starts them ---- */

static HANDLE start(unsigned int worker)
{
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION process = { 0 };
    WCHAR command[MAX_PATH + 128];
    char number[16];

    snprintf(number, sizeof(number), "%u", worker);
    SetEnvironmentVariableA(WORKER_VARIABLE, number);
    swprintf(command, ARRAY_SIZE(command),
             L"\"%lsbcrypt_tests.exe\" --suite config_stress --seconds %u", directory,
             stress_seconds());
    expect_true(CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup,
                               &process));
    SetEnvironmentVariableA(WORKER_VARIABLE, NULL);
    CloseHandle(process.hThread);
    return process.hProcess;
}

/* Ends victims in the middle of what they do until the workers have ended; how many. */
static unsigned int end_victims(HANDLE workers[WORKERS])
{
    unsigned int count = 0;
    HANDLE victim;
    DWORD waited;

    do
    {
        victim = start(VICTIM);
        waited = WaitForMultipleObjects(WORKERS, workers, TRUE, 600 + (DWORD)(test_random() % 400));
        TerminateProcess(victim, 0);
        WaitForSingleObject(victim, INFINITE);
        CloseHandle(victim);
        count++;
    } while (waited == WAIT_TIMEOUT);
    return count;
}

static void expect_nobody_serves(void)
{
    CRYPT_CONTEXT_FUNCTION_PROVIDERS *list = NULL;
    CRYPT_PROVIDERS *registered = NULL;
    ULONG bytes = 0, i;

    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                                     XOR_CIPHER, &bytes, &list), STATUS_NOT_FOUND);
    expect_status(BCryptEnumRegisteredProviders(&bytes, &registered), STATUS_SUCCESS);
    for (i = 0; i < registered->cProviders; i++)
        expect_true(wcsncmp(registered->rgpszProviders[i], L"Stress", 6));
    BCryptFreeBuffer(registered);
}

START_TEST(eight_processes_leave_a_consistent_configuration)
{
    HANDLE workers[WORKERS];
    unsigned int i, ended;
    NTSTATUS found;
    WCHAR victim[32];
    DWORD code;

    find_image();
    name_of(VICTIM, victim);
    expect_status(add_function(), STATUS_SUCCESS);
    for (i = 0; i < WORKERS; i++) workers[i] = start(i);
    ended = end_victims(workers);
    for (i = 0; i < WORKERS; i++)
    {
        WaitForSingleObject(workers[i], INFINITE);
        expect_true(GetExitCodeProcess(workers[i], &code));
        expect_value(code, 0);
        CloseHandle(workers[i]);
    }
    printf("%u processes were ended in the middle of it\n", ended);

    /* The last victim has left the state before or after one of its changes. */
    found = expect_registered(victim);
    expect_status(BCryptUnregisterProvider(victim), found);
    stop_serving(victim);
    expect_nobody_serves();
    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                              XOR_CIPHER), STATUS_SUCCESS);
    expect_status(open_at(NULL), STATUS_NOT_FOUND);
}
END_TEST

void config_stress_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    if (!getenv(WORKER_VARIABLE)) add_test(tests, eight_processes_leave_a_consistent_configuration);
    else if (worker_number() == VICTIM) add_test(tests, a_victim_works_until_it_is_ended);
    else add_test(tests, one_of_many_processes_registers_and_unregisters);
}
