# Agreed secrets, the key derivation family, and the functions below both; sources.mk includes this.
prov_kdf_SRCS := \
    dlls/bcrypt/crypto/kdf_capi.c \
    dlls/bcrypt/crypto/kdf_hkdf.c \
    dlls/bcrypt/crypto/kdf_nist.c \
    dlls/bcrypt/crypto/kdf_prf.c \
    dlls/bcrypt/crypto/kdf_tls.c \
    dlls/bcrypt/provider/prov_kdf.c \
    dlls/bcrypt/provider/prov_kdf_functions.c \
    dlls/bcrypt/provider/prov_kdf_parameters.c \
    dlls/bcrypt/provider/prov_secret.c
