/*
 * capi.c - a program that uses CryptoAPI, whose DLLs (rsaenh, crypt32) use bcrypt.dll.
 *
 * Prints a line for each thing that worked; what did not says why.
 *
 * SPDX-License-Identifier: MIT
 */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <wincrypt.h>
#include <stdio.h>
#include <string.h>

static int failed(const char *what)
{
    printf("%s failed: error %#lx\n", what, (unsigned long)GetLastError());
    return 1;
}

/* "OpenCNG", if that is the product's name in the version resource of this process's bcrypt.dll. */
static const char *product(void)
{
    static const WCHAR name[] = L"OpenCNG";
    HMODULE dll = GetModuleHandleA("bcrypt.dll");
    HRSRC resource = dll ? FindResourceA(dll, MAKEINTRESOURCEA(1), MAKEINTRESOURCEA(16)) : NULL;
    const WCHAR *text = resource ? LockResource(LoadResource(dll, resource)) : NULL;
    size_t at, characters = resource ? SizeofResource(dll, resource) / sizeof(WCHAR) : 0;

    if (!dll) return "not loaded";
    for (at = 0; at + sizeof(name) / sizeof(name[0]) <= characters; at++)
    {
        if (!memcmp(text + at, name, sizeof(name))) return "OpenCNG";
    }
    return "another";
}

int main(void)
{
    static const BYTE message[] = { 'a', 'b', 'c' };
    BYTE random[2][32] = { { 0 } }, digest[32];
    DWORD bytes = sizeof(digest), at;
    HCRYPTPROV provider;
    HCRYPTHASH hash;

    if (!CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
    {
        return failed("CryptAcquireContext");
    }

    if (!CryptGenRandom(provider, sizeof(random[0]), random[0])) return failed("CryptGenRandom");
    if (!CryptGenRandom(provider, sizeof(random[1]), random[1])) return failed("CryptGenRandom");
    printf("random: %s\n",
           memcmp(random[0], random[1], sizeof(random[0])) ? "different" : "the same");

    if (!CryptCreateHash(provider, CALG_SHA_256, 0, 0, &hash)) return failed("CryptCreateHash");
    if (!CryptHashData(hash, message, sizeof(message), 0)) return failed("CryptHashData");
    if (!CryptGetHashParam(hash, HP_HASHVAL, digest, &bytes, 0)) return failed("CryptGetHashParam");
    printf("sha-256 ");
    for (at = 0; at < bytes; at++) printf("%02x", digest[at]);
    printf("\n");
    CryptDestroyHash(hash);
    CryptReleaseContext(provider, 0);

    bytes = sizeof(digest);
    if (!CryptHashCertificate(0, CALG_SHA1, 0, message, sizeof(message), digest, &bytes))
    {
        return failed("CryptHashCertificate");
    }
    printf("crypt32: %s\n",
           bytes == 20 && digest[0] == 0xa9 && digest[19] == 0x9d ? "hashed" : "wrong");

    printf("bcrypt.dll: %s\n", product());
    return 0;
}
