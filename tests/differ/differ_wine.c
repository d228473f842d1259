/*
 * differ_wine.c - in what Wine's own bcrypt.dll is known to differ from Windows'.
 *
 * Of no use against any other DLL: --known wine-N applies it. Each row says from where it is known
 * that it is Wine who is wrong.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

/* The sections are those of docs/contract/symmetric.md. */
struct known wine_differences[] =
{
    { 8, 0, "blob", "*", "size query", true,
      "a size query for a key's blob is BUFFER_TOO_SMALL (section 9)", 0 },
    { 8, 0, "cipher", "*, chained*", "start", false,
      "a call without IV begins with an old one (section 4)", 0 },
    { 8, 0, "cipher", "*, duplicates*", "text made", false,
      "a duplicate does not take over the chain value (section 4)", 0 },
    { 8, 0, "cipher", "*, pieces*, padding", "text made", false,
      "a call that pads leaves the key in another state, even of ECB (section 4)", 0 },
    { 8, 0, "*", "3DES ChainingModeECB*", "BCrypt*crypt", false,
      "3DES has CBC only (section 11)", 0 },
    { 8, 0, "aead", "AES ChainingModeGCM of 192 bits", "BCryptEncrypt", false,
      "GCM has no keys of 192 bits (section 1)", 0 },
    { 8, 0, "cipher", "* ChainingModeCFB*", "BCrypt*crypt", false,
      "CFB takes whole blocks only (section 5)", 0 },
    { 8, 0, "cipher", "*new IVs*", "IV", true, "the IV stays as it was (section 4)", 0 },
    { 8, 0, "cipher", "*one IV*", "IV", false, "the IV stays as it was (section 4)", 0 },
    { 8, 0, "padding", "*changed", "BCryptDecrypt", false,
      "wrong padding is UNSUCCESSFUL (section 4)", 0 },
    { 8, 0, "*", "RSA pair of 129 bytes", "start", false,
      "keys of whole words are all that is compared", 0 },
    { 8, 0, "*", "*", "blob's size query", true,
      "a size query for a key's blob is BUFFER_TOO_SMALL (section 9)", 0 },
    { 8, 0, "*", "*", "blob into a small buffer", true,
      "the buffer's size is not looked at (docs/contract/asymmetric-keys.md)", 0 },
    { 8, 0, "property", "*", "size query", true,
      "a size query is BUFFER_TOO_SMALL (docs/contract/properties.md, section 1)", 0 },
    { 8, 0, "enum", "*0x40", "BCryptEnumAlgorithms", false,
      "key derivation is no operation (docs/contract/configuration.md)", 0 },
    { 8, 0, "ecdsa", "*, odd", "BCrypt*", false,
      "a digest has the size of a hash (docs/deviations.md)", 0 },
    { 8, 9, "ecdh", "*", "BCryptDeriveKey", false,
      "agreeing takes a newer GnuTLS than Debian 12's", 0 },
    { 8, 0, "*", "RSA as RSAFULLPRIVATEBLOB", "blob", true,
      "d is computed modulo the least common multiple (docs/deviations.md)", 0 },
    { 8, 0, "property", "PaddingSchemes of RSA*", "value", true,
      "signing with PKCS #1 is all (docs/contract/properties.md, section 2)", 0 },
    { 8, 0, "ecdsa", "ECDSA_P256 of a digest of 48 bytes", "BCryptVerifySignature", false,
      "a digest longer than the order is not cut (docs/deviations.md)", 0 },
    { 8, 0, "ecdsa", "ECDSA_P* of a digest of 64 bytes", "BCryptVerifySignature", false,
      "a digest longer than the order is not cut (docs/deviations.md)", 0 },
    { 8, 0, "rsasign", "RSA PSS", "BCryptSignHash", false,
      "the salt has the length of the hash (docs/contract/rsa.md)", 0 },
    { 8, 0, "property", "KeyLengths of a key of *", "small buffer", false,
      "a key has KeyLengths: nothing decides that (docs/choices.md)", 0 },
    { 8, 0, "chain", "*", "*", false, "calls are not chained (section 11)", 0 },
    { 10, 0, "cipher", "RC4*", "BCrypt*crypt", false,
      "RC4 is a cipher whose keys do nothing (section 7)", 0 },
    { 10, 0, "rsacrypt", "*OAEP*", "BCrypt*crypt", false,
      "OAEP takes a label and SHA-2 (docs/contract/rsa.md)", 0 },
    { 10, 0, "*dh", "*, KDF *", "BCryptDeriveKey", false,
      "there is one KDF, HASH (docs/contract/secrets-and-kdf.md)", 0 },
    { 10, 0, "*dh", "*, KDF HASH*", "derived", false,
      "what comes before and after the secret is left out (docs/contract/secrets-and-kdf.md)", 0 },
    { 10, 0, "property", "KeyStrength of a key of *", "value", true,
      "the strength is the block's (docs/contract/properties.md, section 2)", 0 },
    { 10, 0, "pairproperty", "KeyStrength of a pair of *", "size query", true,
      "a size query is BUFFER_TOO_SMALL (docs/contract/properties.md, section 1)", 0 },
};
const size_t wine_difference_count = ARRAY_SIZE(wine_differences);
