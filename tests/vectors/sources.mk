# The published vectors that bcrypt_tests carries, and how they get into it.

vectors_DATA := $(addprefix tests/vectors/, \
	acvp_mldsa.txt acvp_mlkem.txt acvp_slhdsa.txt botan.txt cavs_cmac.txt cavs_ecdh.txt cavs_hmac.txt cavs_monte.txt cavs_tls.txt composite.txt examples.txt hash_based.txt \
	nist_aes.txt nist_agreement.txt nist_ccm.txt nist_des.txt nist_dsa.txt nist_dsa_keys.txt \
	nist_ecdsa.txt nist_gcm.txt nist_hash.txt nist_kdf.txt nist_mac.txt nist_rc4.txt \
	nist_rsa.txt nist_wrap.txt nist_xts.txt openssl.txt pkcs8.txt rfc.txt wycheproof_aes_ccm.txt \
	wycheproof_aes_gcm.txt wycheproof_aes_modes.txt wycheproof_aes_wrap.txt \
	wycheproof_chacha20_poly1305.txt wycheproof_dsa.txt wycheproof_ecdh.txt \
	wycheproof_ecdsa_asn1.txt wycheproof_ecdsa_p1363.txt wycheproof_kdf.txt \
	wycheproof_mac.txt wycheproof_mldsa.txt wycheproof_mlkem.txt wycheproof_rsa_decrypt.txt wycheproof_rsa_pss.txt \
	wycheproof_rsa_signature.txt)

# (Two makes may be at it: one for the DLLs' tests, one for the native ones.)
$(BUILD)/generated/vectors.inc: tests/vectors/sources.mk tools/vectors2c
	$(Q)mkdir -p $(@D)
	$(call say,VECTORS)tools/vectors2c $(vectors_DATA) > $@.$$$$ && mv $@.$$$$ $@

# The assembler, not the preprocessor, reads the data: the dependencies have to be told.
$(OUT)/obj/tests/vectors_data.o \
$(foreach sanitizer,address address32 thread faults coverage plain,$(BUILD)/native/$(sanitizer)/obj/tests/vectors_data.o): \
	$(BUILD)/generated/vectors.inc $(vectors_DATA)

# Keys, for tables of the tests' own.
$(BUILD)/generated/%_keys.inc: tests/vectors/%_keys.txt tools/vectors2c
	$(Q)mkdir -p $(@D)
	$(call say,VECTORS)tools/vectors2c --keys $< > $@.$$$$ && mv $@.$$$$ $@

$(OUT)/obj/tests/differ/differ_pair.o: $(BUILD)/generated/pair_keys.inc
define keys_into             # object, file
$(OUT)/obj/tests/$(1).o \
$(foreach sanitizer,address address32 thread faults coverage plain,$(BUILD)/native/$(sanitizer)/obj/tests/$(1).o): \
	$(BUILD)/generated/$(2)_keys.inc
endef
$(eval $(call keys_into,test_rsa_keys,rsa))
$(eval $(call keys_into,test_ecc_keys,ec))
