# What the post-quantum families have in common.
provider_pq_SRCS := \
	dlls/bcrypt/provider/pq/pq.c \
	dlls/bcrypt/provider/pq/pq_kem.c \
	dlls/bcrypt/provider/pq/pq_sign.c
