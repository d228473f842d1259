#!/bin/sh
#
# noble-hash-ml-dsa-digests - which digests @noble/post-quantum takes for HashML-DSA.
#
# Guess before it was tried: FIPS 204, section 5.4, lets HashML-DSA take any approved digest, so all
# parameter sets take SHA-256, as CNG since its second release and OpenSSL's callers do; and SHAKE
# from the sister package, which FIPS 204 fixes at 256 and 512 bits, can be passed as it is exported.
#
# Seen: a digest is refused by an error, as soon as the signer is made, if half its length is below
# the set's strength, so 65 does not take SHA-256 and 87 takes neither SHA-256 nor SHA-384. And
# shake128 and shake256 of @noble/hashes are refused by every set: they put out 16 and 32 bytes, and
# 32 and 64 are asked for. What others sign so cannot be verified with it.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @noble/post-quantum@0.7.1 @noble/hashes@2.4.0 >/dev/null

cat > seen.mjs <<'END'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { shake128, shake256 } from '@noble/hashes/sha3.js';

const message = new Uint8Array([1, 2, 3]);
for (const [set, dsa] of Object.entries({ ml_dsa44, ml_dsa65, ml_dsa87 })) {
    const keys = dsa.keygen(new Uint8Array(32).fill(7));
    for (const [name, digest] of Object.entries({ sha256, sha384, sha512, shake128, shake256 })) {
        let seen;
        try {
            const hashed = dsa.prehash(digest);
            const good = hashed.verify(hashed.sign(message, keys.secretKey), message, keys.publicKey);
            seen = good ? 'verifies' : 'does not verify';
        } catch (error) {
            seen = `refused: ${error.message}`;
        }
        console.log(`${set} ${name} ${seen}`);
    }
}
END
node seen.mjs > seen

echo "@noble/post-quantum $(node -p "require('./node_modules/@noble/post-quantum/package.json').version")," \
     "@noble/hashes $(node -p "require('./node_modules/@noble/hashes/package.json').version"), node $(node --version)"
cat seen

sed 's/refused: .*/refused/' seen > short
cat > expected <<'END'
ml_dsa44 sha256 verifies
ml_dsa44 sha384 verifies
ml_dsa44 sha512 verifies
ml_dsa44 shake128 refused
ml_dsa44 shake256 refused
ml_dsa65 sha256 refused
ml_dsa65 sha384 verifies
ml_dsa65 sha512 verifies
ml_dsa65 shake128 refused
ml_dsa65 shake256 refused
ml_dsa87 sha256 refused
ml_dsa87 sha384 refused
ml_dsa87 sha512 verifies
ml_dsa87 shake128 refused
ml_dsa87 shake256 refused
END
if cmp -s short expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected short || true
    exit 1
fi
