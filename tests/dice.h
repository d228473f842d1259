/*
 * dice.h - numbers of a seed: the same dice give the same trial.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdint.h>
#include <windows.h>

struct dice
{
    uint64_t state;
    ULONG most;                                 /* bytes of a text */
};

ULONG dice_below(struct dice *dice, ULONG limit);

/* How many they are does not change what comes next: with a shorter text it is the same trial. */
void dice_bytes(struct dice *dice, UCHAR *to, ULONG bytes);
ULONG dice_length(struct dice *dice, ULONG most);   /* short ones are more frequent */
#define DICE_ROW(dice, table) (&(table)[dice_below(dice, sizeof(table) / sizeof((table)[0]))])

#endif
