# SLH-DSA.
crypto_slhdsa_SRCS := \
	dlls/bcrypt/crypto/slhdsa/slhdsa.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa_fast.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa_hash.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa_sha2.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa_shake.c \
	dlls/bcrypt/crypto/slhdsa/slhdsa_trees.c
