# The native build: the sources above platform/ on Linux, under sanitizers.
#
# native_PROGRAMS names the programs, native_<program>_SRCS what each is made of, and
# native_<program>_SANITIZERS what it is built with: "address" (and undefined behaviour; the
# default), "thread", "faults" (address, and libcrypto fails when it is told to) or "plain", or several.
# What has "address" is built as a 32-bit program, too ("address32"), for `make native-32`.
#
# SPDX-License-Identifier: MIT

native_PLATFORM := tests/native/platform_native.c tests/native/trace_native.c tests/native/module_native.c \
	tests/native/registry_native.c tests/native/watch_native.c
native_FAMILY := tests/native/family.c tests/native/suite.c
native_CIPHERS := dlls/bcrypt/crypto/common/cpu.c $(crypto_aes_SRCS) $(crypto_chacha_SRCS) $(crypto_legacy_SRCS)
native_SYMMETRIC := $(native_CIPHERS) $(filter-out %/cpu.c,$(crypto_common_SRCS)) $(crypto_hash_SRCS) $(crypto_random_SRCS) dlls/bcrypt/crypto/kdf/pbkdf2.c
native_KDF := $(provider_kdf_SRCS) $(provider_secret_SRCS) $(crypto_kdf_SRCS)
native_EC := $(provider_ec_SRCS) $(crypto_ec_SRCS)
native_FFC := $(provider_ffc_SRCS) $(crypto_ffc_SRCS)
# ncrypt.dll without Windows: its store is in memory. Both halves have one object table here.
native_NCRYPT := $(ncrypt_portable_SRCS) tests/native/store_native.c
native_FUZZ := tests/native/fuzz.c tests/native/suite.c
native_PROGRAMS := test_object test_memory test_crypto_cipher test_crypto_digest test_crypto_random \
	test_rsa_memory test_rsa_public fuzz_blob_rsa ct_rsa

# The object table by itself.
native_test_object_SRCS := tests/native/test_object.c $(router_object_SRCS) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c tests/native/platform_native.c
native_test_object_SANITIZERS := address thread

# The allocator, with itself in the place of malloc.
native_test_memory_SRCS := tests/native/test_memory_lists.c dlls/bcrypt/platform/memory.c \
	dlls/bcrypt/platform/memory_sized.c tests/native/platform_native.c
native_test_memory_SANITIZERS := address thread

# The primitives against libcrypto.
native_test_crypto_cipher_SRCS := tests/native/test_crypto_cipher.c $(native_CIPHERS)
native_test_crypto_digest_SRCS := tests/native/test_crypto_digest.c $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_test_crypto_random_SRCS := tests/native/test_crypto_random.c $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_test_crypto_random_SANITIZERS := address thread

# RSA: its provider with what it stands on.
native_rsa_SRCS := $(provider_rsa_SRCS) $(crypto_rsa_SRCS) \
	$(provider_common_SRCS) $(provider_hash_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_test_rsa_memory_SRCS := tests/native/test_rsa_memory.c $(native_FAMILY) $(native_rsa_SRCS)
native_test_rsa_memory_SANITIZERS := address thread
native_test_rsa_public_SRCS := tests/native/test_rsa_public.c tests/native/suite.c $(native_rsa_SRCS)
native_fuzz_blob_rsa_SRCS := tests/native/fuzz_blob_rsa.c $(native_FUZZ) $(native_rsa_SRCS)
native_ct_rsa_SRCS := tests/native/ct_rsa.c tests/native/ct.c $(native_rsa_SRCS)
native_ct_rsa_SANITIZERS := plain

# ECDSA and ECDH, with the secrets that they agree on.
native_PROGRAMS += test_ec_memory fuzz_blob_ecc ct_ec
native_ec_SRCS := $(sort $(native_EC) $(native_KDF) \
	$(provider_common_SRCS) $(provider_hash_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM))
native_test_ec_memory_SRCS := tests/native/test_ec_memory.c $(native_FAMILY) $(native_ec_SRCS)
native_test_ec_memory_SANITIZERS := address thread
native_fuzz_blob_ecc_SRCS := tests/native/fuzz_blob_ecc.c $(native_FUZZ) $(native_ec_SRCS)

# The NIST curves' and curve25519's fast paths against libcrypto.
native_PROGRAMS += test_nist
native_test_nist_SRCS := tests/native/test_nist.c tests/native/suite.c $(native_ec_SRCS)

# It has random numbers of its own, which are marked.
native_ct_ec_SRCS := tests/native/ct_ec.c tests/native/ct.c $(crypto_ec_SRCS) \
	$(filter %/curve.c %_curves.c %/curves_brainpool.c %/curves_nist_sec.c %/curves_other.c,$(provider_ec_SRCS)) \
	dlls/bcrypt/provider/common/blob.c \
	$(crypto_common_SRCS) dlls/bcrypt/crypto/random/lc_random.c \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM)
native_ct_ec_SANITIZERS := plain

# DSA and DH, the secrets that are agreed on, and key derivation.
native_PROGRAMS += test_ffc_memory fuzz_blob_ffc fuzz_kdf ct_ffc
native_ffc_SRCS := $(sort $(native_FFC) $(native_KDF) \
	$(provider_common_SRCS) $(provider_hash_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM))
native_test_ffc_memory_SRCS := tests/native/test_ffc_memory.c $(native_FAMILY) $(native_ffc_SRCS)
native_test_ffc_memory_SANITIZERS := address thread
native_fuzz_blob_ffc_SRCS := tests/native/fuzz_blob_ffc.c $(native_FUZZ) $(native_ffc_SRCS)
native_fuzz_kdf_SRCS := tests/native/fuzz_kdf.c $(native_FUZZ) $(native_ffc_SRCS)
native_ct_ffc_SRCS := tests/native/ct_ffc.c tests/native/ct.c $(native_ffc_SRCS)
native_ct_ffc_SANITIZERS := plain

# ML-KEM and ML-DSA.
native_PROGRAMS += test_lattice ct_lattice
native_LATTICE := $(sort $(crypto_mlkem_SRCS) $(crypto_mldsa_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM))
native_test_lattice_SRCS := tests/native/test_lattice.c tests/native/suite.c $(native_LATTICE)
native_ct_lattice_SRCS := tests/native/ct_lattice.c tests/native/ct.c $(native_LATTICE)
native_ct_lattice_SANITIZERS := plain

# SLH-DSA of our own against libcrypto's.
native_PROGRAMS += test_slhdsa_fast ct_slhdsa
native_SLHDSA := $(sort $(crypto_slhdsa_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM))
native_test_slhdsa_fast_SRCS := tests/native/test_slhdsa_fast.c tests/native/lc_slhdsa.c tests/native/suite.c $(native_SLHDSA)
native_ct_slhdsa_SRCS := tests/native/ct_slhdsa.c tests/native/ct.c $(native_SLHDSA)
native_ct_slhdsa_SANITIZERS := plain

# Curve25519 against libcrypto's arithmetic.
native_PROGRAMS += test_x25519 test_x25519_narrow
native_test_x25519_SRCS := tests/native/test_x25519.c tests/native/suite.c dlls/bcrypt/crypto/ec/x25519_order.c
native_test_x25519_narrow_SRCS := tests/native/test_x25519_narrow.c tests/native/suite.c

# The contract suites on the same sources, as far as they need no Windows.
native_PROGRAMS += bcrypt_tests
native_bcrypt_tests_SRCS := $(tests_SRCS) tests/native/provider_native.c $(test_provider_SRCS) $(bcrypt_portable_SRCS) tests/native/memory_sanitized.c \
	tests/native/thread_native.c $(native_PLATFORM) $(native_NCRYPT)

# The provider registry, with the provider behind it.
native_PROGRAMS += test_registry
native_test_registry_SRCS := tests/native/test_registry.c tests/native/provider_native.c \
	$(test_provider_SRCS) $(bcrypt_portable_SRCS) tests/native/memory_sanitized.c \
	tests/native/thread_native.c $(native_PLATFORM)

native_test_registry_SANITIZERS := address thread

# The configuration: writers that fail or are killed, and a registry that holds anything.
native_PROGRAMS += test_config test_config_faults test_config_reads fuzz_registry
native_CONFIG := tests/native/config_state.c tests/native/provider_native.c $(test_provider_SRCS) \
	$(bcrypt_portable_SRCS) tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)
native_CONFIG_LIBS := $(addprefix -Wl$(comma)--wrap=registry_,open create set unset delete get \
	key_at value_at key_time)
native_test_config_SRCS := tests/native/test_config.c tests/native/suite.c \
	$(filter-out %/config_state.c,$(native_CONFIG))
native_test_config_faults_SRCS := tests/native/test_config_faults.c tests/native/suite.c $(native_CONFIG)
native_test_config_faults_LIBS := $(native_CONFIG_LIBS)
native_test_config_reads_SRCS := tests/native/test_config_reads.c tests/native/suite.c $(native_CONFIG)
native_test_config_reads_LIBS := $(native_CONFIG_LIBS)
native_fuzz_registry_SRCS := tests/native/fuzz_registry.c $(native_FUZZ) $(native_CONFIG)
native_fuzz_registry_LIBS := $(native_CONFIG_LIBS)

# PBKDF2 for a provider that has none: provider_find is the test's.
native_PROGRAMS += test_pbkdf2
native_test_pbkdf2_SRCS := tests/native/test_pbkdf2.c tests/native/suite.c $(bcrypt_portable_SRCS) \
	tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)
native_test_pbkdf2_LIBS := -Wl,--wrap=provider_find

# Symmetric keys.
native_PROGRAMS += fuzz_blob_cipher
native_fuzz_blob_cipher_SRCS := tests/native/fuzz_blob_cipher.c $(native_FUZZ) $(bcrypt_portable_SRCS) \
	tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)

# The post-quantum families; their vectors with the random numbers that they were made with.
native_PROGRAMS += test_pq_memory fuzz_blob_pqc fuzz_hbs ct_pqc ct_composite test_pq_vectors
native_PQ := $(provider_pq_SRCS) $(provider_mlkem_SRCS) $(provider_mldsa_SRCS) $(provider_slhdsa_SRCS) \
	$(provider_composite_SRCS) $(provider_hbs_SRCS) $(crypto_hbs_SRCS) $(native_EC) $(native_KDF) \
	$(crypto_mlkem_SRCS) $(crypto_mldsa_SRCS) $(crypto_slhdsa_SRCS)
native_pq_SRCS := $(sort $(native_PQ) $(provider_common_SRCS) $(provider_hash_SRCS) $(native_SYMMETRIC) \
	tests/native/memory_sanitized.c dlls/bcrypt/platform/memory_sized.c $(native_PLATFORM))
native_test_pq_memory_SRCS := tests/native/test_pq_memory.c $(native_FAMILY) $(native_pq_SRCS)
native_test_pq_memory_SANITIZERS := address thread
native_fuzz_blob_pqc_SRCS := tests/native/fuzz_blob_pqc.c $(native_FUZZ) $(native_pq_SRCS)
native_fuzz_hbs_SRCS := tests/native/fuzz_hbs.c $(native_FUZZ) $(native_pq_SRCS)
native_ct_pqc_SRCS := tests/native/ct_pqc.c tests/native/ct.c $(native_pq_SRCS)
native_ct_pqc_SANITIZERS := plain
# It has random numbers of its own, which are marked.
native_ct_composite_SRCS := tests/native/ct_composite.c tests/native/ct.c \
	$(filter-out dlls/bcrypt/crypto/random/random.c,$(native_pq_SRCS))
native_ct_composite_SANITIZERS := plain
native_test_pq_vectors_SRCS := tests/native/test_pq_vectors.c $(filter-out tests/main.c,$(tests_SRCS)) \
	tests/native/provider_native.c $(test_provider_SRCS) \
	$(bcrypt_portable_SRCS) tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM) \
	$(native_NCRYPT)
native_test_pq_vectors_LIBS := -Wl,--wrap=random_bytes

# TLS's hybrid groups, with libcrypto at the other end.
native_PROGRAMS += test_hybrid
native_test_hybrid_SRCS := tests/native/test_hybrid.c tests/native/suite.c $(bcrypt_portable_SRCS) \
	tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)

# Everything that can fail fails in turn, in every export; libcrypto's functions, too, in its own build.
native_PROGRAMS += test_faults
native_test_faults_SRCS := $(addprefix tests/native/,test_faults.c test_faults_pair.c test_faults_config.c \
	test_faults_verify.c fault.c suite.c) $(addprefix tests/,expect.c vectors_data.c vectors_der.c vectors_parse.c) \
	$(native_CONFIG)
native_test_faults_LIBS := $(native_CONFIG_LIBS)
native_test_faults_SANITIZERS := faults

# Any sequence of calls.
native_PROGRAMS += fuzz_calls
native_fuzz_calls_SRCS := tests/native/fuzz_calls.c $(native_FUZZ) $(bcrypt_portable_SRCS) \
	tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)
native_fuzz_calls_SANITIZERS := address thread

# What comes into key storage from outside: blobs, PKCS #8, key files.
native_PROGRAMS += fuzz_ncrypt test_ncrypt_memory
native_ncrypt_SRCS := $(bcrypt_portable_SRCS) $(native_NCRYPT) tests/native/memory_sanitized.c \
	tests/native/thread_native.c $(native_PLATFORM)
native_fuzz_ncrypt_SRCS := tests/native/fuzz_ncrypt.c $(native_FUZZ) $(native_ncrypt_SRCS)
native_test_ncrypt_memory_SRCS := tests/native/test_ncrypt_memory.c $(native_FAMILY) $(native_ncrypt_SRCS)

# --- how they are built -------------------------------------------------------------------------------
NATIVE_OUT := $(BUILD)/native
NATIVE_CPPFLAGS := -DOPENCNG_NATIVE -DOPENCNG_VERSION='"$(VERSION)"' -Itests/native -Iinclude \
	-Idlls/bcrypt -Idlls/ncrypt -Itests -I$(BUILD)/generated
# Valgrind reads no DWARF 5 of clang's.
NATIVE_CFLAGS := -std=gnu11 -O1 -gdwarf-4 -fshort-wchar -fno-omit-frame-pointer -pthread $(WARNINGS)
SANITIZE_address := -fsanitize=address,undefined -fno-sanitize-recover=undefined
SANITIZE_address32 := -m32 -msse2 $(SANITIZE_address)
SANITIZE_thread := -fsanitize=thread
SANITIZE_faults = $(SANITIZE_address) $(if $(filter dlls/bcrypt/crypto/%,$<),-include tests/native/libcrypto_faults.h)
# (Linked with AddressSanitizer: tests ask it how much memory is allocated.)
SANITIZE_coverage = -fprofile-instr-generate -fcoverage-mapping $(if $(filter %.c,$<),,-fsanitize=address)
# What looks for names in lists does little but compare characters: libFuzzer is not told of each.
native_NAMES := dlls/bcrypt/router/config% dlls/bcrypt/provider/families.c tests/native/registry_native.c tests/native/config_state.c
SANITIZE_fuzz = $(SANITIZE_address) -fsanitize=fuzzer -DLIBFUZZER \
	$(if $(filter $(native_NAMES),$<),-fno-sanitize-coverage=trace-cmp)
SANITIZE_plain :=

# native_library SANITIZER,NAME: where it is; the faster primitives are for 64 bits only.
native_libraries = libcrypto $(if $(filter %32,$(1)),,libfast) libcheck
native_library = $(if $(filter %32,$(1)),$(NATIVE32_PLACE),$(NATIVE_PLACE))/$(2)
native_places = $(foreach library,$(native_libraries),$(call native_library,$(1),$(library).place))
native_includes = $(foreach library,$(native_libraries),-I$(call native_library,$(1),$(library))/include)
native_archives = $(foreach library,libcheck $(filter libfast,$(native_libraries)) libcrypto, \
	$(call native_library,$(1),$(library))/lib/$(library).a)

sanitizers_of = $(or $(native_$(1)_SANITIZERS),address)
binaries_of = $(foreach sanitizer,$(call sanitizers_of,$(1)),$(NATIVE_OUT)/$(sanitizer)/$(1))
native_binaries := $(foreach program,$(native_PROGRAMS),$(call binaries_of,$(program)))
native_binaries32 := $(patsubst $(NATIVE_OUT)/address/%,$(NATIVE_OUT)/address32/%, \
	$(filter $(NATIVE_OUT)/address/%,$(native_binaries)))

ifneq ($(warm_native),)
$(call remember,$(NATIVE_OUT)/compiled-with,$(NATIVE_CC) $(NATIVE_CPPFLAGS) $(NATIVE_CFLAGS) $(CFLAGS) \
	$(foreach sanitizer,address address32 thread faults fuzz coverage,$(SANITIZE_$(sanitizer))))
$(call remember,$(NATIVE_OUT)/linked-with,$(foreach program,$(native_PROGRAMS),$(program): $(native_$(program)_SRCS)))
endif

define native_objects    # sanitizer
$(NATIVE_OUT)/$(1)/obj/%.o: %.c $(NATIVE_OUT)/compiled-with $(native_places)
	$(Q)mkdir -p $$(@D)
	$$(call say,CC)$(NATIVE_CC) $(NATIVE_CPPFLAGS) $(native_includes) $(NATIVE_CFLAGS) $$(SANITIZE_$(1)) $$(CFLAGS_$$<) \
		$(CFLAGS) -MMD -MP -c -o $$@ $$<
endef
$(foreach sanitizer,address address32 thread faults fuzz coverage plain,$(eval $(call native_objects,$(sanitizer))))

define native_program    # sanitizer, program
$(NATIVE_OUT)/$(1)/$(2): $(patsubst %.c,$(NATIVE_OUT)/$(1)/obj/%.o,$(native_$(2)_SRCS)) \
		$(native_places) $(NATIVE_OUT)/linked-with
	$$(call say,LINK)tools/link-libcrypto native$(if $(filter %32,$(1)),32) $(call native_library,$(1),libcrypto) $$@ \
		$(NATIVE_CC) $(SANITIZE_$(1)) $(LDFLAGS) -o $$@ $$(filter %.o,$$^) $(native_archives) \
		-lm -lrt -ldl -pthread $$(native_$(2)_LIBS)
-include $(patsubst %.c,$(NATIVE_OUT)/$(1)/obj/%.d,$(native_$(2)_SRCS))
endef
$(foreach binary,$(native_binaries) $(native_binaries32), \
	$(eval $(call native_program,$(patsubst $(NATIVE_OUT)/%/,%,$(dir $(binary))),$(notdir $(binary)))))

# Every fuzzer with libFuzzer, so many seconds each, from the good inputs that the same program has.
FUZZ_SECONDS ?= 10
FUZZERS := $(filter fuzz_%,$(native_PROGRAMS))
$(foreach program,$(FUZZERS),$(eval $(call native_program,fuzz,$(program))))

.PHONY: fuzz fuzz-build check-fuzz
fuzz-build: $(FUZZERS:%=$(NATIVE_OUT)/fuzz/%) $(FUZZERS:%=$(NATIVE_OUT)/address/%)
fuzz: fuzz-build
	$(Q)tests/native/run-fuzzers $(NATIVE_OUT) $(FUZZ_SECONDS) $(FUZZERS)
check-fuzz: fuzz-build
	$(Q)COUNT=$(BUILD)/check-fuzz.count tests/native/run-fuzzers $(NATIVE_OUT) 4 $(FUZZERS)

# Random calls, answered by CNG's exports and by libcrypto's EVP; in CI the same ones each time.
SECONDS_GIVEN = $(or $(filter-out 0,$(SECONDS)),60)
native_differential_SRCS := $(addprefix tests/native/,differential.c differential_symmetric.c differential_pair.c) tests/dice.c \
	$(bcrypt_portable_SRCS) tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)
$(eval $(call native_program,plain,differential))

.PHONY: differential differential-build check-differential
differential-build: $(NATIVE_OUT)/plain/differential
differential: differential-build
	$(Q)$(NATIVE_OUT)/plain/differential --seconds $(SECONDS_GIVEN) --seed $$(od -A n -t u4 -N 4 /dev/urandom)
check-differential: differential-build
	$(Q)rm -f $(BUILD)/check-differential.count; $(NATIVE_OUT)/plain/differential --trials 30000 > \
		$(BUILD)/check-differential.log; status=$$?; cat $(BUILD)/check-differential.log; \
	echo "$$((status == 0)) $$((status != 0))" > $(BUILD)/check-differential.count; exit $$status

# What takes long: forged handles, objects made and ended by four threads, and new key pairs for a time.
HANDLES ?= 1000000000
PAIRS ?= 100000000
native_long_SRCS := tests/native/long.c tests/handle_calls.c tests/expect.c $(bcrypt_portable_SRCS) \
	tests/native/memory_sanitized.c tests/native/thread_native.c $(native_PLATFORM)
$(eval $(call native_program,plain,long))

.PHONY: long
long: $(NATIVE_OUT)/plain/long $(NATIVE_OUT)/plain/differential
	$(Q)$(NATIVE_OUT)/plain/long handles $(HANDLES)
	$(Q)$(NATIVE_OUT)/plain/long pairs $(PAIRS)
	$(Q)$(NATIVE_OUT)/plain/differential --keys --seconds $(SECONDS_GIVEN) --seed $$(od -A n -t u4 -N 4 /dev/urandom)

# Which lines and branches of dlls/ the programs that test reach. Not those for constant time, which repeat.
COVERAGE := $(filter-out ct_%,$(native_PROGRAMS))
$(foreach program,$(COVERAGE),$(eval $(call native_program,coverage,$(program))))

# In CI those that reach most in little time; one more adds less than chance takes away.
COVERAGE_CHECKED := bcrypt_tests fuzz_calls fuzz_ncrypt test_config test_object test_registry

.PHONY: coverage coverage-build check-coverage
coverage: $(COVERAGE:%=$(NATIVE_OUT)/coverage/%)
	$(Q)tests/native/coverage $(NATIVE_OUT)/coverage $(COVERAGE)
coverage-build: $(COVERAGE_CHECKED:%=$(NATIVE_OUT)/coverage/%)
check-coverage: coverage-build
	$(Q)COUNT=$(BUILD)/check-coverage.count tests/native/coverage $(NATIVE_OUT)/coverage $(COVERAGE_CHECKED)

# run_native BINARIES, DIRECTORY: CK_FORK=no, for a sanitizer's report must end the program, not one test.
# Two run at a time, the contract suites, which take longest, from the start.
define run_native
$(Q)rm -rf $(2); mkdir -p $(2); failed=0; \
	printf '%s\n' $(sort $(filter %/bcrypt_tests,$(1))) $(filter-out %/bcrypt_tests,$(1)) | sed 's,^$(NATIVE_OUT)/,,' | \
	CK_FORK=no xargs -P 2 -I {} sh -c 'tools/run-suite "$(2)/$$(echo {} | tr / -)" "native {}" "$(NATIVE_OUT)/{}"' || \
	failed=1; tools/count $(2)/*.count && exit $$failed
endef

.PHONY: native native-build native-32 native-32-build
native-build: $(native_binaries)
native: native-build
	$(call run_native,$(native_binaries),$(NATIVE_OUT)/check)

# The same as 32-bit programs, where the kernel runs them: what is left of the 32-bit DLL's tests when there
# is no Wine for it.
native-32-build: $(native_binaries32)
native-32: native-32-build
	$(call run_native,$(native_binaries32),$(NATIVE_OUT)/check32)
