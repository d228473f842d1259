# What ncrypt.dll is made of: the key storage half, over bcrypt.dll. Its handles, memory and what it
# asks of Windows are bcrypt.dll's sources, compiled in.
ncrypt_portable_SRCS := \
	dlls/ncrypt/nte.c \
	dlls/ncrypt/api/ncrypt_blob.c \
	dlls/ncrypt/api/ncrypt_crypt.c \
	dlls/ncrypt/api/ncrypt_foreign.c \
	dlls/ncrypt/api/ncrypt_key.c \
	dlls/ncrypt/api/ncrypt_legacy.c \
	dlls/ncrypt/api/ncrypt_missing.c \
	dlls/ncrypt/api/ncrypt_property.c \
	dlls/ncrypt/api/ncrypt_provider.c \
	dlls/ncrypt/api/ncrypt_secret.c \
	dlls/ncrypt/asn1/lc_der.c \
	dlls/ncrypt/ksp/blob_types.c \
	dlls/ncrypt/ksp/ksp_cipher_blob.c \
	dlls/ncrypt/ksp/key_record.c \
	dlls/ncrypt/ksp/ksp_algorithm.c \
	dlls/ncrypt/ksp/ksp_blob.c \
	dlls/ncrypt/ksp/ksp_cipher.c \
	dlls/ncrypt/ksp/ksp_key.c \
	dlls/ncrypt/ksp/ksp_legacy.c \
	dlls/ncrypt/ksp/ksp_property.c \
	dlls/ncrypt/ksp/ksp_set.c \
	dlls/ncrypt/ksp/ksp_signer.c \
	dlls/ncrypt/ksp/ksp_value.c \
	dlls/ncrypt/ksp/pkcs12.c \
	dlls/ncrypt/ksp/pkcs8.c \
	dlls/ncrypt/ksp/pkcs8_crypt.c \
	dlls/ncrypt/ksp/pkcs8_curves.c \
	dlls/ncrypt/ksp/pkcs8_ec.c \
	dlls/ncrypt/ksp/pkcs8_ffc.c \
	dlls/ncrypt/ksp/pkcs8_pq.c \
	dlls/ncrypt/ksp/pkcs8_rsa.c \
	dlls/ncrypt/ksp/ui_policy.c \
	dlls/ncrypt/store/key_file.c \
	dlls/ncrypt/store/key_store.c

ncrypt_SRCS := dlls/ncrypt/main.c $(ncrypt_portable_SRCS) \
	dlls/ncrypt/asn1/lc_alone.c \
	dlls/ncrypt/store/files_windows.c \
	dlls/ncrypt/store/capi_windows.c \
	dlls/ncrypt/store/protect_windows.c \
	$(router_object_SRCS) $(platform_portable_SRCS) $(platform_SRCS)

# As bcrypt.dll: what every call goes through is optimized as one.
ncrypt_WHOLE_SRCS := $(filter dlls/ncrypt/api/% dlls/ncrypt/ksp/%,$(ncrypt_portable_SRCS))
$(foreach source,$(ncrypt_WHOLE_SRCS),$(eval PE_CFLAGS_$(source) := $(LTO)))

# Key files, PKCS #8 and blobs come from strangers. (What is bcrypt.dll's has its flags there.)
$(foreach source,$(filter dlls/ncrypt/%,$(ncrypt_SRCS)),$(eval PE_CFLAGS_$(source) += -fstack-protector-strong))
