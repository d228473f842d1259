# Ciphers that only old data needs.
crypto_legacy_SRCS := \
	dlls/bcrypt/crypto/legacy/legacy.c
