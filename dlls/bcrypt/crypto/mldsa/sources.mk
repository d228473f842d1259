# ML-DSA.
crypto_mldsa_SRCS := \
	dlls/bcrypt/crypto/mldsa/lc_mldsa.c \
	dlls/bcrypt/crypto/mldsa/mldsa.c \
	dlls/bcrypt/crypto/mldsa/mldsa_native.c
