/*
 * test_registration.c - registered providers: what is told of them, and who is found to serve what.
 * And how every function with a pcbBuffer and a ppBuffer answers.
 *
 * The provider of these tests is no DLL; test_registered.c has one that works.
 *
 * SPDX-License-Identifier: MIT
 */

#include "config_names.h"

#define CIPHERS BCRYPT_CIPHER_INTERFACE

/* --- configuration.md, section 9: what programs rely on ------------------------------------ */

START_TEST(the_size_of_what_serves_the_generator_is_a_success)
{
    ULONG size = 0;

    expect_status(BCryptResolveProviders(NULL, BCRYPT_RNG_INTERFACE, L"RNG", NULL, CRYPT_UM,
                                         CRYPT_ALL_PROVIDERS, &size, NULL), STATUS_SUCCESS);
    expect_true(size > sizeof(CRYPT_PROVIDER_REFS));
}
END_TEST

START_TEST(the_primitive_provider_is_registered)
{
    CRYPT_PROVIDERS *list = NULL;
    ULONG bytes, i, found = 0;

    expect_status(BCryptEnumRegisteredProviders(&bytes, &list), STATUS_SUCCESS);
    for (i = 0; i < list->cProviders; i++)
        found += !wcscmp(list->rgpszProviders[i], MS_PRIMITIVE_PROVIDER);
    BCryptFreeBuffer(list);
    expect_value(found, 1);
}
END_TEST

START_TEST(the_primitive_provider_tells_its_image)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    ULONG bytes;

    expect_status(BCryptQueryProviderRegistration(MS_PRIMITIVE_PROVIDER, CRYPT_UM,
                                                  BCRYPT_HASH_INTERFACE, &bytes, &registration),
                  STATUS_SUCCESS);
    expect_wide(registration->pUM->pszImage, L"bcryptprimitives.dll");
    expect_value(registration->pUM->cInterfaces, 1);
    expect_value(registration->pUM->rgpInterfaces[0]->dwInterface, BCRYPT_HASH_INTERFACE);
    expect_true(registration->pUM->rgpInterfaces[0]->cFunctions >= 4);
    BCryptFreeBuffer(registration);
}
END_TEST

START_TEST(nobody_is_found_where_nobody_is)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    CRYPT_PROVIDER_REFS *refs = NULL;
    ULONG bytes = 0;

    expect_status(BCryptQueryProviderRegistration(L"No such provider", CRYPT_ANY, 0, &bytes,
                                                  &registration), STATUS_NOT_FOUND);
    expect_status(BCryptResolveProviders(NULL, CIPHERS, L"No such function", NULL, CRYPT_UM, 0,
                                         &bytes, &refs), STATUS_NOT_FOUND);
    expect_status(BCryptResolveProviders(NULL, CIPHERS, L"AES", L"No such provider", CRYPT_UM, 0,
                                         &bytes, &refs), STATUS_NOT_FOUND);
    expect_pointer(refs, NULL);
}
END_TEST

/* ---- how answers are given; each row is a function ---- */

static NTSTATUS ask_contexts(ULONG *bytes, void **place)
{
    return BCryptEnumContexts(CRYPT_LOCAL, bytes, (PCRYPT_CONTEXTS *)place);
}

static NTSTATUS ask_context(ULONG *bytes, void **place)
{
    return BCryptQueryContextConfiguration(CRYPT_LOCAL, TEST_CONTEXT, bytes,
                                           (PCRYPT_CONTEXT_CONFIG *)place);
}

static NTSTATUS ask_functions(ULONG *bytes, void **place)
{
    return BCryptEnumContextFunctions(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, bytes,
                                      (PCRYPT_CONTEXT_FUNCTIONS *)place);
}

static NTSTATUS ask_function(ULONG *bytes, void **place)
{
    return BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                   TEST_FUNCTION, bytes,
                                                   (PCRYPT_CONTEXT_FUNCTION_CONFIG *)place);
}

static NTSTATUS ask_providers(ULONG *bytes, void **place)
{
    return BCryptEnumContextFunctionProviders(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                              bytes, (PCRYPT_CONTEXT_FUNCTION_PROVIDERS *)place);
}

static NTSTATUS ask_property(ULONG *bytes, void **place)
{
    return BCryptQueryContextFunctionProperty(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                              TEST_PROPERTY, bytes, (PUCHAR *)place);
}

static NTSTATUS ask_registered(ULONG *bytes, void **place)
{
    return BCryptEnumRegisteredProviders(bytes, (PCRYPT_PROVIDERS *)place);
}

static NTSTATUS ask_registration(ULONG *bytes, void **place)
{
    return BCryptQueryProviderRegistration(TEST_MAKER, CRYPT_ANY, 0, bytes,
                                           (PCRYPT_PROVIDER_REG *)place);
}

static NTSTATUS ask_resolved(ULONG *bytes, void **place)
{
    return BCryptResolveProviders(TEST_CONTEXT, CIPHERS, NULL, NULL, CRYPT_MM,
                                  CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS, bytes,
                                  (PCRYPT_PROVIDER_REFS *)place);
}

static const struct
{
    NTSTATUS (*ask)(ULONG *bytes, void **place);
    NTSTATUS asked;                             /* for the size */
    ULONG pointer;                              /* where the answer's first pointer is, if it has */
} questions[] =
{
    { ask_contexts,     STATUS_BUFFER_TOO_SMALL, offsetof(CRYPT_CONTEXTS, rgpszContexts) },
    { ask_context,      STATUS_BUFFER_TOO_SMALL, 0 },
    { ask_functions,    STATUS_BUFFER_TOO_SMALL, offsetof(CRYPT_CONTEXT_FUNCTIONS,
                                                          rgpszFunctions) },
    { ask_function,     STATUS_BUFFER_TOO_SMALL, 0 },
    { ask_providers,    STATUS_BUFFER_TOO_SMALL, offsetof(CRYPT_CONTEXT_FUNCTION_PROVIDERS,
                                                          rgpszProviders) },
    { ask_property,     STATUS_BUFFER_TOO_SMALL, 0 },
    { ask_registered,   STATUS_BUFFER_TOO_SMALL, offsetof(CRYPT_PROVIDERS, rgpszProviders) },
    { ask_registration, STATUS_BUFFER_TOO_SMALL, offsetof(CRYPT_PROVIDER_REG, pUM) },
    { ask_resolved,     STATUS_SUCCESS,          offsetof(CRYPT_PROVIDER_REFS, rgpProviders) },
};

static void answer_setup(void)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG config = { CRYPT_EXCLUSIVE, 0 };

    config_setup();
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &config), STATUS_SUCCESS);
    expect_status(BCryptSetContextFunctionProperty(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                   TEST_FUNCTION, TEST_PROPERTY, 13,
                                                   (UCHAR *)(uintptr_t)counting), STATUS_SUCCESS);
}

static void expect_inside(const void *block, ULONG bytes, const void *pointer)
{
    expect_true((const char *)pointer > (const char *)block &&
                (const char *)pointer < (const char *)block + bytes);
}

START_TEST(an_answer_says_its_size)
{
    ULONG bytes = UNTOUCHED_ULONG, size = 0;
    void *block = NULL;

    expect_status(questions[_i].ask(&size, NULL), questions[_i].asked);
    expect_status(questions[_i].ask(&bytes, &block), STATUS_SUCCESS);
    expect_true(size > 0);
    expect_value(bytes, size);
    BCryptFreeBuffer(block);
}
END_TEST

START_TEST(an_answer_is_one_block)
{
    void *block = NULL, *pointer;
    ULONG bytes = 0;

    expect_status(questions[_i].ask(&bytes, &block), STATUS_SUCCESS);
    memcpy(&pointer, (char *)block + questions[_i].pointer, sizeof(pointer));
    if (questions[_i].pointer) expect_inside(block, bytes, pointer);
    BCryptFreeBuffer(block);
}
END_TEST

START_TEST(an_answer_fits_a_buffer_of_its_size)
{
    ULONG size = 0, bytes;
    UCHAR buffer[4096 + 8];
    void *place = buffer, *pointer;

    questions[_i].ask(&size, NULL);
    expect_at_most(size, 4096);
    mark(buffer, sizeof(buffer));
    bytes = size;
    expect_status(questions[_i].ask(&bytes, &place), STATUS_SUCCESS);
    expect_value(bytes, size);
    expect_pointer(place, buffer);
    expect_untouched(buffer + size, 8);
    memcpy(&pointer, buffer + questions[_i].pointer, sizeof(pointer));
    if (questions[_i].pointer) expect_inside(buffer, size, pointer);

    bytes = 4096;
    expect_status(questions[_i].ask(&bytes, &place), STATUS_SUCCESS);
    expect_value(bytes, size);
}
END_TEST

START_TEST(a_buffer_that_is_too_small_stays_as_it_is)
{
    ULONG size = 0, bytes;
    UCHAR buffer[4096];
    void *place = buffer;

    questions[_i].ask(&size, NULL);
    mark(buffer, sizeof(buffer));
    bytes = size - 1;
    expect_status(questions[_i].ask(&bytes, &place), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, size);
    bytes = 0;
    expect_status(questions[_i].ask(&bytes, &place), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, size);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(an_answer_needs_a_size)
{
    void *block = NULL;

    expect_status(questions[_i].ask(NULL, &block), STATUS_INVALID_PARAMETER);
    expect_status(questions[_i].ask(NULL, NULL), STATUS_INVALID_PARAMETER);
    expect_pointer(block, NULL);
}
END_TEST

/* ---- registrations ---- */

static CRYPT_PROVIDER_REG *registration_of(const WCHAR *name, ULONG mode, ULONG interface_id)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    ULONG bytes;

    expect_status(BCryptQueryProviderRegistration(name, mode, interface_id, &bytes, &registration),
                  STATUS_SUCCESS);
    return registration;
}

START_TEST(a_registration_is_told_as_it_was_made)
{
    CRYPT_PROVIDER_REG *all = registration_of(TEST_MAKER, CRYPT_ANY, 0);
    const CRYPT_INTERFACE_REG *ciphers = all->pUM->rgpInterfaces[0];

    expect_value(all->cAliases, 1);
    expect_wide(all->rgpszAliases[0], TEST_ALIAS);
    expect_wide(all->pUM->pszImage, TEST_IMAGE);
    expect_wide(all->pKM->pszImage, TEST_DRIVER);
    expect_value(all->pUM->cInterfaces, 2);
    expect_value(all->pKM->cInterfaces, 1);
    expect_value(ciphers->dwInterface, CIPHERS);
    expect_value(ciphers->dwFlags, CRYPT_MIN_DEPENDENCIES);
    expect_value(ciphers->cFunctions, 2);
    expect_wide(ciphers->rgpszFunctions[0], TEST_FUNCTION);
    expect_wide(ciphers->rgpszFunctions[1], TEST_SECOND);
    expect_value(all->pUM->rgpInterfaces[1]->dwInterface, BCRYPT_HASH_INTERFACE);
    BCryptFreeBuffer(all);
}
END_TEST

static const struct
{
    bool user, kernel;                          /* that are registered */
    ULONG mode, interface_id;
    NTSTATUS status;
    bool tells_user, tells_kernel;
} modes[] =
{
    { true,  true,  CRYPT_UM,  0, STATUS_SUCCESS,   true,  false },
    { true,  true,  CRYPT_KM,  0, STATUS_SUCCESS,   false, true },
    { true,  true,  CRYPT_MM,  0, STATUS_SUCCESS,   true,  true },
    { true,  true,  CRYPT_ANY, 0, STATUS_SUCCESS,   true,  true },
    { true,  false, CRYPT_UM,  0, STATUS_SUCCESS,   true,  false },
    { true,  false, CRYPT_KM,  0, STATUS_NOT_FOUND, false, false },
    { true,  false, CRYPT_MM,  0, STATUS_NOT_FOUND, false, false },
    { true,  false, CRYPT_ANY, 0, STATUS_SUCCESS,   true,  false },
    { false, true,  CRYPT_UM,  0, STATUS_NOT_FOUND, false, false },
    { false, true,  CRYPT_MM,  0, STATUS_NOT_FOUND, false, false },
    { false, true,  CRYPT_ANY, 0, STATUS_SUCCESS,   false, true },
    { true,  true,  CRYPT_UM,  1, STATUS_SUCCESS,   true,  false },
    { true,  true,  CRYPT_ANY, 2, STATUS_SUCCESS,   true,  false },
    { true,  true,  CRYPT_MM,  2, STATUS_NOT_FOUND, false, false },
    { true,  true,  CRYPT_ANY, 3, STATUS_NOT_FOUND, false, false },
    { true,  true,  0,         0, STATUS_INVALID_PARAMETER, false, false },
    { true,  true,  5,         0, STATUS_INVALID_PARAMETER, false, false },
};

START_TEST(a_mode_and_an_interface_choose_of_a_registration)
{
    CRYPT_PROVIDER_REG none = { 0, NULL, NULL, NULL }, *told = &none;
    ULONG bytes = sizeof(none);

    expect_status(register_maker(TEST_OTHER, NULL, modes[_i].user, modes[_i].kernel),
                  STATUS_SUCCESS);
    told = NULL;
    expect_status(BCryptQueryProviderRegistration(TEST_OTHER, modes[_i].mode,
                                                  modes[_i].interface_id, &bytes, &told),
                  modes[_i].status);
    if (!told) told = &none;
    expect_true((told->pUM != NULL) == modes[_i].tells_user);
    expect_true((told->pKM != NULL) == modes[_i].tells_kernel);
    if (told != &none) BCryptFreeBuffer(told);
}
END_TEST

/* As it is registered and unregistered: the registry does not tell letters of both cases apart. */
START_TEST(a_provider_is_told_of_by_its_name_in_letters_of_the_other_case)
{
    CRYPT_PROVIDER_REG *registration = registration_of(L"OPENCNG TEST MAKER", CRYPT_UM, 0);

    expect_wide(registration->pUM->pszImage, TEST_IMAGE);
    BCryptFreeBuffer(registration);
}
END_TEST

START_TEST(a_provider_with_an_accent_is_told_of_in_the_other_case)
{
    CRYPT_PROVIDER_REG *registration = NULL;
    NTSTATUS status;
    ULONG bytes;

    expect_status(register_maker(L"OpenCNG test caf\u00e9", NULL, true, false), STATUS_SUCCESS);
    status = BCryptQueryProviderRegistration(L"OpenCNG test caf\u00c9", CRYPT_UM, 0, &bytes,
                                             &registration);
    expect_status(BCryptUnregisterProvider(L"OpenCNG test caf\u00c9"), STATUS_SUCCESS);
    expect_status(status, STATUS_SUCCESS);
    expect_wide(registration->pUM->pszImage, TEST_IMAGE);
    BCryptFreeBuffer(registration);
}
END_TEST

START_TEST(a_provider_is_told_of_by_its_alias)
{
    CRYPT_PROVIDER_REG *registration = registration_of(TEST_ALIAS, CRYPT_UM, 0);

    expect_wide(registration->pUM->pszImage, TEST_IMAGE);
    BCryptFreeBuffer(registration);
}
END_TEST

START_TEST(aliases_in_a_circle_end_at_the_providers_that_have_the_names)
{
    CRYPT_PROVIDER_REG *registration;

    expect_status(register_maker(TEST_MAKER, TEST_OTHER, true, false), STATUS_SUCCESS);
    expect_status(register_maker(TEST_OTHER, TEST_MAKER, false, true), STATUS_SUCCESS);
    registration = registration_of(TEST_MAKER, CRYPT_ANY, 0);
    expect_true(registration->pUM && !registration->pKM);
    BCryptFreeBuffer(registration);
    registration = registration_of(TEST_OTHER, CRYPT_ANY, 0);
    expect_true(!registration->pUM && registration->pKM);
    BCryptFreeBuffer(registration);
}
END_TEST

START_TEST(a_registration_that_is_overwritten_is_another)
{
    CRYPT_PROVIDER_REG *registration;

    expect_status(register_maker(TEST_MAKER, NULL, false, true), STATUS_SUCCESS);
    registration = registration_of(TEST_MAKER, CRYPT_ANY, 0);
    expect_value(registration->cAliases, 0);
    expect_pointer(registration->pUM, NULL);
    BCryptFreeBuffer(registration);
}
END_TEST

static const char *registered(void)
{
    CRYPT_PROVIDERS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumRegisteredProviders(&bytes, &list);

    return names_of(status, list);
}

START_TEST(registered_providers_are_listed_behind_those_of_windows)
{
    static const char windows[] = "Microsoft Primitive Provider "
        "Microsoft Software Key Storage Provider Microsoft Smart Card Key Storage Provider "
        "Microsoft Platform Crypto Provider Microsoft Passport Key Storage Provider "
        "Microsoft SSL Protocol Provider ";

    expect_true(!strncmp(registered(), windows, sizeof(windows) - 1));
    expect_true(strstr(registered(), "OpenCNG test maker") != NULL);
    expect_status(BCryptUnregisterProvider(TEST_MAKER), STATUS_SUCCESS);
    expect_true(!strstr(registered(), "OpenCNG test maker"));
}
END_TEST

START_TEST(what_windows_has_is_not_unregistered)
{
    CRYPT_PROVIDER_REG registration = { 0, NULL, NULL, NULL };
    CRYPT_IMAGE_REG image = { (WCHAR *)(uintptr_t)TEST_IMAGE, 0, NULL };

    registration.pUM = &image;
    expect_status(BCryptUnregisterProvider(MS_PRIMITIVE_PROVIDER), STATUS_ACCESS_DENIED);
    expect_status(BCryptRegisterProvider(MS_PRIMITIVE_PROVIDER, CRYPT_OVERWRITE, &registration),
                  STATUS_OBJECT_NAME_COLLISION);
    expect_status(BCryptRegisterProvider(L"Microsoft SSL Protocol Provider", 0, &registration),
                  STATUS_OBJECT_NAME_COLLISION);
}
END_TEST

START_TEST(a_registration_is_asked_for_by_name)
{
    ULONG bytes = 0;

    expect_status(BCryptQueryProviderRegistration(NULL, CRYPT_ANY, 0, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryProviderRegistration(L"", CRYPT_ANY, 0, &bytes, NULL),
                  STATUS_NOT_FOUND);
    expect_status(BCryptQueryProviderRegistration(L"A\\B", CRYPT_ANY, 0, &bytes, NULL),
                  STATUS_NOT_FOUND);
}
END_TEST

static NTSTATUS register_interfaces(ULONG count, ULONG last)
{
    CRYPT_INTERFACE_REG interfaces[65];
    PCRYPT_INTERFACE_REG list[65];
    CRYPT_IMAGE_REG image = { (WCHAR *)(uintptr_t)TEST_IMAGE, count, list };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &image, NULL };
    ULONG i;

    for (i = 0; i < count; i++)
    {
        interfaces[i] = (CRYPT_INTERFACE_REG){ i + 1 < count ? i + 1 : last, 0, 0, NULL };
        list[i] = &interfaces[i];
    }
    return BCryptRegisterProvider(TEST_OTHER, CRYPT_OVERWRITE, &registration);
}

START_TEST(an_image_has_an_interface_once)
{
    expect_status(register_interfaces(3, 1), STATUS_INVALID_PARAMETER);
    expect_status(register_interfaces(3, 2), STATUS_INVALID_PARAMETER);
    expect_status(register_interfaces(3, 3), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_image_has_at_most_64_interfaces)
{
    CRYPT_PROVIDER_REG *registration;

    expect_status(register_interfaces(65, 65), STATUS_INVALID_PARAMETER);
    expect_status(register_interfaces(64, 64), STATUS_SUCCESS);
    registration = registration_of(TEST_OTHER, CRYPT_UM, 0);
    expect_value(registration->pUM->cInterfaces, 64);
    BCryptFreeBuffer(registration);
}
END_TEST

/* ---- who serves ---- */

/* "function provider" of each answer, joined by commas. */
static const char *resolved(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                            const WCHAR *provider, ULONG mode, ULONG flags)
{
    static char text[8192];
    CRYPT_PROVIDER_REFS *refs = NULL;
    const WCHAR *names[2];
    char *at = text;
    ULONG bytes, i, j;
    NTSTATUS status = BCryptResolveProviders(context, interface_id, function, provider, mode,
                                             flags, &bytes, &refs);

    if (status == STATUS_NOT_FOUND) return "(not found)";
    expect_status(status, STATUS_SUCCESS);
    for (i = 0; i < refs->cProviders; i++)
    {
        names[0] = refs->rgpProviders[i]->pszFunction;
        names[1] = refs->rgpProviders[i]->pszProvider;
        if (i) *at++ = ',';
        for (j = 0; names[0][j]; j++) *at++ = (char)names[0][j];
        *at++ = ' ';
        for (j = 0; names[1][j]; j++) *at++ = (char)names[1][j];
    }
    *at = 0;
    BCryptFreeBuffer(refs);
    return text;
}

#define MAKER "OpenCNG test maker"
#define OTHER "OpenCNG test other"
#define BOTH (CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS)

static void serve(ULONG table, const WCHAR *function, const WCHAR *provider)
{
    expect_status(BCryptAddContextFunctionProvider(table, TEST_CONTEXT, CIPHERS, function,
                                                   provider, CRYPT_PRIORITY_BOTTOM),
                  STATUS_SUCCESS);
}

/* Two functions, both served by two providers; the second in user mode only. */
static void resolve_setup(void)
{
    answer_setup();
    expect_status(register_maker(TEST_OTHER, NULL, true, false), STATUS_SUCCESS);
    serve(CRYPT_LOCAL, TEST_FUNCTION, TEST_OTHER);
    serve(CRYPT_LOCAL, TEST_SECOND, TEST_OTHER);
    serve(CRYPT_LOCAL, TEST_SECOND, TEST_MAKER);
}

static const struct
{
    const WCHAR *function, *provider;
    ULONG mode, flags;
    const char *expected;
} resolutions[] =
{
    { NULL, NULL, CRYPT_UM, 0, "OPENCNG-TEST " MAKER },
    { L"", L"", CRYPT_UM, 0, "OPENCNG-TEST " MAKER },
    { NULL, NULL, CRYPT_UM, CRYPT_ALL_PROVIDERS, "OPENCNG-TEST " MAKER ",OPENCNG-TEST " OTHER },
    { TEST_SECOND, NULL, CRYPT_UM, 0, "OPENCNG-TEST-2 " OTHER },
    { TEST_SECOND, NULL, CRYPT_KM, 0, "OPENCNG-TEST-2 " MAKER },
    { TEST_SECOND, NULL, CRYPT_MM, BOTH, "OPENCNG-TEST-2 " MAKER },
    { TEST_SECOND, TEST_MAKER, CRYPT_UM, 0, "OPENCNG-TEST-2 " MAKER },
    { TEST_SECOND, TEST_ALIAS, CRYPT_UM, 0, "OPENCNG-TEST-2 " MAKER },
    { NULL, TEST_OTHER, CRYPT_UM, 0, "OPENCNG-TEST " OTHER },
    { NULL, TEST_OTHER, CRYPT_KM, BOTH, "(not found)" },
    { NULL, L"Nobody", CRYPT_UM, BOTH, "(not found)" },
};

START_TEST(providers_are_resolved_in_their_order)
{
    expect_text(resolved(TEST_CONTEXT, CIPHERS, resolutions[_i].function, resolutions[_i].provider,
                         resolutions[_i].mode, resolutions[_i].flags), resolutions[_i].expected);
}
END_TEST

static const struct
{
    ULONG flags;
    const char *expected;
} of_all_functions[] =
{
    { CRYPT_ALL_FUNCTIONS, "OPENCNG-TEST " MAKER ",OPENCNG-TEST-2 " OTHER ",AES " },
    { BOTH, "OPENCNG-TEST " MAKER ",OPENCNG-TEST " OTHER ",OPENCNG-TEST-2 " OTHER
      ",OPENCNG-TEST-2 " MAKER ",AES " },
};

START_TEST(the_default_contexts_functions_come_last)
{
    const char *expected = of_all_functions[_i].expected;

    expect_true(!strncmp(resolved(TEST_CONTEXT, CIPHERS, NULL, NULL, CRYPT_UM,
                                  of_all_functions[_i].flags), expected, strlen(expected)));
}
END_TEST

START_TEST(an_answer_has_images_flags_and_properties)
{
    CRYPT_PROVIDER_REFS *refs = NULL;
    const CRYPT_PROVIDER_REF *ref;
    ULONG bytes;

    expect_status(BCryptResolveProviders(TEST_CONTEXT, 0, TEST_FUNCTION, NULL, CRYPT_MM, 0, &bytes,
                                         &refs), STATUS_SUCCESS);
    expect_value(refs->cProviders, 1);
    ref = refs->rgpProviders[0];
    expect_value(ref->dwInterface, CIPHERS);
    expect_wide(ref->pUM->pszImage, TEST_IMAGE);
    expect_value(ref->pUM->dwFlags, CRYPT_MIN_DEPENDENCIES);
    expect_wide(ref->pKM->pszImage, TEST_DRIVER);
    expect_value(ref->cProperties, 1);
    expect_wide(ref->rgpProperties[0]->pszProperty, TEST_PROPERTY);
    expect_value(ref->rgpProperties[0]->cbValue, 13);
    expect_bytes(ref->rgpProperties[0]->pbValue, counting, 13);
    BCryptFreeBuffer(refs);

    refs = NULL;
    expect_status(BCryptResolveProviders(TEST_CONTEXT, 0, TEST_FUNCTION, NULL, CRYPT_KM, 0, &bytes,
                                         &refs), STATUS_SUCCESS);
    expect_pointer(refs->rgpProviders[0]->pUM, NULL);
    expect_wide(refs->rgpProviders[0]->pKM->pszImage, TEST_DRIVER);
    BCryptFreeBuffer(refs);
}
END_TEST

START_TEST(an_interface_is_inferred_from_the_function)
{
    CRYPT_PROVIDER_REFS *refs = NULL;
    ULONG bytes;

    expect_status(BCryptResolveProviders(L"", 0, L"RSA", NULL, CRYPT_UM, 0, &bytes, &refs),
                  STATUS_SUCCESS);
    expect_value(refs->rgpProviders[0]->dwInterface, BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE);
    expect_wide(refs->rgpProviders[0]->pszProvider, MS_PRIMITIVE_PROVIDER);
    expect_wide(refs->rgpProviders[0]->pUM->pszImage, L"bcryptprimitives.dll");
    BCryptFreeBuffer(refs);
    expect_text(resolved(NULL, 0, L"KEY_STORAGE", NULL, CRYPT_UM, 0),
                "KEY_STORAGE Microsoft Software Key Storage Provider");
}
END_TEST

START_TEST(the_default_context_serves_what_another_has_not)
{
    CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 };

    expect_text(resolved(TEST_CONTEXT, BCRYPT_HASH_INTERFACE, L"SHA256", NULL, CRYPT_UM, 0),
                "SHA256 Microsoft Primitive Provider");
    expect_text(resolved(TEST_CONTEXT, CIPHERS, L"AES", NULL, CRYPT_UM, 0),
                "AES Microsoft Primitive Provider");
    expect_status(BCryptConfigureContext(CRYPT_LOCAL, TEST_CONTEXT, &exclusive), STATUS_SUCCESS);
    expect_text(resolved(TEST_CONTEXT, BCRYPT_HASH_INTERFACE, L"SHA256", NULL, CRYPT_UM, 0),
                "(not found)");
    expect_text(resolved(TEST_CONTEXT, CIPHERS, L"AES", NULL, CRYPT_UM, 0),
                "AES Microsoft Primitive Provider");
    expect_text(resolved(L"No such context", CIPHERS, L"AES", NULL, CRYPT_UM, 0), "(not found)");
}
END_TEST

/* The domain's table has the first function with the other provider, and one of its own. */
static void make_policy(ULONG flags)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };
    CRYPT_CONTEXT_FUNCTION_CONFIG none = { 0, 0 };

    expect_status(BCryptCreateContext(CRYPT_DOMAIN, TEST_CONTEXT, &config), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(CRYPT_DOMAIN, TEST_CONTEXT, CIPHERS, TEST_FUNCTION, 0),
                  STATUS_SUCCESS);
    serve(CRYPT_DOMAIN, TEST_FUNCTION, TEST_OTHER);
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &none), STATUS_SUCCESS);
}

START_TEST(the_local_table_comes_first)
{
    make_policy(0);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, TEST_FUNCTION, NULL, CRYPT_UM, BOTH),
                "OPENCNG-TEST " MAKER ",OPENCNG-TEST " OTHER);
}
END_TEST

START_TEST(a_policy_that_overrides_comes_first)
{
    make_policy(CRYPT_OVERRIDE);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, TEST_FUNCTION, NULL, CRYPT_UM, BOTH),
                "OPENCNG-TEST " OTHER ",OPENCNG-TEST " MAKER);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, TEST_SECOND, NULL, CRYPT_UM, 0),
                "OPENCNG-TEST-2 " OTHER);
}
END_TEST

START_TEST(a_policy_that_overrides_and_excludes_stands_alone)
{
    make_policy(CRYPT_OVERRIDE | CRYPT_EXCLUSIVE);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, NULL, NULL, CRYPT_UM, CRYPT_ALL_PROVIDERS),
                "OPENCNG-TEST " OTHER);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, TEST_SECOND, NULL, CRYPT_UM, 0), "(not found)");
}
END_TEST

START_TEST(an_exclusive_function_has_its_own_providers_only)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 };

    make_policy(CRYPT_OVERRIDE);
    expect_status(BCryptConfigureContextFunction(CRYPT_DOMAIN, TEST_CONTEXT, CIPHERS,
                                                 TEST_FUNCTION, &exclusive), STATUS_SUCCESS);
    expect_text(resolved(TEST_CONTEXT, CIPHERS, TEST_FUNCTION, NULL, CRYPT_UM, BOTH),
                "OPENCNG-TEST " OTHER);
}
END_TEST

START_TEST(resolving_refuses_wrong_arguments)
{
    ULONG bytes = 0;

    expect_status(BCryptResolveProviders(NULL, 0, NULL, NULL, CRYPT_UM, 0, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptResolveProviders(NULL, 1, L"AES", NULL, 0, 0, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptResolveProviders(NULL, 1, L"AES", NULL, CRYPT_ANY, 0, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptResolveProviders(NULL, 1, L"AES", NULL, CRYPT_UM, 4, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptResolveProviders(NULL, 1, L"AES", NULL, CRYPT_UM, 0, NULL, NULL),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

void registration_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, the_size_of_what_serves_the_generator_is_a_success);
    add_test(tests, the_primitive_provider_is_registered);
    add_test(tests, the_primitive_provider_tells_its_image);
    add_test(tests, nobody_is_found_where_nobody_is);

    tests = ours(suite);
    tcase_add_checked_fixture(tests, answer_setup, config_teardown);
    add_rows(tests, an_answer_says_its_size, questions);
    add_rows(tests, an_answer_is_one_block, questions);
    add_rows(tests, an_answer_fits_a_buffer_of_its_size, questions);
    add_rows(tests, a_buffer_that_is_too_small_stays_as_it_is, questions);
    add_rows(tests, an_answer_needs_a_size, questions);
    add_test(tests, a_registration_is_told_as_it_was_made);
    add_rows(tests, a_mode_and_an_interface_choose_of_a_registration, modes);
    add_test(tests, a_provider_is_told_of_by_its_name_in_letters_of_the_other_case);
    add_test(tests, a_provider_with_an_accent_is_told_of_in_the_other_case);
    add_test(tests, a_provider_is_told_of_by_its_alias);
    add_test(tests, aliases_in_a_circle_end_at_the_providers_that_have_the_names);
    add_test(tests, a_registration_that_is_overwritten_is_another);
    add_test(tests, registered_providers_are_listed_behind_those_of_windows);
    add_test(tests, what_windows_has_is_not_unregistered);
    add_test(tests, a_registration_is_asked_for_by_name);
    add_test(tests, an_image_has_an_interface_once);
    add_test(tests, an_image_has_at_most_64_interfaces);

    tests = ours(suite);
    tcase_add_checked_fixture(tests, resolve_setup, config_teardown);
    add_rows(tests, providers_are_resolved_in_their_order, resolutions);
    add_rows(tests, the_default_contexts_functions_come_last, of_all_functions);
    add_test(tests, an_answer_has_images_flags_and_properties);
    add_test(tests, an_interface_is_inferred_from_the_function);
    add_test(tests, the_default_context_serves_what_another_has_not);
    add_test(tests, the_local_table_comes_first);
    add_test(tests, a_policy_that_overrides_comes_first);
    add_test(tests, a_policy_that_overrides_and_excludes_stands_alone);
    add_test(tests, an_exclusive_function_has_its_own_providers_only);
    add_test(tests, resolving_refuses_wrong_arguments);
}
