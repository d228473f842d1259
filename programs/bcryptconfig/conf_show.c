/*
 * conf_show.c - providers, contexts and functions as tables.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

/* Text in a column of so many characters, and a blank; longer text is not cut. */
static void column(const WCHAR *text, int width)
{
    print(text, stdout);
    printf("%*s", width > (int)wcslen(text) ? width - (int)wcslen(text) + 1 : 1, "");
}

/* ---- providers ---- */

static void show_image(const char *mode, const CRYPT_IMAGE_REG *image)
{
    const CRYPT_INTERFACE_REG *interface;
    ULONG i, j;

    if (!image) return;
    printf("  %-6s ", mode);
    print(image->pszImage ? image->pszImage : L"(no image)", stdout);
    printf("\n");
    for (i = 0; i < image->cInterfaces; i++)
    {
        interface = image->rgpInterfaces[i];
        printf("         %-18s ", interface_name(interface->dwInterface));
        for (j = 0; j < interface->cFunctions; j++)
        {
            if (j) printf(", ");
            print(interface->rgpszFunctions[j], stdout);
        }
        printf("\n");
    }
}

static int show_provider(const WCHAR *name)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    ULONG bytes = 0, i;
    NTSTATUS status;

    print(name, stdout);
    printf("\n");
    status = BCryptQueryProviderRegistration(name, CRYPT_ANY, 0, &bytes, &registration);
    if (status == STATUS_NOT_FOUND)
    {
        printf("  (its registration says nothing that could be used)\n");
        return ENDED_WELL;
    }
    if (status) return failed(status, "cannot show", name);
    for (i = 0; i < registration->cAliases; i++)
    {
        printf("  alias  ");
        print(registration->rgpszAliases[i], stdout);
        printf("\n");
    }
    show_image("user", registration->pUM);
    show_image("kernel", registration->pKM);
    BCryptFreeBuffer(registration);
    return ENDED_WELL;
}

int show_providers(void)
{
    int ended = ENDED_WELL;
    struct names names;
    NTSTATUS status;
    ULONG i;

    if ((status = names_of_providers(&names))) return failed(status, "cannot list providers", NULL);
    for (i = 0; i < names.count; i++)
    {
        if (show_provider(names.names[i])) ended = ENDED_FAILED;
    }
    names_free(&names);
    return ended;
}

/* ---- contexts ---- */

/* How many functions a context has of all interfaces that have a name. */
static ULONG count_functions(const WCHAR *context)
{
    ULONG count = 0, interface_id;
    struct names names;
    size_t i;

    for (i = 0; interface_at(i, &interface_id, NULL); i++)
    {
        if (!names_of_functions(context, interface_id, &names)) count += names.count;
        names_free(&names);
    }
    return count;
}

int show_contexts(void)
{
    CRYPT_CONTEXT_CONFIG *config;
    struct names names;
    NTSTATUS status;
    ULONG i, bytes;

    if ((status = names_of_contexts(&names))) return failed(status, "cannot list contexts", NULL);
    printf("%-30s %-10s %s\n", "context", "functions", "flags");
    for (i = 0; i < names.count; i++)
    {
        column(names.names[i], 30);
        printf("%-10lu", (unsigned long)count_functions(names.names[i]));
        config = NULL;
        if (!BCryptQueryContextConfiguration(table, names.names[i], &bytes, &config))
        {
            printf(" %#lx%s", (unsigned long)config->dwFlags,
                   config->dwFlags & CRYPT_EXCLUSIVE ? " exclusive" : "");
            BCryptFreeBuffer(config);
        }
        printf("\n");
    }
    names_free(&names);
    return ENDED_WELL;
}

/* ---- functions ---- */

static NTSTATUS show_interface(const WCHAR *context, ULONG interface_id)
{
    struct names functions, providers;
    NTSTATUS status;
    ULONG i, j;

    if ((status = names_of_functions(context, interface_id, &functions))) return status;
    for (i = 0; i < functions.count; i++)
    {
        printf("%-18s %4lu  ", interface_name(interface_id), (unsigned long)i);
        column(functions.names[i], 40);
        status = names_of_function_providers(context, interface_id, functions.names[i],
                                             &providers);
        if (status) printf("(%s)", status_name(status));
        for (j = 0; j < providers.count; j++)
        {
            if (j) printf(", ");
            print(providers.names[j], stdout);
        }
        printf("\n");
        names_free(&providers);
    }
    names_free(&functions);
    return STATUS_SUCCESS;
}

int show_functions(const WCHAR *context, const WCHAR *interface_text)
{
    const WCHAR *place = context ? context : CRYPT_DEFAULT_CONTEXT;
    struct names contexts;
    ULONG interface_id;
    bool found;
    NTSTATUS status;
    size_t number;

    if (interface_text && !interface_read(interface_text, &interface_id))
    {
        complain("no such interface: %ls", interface_text);
        return ENDED_MISUSED;
    }
    if ((status = names_of_contexts(&contexts)))
        return failed(status, "cannot list contexts", NULL);
    found = names_has_caseless(&contexts, place);
    names_free(&contexts);
    if (!found) return failed(STATUS_NOT_FOUND, "the context", place);

    printf("%-18s %4s  %-40s %s\n", "interface", "", "function", "providers");
    if (interface_text) status = show_interface(place, interface_id);
    for (number = 0; !interface_text && !status && interface_at(number, &interface_id, NULL);
         number++)
        status = show_interface(place, interface_id);
    return status ? failed(status, "cannot list the functions of", place) : ENDED_WELL;
}
