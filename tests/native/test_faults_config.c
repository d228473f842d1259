/*
 * test_faults_config.c - everything that can fail fails in turn: the configuration.
 *
 * What a change that fails halfway leaves is for test_config_faults.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "fault.h"

#include "bcrypt_provider.h"
#include "native.h"
#include "router/providers.h"

#define NAME     L"A Provider"
#define FUNCTION L"A-FUNCTION"
#define CONTEXT  L"A Context"

static WCHAR alias[] = L"An Alias", user_image[] = L"user.dll", kernel_image[] = L"kernel.sys";
static WCHAR aes[] = L"AES", function[] = FUNCTION, sha[] = L"SHA256";
static PWSTR aliases[] = { alias }, ciphers[] = { function, aes }, hashes[] = { sha };
static CRYPT_INTERFACE_REG cipher = { BCRYPT_CIPHER_INTERFACE, 0, 2, ciphers };
static CRYPT_INTERFACE_REG hash = { BCRYPT_HASH_INTERFACE, 0, 1, hashes };
static PCRYPT_INTERFACE_REG both[] = { &cipher, &hash }, one[] = { &hash };
static CRYPT_IMAGE_REG whole = { user_image, 2, both }, kernel = { kernel_image, 1, one };
static CRYPT_PROVIDER_REG registration = { 1, aliases, &whole, &kernel };
static CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 };
static CRYPT_CONTEXT_FUNCTION_CONFIG function_exclusive = { CRYPT_EXCLUSIVE, 0 };
static UCHAR value[] = { 1, 2, 3, 4, 5 };

/* ---- changes: what is in parentheses stands before them ---- */

#define CHANGE(name, call) \
    static NTSTATUS name(struct scene *scene) { (void)scene; return call; }
#define OF_FUNCTION CRYPT_LOCAL, CONTEXT, BCRYPT_CIPHER_INTERFACE, FUNCTION

CHANGE(register_provider, BCryptRegisterProvider(NAME, CRYPT_OVERWRITE, &registration))
CHANGE(unregister_provider, BCryptUnregisterProvider(NAME))
CHANGE(create_context, BCryptCreateContext(CRYPT_LOCAL, CONTEXT, &exclusive))
CHANGE(delete_context, BCryptDeleteContext(CRYPT_LOCAL, CONTEXT))
CHANGE(configure_context, BCryptConfigureContext(CRYPT_LOCAL, CONTEXT, &exclusive))
CHANGE(add_function, BCryptAddContextFunction(OF_FUNCTION, CRYPT_PRIORITY_BOTTOM))
CHANGE(remove_function, BCryptRemoveContextFunction(OF_FUNCTION))
CHANGE(configure_function, BCryptConfigureContextFunction(OF_FUNCTION, &function_exclusive))
CHANGE(add_provider, BCryptAddContextFunctionProvider(OF_FUNCTION, NAME, CRYPT_PRIORITY_TOP))
CHANGE(remove_provider, BCryptRemoveContextFunctionProvider(OF_FUNCTION, NAME))
CHANGE(set_property, BCryptSetContextFunctionProperty(OF_FUNCTION, FAULT_PROPERTY, sizeof(value),
                                                      value))
CHANGE(unset_property, BCryptSetContextFunctionProperty(OF_FUNCTION, FAULT_PROPERTY, 0, NULL))
CHANGE(add_to_default, BCryptAddContextFunction(CRYPT_LOCAL, NULL, BCRYPT_CIPHER_INTERFACE,
                                                FUNCTION, CRYPT_PRIORITY_TOP))
CHANGE(set_auditing, BCryptSetAuditingInterface(NULL))

static void have_provider(struct scene *scene)
{
    fault_must(register_provider(scene));
}

static void have_context(struct scene *scene)
{
    fault_must(create_context(scene));
}

static void have_function(struct scene *scene)
{
    have_context(scene);
    fault_must(add_function(scene));
}

static void have_all(struct scene *scene)
{
    have_provider(scene);
    have_function(scene);
    fault_must(add_provider(scene));
    fault_must(set_property(scene));
    fault_must(configure_function(scene));
}

#define CHANGED(name, before, run) { name, before, run, NOTHING, WRITES_CONFIG }

static const struct call changes[] =
{
    CHANGED("BCryptRegisterProvider", NULL, register_provider),
    CHANGED("BCryptRegisterProvider (again)", have_provider, register_provider),
    CHANGED("BCryptUnregisterProvider", have_provider, unregister_provider),
    CHANGED("BCryptCreateContext", NULL, create_context),
    CHANGED("BCryptDeleteContext", have_all, delete_context),
    CHANGED("BCryptConfigureContext", have_context, configure_context),
    CHANGED("BCryptAddContextFunction", have_context, add_function),
    CHANGED("BCryptAddContextFunction (default)", NULL, add_to_default),
    CHANGED("BCryptRemoveContextFunction", have_all, remove_function),
    CHANGED("BCryptConfigureContextFunction", have_function, configure_function),
    CHANGED("BCryptAddContextFunctionProvider", have_function, add_provider),
    CHANGED("BCryptRemoveContextFunctionProvider", have_all, remove_provider),
    CHANGED("BCryptSetContextFunctionProperty", have_function, set_property),
    CHANGED("BCryptSetContextFunctionProperty (0)", have_all, unset_property),
    { "BCryptSetAuditingInterface", NULL, set_auditing, NOTHING, NEVER_FAILS },
};

START_TEST(changes_of_the_configuration_survive)
{
    static const struct subject none;

    try_call(&none, &changes[_i]);
}
END_TEST

/* ---- questions ---- */

#define QUESTION(name, type, call) \
    static NTSTATUS name(struct scene *scene) \
    { \
        type answer = NULL; \
        NTSTATUS status = call; \
        if (status) return status; \
        scene->made = answer; \
        memcpy(scene->output, answer, sizeof(ULONG));   /* a count, or flags */ \
        return status; \
    }
#define ANSWER &scene->result, &answer

QUESTION(enum_contexts, PCRYPT_CONTEXTS, BCryptEnumContexts(CRYPT_LOCAL, ANSWER))
QUESTION(query_context, PCRYPT_CONTEXT_CONFIG,
         BCryptQueryContextConfiguration(CRYPT_LOCAL, CONTEXT, ANSWER))
QUESTION(enum_functions, PCRYPT_CONTEXT_FUNCTIONS,
         BCryptEnumContextFunctions(CRYPT_LOCAL, CONTEXT, BCRYPT_CIPHER_INTERFACE, ANSWER))
QUESTION(query_function, PCRYPT_CONTEXT_FUNCTION_CONFIG,
         BCryptQueryContextFunctionConfiguration(OF_FUNCTION, ANSWER))
QUESTION(enum_function_providers, PCRYPT_CONTEXT_FUNCTION_PROVIDERS,
         BCryptEnumContextFunctionProviders(OF_FUNCTION, ANSWER))
QUESTION(query_property, PUCHAR,
         BCryptQueryContextFunctionProperty(OF_FUNCTION, FAULT_PROPERTY, ANSWER))
QUESTION(enum_registered, PCRYPT_PROVIDERS, BCryptEnumRegisteredProviders(ANSWER))
QUESTION(query_registration, PCRYPT_PROVIDER_REG,
         BCryptQueryProviderRegistration(NAME, CRYPT_MM, 0, ANSWER))
QUESTION(resolve, PCRYPT_PROVIDER_REFS,
         BCryptResolveProviders(NULL, BCRYPT_CIPHER_INTERFACE, NULL, NULL, CRYPT_UM, 0, ANSWER))

/* As in a process that begins: the registry is read anew. */
static void have_all_unread(struct scene *scene)
{
    have_all(scene);
    providers_changed();
}

static NTSTATUS open_algorithm(struct scene *scene)
{
    return BCryptOpenAlgorithmProvider(&scene->made, BCRYPT_AES_ALGORITHM, NULL, 0);
}

static NTSTATUS register_event(struct scene *scene)
{
    return BCryptRegisterConfigChangeNotify(&scene->made);
}

static void have_event(struct scene *scene)
{
    HANDLE event;

    fault_must(BCryptRegisterConfigChangeNotify(&event));
    memcpy(scene->input, &event, sizeof(event));
}

static NTSTATUS unregister_event(struct scene *scene)
{
    HANDLE event;

    memcpy(&event, scene->input, sizeof(event));
    return BCryptUnregisterConfigChangeNotify(event);
}

#define ASKED(name, before, run) { name, before, run, A_BUFFER, READS_CONFIG }

static const struct call questions[] =
{
    ASKED("BCryptEnumContexts", have_all, enum_contexts),
    ASKED("BCryptQueryContextConfiguration", have_all, query_context),
    ASKED("BCryptEnumContextFunctions", have_all, enum_functions),
    ASKED("BCryptQueryContextFunctionConfiguration", have_all, query_function),
    ASKED("BCryptEnumContextFunctionProviders", have_all, enum_function_providers),
    ASKED("BCryptQueryContextFunctionProperty", have_all, query_property),
    ASKED("BCryptEnumRegisteredProviders", have_all, enum_registered),
    ASKED("BCryptQueryProviderRegistration", have_all, query_registration),
    ASKED("BCryptResolveProviders", have_all, resolve),
    { "BCryptOpenAlgorithmProvider (first)", have_all_unread, open_algorithm, AN_ALGORITHM,
      READS_CONFIG },
    { "BCryptRegisterConfigChangeNotify", have_all, register_event, AN_EVENT, READS_CONFIG },
    { "BCryptUnregisterConfigChangeNotify", have_event, unregister_event, NOTHING, NEVER_FAILS },
};

START_TEST(questions_about_the_configuration_survive)
{
    static const struct subject none;

    try_call(&none, &questions[_i]);
}
END_TEST

void add_config_tests(TCase *tests)
{
    tcase_add_loop_test(tests, changes_of_the_configuration_survive, 0, ARRAY_SIZE(changes));
    tcase_add_loop_test(tests, questions_about_the_configuration_survive, 0,
                        ARRAY_SIZE(questions));
}
