/*
 * pkcs8.h - private keys as PKCS #8, plain and encrypted.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef KSP_PKCS8_H
#define KSP_PKCS8_H

#include "asn1/lc_der.h"
#include "ksp/ksp.h"

/* A key as a blob for bcrypt.dll. */
struct pkcs8_key
{
    const struct ksp_algorithm *algorithm;
    LPCWSTR type;
    uint8_t *blob;                              /* of memory_get(room) */
    ULONG bytes, room;
    WCHAR curve[64];                            /* "": the algorithm or the blob says */
};

/* Decodes PrivateKeyInfo, or EncryptedPrivateKeyInfo with a password, text with or without a NUL.
 *
 *   0, NTE_BAD_DATA, NTE_NOT_SUPPORTED, NTE_NO_MEMORY, NTE_INVALID_PARAMETER */
SECURITY_STATUS pkcs8_decode(const uint8_t *data, ULONG bytes, const NCryptBuffer *password,
                             struct pkcs8_key *key);

/* Encodes a key, encrypted if the parameters hold a password: memory of memory_get(*bytes). */
SECURITY_STATUS pkcs8_encode(struct ksp_key *key, const NCryptBufferDesc *parameters,
                             uint8_t **data, ULONG *bytes);

/* ---- its parts ---- */

/* The curve of an object identifier (its content), and back; NULL: not one of bcrypt.dll's. */
LPCWSTR pkcs8_curve(const struct der *oid);
bool pkcs8_curve_oid(LPCWSTR curve, struct der *oid);

/* What PrivateKeyInfo holds, for one family each. `parameters` may have tag 0: there are none. */
struct pkcs8_info
{
    struct der parameters, key, attributes;
};

SECURITY_STATUS pkcs8_decode_rsa(const struct pkcs8_info *info, struct pkcs8_key *key);
SECURITY_STATUS pkcs8_decode_ec(const struct pkcs8_info *info, struct pkcs8_key *key);
SECURITY_STATUS pkcs8_decode_ffc(const struct pkcs8_info *info, bool is_dsa,
                                 struct pkcs8_key *key);
SECURITY_STATUS pkcs8_decode_pq(const struct pkcs8_info *info, const struct ksp_algorithm *row,
                                LPCWSTR set, struct pkcs8_key *key);

/* Room for a blob of that many bytes. */
SECURITY_STATUS pkcs8_room(struct pkcs8_key *key, size_t bytes);

/* Puts a magnitude at the end of a field; false if it is longer. */
bool pkcs8_pad(uint8_t *to, size_t field, const struct der *magnitude);

/* Each writes AlgorithmIdentifier and the octets of the key, and attributes, into a writer. */
SECURITY_STATUS pkcs8_encode_rsa(struct ksp_key *key, struct der_writer *writer);
SECURITY_STATUS pkcs8_encode_ec(struct ksp_key *key, struct der_writer *writer);
SECURITY_STATUS pkcs8_encode_ffc(struct ksp_key *key, struct der_writer *writer);
SECURITY_STATUS pkcs8_encode_pq(struct ksp_key *key, struct der_writer *writer);

/* The parameters of the algorithm's identifier, already written up to `end`, get it around them. */
void pkcs8_put_algorithm(struct der_writer *writer, const uint8_t *oid, size_t bytes, size_t end);

/* Encrypted PKCS #8 (pkcs8_crypt.c). */
SECURITY_STATUS pkcs8_decrypt(const uint8_t *data, ULONG bytes, const NCryptBuffer *password,
                              uint8_t **plain, ULONG *plain_bytes, ULONG *room);
SECURITY_STATUS pkcs8_encrypt(const NCryptBufferDesc *parameters, const uint8_t *plain,
                              ULONG plain_bytes, uint8_t **data, ULONG *bytes);

/* PKCS #12's derivation by SHA-1: of a key (purpose 1) or a vector (2). The password is UTF-16, the
 * high byte first, with its NUL; there may be no byte of it. */
SECURITY_STATUS pkcs12_derive(uint8_t purpose, const uint8_t *password, ULONG password_bytes,
                              const struct der *salt, ULONG iterations, uint8_t *output,
                              ULONG bytes);

#endif
