# Groups modulo a prime: DSA and Diffie-Hellman.
crypto_ffc_SRCS := \
	dlls/bcrypt/crypto/ffc/lc_dh.c \
	dlls/bcrypt/crypto/ffc/lc_dsa.c \
	dlls/bcrypt/crypto/ffc/lc_ffc.c
