# What a person runs to see what a process gets. The timed operations are the benchmark's.
bcryptinfo_SRCS := \
	programs/bcryptinfo/bcryptinfo.c \
	programs/bcryptinfo/info_list.c \
	programs/bcryptinfo/info_selftest.c \
	programs/bcryptinfo/info_bench.c \
	programs/bench/cng.c \
	programs/bench/operations.c \
	programs/bench/pq_operations.c
