# ML-DSA.
provider_mldsa_SRCS := \
	dlls/bcrypt/provider/mldsa/mldsa_family.c
