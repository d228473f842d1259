# DSA and DH.
provider_ffc_SRCS := \
	dlls/bcrypt/provider/ffc/dh.c \
	dlls/bcrypt/provider/ffc/dh_blob.c \
	dlls/bcrypt/provider/ffc/dsa.c \
	dlls/bcrypt/provider/ffc/dsa_blob.c
