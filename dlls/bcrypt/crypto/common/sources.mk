# Libcrypto as a whole, and what the processor can do.
crypto_common_SRCS := \
	dlls/bcrypt/crypto/common/cpu.c \
	dlls/bcrypt/crypto/common/lc_pkey.c \
	dlls/bcrypt/crypto/common/lc_status.c

# What the PE build alone needs.
crypto_common_PE_SRCS := \
	dlls/bcrypt/crypto/common/lc_imports.c
