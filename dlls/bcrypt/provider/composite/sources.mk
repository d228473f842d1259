# Composite ML-DSA and composite ML-KEM.
provider_composite_SRCS := \
	dlls/bcrypt/provider/composite/composite.c \
	dlls/bcrypt/provider/composite/composite_ec.c \
	dlls/bcrypt/provider/composite/composite_mldsa.c \
	dlls/bcrypt/provider/composite/composite_mlkem.c
