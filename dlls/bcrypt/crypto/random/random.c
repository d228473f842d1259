/*
 * random.c - random bytes: AES-256 in counter mode with fast key erasure, one per thread.
 *
 * A refill runs AES-256-CTR under the generator's key, counter from zero. The first 32 bytes of the
 * stream replace the key at once, the rest is given out and erased as it goes: somebody who reads
 * this memory finds neither what was given out before nor a key that made it. A large request
 * takes 32 bytes for a key of its own and has the stream written where the caller wants it.
 * docs/random-generator.md tells the whole design: seeds, reseeding, health checks and what a
 * failure does.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"

#include <stdatomic.h>

#include "crypto/aes/aes.h"
#include "crypto/common/cpu.h"
#include "crypto/hash/digest.h"
#include "platform/wipe.h"
#include "platform/memory.h"
#include "platform/platform.h"

#define KEY_BYTES        32
#define STREAM_BYTES     1024                   /* of a refill, the next key included */
#define LARGE_BYTES      256                    /* a request above this gets a key of its own */
#define LARGEST_BYTES    ((size_t)1 << 30)      /* from one key: the counter has 32 bits */
#define RESEED_BYTES     ((size_t)1 << 20)
#define RESEED_TICKS     60000                  /* milliseconds */
#define SYSTEM_BYTES     48                     /* of the system's entropy in a seed */
#define HARDWARE_WORDS   (32 / sizeof(size_t))  /* of RDSEED or RDRAND in a seed */
#define MOST_RUN         8                      /* equal bytes in a row that fail a sample */
#define MOST_EQUAL       12                     /* equal bytes anywhere that fail a sample */

struct generator
{
    uint8_t stream[STREAM_BYTES];               /* the key, then bytes not yet given out */
    size_t position;                            /* of the next one; those before it are zero */
    size_t until_reseed;                        /* bytes; 0 if there is no seed yet */
    uint32_t seeded_at;                         /* platform_ticks() */
    uint16_t depth;                             /* of seeds being made on this thread */
    bool seeded;                                /* at least once */
};

static struct generator detached;               /* in the slot of a thread that is about to end */
static _Atomic uint64_t last_sample;            /* fingerprint of the system's last answer */
static _Atomic uint32_t broken;                 /* a known answer was wrong: for good */

/* The stream under key, counter from zero. Wipes its schedule; the key is the caller's. */
static void write_stream(const uint8_t key[KEY_BYTES], uint8_t *out, size_t bytes)
{
    struct aes_schedule schedule;
    uint8_t counter[16] = { 0 }, last[16];

    aes_expand_encrypt(&schedule, key, KEY_BYTES);
    if (bytes >= 16) aes_ctr32(&schedule, counter, out, NULL, bytes / 16);
    if (bytes % 16)
    {
        aes_ctr32(&schedule, counter, last, NULL, 1);
        memcpy(out + (bytes & ~(size_t)15), last, bytes % 16);
        wipe(last, sizeof(last));
    }
    wipe(&schedule, sizeof(schedule));
}

/* New bytes to give out, and a new key. False if the key did not change, which AES cannot do. */
static bool refill(struct generator *generator)
{
    uint8_t key[KEY_BYTES];
    bool changed;

    memcpy(key, generator->stream, KEY_BYTES);
    write_stream(key, generator->stream, STREAM_BYTES);
    changed = !equal_constant_time(key, generator->stream, KEY_BYTES);
    generator->position = KEY_BYTES;
    wipe(key, sizeof(key));
    if (!changed) atomic_store(&broken, 1);
    return changed;
}

/*
 * Known answers: AES-256-CTR as refill uses it, under the key of FIPS 197 appendix C.3, and the
 * SHA-512 that seeds go through, of "abc" (FIPS 180-4).
 */
static bool known_answers(void)
{
    static const uint8_t stream_answer[32] =
    {
        0xf2, 0x90, 0x00, 0xb6, 0x2a, 0x49, 0x9f, 0xd0,
        0xa9, 0xf3, 0x9a, 0x6a, 0xdd, 0x2e, 0x77, 0x80,
        0xf0, 0x5d, 0x76, 0xae, 0x4a, 0xb9, 0x9f, 0xe5,
        0xa6, 0xf6, 0x9b, 0x31, 0x48, 0xc2, 0x36, 0x3d,
    };
    static const uint8_t digest_answer[64] =
    {
        0xdd, 0xaf, 0x35, 0xa1, 0x93, 0x61, 0x7a, 0xba,
        0xcc, 0x41, 0x73, 0x49, 0xae, 0x20, 0x41, 0x31,
        0x12, 0xe6, 0xfa, 0x4e, 0x89, 0xa9, 0x7e, 0xa2,
        0x0a, 0x9e, 0xee, 0xe6, 0x4b, 0x55, 0xd3, 0x9a,
        0x21, 0x92, 0x99, 0x2a, 0x27, 0x4f, 0xc1, 0xa8,
        0x36, 0xba, 0x3c, 0x23, 0xa3, 0xfe, 0xeb, 0xbd,
        0x45, 0x4d, 0x44, 0x23, 0x64, 0x3c, 0xe8, 0x0e,
        0x2a, 0x9a, 0xc9, 0x4f, 0xa5, 0x4c, 0xa4, 0x9f,
    };
    uint8_t key[KEY_BYTES], stream[32], digest[64];
    size_t i;

    for (i = 0; i < KEY_BYTES; i++) key[i] = (uint8_t)i;
    write_stream(key, stream, sizeof(stream));
    digest_once(&digests[DIGEST_SHA512], "abc", 3, digest);
    return !memcmp(stream, stream_answer, sizeof(stream))
           && !memcmp(digest, digest_answer, sizeof(digest));
}

/*
 * Whether a sample can be full entropy: the repetition count and adaptive proportion tests of
 * SP 800-90B section 4.4, with a sample as the window and every byte value counted. 8 equal bytes
 * in a row or 12 anywhere among 48 happen to a healthy source once in 2^50. Bytes are compared with
 * each other rather than counted in a table, so that nothing is looked up by a secret.
 */
static bool sample_plausible(const uint8_t *sample, size_t bytes)
{
    size_t run = 0, bad = 0, equal, i, j;

    for (i = 0; i < bytes; i++)
    {
        for (equal = 0, j = 0; j < bytes; j++) equal += sample[j] == sample[i];
        run = run * (i && sample[i] == sample[i - 1]) + 1;
        bad |= (size_t)(equal >= MOST_EQUAL) | (size_t)(run >= MOST_RUN);
    }
    return !bad;
}

/* Whether the checks pass what they should and refuse what they should. */
static bool checks_work(void)
{
    uint8_t sample[SYSTEM_BYTES];
    size_t i;

    for (i = 0; i < sizeof(sample); i++) sample[i] = (uint8_t)(i * 37);
    if (!sample_plausible(sample, sizeof(sample))) return false;
    for (i = 0; i < MOST_RUN; i++) sample[20 + i] = 0xa5;
    if (sample_plausible(sample, sizeof(sample))) return false;
    for (i = 0; i < sizeof(sample); i++) sample[i] = i % 4 ? (uint8_t)(i * 37) : 0x5a;
    return !sample_plausible(sample, sizeof(sample));
}

/* One word of the processor's own random numbers, 0 if it has none to give. */
static size_t hardware_word(bool seed)
{
    unsigned char got = 0;
    size_t word = 0;
    int tries;

    for (tries = 0; tries < 16 && !got; tries++)
    {
        if (seed) __asm__ volatile("rdseed %0; setc %1" : "=r"(word), "=qm"(got) : : "cc");
        else __asm__ volatile("rdrand %0; setc %1" : "=r"(word), "=qm"(got) : : "cc");
        if (!got) __builtin_ia32_pause();
    }
    return got ? word : 0;
}

/*
 * A new key, out of the old one, the system's entropy and the processor's. The system's must
 * come and look sound; the rest can only add to it.
 */
static bool make_key(uint8_t key[KEY_BYTES], bool first)
{
    static const char label[16] = "OpenCNG seed 1";
    static _Atomic uint32_t seeds;
    struct
    {
        char label[16];
        uint8_t key[KEY_BYTES];
        uint8_t system[SYSTEM_BYTES];
        size_t hardware[HARDWARE_WORDS];
        uint64_t time_stamp;
        uint64_t thread;                        /* where its stack is */
        uint32_t ticks, number;
    } seed;
    uint8_t digest[64];
    uint64_t fingerprint;
    bool good = false, use_rdseed;
    size_t i;

    memset(&seed, 0, sizeof(seed));
    if (!known_answers()) atomic_store(&broken, 1);
    if (atomic_load(&broken)) return false;
    if (!platform_entropy(seed.system, sizeof(seed.system))) goto done;
    if (!sample_plausible(seed.system, sizeof(seed.system))) goto done;

    /* A source that is stuck repeats itself: remember what its last answer hashed to. */
    digest_once(&digests[DIGEST_SHA512], seed.system, sizeof(seed.system), digest);
    memcpy(&fingerprint, digest, sizeof(fingerprint));
    if (atomic_exchange(&last_sample, fingerprint) == fingerprint) goto done;

    use_rdseed = first && cpu_has(CPU_RDSEED);      /* 40 times slower than RDRAND */
    if (use_rdseed || cpu_has(CPU_RDRAND))
    {
        for (i = 0; i < HARDWARE_WORDS; i++) seed.hardware[i] = hardware_word(use_rdseed);
    }
    memcpy(seed.label, label, sizeof(label));
    memcpy(seed.key, key, KEY_BYTES);
    seed.time_stamp = __builtin_ia32_rdtsc();
    seed.thread = (uintptr_t)&seed;
    seed.ticks = platform_ticks();
    seed.number = atomic_fetch_add(&seeds, 1);

    digest_once(&digests[DIGEST_SHA512], &seed, sizeof(seed), digest);
    memcpy(key, digest, KEY_BYTES);
    good = true;

done:
    wipe(&seed, sizeof(seed));
    wipe(digest, sizeof(digest));
    return good;
}

/* Whether a fresh stream is a permutation's: no two neighbouring blocks alike. */
static bool stream_plausible(const uint8_t *stream)
{
    size_t alike = 0, i;

    for (i = 16; i < STREAM_BYTES; i += 16)
        alike += equal_constant_time(stream + i - 16, stream + i, 16);
    return !alike;
}

static bool reseed(struct generator *generator)
{
    bool good;

    generator->depth++;
    good = make_key(generator->stream, !generator->seeded) && refill(generator);
    generator->depth--;
    if (good && !stream_plausible(generator->stream))
    {
        atomic_store(&broken, 1);
        good = false;
    }
    generator->until_reseed = good ? RESEED_BYTES : 0;
    generator->seeded_at = platform_ticks();
    generator->seeded |= good;
    return good;
}

/* For a thread that has no generator and cannot have one. */
static bool random_once(uint8_t *out, size_t bytes)
{
    uint8_t key[KEY_BYTES] = { 0 };
    size_t part;
    bool good;

    for (good = true; bytes && good; out += part, bytes -= part)
    {
        part = bytes < LARGEST_BYTES ? bytes : LARGEST_BYTES;
        if ((good = make_key(key, true))) write_stream(key, out, part);
    }
    wipe(key, sizeof(key));
    return good;
}

/* The thread's generator, made at its first request; NULL if it cannot have one now. */
static struct generator *thread_generator(void)
{
    struct generator *generator = platform_thread_get(THREAD_SLOT_RANDOM);

    if (generator) return generator == &detached ? NULL : generator;

    if (!(generator = memory_get_zeroed(sizeof(*generator)))) return NULL;
    generator->position = STREAM_BYTES;
    if (!platform_thread_set(THREAD_SLOT_RANDOM, generator))
    {
        memory_put(generator, sizeof(*generator));
        return NULL;
    }
    return generator;
}

/*
 * Copies bytes and zeroes where they were. Pieces of a fixed size need no call, and the last one
 * may overlap the one before: it is read first.
 */
static inline void move_out(uint8_t *out, uint8_t *from, size_t bytes)
{
    uint64_t piece[2], last[2];
    size_t at;

    if (bytes >= sizeof(last))
    {
        memcpy(last, from + bytes - sizeof(last), sizeof(last));
        for (at = 0; at + sizeof(piece) < bytes; at += sizeof(piece))
        {
            memcpy(piece, from + at, sizeof(piece));
            memcpy(out + at, piece, sizeof(piece));
            memset(from + at, 0, sizeof(piece));
        }
        memcpy(out + bytes - sizeof(last), last, sizeof(last));
        memset(from + bytes - sizeof(last), 0, sizeof(last));
    }
    else for (at = 0; at < bytes; at++)
    {
        out[at] = from[at];
        from[at] = 0;
    }
}

/* Moves the next bytes of the stream out: they are gone from it. */
static bool take(struct generator *generator, uint8_t *out, size_t bytes)
{
    size_t part;

    while (bytes)
    {
        if (generator->position == STREAM_BYTES && !refill(generator)) return false;
        part = STREAM_BYTES - generator->position;
        if (part > bytes) part = bytes;
        move_out(out, generator->stream + generator->position, part);
        generator->position += part;
        out += part;
        bytes -= part;
    }
    return true;
}

/* A request of more than LARGE_BYTES and at most LARGEST_BYTES. */
static bool take_large(struct generator *generator, uint8_t *out, size_t bytes)
{
    uint8_t key[KEY_BYTES];
    bool good = take(generator, key, sizeof(key));

    if (good) write_stream(key, out, bytes);
    wipe(key, sizeof(key));
    return good;
}

static bool generate(struct generator *generator, uint8_t *out, size_t bytes)
{
    size_t part;
    bool good;

    for (; bytes; out += part, bytes -= part)
    {
        part = bytes < LARGEST_BYTES ? bytes : LARGEST_BYTES;
        if (!generator->until_reseed || platform_ticks() - generator->seeded_at >= RESEED_TICKS)
        {
            if (!reseed(generator)) return false;
        }
        good = part > LARGE_BYTES ? take_large(generator, out, part) : take(generator, out, part);
        if (!good) return false;
        generator->until_reseed -= part < generator->until_reseed ? part : generator->until_reseed;
    }
    return true;
}

/*
 * The system's entropy may itself come to us for random bytes, while advapi32.dll is being loaded
 * or because it stands on ours: such a call seeds itself, and a third one inside is refused.
 */
bool random_bytes(void *buffer, size_t bytes)
{
    struct generator *generator = thread_generator();
    bool good;

    if (atomic_load_explicit(&broken, memory_order_relaxed)) good = false;
    else if (generator && !generator->depth) good = generate(generator, buffer, bytes);
    else if (generator && generator->depth > 1) good = false;
    else
    {
        if (generator) generator->depth++;
        good = random_once(buffer, bytes);
        if (generator) generator->depth--;
    }
    if (!good && bytes) memset(buffer, 0, bytes);
    wipe_registers();                           /* the bytes went through them */
    return good;
}

void random_thread_detach(void *state)
{
    platform_thread_set(THREAD_SLOT_RANDOM, &detached);
    if (state && state != &detached) memory_put(state, sizeof(struct generator));
}

bool random_self_test(void)
{
    if (!known_answers() || !checks_work()) atomic_store(&broken, 1);
    return !atomic_load(&broken);
}
