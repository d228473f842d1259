/*
 * test_rsa_keys.c - keys for the RSA tests, and blobs of them.
 *
 * The numbers were made by a few lines of Python (its integers, sympy's nextprime), so what the DLL
 * computes is held against something else.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

/* 512 bits */
const struct rsa_numbers rsa_512 =
{
    .bits = 512,
    .part =
    {
        "010001",
        "c28849bd0c9b24c6ffe2d2e89d2d043574b4afaa18c760cd2b2807c4f8be59686281e32049a922aa"
        "451743eef1e0b19fbd1cd60b5ed9a4e3a8b0709472cb5671",
        "fd07f2cae1eca2291aa5148c01a8c3f5f5057fee4c3ef45902dd21250b729639",
        "c4d09f3d38c20ebb55bab91cd20b52cfd8aaa1f6d2b6c1ba5e97f5f843c901f9",
        "3d528ed2029d01d3ea6435ad94bd5cf89ff03c47f96c8c75820f2b7839e50469",
        "bea0e6ab90aefd3fdbc0588d9eb0530c77ea85a7a0de5cf3dbad4a13a5ec2a59",
        "dcc8663b2d0c2ff834bfc6cbe4d40f1f157b45d8c5756dccab3d992451afcab4",
        "2f8b01828b9f2b28db870306c8cb24b92fd1ad1104474e183690ecfd2dd1cfa5ae64532676eccc7b"
        "8e165c789c8d48373535bafd9225d1cae36dd4dab23d4241",
    },
};

/* 640 bits */
const struct rsa_numbers rsa_640 =
{
    .bits = 640,
    .part =
    {
        "010001",
        "a6c72293e66bbfab7fb8349f1bc37192e04dc2136080abd433db690b813b698e2df2d2fc6befda27"
        "b1bcf66917a7a9ef1f4b95f90e8cead75aae76383372a06ac3131f70242dd6bc8699d1816903421f",
        "d372f53ff9524fefc8395aad5fac0dbab8134e77a4c9027d2f6c72f9b192e0d9311466440f9eaeaf",
        "c9eab929ac9448a7dd75ef1ba557ce7503c8396ebe77367b54dc765189f8f6dc9f9326be5a7eff91",
        "c37ceebcbc969b0cc682301145f85da118f9d07bd0bf7e2b9aa29b11ba585ec4ae197c0ac49e2245",
        "c0b538cb415eb489219ff0f8ddb113e63219e25683899b81d1d8274462fe2dfd1a7f82b6a2001b41",
        "082ff2a1584d5a69e29a3658d33b32e48a8449d43251bdd4d9897c03234f54db7da1ea4108088d4a",
        "3f0eadd133deeb726170f95c6b37e35a403ac6356358631f7197f4c8a7cd19e4eb149397630c25f4"
        "1de1c4ac1d8b7d0e10e9fa987312821af85f124296b06812771127959eeb992c2560fb6af4df42a1",
    },
};

/* 1024 bits */
const struct rsa_numbers rsa_1024 =
{
    .bits = 1024,
    .part =
    {
        "010001",
        "d363f213b363c45161620d9dcec9077f532d3d9aa69f5dd9de86222d0e8ef318a2a3979aa8acdc45"
        "7eaee4db594fdc37f8d3697194d2c5187c59efce523276c874fd574500481517190140a1c05ed3ca"
        "f8200b40294c6eec9827186153841dba915e60067d4d36558e184ccfcba51714de6a61724c6db813"
        "67a73ee7e767a06f",
        "fe9436b4f12ac1f09a1819980e199f78c24d025b749fc8820e29d80fb9f1684293d544beeeee7355"
        "6f0214835508e050abda62a8573231ef8c0031d8dc083d43",
        "d4920444b948c15968ceb6fbfc188d190180d5e1945c907bc1189866d29e6868047e21686e509ddc"
        "ace88f9bcedc842f657bf824c3017403be88c45db5a0e765",
        "322c1bac056b9bd5434944a207055dbc7aee9a6c53cbb9c487ee0f3aea367d89c180e28f8e9f47f3"
        "aa710a81e79c5c3909e57c5418fb3784325f4773a9c9a5e9",
        "301422a104a35f1000f39851a03051619184795bbf39bc78313185eee3be6e70f06b32d532f64aee"
        "49b18421c284ffe4d47858a4bff28931fb9b6586a8790f3d",
        "15461df2bd3e8bb7fa45eb659fe3278a6afb3b96ec12c8f2db29294e5a0d8890bd0f215178756927"
        "bd255464f58c19b35f504fc736cb019e2475ad8ea6697a9d",
        "91f108aa2d498dba199f968302c6ab946e1a67d3a381974bd96385a8d1ca436f18aa14fac3c543f5"
        "feb6446e63c4cce71fb4e5b172ebe90334a6eaf6e8acca6fec4014dab61121f013788130163bd1df"
        "9e8db9864902c181afd49d516bb63295fa7c6772723111d6dcf744e5618ae981edec0b8275a0bdee"
        "c9eba4883a085e71",
    },
};

/* 2048 bits */
const struct rsa_numbers rsa_2048 =
{
    .bits = 2048,
    .part =
    {
        "010001",
        "dc27c2e4ffa53c378ae2a4a3fc5e8cd1f06221c42de9ec18384688ca7a6d500c33861cab001381bf"
        "eddd1675a73ed6e907ea580430259abd1104780972e936ecbaeaeb22c825078ac67bb4519847aaef"
        "72cbc71c0a2a45b566d1d0c05d1aae6f9693db38aab83454b2070d6de9f70ef85ae5a1b9eb064731"
        "6f8abdcdeea228463a78998e16a5147ccaa63b0160c036f6845b442373d125267675010c09d58d2d"
        "f8d5c9d064843d999c9e63934291a51079a659104eed3fd447e31056a1c5c53a838b64c3347400eb"
        "ed1a6ef387fd3ab2d652eaadced743b866109fd8f1853df57e847554f99608560a422bcbdbb40c7b"
        "b22850c93394fe6442d17259513bd605",
        "f8af5fc2d1fc30ed1303634bb73bc49e5018c5a391f3f6afd4ff2f9d15565fb48388cbba60c030e1"
        "cb3aa849a667317b333402293746d4846c4c2759b23ed3c66fcc435eda14e93356bb3d51d9b302fc"
        "26399a079270bcdf58031931c0b9f94a329ca4bb0deabb15ecedc7d84e30ba5fe25d488e1b880cda"
        "eb37c4834efc09f7",
        "e2a18e1f6757d34297d3c89b151d1f66d36173ae83cb9775a04b29c4e8a2c1212ccaafaebea44bc0"
        "dd02ae8d63f96bd040797c0db39b14e9362406a0162ef27154ef6e2722229d3cab6b0eed339364f8"
        "085f4bc021323f325747d1dfafee23750b62aff1f0a3117a2a8ff4e9e1482dc5e06b6ca7cc906e10"
        "9a66c6ae7e7900e3",
        "334e73524d625b71bdf777f7fa10c1aaebd9808513aaa29d7a333fce87c56f2f5de7ce2860a7a62e"
        "1f70b5a1a44c2c003ffb1deb04f57f08e712fb175d57eaf748bf7ab2ca0980675020873128d9eee6"
        "b8b82f981a555a12362545806743b733e0a742b138d8d1ca5f3c5b7bbbfdffa5a29d1e47fb54215a"
        "d526874b93f319d7",
        "92a482b7e340badc2e2dc57243b932667084703c0ddfa0c365d2fcd602c9bd39e027ce81bdadc5ae"
        "a7d3626aeeb3a7857b12a0a8a4fcc60d19113a903f8a6529dc11892f1d315498bb3a6cd0233d4e6a"
        "07d0d1cd222dc722a5c33d14065c8ae8e3531a11ece93717db8e86a507369317a4dd1dd37dd43ec3"
        "d384892ec37b3c8d",
        "bdfd0bb82c109a1e222f8961b7d28ca8f6ef0733d43763f8f108cacf6abe6215270f10c22c13a514"
        "a67489919401a9f2e5bdf6bfe45e552a8f18fdbcf4722fa3a284b3e1aaa88cdc055215d36e0c221c"
        "4db6283620c019457aa43b56103c8248a413f4a4119d16154ef75a8d4830f11261225215a0f61efe"
        "84b5b92087048015",
        "274273eff062dffd2ba84521f5344b3a78fa96f8ec1326061faafc63d7373d2a1fda0facb2e3c7a4"
        "995f6ecce6593f6be8fc725bb4d64fe4dd6f0594f1c803026e46cc4db4915de9f28146e3b21b3db1"
        "5bb0593e77d597fec46a3026cdb39f5dc8e56f1788e2367ad0108fe584ee88dde31fc61a687e031e"
        "1ebd0821fc2730b5189ef36f3f956029d0bd54fd316fc78bc1f1ffc2dc5a98aa16322c1a17e963ec"
        "ce69665fe624c67d8390f6fb6dadd8abdae7c8e7317f101657f4c7c734ff0b3bcb1930e67eebd20f"
        "dd1352490b052549d89144a4603f8f737c6e7f51807a6e9cc51eb8771c3e18a2b12b347dee17d1df"
        "fd42f87468e6b86f44961a40a2b045b5",
    },
};

/* 16384 bits, the most there are; made by the DLL, in five minutes. Only a private blob's parts. */
const struct rsa_numbers rsa_16384 =
{
    .bits = 16384,
    .part =
    {
        "010001",
        "acec875fa5097eb79868452b87c5b5abc35af7c00bfe523e3215629c82adeb3e0bca788b223360c153f5b9fe"
        "acd6791f36570b7a676c4ac821e93d51f2b005666601d09e3864d3b617addbf39f5e7f65319e4b2abb69c61f"
        "fc147569917e452773fcd937783d3b376ea4bf405cd21385ff4220c9100d6bdc3dc9ae161fc524f4ef32e96c"
        "84eac79a34d188e00f6e899ef86c81050830e51f4278f71398fa93f3f9f2d7e088da61c47a0b894d8f110754"
        "1d808cfc6dd92df0cfb2b3b047942f476c518fd69b236026c69d526ab9ec1437fab2d954e8e8a025ced64592"
        "88f875f0508ef9e71b46c70029229e9173692013279e4ec7e0c03b23633359e5df2c3ff18b55c1d8888b6d8c"
        "de0f6be571ac45f512f2664c774729255feeb1fe0261579ee571d3ed104c806779eb1010e2b32dcd795bcb80"
        "3bebd75693d3ee0981f90a33d69851755d65270670bc0c432d882b1415964c35b4558089e4cd6bd15f0b4889"
        "bccadbfcec30cff11838bfbb9f1eeb9c74b83b7c1850b26c4bcf08f011cb5bbd07824f675b6e80ae0d39dde9"
        "e4b32fb15b830dc781f12e130de71ebd4ba83f731b966f43ffba2d373e55f40513b10dd5db27f8028b243093"
        "829d03c6fac9cc75c0b2049206efdb7907e8625b832ed71011b1e97a205e82d142832c47224982b4e7b74351"
        "41c29fbf453063e6fa7ac6a81c48c25f02632f582e17a9cf0ff42577db042b708cd763ea9544b2aa43f74a65"
        "c30ce9774a6964faeff5fe417a44ccad40ee580870a02b5c1c7376d1b79bd989de047ba9392dada288f1963f"
        "475001c649a8b3abdfce16faba37da742dd745ca448187a916b8600d032b660357d3e0c8709b18ecd983c3d4"
        "9871d1700d36e92a0da2c39ef15a4eaeab276bdb8aa9ea42ec81f057587f4e3d8783c22a11e410da1e472935"
        "e8fa76dea2d707197493d5ef1631608ae12c16d36154a64c99d49c3ade2a89fcb33ba3c0c9604823c597cde8"
        "fddab7f1e53926eede7ba1e1bdfb96a955cc315d908a738aa51e7b476392365f795b656207dcdd6abf7a676a"
        "21b8b48ca85a3d563d540d5bea815154c3aa7f3c804163fc149bae417178214af46eb78136e53d536d778949"
        "ca0c26c0d50f3a0b8de2d8bfe54f54c65fc4219eec4567f688d7724d7f1be893251fa1dbc7027924866306d1"
        "5ca23b96cd7363e3bed0cf563300adff8e9eaae08043a65cc4dbf3954db766e4af92874c7fd58b34cb5f5010"
        "d68ca51a3e8e45b873754f8ab67925ba19825f164cbd83fa08479f91edc6af04205654fa49a2921ac28b224a"
        "dfa8490f7040b7bff2d291092de8da7e8fbac79afc5bfb9763139694fcb15e123a8f3b3abf38432898ac7cc1"
        "6c785c487903b5e086a5d9a820d3a631b4bb7e8c323a406c3a16f82755603291261c4ae075f3424f6caab529"
        "07c0298b52ed7f569c6203b9f0375f1e2af0f6c5176472f95b6fb6e316a1a28a8fa2dd08e14906882e58b900"
        "79406a34cfc763abe3ebd78d6ba4aaa2febefbe6996fab630d39f89f13c118bdf780e2b05d38dfecfd54b704"
        "444720923ba0825a19093977f67cd364ec110f879728f936e88a8b0468274a46c6712252994ebf01ab7d0fcd"
        "a8c464da62a9a1bf3b2510af1c35ff87df9700f619856c7eb0c9907f82261999c672b560d0d388ac5ee769e4"
        "ab17e1e6c51c9fe17dc5c62304c7d38f0db4d11e3e6e669ae20ee56caea086279090d48d45160334156ff6ab"
        "64360a52e87ff66f18a466833d57171b457014319a31e6e258602d6459d56b6aff42148562c4e462f49fa218"
        "de4b22755124bac56603f007c95bdaa402e844cbdc423431c8f91b2796b2ce8a86b31314f796b2511ab37121"
        "4030f9c39cb90bb17e4846cab3ea24330b37e123e0bf92975310bd65213988919f66d48a161bc42949312c50"
        "4fda23d6c613daef1a5939ac10a8c7dc863a17e7bc4ebd5748453646458bc313952e79c43b78eb22c4f1bb5d"
        "8422a55cf6fa7107e671b3b80e9a9ff8c065866a70d77053a05c5a0d0d57a2a89702a7ffb7f900ddf6af8005"
        "5b2acd780b77faea447d200641e384a757acd5974c543a75e0cfc8718c8e5b43351f1688f528e86bb0c156d2"
        "8493d7ad72cc22c6282e2d9e6e7eea71222b144ef6e3d13664130a5c23cad3d1590658fdb972f92fba6df4d2"
        "3d55113c502e4e37d633ff4c81216d54131addaf1d0b45335b926af00515fde53249a32fc132bd2b4093e42a"
        "509bec2359f30d8569db6aab4e5b641376bcada034b1f838eef0f0b2facf1596a286c91f865c3d2b2118a536"
        "1bb0477ec504cee39f756c87b08c2ff7be487323e1389a089043a2c8898c17cad2bac778d26cb77e397b2ce9"
        "6c05bdbd6f0201731ede312be0345c67d3c5c3719787cbfe92fe024bd805cc7b336f3fa42e77bd096fb25883"
        "bf30b82151885e799d51a469aff2e8d009afb48c587847ebd5dedda9b4b7ed3b8258d9a0afd67466836a33f8"
        "6335f5c3f1c94243973ad30328c8c248be860605c11e02ec2d51a0846322ccbbd7c28978e510d0a8e67a4761"
        "a58add8153e88bbe10f6b1e7330483e2c7fe3000457c56696632771c287c67faa1ac8c62e9f457645daeedd4"
        "44baa9a2f343384c41b88b7089f7091ac47183644f513967101ffd5a55bcdf6d0e275d6b7bcf5647ce84e535"
        "5dac592451df10a4e77ef80bb839be610a74f634fa24f972f2a690768a3274b5a37936ec817bbcde8381f5fc"
        "bad2d4a2f3ba0610a53169890e6bbaaa1d3afab4a27ff786a2816ab26cbb2168a27a3bda2c7446690bf63901"
        "5362bf4989a4792f3ab8ea04f6afc185b9ba3d8085bcdc0bbc2090b74240307965325fd9c214fa8e70bbea66"
        "085adb591cc2b886d7440325d17125d1faa52427c8987df9",
        "df0d944b4a98d8aafbc9eec3cf4181b182b1e695567e9d62058bdb29c2ad709aba25c20494b0956f673da141"
        "c32f4350fb8a388a19e6710eece3fefad0d4b782d1937e7be27839c3247aeb4c08deb96fc1ac411b6a53223f"
        "b9986b1314b42391967fd7ce05c1388b10154849d730c5c6299d7728940f617403e3fa67008ef3af0b659a9f"
        "2421649d3d3a4f0c1564b099b7e40930b3ebb724adf88d1a0515b46f0ed5954ad4cfac64e183e6e808cb5679"
        "0d07f313501f8bb53226a0b6a62e338c59752822a1d488f3e8601acbe11febc4d5c4eb69560e66b4337e58e2"
        "fc9e90a8e40fe4dd0ab9423f775dd8edd0bedb0b53ba50a6b243906ee84cfc6ee299a9af00ef2c3b17e073ed"
        "83bc93390d12b4362f1704e44f6b3a16a9b76454b101d06fa9d56eb04320228c583c96ed746886e97500c2ab"
        "2fa5ab94182ef86fb4b74bbfdac3ee0eac71dd52d2e26a886df64730c41767c4ccaecbe11f65c52561ada859"
        "3058fe238a995e7b7c97be3f20b36bca2cd8a283741e002370d5111b6e772a0991d92fc49ecd57521a70a7fc"
        "37933a7b7b2cad8d7c48b175c43ef51ab7d6a10ea1d421bd85d161d7bd91f513635f3976921e7b29c931b911"
        "3d29ba278b15416cce6d50ea6cc1778712896e361fa9b580c091476ac8c769b8c823fcb8cc187c278201ad3e"
        "eb5650eb09fcf75996abda343ef6d54859a0758e7cc8f7e492f73928e38adff1a92d61b31b49eba44a9724f4"
        "0c2f7bfefa5b34dd346ce32518e8414051976572fd9138d4f8778055718c66d02f91ffdd79872e92ac74a166"
        "5ef598737c4833723f479c79efc17fd5f7cf7256e005c36f5b02706fa0cc2abbbbc6a88544106ad2a787d280"
        "7d311fd2cccd47a229c4c37265f4ab5b804fb85d7856ddf304a32e82acfc2661c785be628966fd0c1e0aae14"
        "7c5c779a6afe01e57d0b027e9034c0a21215bf57603b23e34252e7154891a8cec43ef4b33a62b99b51b38036"
        "7c512d55d5034a74a3b71c0d70d09bc6c527b0cb79abab21dff2a3d0c5da1886257091d4eac0765dde93131e"
        "e1322146e8999efc988d879c85caa70fd50ef6ed348184a0d19f8782ed2b664885f074a15f393dcf8c1fb037"
        "0bad14b7379a318fa2e5ebf7dd3219aae354ac7f31009e5235af73ea9a290ccf804561d59e8aa48ed96772b9"
        "1531c30c75047da13105516a1179fec45b5e9685320ce00b72395dcde32c2a9eb64ac6cd7052be6d4f499cc1"
        "4e93e7514761eb0caab145b614c4c200850c0e7757e140f4f3fe8cd521f27cd4198d0ce165c542a3d8920662"
        "e56ca7df1cd47c80488adcfd7332d84ac09abed139e57a58dfeec6be9fb865e9a820ddc60d816d4fea3a0423"
        "ec496740ade12a3608be34f2e57ba1e08e81c9c0aede2d7a276ad79b230de71e980f94b95568fcac29306e97"
        "117394b3363491af0e083837",
        "c67764450fc9566d81feda431a1f557bbe5fe28cc0c7e9103711842c0aaea8bbb4577d916cc154e7df8184d7"
        "57db45bf0f5fa057153be968523a2bee6e07e343366736be359eee8ee0f18f5e097e9ac022b8cdeecbd80b55"
        "3c15ac3cc60167eb80c8279b4fb1bbfbb83557f32a1a682b64ccc0c7e8774cc69619427b5d050eea8aeb661e"
        "ffa916416d37114edc3ae6cfc906904013a294c02119da5ef0d350b828d011229d4b508730370f51f623e537"
        "8281fc87fb9188252a126f8fae1140096c1bbae779fd06949ded8df69c50cb18afc1f4d1892a20b71e403571"
        "a6d4b5626d3a4e52e6f564fd63d29a39acff523c27ed2f87c6d94241840982de658f69ed8e7dc68e047e0524"
        "0bd724bd9979082b9a24e715c888f5f4e731055fad1a5e23f388a30bbcd013b9b0b5b6d8b411a26034df5f06"
        "ea85870056e723cd7f503fa7d08e14f7c1e193c4dab8adcd067fdfaedf00812d6a4bc22bc76ae192cf15aeba"
        "b7ce72d2a4789f5bc2c1a3283e8abb55530b94fe1237b997aacf077d3f558a42d3254e425a21d5f3ae6ae3c3"
        "423b5b7a4863c3dad09380e385bd09dfa163932931bfb0cbee39c4604d2971d8739dd995caab45844f674dfe"
        "647f95e59f14f303ce04bcc86b18b64541768a41c99a6d577bba174e5b992c9cd5f4f16fa2c36104a1254e21"
        "52332a32f9e5ff7320b1b103bd3f6f7646f253646846238eb8e7f6e0c3f3334f7115e7558062d4f25e5ef863"
        "cdbfeb63938c6d6f2bc41dde7d9e402bc8f2fba3d53f7ce91d10ddac72c3d683e393e29ea503fc5158ac9fea"
        "f49b6adce3eed7c852845f00168ef1540858f58c4e34e086f53d7045adab0d1907d60cc079d8a2a275641bfd"
        "ccfa7e60eab17d077e3a38abb0fe4ecd321da9f7158222e025dac379fdadc67d2bf01b850a749e9c13c079ed"
        "01073df613cb8cad52032141e7896ce949457f00c72f5d9ae173fecc3029dd7f010f3801ee1165c550ac7264"
        "910918fdf547146fad0decd187d1b3b4e910be3f3e7d235ef14fe768e3bbf198c010794cdf3fb45ea4235a3a"
        "3018129625c7a73075be162a8f3b61592b192cb38b1b43e3afd5df57e71631d69c70a41e46bbe187b78c42b4"
        "44c168f2698532d92ca6992e212f83af8ce77d69a6ea6d666b7801291209d6251b1641ecc5268d8a8dc6539c"
        "587940ec25d41f0600529471596ca6c4f8de26eabec2b0e3b43631c8d6f433c774e01948964eeca69724cef4"
        "eab5d50e798977cb271fa3ec2466d6dda28a8ddfe43f61962adc0404f9c28e99686b691759a3b907c4677788"
        "fa560a42a07069c38b0c4e89108cb96419f502506b75cdbf4725f31c8e04f6641f676a3625a42ae48efd51c7"
        "70ad8d18cf712ad8f50734304a37ed34230fa276b742f68480f2551b0ea4c06f0d3c7433b34da18f05ab4a2f"
        "fc064f5fa8aa3ec67f8d834f",
    },
};

/* 384 bits */
const struct rsa_numbers rsa_384 =
{
    .bits = 384,
    .part =
    {
        "010001",
        "e54fc3bf7c1b4de5b962bf292a19fb6fdafb9724e6ad5668ab87e45de93594731f585e24c3985c03"
        "b01065851a94eea3",
        "f7b3843383b1d8a237b08fe04ce7320c3acc9e78c2da2407",
        "ecfe861bc2c5211c42ffc1d4f9d18a937a3e82ac64d65185",
        "9be548fc1f13acb393f734e647a06ed8519d7cd3a65722bb",
        "245e36a441f2504f6ef4a28115491393e81979a20ce35aa5",
        "271dae8fd301c34d1db38278ac9dce50ff41277cee418cff",
        "626de9a530fd7b63673f06b501b86360310c1b65a08ab8f2a6d8b69fdfa5973c810d0d4171c57f62"
        "68266ba20fdd9849",
    },
};

/* 1025 bits: a byte more than PSS needs */
const struct rsa_numbers rsa_1025 =
{
    .bits = 1025,
    .part =
    {
        "010001",
        "0134f3b4d975d9e0fb399e75bcf9f406204c011b3ec961a8a668c436dbea261eb38bab35105a2568"
        "76db02c9a7447322af22d8df6aecba0d218d9adc36b10503ae40410714d43327478eb158adfc3ef1"
        "9f8e7066c51bf16dec08a2c5820262eaf2c6a6c08413b6b57a59dd93fd23aef281684e04f6378381"
        "3c9513ddb725f18801",
        "01952833fe0af8b88cadabb39e4a056debf7ca21d903824d83cd7df849dfe0eb4a92a1bb2cd421d7"
        "5fb613903b6167b2c8eb0bdaf66848c701f8dc013e088ee65b",
        "c33664510dd2a5f5d25d40c32138c17c936ad1a9baa606a977efb7176125ecb7e6a1357492a1f44f"
        "5a5b66244f22e077995fe164fe007fe9061538b9e14af1d3",
        "0113ca4911fddfeea7fc342bd16ceba33683f6b8f1a33cd88d069d601cd163a6669dc7afc4c525c0"
        "18abb54771d44d255b34fc5df16b6d56e215c794a4e868758f",
        "372a2fbf1800e715489541afe2bb7f320d16aa99243db6b43d48689d1abef4de23367b3cae13464f"
        "0661bdc394f96e255e1a523f8fe7e43d9d9271ad55953031",
        "005916abed311872d0d066679b587f8c570145a1e2693e967828ba9338f719f9ed6be0869ca1fa2a"
        "be3238745ceae3dcd0fe11833862d2bf38e7d0a0472b111097",
        "0089d65d0e542503da31c7bfb1b336aaf107d7ca8705a3bb719af6479f6fe4d7f7b4cd8a9c240be2"
        "827c8dced80092f99b7789988c04d7b0fa124a500b5a88e92d6e0438f5a0f9d9ba092319b48b50f2"
        "5546ece42c6cd946d23417602af6f9943d7fd9932b078c4cc0749f945465c58975d2f5e6fca3723e"
        "089e5a100246d62e8d",
    },
};

/* 523 bits, e = 3 */
const struct rsa_numbers rsa_523 =
{
    .bits = 523,
    .part =
    {
        "03",
        "042488757b3f26946dd7e03fdd19f82fd0d7aa3cc4eddd89bb86ffc7cd117dca1e18dfdcf70f2122"
        "0f617dd1a566ac8f5d9c1e56b6a3b239dd38ee1e01d73890f3bf",
        "3d017d23429f3083b4bda43120b82969974f8b5b68d2259ed35b697f3e44823c9b",
        "1162565b358820c0f8a5f6137a0927a1ef0a372c81efefd5b4ce28a12916406dad",
        "28aba8c22c6a2057cdd3c2cb6b2570f10f8a5ce79b36c3bf37924654d42dac2867",
        "0b96e43cce5ac080a5c3f962515b6fc14a06cf73014a9fe3cddec5c0c60ed59e73",
        "2eb4698ab2128cb12d48f344250a448d75bb2904f454d9e4d25d1a21e8acf85b46",
        "02c305a3a77f6f0d9e8fead53e11501fe08fc6d32df3e9067d04aa853360fe86be86fd5ba5b9fbe0"
        "8722bc24eb329cd436b92db81f25f56d9b208307eb9fe93430fb",
    },
};

/* 1024 bits, p much shorter than q */
const struct rsa_numbers rsa_unequal =
{
    .bits = 1024,
    .part =
    {
        "010001",
        "b902e2151aadce3030f927b238f325fd5930f97ad623aaa1c9efff389fff432709b8b26e9e6fc9b8"
        "264cb1ca24c2f76dc0444a17ac0f8ae4bda592e4f679cda981ae0f4a152fb98b09a030abf22393be"
        "c0e73dfe21253778d0d15a0f992a72e0af5ced1a52451879e3ddde4d06653ca1bbea4404659cbe05"
        "a2fc88f11b7ebc81",
        "f24873640f5744e43f56840f843c523aa1866434f42c7eaf9b",
        "c37c5c064b6680cfdc8b1c94ea3e315f4e8263b6b59b3640ca621a0abe3eea9ba384a1f0c2221aa4"
        "5e11b85cd8a62a5da1fad6ea62fd22ee85971405af30c59e41f14f76b29134897b34b7732c6c3f55"
        "5c47d81e6449773648a0c7d542a20b70bf4bda4ab45c13",
        "c6eeec28255c7f8975e420ace8e3ea948f99dc5f8a799a4faf",
        "145c5d91624518e18d8d07bb12f2cb5dabe5b4d110f54b9f4ff50bd5569f62fc36f9d78c260c3b4e"
        "27661d17be910014a48c65da1fd951cc1a29f431eb5f5f15eeb45d9c7558de69fb65303e54c02990"
        "907e032a973377b135bb5955030db1b75a9561f529f7f5",
        "b3f3ed6fbc2fc699cc457c4b3531e0462c4d77c1d82e6e0c9c",
        "3b47c03730e835e3dd1d4869e3b38d1da3617cdeae14998ce34fded25e717226d4ed44b0159af3bd"
        "08afd372479b024c4a0d3e9757041c8b1630806f5b3aa1bed20cda5bc1ac2cea51d1cf5fe5ef0093"
        "0713010f8c23023c92dbbe9da9adade2a1f4b44701e2fea6d6c39fc4495ee88cd4f8ee2726cdab97"
        "e4e052a9fee8bdcd",
    },
};

/* 1024 bits, p much longer than q */
const struct rsa_numbers rsa_long_p =
{
    .bits = 1024,
    .part =
    {
        "010001",
        "f1400e0a46a045234ef238cd1a5afdbce0b3d2d23547fad0293c77fab9ae9cf2bf3b2d06b4b4ca37"
        "0fc8f0f2cac855f26469dc9c50ece324a17594e748014292168475571097e07d022e16138e5a5a97"
        "7571a0a67589f8389da78dbb12c7040f60b2627960d56b86015e9fe4dbcb604b46424c88efdb770e"
        "33bb8f9ad8ea91db",
        "0fa7af3ec6c10ff77e629939d0d561a319ae403049809f5e2cd5038e8df2ab440b7bd84767518417"
        "b536f7b7d3e964157a14ea33603c2eeee1cca1b04d9bffc1319b2fa5288823152412d97b5e629402"
        "1be92eedbeb22f07",
        "0f691082e149934c2689dec06ae333193b5337b9295d3e4aa551cb86da903788e408c5006f715e3d"
        "8d",
        "0a6beab1b3c65a46bc100f48f9c8d312acc9df5945d526429f3dbefc6b6a9cb0d3a4423a6681519a"
        "26bcccf3c7529b99e08783d167c328cb45eddfc56a24eb8144f0b62b106c704e669155ce56eaf0f4"
        "e677b911f3dcd289",
        "0c3d14afdcdbe1ef886bd64c5a9735edc3ffc3317a786310455b409848dc603e875baf9938e8803f"
        "c1",
        "0d9233d1f6b10423728172698d6bc236e3cae2eb8e1ad3dcbc8c4161dcdd39f0cdccfce63c68f083"
        "aba261cb3d5db0d5bbc3f39bf84c56277b906738028f0596006ad0604ee50794eca69941965f2ea5"
        "9fa1898587fb5afb",
        "9848dfd3fabb068980370445ebe20e13612001ef3134eb8ce4cac7cd9bd22e3e491a3894e812cb26"
        "a6cd576523b9d7a1c5fc45bbf2b163cd79010967ae05537fdc7e23ebf71404219e0feb54683b7af3"
        "0f4bb801524343d5a440aa0d816ae7ab28d1af98c4e5e8c9e2b56af00d8277ff939bcfa86e9d6b24"
        "a843c0418bc99009",
    },
};

/* 768 bits, p < q */
const struct rsa_numbers rsa_swapped =
{
    .bits = 768,
    .part =
    {
        "010001",
        "b49d676a5e13197490fa4794f84b5a644c73007903d48d6d3070a2942d0c88381bdbb426a7ec18e7"
        "e7797b862fce9f583da179fd57b5766006c9175f8f0ad24f53578b7bbee4d627bc29708eef9fbe7c"
        "e14e976005d96540a61262f1921b8a15",
        "c4ac12b01c568fb41d860a7e2d17267effacf8552d94eab98c74b258d5b924cb1d07f67f8e0125d0"
        "0001a6333e94016d",
        "eb194ffed5f32a981e094232206b06a112ad18146b5ff62346e7f93eb166174f207ec26477d146fa"
        "73e23a92b4906a49",
        "5b2057b05e110598b12d506352452dc31e7868c01ed4a745bdfcbc3e4918f6215e9c37ecb64175e1"
        "c07f03212f57a8a9",
        "b550a05179d040597150d2acb633d4b9051e5a23e56becf8e806a043a9ad82ec93b32f592ccf4a5e"
        "7e614bab3976e781",
        "1acb9728c3f199111eee28994dbb5d9942dc2590416ef65278a3c0d2a043e394c4c908ca29b8e8f9"
        "0cd34d945fedd348",
        "9e4a04c437c64d5cd7624131d1995892e65d3360db7680abdcf419c7fae32ccedfbb60db2ff7beac"
        "1f355c887185882777141868e081d6c7122887f5a85d75474091e6363581635c4f4286acbdad4297"
        "e829d6569e3f7da938b981e370e1ea81",
    },
};

/* 1024 bits, e of 64 bits */
const struct rsa_numbers rsa_long_e =
{
    .bits = 1024,
    .part =
    {
        "ffffffffffffffc5",
        "923313e4ae154d0bdb4b7d5ef5fff7061e35682951167e1802f1606f905544c6b636e043da02719c"
        "64ad59c56382491f8b93c873b91600b6e56944afcc1b181b7a1d0759e614108f315ff5a7edf97500"
        "b5be56abda97b31f3c8ec564b2e4579a38a79e41a2960ca9a9efd98943366a3a2149795e8c2d6614"
        "406247b705e779b7",
        "f45b3e46e7acbca9350f8ceead8f87d0227b5494005bc3acbe5af3bea6ea40eaf29dd3d59c8f1faf"
        "3d19fdec662187758a546d6751c20a4780a6e33aeb3c4213",
        "992a7a43ae5c237b62e6c305d3366f6a72ccbdfbd58fbced7cea3ba5111f78b7ba56a79df8721c68"
        "712054ed258e5bfdc8fadccf24967f50d86832b220fd3e4d",
        "a6694a494e957757d34f87e52e9b693e7160439ca2c2b2a2cd8abb062a14b9ea53c34ddd55181e1d"
        "6c31acd35902f039f25fdde0a6658653ce194cacc8e1e36f",
        "558e6cd9b59835664c44789d489826c36d8dd68ba53b6a59c591cb3ad61a65252f5736ad6787d031"
        "72406395540632cb0420474792d87f34213b4213b6901829",
        "723d98ad695debab0a91568748179b90dc01b94e677142180e744d3f9110e47e09efa9d502fabc54"
        "dcf73ec6a1298cde2269e0821580ba8020ad2fa8febd9f23",
        "02e6700ae4c8894ee70cb5534a1908dc3c85977ec4030c0998a0edf8f4a724a29d02542636302d53"
        "ceba36fe9af7cac7a45bf06dfae90363d20e4d7691d199de13b719b4f1f19c0d90094e9919b340ca"
        "0081f4c228fbd64e333ff6ca6ed87c64eb498ee1cb477b46d546b3f8014195b58ea5967853cbc46f"
        "1a8e55f5b2965a35",
    },
};

/* 512 bits, d modulo the least common multiple of p - 1 and q - 1, shorter than the others' */
const struct rsa_numbers rsa_short_d =
{
    .bits = 512,
    .part =
    {
        "010001",
        "ea48c8b033453ccdc8e8d1b454b3e6b00d8433022be215c947d6cdc195c3c8325047176d02083713"
        "a84fd34e93bab0f2739baa5b010696bf08c50e141350a005",
        "ffa2e6b41c51df989a02638493c8d8ee0634e8fc6acda118788a331f33ff4d35",
        "ea9e1b4f1ca9279b53720fbd9f64c8662450432a53bb2d1896549daeb3cbf191",
        "843754eb42da75b30fb4bc940d7b8bf74fee7db24feb1aaef569451796652d21",
        "e4923438d6cb5572d5d101d4d33cf49fce3103be70e4a2029a32c58c364e3281",
        "c4103e51e28215a8e8cc5a1446161f449d582906ad14f86a7d7842b93bda1271",
        "0d7e44a4b5473b11c50cf7aaf1a7ecd4ddea6bbfa7c45d29db0bd98cd931cdf14fa6f10bc72b0dc3"
        "4e713d0e696f2663a0e4fd3ec8479349ee071f274ff15e21",
    },
};

/* A product of two primes k * M + (65537^a mod M), M the product of the first 39 primes. */
const char rsa_weak_modulus[] =
    "bd5071852811dc820c33a97ffdd1abdc8ba4499099d0be1a145541f4e226d4f2bca372f672ba5e36"
    "3675cc362e9d306271f8d2aac62dc21f91b81d5ab27a5551";

/* ---- blobs ---- */

static UCHAR *put_ulong(UCHAR *to, ULONG value)
{
    int i;

    for (i = 0; i < 4; i++, value >>= 8) *to++ = (UCHAR)value;
    return to;
}

static ULONG part_bytes(const struct rsa_numbers *numbers, int part)
{
    return (ULONG)strlen(numbers->part[part]) / 2;
}

static UCHAR *put_part(UCHAR *to, const struct rsa_numbers *numbers, int part)
{
    return to + unhex(to, RSA_BLOB_ROOM, numbers->part[part]);
}

/* Little-endian, zeros behind it. */
static UCHAR *put_part_le(UCHAR *to, const struct rsa_numbers *numbers, int part, ULONG width)
{
    UCHAR digits[RSA_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(digits, sizeof(digits), numbers->part[part]), i;

    for (i = 0; i < width; i++) to[i] = i < bytes ? digits[bytes - 1 - i] : 0;
    return to + width;
}

static ULONG capi_blob(UCHAR *blob, const struct rsa_numbers *numbers, bool is_private)
{
    ULONG half = (numbers->bits + 15) / 16, whole = (numbers->bits + 7) / 8;
    UCHAR *to = blob;
    int part;

    to = put_ulong(to, is_private ? 0x0207 : 0x0206);
    to = put_ulong(to, 0xa400);
    to = put_ulong(to, is_private ? BCRYPT_RSAPRIVATE_MAGIC : BCRYPT_RSAPUBLIC_MAGIC);
    to = put_ulong(to, numbers->bits);
    to = put_part_le(to, numbers, RSA_E, 4);
    to = put_part_le(to, numbers, RSA_N, whole);
    if (!is_private) return (ULONG)(to - blob);
    for (part = RSA_P; part < RSA_D; part++) to = put_part_le(to, numbers, part, half);
    to = put_part_le(to, numbers, RSA_D, whole);
    return (ULONG)(to - blob);
}

static bool is_type(const WCHAR *left, const WCHAR *right)
{
    return wide_bytes(left) == wide_bytes(right) && !memcmp(left, right, wide_bytes(left));
}

ULONG rsa_blob(UCHAR *blob, const struct rsa_numbers *numbers, const WCHAR *type)
{
    ULONG magic = BCRYPT_RSAPUBLIC_MAGIC;
    int part, parts = RSA_P;
    UCHAR *to = blob;

    if (is_type(type, LEGACY_RSAPUBLIC_BLOB)) return capi_blob(blob, numbers, false);
    if (is_type(type, LEGACY_RSAPRIVATE_BLOB)) return capi_blob(blob, numbers, true);
    if (is_type(type, BCRYPT_RSAPRIVATE_BLOB) || is_type(type, BCRYPT_PRIVATE_KEY_BLOB))
    {
        magic = BCRYPT_RSAPRIVATE_MAGIC;
        parts = RSA_DP;
    }
    if (is_type(type, BCRYPT_RSAFULLPRIVATE_BLOB))
    {
        magic = BCRYPT_RSAFULLPRIVATE_MAGIC;
        parts = RSA_PARTS;
    }
    to = put_ulong(to, magic);
    to = put_ulong(to, numbers->bits);
    to = put_ulong(to, part_bytes(numbers, RSA_E));
    to = put_ulong(to, part_bytes(numbers, RSA_N));
    to = put_ulong(to, parts > RSA_P ? part_bytes(numbers, RSA_P) : 0);
    to = put_ulong(to, parts > RSA_P ? part_bytes(numbers, RSA_Q) : 0);
    for (part = 0; part < parts; part++) to = put_part(to, numbers, part);
    return (ULONG)(to - blob);
}

UCHAR *rsa_blob_part(UCHAR *blob, int part)
{
    BCRYPT_RSAKEY_BLOB header;
    ULONG widths[RSA_PARTS];
    UCHAR *at = blob + sizeof(header);
    int i;

    memcpy(&header, blob, sizeof(header));
    widths[RSA_E] = header.cbPublicExp;
    widths[RSA_N] = widths[RSA_D] = header.cbModulus;
    widths[RSA_P] = widths[RSA_DP] = widths[RSA_QINV] = header.cbPrime1;
    widths[RSA_Q] = widths[RSA_DQ] = header.cbPrime2;
    for (i = 0; i < part; i++) at += widths[i];
    return at;
}

/* ---- keys ---- */

BCRYPT_KEY_HANDLE import_rsa_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                const struct rsa_numbers *numbers, const WCHAR *type)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, numbers, type);
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptImportKeyPair",
                     BCryptImportKeyPair(algorithm, NULL, type, &key, blob, bytes, 0),
                     STATUS_SUCCESS);
    keep_key(key);
    return key;
}

BCRYPT_KEY_HANDLE new_rsa_at(const char *file, int line, ULONG bits)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptGenerateKeyPair",
                     BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, bits, 0), STATUS_SUCCESS);
    keep_key(key);
    return key;
}
