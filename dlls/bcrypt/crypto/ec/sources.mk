# Elliptic curves.
crypto_ec_SRCS := \
	dlls/bcrypt/crypto/ec/lc_ec.c \
	dlls/bcrypt/crypto/ec/lc_ec_edwards.c \
	dlls/bcrypt/crypto/ec/lc_ec_weierstrass.c \
	dlls/bcrypt/crypto/ec/lc_x25519.c \
	dlls/bcrypt/crypto/ec/nist.c \
	dlls/bcrypt/crypto/ec/nist_curves.c \
	dlls/bcrypt/crypto/ec/nist_multiply.c \
	dlls/bcrypt/crypto/ec/nist_narrow.c \
	dlls/bcrypt/crypto/ec/nist_narrow_modulo.c \
	dlls/bcrypt/crypto/ec/x25519_order.c
