# ML-KEM.
provider_mlkem_SRCS := \
	dlls/bcrypt/provider/mlkem/mlkem_family.c
