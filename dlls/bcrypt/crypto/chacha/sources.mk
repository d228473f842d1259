# ChaCha20-Poly1305.
crypto_chacha_SRCS := \
	dlls/bcrypt/crypto/chacha/chacha.c \
	dlls/bcrypt/crypto/chacha/chacha_short.c \
	dlls/bcrypt/crypto/chacha/poly1305_short.c
