# A provider as its author would build it, and the program that installs it.
example_products := example_provider.dll example_install.exe

example_provider_SRCS := \
	examples/provider/example_provider.c \
	examples/provider/ascon.c \
	examples/provider/example_cipher.c \
	examples/provider/example_hash.c \
	examples/provider/example_signature.c \
	examples/provider/example_kem.c

example_install_SRCS := \
	examples/provider/example_install.c
