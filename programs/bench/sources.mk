# The benchmark: OpenCNG, Wine's built-in and libcrypto in one process.
bench_SRCS := \
	programs/bench/bench.c \
	programs/bench/cng.c \
	programs/bench/lc_operations.c \
	programs/bench/operations.c \
	programs/bench/pq_operations.c \
	programs/bench/storage.c
