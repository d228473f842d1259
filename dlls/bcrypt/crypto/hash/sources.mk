# Hashes, and MACs over them.
crypto_hash_SRCS := \
	dlls/bcrypt/crypto/hash/digest.c \
	dlls/bcrypt/crypto/hash/hmac.c \
	dlls/bcrypt/crypto/hash/keccak.c \
	dlls/bcrypt/crypto/hash/md2.c \
	dlls/bcrypt/crypto/hash/multihash.c
