# LMS and XMSS.
provider_hbs_SRCS := \
	dlls/bcrypt/provider/hbs/hbs_family.c \
	dlls/bcrypt/provider/hbs/hbs_sets.c
