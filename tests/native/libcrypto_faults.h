/*
 * libcrypto_faults.h - lets libcrypto fail where dlls/bcrypt/crypto calls it, besides for want of
 * memory, which it asks us for.
 *
 * Included before all else in those files, in the "faults" build. The functions are those whose
 * failure is nothing that they also say when they work, and that can fail. BN_CTX_get is none of
 * them: once it has failed it goes on to, until BN_CTX_end, which callers may rely on.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_LIBCRYPTO_FAULTS_H
#define NATIVE_LIBCRYPTO_FAULTS_H

#include <stdbool.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/md2.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

bool native_libcrypto_fails(void);

#define OR_FAIL(call, failure) (native_libcrypto_fails() ? (failure) : (call))

#define BN_new() OR_FAIL(BN_new(), NULL)
#define BN_CTX_new() OR_FAIL(BN_CTX_new(), NULL)
#define BN_MONT_CTX_new() OR_FAIL(BN_MONT_CTX_new(), NULL)
#define BN_MONT_CTX_set(...) OR_FAIL(BN_MONT_CTX_set(__VA_ARGS__), 0)
#define BN_bin2bn(...) OR_FAIL(BN_bin2bn(__VA_ARGS__), NULL)
#define BN_dup(...) OR_FAIL(BN_dup(__VA_ARGS__), NULL)
#define BN_copy(...) OR_FAIL(BN_copy(__VA_ARGS__), NULL)
#define BN_set_word(...) OR_FAIL(BN_set_word(__VA_ARGS__), 0)
#define BN_set_bit(...) OR_FAIL(BN_set_bit(__VA_ARGS__), 0)
#define BN_add(...) OR_FAIL(BN_add(__VA_ARGS__), 0)
#define BN_add_word(...) OR_FAIL(BN_add_word(__VA_ARGS__), 0)
#define BN_sub(...) OR_FAIL(BN_sub(__VA_ARGS__), 0)
#define BN_sub_word(...) OR_FAIL(BN_sub_word(__VA_ARGS__), 0)
#define BN_mul(...) OR_FAIL(BN_mul(__VA_ARGS__), 0)
#define BN_div(...) OR_FAIL(BN_div(__VA_ARGS__), 0)
#define BN_nnmod(...) OR_FAIL(BN_nnmod(__VA_ARGS__), 0)
#define BN_mod_mul(...) OR_FAIL(BN_mod_mul(__VA_ARGS__), 0)
#define BN_mod_sqr(...) OR_FAIL(BN_mod_sqr(__VA_ARGS__), 0)
#define BN_mod_exp(...) OR_FAIL(BN_mod_exp(__VA_ARGS__), 0)
#define BN_mod_exp_mont(...) OR_FAIL(BN_mod_exp_mont(__VA_ARGS__), 0)
#define BN_mod_exp_mont_consttime(...) OR_FAIL(BN_mod_exp_mont_consttime(__VA_ARGS__), 0)
#define BN_mod_mul_montgomery(...) OR_FAIL(BN_mod_mul_montgomery(__VA_ARGS__), 0)
#define BN_to_montgomery(...) OR_FAIL(BN_to_montgomery(__VA_ARGS__), 0)
#define BN_lshift1(...) OR_FAIL(BN_lshift1(__VA_ARGS__), 0)
#define BN_rshift(...) OR_FAIL(BN_rshift(__VA_ARGS__), 0)
#define BN_rshift1(...) OR_FAIL(BN_rshift1(__VA_ARGS__), 0)
#define BN_priv_rand(...) OR_FAIL(BN_priv_rand(__VA_ARGS__), 0)
#define BN_priv_rand_range(...) OR_FAIL(BN_priv_rand_range(__VA_ARGS__), 0)
#define BN_check_prime(...) OR_FAIL(BN_check_prime(__VA_ARGS__), -1)

#define EC_POINT_new(...) OR_FAIL(EC_POINT_new(__VA_ARGS__), NULL)
#define EC_POINT_mul(...) OR_FAIL(EC_POINT_mul(__VA_ARGS__), 0)
#define EC_POINT_get_affine_coordinates(...) \
    OR_FAIL(EC_POINT_get_affine_coordinates(__VA_ARGS__), 0)
#define EC_GROUP_new_by_curve_name(...) OR_FAIL(EC_GROUP_new_by_curve_name(__VA_ARGS__), NULL)
#define EC_GROUP_new_curve_GFp(...) OR_FAIL(EC_GROUP_new_curve_GFp(__VA_ARGS__), NULL)
#define EC_GROUP_set_generator(...) OR_FAIL(EC_GROUP_set_generator(__VA_ARGS__), 0)
#define EC_GROUP_get_curve(...) OR_FAIL(EC_GROUP_get_curve(__VA_ARGS__), 0)
#define EC_KEY_new() OR_FAIL(EC_KEY_new(), NULL)
#define EC_KEY_set_group(...) OR_FAIL(EC_KEY_set_group(__VA_ARGS__), 0)
#define EC_KEY_set_private_key(...) OR_FAIL(EC_KEY_set_private_key(__VA_ARGS__), 0)
#define ECDSA_do_sign_ex(...) OR_FAIL(ECDSA_do_sign_ex(__VA_ARGS__), NULL)

#define RSA_new() OR_FAIL(RSA_new(), NULL)
#define RSA_set0_key(...) OR_FAIL(RSA_set0_key(__VA_ARGS__), 0)
#define RSA_set0_factors(...) OR_FAIL(RSA_set0_factors(__VA_ARGS__), 0)
#define RSA_set0_crt_params(...) OR_FAIL(RSA_set0_crt_params(__VA_ARGS__), 0)
#define RSA_public_encrypt(...) OR_FAIL(RSA_public_encrypt(__VA_ARGS__), -1)
#define RSA_private_encrypt(...) OR_FAIL(RSA_private_encrypt(__VA_ARGS__), -1)
#define DSA_new() OR_FAIL(DSA_new(), NULL)
#define DSA_do_sign(...) OR_FAIL(DSA_do_sign(__VA_ARGS__), NULL)
#define DSA_do_verify(...) OR_FAIL(DSA_do_verify(__VA_ARGS__), -1)
#define DSA_SIG_new() OR_FAIL(DSA_SIG_new(), NULL)
#define DH_new_by_nid(...) OR_FAIL(DH_new_by_nid(__VA_ARGS__), NULL)

#define EVP_SIGNATURE_fetch(...) OR_FAIL(EVP_SIGNATURE_fetch(__VA_ARGS__), NULL)
#define EVP_PKEY_CTX_new_from_name(...) OR_FAIL(EVP_PKEY_CTX_new_from_name(__VA_ARGS__), NULL)
#define EVP_PKEY_CTX_new_from_pkey(...) OR_FAIL(EVP_PKEY_CTX_new_from_pkey(__VA_ARGS__), NULL)
#define EVP_PKEY_CTX_set_params(...) OR_FAIL(EVP_PKEY_CTX_set_params(__VA_ARGS__), 0)
#define EVP_PKEY_fromdata_init(...) OR_FAIL(EVP_PKEY_fromdata_init(__VA_ARGS__), 0)
#define EVP_PKEY_get_octet_string_param(...) \
    OR_FAIL(EVP_PKEY_get_octet_string_param(__VA_ARGS__), 0)
#define EVP_PKEY_sign_message_init(...) OR_FAIL(EVP_PKEY_sign_message_init(__VA_ARGS__), 0)
#define EVP_PKEY_sign(...) OR_FAIL(EVP_PKEY_sign(__VA_ARGS__), 0)
#define EVP_PKEY_verify_message_init(...) OR_FAIL(EVP_PKEY_verify_message_init(__VA_ARGS__), 0)
#define EVP_PKEY_keygen_init(...) OR_FAIL(EVP_PKEY_keygen_init(__VA_ARGS__), 0)
#define EVP_PKEY_generate(...) OR_FAIL(EVP_PKEY_generate(__VA_ARGS__), 0)
#define EVP_PKEY_encapsulate_init(...) OR_FAIL(EVP_PKEY_encapsulate_init(__VA_ARGS__), 0)
#define EVP_PKEY_encapsulate(...) OR_FAIL(EVP_PKEY_encapsulate(__VA_ARGS__), 0)
#define EVP_PKEY_decapsulate_init(...) OR_FAIL(EVP_PKEY_decapsulate_init(__VA_ARGS__), 0)
#define EVP_PKEY_decapsulate(...) OR_FAIL(EVP_PKEY_decapsulate(__VA_ARGS__), 0)

#endif
