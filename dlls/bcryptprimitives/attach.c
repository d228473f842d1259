/*
 * attach.c - keeps bcryptprimitives.dll from being loaded with a bcrypt.dll that is not ours.
 *
 * All of its exports are forwards to exports that only our bcrypt.dll has. With another one they
 * lead nowhere, and a program that calls one jumps to address 0. So this DLL imports a name that
 * says what is wrong. Windows does not load it if the name is not there, and says which. Wine gives
 * a missing import a stub that ends the program when it is called: there we look, and refuse.
 *
 * SPDX-License-Identifier: MIT
 */

#include <windows.h>

void WINAPI OpenCngBcryptRequired(void);
BOOL WINAPI primitives_attach(HINSTANCE module, DWORD reason, LPVOID reserved);

static void (WINAPI *const volatile required)(void) = OpenCngBcryptRequired;

static const char refusal[] =
    "bcryptprimitives.dll (OpenCNG): this process has another bcrypt.dll, "
    "without OpenCngBcryptRequired; both DLLs have to be OpenCNG's\n";

BOOL WINAPI primitives_attach(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    HMODULE bcrypt = GetModuleHandleA("bcrypt.dll");
    DWORD written;

    (void)module;
    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    if (required && bcrypt && GetProcAddress(bcrypt, "OpenCngBcryptRequired")) return TRUE;

    OutputDebugStringA(refusal);
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), refusal, sizeof(refusal) - 1, &written, NULL);
    SetLastError(ERROR_PROC_NOT_FOUND);
    return FALSE;
}
