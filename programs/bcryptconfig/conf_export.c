/*
 * conf_export.c - the configuration as a text, whose format stands in conf_text.c: written.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

static void write_words(FILE *file, const char *begin, const WCHAR *const *words, ULONG count)
{
    ULONG i;

    fputs(begin, file);
    for (i = 0; i < count; i++)
    {
        fputs(" ", file);
        word_write(words[i], file);
    }
    fputs("\n", file);
}

static void write_image(FILE *file, const char *mode, const CRYPT_IMAGE_REG *image)
{
    const CRYPT_INTERFACE_REG *interface;
    char begin[80];
    ULONG i;

    if (!image) return;
    snprintf(begin, sizeof(begin), "  image %s", mode);
    if (image->pszImage) write_words(file, begin, (const WCHAR *const *)&image->pszImage, 1);
    for (i = 0; i < image->cInterfaces; i++)
    {
        interface = image->rgpInterfaces[i];
        snprintf(begin, sizeof(begin), "  interface %s %s %#lx", mode,
                 interface_name(interface->dwInterface), (unsigned long)interface->dwFlags);
        write_words(file, begin, (const WCHAR *const *)interface->rgpszFunctions,
                    interface->cFunctions);
    }
}

static bool is_windows_own(const WCHAR *provider)
{
    return !wcsncmp(provider, L"Microsoft ", 10);
}

static NTSTATUS write_provider(FILE *file, const WCHAR *name)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    NTSTATUS status;
    ULONG i, bytes;

    if (is_windows_own(name)) return STATUS_SUCCESS;
    status = BCryptQueryProviderRegistration(name, CRYPT_ANY, 0, &bytes, &registration);
    if (status == STATUS_NOT_FOUND) return STATUS_SUCCESS;      /* gone, or damaged */
    if (status) return status;
    write_words(file, "provider", &name, 1);
    for (i = 0; i < registration->cAliases; i++)
        write_words(file, "  alias", (const WCHAR *const *)&registration->rgpszAliases[i], 1);
    write_image(file, "user", registration->pUM);
    write_image(file, "kernel", registration->pKM);
    BCryptFreeBuffer(registration);
    return STATUS_SUCCESS;
}

static NTSTATUS write_providers(FILE *file)
{
    struct names names;
    NTSTATUS status = names_of_providers(&names);
    ULONG i;

    for (i = 0; i < names.count && !status; i++) status = write_provider(file, names.names[i]);
    names_free(&names);
    return status;
}

static NTSTATUS write_property(FILE *file, const struct place *place, const WCHAR *property)
{
    UCHAR *value = NULL;
    NTSTATUS status;
    ULONG bytes, i;

    if (!*property || is_taken(property)) return STATUS_SUCCESS;
    status = BCryptQueryContextFunctionProperty(table, place->context, place->interface_id,
                                                place->function, property, &bytes, &value);
    if (status == STATUS_NOT_FOUND) return STATUS_SUCCESS;      /* gone, or damaged */
    if (status) return status;
    fprintf(file, "  property %s ", interface_name(place->interface_id));
    word_write(place->function, file);
    fputs(" ", file);
    word_write(property, file);
    fputs(bytes ? " " : " -", file);
    for (i = 0; i < bytes; i++) fprintf(file, "%02x", value[i]);
    fputs("\n", file);
    BCryptFreeBuffer(value);
    return STATUS_SUCCESS;
}

/* The function's own: what it has from another table or context is not asked for. */
static NTSTATUS write_properties(FILE *file, const struct place *place)
{
    NTSTATUS status = STATUS_SUCCESS;
    struct names names;
    ULONG i;

    backup_value_names(place, &names);
    for (i = 0; i < names.count && !status; i++)
        status = write_property(file, place, names.names[i]);
    names_free(&names);
    return status;
}

static NTSTATUS write_function(FILE *file, const struct place *place)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG *config = NULL;
    struct names providers;
    NTSTATUS status;
    ULONG i, bytes;

    if ((status = names_at(place, &providers))) return status;
    fprintf(file, "  function %s ", interface_name(place->interface_id));
    word_write(place->function, file);
    for (i = 0; i < providers.count; i++)
    {
        fputs(" ", file);
        word_write(providers.names[i], file);
    }
    fputs(backup_is_set(place, L"Providers") ? "  # set\n" : "\n", file);
    names_free(&providers);

    status = BCryptQueryContextFunctionConfiguration(table, place->context, place->interface_id,
                                                     place->function, &bytes, &config);
    if (!status)
    {
        fprintf(file, "  flags %s ", interface_name(place->interface_id));
        word_write(place->function, file);
        fprintf(file, " %#lx\n", (unsigned long)config->dwFlags);
        BCryptFreeBuffer(config);
    }
    return status && status != STATUS_NOT_FOUND ? status : write_properties(file, place);
}

static NTSTATUS write_functions(FILE *file, struct place place)
{
    struct names functions;
    NTSTATUS status;
    ULONG i;

    if ((status = names_at(&place, &functions))) return status;
    if (functions.count)
        fprintf(file, "  # %s: %s\n", interface_name(place.interface_id),
                backup_is_set(&place, L"Functions") ? "set" : "by default");
    for (i = 0; i < functions.count && !status; i++)
    {
        place.function = functions.names[i];
        status = write_function(file, &place);
    }
    names_free(&functions);
    return status;
}

static NTSTATUS write_context(FILE *file, const WCHAR *context)
{
    struct place place = { context, NULL, 0 };
    CRYPT_CONTEXT_CONFIG *config = NULL;
    ULONG bytes, flags = 0;
    NTSTATUS status;
    size_t number;

    status = BCryptQueryContextConfiguration(table, context, &bytes, &config);
    if (status && status != STATUS_NOT_FOUND) return status;
    if (!status) flags = config->dwFlags;
    BCryptFreeBuffer(config);
    fputs("context ", file);
    word_write(context, file);
    fprintf(file, " %#lx%s\n", (unsigned long)flags,
            backup_is_set(&place, NULL) ? "" : "  # by default");
    status = STATUS_SUCCESS;
    for (number = 0; !status && interface_at(number, &place.interface_id, NULL); number++)
        status = write_functions(file, place);
    return status;
}

int text_export(const WCHAR *path)
{
    struct output output = { .file = stdout };
    struct names contexts = { 0, NULL };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    if (path && !output_open(&output, path)) return ENDED_FAILED;
    fprintf(output.file, "bcryptconfig 1 %s\n", table == CRYPT_LOCAL ? "local" : "domain");
    if (table == CRYPT_LOCAL) status = write_providers(output.file);
    if (!status) status = names_of_contexts(&contexts);
    for (i = 0; i < contexts.count && !status; i++)
        status = write_context(output.file, contexts.names[i]);
    names_free(&contexts);
    if (status && path)
    {
        fclose(output.file);
        DeleteFileW(output.unfinished);
    }
    if (status) return failed(status, "cannot export", path);
    return !path || output_close(&output) ? ENDED_WELL : ENDED_FAILED;
}
