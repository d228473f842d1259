/*
 * differ_cipher.c - symmetric keys: every cipher, mode and size, and the blobs of their keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

#define TEXT_MOST 5000
#define ROOM (TEXT_MOST + 64)

static UCHAR text[ROOM], out[ROOM], secret[300], object[16384];

/* ---- rows ---- */

enum { ECB = 1, CBC = 2, CFB = 4, GCM = 8, CCM = 16, NONE = 32 };

static const struct cipher_row
{
    LPCWSTR id;
    ULONG block, least, most, step, modes;      /* keys in bytes */
} cipher_rows[] =
{
    { BCRYPT_AES_ALGORITHM, 16, 16, 32, 8, ECB | CBC | CFB },
    { BCRYPT_3DES_ALGORITHM, 8, 24, 24, 1, ECB | CBC | CFB },
    { BCRYPT_3DES_112_ALGORITHM, 8, 16, 16, 1, ECB | CBC | CFB },
    { BCRYPT_DES_ALGORITHM, 8, 8, 8, 1, ECB | CBC | CFB },
    { BCRYPT_DESX_ALGORITHM, 8, 24, 24, 1, ECB | CBC | CFB },
    { BCRYPT_RC2_ALGORITHM, 8, 5, 16, 1, ECB | CBC | CFB },
    { BCRYPT_RC4_ALGORITHM, 1, 1, 64, 1, NONE },
};

static const struct { ULONG bit; LPCWSTR name; } modes[] =
{
    { ECB, BCRYPT_CHAIN_MODE_ECB }, { CBC, BCRYPT_CHAIN_MODE_CBC }, { CFB, BCRYPT_CHAIN_MODE_CFB },
    { GCM, BCRYPT_CHAIN_MODE_GCM }, { CCM, BCRYPT_CHAIN_MODE_CCM },
};

static LPCWSTR mode_name(ULONG bit)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(modes); i++) if (modes[i].bit == bit) return modes[i].name;
    return NULL;
}

/* ---- keys ---- */

/* A key is told its mode by its algorithm, or itself. */
static BCRYPT_KEY_HANDLE new_key(struct dice *dice, LPCWSTR id, LPCWSTR mode, ULONG bytes)
{
    bool by_key = mode && !dice_below(dice, 4), by_blob = !dice_below(dice, 5);
    BCRYPT_ALG_HANDLE algorithm =
        mode && !by_key ? algorithm_with(id, 0, BCRYPT_CHAINING_MODE, mode) : algorithm_of(id, 0);
    BCRYPT_KEY_HANDLE key;
    ULONG object_bytes = 0, result;
    char name[80];

    snprintf(name, sizeof(name), "%ls %ls of a key", id, mode ? mode : L"");
    if (!dice_below(dice, 4))
        MUST(BCryptGetProperty, algorithm, BCRYPT_OBJECT_LENGTH, (PUCHAR)&object_bytes,
             sizeof(object_bytes), &result, 0);
    if (object_bytes > sizeof(object)) object_bytes = 0;
    if (by_blob)
    {
        struct { BCRYPT_KEY_DATA_BLOB_HEADER head; UCHAR key[300]; } blob =
            { { BCRYPT_KEY_DATA_BLOB_MAGIC, BCRYPT_KEY_DATA_BLOB_VERSION1, bytes }, { 0 } };

        memcpy(blob.key, secret, bytes);
        MUST(BCryptImportKey, algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &key,
             object_bytes ? object : NULL, object_bytes, (PUCHAR)&blob, sizeof(blob.head) + bytes,
             0);
    }
    else
        MUST(BCryptGenerateSymmetricKey, algorithm, &key, object_bytes ? object : NULL,
             object_bytes, secret, bytes, 0);
    opened(OPEN_KEY, key);
    if (by_key) HAVE(name, BCryptSetProperty, key, BCRYPT_CHAINING_MODE, WIDE(mode), 0);
    return key;
}

static BCRYPT_KEY_HANDLE copy_of(BCRYPT_KEY_HANDLE key)
{
    BCRYPT_KEY_HANDLE copy;

    MUST(BCryptDuplicateKey, key, &copy, NULL, 0, 0);
    return opened(OPEN_KEY, copy);
}

/* ---- block and stream ciphers ---- */

/* A cipher's state on the caller's side. */
struct stream
{
    const struct cipher_row *row;
    BCRYPT_KEY_HANDLE key;
    ULONG mode, feedback, pieces;
    bool encrypts, has_iv, chains, renews;      /* some calls without IV; or each with a new one */
    bool copies, pads;                          /* duplicates take over; some pieces are padded */
    ULONG done;
    UCHAR iv[16];
};

static NTSTATUS crypt_call(const struct stream *stream, PUCHAR in, ULONG bytes, PUCHAR iv,
                           PUCHAR to, ULONG room, ULONG *result, ULONG flags)
{
    ULONG iv_bytes = iv ? stream->row->block : 0;

    *result = 0xdeadbeef;
    return stream->encrypts ?
           MAY(BCryptEncrypt, stream->key, in, bytes, NULL, iv, iv_bytes, to, room, result, flags) :
           MAY(BCryptDecrypt, stream->key, in, bytes, NULL, iv, iv_bytes, to, room, result, flags);
}

/* A size query and a buffer that is too small: neither may change anything. */
static void ask_sizes(struct dice *dice, struct stream *stream, PUCHAR in, ULONG bytes, PUCHAR iv,
                      ULONG flags)
{
    ULONG size, result;
    UCHAR copy[16] = { 0 };

    if (iv) iv = memcpy(copy, iv, stream->row->block);
    if (!dice_below(dice, 3))
    {
        ended_by("size query", crypt_call(stream, in, bytes, iv, NULL, 0, &size, flags));
        saw_number("size", size);
    }
    else if (bytes && !dice_below(dice, 3))
    {
        /* (decrypting with padding, the text may fit) */
        ULONG room = dice_below(dice, bytes);

        if (!stream->encrypts && flags && room + stream->row->block >= bytes)
            room = bytes > stream->row->block ? bytes - stream->row->block - 1 : 0;
        if (crypt_call(stream, in, bytes, iv, out, room, &result, flags) == STATUS_BUFFER_TOO_SMALL)
            saw_number("size that is wanted", result),
                saw_bytes("IV that is kept", copy, sizeof(copy));
    }
}

static void piece_of(struct dice *dice, struct stream *stream, PUCHAR in, ULONG bytes, ULONG flags)
{
    PUCHAR iv = stream->has_iv ? stream->iv : NULL;
    bool in_place = !dice_below(dice, 4);
    ULONG result;

    if (stream->renews) dice_bytes(dice, stream->iv, sizeof(stream->iv));
    if (stream->chains && stream->done++ && dice_below(dice, 2)) iv = NULL;
    ask_sizes(dice, stream, in, bytes, iv, flags);
    if (in_place) memcpy(out, in, bytes);
    ended_by("a piece",
             crypt_call(stream, in_place ? out : in, bytes, iv, out, ROOM, &result, flags));
    saw_number("bytes made", result);
    saw_bytes("text made", out, result > ROOM ? 0 : result);
    if (iv) saw_bytes("IV", iv, stream->row->block);
}

static void set_feedback(struct stream *stream)
{
    char name[80];

    snprintf(name, sizeof(name), "MessageBlockLength of %ls", stream->row->id);
    if (stream->mode == CFB && stream->feedback != 1)
        HAVE(name, BCryptSetProperty, stream->key, BCRYPT_MESSAGE_BLOCK_LENGTH,
             (PUCHAR)&stream->feedback, sizeof(stream->feedback), 0);
}

static void crypt_pieces(struct dice *dice, struct stream *stream, ULONG bytes)
{
    ULONG at = 0, piece, whole = stream->mode == CFB ? stream->feedback : stream->row->block;

    while (stream->pieces--)
    {
        bool pads = stream->pads && dice_below(dice, 2);

        piece = dice_length(dice, bytes - at);
        if (!pads) piece -= piece % whole;
        piece_of(dice, stream, text + at, piece, pads ? BCRYPT_BLOCK_PADDING : 0);
        at += piece;
        if (stream->copies && dice_below(dice, 2)) stream->key = copy_of(stream->key);
    }
}

static void new_stream(struct dice *dice, struct stream *stream)
{
    static const ULONG all[] = { ECB, CBC, CFB };
    const struct cipher_row *row = DICE_ROW(dice, cipher_rows);
    ULONG bytes =
        row->least + row->step * dice_below(dice, (row->most - row->least) / row->step + 1);

    if (dice_below(dice, 2)) row = cipher_rows, bytes = 16 + 8 * dice_below(dice, 3);
    stream->row = row;
    stream->mode = row->modes == NONE ? NONE : *DICE_ROW(dice, all);
    stream->feedback = dice_below(dice, 3) ? 1 : row->block;
    stream->encrypts = dice_below(dice, 2);
    stream->has_iv = stream->mode & (CBC | CFB);
    dice_bytes(dice, secret, bytes);
    dice_bytes(dice, stream->iv, sizeof(stream->iv));
    stream->renews = dice_below(dice, 2);
    stream->done = 0;
    stream->pieces = dice_below(dice, 3) ? 2 + dice_below(dice, 3) : 1;
    stream->copies = stream->pieces > 1 && !dice_below(dice, 4);
    stream->chains = stream->has_iv && stream->pieces > 1 && dice_below(dice, 2);
    stream->pads = stream->encrypts && stream->mode & (ECB | CBC) && dice_below(dice, 2);
    about("%ls %ls, %s, %s, %s%s%s%s", row->id,
          stream->mode == NONE ? L"" : mode_name(stream->mode),
          stream->encrypts ? "encrypting" : "decrypting", stream->renews ? "new IVs" : "one IV",
          stream->pieces > 1 ? "pieces" : "one piece", stream->chains ? ", chained" : "",
          stream->copies ? ", duplicates" : "", stream->pads ? ", padding" : "");
    details(", key of %lu, feedback %lu", bytes, stream->feedback);
    stream->key = new_key(dice, row->id, mode_name(stream->mode), bytes);
    set_feedback(stream);
}

static void try_cipher(struct dice *dice)
{
    ULONG bytes = dice_length(dice, TEXT_MOST);
    struct stream stream;

    dice_bytes(dice, text, bytes);
    new_stream(dice, &stream);
    crypt_pieces(dice, &stream, bytes);
}

/* What was encrypted with padding comes back, or what was changed of it is refused. */
static void try_padding(struct dice *dice)
{
    ULONG bytes = dice_length(dice, 300), size, changed = dice_below(dice, 3);
    struct stream stream;
    UCHAR iv[16];

    dice_bytes(dice, text, bytes);
    do new_stream(dice, &stream); while (!(stream.mode & (ECB | CBC)));
    about("%ls %ls with padding%s", stream.row->id, mode_name(stream.mode),
          changed ? "" : ", changed");
    details(", %lu bytes", bytes);
    memcpy(iv, stream.iv, sizeof(iv));
    stream.encrypts = true;
    ended_by("padded", crypt_call(&stream, text, bytes, stream.has_iv ? stream.iv : NULL, out, ROOM,
                                  &size, BCRYPT_BLOCK_PADDING));
    saw_bytes("padded text", out, size);
    if (!changed) out[dice_below(dice, size)] ^= 1 << dice_below(dice, 8);
    memcpy(text, out, size);
    stream.encrypts = false;
    ask_sizes(dice, &stream, text, size, stream.has_iv ? iv : NULL, BCRYPT_BLOCK_PADDING);
    if (crypt_call(&stream, text, size, stream.has_iv ? iv : NULL, out, ROOM, &bytes,
                   BCRYPT_BLOCK_PADDING))
        return;
    saw_number("bytes made", bytes);
    saw_bytes("text made", out, bytes);
}

static void try_xts(struct dice *dice)
{
    ULONG bytes = dice_below(dice, 2) ? 32 : 64, unit = 16 << dice_below(dice, 6), result;
    ULONG count = 1 + dice_length(dice, TEXT_MOST / unit - 1);
    bool encrypts = dice_below(dice, 2);
    BCRYPT_KEY_HANDLE key;
    UCHAR number[8];

    about("XTS-AES");
    details(", key of %lu, %lu units of %lu", bytes, count, unit);
    dice_bytes(dice, secret, bytes);
    dice_bytes(dice, text, count * unit);
    dice_bytes(dice, number, sizeof(number));
    key = new_key(dice, BCRYPT_XTS_AES_ALGORITHM, NULL, bytes);
    HAVE("MessageBlockLength of XTS-AES", BCryptSetProperty, key, BCRYPT_MESSAGE_BLOCK_LENGTH,
         (PUCHAR)&unit, sizeof(unit), 0);
    if (encrypts)
        MUST(BCryptEncrypt, key, text, count * unit, NULL, number, 8, out, ROOM, &result, 0);
    else MUST(BCryptDecrypt, key, text, count * unit, NULL, number, 8, out, ROOM, &result, 0);
    saw_number("bytes made", result);
    saw_bytes("text made", out, result > ROOM ? 0 : result);
}

/* ---- authenticated modes ---- */

struct aead
{
    BCRYPT_KEY_HANDLE key;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR nonce[16], data[400], tag[16], state[16], iv[16];
};

static void new_aead(struct dice *dice, struct aead *aead, bool chained)
{
    ULONG mode = chained ? 0 : dice_below(dice, 5), key_bytes = 16 + 8 * dice_below(dice, 3);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info = &aead->info;
    LPCWSTR id = BCRYPT_AES_ALGORITHM, name = BCRYPT_CHAIN_MODE_GCM;

    memset(aead, 0, sizeof(*aead));
    BCRYPT_INIT_AUTH_MODE_INFO(*info);
    info->cbNonce = 12;
    info->cbTag = 12 + dice_below(dice, 5);
    if (mode == 3) name = BCRYPT_CHAIN_MODE_CCM, info->cbNonce = 7 + dice_below(dice, 7),
                   info->cbTag = 4 + 2 * dice_below(dice, 7);
    if (mode == 4)
        id = BCRYPT_CHACHA20_POLY1305_ALGORITHM, name = NULL, key_bytes = 32, info->cbTag = 16;
    info->pbNonce = aead->nonce;
    info->pbTag = aead->tag;
    info->cbAuthData = dice_length(dice, sizeof(aead->data));
    info->pbAuthData = info->cbAuthData || dice_below(dice, 2) ? aead->data : NULL;
    dice_bytes(dice, aead->nonce, sizeof(aead->nonce));
    dice_bytes(dice, aead->data, info->cbAuthData);
    dice_bytes(dice, secret, key_bytes);
    about("%ls %ls of %lu bits%s", id, name ? name : L"", 8 * key_bytes,
          chained ? ", chained" : "");
    details(", nonce of %lu, %lu bytes beside the text, tag of %lu", info->cbNonce,
            info->cbAuthData, info->cbTag);
    aead->key = new_key(dice, id, name, key_bytes);
}

static void ask_aead_sizes(struct dice *dice, struct aead *aead, ULONG bytes)
{
    ULONG result = 0xdeadbeef;

    if (dice_below(dice, 2))
    {
        if (!bytes) return;                     /* that would be the empty message */
        MUST(BCryptEncrypt, aead->key, text, bytes, &aead->info, NULL, 0, NULL, 0, &result, 0);
        saw_number("size", result);
    }
    else if (bytes && !MAY(BCryptEncrypt, aead->key, text, bytes, &aead->info, NULL, 0, out,
                           dice_below(dice, bytes), &result, 0))
        saw_number("size that is wanted", result);
}

static void open_it(struct dice *dice, struct aead *aead, ULONG bytes)
{
    ULONG wrong = dice_below(dice, 6), result = 0;
    NTSTATUS status;

    if (wrong == 0) aead->tag[dice_below(dice, aead->info.cbTag)] ^= 1 << dice_below(dice, 8);
    if (wrong == 1) aead->nonce[dice_below(dice, aead->info.cbNonce)] ^= 1 << dice_below(dice, 8);
    if (wrong == 2 && aead->info.cbAuthData)
        aead->data[dice_below(dice, aead->info.cbAuthData)] ^= 1;
    if (wrong == 3 && bytes) text[dice_below(dice, bytes)] ^= 1 << dice_below(dice, 8);
    status =
        MAY(BCryptDecrypt, aead->key, text, bytes, &aead->info, NULL, 0, out, ROOM, &result, 0);
    if (status) return;
    saw_number("bytes opened", result);
    saw_bytes("opened", out, result > ROOM ? 0 : result);
}

static void try_aead(struct dice *dice)
{
    ULONG bytes = dice_length(dice, TEXT_MOST), result = 0;
    struct aead aead;

    dice_bytes(dice, text, bytes);
    new_aead(dice, &aead, false);
    details(", %lu bytes", bytes);
    ask_aead_sizes(dice, &aead, bytes);
    MUST(BCryptEncrypt, aead.key, text, bytes, &aead.info, NULL, 0, out, ROOM, &result, 0);
    saw_number("bytes sealed", result);
    saw_bytes("sealed", out, result > ROOM ? 0 : result);
    saw_bytes("tag", aead.tag, aead.info.cbTag);
    memcpy(text, out, bytes);
    open_it(dice, &aead, bytes);
}

static void try_chain(struct dice *dice)
{
    ULONG bytes = dice_length(dice, TEXT_MOST), at = 0, piece, pieces = dice_below(dice, 4), result;
    struct aead aead;

    dice_bytes(dice, text, bytes);
    new_aead(dice, &aead, true);
    details(", %lu bytes", bytes);
    aead.info.pbMacContext = aead.state;
    aead.info.cbMacContext = sizeof(aead.state);
    aead.info.dwFlags = BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
    while (pieces--)
    {
        piece = dice_length(dice, bytes - at) & ~15u;
        HAVE("chained GCM", BCryptEncrypt, aead.key, text + at, piece, &aead.info, aead.iv, 16, out,
             ROOM, &result, 0);
        saw_bytes("sealed piece", out, result > ROOM ? 0 : result);
        at += piece;
    }
    aead.info.dwFlags &= ~BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
    MUST(BCryptEncrypt, aead.key, text + at, bytes - at, &aead.info, aead.iv, 16, out, ROOM,
         &result, 0);
    saw_bytes("sealed at last", out, result > ROOM ? 0 : result);
    saw_bytes("tag", aead.tag, aead.info.cbTag);
}

/* ---- blobs ---- */

/* Size, too small, and as it is; the bytes are in `out`. */
static ULONG export_it(struct dice *dice, BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE wrapping,
                       LPCWSTR type, bool is_own)
{
    ULONG size = 0, result = 0;

    did("size query", cng->BCryptExportKey(key, wrapping, type, NULL, 0, &size, 0));
    if (!is_own) saw_number("size of a blob", size);
    MAY(BCryptExportKey, key, wrapping, type, out, is_own ? 0 : dice_below(dice, 16), &result, 0);
    if (!is_own) saw_number("size of a blob that is wanted", result);
    HAVE(is_own ? "OpaqueKeyBlob" : "blob of a key", BCryptExportKey, key, wrapping, type, out,
         ROOM, &size, 0);
    if (!is_own) saw_number("blob's size", size), saw_bytes("blob", out, size);
    return size;
}

/* What a key is after its blob: it has to encrypt the same. */
static void use_key(BCRYPT_KEY_HANDLE key, ULONG block)
{
    UCHAR iv[16] = { 1, 2, 3 }, made[64];
    ULONG result;

    MUST(BCryptEncrypt, key, text, 48, NULL, iv, block, made, sizeof(made), &result, 0);
    saw_bytes("text of an imported key", made, result);
}

static void try_blob(struct dice *dice)
{
    const struct cipher_row *row = &cipher_rows[dice_below(dice, 3) ? 0 : dice_below(dice, 6)];
    ULONG bytes =
              row->least + row->step * dice_below(dice, (row->most - row->least) / row->step + 1),
          size;
    bool is_own = dice_below(dice, 2);
    LPCWSTR type = is_own ? BCRYPT_OPAQUE_KEY_BLOB : BCRYPT_KEY_DATA_BLOB;
    BCRYPT_KEY_HANDLE key;

    about("%ls of %ls", type, row->id);
    details(", key of %lu", bytes);
    dice_bytes(dice, secret, bytes);
    dice_bytes(dice, text, 48);
    key = new_key(dice, row->id, BCRYPT_CHAIN_MODE_CBC, bytes);
    if (dice_below(dice, 2)) key = copy_of(key);
    size = export_it(dice, key, NULL, type, is_own);
    MUST(BCryptImportKey, algorithm_with(row->id, 0, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_CBC),
         NULL, type, &key, NULL, 0, out, size, 0);
    use_key(opened(OPEN_KEY, key), row->block);
}

static void try_wrap(struct dice *dice)
{
    ULONG bytes = 16 + 8 * dice_below(dice, 3), size;
    BCRYPT_KEY_HANDLE wrapping, key;

    about("AES key wrap");
    details(" of a key of %lu", bytes);
    dice_bytes(dice, text, 48);
    dice_bytes(dice, secret, 32);
    wrapping = new_key(dice, BCRYPT_AES_ALGORITHM, NULL, 16 + 8 * dice_below(dice, 3));
    dice_bytes(dice, secret, bytes);
    key = new_key(dice, BCRYPT_AES_ALGORITHM, NULL, bytes);
    size = export_it(dice, key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, false);
    MUST(BCryptImportKey, algorithm_of(BCRYPT_AES_ALGORITHM, 0), wrapping, BCRYPT_AES_WRAP_KEY_BLOB,
         &key, NULL, 0, out, size, 0);
    use_key(opened(OPEN_KEY, key), 16);
}

const struct kind cipher_kinds[] = {
    { "cipher", 300, try_cipher, NULL }, { "padding", 100, try_padding, NULL },
    { "xts", 10, try_xts, NULL },        { "aead", 250, try_aead, NULL },
    { "chain", 20, try_chain, NULL },    { "blob", 60, try_blob, NULL },
    { "wrap", 10, try_wrap, NULL },
};
const size_t cipher_kind_count = ARRAY_SIZE(cipher_kinds);
