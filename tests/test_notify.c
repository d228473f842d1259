/*
 * test_notify.c - the event that tells of changes of the configuration.
 *
 * Other processes change it with reg.exe. Only an administrator may.
 *
 * SPDX-License-Identifier: MIT
 */

#include "config_names.h"

#define PATIENCE 20000                          /* milliseconds until a change has to be told */
#define QUIET 300                               /* until it is taken that none is */

static HANDLE event;

static void notify_setup(void)
{
    config_teardown();
    expect_status(BCryptRegisterConfigChangeNotify(&event), STATUS_SUCCESS);
}

static void notify_teardown(void)
{
    BCryptUnregisterConfigChangeNotify(event);
    config_teardown();
}

/* Changes come in several steps, each of which may be told. */
static void settle(HANDLE handle)
{
    do ResetEvent(handle); while (WaitForSingleObject(handle, QUIET) == WAIT_OBJECT_0);
}

#define expect_told(handle) expect_value(WaitForSingleObject((handle), PATIENCE), WAIT_OBJECT_0)
#define expect_quiet(handle) expect_value(WaitForSingleObject((handle), QUIET), WAIT_TIMEOUT)

static DWORD run_reg(const WCHAR *arguments)
{
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION process;
    WCHAR command[512];
    DWORD code = 99;

    swprintf(command, ARRAY_SIZE(command), L"reg.exe %ls", arguments);
    if (!CreateProcessW(NULL, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup,
                        &process)) return code;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

#define LOCAL_KEY L"\"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\" \
                  L"Local\\" TEST_CONTEXT L"\""
#define DOMAIN_KEY L"\"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\" \
                   TEST_CONTEXT L"\""

/* --- configuration.md, section 5, "FIPS, notification, memory" ----------------------------- */

START_TEST(an_event_that_is_not_one_is_refused)
{
    HANDLE other = CreateEventW(NULL, TRUE, FALSE, NULL);

    expect_status(BCryptRegisterConfigChangeNotify(NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptUnregisterConfigChangeNotify(NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptUnregisterConfigChangeNotify(UNTOUCHED_HANDLE), STATUS_INVALID_PARAMETER);
    expect_status(BCryptUnregisterConfigChangeNotify(other), STATUS_INVALID_PARAMETER);
    expect_true(SetEvent(other));
    CloseHandle(other);
}
END_TEST

START_TEST(an_event_is_not_set_at_first_and_is_reset_by_hand)
{
    expect_quiet(event);
    SetEvent(event);
    expect_told(event);
    expect_told(event);
}
END_TEST

START_TEST(a_change_is_told)
{
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_told(event);
}
END_TEST

START_TEST(every_change_is_told)
{
    ULONG i;

    for (i = 0; i < 10; i++)
    {
        settle(event);
        expect_status(i % 2 ? BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT)
                            : BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL),
                      STATUS_SUCCESS);
        expect_told(event);
    }
}
END_TEST

START_TEST(a_change_that_is_undone_at_once_is_told)
{
    ULONG i;

    for (i = 0; i < 5; i++)
    {
        settle(event);
        expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
        expect_status(BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT), STATUS_SUCCESS);
        expect_told(event);
    }
}
END_TEST

static const WCHAR *const commands[] =
{
    L"add " LOCAL_KEY L" /f",
    L"add " DOMAIN_KEY L" /f",
};

START_TEST(a_change_by_another_process_is_told)
{
    settle(event);
    expect_value(run_reg(commands[_i]), 0);
    expect_told(event);
}
END_TEST

START_TEST(a_change_deep_below_is_told)
{
    expect_value(run_reg(L"add " LOCAL_KEY L"\\00000001\\TEST /f"), 0);
    settle(event);
    expect_value(run_reg(L"add " LOCAL_KEY L"\\00000001\\TEST /v Flags /t REG_DWORD /d 1 /f"), 0);
    expect_told(event);
    expect_value(run_reg(L"delete " LOCAL_KEY L" /f"), 0);
}
END_TEST

#define POLICY_KEY L"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\Default\\" \
                   L"00000001"

static bool is_listed(void)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    ULONG count = 0, i, found = 0;

    BCryptEnumAlgorithms(BCRYPT_CIPHER_OPERATION, &count, &list, 0);
    for (i = 0; i < count; i++) found += !wcscmp(list[i].pszName, TEST_FUNCTION);
    BCryptFreeBuffer(list);
    return found;
}

/* Looks each time that a change is told, as a program would. */
static bool is_listed_in_the_end(bool wanted)
{
    do
    {
        ResetEvent(event);
        if (is_listed() == wanted) return wanted;
    } while (WaitForSingleObject(event, PATIENCE) == WAIT_OBJECT_0);
    return !wanted;
}

START_TEST(what_another_process_adds_is_found_once_it_was_told)
{
    bool before, after;

    expect_status(register_maker(TEST_MAKER, NULL, true, false), STATUS_SUCCESS);
    before = is_listed_in_the_end(false);
    expect_value(run_reg(L"add " POLICY_KEY L" /v Functions /t REG_SZ /d OPENCNG-TEST /f"), 0);
    expect_value(run_reg(L"add " POLICY_KEY L"\\OPENCNG-TEST /v Providers /t REG_MULTI_SZ /d \""
                         TEST_MAKER L"\" /f"), 0);
    after = is_listed_in_the_end(true);
    expect_value(run_reg(L"delete " POLICY_KEY L" /f"), 0);
    expect_true(!before);
    expect_true(after);
    expect_true(!is_listed_in_the_end(false));
}
END_TEST

START_TEST(every_event_is_told)
{
    HANDLE second = NULL;

    expect_status(BCryptRegisterConfigChangeNotify(&second), STATUS_SUCCESS);
    expect_true(second != event);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_told(event);
    expect_told(second);
    expect_status(BCryptUnregisterConfigChangeNotify(second), STATUS_SUCCESS);
    expect_status(BCryptUnregisterConfigChangeNotify(second), STATUS_INVALID_PARAMETER);
    settle(event);
    expect_status(BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT), STATUS_SUCCESS);
    expect_told(event);
}
END_TEST

START_TEST(an_event_that_the_program_closed_does_no_harm)
{
    HANDLE closed = NULL, innocent;

    expect_status(BCryptRegisterConfigChangeNotify(&closed), STATUS_SUCCESS);
    CloseHandle(closed);
    innocent = CreateEventW(NULL, TRUE, FALSE, NULL);   /* perhaps with the same value */
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_told(event);
    expect_quiet(innocent);
    if (innocent != closed) CloseHandle(innocent);
    expect_status(BCryptUnregisterConfigChangeNotify(closed), STATUS_SUCCESS);
}
END_TEST

static DWORD handle_count(void)
{
    DWORD count = 0;

    GetProcessHandleCount(GetCurrentProcess(), &count);
    return count;
}

START_TEST(events_leave_no_handle)
{
    HANDLE handle = NULL;
    DWORD before = 0, waited = 0, i;

    for (i = 0; i < 20; i++)
    {
        if (i == 2)
        {
            Sleep(QUIET);
            before = handle_count();
        }
        expect_status(BCryptRegisterConfigChangeNotify(&handle), STATUS_SUCCESS);
        expect_status(BCryptUnregisterConfigChangeNotify(event), STATUS_SUCCESS);
        event = handle;
        expect_status(BCryptUnregisterConfigChangeNotify(event), STATUS_SUCCESS);
        expect_status(BCryptRegisterConfigChangeNotify(&event), STATUS_SUCCESS);
    }
    while (handle_count() > before && waited++ < PATIENCE / QUIET) Sleep(QUIET);
    expect_at_most(handle_count(), before);
}
END_TEST

static DWORD WINAPI register_often(void *failed)
{
    HANDLE handle;
    ULONG i;

    for (i = 0; i < 100; i++)
    {
        if (BCryptRegisterConfigChangeNotify(&handle)) *(LONG *)failed = 1;
        else if (BCryptUnregisterConfigChangeNotify(handle)) *(LONG *)failed = 1;
    }
    return 0;
}

START_TEST(threads_come_and_go_while_changes_are_told)
{
    HANDLE threads[4];
    LONG failed = 0;
    ULONG i;

    for (i = 0; i < 4; i++) threads[i] = CreateThread(NULL, 0, register_often, &failed, 0, NULL);
    for (i = 0; i < 20; i++)
    {
        BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL);
        BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT);
    }
    WaitForMultipleObjects(4, threads, TRUE, INFINITE);
    for (i = 0; i < 4; i++) CloseHandle(threads[i]);
    expect_value(failed, 0);
    expect_told(event);
}
END_TEST

void notify_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, an_event_that_is_not_one_is_refused);

    tests = ours(suite);
    tcase_add_checked_fixture(tests, notify_setup, notify_teardown);
    add_test(tests, an_event_is_not_set_at_first_and_is_reset_by_hand);
    add_test(tests, a_change_is_told);
    add_test(tests, every_change_is_told);
    add_test(tests, a_change_that_is_undone_at_once_is_told);
    add_rows(tests, a_change_by_another_process_is_told, commands);
    add_test(tests, a_change_deep_below_is_told);
    add_test(tests, what_another_process_adds_is_found_once_it_was_told);
    add_test(tests, every_event_is_told);
    add_test(tests, an_event_that_the_program_closed_does_no_harm);
    add_test(tests, events_leave_no_handle);
    add_test(tests, threads_come_and_go_while_changes_are_told);
}
