# ML-KEM.
crypto_mlkem_SRCS := \
	dlls/bcrypt/crypto/mlkem/lc_mlkem.c \
	dlls/bcrypt/crypto/mlkem/mlkem.c \
	dlls/bcrypt/crypto/mlkem/mlkem_native.c
