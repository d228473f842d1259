# Random numbers.
provider_rng_SRCS := \
	dlls/bcrypt/provider/rng/rng.c
