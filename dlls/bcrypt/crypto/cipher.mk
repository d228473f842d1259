# The symmetric ciphers; sources.mk includes this.
crypto_cipher_SRCS := \
    dlls/bcrypt/crypto/cpu.c \
    dlls/bcrypt/crypto/lc_aes.c \
    dlls/bcrypt/crypto/lc_ccm.c \
    dlls/bcrypt/crypto/lc_chacha.c \
    dlls/bcrypt/crypto/lc_gcm.c \
    dlls/bcrypt/crypto/lc_legacy.c
