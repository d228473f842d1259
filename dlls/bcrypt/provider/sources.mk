# The provider itself; its families are in folders of their own.
provider_SRCS := \
	dlls/bcrypt/provider/families.c \
	dlls/bcrypt/provider/interfaces.c
