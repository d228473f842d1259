/*
 * suites.h - every suite of the test program, one line each; expect.h and main.c read it.
 *
 * SUITE(name) names the function name_suite(), which fills the suite; PE_SUITE(name) is one that
 * needs Windows. Its file goes into sources.mk.
 *
 * SPDX-License-Identifier: MIT
 */

SUITE(algorithm)
SUITE(handle)
SUITE(enum)
SUITE(property)
SUITE(random)
SUITE(hash)
SUITE(mac)
SUITE(xof)
SUITE(multihash)
SUITE(key)
SUITE(symmetric_blob)
SUITE(cipher)
SUITE(cipher_padding)
SUITE(cipher_mode)
SUITE(cipher_other)
SUITE(aead)
SUITE(aead_chain)
SUITE(threads)
SUITE(stress)
PE_SUITE(memory)
SUITE(kdf)
SUITE(kdf_functions)
SUITE(hkdf)
SUITE(capi)
SUITE(secret)
SUITE(rsa)
SUITE(rsa_blob)
SUITE(rsa_crypt)
SUITE(rsa_sign)
PE_SUITE(rsa_process)
SUITE(ecc)
SUITE(ecc_blob)
SUITE(ecdsa)
SUITE(ecdh)
SUITE(vectors_hash)
SUITE(vectors_cipher)
SUITE(vectors_rsa)
SUITE(vectors_ec)
SUITE(vectors_dsa)
SUITE(vectors_kdf)
