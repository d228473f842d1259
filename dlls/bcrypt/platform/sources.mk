# What is asked of Windows. The native build has its own for all but the portable part.
platform_portable_SRCS := \
	dlls/bcrypt/platform/memory_sized.c
platform_SRCS := \
	dlls/bcrypt/platform/memory.c \
	dlls/bcrypt/platform/module_windows.c \
	dlls/bcrypt/platform/platform_windows.c \
	dlls/bcrypt/platform/registry_windows.c \
	dlls/bcrypt/platform/stack_windows.c \
	dlls/bcrypt/platform/trace_windows.c \
	dlls/bcrypt/platform/watch_windows.c
