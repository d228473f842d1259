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

# What every call goes through is optimized as one. Not crypto/, whose code stays as its own file's
# compiling made it: there the tests for constant time look.
bcrypt_WHOLE_SRCS := $(filter dlls/bcrypt/api/% dlls/bcrypt/router/% dlls/bcrypt/provider/%, \
	$(bcrypt_portable_SRCS))
$(foreach source,$(bcrypt_WHOLE_SRCS),$(eval PE_CFLAGS_$(source) := $(LTO)))
