/*
 * vectors_data.c - the files of tests/vectors/, whole, in the test program.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

#define QUOTED(word) #word
#define QUOTED_VALUE(macro) QUOTED(macro)
#define SYMBOL(name) QUOTED_VALUE(__USER_LABEL_PREFIX__) #name

#ifdef _WIN32
#define READ_ONLY ".section .rdata,\"dr\"\n"
#else
#define READ_ONLY ".section .rodata\n"
#endif

#define VECTORS_FILE(name, path) \
    extern const char name[], name##_end[]; \
    __asm__(READ_ONLY \
            SYMBOL(name) ":\n\t.incbin \"" path "\"\n" \
            SYMBOL(name##_end) ":\n\t.byte 0\n\t.text\n");

#include "vectors.inc"

const size_t vectors_file_count = ARRAY_SIZE(vectors_files);
