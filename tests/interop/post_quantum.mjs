/*
 * post_quantum.mjs - the post-quantum side of @noble/post-quantum and of Node's own crypto.
 *
 *   node post_quantum.mjs SCRIPT      beside the modules' node_modules
 *
 * Every line of the script is a peer, a command and words, and is answered as interop.c does:
 *
 *   noble|node make ALGORITHM SET NAME            writes NAME.pub.der and NAME.key.der
 *   noble|node check ALGORITHM SET NAME           NAME.key.der must give the key of NAME.pub.der
 *   noble|node sign ALGORITHM SET NAME CONTEXT PREHASH IN OUT
 *   noble|node verify ALGORITHM SET NAME CONTEXT PREHASH IN SIGNATURE
 *   noble|node encapsulate|decapsulate ALGORITHM SET NAME CIPHERTEXT SECRET
 *
 * SPDX-License-Identifier: MIT
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import * as mldsa from '@noble/post-quantum/ml-dsa.js';
import * as mlkem from '@noble/post-quantum/ml-kem.js';
import * as hybrid from '@noble/post-quantum/hybrid.js';
import * as slhdsa from '@noble/post-quantum/slh-dsa.js';
import * as sha2 from '@noble/hashes/sha2.js';
import * as sha3 from '@noble/hashes/sha3.js';

const read = name => name === '-' ? new Uint8Array() : new Uint8Array(fs.readFileSync(name));
const write = (name, bytes) => fs.writeFileSync(name, bytes);
const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
const demand = (condition, what) => { if (!condition) throw new Error(what); };

/* ---- DER, as much as these keys are ---- */

const wrap = (tag, ...parts) => {
    const contents = Buffer.concat(parts);
    const size = contents.length < 128 ? [contents.length]
        : contents.length < 256 ? [0x81, contents.length]
        : [0x82, contents.length >> 8, contents.length & 255];
    return Buffer.concat([Buffer.from([tag, ...size]), contents]);
};
const take = (from, tag) => {
    demand(from.length > 1 && from[0] === tag, `no element with tag ${tag}`);
    const count = from[1] & 0x80 ? from[1] & 0x7f : 0;
    let size = count ? 0 : from[1];
    for (let i = 0; i < count; i++) size = size << 8 | from[2 + i];
    const contents = from.subarray(2 + count, 2 + count + size);
    demand(contents.length === size, 'an element that is cut off');
    return [contents, from.subarray(2 + count + size)];
};

const slhSets = ['SHA2-128s', 'SHA2-128f', 'SHA2-192s', 'SHA2-192f', 'SHA2-256s', 'SHA2-256f',
                 'SHAKE-128s', 'SHAKE-128f', 'SHAKE-192s', 'SHAKE-192f', 'SHAKE-256s',
                 'SHAKE-256f'];
const numbers = { 'ML-KEM': ['512', '768', '1024'].map((set, i) => [set, 4, 1 + i]),
                  'ML-DSA': ['44', '65', '87'].map((set, i) => [set, 3, 17 + i]),
                  'SLH-DSA': slhSets.map((set, i) => [set, 3, 20 + i]) };
const identifier = (algorithm, set) => {
    const [, arc, number] = numbers[algorithm].find(row => row[0] === set);
    return wrap(0x30, wrap(6, Buffer.from([0x60, 0x86, 0x48, 1, 0x65, 3, 4, arc, number])));
};

/* Those of composites are in files of their own. */
const readPublic = name => fs.existsSync(name + '.pub') ? read(name + '.pub') :
    take(take(take(read(name + '.pub.der'), 0x30)[0], 0x30)[1], 3)[0].subarray(1);
/* { seed, expanded }, of which one may be missing */
const readPrivate = (algorithm, name) => {
    const bytes = take(take(take(take(read(name + '.key.der'), 0x30)[0], 2)[1], 0x30)[1], 4)[0];
    if (algorithm === 'SLH-DSA') return { expanded: bytes };
    if (bytes[0] === 0x80) return { seed: take(bytes, 0x80)[0] };
    if (bytes[0] === 4) return { expanded: take(bytes, 4)[0] };
    const [seed, rest] = take(take(bytes, 0x30)[0], 4);
    return { seed, expanded: take(rest, 4)[0] };
};

/* ---- @noble/post-quantum ---- */

const nobleScheme = (algorithm, set) =>
    algorithm === 'ML-KEM' ? mlkem[`ml_kem${set}`]
    : algorithm === 'ML-DSA' ? mldsa[`ml_dsa${set}`]
    : algorithm === 'Composite-ML-KEM' ? hybrid[`ml_kem${set.replace('-', '_').toLowerCase()}`]
    : slhdsa[`slh_dsa_${set.replace('-', '_').toLowerCase()}`];
const nobleHashes = {
    'SHA256': sha2.sha256, 'SHA384': sha2.sha384, 'SHA512': sha2.sha512,
    'SHA3-256': sha3.sha3_256, 'SHA3-384': sha3.sha3_384, 'SHA3-512': sha3.sha3_512,
    'SHAKE128': sha3.shake128_32, 'SHAKE256': sha3.shake256_64,
};
const nobleSigner = (algorithm, set, prehash) => {
    const scheme = nobleScheme(algorithm, set);
    return prehash === '-' ? scheme : scheme.prehash(nobleHashes[prehash]);
};
const nobleSecret = (algorithm, set, name) => {
    if (algorithm === 'Composite-ML-KEM')
        return nobleScheme(algorithm, set).keygen(read(name + '.seed')).secretKey;
    const { seed, expanded } = readPrivate(algorithm, name);
    return expanded ?? nobleScheme(algorithm, set).keygen(seed).secretKey;
};

const noble = {
    make(algorithm, set, name) {
        const scheme = nobleScheme(algorithm, set);
        const seed = crypto.randomBytes(scheme.lengths.seed);
        const keys = scheme.keygen(new Uint8Array(seed));
        if (algorithm === 'Composite-ML-KEM') {
            write(name + '.pub', keys.publicKey);
            write(name + '.seed', seed);
            return;
        }
        const id = identifier(algorithm, set);
        const bytes = algorithm === 'SLH-DSA' ? Buffer.from(keys.secretKey)
            : wrap(0x30, wrap(4, seed), wrap(4, keys.secretKey));
        write(name + '.pub.der', wrap(0x30, id, wrap(3, Buffer.from([0]), keys.publicKey)));
        write(name + '.key.der', wrap(0x30, wrap(2, Buffer.from([0])), id, wrap(4, bytes)));
    },
    check(algorithm, set, name) {
        const scheme = nobleScheme(algorithm, set);
        const { seed, expanded } = readPrivate(algorithm, name), publicKey = readPublic(name);
        if (seed) {
            const keys = scheme.keygen(seed);
            demand(same(keys.publicKey, publicKey), 'another public key from the seed');
            demand(!expanded || same(keys.secretKey, expanded), 'another key from the seed');
        }
        if (expanded)
            demand(same(scheme.getPublicKey(expanded), publicKey), 'another public key');
    },
    sign(algorithm, set, name, context, prehash, input, output) {
        write(output, nobleSigner(algorithm, set, prehash)
            .sign(read(input), nobleSecret(algorithm, set, name), { context: read(context) }));
    },
    verify(algorithm, set, name, context, prehash, input, signature) {
        const signer = nobleSigner(algorithm, set, prehash), message = read(input);
        const verifies = () => signer.verify(read(signature), message, readPublic(name),
                                             { context: read(context) });
        demand(verifies(), 'the signature is refused');
        message[0] ^= 0x80;
        demand(!verifies(), 'another message is accepted');
    },
    encapsulate(algorithm, set, name, ciphertext, secret) {
        const made = nobleScheme(algorithm, set).encapsulate(readPublic(name));
        write(ciphertext, made.cipherText);
        write(secret, made.sharedSecret);
    },
    decapsulate(algorithm, set, name, ciphertext, secret) {
        const key = nobleSecret(algorithm, set, name);
        write(secret, nobleScheme(algorithm, set).decapsulate(read(ciphertext), key));
    },
};

/* ---- Node ---- */

const nodeFile = (name, type) => ({ key: fs.readFileSync(name), format: 'der', type });
const nodePrivate = name => crypto.createPrivateKey(nodeFile(name + '.key.der', 'pkcs8'));
const nodePublic = name => crypto.createPublicKey(nodeFile(name + '.pub.der', 'spki'));
const spki = key => key.export({ format: 'der', type: 'spki' });

const node = {
    make(algorithm, set, name) {
        const keys = crypto.generateKeyPairSync(`${algorithm}-${set}`.toLowerCase());
        write(name + '.pub.der', spki(keys.publicKey));
        write(name + '.key.der', keys.privateKey.export({ format: 'der', type: 'pkcs8' }));
    },
    check(algorithm, set, name) {
        const key = nodePrivate(name), type = key.asymmetricKeyType;
        demand(type === `${algorithm}-${set}`.toLowerCase(), `a key of ${type}`);
        demand(same(spki(crypto.createPublicKey(key)), read(name + '.pub.der')),
               'another public key');
    },
    sign(algorithm, set, name, context, prehash, input, output) {
        const key = nodePrivate(name);
        write(output, crypto.sign(null, read(input), { key, context: read(context) }));
    },
    verify(algorithm, set, name, context, prehash, input, signature) {
        const key = nodePublic(name), message = read(input);
        const verifies = () => crypto.verify(null, message, { key, context: read(context) },
                                             read(signature));
        demand(verifies(), 'the signature is refused');
        message[0] ^= 0x80;
        demand(!verifies(), 'another message is accepted');
    },
    encapsulate(algorithm, set, name, ciphertext, secret) {
        const made = crypto.encapsulate(nodePublic(name));
        write(ciphertext, made.ciphertext);
        write(secret, made.sharedKey);
    },
    decapsulate(algorithm, set, name, ciphertext, secret) {
        write(secret, crypto.decapsulate(nodePrivate(name), read(ciphertext)));
    },
};

/* ---- the script ---- */

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
    const [peer, command, ...words] = line.split(' ');
    if (!peer) continue;
    try {
        ({ noble, node })[peer][command](...words);
        console.log(`ok ${line}`);
    } catch (error) {
        console.log(`FAILED ${line}: ${error.message}`);
    }
}
