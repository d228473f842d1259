# The exports.
api_SRCS := \
	dlls/bcrypt/api/api_algorithm.c \
	dlls/bcrypt/api/api_cipher.c \
	dlls/bcrypt/api/api_config.c \
	dlls/bcrypt/api/api_context.c \
	dlls/bcrypt/api/api_function.c \
	dlls/bcrypt/api/api_hash.c \
	dlls/bcrypt/api/api_kdf.c \
	dlls/bcrypt/api/api_kem.c \
	dlls/bcrypt/api/api_key.c \
	dlls/bcrypt/api/api_property.c \
	dlls/bcrypt/api/api_provider.c \
	dlls/bcrypt/api/api_random.c \
	dlls/bcrypt/api/api_secret.c \
	dlls/bcrypt/api/api_sign.c
