/*
 * windows.h - as much of Windows as the sources above platform/ ask for, on Linux.
 *
 * For the native build only, with -fshort-wchar, which makes L"" the 16-bit strings of Windows.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_WINDOWS_H
#define NATIVE_WINDOWS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WINAPI
#define CALLBACK
#define CONST const
#define VOID void
#define FALSE 0
#define TRUE 1
#define IN
#define OUT
#define __in
#define __out
#define DECLSPEC_ALIGN(bytes) __attribute__((aligned(bytes)))
#define FORCEINLINE static inline
#define RtlZeroMemory(memory, bytes) memset(memory, 0, bytes)

typedef void *PVOID, *LPVOID, *HANDLE, *HMODULE, *HINSTANCE;
typedef HANDLE *PHANDLE;
typedef char CHAR, *PCHAR, *LPSTR;
typedef const char *LPCSTR;
typedef unsigned char UCHAR, *PUCHAR, BYTE, *PBYTE, BOOLEAN, *PBOOLEAN;
typedef short SHORT;
typedef unsigned short USHORT, *PUSHORT, WORD;
typedef int LONG, INT, BOOL, *PBOOL;
typedef unsigned int ULONG, *PULONG, UINT, DWORD, *PDWORD;
typedef long long LONGLONG, LONG64;
typedef unsigned long long ULONGLONG, ULONG64, DWORDLONG;
typedef size_t SIZE_T;
typedef intptr_t LONG_PTR, INT_PTR;
typedef uintptr_t ULONG_PTR, DWORD_PTR, UINT_PTR;
typedef wchar_t WCHAR, *PWSTR, *LPWSTR, *PWCHAR;
typedef const wchar_t *PCWSTR, *LPCWSTR;
typedef LONG NTSTATUS, *PNTSTATUS;
typedef LONG HRESULT;
#define _NTDEF_

#define MAXLONG  0x7fffffff
#define MAXDWORD 0xffffffffu
#define MAXULONG 0xffffffffu

typedef struct _GUID
{
    ULONG Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR Data4[8];
} GUID;

/* libc's take wide characters of 32 bits. */
static inline size_t native_wcslen(const WCHAR *string)
{
    size_t length = 0;

    while (string[length]) length++;
    return length;
}

static inline int native_wcscmp(const WCHAR *left, const WCHAR *right)
{
    while (*left && *left == *right)
    {
        left++;
        right++;
    }
    return *left - *right;
}

#define wcslen native_wcslen
#define wcscmp native_wcscmp

#define REG_SZ       1
#define REG_BINARY   3
#define REG_DWORD    4
#define REG_MULTI_SZ 7

#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

#define MAXLONG 0x7fffffff

#endif
