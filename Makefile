# Makefile - builds and tests OpenCNG.
#
#   make [ARCH=x86_64|i686]   the DLLs, the tests, bcryptinfo and bcryptconfig, in build/<arch>
#   make all-arches           the same for both
#   make try SUITE=hash       seconds after an edit: that suite, one architecture; TEST=NAME for one test
#   make check                the test program under Wine on our DLLs (all tests: tools/opencng test)
#   make native               the sources above platform/ on Linux, under sanitizers
#   make native-32            the same as 32-bit programs
#   make fuzz FUZZ_SECONDS=60 the fuzzers with libFuzzer, so long each
#   make differ SECONDS=60    random calls, answered by our bcrypt.dll and by Wine's; make check-differ: some
#   make long                 10^9 forged handles, 10^8 objects and new keys for SECONDS (HANDLES, PAIRS: how many)
#   make coverage             which lines of dlls/ the native tests reach
#   make check-imports        what the built DLLs import and export
#   make check-headers        the public headers, alone, in C and C++, by gcc and clang
#   make check-docs           what the documents and comments say of the tree
#   make check-layers         no include crosses a layer the wrong way
#   make lint                 the form of the sources
#   make check-tools          tools/opencng itself
#   make check-config         bcryptconfig and the example's installer, by what they leave in the registry
#   make check-sources        what is fetched, from broken archives too, and what is built of it
#   make check-debian         README's commands in a new Debian of the other release, as root
#   make check-programs       real Windows programs from the npm registry
#   make check-dotnet         .NET's cryptography, under Wine
#   make winetest             Wine's own tests of bcrypt and ncrypt
#   make check-interop        keys and signatures to and from other software
#   make bench [VS=DLL SVG=FILE]  our DLL, Wine's (or another build's) and libcrypto in one table, and a chart
#   make report               what was run and what it said, on one page; make check-report looks at it in Chromium
#   make examples             examples/: a provider as its author would write it, and its installer
#   make dist                 packs what Windows, and Wine without a compiler, need: a zip
#   make deb                  the same for Debian: a package
#   make check-reproducible   two builds in two places, from nothing: the same bytes (half an hour)
#   make check-dist           what is packed, unpacked and used; as root in a Debian without a compiler
#
# BUILD=DIR builds elsewhere. CFLAGS adds to the flags, V=1 shows the commands.
#
# SPDX-License-Identifier: MIT

VERSION := 0.1.0

# What every call goes through is optimized as one; LTO= leaves that out, for quick links.
LTO := -flto

ARCH ?= x86_64
BUILD ?= build
OUT := $(BUILD)/$(ARCH)
ARCHES := x86_64 i686

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

ifeq ($(filter $(ARCH),$(ARCHES)),)
$(error ARCH is $(ARCH): it can be $(ARCHES))
endif

Q := $(if $(V),,@)
say = $(if $(V),,@printf '%-8s %s\n' '$(1)' '$(patsubst $(BUILD)/%,%,$@)';)
comma := ,

# --- tools ----------------------------------------------------------------------------------------

CROSS := $(ARCH)-w64-mingw32-
found = $(shell command -v $(1) 2>/dev/null)

# Debian's mingw gcc comes in two kinds: the one meant here uses Windows' own threads.
ifeq ($(origin CC),default)
CC := $(CROSS)$(if $(call found,$(CROSS)gcc-win32),gcc-win32,gcc)
endif
WINDRES := $(CROSS)windres
DLLTOOL := $(CROSS)dlltool
OBJCOPY := $(CROSS)objcopy
OBJDUMP := $(CROSS)objdump
NATIVE_CC ?= clang

# Goals that compile nothing need none of the tools below.
# (those that call make for each architecture, too)
cold_goals := clean help version all-arches examples dist deb check-dist check-reproducible check check-imports check-headers \
	check-docs check-layers lint check-tools check-differ check-config check-kills check-sources check-debian check-programs winetest try
warm := $(if $(MAKECMDGOALS),$(filter-out $(cold_goals),$(MAKECMDGOALS)),all)
native_goals := native native-% long long-% coverage check-coverage $(foreach kind,fuzz differential,$(kind) $(kind)-build check-$(kind)) \
	coverage-build $(BUILD)/native/%
warm_native := $(filter $(native_goals),$(warm))
warm_pe := $(filter-out $(native_goals),$(warm))

ifneq ($(warm_pe),)
missing := $(foreach tool,$(CC) $(WINDRES) $(DLLTOOL),$(if $(call found,$(tool)),,$(tool)))
endif
ifneq ($(warm_native),)
missing += $(if $(call found,$(NATIVE_CC)),,$(NATIVE_CC))
endif
ifneq ($(strip $(missing)),)
$(error missing: $(strip $(missing)). To install what a build takes: tools/opencng deps)
endif

include tools/libraries.mk

# --- flags ------------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Werror -Wundef -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wshadow -Wwrite-strings -Wpointer-arith -Wvla

# Windows promises the stack no more than 16 bytes of alignment, 4 on i686: there every function
# that needs more sees to it itself, and no vector move may rely on it anywhere.
# -mcmodel=small: else the address of each variable of another file is read from a table first.
PE_CFLAGS := -std=gnu11 -O2 -g $(WARNINGS) -Wa,-muse-unaligned-vector-move -ffunction-sections -fdata-sections \
	$(if $(filter i686,$(ARCH)),-msse2 -mfpmath=sse -mstackrealign,-mcmodel=small)
# Three quarters of what <windows.h> costs are all of the processor's intrinsics: files include those they use.
PE_CPPFLAGS := -D_WIN32_WINNT=0x0A00 -DUNICODE -D_UNICODE -DOPENCNG_VERSION='"$(VERSION)"' \
	-D_X86INTRIN_H_INCLUDED

# Page-aligned sections in the file can be mapped, and shared between processes, instead of read.
# Only what is named here can be imported: a symbol of any other DLL does not link.
PE_LDFLAGS := -static-libgcc -Wl,--gc-sections -Wl,--no-insert-timestamp -Wl,--dynamicbase -Wl,--nxcompat \
	-Wl,--file-alignment,4096 -Wl,--section-alignment,4096 -Wl,--fatal-warnings -Wl,--disable-stdcall-fixup \
	$(if $(filter x86_64,$(ARCH)),-Wl$(comma)--high-entropy-va)
PE_LIBS := -nodefaultlibs -Wl,--start-group -lmingw32 -lgcc -lmoldname -lmingwex -lmsvcrt -Wl,--end-group \
	-lkernel32 -lntdll

# --- sources ----------------------------------------------------------------------------------------

-include dlls/bcrypt/sources.mk
-include dlls/ncrypt/sources.mk
-include tests/sources.mk
-include programs/bcryptinfo/sources.mk
-include programs/bench/sources.mk
-include tests/differ/sources.mk
-include programs/bcryptconfig/sources.mk
-include examples/provider/sources.mk

# Flags of one file alone, such as those for its instruction set, are in CFLAGS_<its path>; in PE_CFLAGS_<its path>
# if they are not for the native build.
objects = $(patsubst %.c,$(OUT)/obj/%.o,$(filter %.c,$(1))) $(patsubst %.rc,$(OUT)/obj/%.res.o,$(filter %.rc,$(1)))

bcrypt_OBJS := $(call objects,$(bcrypt_SRCS)) $(OUT)/obj/bcrypt.dll.res.o
ncrypt_OBJS := $(call objects,$(ncrypt_SRCS)) $(OUT)/obj/ncrypt.dll.res.o
bcryptprimitives_OBJS := $(call objects,dlls/bcryptprimitives/attach.c) $(OUT)/obj/bcryptprimitives.dll.res.o
tests_OBJS := $(call objects,$(tests_SRCS) $(tests_PE_SRCS)) $(OUT)/obj/bcrypt_tests.exe.res.o
test_provider_OBJS := $(call objects,$(test_provider_SRCS))
bcryptinfo_OBJS := $(call objects,$(bcryptinfo_SRCS)) $(OUT)/obj/bcryptinfo.exe.res.o
bcryptconfig_OBJS := $(call objects,$(bcryptconfig_SRCS)) $(OUT)/obj/bcryptconfig.exe.res.o
bench_OBJS := $(call objects,$(bench_SRCS))
differ_OBJS := $(call objects,$(differ_SRCS))

products := $(if $(bcrypt_SRCS),bcrypt.dll libbcrypt.dll.a) bcryptprimitives.dll libbcryptprimitives.dll.a \
	ncrypt.dll libncrypt.dll.a \
	$(if $(tests_SRCS),bcrypt_tests.exe test_provider.dll) $(if $(bcryptinfo_SRCS),bcryptinfo.exe) \
	$(if $(bcryptconfig_SRCS),bcryptconfig.exe) $(if $(bench_SRCS),bench.exe) $(if $(differ_SRCS),differ.exe)

.PHONY: all all-arches dlls info config FORCE
all: $(products:%=$(OUT)/%)

# What 'tools/opencng run' takes: for a program of the user's, and for none.
dlls: $(OUT)/bcrypt.dll $(OUT)/bcryptprimitives.dll $(OUT)/ncrypt.dll
info: dlls $(OUT)/bcryptinfo.exe
config: dlls $(OUT)/bcryptconfig.exe

all-arches:
	$(Q)set -e; for arch in $(ARCHES); do $(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch all; done

ifneq ($(warm_pe),)
file_flags := $(foreach source,$(sort $(bcrypt_SRCS) $(ncrypt_SRCS) $(tests_SRCS) $(tests_PE_SRCS) $(test_provider_SRCS) \
	$(bcryptinfo_SRCS) $(bcryptconfig_SRCS) $(bench_SRCS) $(differ_SRCS)), \
	$(if $(CFLAGS_$(source))$(PE_CFLAGS_$(source)),$(source): $(CFLAGS_$(source)) $(PE_CFLAGS_$(source))))
$(call remember,$(OUT)/compiled-with,$(CC) $(PE_CPPFLAGS) $(PE_CFLAGS) $(CFLAGS) $(file_flags))
$(call remember,$(OUT)/linked-with,$(CC) $(PE_LDFLAGS) $(PE_LIBS) $(LDFLAGS) \
	$(bcrypt_OBJS) $(ncrypt_OBJS) $(tests_OBJS) $(bcryptinfo_OBJS) $(bcryptconfig_OBJS) $(bench_OBJS) $(differ_OBJS))
endif

# --- compiling --------------------------------------------------------------------------------------

$(OUT)/obj/dlls/%.o: INCLUDES = -Iinclude -Idlls/bcrypt -I$(LIBCRYPTO)/include -I$(FAST)/include
$(OUT)/obj/dlls/ncrypt/%.o: INCLUDES = -Iinclude -Idlls/ncrypt -Idlls/bcrypt -I$(LIBCRYPTO)/include
$(OUT)/obj/tests/%.o: INCLUDES = -Iinclude -Itests -I$(BUILD)/generated -I$(CHECK)/include
$(OUT)/obj/programs/%.o: INCLUDES = -Iinclude -I$(BUILD)/generated
$(OUT)/obj/programs/bench/%.o: INCLUDES = -Iinclude -Idlls/bcrypt -I$(LIBCRYPTO)/include

# The libraries come first: without them nothing is compiled.
$(bcrypt_OBJS) $(ncrypt_OBJS) $(bench_OBJS): $(OUT)/libcrypto.place
$(bcrypt_OBJS): $(FAST).place
$(tests_OBJS): $(OUT)/libcheck.place
$(bcryptprimitives_OBJS) $(tests_OBJS) $(bcryptinfo_OBJS) $(bcryptconfig_OBJS): | $(OUT)/libcrypto.place

$(OUT)/obj/%.o: %.c $(OUT)/compiled-with
	$(Q)mkdir -p $(@D)
	$(call say,CC)$(CC) $(PE_CPPFLAGS) $(INCLUDES) $(PE_CFLAGS) $(CFLAGS_$<) $(PE_CFLAGS_$<) $(CFLAGS) -MMD -MP -c -o $@ $<

# The version resource: every product has the same, but for its name.
description_bcrypt.dll := Windows Cryptographic Primitives Library
description_bcryptprimitives.dll := Windows Cryptographic Primitives Library
description_ncrypt.dll := Windows NCrypt Router
description_bcrypt_tests.exe := Tests of bcrypt.dll
description_bcryptinfo.exe := Shows and tests the bcrypt.dll of a process
description_bcryptconfig.exe := Shows and changes the configuration of CNG

$(OUT)/obj/%.res.o: dlls/version.rc $(OUT)/compiled-with
	$(Q)mkdir -p $(@D)
	$(call say,RC)$(WINDRES) -i $< -o $@ -D OPENCNG_NUMBERS=$(subst .,$(comma),$(VERSION))$(comma)0 \
		-D OPENCNG_VERSION='\"$(VERSION)\"' -D OPENCNG_FILE='\"$*\"' \
		-D OPENCNG_DESCRIPTION='\"$(description_$*)\"' $(if $(filter %.dll,$*),-D OPENCNG_DLL)

# --- linking ----------------------------------------------------------------------------------------

# Each product is linked with its debug information into a file of its own, *.debug. What is only read is
# read-only: libcrypto's constants of assembly, and the addresses of imports, whose section binutils
# would always let be written under its own name. (Loaders write them while they protect nothing yet.)
read_only := contents,alloc,load,readonly,data
define strip_into
$(Q)$(OBJCOPY) -p --strip-all --set-section-flags .rodata=$(read_only) --set-section-flags .CRT=$(read_only) \
	--rename-section .idata=.import,$(read_only) $@.debug $@
endef

.SECONDEXPANSION:
$(OUT)/%.def: dlls/$$*/$$*.spec tools/spec2def
	$(Q)mkdir -p $(@D)
	$(call say,SPEC)tools/spec2def $(ARCH) $* $< > $@

# What takes libcrypto may take more of it than was built.
link = tools/link-libcrypto $(ARCH) $(LIBCRYPTO) $@

# A DLL is its listed sources and its .spec; the .spec alone decides what it exports.
$(OUT)/bcrypt.dll: $(bcrypt_OBJS) $(OUT)/bcrypt.def $(OUT)/libcrypto.place $(FAST).place $(OUT)/linked-with
	$(call say,LINK)$(link) $(CC) -shared $(PE_CFLAGS) $(if $(LTO),-flto=auto) $(PE_LDFLAGS) -Wl,--kill-at $(LDFLAGS) \
		-o $@.debug $(bcrypt_OBJS) $(OUT)/bcrypt.def $(FAST)/lib/libfast.a $(LIBCRYPTO)/lib/libcrypto.a $(PE_LIBS)
	$(strip_into)

$(OUT)/bcryptprimitives.dll: $(bcryptprimitives_OBJS) $(OUT)/bcryptprimitives.def $(OUT)/libbcrypt.dll.a $(OUT)/linked-with
	$(call say,LINK)$(CC) -shared -nostdlib -Wl,--entry=$(if $(filter i686,$(ARCH)),_primitives_attach@12,primitives_attach) \
		$(PE_LDFLAGS) -Wl,--kill-at -o $@.debug $(bcryptprimitives_OBJS) $(OUT)/bcryptprimitives.def \
		$(OUT)/libbcrypt.dll.a -lkernel32
	$(strip_into)

# What it takes of libcrypto comes alone: dlls/ncrypt/asn1/lc_alone.c.
$(OUT)/ncrypt.dll: $(ncrypt_OBJS) $(OUT)/ncrypt.def $(OUT)/libbcrypt.dll.a $(OUT)/libcrypto.place $(OUT)/linked-with
	$(call say,LINK)$(link) $(CC) -shared $(PE_CFLAGS) $(if $(LTO),-flto=auto) $(PE_LDFLAGS) -Wl,--kill-at $(LDFLAGS) \
		-o $@.debug $(ncrypt_OBJS) $(OUT)/ncrypt.def $(OUT)/libbcrypt.dll.a $(LIBCRYPTO)/lib/libcrypto.a $(PE_LIBS)
	$(strip_into)

# (The names of its members are made of the library's name as it is given: it must hold no path.)
$(OUT)/lib%.dll.a: $(OUT)/%.def
	$(call say,IMPLIB)cd $(@D) && $(DLLTOOL) --kill-at --input-def $(<F) --output-lib $(@F)

$(OUT)/bcrypt_tests.exe: $(tests_OBJS) $(OUT)/libbcrypt.dll.a $(OUT)/libcheck.place $(OUT)/linked-with | $(OUT)/test_provider.dll $(OUT)/ncrypt.dll \
		$(example_products:%=$(OUT)/%)
	$(call say,LINK)$(CC) $(PE_LDFLAGS) $(LDFLAGS) -o $@.debug $(tests_OBJS) $(CHECK)/lib/libcheck.a \
		$(OUT)/libbcrypt.dll.a -Wl,-Bstatic -lpthread -Wl,-Bdynamic $(PE_LIBS) -ladvapi32
	$(strip_into)

$(OUT)/test_provider.dll: $(test_provider_OBJS) $(OUT)/linked-with
	$(call say,LINK)$(CC) -shared -s $(PE_LDFLAGS) -Wl,--kill-at $(LDFLAGS) -o $@ $(test_provider_OBJS) $(PE_LIBS)

$(OUT)/bcryptinfo.exe: $(bcryptinfo_OBJS) $(OUT)/libbcrypt.dll.a $(OUT)/linked-with
	$(call say,LINK)$(CC) $(PE_LDFLAGS) $(LDFLAGS) -o $@.debug $(bcryptinfo_OBJS) $(OUT)/libbcrypt.dll.a \
		$(bcryptinfo_LIBS) $(PE_LIBS)
	$(strip_into)

# (Arguments as the user wrote them, whatever the system's code page.)
$(OUT)/bcryptconfig.exe: $(bcryptconfig_OBJS) $(OUT)/libbcrypt.dll.a $(OUT)/linked-with
	$(call say,LINK)$(CC) -municode $(PE_LDFLAGS) $(LDFLAGS) -o $@.debug $(bcryptconfig_OBJS) $(OUT)/libbcrypt.dll.a \
		$(PE_LIBS) -ladvapi32
	$(strip_into)

$(OUT)/bench.exe: $(bench_OBJS) $(OUT)/libbcrypt.dll.a $(OUT)/libcrypto.place $(OUT)/linked-with
	$(call say,LINK)$(link) $(CC) $(PE_LDFLAGS) $(LDFLAGS) -o $@ $(bench_OBJS) $(OUT)/libbcrypt.dll.a \
		$(LIBCRYPTO)/lib/libcrypto.a $(bench_LIBS) $(PE_LIBS) -ladvapi32 -lcrypt32 -luser32

# (It imports nothing of bcrypt.dll: it loads two.)
$(OUT)/differ.exe: $(differ_OBJS) $(OUT)/linked-with
	$(call say,LINK)$(CC) -s $(PE_LDFLAGS) $(LDFLAGS) -o $@ $(differ_OBJS) $(PE_LIBS)

-include $(patsubst %.o,%.d,$(filter-out %.res.o,$(bcrypt_OBJS) $(ncrypt_OBJS) $(bcryptprimitives_OBJS) $(tests_OBJS) $(test_provider_OBJS) \
	$(bcryptinfo_OBJS) $(bcryptconfig_OBJS) $(bench_OBJS) $(differ_OBJS)))

FORCE:

include examples/examples.mk

include tests/native/native.mk

include tests/tests.mk

# --- the rest -----------------------------------------------------------------------------------------

.PHONY: dist deb check-dist check-reproducible clean help version

dist: all-arches
	$(Q)tools/dist "$(BUILD)" $(VERSION) zip

deb: all-arches
	$(Q)tools/dist "$(BUILD)" $(VERSION) deb

check-dist: dist deb
	$(Q)tests/tools/packages "$(BUILD)" $(VERSION)

check-reproducible:
	$(Q)tests/tools/reproducible

clean:
	rm -rf "$(BUILD)"

version:
	@echo $(VERSION)

help:
	@sed -n '2,/^#$$/p;/^#   make/p' Makefile | sed 's/^# \{0,1\}//' | awk '!seen[$$0]++'
