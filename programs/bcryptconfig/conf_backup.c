/*
 * conf_backup.c - what the registry had before a change, and back again.
 *
 * A backup is a text: the keys below a few roots, each with its values, in the order in which they
 * are found. It is there before anything is changed, under the next number in
 * %ProgramData%\OpenCNG\bcryptconfig, and is deleted when it has been put back.
 *
 *     bcryptconfig-backup 1
 *     above PATH                   a key above a root that is there; others go when they are empty
 *     root PATH                    what is below it is in the backup
 *     key PATH                     of a root or below; one that is not there has no line
 *     value TYPE HEXADECIMAL NAME  of the key above; - is no bytes
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

static const WCHAR *const roots[] =
{
    L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration",
    L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Providers",
    L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\OpenCNG",     /* a change under way */
    L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration",
};

/* The keys above them that need not be there, the lowest first. */
static const WCHAR *const above[] =
{
    L"SYSTEM\\CurrentControlSet\\Control\\Cryptography",
    L"SOFTWARE\\Policies\\Microsoft\\Cryptography",
    L"SOFTWARE\\Policies\\Microsoft",
};

#define NAME_ROOM 16384                         /* of a value's name; a key's has 256 at most */
#define PATH_ROOM 4096

/* ---- the registry as a text in memory ---- */

/* A text that grows. */
struct text
{
    WCHAR *characters;
    size_t length, room;
};

static void text_add(struct text *text, const WCHAR *more)
{
    size_t length = wcslen(more), room = 2 * (text->room + length) + 1024;
    WCHAR *characters;

    if (text->length + length + 1 > text->room)
    {
        characters = need(room * sizeof(WCHAR));
        if (text->length) memcpy(characters, text->characters, text->length * sizeof(WCHAR));
        free(text->characters);
        text->characters = characters;
        text->room = room;
    }
    memcpy(text->characters + text->length, more, (length + 1) * sizeof(WCHAR));
    text->length += length;
}

/* A name behind a blank: in quotes, with quotes and what would end the line as \uXXXX. */
static void text_add_name(struct text *text, const WCHAR *name)
{
    WCHAR one[8];

    text_add(text, L" \"");
    for (; *name; name++)
    {
        if (*name == '"' || *name < ' ' || (*name >= 0xd800 && *name < 0xe000))
            swprintf(one, ARRAY_SIZE(one), L"\\u%04x", *name);
        else swprintf(one, ARRAY_SIZE(one), *name == '\\' ? L"\\\\" : L"%lc", *name);
        text_add(text, one);
    }
    text_add(text, L"\"");
}

static bool name_read(WCHAR *name)
{
    WCHAR *to = name;
    unsigned int code;

    for (; *name; name++)
    {
        if (*name != '\\') *to++ = *name;
        else if (*++name == '\\') *to++ = '\\';
        else if (*name == 'u' && swscanf(name + 1, L"%4x", &code) == 1 && wcslen(name) > 4)
        {
            *to++ = (WCHAR)code;
            name += 4;
        }
        else return false;
    }
    *to = 0;
    return true;
}

/* Into the registry that 64-bit programs see: there is one configuration. */
static LSTATUS key_open(const WCHAR *path, REGSAM access, HKEY *key)
{
    return RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, access | KEY_WOW64_64KEY, key);
}

static void text_add_value(struct text *text, const WCHAR *name, DWORD type, const BYTE *data,
                           DWORD bytes)
{
    WCHAR *digits = need((2 * (size_t)bytes + 32) * sizeof(WCHAR));
    int at = swprintf(digits, 32, L"value %lu ", type);
    DWORD i;

    if (!bytes) wcscat(digits, L"-");
    for (i = 0; i < bytes; i++) at += swprintf(digits + at, 3, L"%02x", data[i]);
    text_add(text, digits);
    text_add_name(text, name);
    text_add(text, L"\n");
    free(digits);
}

/* The key, its values and the keys below; a key that is not there adds nothing. */
static bool text_add_key(struct text *text, const WCHAR *path)
{
    DWORD number, type, bytes, length, most = 0, keys = 0, values = 0;
    WCHAR *name = need(NAME_ROOM * sizeof(WCHAR)), *below;
    BYTE *data = NULL;
    bool read = true;
    LSTATUS error;
    HKEY key;

    error = key_open(path, KEY_READ, &key);
    if (error)
    {
        free(name);
        return error == ERROR_FILE_NOT_FOUND;
    }
    text_add(text, L"key");
    text_add_name(text, path);
    text_add(text, L"\n");
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, &most, NULL, NULL);
    data = need((size_t)most + 1);
    for (number = 0; number < values && read; number++)
    {
        length = NAME_ROOM;
        bytes = most;
        read = !RegEnumValueW(key, number, name, &length, NULL, &type, data, &bytes);
        if (read) text_add_value(text, name, type, data, bytes);
    }
    for (number = 0; number < keys && read; number++)
    {
        length = NAME_ROOM;
        if (RegEnumKeyExW(key, number, name, &length, NULL, NULL, NULL, NULL) ||
            wcslen(path) + length + 2 > PATH_ROOM)
        {
            read = false;
            break;
        }
        below = need((wcslen(path) + length + 2) * sizeof(WCHAR));
        wcscpy(below, path);
        wcscat(below, L"\\");
        wcscat(below, name);
        read = text_add_key(text, below);
        free(below);
    }
    RegCloseKey(key);
    free(data);
    free(name);
    return read;
}

/* The registry as it is now; NULL if it cannot be read. */
static WCHAR *registry_text(void)
{
    struct text text = { NULL, 0, 0 };
    size_t i;
    HKEY key;

    text_add(&text, L"bcryptconfig-backup 1\n");
    for (i = 0; i < ARRAY_SIZE(above); i++)
    {
        if (key_open(above[i], KEY_READ, &key)) continue;
        RegCloseKey(key);
        text_add(&text, L"above");
        text_add_name(&text, above[i]);
        text_add(&text, L"\n");
    }
    for (i = 0; i < ARRAY_SIZE(roots); i++)
    {
        text_add(&text, L"root");
        text_add_name(&text, roots[i]);
        text_add(&text, L"\n");
        if (text_add_key(&text, roots[i])) continue;
        free(text.characters);
        return NULL;
    }
    return text.characters;
}

/* ---- what of it is set, and who may set it ---- */

/* The key of a place, or with an interface of 0 that of its context. */
static LSTATUS place_open(const struct place *place, HKEY *key)
{
    WCHAR path[PATH_ROOM];
    int length;

    length = swprintf(path, PATH_ROOM, L"%ls%ls\\%ls", table == CRYPT_LOCAL ? roots[0] : roots[3],
                      table == CRYPT_LOCAL ? L"\\Local" : L"", place->context);
    if (length > 0 && place->interface_id)
        length = swprintf(path + length, PATH_ROOM - (size_t)length, L"\\%08lX%ls%ls",
                          place->interface_id, place->function ? L"\\" : L"",
                          place->function ? place->function : L"");
    return length > 0 ? key_open(path, KEY_READ, key) : ERROR_INVALID_PARAMETER;
}

bool backup_is_set(const struct place *place, const WCHAR *value)
{
    bool is_set;
    HKEY key;

    if (place_open(place, &key)) return false;
    is_set = !value || !RegQueryValueExW(key, value, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return is_set;
}

bool backup_is_registered(const WCHAR *provider)
{
    WCHAR path[PATH_ROOM];
    HKEY key;

    if (swprintf(path, PATH_ROOM, L"%ls\\%ls", roots[1], provider) < 0) return false;
    if (key_open(path, KEY_READ, &key)) return false;
    RegCloseKey(key);
    return true;
}

void backup_value_names(const struct place *place, struct names *names)
{
    WCHAR *name = need(NAME_ROOM * sizeof(WCHAR));
    DWORD number, length;
    HKEY key;

    *names = (struct names){ 0, NULL };
    if (!place_open(place, &key))
    {
        for (number = 0;; number++)
        {
            length = NAME_ROOM;
            if (RegEnumValueW(key, number, name, &length, NULL, NULL, NULL, NULL)) break;
            names_place(names, name, CRYPT_PRIORITY_BOTTOM);
        }
        RegCloseKey(key);
    }
    free(name);
}

/* It is up to the lowest key above each root that is there. */
NTSTATUS backup_access(void)
{
    const REGSAM access = KEY_READ | KEY_CREATE_SUB_KEY | KEY_SET_VALUE;
    WCHAR path[PATH_ROOM], *end;
    LSTATUS error;
    HKEY key;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(roots); i++)
    {
        wcscpy(path, roots[i]);
        while ((error = key_open(path, access, &key)) == ERROR_FILE_NOT_FOUND &&
               (end = wcsrchr(path, '\\'))) *end = 0;
        if (!error) RegCloseKey(key);
        if (error == ERROR_ACCESS_DENIED) return STATUS_ACCESS_DENIED;
    }
    return STATUS_SUCCESS;
}

/* ---- where backups are ---- */

static bool backup_directory(WCHAR *path)
{
    if (!GetEnvironmentVariableW(L"ProgramData", path, MAX_PATH - 64))
    {
        if (!GetEnvironmentVariableW(L"ALLUSERSPROFILE", path, MAX_PATH - 64)) return false;
    }
    wcscat(path, L"\\OpenCNG");
    CreateDirectoryW(path, NULL);
    wcscat(path, L"\\bcryptconfig");
    return CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS;
}

static void backup_path(WCHAR *path, const WCHAR *directory, ULONG number)
{
    swprintf(path, MAX_PATH, L"%ls\\%06lu.txt", directory, number);
}

/* The numbers of the oldest and the newest; 0 if there is none. */
static void backup_numbers(const WCHAR *directory, ULONG *oldest, ULONG *newest)
{
    WIN32_FIND_DATAW found;
    WCHAR pattern[MAX_PATH];
    HANDLE search;
    ULONG number;

    *oldest = *newest = 0;
    swprintf(pattern, MAX_PATH, L"%ls\\*.txt", directory);
    search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do
    {
        number = wcstoul(found.cFileName, NULL, 10);
        if (number && (!*oldest || number < *oldest)) *oldest = number;
        if (number > *newest) *newest = number;
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

static WCHAR written_path[MAX_PATH];            /* of the backup of this run */
static WCHAR *written_text;
static HANDLE writers;                          /* while others are kept out */

/* No other program writes between what is kept and what is changed: the mutex is that of OpenCNG's
 * bcrypt.dll (registry_windows.c), which takes it once more for each change. */
static bool keep_others_out(void)
{
    DWORD waited;

    writers = CreateMutexW(NULL, FALSE, L"Global\\OpenCNG.Configuration");
    waited = writers ? WaitForSingleObject(writers, 30000) : WAIT_FAILED;
    if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) return true;
    if (writers) CloseHandle(writers);
    writers = NULL;
    complain("another program is changing the configuration: nothing is changed");
    return false;
}

static void let_others_in(void)
{
    if (!writers) return;
    ReleaseMutex(writers);
    CloseHandle(writers);
    writers = NULL;
}

bool backup_write(void)
{
    WCHAR directory[MAX_PATH];
    struct output output;
    ULONG oldest, newest;

    if (!keep_others_out()) return false;
    if (!backup_directory(directory))
    {
        complain("there is no place for a backup, so nothing is changed");
        return false;
    }
    if (!(written_text = registry_text()))
    {
        complain("the registry cannot be read, so nothing is changed");
        return false;
    }
    backup_numbers(directory, &oldest, &newest);
    backup_path(written_path, directory, newest + 1);
    if (!output_open(&output, written_path)) return false;
    print(written_text, output.file);
    if (output_close(&output)) return true;
    written_path[0] = 0;
    return false;
}

void backup_unless_changed(void)
{
    WCHAR *now = written_path[0] ? registry_text() : NULL;

    if (now && written_text && !wcscmp(now, written_text)) DeleteFileW(written_path);
    free(now);
    free(written_text);
    written_text = NULL;
    let_others_in();
}

/* ---- putting back ---- */

/* What a backup says of one key. */
struct kept_value
{
    struct kept_value *next;
    const WCHAR *name;
    DWORD type, bytes;
    BYTE *data;
};

struct kept_key
{
    struct kept_key *next;
    const WCHAR *path;
    struct kept_value *values;
    bool is_above;                              /* of a root: it was there, no more is said */
};

static struct kept_value *value_read(WCHAR *type, const WCHAR *digits, WCHAR *name)
{
    struct kept_value *value = need(sizeof(*value));
    ULONG number = 0;
    unsigned int byte;
    DWORD i;

    if (!number_read(type, &number) || !name_read(name)) return NULL;
    value->type = number;
    value->name = name;
    value->bytes = wcscmp(digits, L"-") ? (DWORD)wcslen(digits) / 2 : 0;
    value->data = need(value->bytes);
    for (i = 0; i < value->bytes; i++)
    {
        if (swscanf(digits + 2 * i, L"%2x", &byte) != 1) return NULL;
        value->data[i] = (BYTE)byte;
    }
    return value;
}

/* All keys of a backup; its memory is the text's, and stays. False if it is none. */
static bool backup_read(WCHAR *text, struct kept_key **first)
{
    struct kept_key **next = first, *key = NULL;
    struct kept_value *value;
    WCHAR *line, *words[4], *at = text;
    bool begun = false;
    int count;

    *first = NULL;
    while ((line = line_next(&at)))
    {
        count = words_read(line, words, 4, NULL);
        if (!begun) begun = count == 2 && !wcscmp(words[0], L"bcryptconfig-backup");
        else if (count == 2 && (!wcscmp(words[0], L"key") || !wcscmp(words[0], L"above")) &&
                 name_read(words[1]))
        {
            key = need(sizeof(*key));
            key->path = words[1];
            key->is_above = words[0][0] == 'a';
            *next = key;
            next = &key->next;
        }
        else if (count == 4 && key && !wcscmp(words[0], L"value"))
        {
            if (!(value = value_read(words[1], words[2], words[3]))) return false;
            value->next = key->values;
            key->values = value;
        }
        else if (count != 2 || wcscmp(words[0], L"root")) return false;
        if (!begun) return false;
    }
    return begun;
}

static bool is_kept_value(const struct kept_key *kept, const WCHAR *name)
{
    const struct kept_value *value;

    for (value = kept->values; value; value = value->next)
    {
        if (!_wcsicmp(value->name, name)) return true;
    }
    return false;
}

static const struct kept_key *kept_key_of(const struct kept_key *first, const WCHAR *path)
{
    for (; first; first = first->next)
    {
        if (!_wcsicmp(first->path, path)) return first;
    }
    return NULL;
}

/* Deletes a key with all below it. */
static LSTATUS delete_tree(HKEY parent, const WCHAR *name)
{
    WCHAR below[256];
    DWORD length;
    LSTATUS error;
    HKEY key;

    error = RegOpenKeyExW(parent, name, 0, KEY_READ | KEY_WRITE | KEY_WOW64_64KEY, &key);
    if (error) return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
    while (!error)
    {
        length = ARRAY_SIZE(below);
        if (RegEnumKeyExW(key, 0, below, &length, NULL, NULL, NULL, NULL)) break;
        error = delete_tree(key, below);
    }
    RegCloseKey(key);
    return error ? error : RegDeleteKeyExW(parent, name, KEY_WOW64_64KEY, 0);
}

/* Takes away what a key has and the backup has not: values, and keys with all below them. */
static LSTATUS take_away(const struct kept_key *first, const struct kept_key *kept, HKEY key)
{
    WCHAR *name = need(NAME_ROOM * sizeof(WCHAR)), path[PATH_ROOM];
    LSTATUS error = ERROR_SUCCESS;
    DWORD number = 0, length;

    for (;;)
    {
        length = NAME_ROOM;
        if (RegEnumValueW(key, number, name, &length, NULL, NULL, NULL, NULL)) break;
        if (is_kept_value(kept, name)) number++;
        else if ((error = RegDeleteValueW(key, name))) break;
    }
    for (number = 0; !error;)
    {
        length = NAME_ROOM;
        if (RegEnumKeyExW(key, number, name, &length, NULL, NULL, NULL, NULL)) break;
        swprintf(path, PATH_ROOM, L"%ls\\%ls", kept->path, name);
        if (kept_key_of(first, path)) number++;
        else error = delete_tree(key, name);
    }
    free(name);
    return error;
}

static LSTATUS put_value(HKEY key, const struct kept_value *value)
{
    DWORD type = 0, bytes = 0;
    LSTATUS error;
    BYTE *data;

    if (!RegQueryValueExW(key, value->name, NULL, &type, NULL, &bytes) && type == value->type &&
        bytes == value->bytes)
    {
        data = need(bytes);
        error = RegQueryValueExW(key, value->name, NULL, &type, data, &bytes);
        if (!error && bytes == value->bytes && !memcmp(data, value->data, bytes))
        {
            free(data);
            return ERROR_SUCCESS;
        }
        free(data);
    }
    return RegSetValueExW(key, value->name, 0, value->type, value->data, value->bytes);
}

static void delete_if_empty(const WCHAR *path)
{
    DWORD keys = 1, values = 1;
    HKEY key;

    if (key_open(path, KEY_READ, &key)) return;
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    if (!keys && !values) RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0);
}

static LSTATUS put_back(const struct kept_key *first)
{
    const struct kept_value *value;
    const struct kept_key *kept;
    LSTATUS error;
    HKEY key;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(roots); i++)
    {
        if (kept_key_of(first, roots[i])) continue;
        if ((error = delete_tree(HKEY_LOCAL_MACHINE, roots[i]))) return error;
    }
    for (kept = first; kept; kept = kept->next)
    {
        if (kept->is_above) continue;
        error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, kept->path, 0, NULL, 0,
                                KEY_READ | KEY_WRITE | KEY_WOW64_64KEY, NULL, &key, NULL);
        if (error) return error;
        error = take_away(first, kept, key);
        for (value = kept->values; value && !error; value = value->next)
            error = put_value(key, value);
        RegCloseKey(key);
        if (error) return error;
    }
    for (i = 0; i < ARRAY_SIZE(above); i++)
    {
        if (!kept_key_of(first, above[i])) delete_if_empty(above[i]);
    }
    return ERROR_SUCCESS;
}

int backup_restore(bool first)
{
    WCHAR directory[MAX_PATH], path[MAX_PATH], *text, *now;
    ULONG oldest, newest, wanted;
    struct kept_key *keys;
    LSTATUS error;

    if (!backup_directory(directory)) return failed(STATUS_NOT_FOUND, "no backup", NULL);
    backup_numbers(directory, &oldest, &newest);
    wanted = first ? oldest : newest;
    if (!wanted) return failed(STATUS_NOT_FOUND, "no backup in", directory);
    backup_path(path, directory, wanted);
    if (!(text = text_read(path))) return ENDED_FAILED;
    now = registry_text();
    printf("%s %s", dry_run ? "would put back" : "puts back",
           now && !wcscmp(now, text) ? "what is there already," : "");
    print(path, stdout);
    printf("\n");
    free(now);
    if (dry_run) return ENDED_WELL;
    if (!backup_read(text, &keys))
        return failed(STATUS_INVALID_PARAMETER, "a damaged backup:", path);

    if (!keep_others_out()) return ENDED_FAILED;
    error = put_back(keys);
    if (error)
        return failed(error == ERROR_ACCESS_DENIED ? STATUS_ACCESS_DENIED : (NTSTATUS)error,
                      "cannot put back", path);
    for (; newest >= wanted; newest--)
    {
        backup_path(path, directory, newest);
        DeleteFileW(path);
    }
    return ENDED_WELL;
}
