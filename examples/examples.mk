# The examples, each as its author would build it: with include/ and the import library, no more.
#
# SPDX-License-Identifier: MIT

example_OBJS := $(call objects,$(example_provider_SRCS) $(example_install_SRCS))

.PHONY: examples
examples:
	$(Q)set -e; for arch in $(ARCHES); do \
		$(MAKE) --no-print-directory $(if $(V),,-s) ARCH=$$arch $(example_products:%=$(BUILD)/$$arch/%); done

$(OUT)/obj/examples/%.o: INCLUDES = -Iinclude
$(call objects,$(example_provider_SRCS)): INCLUDES += -DEXAMPLE_PROVIDER_DLL

$(OUT)/example_provider.dll: $(call objects,$(example_provider_SRCS)) $(OUT)/libbcrypt.dll.a
	$(call say,LINK)$(CC) -shared -s $(PE_LDFLAGS) -Wl,--kill-at $(LDFLAGS) -o $@ $(filter %.o,$^) \
		$(OUT)/libbcrypt.dll.a $(PE_LIBS)

$(OUT)/example_install.exe: $(call objects,$(example_install_SRCS)) $(OUT)/libbcrypt.dll.a
	$(call say,LINK)$(CC) -s $(PE_LDFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(OUT)/libbcrypt.dll.a $(PE_LIBS)

-include $(example_OBJS:.o=.d)
