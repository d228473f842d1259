# SLH-DSA.
crypto_slhdsa_SRCS := \
	dlls/bcrypt/crypto/slhdsa/lc_slhdsa.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa.c
