/*
 * dice.c - SplitMix64 (Steele, Lea and Flood, 2014).
 *
 * SPDX-License-Identifier: MIT
 */

#include "dice.h"

static uint64_t dice_next(struct dice *dice)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

ULONG dice_below(struct dice *dice, ULONG limit)
{
    return (ULONG)((dice_next(dice) >> 32) * limit >> 32);
}

void dice_bytes(struct dice *dice, UCHAR *to, ULONG bytes)
{
    struct dice own = { dice_next(dice), 0 };
    ULONG i;

    for (i = 0; i < bytes; i++) to[i] = (UCHAR)(dice_next(&own) >> 56);
}

ULONG dice_length(struct dice *dice, ULONG most)
{
    ULONG limit = most >> dice_below(dice, 8), length = dice_below(dice, limit + 1);

    return length > dice->most ? dice->most : length;
}
