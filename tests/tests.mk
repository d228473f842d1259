# The goals that test, and the benchmark. tools/opencng test runs most of them.
#
# SPDX-License-Identifier: MIT

.PHONY: check-dotnet try check-docs check-layers lint check check-imports check-headers check-tools check-config check-kills check-sources check-debian \
	check-programs check-interop check-differ differ winetest bench report check-report

# Both architectures, unless one is asked for.
check_arches := $(if $(filter file default,$(origin ARCH)),$(ARCHES),$(ARCH))

# The short loop: what changed is compiled, without link-time optimization, and one suite runs.
try_products := bcrypt.dll bcryptprimitives.dll ncrypt.dll bcrypt_tests.exe test_provider.dll
try:
	$(Q)$(MAKE) --no-print-directory $(if $(V),,-s) OUT=$(BUILD)/try-$(ARCH) LTO= $(try_products:%=$(BUILD)/try-$(ARCH)/%)
	$(Q)TEST="$(TEST)" tools/check $(ARCH) $(BUILD)/try-$(ARCH) $(SUITE) $(SUITES)

# Both architectures at once, each in a prefix of its own; but what has no Wine comes last, to count as
# skipped what ran for the other.
check:
	$(Q)failed=0; running=; late=; for arch in $(check_arches); do \
		$(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch all || exit 1; \
	done; \
	for arch in $(check_arches); do \
		if [ $$arch = i686 ] && ! tools/wine32 --have > /dev/null 2>&1; then late=$$arch; continue; fi; \
		tools/check $$arch "$(BUILD)/$$arch" $(SUITES) & running="$$running $$!"; \
	done; \
	for one in $$running; do wait $$one || failed=1; done; \
	for arch in $$late; do tools/check $$arch "$(BUILD)/$$arch" $(SUITES) || failed=1; done; \
	tools/count $(foreach arch,$(check_arches),$(BUILD)/$(arch)/check/*.count) && exit $$failed

check-imports:
	$(Q)failed=0; for arch in $(check_arches); do \
		$(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch all || exit 1; \
		tools/check-dlls $$arch "$(BUILD)/$$arch" || failed=1; \
	done; exit $$failed

check-headers:
	$(Q)mkdir -p $(BUILD); tests/headers/run > $(BUILD)/check-headers.log; status=$$?; cat $(BUILD)/check-headers.log; \
	sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed\(, \([0-9]*\) skipped\)*$$/\1 \2 \4/p' $(BUILD)/check-headers.log > $(BUILD)/check-headers.count; \
	exit $$status

# Each of the two ends with a line that counts, "N ..., M ...".
define counted               # name
check-$(1):
	$$(Q)mkdir -p $(BUILD); tools/check-$(1) > $(BUILD)/check-$(1).log; status=$$$$?; cat $(BUILD)/check-$(1).log; \
	sed -n 's/^$(1): \([0-9]*\) [^0-9]*\([0-9]*\) .*/\1 \2/p' $(BUILD)/check-$(1).log | \
		awk '{ print $$$$1 - $$$$2, $$$$2 }' > $(BUILD)/check-$(1).count; exit $$$$status
endef
$(eval $(call counted,docs))
$(eval $(call counted,layers))

lint:
	$(Q)tools/lint

# (killed at a few of its steps: check-kills takes all of them, and minutes)
check-tools: all-arches
	$(Q)failed=0; tools/test-opencng "$(BUILD)" || failed=1; tests/tools/kills "$(BUILD)" 7 || failed=1; exit $$failed

check-config: all-arches
	$(Q)mkdir -p $(BUILD); tests/tools/configuration "$(BUILD)" > $(BUILD)/check-config.log; status=$$?; \
	grep -v '^ok' $(BUILD)/check-config.log; \
	sed -n 's/^configuration: \([0-9]*\) checks, \([0-9]*\) failed$$/\1 \2/p' $(BUILD)/check-config.log | \
		awk '{ print $$1 - $$2, $$2 }' > $(BUILD)/check-config.count; exit $$status

check-kills:
	$(Q)mkdir -p "$(BUILD)"; tests/tools/kills "$(BUILD)"

check-sources:
	$(Q)failed=0; for test in test-debsource test-link; do tools/$$test "$(BUILD)" || failed=1; done; exit $$failed

check-debian:
	$(Q)tools/check-debian

# (PROGRAMS_LARGE=: only what is fetched and built in seconds)
PROGRAMS_LARGE ?= 1
check-programs: all-arches
	$(Q)PROGRAMS_LARGE=$(PROGRAMS_LARGE) tests/programs/run "$(BUILD)"

check-dotnet: all
	$(Q)tests/dotnet/run "$(OUT)"

# One after the other: some of these tests look at the clock.
winetest:
	$(Q)failed=0; for arch in $(check_arches); do \
		$(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch all || exit 1; \
		tests/winetest/run $$arch "$(BUILD)/$$arch" || failed=1; \
	done; exit $$failed

# PARTS=openssl: what takes nothing that has to be fetched
check-interop: all
	$(Q)tests/interop/run $(ARCH) "$(OUT)" $(PARTS)

# Random calls, answered by our DLL and by Wine's own: always the same ones, or others for a time.
check-differ:
	$(Q)failed=0; for arch in $(check_arches); do \
		$(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch all || exit 1; \
		tests/differ/run $$arch "$(BUILD)/$$arch" --check || failed=1; \
	done; exit $$failed

differ: all
	$(Q)tests/differ/run $(ARCH) "$(OUT)" --new-keys --seconds $(or $(filter-out 0,$(SECONDS)),60) --seed $$(od -A n -t u4 -N 4 /dev/urandom)

bench: all
	$(Q)if [ -x programs/bench/run ]; then programs/bench/run "$(OUT)" $(if $(VS),--vs "$(VS)") $(if $(SVG),--svg "$(SVG)"); \
	else tools/opencng run "$(OUT)/bcryptinfo.exe" --bench; fi

# What was run and what it said, on one page; what was not run is said to be.
report:
	$(Q)mkdir -p "$(BUILD)/report"; tools/report "$(BUILD)" > "$(BUILD)/report/index.html.new"
	$(Q)mv "$(BUILD)/report/index.html.new" "$(BUILD)/report/index.html"; echo "report: $(BUILD)/report/index.html"

check-report: report
	$(Q)tests/tools/report "$(BUILD)"
