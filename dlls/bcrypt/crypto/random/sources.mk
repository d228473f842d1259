# Random numbers.
crypto_random_SRCS := \
	dlls/bcrypt/crypto/random/lc_random.c \
	dlls/bcrypt/crypto/random/random.c
