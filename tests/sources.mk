# What bcrypt_tests is made of; the suites' names are in tests/suites.h.

tests_SRCS := \
	tests/lms_maker.c \
	tests/main.c \
	tests/expect.c \
	tests/test_algorithm.c \
	tests/handle_calls.c \
	tests/test_handle.c \
	tests/test_enum.c \
	tests/test_registered.c \
	tests/config_names.c \
	tests/test_context.c \
	tests/test_registration.c \
	tests/test_flags.c \
	tests/test_property.c \
	tests/test_property_object.c \
	tests/test_random.c \
	tests/test_hash.c \
	tests/test_hbs.c \
	tests/test_mac.c \
	tests/test_xof.c \
	tests/test_multihash.c \
	tests/test_key.c \
	tests/test_symmetric_blob.c \
	tests/test_key_wrap.c \
	tests/test_cipher.c \
	tests/test_cipher_padding.c \
	tests/test_cipher_mode.c \
	tests/test_cipher_other.c \
	tests/test_cipher_property.c \
	tests/test_aead.c \
	tests/test_aead_chain.c \
	tests/test_overlap.c \
	tests/test_threads.c \
	tests/test_stress.c \
	tests/test_kdf.c \
	tests/test_kdf_functions.c \
	tests/test_hkdf.c \
	tests/test_capi.c \
	tests/test_secret.c \
	tests/test_ffc_keys.c \
	tests/test_dsa.c \
	tests/test_dh.c \
	tests/test_ffc_edges.c \
	tests/test_rsa.c \
	tests/test_rsa_blob.c \
	tests/test_rsa_exponent.c \
	tests/test_rsa_crypt.c \
	tests/test_rsa_sign.c \
	tests/test_rsa_pss.c \
	tests/test_rsa_large.c \
	tests/test_rsa_keys.c \
	tests/test_ecc.c \
	tests/test_ecc_blob.c \
	tests/test_ecc_full.c \
	tests/test_ecc_keys.c \
	tests/test_ecdsa.c \
	tests/test_ecdh.c \
	tests/test_pq_keys.c \
	tests/test_mlkem.c \
	tests/test_mldsa.c \
	tests/test_slhdsa.c \
	tests/test_composite_mldsa.c \
	tests/test_composite_mlkem.c \
	tests/test_pq_blob.c \
	tests/test_pair_state.c \
	tests/test_wrong_blob.c \
	tests/test_pair_length.c \
	tests/test_vectors_hash.c \
	tests/test_vectors_cipher.c \
	tests/test_vectors_rsa.c \
	tests/test_vectors_ec.c \
	tests/test_vectors_dsa.c \
	tests/test_vectors_kdf.c \
	tests/test_vectors_pq.c \
	tests/ncrypt_calls.c \
	tests/test_ncrypt_key.c \
	tests/test_ncrypt_property.c \
	tests/test_ncrypt_blob.c \
	tests/test_ncrypt_pkcs8.c \
	tests/test_ncrypt_crypt.c \
	tests/test_ncrypt_secret.c \
	tests/vectors_parse.c \
	tests/vectors_der.c \
	tests/vectors_data.c

# The PE program has these as well; the native one (tests/native) does without.
tests_PE_SRCS := \
	tests/test_rsa_process.c \
	tests/test_fips.c \
	tests/test_notify.c \
	tests/test_example.c \
	tests/test_config_stress.c \
	tests/late.c \
	tests/test_memory.c \
	tests/test_memory_keys.c \
	tests/test_memory_pq.c \
	tests/test_ncrypt_store.c \
	tests/test_ncrypt_legacy.c

# A provider of another maker, which the tests register.
test_provider_SRCS := \
	tests/provider/test_provider.c

include tests/vectors/sources.mk
