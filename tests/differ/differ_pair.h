/*
 * differ_pair.h - a key pair, and what trials make of it: blobs and signatures.
 *
 * A trial sets the pair's variables, and then both sides work with it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef DIFFER_PAIR_H
#define DIFFER_PAIR_H

#include "differ.h"

#define BLOB_MOST 6000
#define MADE_MOST 6000

/* The pair as a private blob (the second is a peer's), and what both sides import it as: the
 * algorithm, its curve if that has to be told, the blob's type and that of the public half. */
extern UCHAR blob[2][BLOB_MOST];
extern ULONG blob_bytes[2];
extern LPCWSTR pair_id, pair_curve, pair_type, public_type;

/* What is signed or encrypted, and how; a signature or a ciphertext, which one side has made. */
extern UCHAR message[1024], made[MADE_MOST];
extern ULONG message_bytes, made_bytes;
extern void *padding;
extern ULONG padding_flags;

BCRYPT_ALG_HANDLE pair_algorithm(void);
void open_algorithm(struct dice *dice);         /* for on_both: whether it is there */
BCRYPT_KEY_HANDLE import_blob(LPCWSTR type, const UCHAR *bytes, ULONG count);
BCRYPT_KEY_HANDLE own_key(void);

/* The public half, as ours has it: some peers take that alone. */
void take_public(struct dice *dice);
BCRYPT_KEY_HANDLE public_key(void);

/* Imported, exported as any type, imported again. */
void see_blobs(struct dice *dice, const LPCWSTR *types, ULONG count);

void new_message(struct dice *dice, ULONG bytes);
void sign(struct dice *dice);

/* One signs, both verify: that, and what was changed of it. */
void cross_sign(struct dice *dice);

#endif
