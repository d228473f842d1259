# Keys from secrets and passwords.
crypto_kdf_SRCS := \
	dlls/bcrypt/crypto/kdf/kdf_capi.c \
	dlls/bcrypt/crypto/kdf/kdf_hkdf.c \
	dlls/bcrypt/crypto/kdf/kdf_nist.c \
	dlls/bcrypt/crypto/kdf/kdf_prf.c \
	dlls/bcrypt/crypto/kdf/kdf_tls.c \
	dlls/bcrypt/crypto/kdf/pbkdf2.c
