# DSA and Diffie-Hellman; sources.mk includes this.
prov_dsa_dh_SRCS := \
    dlls/bcrypt/crypto/lc_dh.c \
    dlls/bcrypt/crypto/lc_dsa.c \
    dlls/bcrypt/crypto/lc_ffc.c \
    dlls/bcrypt/provider/blob_dsa.c \
    dlls/bcrypt/provider/prov_dh.c \
    dlls/bcrypt/provider/prov_dsa.c \
    dlls/bcrypt/provider/prov_ffc.c
