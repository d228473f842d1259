/*
 * pkcs8_curves.c - the object identifiers of curves.
 *
 * Where several names share one, the first here is the one that is read. Curves without a row
 * (curve25519, Microsoft's NUMS) have none.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#define BRAINPOOL 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01
#define X962      0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01
#define CERTICOM  0x2b, 0x81, 0x04, 0x00

static const struct
{
    LPCWSTR name;
    uint8_t bytes;
    uint8_t oid[10];
} curves[] =
{
    { L"nistP256",        8, { X962, 0x07 }      },
    { L"nistP384",        5, { CERTICOM, 0x22 }  },
    { L"nistP521",        5, { CERTICOM, 0x23 }  },
    { L"brainpoolP160r1", 9, { BRAINPOOL, 0x01 } },
    { L"brainpoolP160t1", 9, { BRAINPOOL, 0x02 } },
    { L"brainpoolP192r1", 9, { BRAINPOOL, 0x03 } },
    { L"brainpoolP192t1", 9, { BRAINPOOL, 0x04 } },
    { L"brainpoolP224r1", 9, { BRAINPOOL, 0x05 } },
    { L"brainpoolP224t1", 9, { BRAINPOOL, 0x06 } },
    { L"brainpoolP256r1", 9, { BRAINPOOL, 0x07 } },
    { L"brainpoolP256t1", 9, { BRAINPOOL, 0x08 } },
    { L"brainpoolP320r1", 9, { BRAINPOOL, 0x09 } },
    { L"brainpoolP320t1", 9, { BRAINPOOL, 0x0a } },
    { L"brainpoolP384r1", 9, { BRAINPOOL, 0x0b } },
    { L"brainpoolP384t1", 9, { BRAINPOOL, 0x0c } },
    { L"brainpoolP512r1", 9, { BRAINPOOL, 0x0d } },
    { L"brainpoolP512t1", 9, { BRAINPOOL, 0x0e } },
    { L"nistP192",        8, { X962, 0x01 }      },
    { L"nistP224",        5, { CERTICOM, 0x21 }  },
    { L"secP160k1",       5, { CERTICOM, 0x09 }  },
    { L"secP160r1",       5, { CERTICOM, 0x08 }  },
    { L"secP160r2",       5, { CERTICOM, 0x1e }  },
    { L"secP192k1",       5, { CERTICOM, 0x1f }  },
    { L"secP192r1",       8, { X962, 0x01 }      },
    { L"secP224k1",       5, { CERTICOM, 0x20 }  },
    { L"secP224r1",       5, { CERTICOM, 0x21 }  },
    { L"secP256k1",       5, { CERTICOM, 0x0a }  },
    { L"secP256r1",       8, { X962, 0x07 }      },
    { L"secP384r1",       5, { CERTICOM, 0x22 }  },
    { L"secP521r1",       5, { CERTICOM, 0x23 }  },
    { L"x962P192v1",      8, { X962, 0x01 }      },
    { L"x962P192v2",      8, { X962, 0x02 }      },
    { L"x962P192v3",      8, { X962, 0x03 }      },
    { L"x962P239v1",      8, { X962, 0x04 }      },
    { L"x962P239v2",      8, { X962, 0x05 }      },
    { L"x962P239v3",      8, { X962, 0x06 }      },
    { L"x962P256v1",      8, { X962, 0x07 }      },
    { L"wtls7",           5, { CERTICOM, 0x1e }  },
    { L"wtls9",           5, { 0x67, 0x2b, 0x01, 0x04, 0x09 } },
    { L"wtls12",          5, { CERTICOM, 0x21 }  },
};

LPCWSTR pkcs8_curve(const struct der *oid)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(curves); i++)
    {
        if (curves[i].bytes == oid->bytes && !memcmp(curves[i].oid, oid->data, oid->bytes))
            return curves[i].name;
    }
    return NULL;
}

bool pkcs8_curve_oid(LPCWSTR curve, struct der *oid)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(curves); i++)
    {
        if (!names_equal_caseless(curves[i].name, curve)) continue;
        *oid = (struct der){ DER_OID, curves[i].oid, curves[i].bytes };
        return true;
    }
    return false;
}
