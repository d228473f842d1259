# The key derivation family.
provider_kdf_SRCS := \
	dlls/bcrypt/provider/kdf/hkdf_steps.c \
	dlls/bcrypt/provider/kdf/kdf.c \
	dlls/bcrypt/provider/kdf/kdf_algorithms.c \
	dlls/bcrypt/provider/kdf/kdf_list.c
