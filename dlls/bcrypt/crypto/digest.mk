# Hashes, MACs over them, keys from passwords, random numbers; sources.mk includes this.
crypto_digest_SRCS := \
    dlls/bcrypt/crypto/lc_digest.c \
    dlls/bcrypt/crypto/lc_keccak.c \
    dlls/bcrypt/crypto/hmac.c \
    dlls/bcrypt/crypto/fast_multihash.c \
    dlls/bcrypt/crypto/fast_pbkdf2.c \
    dlls/bcrypt/crypto/fast_random.c \
    dlls/bcrypt/crypto/lc_random.c
