# Agreed secrets.
provider_secret_SRCS := \
	dlls/bcrypt/provider/secret/secret.c
