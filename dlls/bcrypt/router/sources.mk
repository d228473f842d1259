# Handles, and who serves an algorithm.
router_object_SRCS := \
	dlls/bcrypt/router/enter.c \
	dlls/bcrypt/router/holds.c \
	dlls/bcrypt/router/object.c \
	dlls/bcrypt/router/slots.c \
	dlls/bcrypt/router/thread_record.c \
	dlls/bcrypt/router/uses.c
router_SRCS := $(router_object_SRCS) \
	dlls/bcrypt/router/algorithm.c \
	dlls/bcrypt/router/block.c \
	dlls/bcrypt/router/calls.c \
	dlls/bcrypt/router/composed.c \
	dlls/bcrypt/router/config.c \
	dlls/bcrypt/router/config_default.c \
	dlls/bcrypt/router/config_journal.c \
	dlls/bcrypt/router/config_list.c \
	dlls/bcrypt/router/config_provider.c \
	dlls/bcrypt/router/config_register.c \
	dlls/bcrypt/router/config_resolve.c \
	dlls/bcrypt/router/config_view.c \
	dlls/bcrypt/router/config_write.c \
	dlls/bcrypt/router/notify.c \
	dlls/bcrypt/router/provider_load.c \
	dlls/bcrypt/router/providers.c \
	dlls/bcrypt/router/refusals.c
