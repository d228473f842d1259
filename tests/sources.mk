# What bcrypt_tests is made of; the suites' names are in tests/suites.h.

tests_SRCS := \
	tests/main.c \
	tests/expect.c \
	tests/test_algorithm.c

# The PE program has these as well; the native one (tests/native) does without.
tests_PE_SRCS := \
	tests/late.c
