# What bcrypt.dll is made of, layer by layer. Families and primitives list theirs beside themselves.
include dlls/bcrypt/crypto/cipher.mk
include dlls/bcrypt/crypto/digest.mk
-include dlls/bcrypt/provider/rsa.mk
-include dlls/bcrypt/provider/ec.mk
-include dlls/bcrypt/provider/dsa_dh.mk
-include dlls/bcrypt/provider/kdf.mk

# What runs anywhere: the native build takes these.
bcrypt_portable_SRCS := \
	dlls/bcrypt/api/api_algorithm.c \
	dlls/bcrypt/api/api_cipher.c \
	dlls/bcrypt/api/api_config.c \
	dlls/bcrypt/api/api_hash.c \
	dlls/bcrypt/api/api_kdf.c \
	dlls/bcrypt/api/api_kem.c \
	dlls/bcrypt/api/api_key.c \
	dlls/bcrypt/api/api_property.c \
	dlls/bcrypt/api/api_random.c \
	dlls/bcrypt/api/api_secret.c \
	dlls/bcrypt/api/api_sign.c \
	dlls/bcrypt/router/algorithm.c \
	dlls/bcrypt/router/object.c \
	dlls/bcrypt/router/providers.c \
	dlls/bcrypt/provider/prov_cipher.c \
	dlls/bcrypt/provider/prov_cipher_aead.c \
	dlls/bcrypt/provider/prov_cipher_blob.c \
	dlls/bcrypt/provider/prov_cipher_modes.c \
	dlls/bcrypt/provider/prov_hash.c \
	dlls/bcrypt/provider/prov_hash_digest.c \
	dlls/bcrypt/provider/prov_hash_mac.c \
	dlls/bcrypt/provider/prov_hash_xof.c \
	dlls/bcrypt/provider/prov_main.c \
	dlls/bcrypt/provider/prov_multihash.c \
	dlls/bcrypt/provider/prov_object.c \
	dlls/bcrypt/provider/prov_rng.c \
	dlls/bcrypt/provider/prov_table.c \
	$(prov_rsa_SRCS) $(prov_ec_SRCS) $(prov_dsa_dh_SRCS) $(prov_kdf_SRCS) \
	dlls/bcrypt/crypto/aes_wrap.c \
	dlls/bcrypt/crypto/lc_status.c \
	$(crypto_cipher_SRCS) $(crypto_digest_SRCS) \
	dlls/bcrypt/platform/memory_sized.c

bcrypt_SRCS := \
	dlls/bcrypt/main.c \
	$(bcrypt_portable_SRCS) \
	dlls/bcrypt/crypto/lc_imports.c \
	dlls/bcrypt/platform/memory.c \
	dlls/bcrypt/platform/platform_windows.c \
	dlls/bcrypt/platform/trace_windows.c

# What every call goes through is optimized as one. Not crypto/, whose code stays as its own file's
# compiling made it: there the tests for constant time look.
bcrypt_WHOLE_SRCS := $(filter dlls/bcrypt/api/% dlls/bcrypt/router/% dlls/bcrypt/provider/%, \
	$(bcrypt_portable_SRCS))
$(foreach source,$(bcrypt_WHOLE_SRCS),$(eval PE_CFLAGS_$(source) := -flto))
