# libssh2.sh - libssh2 with its WinCNG back end on OpenCNG's DLLs against an OpenSSH server.
#
# Read by run, which has set the directories, Wine and the counting. The source is Debian's libssh2
# of 13, whose back end is the first with ECDSA; it is built here, with our import library. The
# server listens on the loopback alone, as the current user, with keys and settings of its own, and
# ends with this script. SSHD names another sshd.
#
# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2013,SC2046 # run sets variables; lists of words

# ssh_source: the directory of the source, fetched if need be.
ssh_source()
{
    dsc=$("$top/tools/debsource" libssh2) || return 1
    version=$(basename "$dsc" .dsc)
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/opencng
    directory=$cache/libssh2-${version#libssh2_}
    if [ ! -f "$directory/src/wincng.c" ]; then
        new=$(mktemp -d "$cache/new-XXXXXX")
        if ! dpkg-source --no-check -x "$dsc" "$new/source" >&2 || ! mv -T "$new/source" "$directory"; then
            rm -rf "$new"
            return 1
        fi
        rm -rf "$new"
    fi
    echo "$directory"
}

# ssh_build: the client, from libssh2's sources, our header before all others.
ssh_build()
{
    source=$(ssh_source) || return 1
    mkdir -p "$work/libssh2"
    flags="-O1 -w -DLIBSSH2_WINCNG -DLIBSSH2_ECDSA_WINCNG -D_WIN32_WINNT=0x0A00"
    for file in $(sed -n '/^CSOURCES/,/^$/s/^[ \t]*\([-a-z_0-9]*\.c\).*/\1/p;/^CSOURCES/s/.*= *\([-a-z_0-9]*\.c\).*/\1/p' \
            "$source/src/Makefile.inc" | sort -u); do
        object=$work/libssh2/${file%.c}.o
        if [ ! -f "$object" ] || [ -n "$(find "$top/include/bcrypt.h" -newer "$object")" ]; then
            "$cc" $flags -I"$top/include" -I"$source/include" -I"$source/src" -c -o "$object" \
                "$source/src/$file" || return 1
        fi
        set -- "$@" "$object"
    done
    "$cc" -std=gnu11 -O1 -Wall -Wextra -Werror -I"$source/include" -o "$work/ssh_client.exe" "$here/ssh_client.c" \
        "$@" "$out/libbcrypt.dll.a" -lws2_32 -lcrypt32
}

sshd=${SSHD:-$(PATH=$PATH:/usr/sbin:/sbin command -v sshd || true)}
if [ -z "$sshd" ] || ! command -v ssh-keygen >/dev/null; then
    bad "libssh2: no OpenSSH server here. To install it: apt-get install openssh-server (as root)"
    return 0
fi
ssh_build > "$work/libssh2.log" 2>&1 || { tail -20 "$work/libssh2.log"; bad "libssh2 does not build"; return 0; }

ssh=$(mktemp -d)
sshd_pid=
# Run as root, sshd wants a directory for its unprivileged half, which its service makes.
made_run=
if [ "$(id -u)" -eq 0 ] && [ ! -d /run/sshd ]; then mkdir -m 755 /run/sshd && made_run=/run/sshd; fi
ssh_end()
{
    [ -z "$sshd_pid" ] || kill "$sshd_pid" 2>/dev/null
    rm -rf "$ssh"
    [ -z "$made_run" ] || rmdir "$made_run"
}
trap ssh_end EXIT
trap 'exit 1' HUP INT TERM

mkdir "$ssh/files"
for type in rsa ecdsa; do
    bits=$([ $type = rsa ] && echo 3072 || echo 256)
    ssh-keygen -q -t $type -b "$bits" -N '' -f "$ssh/host_$type"
    awk '{ print $2 }' "$ssh/host_$type.pub" | openssl base64 -d -A | openssl dgst -sha256 -r | cut -d' ' -f1 > "$ssh/host_$type.sha256"
done
# WinCNG reads RSA keys from PKCS #1 and ECDSA keys from OpenSSH's own form.
for bits in 2048 4096; do ssh-keygen -q -t rsa -b $bits -m PEM -N '' -f "$ssh/rsa$bits"; done
# Its reader of ECDSA keys takes a private number that begins with a zero byte for a shorter one, on
# Windows, too: such a key, every other one on P-521, is made anew.
for bits in 256 384 521; do
    until [ -f "$ssh/ecdsa$bits" ] && openssl ec -in "$ssh/ecdsa$bits" -noout -text 2>/dev/null |
            awk '/^priv:/ { found = 1; next } found { exit !/^ *(0[1-9a-f]|[1-9a-f].)/ }' ; do
        rm -f "$ssh/ecdsa$bits" "$ssh/ecdsa$bits.pub"
        ssh-keygen -q -t ecdsa -b $bits -m PEM -N '' -f "$ssh/ecdsa$bits"
    done
    ssh-keygen -q -p -N '' -f "$ssh/ecdsa$bits" > /dev/null
done
cat "$ssh"/rsa*.pub "$ssh"/ecdsa*.pub > "$ssh/authorized"
openssl rand 1000003 > "$ssh/file"

port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport')
cat > "$ssh/config" <<END
Port $port
ListenAddress 127.0.0.1
HostKey $ssh/host_rsa
HostKey $ssh/host_ecdsa
AuthorizedKeysFile $ssh/authorized
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
KexAlgorithms +diffie-hellman-group14-sha1
Ciphers +aes128-cbc,aes256-cbc
LogLevel VERBOSE
END
"$sshd" -D -f "$ssh/config" -E "$ssh/log" &
sshd_pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    grep -q 'Server listening' "$ssh/log" 2>/dev/null && break
    kill -0 "$sshd_pid" 2>/dev/null || break
    sleep 0.5
done
if ! grep -q 'Server listening' "$ssh/log"; then
    cat "$ssh/log"
    bad "libssh2: $sshd does not start"
    return 0
fi

# user's key, key exchange, the host key's kind and algorithm, cipher
while read -r user kex host method cipher; do
    label="libssh2: $user, $kex, $method, $cipher"
    # libssh2 hashes an agreed secret with the zero byte it may begin with, which no server does, nor
    # libssh2 elsewhere: every other time on P-521, and on Windows, too. Then another one is agreed on.
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
        rm -f "$ssh/files/there" "$ssh/files/back"
        (cd "$work" && timeout --foreground -k 10 120 $wine "$work/ssh_client.exe" "$port" "$(id -un)" "Z:$ssh/$user" \
            "Z:$ssh/$user.pub" "$(cat "$ssh/host_$host.sha256")" "$kex" "$method" "$cipher" "Z:$ssh/file" \
            "$ssh/files/there" "Z:$ssh/files/back") < /dev/null > "$work/ssh.log" 2>&1
        grep -q 'Unable to exchange encryption keys' "$work/ssh.log" || break
    done
    if ! grep -q '^ok' "$work/ssh.log"; then
        bad "$label: $(grep FAILED "$work/ssh.log" | tr -d '\r')"
        tail -3 "$ssh/log" | sed 's/^/    sshd: /'
    elif ! cmp -s "$ssh/file" "$ssh/files/there"; then bad "$label: the file arrived changed"
    elif ! cmp -s "$ssh/file" "$ssh/files/back"; then bad "$label: the file came back changed"
    elif ! grep -q "Accepted publickey .*$(ssh-keygen -lf "$ssh/$user.pub" | cut -d' ' -f2)" "$ssh/log"; then
        bad "$label: the server knows nothing of it"
    else good "$label"; ssh_passed=$((${ssh_passed:-0} + 1))
    fi
done <<END
rsa2048 diffie-hellman-group14-sha256 rsa rsa-sha2-256 aes256-ctr
rsa2048 ecdh-sha2-nistp256 rsa rsa-sha2-512 aes128-ctr
rsa4096 diffie-hellman-group-exchange-sha256 rsa rsa-sha2-512 aes256-cbc
rsa4096 diffie-hellman-group16-sha512 ecdsa ecdsa-sha2-nistp256 aes128-cbc
ecdsa256 ecdh-sha2-nistp256 ecdsa ecdsa-sha2-nistp256 aes256-ctr
ecdsa384 ecdh-sha2-nistp384 ecdsa ecdsa-sha2-nistp256 aes192-ctr
ecdsa521 ecdh-sha2-nistp521 ecdsa ecdsa-sha2-nistp256 chacha20-poly1305@openssh.com
ecdsa256 diffie-hellman-group14-sha1 rsa rsa-sha2-256 aes256-cbc
END
echo "$arch libssh2: ${ssh_passed:-0} log-ins with a file moved both ways"
