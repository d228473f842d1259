/*
 * test_ffc_edges.c - agreeing with DH on 1 and on 0, and DSA with a P whose highest bits are zero.
 *
 * The numbers of DSA were made, and signed with, in a few lines of Python by FIPS 186-4, section 4.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ffc_keys.h"

/* --- what DH agrees on ---------------------------------------------------------------------- */

/* RFC 5114, section 2.1: 1024 bits, g of a prime order of 160 bits. */
#define RFC5114_P \
    "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E28675A23D189838" \
    "EF1E2EE652C013ECB4AEA906112324975C3CD49B83BFACCBDD7D90C4BD7098488E9C219A73724EFFD6FA" \
    "E5644738FAA31A4FF55BCCC0A151AF5F0DC8B4BD45BF37DF365C1A65E68CFDA76D4DA708DF1FB2BC2E4A" \
    "4371"
#define RFC5114_G \
    "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E5C41564B777E" \
    "690F5504F213160217B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1909D0D2263F80A76A6A24C08" \
    "7A091F531DBF0A0169B6A28AD662A4D18E73AFA32D779D5918D08BC8858F4DCEF97C2A24855E6EEB22B3" \
    "B2E5"
#define RFC5114_Q \
    "000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
    "000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
    "000000000000000000000000000000000000000000000000F518AA8781A8DF278ABA4E7D64B7CB9D4946" \
    "2353"

/* No prime, which is not tested: the square of a number, which to the power of 2 is 0. */
#define SQUARE \
    "ACAB78E0306FC02EE6D82CA9F3F7B25BE616B8F7F69B6BB9F45DE666D79B0E9707FF7B872F36BF145239" \
    "3AE8FECE06D22CDB4BA4D41EB5BB7491EAE4D94C34B1"
#define ROOT \
    "0000000000000000000000000000000000000000000000000000000000000000D23F0824128B2F330C5C" \
    "7FD0A6A3A4506513270E269E0D37F2A74DE452E6B439"

#define ZEROS_16 "00000000000000000000000000000000"
#define ZEROS_32 ZEROS_16 ZEROS_16
#define ZEROS_64 ZEROS_32 ZEROS_32
#define ONE_128 ZEROS_64 ZEROS_32 ZEROS_16 "00000000000000000000000000000001"
#define TWO_64 ZEROS_32 ZEROS_16 "00000000000000000000000000000002"
#define DH_PUBLIC "44485042"
#define DH_PRIVATE "44485056"
#define IN_RFC5114 "80000000" RFC5114_P RFC5114_G
#define IN_SQUARE "40000000" SQUARE TWO_64

/* The raw secret, which comes in little-endian order; that of another length is not the one. */
static void expect_secret(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer, UCHAR lowest, ULONG bytes)
{
    UCHAR secret[128], expected[128] = { lowest };
    BCRYPT_SECRET_HANDLE handle = NULL;
    ULONG result = 0;

    expect_status(BCryptSecretAgreement(own, peer, &handle, 0), STATUS_SUCCESS);
    keep_secret(handle);
    expect_status(BCryptDeriveKey(handle, BCRYPT_KDF_RAW_SECRET, NULL, secret, sizeof(secret),
                                  &result, 0), STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_bytes(secret, expected, bytes);
}

/* g to the power of its order; the pair is not asked to match with flags 0. */
START_TEST(two_keys_may_agree_on_1)
{
    BCRYPT_KEY_HANDLE own =
        ffc_imported(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PRIVATE_BLOB,
                     DH_PRIVATE IN_RFC5114 RFC5114_G RFC5114_Q);
    BCRYPT_KEY_HANDLE peer = ffc_imported(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PUBLIC_BLOB,
                                          DH_PUBLIC IN_RFC5114 RFC5114_G);

    expect_secret(own, own, 1, 128);
    expect_secret(own, peer, 1, 128);
}
END_TEST

/* A Y of 1 needs a flag to be imported; with any key it gives 1. */
START_TEST(a_y_of_1_gives_1)
{
    BCRYPT_KEY_HANDLE own =
        ffc_imported(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PRIVATE_BLOB,
                     DH_PRIVATE IN_RFC5114 RFC5114_G RFC5114_Q);
    BCRYPT_KEY_HANDLE peer = UNTOUCHED_HANDLE;

    expect_status(ffc_import(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PUBLIC_BLOB,
                             DH_PUBLIC IN_RFC5114 ONE_128, 0, &peer), STATUS_INVALID_PARAMETER);
    expect_pointer(peer, UNTOUCHED_HANDLE);
    expect_status(ffc_import(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PUBLIC_BLOB,
                             DH_PUBLIC IN_RFC5114 ONE_128, BCRYPT_NO_KEY_VALIDATION, &peer),
                  STATUS_SUCCESS);
    expect_secret(own, peer, 1, 128);
}
END_TEST

START_TEST(no_keys_agree_on_0)
{
    BCRYPT_KEY_HANDLE own = ffc_imported(BCRYPT_DH_ALG_HANDLE, BCRYPT_DH_PRIVATE_BLOB,
                                         DH_PRIVATE IN_SQUARE ROOT TWO_64);
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;

    expect_status(BCryptSecretAgreement(own, own, &secret, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(secret, UNTOUCHED_HANDLE);
}
END_TEST

/* --- DSA: cbKey is whole words of 8 bytes, P may be shorter by less than one ----------------- */

#define DSA569_Q "C540F4262D8AD8C0AC127E938005CE74721888FF"
#define DSA569_P \
    "0139D9EC0059AD6ABD9495B0A7D268FB0DC1E56A8CF223ADBBAEEB6D565F17FB8763447298703AF017B8" \
    "AC1A1E1DE46CA3588BDA746E0A58586DA1E7B35C2EC98C5324C443C25C7D"
#define DSA569_G \
    "00AC92AA611665D8FCB4C31527E33554202F86A1B41DE344B1EE9E1052392B84C83FA1430C69A431DD09" \
    "5FA4088BFA117AFAA8D5E09B6D6B8D8E28E941CCADA7673EEB71A766EF0D"
#define DSA569_Y \
    "011321C7854229D47F20441077A6BDC55213DA268ED512439BD7B2197A9C0EFA878C8ACA809908FD1F43" \
    "B8629C5FB26CD5A08E668FD63F092F462A7D5CFDCCFA632A258D26D31331"
#define DSA569_X "4DBA8B8662929A8273306257CF2F6B76A9554307"
#define DSA569_RS \
    "91C4EF8C062218D726CC8AC26037FB25940C7A1868B43877FD2C9679553AA1BE4AD3B92C823B8A54"
#define DSA1023_Q "C3B76A110151D0E471CA2CA8846DC39630472017"
#define DSA1023_P \
    "437C6D2BB0ECAB0ACCA5D1564928502C6BABA90C731B12A1A09E4299D1FF830BF3AF548A2FC065ED4B5B" \
    "AFBC556E81D25082E8CC9A2B247E2A2BE04634BFB3BC067CC1EA17286B628B4DA76F717EC4E8D089E246" \
    "61E0E197BCDDAC904B0FA005540455382F40A725B404599FCA8EFB977FFE6E614150EBE45D42E517C5C1" \
    "B31F"
#define DSA1023_G \
    "016B1C054CF2EEBA942430BC3D21878C0D651B94E5539C3F5571C95459E5712E1FFE00B4C63F30531791" \
    "425B0141A388E5077D8E625E9E688E1C38E5CB5779D38F4252D836AF598E7DCA74DE2B28D30379B3FC25" \
    "B678510F75D84BB8A17979900CDF83FB94A4158853EAB2EA18FB64CA4CFD599D1B88CB2D270B4D1ED988" \
    "AB3F"
#define DSA1023_Y \
    "19B4F71198915E64B336EE8E8931EA4BC2EB84F3552361322CDF779B234ECCB5FE0BBD8AD48E48DA5137" \
    "AE614633FF24F971BD144E21F89139E4CD899F6564F300288481803D5D757334FBC4985ABD6D520B0D64" \
    "F05CBF7D75B903D3B3E815C882FBD68F7919D6C026A8C526BF09C5291B69648DFEA96FFE125B2E2BE0FD" \
    "CDE9"
#define DSA1023_X "4E3C72951DE38E53FC1AFF339599F528FB9926D8"
#define DSA1023_RS \
    "3142B434276DBBD97B0ADE84F5C27C72387278CA15F0264D4609EB04D27E154B73184DF9C31B512F"
#define DSA1081_Q "835CBDAC612EF252A1D30A74B2ADE8C237AA9F44FF4A414998A2D7D83EC3D101"
#define DSA1081_P \
    "01FB28702C43B22C091B13D7048661CB6B478A9CFEA4490B91C8504DB32EC73A31EC526FD9544899E63C" \
    "B778642BA1F86244472907B5FB5339A0F6997BC49E0E8A81EA3F296E9E1DEE8A1CD628DED24E413331F1" \
    "C0A51A1A3B2570398210637F37D0C56807965D6BFAF7EE5899E8BCA1A9903D8CC215F66F9A7A45D501FF" \
    "92B575A8F27CDD4D5FB7"
#define DSA1081_G \
    "001406F37D2292EF86892B19B3C723FECB587612582B72785764A304CC835C16714F56648308CDEE5718" \
    "C3651912AA8914FEA4A8FF05B60DAA6FCDF2B2D97E5EC187439CD96A95553B92822DD41F5EB0D847D3D6" \
    "2264774051398BC33CA787760C6BB7E3E10144681CF27FF038482ABA3857D8727EBBF7124A675BCC1090" \
    "ABBD3E51245D6A8DEEE1"
#define DSA1081_Y \
    "01EBF38D41E92A7BA3F6AE427927EF746E3BF86315ABE3550268F1111491CDE6E78FC67C675064836525" \
    "25802235967A20F26A26731C77082C52F52FC8030834BAFB0BFC320CCD54F8CF6A029CDED4480D6DF372" \
    "52F9FC094C80CCD9753D320DB0B65BF6461B74A8E0D0F7AEB242D259C845D47D12816F45E7156CEE283A" \
    "DE5B335188DD000A0AC3"
#define DSA1081_X "3DDDD74645ADA00DA1A9C991E892B062D0611ACDCE9506F42F10BDA8A5658251"
#define DSA1081_RS \
    "2D6EF4A447F1DA34329DB876D3C017598FDD4D2FF491B269C136C3B4685400A01BF9814A919D57B1D48D" \
    "DA136F06DEE00C68FFFC28794D803A5A74096768ABDC"

#define ALL_ONES_20 "ffffffffffffffffffffffffffffffffffffffff"
#define NO_SEED "ffffffff" ALL_ONES_20
#define NO_SEED_2 "ffffffff" ALL_ONES_20 "ffffffffffffffffffffffff"
#define V1(magic, bytes) magic bytes NO_SEED
#define V2(magic, bytes) magic bytes "01000000" "01000000" "20000000" "20000000" NO_SEED_2
#define GROUP(bits) DSA##bits##_Q DSA##bits##_P DSA##bits##_G

static const struct
{
    ULONG bytes, q_bytes, bits;
    const char *public_blob, *private_blob, *signature;
} short_p[] =
{
    { 72, 20, 569, V1("44535042", "48000000") GROUP(569) DSA569_Y,
      V1("44535056", "48000000") GROUP(569) DSA569_Y DSA569_X, DSA569_RS },
    { 128, 20, 1023, V1("44535042", "80000000") GROUP(1023) DSA1023_Y,
      V1("44535056", "80000000") GROUP(1023) DSA1023_Y DSA1023_X, DSA1023_RS },
    { 136, 32, 1081, V2("44504232", "88000000") GROUP(1081) DSA1081_Y,
      V2("44505632", "88000000") GROUP(1081) DSA1081_Y DSA1081_X, DSA1081_RS },
};

/* A digest of 00 01 02 ... as long as q. */
static NTSTATUS verify(BCRYPT_KEY_HANDLE key, int row, UCHAR *signature)
{
    return BCryptVerifySignature(key, NULL, (UCHAR *)counting, short_p[row].q_bytes, signature,
                                 2 * short_p[row].q_bytes, 0);
}

START_TEST(a_p_with_zeros_in_front_verifies)
{
    BCRYPT_KEY_HANDLE key = ffc_imported(BCRYPT_DSA_ALG_HANDLE, BCRYPT_DSA_PUBLIC_BLOB,
                                         short_p[_i].public_blob);
    UCHAR signature[64];

    unhex(signature, sizeof(signature), short_p[_i].signature);
    expect_status(verify(key, _i, signature), STATUS_SUCCESS);
    signature[2] ^= 1;
    expect_status(verify(key, _i, signature), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_p_with_zeros_in_front_signs)
{
    BCRYPT_KEY_HANDLE key = ffc_imported(BCRYPT_DSA_ALG_HANDLE, BCRYPT_DSA_PRIVATE_BLOB,
                                         short_p[_i].private_blob);
    BCRYPT_KEY_HANDLE public = ffc_imported(BCRYPT_DSA_ALG_HANDLE, BCRYPT_DSA_PUBLIC_BLOB,
                                            short_p[_i].public_blob);
    UCHAR signature[64];
    ULONG bytes = 0;

    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, short_p[_i].q_bytes, signature,
                                 sizeof(signature), &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 2 * short_p[_i].q_bytes);
    expect_status(verify(public, _i, signature), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_p_with_zeros_in_front_goes_through_its_blobs)
{
    BCRYPT_KEY_HANDLE key = ffc_imported(BCRYPT_DSA_ALG_HANDLE, BCRYPT_DSA_PRIVATE_BLOB,
                                         short_p[_i].private_blob);
    UCHAR blob[FFC_BLOB_ROOM], expected[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(expected, sizeof(expected), short_p[_i].private_blob);

    expect_value(exported(key, BCRYPT_DSA_PRIVATE_BLOB, blob), bytes);
    expect_bytes(blob, expected, bytes);
    bytes = (ULONG)unhex(expected, sizeof(expected), short_p[_i].public_blob);
    expect_value(exported(key, BCRYPT_DSA_PUBLIC_BLOB, blob), bytes);
    expect_bytes(blob, expected, bytes);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 8 * short_p[_i].bytes);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), 8 * short_p[_i].bytes);
}
END_TEST

/* CAPI's blob of 1024 bits and less has the words as well, turned round. */
START_TEST(a_p_with_zeros_in_front_goes_through_capis_blob)
{
    BCRYPT_KEY_HANDLE key = ffc_imported(BCRYPT_DSA_ALG_HANDLE, BCRYPT_DSA_PRIVATE_BLOB,
                                         short_p[_i].private_blob), copy = NULL;
    UCHAR blob[FFC_BLOB_ROOM], again[FFC_BLOB_ROOM], expected[FFC_BLOB_ROOM];
    ULONG bytes = exported(key, LEGACY_DSA_V2_PRIVATE_BLOB, blob);

    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, LEGACY_DSA_V2_PRIVATE_BLOB,
                                      &copy, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    bytes = (ULONG)unhex(expected, sizeof(expected), short_p[_i].private_blob);
    expect_value(exported(copy, BCRYPT_DSA_PRIVATE_BLOB, again), bytes);
    expect_bytes(again, expected, bytes);
}
END_TEST
static const int capi_rows[2];

/* A word more than P has, and with it one that is zero. */
START_TEST(a_p_with_a_word_of_zeros_in_front_is_refused)
{
    UCHAR blob[FFC_BLOB_ROOM], longer[FFC_BLOB_ROOM] = { 0 };
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), short_p[_i].public_blob);
    ULONG number = short_p[_i].bytes, head = bytes - 3 * number, i;
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    memcpy(longer, blob, head);
    longer[4] = (UCHAR)(number + 8);
    for (i = 0; i < 3; i++)
        memcpy(longer + head + i * (number + 8) + 8, blob + head + i * number, number);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PUBLIC_BLOB, &key,
                                      longer, bytes + 24, BCRYPT_NO_KEY_VALIDATION),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* Parameters alone: a key that is made of them. */
START_TEST(keys_are_made_with_a_p_that_has_zeros_in_front)
{
    BCRYPT_KEY_HANDLE key = ffc_begun(BCRYPT_DSA_ALG_HANDLE, 8 * short_p[_i].bytes);
    UCHAR blob[FFC_BLOB_ROOM], parameters[FFC_BLOB_ROOM], signature[64];
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), short_p[_i].public_blob), result;
    ULONG end = bytes - short_p[_i].bytes, at = short_p[_i].q_bytes == 20 ? 8 : 12;
    BCRYPT_DSA_PARAMETER_HEADER *header = (void *)parameters;

    /* The parameters have a length in front, and magics of their own; the rest is the blob's. */
    memcpy(parameters + 4, blob, end);
    header->cbLength = end + 4;
    header->dwMagic = at == 8 ? BCRYPT_DSA_PARAMETERS_MAGIC : BCRYPT_DSA_PARAMETERS_MAGIC_V2;
    expect_status(BCryptSetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, end + 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(exported(key, BCRYPT_DSA_PUBLIC_BLOB, parameters), bytes);
    expect_bytes(parameters, blob, end);
    expect_status(BCryptSignHash(key, NULL, (UCHAR *)counting, short_p[_i].q_bytes, signature,
                                 sizeof(signature), &result, 0), STATUS_SUCCESS);
    expect_status(verify(key, _i, signature), STATUS_SUCCESS);
}
END_TEST

void ffc_edges_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, two_keys_may_agree_on_1);
    add_rows(tests, a_p_with_zeros_in_front_verifies, short_p);
    add_rows(tests, a_p_with_zeros_in_front_signs, short_p);

    tests = ours(suite);
    add_test(tests, a_y_of_1_gives_1);
    add_test(tests, no_keys_agree_on_0);
    add_rows(tests, a_p_with_zeros_in_front_goes_through_its_blobs, short_p);
    add_rows(tests, a_p_with_zeros_in_front_goes_through_capis_blob, capi_rows);
    add_rows(tests, a_p_with_a_word_of_zeros_in_front_is_refused, short_p);
    add_rows(tests, keys_are_made_with_a_p_that_has_zeros_in_front, short_p);
}
