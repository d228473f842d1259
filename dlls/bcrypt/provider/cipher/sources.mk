# Symmetric ciphers.
provider_cipher_SRCS := \
	dlls/bcrypt/provider/cipher/cipher.c \
	dlls/bcrypt/provider/cipher/cipher_aead.c \
	dlls/bcrypt/provider/cipher/cipher_blob.c \
	dlls/bcrypt/provider/cipher/cipher_key.c \
	dlls/bcrypt/provider/cipher/cipher_modes.c \
	dlls/bcrypt/provider/cipher/cipher_property.c \
	dlls/bcrypt/provider/cipher/cipher_schedule.c
