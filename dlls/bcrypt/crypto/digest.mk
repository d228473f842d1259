# Hashes, MACs over them, key derivation from passwords, random numbers.
crypto_digest_SRCS := \
    crypto/lc_digest.c \
    crypto/lc_keccak.c \
    crypto/hmac.c \
    crypto/fast_multihash.c \
    crypto/fast_pbkdf2.c \
    crypto/fast_random.c \
    crypto/lc_random.c
