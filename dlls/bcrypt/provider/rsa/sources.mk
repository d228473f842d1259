# RSA.
provider_rsa_SRCS := \
	dlls/bcrypt/provider/rsa/rsa.c \
	dlls/bcrypt/provider/rsa/rsa_blob.c \
	dlls/bcrypt/provider/rsa/rsa_crypt.c \
	dlls/bcrypt/provider/rsa/rsa_import.c \
	dlls/bcrypt/provider/rsa/rsa_sign.c
