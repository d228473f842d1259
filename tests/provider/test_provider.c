/*
 * test_provider.c - a provider of another maker, for the tests: it keeps count of its callers.
 *
 * Handles are the numbers of places in a table, so one that never was given is told from the
 * others; a fault is counted for it, and for everything else that bcrypt_provider.h promises.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef OPENCNG_NATIVE                           /* linked into one program with ours */
#define GetCipherInterface           test_GetCipherInterface
#define GetHashInterface             test_GetHashInterface
#define GetSignatureInterface        test_GetSignatureInterface
#define GetKeyEncapsulationInterface test_GetKeyEncapsulationInterface
#endif

#define WIN32_LEAN_AND_MEAN
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bcrypt.h"
#include "bcrypt_provider.h"
#include "test_provider.h"

#ifdef OPENCNG_NATIVE
#include <sys/mman.h>
#define EXPORTED
#else
#define EXPORTED __declspec(dllexport)
#endif

#define PLACES       1024
#define FIRST_HANDLE 0x1000
#define KEY_BYTES    16
#define DIGEST_BYTES 8
#define OBJECT_BYTES 64

enum kind { ALGORITHM = 1, KEY, PAIR, HASH };

static struct place
{
    _Atomic int kind;                           /* 0: free */
    _Atomic int busy;                           /* calls on a hash must not overlap */
    struct place *algorithm;
    LPCWSTR id;                                 /* of an algorithm */
    ULONG flags;
    bool finalized;
    UCHAR secret[KEY_BYTES];
    ULONG secret_bytes;
    ULONGLONG sum;
    _Atomic int children;
} places[PLACES];

static _Atomic int live, faults;

EXPORTED int test_provider_live(void)
{
    return live;
}

EXPORTED int test_provider_faults(void)
{
    return faults;
}

static void fault_if(bool condition)
{
    if (condition) faults++;
}

static void *make(enum kind kind, struct place *algorithm)
{
    int i, expected;

    for (i = 0; i < PLACES; i++)
    {
        expected = 0;
        if (!atomic_compare_exchange_strong(&places[i].kind, &expected, (int)kind)) continue;
        places[i].algorithm = algorithm;
        places[i].flags = 0;
        places[i].finalized = false;
        places[i].sum = 0;
        places[i].secret_bytes = 0;
        if (algorithm) algorithm->children++;
        live++;
        return (void *)(uintptr_t)(FIRST_HANDLE + 16 * i);
    }
    return NULL;
}

/* What a handle of ours stands for; the router brings no other. */
static struct place *place_of(void *handle, enum kind kind)
{
    uintptr_t number = ((uintptr_t)handle - FIRST_HANDLE) / 16;

    if ((uintptr_t)handle < FIRST_HANDLE || (uintptr_t)handle % 16 || number >= PLACES ||
        (kind && places[number].kind != (int)kind) || !places[number].kind)
    {
        faults++;
        return NULL;
    }
    return &places[number];
}

static NTSTATUS end(void *handle, enum kind kind)
{
    struct place *place = place_of(handle, kind);

    if (!place) return STATUS_INVALID_HANDLE;
    fault_if(place->children);                  /* an algorithm outlives what was made of it */
    if (place->algorithm) place->algorithm->children--;
    memset(place->secret, 0, sizeof(place->secret));
    live--;
    place->kind = 0;
    return STATUS_SUCCESS;
}

static bool is(const struct place *algorithm, LPCWSTR id)
{
    return !wcscmp(algorithm->id, id);
}

/* ---- algorithms ---- */

static LPCWSTR const known[] =
{
    TEST_CIPHERS, TEST_HASHES, TEST_SIGNATURES, TEST_KEMS, L"AES",
    TEST_RULES(SUM_HASH), TEST_RULES(SUM_SIGN), TEST_RULES(XOR_KEM),
};

static NTSTATUS WINAPI open_algorithm(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                      ULONG dwFlags)
{
    size_t i;

    fault_if(!phAlgorithm || !pszAlgId);
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
    {
        if (wcscmp(known[i], pszAlgId)) continue;
        if (!(*phAlgorithm = make(ALGORITHM, NULL))) return STATUS_NO_MEMORY;
        place_of(*phAlgorithm, ALGORITHM)->id = known[i];
        place_of(*phAlgorithm, ALGORITHM)->flags = dwFlags;
        return STATUS_SUCCESS;
    }
    return STATUS_NOT_FOUND;
}

static NTSTATUS WINAPI close_algorithm(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    fault_if(dwFlags != 0);
    return end(hAlgorithm, ALGORITHM);
}

static NTSTATUS WINAPI open_fails(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    (void)pszAlgId, (void)dwFlags;
    *phAlgorithm = (void *)(uintptr_t)0xdead;
    return STATUS_DATA_ERROR;
}

static NTSTATUS WINAPI open_zero(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    (void)pszAlgId, (void)dwFlags;
    *phAlgorithm = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI open_odd(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    (void)pszAlgId, (void)dwFlags;
    *phAlgorithm = (void *)(uintptr_t)0xdead;
    return 0x103;                               /* STATUS_PENDING: no error, and no success */
}

static NTSTATUS WINAPI get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                    ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct place *place = place_of(hObject, 0), *algorithm;
    ULONG value;

    (void)dwFlags;
    fault_if(!pszProperty || !pcbResult);
    if (!place) return STATUS_INVALID_HANDLE;
    algorithm = place->algorithm ? place->algorithm : place;

    if (!wcscmp(pszProperty, BCRYPT_OBJECT_LENGTH))
    {
        value = is(algorithm, SUM_LARGE) ? 5000
              : is(algorithm, XOR_SIZE_HUGE) ? 0xffffffff : OBJECT_BYTES;
    }
    else if (!wcscmp(pszProperty, BCRYPT_HASH_LENGTH)) value = DIGEST_BYTES;
    else return STATUS_NOT_SUPPORTED;

    *pcbResult = is(algorithm, XOR_SIZE_WRONG) ? 2 : sizeof(value);
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < *pcbResult) return STATUS_BUFFER_TOO_SMALL;
    memcpy(pbOutput, &value, *pcbResult);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    fault_if(!pszProperty || (cbInput && !pbInput));
    return place_of(hObject, 0) ? STATUS_NOT_SUPPORTED : STATUS_INVALID_HANDLE;
}

/* The object memory that was asked for is lent, and may be written to. */
static void use_object(const struct place *algorithm, PUCHAR object, ULONG bytes)
{
    ULONG wanted = is(algorithm, SUM_LARGE) ? 5000 : is(algorithm, XOR_SIZE_WRONG) ? 0
                 : OBJECT_BYTES;

    fault_if(bytes != wanted || !object != !wanted);
    if (object) memset(object, 0x5a, bytes);
}

/* ---- the cipher ---- */

static NTSTATUS WINAPI generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                    PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                    ULONG cbSecret, ULONG dwFlags)
{
    struct place *algorithm = place_of(hAlgorithm, ALGORITHM), *key;

    (void)dwFlags;
    fault_if(!phKey || (cbSecret && !pbSecret));
    if (!algorithm) return STATUS_INVALID_HANDLE;
    if (is(algorithm, XOR_KEY_FAILS))
    {
        *phKey = (void *)(uintptr_t)0xdead;
        return STATUS_DATA_ERROR;
    }
    if (is(algorithm, XOR_KEY_ZERO)) return STATUS_SUCCESS;
    if (!cbSecret || cbSecret > KEY_BYTES) return STATUS_INVALID_PARAMETER;
    use_object(algorithm, pbKeyObject, cbKeyObject);

    if (!(*phKey = make(KEY, algorithm))) return STATUS_NO_MEMORY;
    key = place_of(*phKey, KEY);
    memcpy(key->secret, pbSecret, cbSecret);
    key->secret_bytes = cbSecret;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI crypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                             VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                             ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct place *key = place_of(hKey, KEY);
    ULONG i;

    (void)pPaddingInfo, (void)pbIV, (void)cbIV, (void)dwFlags;
    fault_if(!pcbResult || (pbOutput && cbInput && !pbInput));
    if (!key) return STATUS_INVALID_HANDLE;
    *pcbResult = cbInput;
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < cbInput) return STATUS_BUFFER_TOO_SMALL;
    for (i = 0; i < cbInput; i++) pbOutput[i] = pbInput[i] ^ key->secret[i % key->secret_bytes];
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                     PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct place *key = place_of(hKey, KEY);

    fault_if(!phNewKey || dwFlags);
    if (!key) return STATUS_INVALID_HANDLE;
    return generate_key((void *)(uintptr_t)(FIRST_HANDLE + 16 * (key->algorithm - places)),
                        phNewKey, pbKeyObject, cbKeyObject, key->secret, key->secret_bytes, 0);
}

static NTSTATUS WINAPI destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    return end(hKey, KEY);
}

static const char no_code[] = "a string of characters, which is no function to be called";
#define NO_FUNCTION(type) ((type)(uintptr_t)no_code)

#define CIPHER(version, opening)                                                                   \
    {                                                                                              \
        .Version = version, .OpenAlgorithmProvider = opening, .GetProperty = get_property,         \
        .SetProperty = set_property, .CloseAlgorithmProvider = close_algorithm,                    \
        .GenerateKey = generate_key, .Encrypt = crypt, .Decrypt = crypt,                           \
        .DuplicateKey = duplicate_key, .DestroyKey = destroy_key,                                  \
    }

static BCRYPT_CIPHER_FUNCTION_TABLE cipher = CIPHER(BCRYPT_CIPHER_INTERFACE_VERSION_1,
                                                    open_algorithm);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_no_open = CIPHER(BCRYPT_CIPHER_INTERFACE_VERSION_1,
                                                            NULL);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_old = CIPHER(BCRYPT_MAKE_INTERFACE_VERSION(0, 9),
                                                        open_algorithm);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_new = CIPHER(BCRYPT_MAKE_INTERFACE_VERSION(7, 0),
                                                        open_algorithm);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_open_fails = CIPHER(BCRYPT_CIPHER_INTERFACE_VERSION_1,
                                                               open_fails);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_open_zero = CIPHER(BCRYPT_CIPHER_INTERFACE_VERSION_1,
                                                              open_zero);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_open_odd = CIPHER(BCRYPT_CIPHER_INTERFACE_VERSION_1,
                                                             open_odd);
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_nulls =
{
    .Version                = BCRYPT_CIPHER_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = open_algorithm,
    .CloseAlgorithmProvider = close_algorithm,
};
static BCRYPT_CIPHER_FUNCTION_TABLE cipher_short =
{
    .Version                = BCRYPT_CIPHER_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = open_algorithm,
    .GetProperty            = get_property,
    .SetProperty            = set_property,
    .CloseAlgorithmProvider = close_algorithm,
    .GenerateKey            = generate_key,
    .Encrypt                = NO_FUNCTION(BCryptEncryptFn),
    .Decrypt                = NO_FUNCTION(BCryptDecryptFn),
    .ImportKey              = NO_FUNCTION(BCryptImportKeyFn),
    .ExportKey              = NO_FUNCTION(BCryptExportKeyFn),
    .DuplicateKey           = NO_FUNCTION(BCryptDuplicateKeyFn),
    .DestroyKey             = destroy_key,
};

/* A page, and behind it one that is not there. */
static char *page_make(void)
{
    char *page;

#ifdef OPENCNG_NATIVE
    page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page + 4096, 4096, PROT_NONE);
#else
    page = VirtualAlloc(NULL, 8192, MEM_RESERVE, PAGE_NOACCESS);
    VirtualAlloc(page, 4096, MEM_COMMIT, PAGE_READWRITE);
#endif
    return page;
}

/* A table that ends with its page. */
static void *cut_table(void *_Atomic *made, const void *table, size_t bytes)
{
    if (!*made) *made = page_make() + 4096 - bytes;
    return memcpy(*made, table, bytes);
}

static const struct
{
    LPCWSTR id;
    BCRYPT_CIPHER_FUNCTION_TABLE *table;        /* NULL: the one of XOR_CIPHER */
} ciphers[] =
{
    { XOR_NULLS,      &cipher_nulls },
    { XOR_NO_OPEN,    &cipher_no_open },
    { XOR_OLD,        &cipher_old },
    { XOR_NEW,        &cipher_new },
    { XOR_SHORT,      &cipher_short },
    { XOR_WILD,       (void *)(uintptr_t)0x10 },
    { XOR_OPEN_FAILS, &cipher_open_fails },
    { XOR_OPEN_ZERO,  &cipher_open_zero },
    { XOR_OPEN_ODD,   &cipher_open_odd },
};

EXPORTED NTSTATUS WINAPI GetCipherInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                            BCRYPT_CIPHER_FUNCTION_TABLE **ppFunctionTable,
                                            ULONG dwFlags)
{
    static void *_Atomic cut;
    size_t i;

    fault_if(!pszProviderName || !pszAlgId || !ppFunctionTable || dwFlags);
    *ppFunctionTable = &cipher;
    if (!wcscmp(pszProviderName, TEST_PROVIDER_FAILING)) *ppFunctionTable = &cipher_open_fails;
    if (!wcscmp(pszAlgId, XOR_NO_TABLE)) *ppFunctionTable = NULL;
    if (!wcscmp(pszAlgId, XOR_CUT))
        *ppFunctionTable = cut_table(&cut, &cipher,
                                     offsetof(BCRYPT_CIPHER_FUNCTION_TABLE, ExportKey));
    for (i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++)
    {
        if (!wcscmp(ciphers[i].id, pszAlgId)) *ppFunctionTable = ciphers[i].table;
    }
    return wcscmp(pszAlgId, XOR_GET_FAILS) ? STATUS_SUCCESS : STATUS_DATA_ERROR;
}

/* ---- tables that break a rule, for any interface ---- */

struct table_head
{
    BCRYPT_INTERFACE_VERSION Version;
    BCryptOpenAlgorithmProviderFn OpenAlgorithmProvider;
    BCryptGetPropertyFn GetProperty;
    BCryptSetPropertyFn SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
};

static const struct
{
    LPCWSTR ending;
    BCRYPT_INTERFACE_VERSION version;
    BCryptOpenAlgorithmProviderFn open;
} heads[] =
{
    { RULE_NO_OPEN,    BCRYPT_MAKE_INTERFACE_VERSION(1, 0), NULL },
    { RULE_OLD,        BCRYPT_MAKE_INTERFACE_VERSION(0, 9), open_algorithm },
    { RULE_NEW,        BCRYPT_MAKE_INTERFACE_VERSION(7, 0), open_algorithm },
    { RULE_OPEN_FAILS, BCRYPT_MAKE_INTERFACE_VERSION(1, 0), open_fails },
    { RULE_OPEN_ZERO,  BCRYPT_MAKE_INTERFACE_VERSION(1, 0), open_zero },
    { RULE_OPEN_ODD,   BCRYPT_MAKE_INTERFACE_VERSION(1, 0), open_odd },
};
#define HEADS (sizeof(heads) / sizeof(heads[0]))

/* What an interface's broken tables are made of. They stay, as callers keep them. */
struct broken
{
    const void *table;
    size_t bytes;
    _Alignas(16) char tables[HEADS + 1][256];
    void *_Atomic cut;
};

static bool ends_in(LPCWSTR id, LPCWSTR ending)
{
    for (; *id; id++)
    {
        if (!wcscmp(id, ending)) return true;
    }
    return false;
}

/* What a Get*Interface function gives and answers for an algorithm. */
static NTSTATUS give(struct broken *broken, LPCWSTR id, void **table)
{
    struct table_head *head;
    size_t i;

    *table = (void *)(uintptr_t)broken->table;
    if (ends_in(id, RULE_NO_TABLE)) *table = NULL;
    if (ends_in(id, RULE_WILD)) *table = (void *)(uintptr_t)0x10;
    if (ends_in(id, RULE_CUT)) *table = cut_table(&broken->cut, broken->table, sizeof(*head));
    if (ends_in(id, RULE_NULLS))
    {
        head = (struct table_head *)(void *)broken->tables[HEADS];
        head->Version = ((const struct table_head *)broken->table)->Version;
        head->OpenAlgorithmProvider = open_algorithm;
        head->CloseAlgorithmProvider = close_algorithm;
        *table = head;
    }
    for (i = 0; i < HEADS; i++)
    {
        if (!ends_in(id, heads[i].ending)) continue;
        head = memcpy(broken->tables[i], broken->table, broken->bytes);
        head->Version = heads[i].version;
        head->OpenAlgorithmProvider = heads[i].open;
        *table = head;
    }
    return ends_in(id, RULE_GET_FAILS) ? STATUS_DATA_ERROR : STATUS_SUCCESS;
}

/* Whether an algorithm breaks a rule in making a hash or a pair, and how. */
static bool makes_none(const struct place *algorithm, void **handle, NTSTATUS *status)
{
    *status = ends_in(algorithm->id, RULE_MAKE_FAILS) ? STATUS_DATA_ERROR : STATUS_SUCCESS;
    if (*status) *handle = (void *)(uintptr_t)0xdead;
    return *status || ends_in(algorithm->id, RULE_MAKE_ZERO);
}

/* ---- the hash ---- */

static NTSTATUS WINAPI create_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                   PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                   ULONG cbSecret, ULONG dwFlags)
{
    struct place *algorithm = place_of(hAlgorithm, ALGORITHM);
    NTSTATUS status;

    (void)dwFlags;
    fault_if(!phHash || (cbSecret && !pbSecret));
    if (!algorithm) return STATUS_INVALID_HANDLE;
    if (is(algorithm, SUM_ZERO)) return STATUS_SUCCESS;
    if (makes_none(algorithm, phHash, &status)) return status;
    use_object(algorithm, pbHashObject, cbHashObject);
    return (*phHash = make(HASH, algorithm)) ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

static NTSTATUS WINAPI hash_data(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                                 ULONG dwFlags)
{
    struct place *hash = place_of(hHash, HASH);
    ULONG i;

    (void)dwFlags;
    fault_if(cbInput && !pbInput);
    if (!hash) return STATUS_INVALID_HANDLE;
    fault_if(hash->busy++ != 0);
    for (i = 0; i < cbInput; i++) hash->sum = hash->sum * 31 + pbInput[i] + 1;
    hash->busy--;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI finish_hash(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                   ULONG dwFlags)
{
    struct place *hash = place_of(hHash, HASH);

    (void)dwFlags;
    fault_if(!pbOutput);
    if (!hash) return STATUS_INVALID_HANDLE;
    if (cbOutput != DIGEST_BYTES) return STATUS_INVALID_PARAMETER;
    memcpy(pbOutput, &hash->sum, DIGEST_BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI duplicate_hash(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE *phNewHash,
                                      PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags)
{
    struct place *hash = place_of(hHash, HASH);

    fault_if(!phNewHash || dwFlags);
    if (!hash) return STATUS_INVALID_HANDLE;
    use_object(hash->algorithm, pbHashObject, cbHashObject);
    if (!(*phNewHash = make(HASH, hash->algorithm))) return STATUS_NO_MEMORY;
    place_of(*phNewHash, HASH)->sum = hash->sum;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI destroy_hash(BCRYPT_HASH_HANDLE hHash)
{
    return end(hHash, HASH);
}

/* Of version 1: what stands behind it, where version 2 has two functions more, is none of it. */
static struct
{
    struct
    {
        BCRYPT_INTERFACE_VERSION Version;
        BCryptOpenAlgorithmProviderFn OpenAlgorithmProvider;
        BCryptGetPropertyFn GetProperty;
        BCryptSetPropertyFn SetProperty;
        BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
        BCryptCreateHashFn CreateHash;
        BCryptHashDataFn HashData;
        BCryptFinishHashFn FinishHash;
        BCryptDuplicateHashFn DuplicateHash;
        BCryptDestroyHashFn DestroyHash;
    } table;
    BCryptDestroyHashFn behind[2];
} hash =
{
    {
        BCRYPT_HASH_INTERFACE_VERSION_1, open_algorithm, get_property, set_property,
        close_algorithm, create_hash, hash_data, finish_hash, duplicate_hash, destroy_hash,
    },
    { destroy_hash, destroy_hash },
};

EXPORTED NTSTATUS WINAPI GetHashInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                          BCRYPT_HASH_FUNCTION_TABLE **ppFunctionTable,
                                          ULONG dwFlags)
{
    static struct broken broken = { .table = &hash.table, .bytes = sizeof(hash.table) };

    fault_if(!pszProviderName || !pszAlgId || !ppFunctionTable || dwFlags);
    return give(&broken, pszAlgId, (void **)ppFunctionTable);
}

/* ---- pairs: the signature and the encapsulation ---- */

static NTSTATUS WINAPI generate_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                     ULONG dwLength, ULONG dwFlags)
{
    struct place *algorithm = place_of(hAlgorithm, ALGORITHM);
    NTSTATUS status;

    (void)dwLength, (void)dwFlags;
    fault_if(!phKey);
    if (!algorithm) return STATUS_INVALID_HANDLE;
    if (is(algorithm, SUM_SIGN_ZERO)) return STATUS_SUCCESS;
    if (makes_none(algorithm, phKey, &status)) return status;
    return (*phKey = make(PAIR, algorithm)) ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

static NTSTATUS WINAPI finalize_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct place *key = place_of(hKey, PAIR);

    (void)dwFlags;
    if (!key || key->finalized) return STATUS_INVALID_HANDLE;
    memset(key->secret, 0x37, sizeof(key->secret));
    key->secret_bytes = KEY_BYTES;
    key->finalized = true;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI import_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                   LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                   ULONG cbInput, ULONG dwFlags)
{
    struct place *key;
    NTSTATUS status;

    fault_if(!pszBlobType || !phKey || !pbInput || hImportKey);
    if (wcscmp(pszBlobType, BCRYPT_PRIVATE_KEY_BLOB)) return STATUS_NOT_SUPPORTED;
    if (cbInput != KEY_BYTES) return STATUS_INVALID_PARAMETER;
    if ((status = generate_pair(hAlgorithm, phKey, 0, dwFlags))) return status;
    key = place_of(*phKey, PAIR);
    memcpy(key->secret, pbInput, KEY_BYTES);
    key->secret_bytes = KEY_BYTES;
    key->finalized = true;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI export_pair(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                   LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                   ULONG *pcbResult, ULONG dwFlags)
{
    struct place *key = place_of(hKey, PAIR);

    fault_if(!pszBlobType || !pcbResult || hExportKey || dwFlags);
    if (!key || !key->finalized) return STATUS_INVALID_HANDLE;
    if (wcscmp(pszBlobType, BCRYPT_PRIVATE_KEY_BLOB)) return STATUS_NOT_SUPPORTED;
    *pcbResult = KEY_BYTES;
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;
    memcpy(pbOutput, key->secret, KEY_BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI destroy_pair(BCRYPT_KEY_HANDLE hKey)
{
    return end(hKey, PAIR);
}

static NTSTATUS WINAPI sign(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                            ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                            ULONG dwFlags)
{
    struct place *key = place_of(hKey, PAIR);
    ULONG i;

    (void)pPaddingInfo, (void)dwFlags;
    fault_if(!pcbResult || (pbOutput && cbInput && !pbInput));
    if (!key || !key->finalized) return STATUS_INVALID_HANDLE;
    *pcbResult = KEY_BYTES;
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;
    memcpy(pbOutput, key->secret, KEY_BYTES);
    for (i = 0; i < cbInput; i++) pbOutput[i % KEY_BYTES] ^= pbInput[i];
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI verify(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                              ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature, ULONG dwFlags)
{
    UCHAR expected[KEY_BYTES];
    NTSTATUS status;
    ULONG bytes;

    fault_if((cbHash && !pbHash) || (cbSignature && !pbSignature));
    status = sign(hKey, pPaddingInfo, pbHash, cbHash, expected, sizeof(expected), &bytes, dwFlags);
    if (status) return status;
    if (cbSignature != KEY_BYTES || memcmp(expected, pbSignature, KEY_BYTES))
        return STATUS_INVALID_SIGNATURE;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                   ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                   ULONG *pcbCipherText, ULONG dwFlags)
{
    struct place *key = place_of(hKey, PAIR);
    ULONG i;

    (void)dwFlags;
    fault_if(!pcbSecretKey || !pcbCipherText || !pbSecretKey != !pbCipherText);
    if (!key || !key->finalized) return STATUS_INVALID_HANDLE;
    *pcbSecretKey = *pcbCipherText = KEY_BYTES;
    if (!pbSecretKey) return STATUS_SUCCESS;
    if (cbSecretKey < KEY_BYTES || cbCipherText < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;
    for (i = 0; i < KEY_BYTES; i++)
    {
        pbSecretKey[i] = (UCHAR)i;
        pbCipherText[i] = (UCHAR)i ^ key->secret[i];
    }
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                   PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG *pcbSecretKey,
                                   ULONG dwFlags)
{
    struct place *key = place_of(hKey, PAIR);
    ULONG i;

    (void)dwFlags;
    fault_if(!pcbSecretKey);
    if (!key || !key->finalized) return STATUS_INVALID_HANDLE;
    *pcbSecretKey = KEY_BYTES;
    if (!pbSecretKey) return STATUS_SUCCESS;
    if (cbCipherText != KEY_BYTES) return STATUS_INVALID_BUFFER_SIZE;
    if (cbSecretKey < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;
    for (i = 0; i < KEY_BYTES; i++) pbSecretKey[i] = pbCipherText[i] ^ key->secret[i];
    return STATUS_SUCCESS;
}

static BCRYPT_SIGNATURE_FUNCTION_TABLE signature =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = open_algorithm,
    .GetProperty            = get_property,
    .SetProperty            = set_property,
    .CloseAlgorithmProvider = close_algorithm,
    .GenerateKeyPair        = generate_pair,
    .FinalizeKeyPair        = finalize_pair,
    .SignHash               = sign,
    .VerifySignature        = verify,
    .ImportKeyPair          = import_pair,
    .ExportKey              = export_pair,
    .DestroyKey             = destroy_pair,
};

static BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE encapsulation =
{
    .Version                = BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = open_algorithm,
    .GetProperty            = get_property,
    .SetProperty            = set_property,
    .CloseAlgorithmProvider = close_algorithm,
    .GenerateKeyPair        = generate_pair,
    .FinalizeKeyPair        = finalize_pair,
    .Encapsulate            = encapsulate,
    .Decapsulate            = decapsulate,
    .ImportKeyPair          = import_pair,
    .ExportKey              = export_pair,
    .DestroyKey             = destroy_pair,
};

EXPORTED NTSTATUS WINAPI GetSignatureInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                               BCRYPT_SIGNATURE_FUNCTION_TABLE **ppFunctionTable,
                                               ULONG dwFlags)
{
    static struct broken broken = { .table = &signature, .bytes = sizeof(signature) };

    fault_if(!pszProviderName || !pszAlgId || !ppFunctionTable || dwFlags);
    return give(&broken, pszAlgId, (void **)ppFunctionTable);
}

EXPORTED NTSTATUS WINAPI GetKeyEncapsulationInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    static struct broken broken = { .table = &encapsulation, .bytes = sizeof(encapsulation) };

    fault_if(!pszProviderName || !pszAlgId || !ppFunctionTable || dwFlags);
    return give(&broken, pszAlgId, (void **)ppFunctionTable);
}
