# ECDSA and ECDH.
provider_ec_SRCS := \
	dlls/bcrypt/provider/ec/curve.c \
	dlls/bcrypt/provider/ec/curves_brainpool.c \
	dlls/bcrypt/provider/ec/curves_nist_sec.c \
	dlls/bcrypt/provider/ec/curves_other.c \
	dlls/bcrypt/provider/ec/ec.c \
	dlls/bcrypt/provider/ec/ec_blob.c \
	dlls/bcrypt/provider/ec/ec_import.c \
	dlls/bcrypt/provider/ec/ec_property.c \
	dlls/bcrypt/provider/ec/named_curves.c
