/*
 * example_install.c - registers the example provider, and takes it out again.
 *
 *   example_install install [DLL]     DLL: example_provider.dll beside this program
 *   example_install uninstall
 *
 * Three steps make a DLL serve an algorithm: the provider is registered with its image and what it
 * has; the algorithm is added to the default context; the provider is added to the algorithm. Out
 * again the same way back. A step that fails takes back those before it. Only an administrator may.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

#include <stdio.h>

static WCHAR *const ciphers[] = { (WCHAR *)EXAMPLE_CIPHER };
static WCHAR *const hashes[] = { (WCHAR *)EXAMPLE_HASH };
static WCHAR *const signatures[] = { (WCHAR *)EXAMPLE_SIGNATURE };
static WCHAR *const kems[] = { (WCHAR *)EXAMPLE_KEM };

static CRYPT_INTERFACE_REG interfaces[] =
{
    { BCRYPT_CIPHER_INTERFACE,            0, 1, (PWSTR *)ciphers },
    { BCRYPT_HASH_INTERFACE,              0, 1, (PWSTR *)hashes },
    { BCRYPT_SIGNATURE_INTERFACE,         0, 1, (PWSTR *)signatures },
    { BCRYPT_KEY_ENCAPSULATION_INTERFACE, 0, 1, (PWSTR *)kems },
};
static PCRYPT_INTERFACE_REG interface_list[] =
{
    &interfaces[0], &interfaces[1], &interfaces[2], &interfaces[3],
};
#define INTERFACES (sizeof(interfaces) / sizeof(interfaces[0]))

static NTSTATUS failed(const char *step, const WCHAR *name, NTSTATUS status)
{
    fprintf(stderr, "example_install: %s (%ls): status %#lx%s\n", step, name, (unsigned long)status,
            status == STATUS_ACCESS_DENIED ? ": you are no administrator" : "");
    return status;
}

/* What is not there need not be taken out. */
static NTSTATUS unless_gone(NTSTATUS status)
{
    return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
}

static NTSTATUS remove_function(const CRYPT_INTERFACE_REG *interface)
{
    const WCHAR *function = interface->rgpszFunctions[0];
    NTSTATUS status;

    status = unless_gone(BCryptRemoveContextFunctionProvider(
        CRYPT_LOCAL, CRYPT_DEFAULT_CONTEXT, interface->dwInterface, function, EXAMPLE_PROVIDER));
    if (status) return failed("removing the provider", function, status);
    status = unless_gone(BCryptRemoveContextFunction(CRYPT_LOCAL, CRYPT_DEFAULT_CONTEXT,
                                                     interface->dwInterface, function));
    return status ? failed("removing the function", function, status) : status;
}

static NTSTATUS uninstall(void)
{
    NTSTATUS status, first = STATUS_SUCCESS;
    size_t i;

    for (i = INTERFACES; i--;)
    {
        status = remove_function(&interfaces[i]);
        if (!first) first = status;
    }
    status = unless_gone(BCryptUnregisterProvider(EXAMPLE_PROVIDER));
    if (status) failed("unregistering", EXAMPLE_PROVIDER, status);
    return first ? first : status;
}

static NTSTATUS add_function(const CRYPT_INTERFACE_REG *interface)
{
    const WCHAR *function = interface->rgpszFunctions[0];
    NTSTATUS status;

    status = BCryptAddContextFunction(CRYPT_LOCAL, CRYPT_DEFAULT_CONTEXT, interface->dwInterface,
                                      function, CRYPT_PRIORITY_BOTTOM);
    if (status) return failed("adding the function", function, status);
    status = BCryptAddContextFunctionProvider(CRYPT_LOCAL, CRYPT_DEFAULT_CONTEXT,
                                              interface->dwInterface, function, EXAMPLE_PROVIDER,
                                              CRYPT_PRIORITY_BOTTOM);
    return status ? failed("adding the provider", function, status) : status;
}

static NTSTATUS install(WCHAR *path)
{
    CRYPT_IMAGE_REG image = { path, INTERFACES, interface_list };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &image, NULL };
    NTSTATUS status;
    size_t i;

    status = BCryptRegisterProvider(EXAMPLE_PROVIDER, CRYPT_OVERWRITE, &registration);
    if (status) return failed("registering", EXAMPLE_PROVIDER, status);
    for (i = 0; i < INTERFACES && !status; i++) status = add_function(&interfaces[i]);
    if (status) uninstall();
    return status;
}

/* The full path of the DLL: given, or beside this program. */
static bool find_image(const char *given, WCHAR *path, DWORD room)
{
    WCHAR wide[MAX_PATH];
    DWORD length;

    if (given)
    {
        if (!MultiByteToWideChar(CP_ACP, 0, given, -1, wide, MAX_PATH)) return false;
        length = GetFullPathNameW(wide, room, path, NULL);
        return length && length < room && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
    }
    length = GetModuleFileNameW(NULL, path, room);
    while (length && path[length - 1] != '\\') length--;
    if (length + sizeof(EXAMPLE_IMAGE) / sizeof(WCHAR) > room) return false;
    memcpy(path + length, EXAMPLE_IMAGE, sizeof(EXAMPLE_IMAGE));
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

int main(int argc, char **argv)
{
    static const char usage[] = "usage: example_install install [DLL]\n"
                                "       example_install uninstall\n";
    WCHAR path[MAX_PATH];

    if (argc == 2 && !strcmp(argv[1], "uninstall")) return uninstall() ? 1 : 0;
    if (argc < 2 || argc > 3 || strcmp(argv[1], "install"))
    {
        fputs(usage, argc == 2 && !strcmp(argv[1], "--help") ? stdout : stderr);
        return argc == 2 && !strcmp(argv[1], "--help") ? 0 : 2;
    }
    if (!find_image(argc == 3 ? argv[2] : NULL, path, MAX_PATH))
    {
        fprintf(stderr, "example_install: the provider's DLL is not there\n");
        return 1;
    }
    return install(path) ? 1 : 0;
}
