# CNG's configuration for people.
bcryptconfig_SRCS := \
	programs/bcryptconfig/bcryptconfig.c \
	programs/bcryptconfig/conf_names.c \
	programs/bcryptconfig/conf_show.c \
	programs/bcryptconfig/conf_change.c \
	programs/bcryptconfig/conf_words.c \
	programs/bcryptconfig/conf_export.c \
	programs/bcryptconfig/conf_text.c \
	programs/bcryptconfig/conf_backup.c
