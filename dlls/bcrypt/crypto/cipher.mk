# The symmetric ciphers, and what the processor can do; sources.mk includes this.
crypto_cipher_SRCS := \
    dlls/bcrypt/crypto/cpu.c \
    dlls/bcrypt/crypto/fast_aes_ni.c \
    dlls/bcrypt/crypto/fast_aes_vaes.c \
    dlls/bcrypt/crypto/fast_chacha.c \
    dlls/bcrypt/crypto/fast_gcm_256.c \
    dlls/bcrypt/crypto/fast_gcm_512.c \
    dlls/bcrypt/crypto/fast_poly1305.c \
    dlls/bcrypt/crypto/lc_aes.c \
    dlls/bcrypt/crypto/lc_aes_soft.c \
    dlls/bcrypt/crypto/lc_ccm.c \
    dlls/bcrypt/crypto/lc_chacha.c \
    dlls/bcrypt/crypto/lc_gcm.c \
    dlls/bcrypt/crypto/lc_legacy.c
