/*
 * beside.c - a program that lies beside planted DLLs, and asks bcrypt.dll for random numbers.
 *
 *   beside            status 0 if it gets them
 *   beside NAME       asks the DLL of that bare name itself, first: 77 shows that it is planted
 *
 * SPDX-License-Identifier: MIT
 */

#include <windows.h>

#include <bcrypt.h>

int main(int argc, char **argv)
{
    typedef BOOLEAN (WINAPI *generate_fn)(void *, ULONG);
    generate_fn generate;
    UCHAR random[32];
    HMODULE dll;

    if (argc > 1)
    {
        if (!(dll = LoadLibraryA(argv[1]))) return 2;
        generate = (generate_fn)(void *)GetProcAddress(dll, "SystemFunction036");
        if (!generate) return 3;
        generate(random, sizeof(random));
    }
    return BCryptGenRandom(NULL, random, sizeof(random), BCRYPT_USE_SYSTEM_PREFERRED_RNG) ? 1 : 0;
}
