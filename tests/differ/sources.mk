# Random calls, answered by two bcrypt.dll: ours and another.
differ_SRCS := \
	tests/dice.c \
	tests/differ/differ.c \
	tests/differ/differ_cipher.c \
	tests/differ/differ_hash.c \
	tests/differ/differ_kdf.c \
	tests/differ/differ_pair.c \
	tests/differ/differ_property.c \
	tests/differ/differ_quantum.c \
	tests/differ/differ_wine.c
