# The programs of the native build. native_<program>_SRCS lists what each is made of,
# native_<program>_SANITIZERS what it is built with (address, which is the default, or thread).

native_PLATFORM := tests/native/platform_native.c tests/native/trace_native.c
native_PROGRAMS := test_object test_memory test_crypto_cipher test_crypto_digest test_crypto_random

# The object table by itself.
native_test_object_SRCS := tests/native/test_object.c dlls/bcrypt/router/object.c \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c tests/native/platform_native.c
native_test_object_SANITIZERS := address thread

# The allocator, with itself in the place of malloc.
native_test_memory_SRCS := tests/native/test_memory_lists.c dlls/bcrypt/platform/memory.c \
	dlls/bcrypt/platform/memory_sized.c tests/native/platform_native.c
native_test_memory_SANITIZERS := address thread

# The primitives against libcrypto.
native_test_crypto_cipher_SRCS := tests/native/test_crypto_cipher.c $(crypto_cipher_SRCS)
native_test_crypto_digest_SRCS := tests/native/test_crypto_digest.c $(crypto_digest_SRCS) $(crypto_cipher_SRCS) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_test_crypto_random_SRCS := tests/native/test_crypto_random.c $(crypto_digest_SRCS) $(crypto_cipher_SRCS) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_test_crypto_random_SANITIZERS := address thread
