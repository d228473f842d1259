/*
 * test_fips.c - FIPS mode, as the registry says it.
 *
 * The tests write the machine's own setting, which takes an administrator on Windows, and put back
 * what was there. So they are tagged as ours, though what they expect is Windows' behaviour.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define LSA "System\\CurrentControlSet\\Control\\Lsa"
#define POLICY "FIPSAlgorithmPolicy"

/* A value of the registry, and whether it was there. */
struct value
{
    bool present;
    DWORD type, bytes;
    BYTE data[64];
};

static struct value enabled, policy;
static bool key_was_present;

static struct value value_read(const char *path, const char *name)
{
    struct value value = { .bytes = sizeof(value.data) };
    HKEY key;

    if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE, &key)) return value;
    value.present = !RegQueryValueExA(key, name, NULL, &value.type, value.data, &value.bytes);
    RegCloseKey(key);
    return value;
}

static void value_write(const char *path, const char *name, DWORD type, const void *data,
                        DWORD bytes)
{
    HKEY key;

    expect_value(RegCreateKeyExA(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_SET_VALUE, NULL, &key,
                                 NULL), ERROR_SUCCESS);
    expect_value(RegSetValueExA(key, name, 0, type, data, bytes), ERROR_SUCCESS);
    RegCloseKey(key);
}

static void value_delete(const char *path, const char *name)
{
    HKEY key;

    if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, path, 0, KEY_SET_VALUE, &key)) return;
    RegDeleteValueA(key, name);
    RegCloseKey(key);
}

static void value_restore(const char *path, const char *name, const struct value *value)
{
    if (value->present) value_write(path, name, value->type, value->data, value->bytes);
    else value_delete(path, name);
}

static void keep_setting(void)
{
    HKEY key;

    key_was_present = !RegOpenKeyExA(HKEY_LOCAL_MACHINE, LSA "\\" POLICY, 0, KEY_QUERY_VALUE, &key);
    if (key_was_present) RegCloseKey(key);
    enabled = value_read(LSA "\\" POLICY, "Enabled");
    policy = value_read(LSA, POLICY);
    value_delete(LSA "\\" POLICY, "Enabled");
    value_delete(LSA, POLICY);
}

static void restore_setting(void)
{
    value_restore(LSA "\\" POLICY, "Enabled", &enabled);
    value_restore(LSA, POLICY, &policy);
    if (!key_was_present) RegDeleteKeyA(HKEY_LOCAL_MACHINE, LSA "\\" POLICY);
}

static void set_enabled(DWORD value)
{
    value_write(LSA "\\" POLICY, "Enabled", REG_DWORD, &value, sizeof(value));
}

static void set_policy(DWORD value)
{
    value_write(LSA, POLICY, REG_DWORD, &value, sizeof(value));
}

static void expect_mode(BOOLEAN expected)
{
    BOOLEAN actual = 0xcc;

    expect_status(BCryptGetFipsAlgorithmMode(&actual), STATUS_SUCCESS);
    expect_value(actual, expected);
}

/* --- configuration.md, section 5, "GetFipsAlgorithmMode" ---------------------------------- */

START_TEST(without_a_setting_the_mode_is_off)
{
    expect_mode(FALSE);
}
END_TEST

START_TEST(the_setting_of_the_policys_key_is_told)
{
    set_enabled(1);
    expect_mode(TRUE);
    set_enabled(0);
    expect_mode(FALSE);
}
END_TEST

START_TEST(the_older_setting_is_told_if_there_is_no_other)
{
    set_policy(1);
    expect_mode(TRUE);
    set_policy(0);
    expect_mode(FALSE);
}
END_TEST

START_TEST(the_policys_key_outranks_the_older_setting)
{
    set_policy(1);
    set_enabled(0);
    expect_mode(FALSE);
    set_policy(0);
    set_enabled(1);
    expect_mode(TRUE);
}
END_TEST

/* "non-zero = TRUE" */
static const DWORD switched_on[] = { 1, 2, 0x100, 0x80000000, 0xffffffff };

START_TEST(any_number_but_zero_is_on)
{
    set_enabled(switched_on[_i]);
    expect_mode(TRUE);
}
END_TEST

START_TEST(a_value_of_another_type_is_none)
{
    value_write(LSA "\\" POLICY, "Enabled", REG_SZ, "1", 2);
    expect_mode(FALSE);
    value_write(LSA "\\" POLICY, "Enabled", REG_BINARY, "\1\0\0\0", 4);
    expect_mode(FALSE);
    set_policy(1);
    expect_mode(TRUE);
}
END_TEST

/* --- symmetric.md, section 3: "equal halves rejected when FIPS mode is on" ---------------- */

static NTSTATUS generate_xts(const UCHAR *secret, ULONG bytes, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptGenerateSymmetricKey(BCRYPT_XTS_AES_ALG_HANDLE, &key, NULL, 0,
                                                 (UCHAR *)secret, bytes, flags);

    expect_true((key == UNTOUCHED_HANDLE) == (status != STATUS_SUCCESS));
    keep_key(key);
    return status;
}

static const ULONG xts_bytes[] = { 32, 48, 64 };

START_TEST(equal_halves_are_refused_in_fips_mode)
{
    UCHAR secret[64];

    memset(secret, 0x11, sizeof(secret));
    set_enabled(1);
    expect_refused(generate_xts(secret, xts_bytes[_i], BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS));
    secret[xts_bytes[_i] - 1] ^= 1;
    expect_status(generate_xts(secret, xts_bytes[_i], BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(equal_halves_are_accepted_without_the_flag)
{
    UCHAR secret[64];

    memset(secret, 0x11, sizeof(secret));
    set_enabled(1);
    expect_status(generate_xts(secret, xts_bytes[_i], 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(equal_halves_are_accepted_when_the_mode_is_off)
{
    UCHAR secret[64];

    memset(secret, 0x11, sizeof(secret));
    set_enabled(0);
    expect_status(generate_xts(secret, xts_bytes[_i], BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS),
                  STATUS_SUCCESS);
}
END_TEST

/* Nothing else changes with the mode: programs ask for it and decide themselves. */
START_TEST(every_algorithm_works_on_in_fips_mode)
{
    BCRYPT_KEY_HANDLE key;
    UCHAR output[16];
    ULONG bytes;

    set_enabled(1);
    key = new_key(open_algorithm(BCRYPT_RC4_ALGORITHM, 0), counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_status(BCryptHash(BCRYPT_MD5_ALG_HANDLE, NULL, 0, NULL, 0, output, 16), STATUS_SUCCESS);
    expect_hex(output, 16, "d41d8cd98f00b204e9800998ecf8427e");
}
END_TEST

void fips_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    tcase_add_checked_fixture(tests, keep_setting, restore_setting);
    add_test(tests, without_a_setting_the_mode_is_off);
    add_test(tests, the_setting_of_the_policys_key_is_told);
    add_test(tests, the_older_setting_is_told_if_there_is_no_other);
    add_test(tests, the_policys_key_outranks_the_older_setting);
    add_rows(tests, any_number_but_zero_is_on, switched_on);
    add_test(tests, a_value_of_another_type_is_none);
    add_rows(tests, equal_halves_are_refused_in_fips_mode, xts_bytes);
    add_rows(tests, equal_halves_are_accepted_without_the_flag, xts_bytes);
    add_rows(tests, equal_halves_are_accepted_when_the_mode_is_off, xts_bytes);
    add_test(tests, every_algorithm_works_on_in_fips_mode);
}
