# Symmetric ciphers.
provider_cipher_SRCS := \
	dlls/bcrypt/provider/cipher/cipher.c \
	dlls/bcrypt/provider/cipher/cipher_aead.c \
	dlls/bcrypt/provider/cipher/cipher_blob.c \
	dlls/bcrypt/provider/cipher/cipher_modes.c
