/*
 * nte.c - bcrypt.dll's statuses as those of key storage.
 *
 * SPDX-License-Identifier: MIT
 */

#include "nte.h"

static const struct
{
    NTSTATUS status;
    SECURITY_STATUS nte;
} pairs[] =
{
    { STATUS_INVALID_HANDLE,      NTE_INVALID_HANDLE     },
    { STATUS_INVALID_PARAMETER,   NTE_INVALID_PARAMETER  },
    { STATUS_INVALID_BUFFER_SIZE, NTE_INVALID_PARAMETER  },
    { STATUS_INVALID_SIGNATURE,   NTE_BAD_SIGNATURE      },
    { STATUS_NO_MEMORY,           NTE_NO_MEMORY          },
    { STATUS_NOT_SUPPORTED,       NTE_NOT_SUPPORTED      },
    { STATUS_NOT_IMPLEMENTED,     NTE_NOT_SUPPORTED      },
    { STATUS_NOT_FOUND,           NTE_NOT_FOUND          },
    { STATUS_BUFFER_TOO_SMALL,    NTE_BUFFER_TOO_SMALL   },
    { STATUS_DATA_ERROR,          NTE_BAD_DATA           },
    { STATUS_AUTH_TAG_MISMATCH,   NTE_BAD_DATA           },
    { STATUS_ACCESS_DENIED,       NTE_PERM               },
};

SECURITY_STATUS nte(NTSTATUS status)
{
    size_t i;

    if (__builtin_expect(!status, 1)) return 0;
    for (i = 0; i < ARRAY_SIZE(pairs); i++)
    {
        if (pairs[i].status == status) return pairs[i].nte;
    }
    if (((ULONG)status & 0xffff0000u) == 0x80090000u) return status;
    return NTE_INTERNAL_ERROR;
}
