# libcrypto, the faster primitives and Check, built once outside the tree.
#
# SPDX-License-Identifier: MIT

# The file *.place says where each is; a link of a known name leads there, whatever blanks are in its
# path. The tool is asked when that place is gone, or when what it goes by is not what it was.
LIBCRYPTO := $(OUT)/libcrypto
FAST := $(OUT)/libfast
CHECK := $(OUT)/libcheck
# Native ones lie in native/64 and native/32.
NATIVE_PLACE := $(BUILD)/native/64
NATIVE32_PLACE := $(BUILD)/native/32

fast_sources := $(shell cat tools/fast/* | cksum)
openssl_source := $(or $(OPENSSL_SOURCE_DIR),$(OPENSSL_TARBALL))
# What a file was built with is a file too, which changes only when that does.
define remember
$(shell mkdir -p $(dir $(1)))$(file >$(1).new,$(2))$(shell \
	if cmp -s $(1).new $(1); then rm $(1).new; else mv $(1).new $(1); fi)
endef

define place                 # directory, library, tool and its argument, what more it goes by
$(call remember,$(1)/$(2).goes-by,$(shell cat tools/debsource tools/sources tools/$(firstword $(3)) $(wildcard $(5)) | cksum) $(4))
$(1)/$(2).place: $(1)/$(2).goes-by $(if $(wildcard $(1)/$(2)/lib/$(2).a),,FORCE)
	@place=$$$$(tools/$(3)) && ln -sfn "$$$$place" $(1)/$(2) && echo "$$$$place" > $$@.new
	@if cmp -s $$@.new $$@; then rm $$@.new; touch -r $$@ $$<; else mv $$@.new $$@; fi
endef
ifneq ($(warm_pe),)
$(eval $(call place,$(OUT),libcrypto,build-libcrypto $(ARCH),$(openssl_source),tools/libcrypto/$(ARCH)))
$(eval $(call place,$(OUT),libfast,build-fast $(ARCH),$(fast_sources)))
$(eval $(call place,$(OUT),libcheck,build-check $(ARCH)))
endif
ifneq ($(warm_native),)
$(eval $(call place,$(NATIVE_PLACE),libcrypto,build-libcrypto native,$(openssl_source),tools/libcrypto/native))
$(eval $(call place,$(NATIVE_PLACE),libfast,build-fast native,$(fast_sources)))
$(eval $(call place,$(NATIVE_PLACE),libcheck,build-check native))
$(eval $(call place,$(NATIVE32_PLACE),libcrypto,build-libcrypto native32,$(openssl_source),tools/libcrypto/native32))
$(eval $(call place,$(NATIVE32_PLACE),libcheck,build-check native32))
endif
