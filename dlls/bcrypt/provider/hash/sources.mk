# Hashes, MACs and extendable-output functions.
provider_hash_SRCS := \
	dlls/bcrypt/provider/hash/hash.c \
	dlls/bcrypt/provider/hash/hash_digest.c \
	dlls/bcrypt/provider/hash/hash_hmac.c \
	dlls/bcrypt/provider/hash/hash_mac.c \
	dlls/bcrypt/provider/hash/hash_multi.c \
	dlls/bcrypt/provider/hash/hash_xof.c
