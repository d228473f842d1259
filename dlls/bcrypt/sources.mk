# What bcrypt.dll is made of. Each folder lists what is in it, and here are the folders: a new family
# is a folder below provider/, and one below crypto/ if it has primitives of its own.
crypto_FOLDERS := aes chacha common ec ffc hash hbs kdf legacy mldsa mlkem random rsa slhdsa
provider_FOLDERS := cipher common composite ec ffc hash hbs kdf mldsa mlkem pq rng rsa secret slhdsa

include $(patsubst %,dlls/bcrypt/%/sources.mk,api router provider platform \
	$(crypto_FOLDERS:%=crypto/%) $(provider_FOLDERS:%=provider/%))

crypto_SRCS := $(foreach folder,$(crypto_FOLDERS),$(crypto_$(folder)_SRCS))
families_SRCS := $(foreach folder,$(provider_FOLDERS),$(provider_$(folder)_SRCS))

# What runs anywhere: the native build takes these.
bcrypt_portable_SRCS := $(api_SRCS) $(router_SRCS) $(provider_SRCS) $(families_SRCS) $(crypto_SRCS) \
	$(platform_portable_SRCS)

bcrypt_SRCS := dlls/bcrypt/main.c $(bcrypt_portable_SRCS) $(crypto_common_PE_SRCS) $(platform_SRCS)

# What every call goes through is optimized as one, the memory of objects too. Not crypto/, whose code stays
# as its own file's compiling made it: there the tests for constant time look.
bcrypt_WHOLE_SRCS := $(filter dlls/bcrypt/api/% dlls/bcrypt/router/% dlls/bcrypt/provider/% \
	dlls/bcrypt/platform/memory.c,$(bcrypt_SRCS))
$(foreach source,$(bcrypt_WHOLE_SRCS),$(eval PE_CFLAGS_$(source) := $(LTO)))

# Exports begin where a line of the processor's cache does: refusing NULL takes 3.2 ns or, elsewhere, 3.9.
$(foreach source,$(api_SRCS),$(eval PE_CFLAGS_$(source) += -falign-functions=64))

# What reads what strangers wrote, blobs, lists, names, the registry, notices before it returns when it has
# written behind a variable on the stack. Not crypto/, where sizes are the algorithm's own, nor what short
# calls go through: AES-GCM of 64 bytes would take 5 % longer.
bcrypt_SHORT_SRCS := $(filter dlls/bcrypt/provider/cipher/% dlls/bcrypt/provider/hash/% \
	dlls/bcrypt/provider/rng/% dlls/bcrypt/platform/memory%,$(filter-out %_blob.c %_property.c,$(bcrypt_SRCS))) \
	$(patsubst %,dlls/bcrypt/router/%.c,algorithm holds object slots thread_record uses)
$(foreach source,$(filter-out dlls/bcrypt/crypto/% $(bcrypt_SHORT_SRCS),$(bcrypt_SRCS)), \
	$(eval PE_CFLAGS_$(source) += -fstack-protector-strong))
