# AES and its modes.
crypto_aes_SRCS := \
	dlls/bcrypt/crypto/aes/aes.c \
	dlls/bcrypt/crypto/aes/aes_ni.c \
	dlls/bcrypt/crypto/aes/aes_soft.c \
	dlls/bcrypt/crypto/aes/aes_vaes.c \
	dlls/bcrypt/crypto/aes/aes_wrap.c \
	dlls/bcrypt/crypto/aes/aes_xts.c \
	dlls/bcrypt/crypto/aes/aes_xts_512.c \
	dlls/bcrypt/crypto/aes/ccm.c \
	dlls/bcrypt/crypto/aes/gcm.c \
	dlls/bcrypt/crypto/aes/gcm_vaes_256.c \
	dlls/bcrypt/crypto/aes/gcm_vaes_512.c
