# What the families share.
provider_common_SRCS := \
	dlls/bcrypt/provider/common/blob.c \
	dlls/bcrypt/provider/common/pair.c \
	dlls/bcrypt/provider/common/prov.c
