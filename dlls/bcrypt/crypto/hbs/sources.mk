# Stateful hash-based signatures: verification.
crypto_hbs_SRCS := \
	dlls/bcrypt/crypto/hbs/lms.c \
	dlls/bcrypt/crypto/hbs/xmss.c
