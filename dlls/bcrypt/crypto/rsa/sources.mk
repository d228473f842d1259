# RSA.
crypto_rsa_SRCS := \
	dlls/bcrypt/crypto/rsa/lc_rsa.c \
	dlls/bcrypt/crypto/rsa/lc_rsa_key.c \
	dlls/bcrypt/crypto/rsa/rsa_ifma.c \
	dlls/bcrypt/crypto/rsa/rsa_narrow.c \
	dlls/bcrypt/crypto/rsa/rsa_padding.c
