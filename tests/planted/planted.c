/*
 * planted.c - a DLL of a system DLL's name that somebody put beside a program: whoever asks it for
 * random numbers ends with status 77.
 *
 * SPDX-License-Identifier: MIT
 */

#include <windows.h>

__declspec(dllexport) BOOLEAN WINAPI SystemFunction036(void *buffer, ULONG bytes);

BOOLEAN WINAPI SystemFunction036(void *buffer, ULONG bytes)
{
    (void)buffer;
    (void)bytes;
    ExitProcess(77);
}
