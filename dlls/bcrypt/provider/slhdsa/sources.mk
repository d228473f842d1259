# SLH-DSA.
provider_slhdsa_SRCS := \
	dlls/bcrypt/provider/slhdsa/slhdsa_family.c
