# ECDSA and ECDH; sources.mk includes this.
prov_ec_SRCS := \
    dlls/bcrypt/provider/prov_ec.c \
    dlls/bcrypt/provider/prov_ec_blob.c \
    dlls/bcrypt/provider/prov_ec_curves.c \
    dlls/bcrypt/provider/prov_ec_key.c \
    dlls/bcrypt/provider/prov_ec_property.c \
    dlls/bcrypt/provider/prov_curves.c \
    dlls/bcrypt/provider/blob_ecc.c \
    dlls/bcrypt/crypto/lc_ec.c \
    dlls/bcrypt/crypto/lc_ec_edwards.c \
    dlls/bcrypt/crypto/lc_ec_weierstrass.c \
    dlls/bcrypt/crypto/lc_x25519.c \
    dlls/bcrypt/crypto/fast_x25519.c
