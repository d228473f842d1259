/*
 * fuzz_registry.c - a registry that holds anything: names and values that nobody ought to write.
 *
 * The input is a byte, whose lowest bits have everything read twice, in buffers as well as in
 * blocks, and of all interfaces, while the others name one that is read with the two that are
 * changed; and records: a byte of which key, one of which name for each of the key's parts that
 * vary, one of which value, one of its type, two of its length, and its bytes. The last of the
 * names stands for one that is in the input: a byte of length, and as many characters. A length of
 * 0xffff is a value that is larger than any may be.
 *
 * Everything is read, by every export that reads (config_state.h says what has to be so),
 * algorithms are opened, then every export that writes changes something, and it is read again.
 * Nothing may be left in memory.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "config_state.h"
#include "native.h"
#include "platform/names.h"
#include "platform/registry.h"
#include "provider/test_provider.h"
#include "router/providers.h"

#define CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography"
#define POLICIES     L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration"
#define PROPERTY     L"A Property"

/* Parts of paths: a letter stands for one of a list of names, P(rovider) C(ontext) I(nterface)
 * F(unction) M(ode); what begins with @ is as it is. */
static const struct { LPCWSTR root, parts; } keys[] =
{
    { CRYPTOGRAPHY L"\\Providers", L"P" },
    { CRYPTOGRAPHY L"\\Providers", L"PM" },
    { CRYPTOGRAPHY L"\\Providers", L"PMI" },
    { CRYPTOGRAPHY L"\\Configuration\\Local", L"C" },
    { CRYPTOGRAPHY L"\\Configuration\\Local", L"CI" },
    { CRYPTOGRAPHY L"\\Configuration\\Local", L"CIF" },
    { POLICIES, L"C" },
    { POLICIES, L"CI" },
    { POLICIES, L"CIF" },
    { CRYPTOGRAPHY L"\\OpenCNG", L"" },
    { CRYPTOGRAPHY L"\\OpenCNG\\New", L"" },
    { CRYPTOGRAPHY L"\\OpenCNG\\New", L"M" },
    { CRYPTOGRAPHY L"\\OpenCNG\\New", L"MI" },
    { CRYPTOGRAPHY L"\\OpenCNG\\New", L"I" },
    { CRYPTOGRAPHY L"\\OpenCNG\\New", L"IF" },
};

#define OWN NULL                                /* the name is in the input */
static const LPCWSTR providers[] =
{
    TEST_PROVIDER, TEST_PROVIDER_FAILING, TEST_PROVIDER_MISSING, MS_PRIMITIVE_PROVIDER, OWN,
};
static const LPCWSTR contexts[] = { L"Default", L"SSL", L"A Context", OWN };
static const LPCWSTR interfaces[] =
{
    L"00000001", L"00000002", L"00000005", L"00000008", L"00010002", L"ffffffff", L"0", OWN,
};
static const LPCWSTR functions[] = { L"AES", L"SHA256", XOR_CIPHER, SUM_HASH, L"ML-KEM", OWN };
static const LPCWSTR modes[] = { L"UM", L"KM", OWN };
static const LPCWSTR values[] =
{
    L"Functions", L"Providers", L"Image", L"Aliases", L"Flags", L"Target", L"OpenCNG", L"EccCurves",
    PROPERTY, OWN,
};

static const struct { WCHAR letter; const LPCWSTR *names; size_t count; } lists[] =
{
    { 'P', providers,  ARRAY_SIZE(providers) },
    { 'C', contexts,   ARRAY_SIZE(contexts) },
    { 'I', interfaces, ARRAY_SIZE(interfaces) },
    { 'F', functions,  ARRAY_SIZE(functions) },
    { 'M', modes,      ARRAY_SIZE(modes) },
    { 'V', values,     ARRAY_SIZE(values) },
};

/* ---- writing the registry that the input says ---- */

struct input
{
    const uint8_t *data;
    size_t bytes;
};

static uint8_t next(struct input *input)
{
    if (!input->bytes) return 0;
    input->bytes--;
    return *input->data++;
}

/* A name of a list, or of the input; 256 characters at most, NUL included. */
static void name_read(struct input *input, WCHAR letter, WCHAR name[REGISTRY_NAME_LIMIT])
{
    size_t i, length, which = next(input);

    for (i = 0; lists[i].letter != letter; i++) {}
    if (lists[i].names[which % lists[i].count])
    {
        memcpy(name, lists[i].names[which % lists[i].count],
               name_bytes(lists[i].names[which % lists[i].count]));
        return;
    }
    length = next(input);
    for (i = 0; i < length; i++)
    {
        name[i] = next(input);
        if (name[i] >= 0xf0) name[i] = (WCHAR)(name[i] << 8 | next(input));
        if (!name[i] || name[i] == '\\') name[i] = L'x';        /* no registry has such a name */
    }
    name[length] = 0;
}

static void value_write(struct input *input, void *key)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    static UCHAR large[REGISTRY_VALUE_BYTES + 2];
    size_t length;
    UCHAR *copy;
    ULONG type;

    name_read(input, 'V', name);
    type = next(input) % 12;
    length = next(input);
    length |= (size_t)next(input) << 8;
    if (length >= 0xfff0)
    {
        memset(large, next(input), sizeof(large));
        registry_set(key, name, type, large, (ULONG)(REGISTRY_VALUE_BYTES + length - 0xfffe));
        return;
    }
    if (length > input->bytes) length = input->bytes;
    copy = fuzz_copy(input->data, length);
    registry_set(key, name, type, copy, (ULONG)length);
    free(copy);
    input->data += length;
    input->bytes -= length;
}

static void record_write(struct input *input)
{
    WCHAR path[4 * REGISTRY_NAME_LIMIT], name[REGISTRY_NAME_LIMIT];
    size_t which = next(input) % ARRAY_SIZE(keys), length = name_length(keys[which].root);
    LPCWSTR part;
    void *key;

    memcpy(path, keys[which].root, name_bytes(keys[which].root));
    for (part = keys[which].parts; *part; part++)
    {
        name_read(input, *part, name);
        if (!*name) name[0] = 'x', name[1] = 0;
        path[length++] = '\\';
        memcpy(path + length, name, name_bytes(name));
        length += name_length(name);
    }
    if (registry_create(NULL, path, &key)) return;
    value_write(input, key);
    registry_close(key);
}

/* ---- using it ---- */

static void open_algorithms(void)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list;
    BCRYPT_PROVIDER_NAME *names;
    BCRYPT_ALG_HANDLE algorithm;
    ULONG count, i;
    size_t provider;

    if (!BCryptEnumAlgorithms(0, &count, &list, 0))
    {
        for (i = 0; i < count && i < 100; i++)
        {
            fuzz_must(list[i].pszName && *list[i].pszName);
            if (!BCryptEnumProviders(list[i].pszName, &count, &names, 0)) BCryptFreeBuffer(names);
            break;
        }
        BCryptFreeBuffer(list);
    }
    for (i = 0; i + 1 < ARRAY_SIZE(functions); i++)
    {
        for (provider = 0; provider < ARRAY_SIZE(providers); provider++)
        {
            if (!BCryptOpenAlgorithmProvider(&algorithm, functions[i], providers[provider], 0))
                fuzz_must(!BCryptCloseAlgorithmProvider(algorithm, 0));
        }
    }
}

static void change_everything(void)
{
    static WCHAR image[] = L"image.dll", aes[] = L"AES";
    PWSTR names[] = { aes };
    CRYPT_INTERFACE_REG cipher = { 1, 0, 1, names };
    PCRYPT_INTERFACE_REG list[] = { &cipher };
    CRYPT_IMAGE_REG user = { image, 1, list };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &user, NULL };
    CRYPT_CONTEXT_FUNCTION_CONFIG function_config = { CRYPT_EXCLUSIVE, 0 };
    CRYPT_CONTEXT_CONFIG config = { CRYPT_EXCLUSIVE, 0 };
    ULONG table;

    fuzz_must(!BCryptRegisterProvider(TEST_PROVIDER, CRYPT_OVERWRITE, &registration));
    for (table = CRYPT_LOCAL; table <= CRYPT_DOMAIN; table++)
    {
        BCryptCreateContext(table, L"A Context", &config);
        BCryptConfigureContext(table, L"Default", &config);
        BCryptAddContextFunction(table, L"Default", 1, XOR_CIPHER, CRYPT_PRIORITY_TOP);
        BCryptAddContextFunction(table, L"A Context", 2, L"SHA256", CRYPT_PRIORITY_BOTTOM);
        BCryptAddContextFunctionProvider(table, L"Default", 1, XOR_CIPHER, TEST_PROVIDER,
                                         CRYPT_PRIORITY_TOP);
        BCryptConfigureContextFunction(table, L"Default", 1, L"AES", &function_config);
        BCryptSetContextFunctionProperty(table, L"Default", 1, L"AES", PROPERTY, 4, (UCHAR *)aes);
    }
}

static void take_it_back(void)
{
    ULONG table;

    for (table = CRYPT_LOCAL; table <= CRYPT_DOMAIN; table++)
    {
        BCryptSetContextFunctionProperty(table, L"Default", 1, L"AES", PROPERTY, 0, NULL);
        BCryptRemoveContextFunctionProvider(table, L"Default", 1, XOR_CIPHER, TEST_PROVIDER);
        BCryptRemoveContextFunction(table, L"Default", 1, XOR_CIPHER);
        BCryptDeleteContext(table, L"A Context");
    }
    fuzz_must(!BCryptUnregisterProvider(TEST_PROVIDER));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct input input = { data + 1, bytes - 1 };
    char *before, *again;

    if (!bytes) return 0;
    config_state_most = 4;                      /* the more inputs */
    config_state_blocks_only = !(data[0] & 2);
    config_state_interfaces = data[0] & 4 ? ~0u : 3 | 1u << (data[0] >> 3) % 12;
    native_registry_clear();
    while (input.bytes) record_write(&input);
    providers_changed();

    before = config_state(PROPERTY);
    if (data[0] & 1)
    {
        again = config_state(PROPERTY);
        fuzz_must(!strcmp(before, again));
        free(again);
    }
    free(before);
    open_algorithms();
    change_everything();
    free(config_state(PROPERTY));
    open_algorithms();
    take_it_back();

    native_registry_clear();
    providers_changed();
    native_thread_detach();
    providers_detach();
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 100

static UCHAR good[4096];
static ULONG good_bytes;

/* A record: the key, the places of its names in their lists, and the value. */
static void put(UCHAR key, const char *places, UCHAR name, UCHAR type, const void *data,
                ULONG bytes)
{
    good[good_bytes++] = key;
    while (*places) good[good_bytes++] = (UCHAR)(*places++ - '0');
    good[good_bytes++] = name;
    good[good_bytes++] = type;
    good[good_bytes++] = (UCHAR)bytes;
    good[good_bytes++] = (UCHAR)(bytes >> 8);
    memcpy(good + good_bytes, data, bytes);
    good_bytes += bytes;
}
#define PUT(key, places, name, type, data) put(key, places, name, type, data, sizeof(data))

/* A provider before ours, a context, policies, and a change that is under way. */
static void put_all(void)
{
    static const ULONG flags = 1;

    good_bytes = 0;
    PUT(0, "0", 3, REG_MULTI_SZ, TEST_PROVIDER_ALIAS L"\0");
    PUT(1, "00", 2, REG_SZ, L"X:\\" TEST_PROVIDER_IMAGE);
    PUT(1, "01", 2, REG_SZ, L"kernel.sys");
    PUT(2, "000", 0, REG_MULTI_SZ, L"AES\0" XOR_CIPHER L"\0");
    PUT(2, "001", 0, REG_MULTI_SZ, SUM_HASH L"\0");
    put(2, "000", 4, REG_DWORD, &flags, 4);
    PUT(4, "00", 0, REG_MULTI_SZ, L"AES\0" XOR_CIPHER L"\0DES\0");
    PUT(5, "000", 1, REG_MULTI_SZ, TEST_PROVIDER L"\0" MS_PRIMITIVE_PROVIDER L"\0");
    PUT(5, "002", 1, REG_MULTI_SZ, TEST_PROVIDER L"\0");
    PUT(5, "000", 8, REG_BINARY, "bytes");
    put(5, "000", 4, REG_DWORD, &flags, 4);
    put(3, "2", 4, REG_DWORD, &flags, 4);
    PUT(4, "14", 0, REG_MULTI_SZ, L"TLS_A\0TLS_B\0");
    PUT(7, "14", 0, REG_SZ, L"TLS_B,TLS_A");
    PUT(8, "000", 1, REG_MULTI_SZ, MS_PRIMITIVE_PROVIDER L"\0");
}

START_TEST(a_changed_registry_does_no_harm)
{
    static const UCHAR choices[] = { 7, 3, 3 | 4 << 3, 3 | 9 << 3 };   /* the last: TLS */

    put_all();
    if (_i == 1)
    {
        PUT(9, "", 5, REG_SZ, CRYPTOGRAPHY L"\\Providers\\" TEST_PROVIDER);
        PUT(11, "0", 2, REG_SZ, L"new.dll");
        PUT(12, "00", 0, REG_MULTI_SZ, L"AES\0");
    }
    if (_i == 2)
    {
        PUT(9, "", 5, REG_SZ, CRYPTOGRAPHY L"\\Configuration\\Local\\Default");
        PUT(14, "00", 1, REG_MULTI_SZ, MS_PRIMITIVE_PROVIDER L"\0");
    }
    fuzz_changed(choices[_i], good, good_bytes, ROUNDS);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("registry");

    tcase_add_loop_test(tests, a_changed_registry_does_no_harm, 0, 4);
    return suite_run("fuzz_registry", tests);
}

#endif
