/*
 * conf_words.c - files of lines of words: read whole, written whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

#define LARGEST_FILE (64 << 20)

void word_write(const WCHAR *word, FILE *to)
{
    const WCHAR *at = word, *quote;
    WCHAR *part;

    if (*word && *word != '#' && !wcspbrk(word, L" \t\"#"))
    {
        print(word, to);
        return;
    }
    fputs("\"", to);
    for (; (quote = wcschr(at, '"')); at = quote + 1)
    {
        part = need((size_t)(quote - at + 3) * sizeof(WCHAR));
        memcpy(part, at, (size_t)(quote - at) * sizeof(WCHAR));
        wcscat(part, L"\"\"");
        print(part, to);
        free(part);
    }
    print(at, to);
    fputs("\"", to);
}

/* Takes a quoted word out of a line, from behind its quote on; NULL if it has no end. */
static WCHAR *unquote(WCHAR *at)
{
    WCHAR *to = at;

    for (; *at; at++)
    {
        if (*at == '"' && *++at != '"')
        {
            *to = 0;
            return at;
        }
        *to++ = *at;
    }
    return NULL;
}

int words_read(WCHAR *line, WCHAR **words, int room, WCHAR **wrong)
{
    WCHAR *at = line, *unused;
    int count = 0;

    if (!wrong) wrong = &unused;

    for (;;)
    {
        while (*at == ' ' || *at == '\t') at++;
        if (!*at || *at == '#') return count;
        *wrong = at;
        if (count == room) return -1;
        if (*at == '"')
        {
            words[count++] = at + 1;
            if (!(at = unquote(at + 1))) return -1;
            *wrong = at;
            if (*at && *at != ' ' && *at != '\t') return -1;
            continue;
        }
        words[count++] = at;
        while (*at && *at != ' ' && *at != '\t') at++;
        if (*at) *at++ = 0;
    }
}

WCHAR *line_next(WCHAR **at)
{
    WCHAR *line = *at, *end = line + wcscspn(line, L"\r\n");

    if (!*line) return NULL;
    if (*end == '\r' && end[1] == '\n') *end++ = 0;
    if (*end) *end++ = 0;
    *at = end;
    return line;
}

/* In which line bytes are no text: UTF-8 without NULs. No character of it has a line end in it. */
static void complain_of_text(const WCHAR *path, const char *bytes, size_t count)
{
    size_t begin = 0, end;
    ULONG line = 1;

    for (;; line++, begin = end + 1)
    {
        for (end = begin; end < count && bytes[end] != '\n' && bytes[end]; end++) {}
        if (end >= count || !bytes[end]) break;
        if (end > begin && !MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, bytes + begin,
                                                (int)(end - begin), NULL, 0)) break;
    }
    complain_at(path, line, 0, "this is no text in UTF-8");
}

WCHAR *text_read(const WCHAR *path)
{
    FILE *file = _wfopen(path, L"rb");
    char *bytes = NULL;
    WCHAR *text = NULL;
    size_t count;
    int length;
    long size;

    if (!file)
    {
        failed(STATUS_NOT_FOUND, "cannot read", path);
        return NULL;
    }
    if (!fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && size <= LARGEST_FILE &&
        !fseek(file, 0, SEEK_SET))
    {
        bytes = need((size_t)size + 1);
        count = fread(bytes, 1, (size_t)size, file);
        length = count == (size_t)size && strlen(bytes) == count
                     ? MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, bytes, -1, NULL, 0) : 0;
        if (length)
        {
            text = need((size_t)length * sizeof(WCHAR));
            MultiByteToWideChar(CP_UTF8, 0, bytes, -1, text, length);
        }
        if (!text) complain_of_text(path, bytes, count);
    }
    else failed(STATUS_INVALID_PARAMETER, "cannot read", path);
    fclose(file);
    free(bytes);
    return text;
}

bool output_open(struct output *output, const WCHAR *path)
{
    int written = swprintf(output->unfinished, ARRAY_SIZE(output->unfinished), L"%ls.%lu.new", path,
                           (unsigned long)GetCurrentProcessId());

    output->file = NULL;
    if (written > 0 && written < (int)ARRAY_SIZE(output->unfinished) && wcslen(path) < MAX_PATH)
    {
        wcscpy(output->path, path);
        output->file = _wfopen(output->unfinished, L"wb");
    }
    if (!output->file) failed(STATUS_ACCESS_DENIED, "cannot write", path);
    return output->file != NULL;
}

bool output_close(struct output *output)
{
    bool written = !ferror(output->file) && !fflush(output->file);

    if (fclose(output->file)) written = false;
    if (written && MoveFileExW(output->unfinished, output->path,
                               MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return true;
    DeleteFileW(output->unfinished);
    failed(STATUS_ACCESS_DENIED, "cannot write", output->path);
    return false;
}
