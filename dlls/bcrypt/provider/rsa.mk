# RSA; sources.mk includes this.
prov_rsa_SRCS := \
	dlls/bcrypt/provider/blob.c \
	dlls/bcrypt/provider/blob_rsa.c \
	dlls/bcrypt/provider/prov_rsa.c \
	dlls/bcrypt/provider/prov_rsa_blob.c \
	dlls/bcrypt/provider/prov_rsa_crypt.c \
	dlls/bcrypt/provider/prov_rsa_sign.c \
	dlls/bcrypt/crypto/rsa_padding.c \
	dlls/bcrypt/crypto/lc_rsa.c \
	dlls/bcrypt/crypto/lc_rsa_key.c
