/*
 * ssh_client.c - logs in to an SSH server with libssh2 and moves a file there and back.
 *
 *   ssh_client PORT USER PRIVATE-KEY PUBLIC-KEY HOST-KEY-SHA256 KEX HOST-KEY-METHOD CIPHER
 *              FILE REMOTE BACK
 *
 * KEX, HOST-KEY-METHOD and CIPHER are what is asked for, and what must have been agreed on.
 *
 * SPDX-License-Identifier: MIT
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <libssh2.h>
#include <libssh2_sftp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static LIBSSH2_SESSION *session;

static int fail(const char *what)
{
    char *message = NULL;

    if (session) libssh2_session_last_error(session, &message, NULL, 0);
    printf("FAILED %s: %s\n", what, message && *message ? message : "no message");
    return 1;
}

static int prefer(int method, const char *name)
{
    return libssh2_session_method_pref(session, method, name);
}

static int agreed(int method, const char *name)
{
    const char *got = libssh2_session_methods(session, method);

    if (got && !strcmp(got, name)) return 1;
    printf("FAILED: %s was agreed on, not %s\n", got ? got : "nothing", name);
    return 0;
}

/* The host key's SHA-256 as 64 hexadecimal digits. */
static int host_is(const char *expected)
{
    const unsigned char *hash =
        (const unsigned char *)libssh2_hostkey_hash(session, LIBSSH2_HOSTKEY_HASH_SHA256);
    char text[65];
    int i;

    if (!hash) return 0;
    for (i = 0; i < 32; i++) sprintf(text + 2 * i, "%02x", hash[i]);
    return !strcmp(text, expected);
}

static int put(LIBSSH2_SFTP *sftp, const char *local, const char *remote)
{
    LIBSSH2_SFTP_HANDLE *handle = libssh2_sftp_open(
        sftp, remote, LIBSSH2_FXF_WRITE | LIBSSH2_FXF_CREAT | LIBSSH2_FXF_TRUNC, 0600);
    FILE *file = fopen(local, "rb");
    static char buffer[30000];
    size_t bytes, done;
    ssize_t written;

    if (!handle || !file) return 0;
    while ((bytes = fread(buffer, 1, sizeof(buffer), file)))
        for (done = 0; done < bytes; done += (size_t)written)
            if ((written = libssh2_sftp_write(handle, buffer + done, bytes - done)) <= 0) return 0;
    fclose(file);
    return !libssh2_sftp_close(handle);
}

static int get(LIBSSH2_SFTP *sftp, const char *remote, const char *local)
{
    LIBSSH2_SFTP_HANDLE *handle = libssh2_sftp_open(sftp, remote, LIBSSH2_FXF_READ, 0);
    FILE *file = fopen(local, "wb");
    static char buffer[30000];
    ssize_t bytes;

    if (!handle || !file) return 0;
    while ((bytes = libssh2_sftp_read(handle, buffer, sizeof(buffer))) > 0)
        if (fwrite(buffer, 1, (size_t)bytes, file) != (size_t)bytes) return 0;
    fclose(file);
    return !bytes && !libssh2_sftp_close(handle);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    LIBSSH2_SFTP *sftp;
    WSADATA data;
    SOCKET sock;

    if (argc != 12) return 2;
    if (WSAStartup(MAKEWORD(2, 2), &data) || libssh2_init(0)) return fail("start");
    address.sin_port = htons((u_short)atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sock = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&address, sizeof(address))) return fail("connect");
    if (!(session = libssh2_session_init())) return fail("session");

    if (prefer(LIBSSH2_METHOD_KEX, argv[6]) || prefer(LIBSSH2_METHOD_HOSTKEY, argv[7]) ||
        prefer(LIBSSH2_METHOD_CRYPT_CS, argv[8]) || prefer(LIBSSH2_METHOD_CRYPT_SC, argv[8]))
        return fail("method");
    if (libssh2_session_handshake(session, sock)) return fail("handshake");
    if (!agreed(LIBSSH2_METHOD_KEX, argv[6]) || !agreed(LIBSSH2_METHOD_HOSTKEY, argv[7]) ||
        !agreed(LIBSSH2_METHOD_CRYPT_CS, argv[8]))
        return 1;
    if (!host_is(argv[5])) return fail("host key");
    if (libssh2_userauth_publickey_fromfile(session, argv[2], strcmp(argv[4], "-") ? argv[4] : NULL,
                                            argv[3], NULL))
        return fail("log in");
    if (!(sftp = libssh2_sftp_init(session))) return fail("sftp");
    if (!put(sftp, argv[9], argv[10])) return fail("put");
    if (!get(sftp, argv[10], argv[11])) return fail("get");
    libssh2_sftp_shutdown(sftp);
    libssh2_session_disconnect(session, "done");
    libssh2_session_free(session);
    closesocket(sock);
    libssh2_exit();
    printf("ok\n");
    return 0;
}
