// current.cs - what a current .NET has Windows' CNG do: ephemeral, kept and imported keys, certificates, CMS.
//
// It runs in the place of the program of a single-file package, on what that package has of .NET's library: see run.
//
// SPDX-License-Identifier: MIT

using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

static class Current
{
    static int passed, failed;
    static readonly byte[] message = Encoding.UTF8.GetBytes("What is signed here is this sentence.");

    static void Test(string name, Action body)
    {
        try
        {
            body();
            passed++;
            Console.WriteLine("ok     " + name);
        }
        catch (Exception e)
        {
            failed++;
            Console.WriteLine("FAILED " + name + ": " + e.GetType().Name + ": " + e.Message);
            if (Environment.GetEnvironmentVariable("CNG_TRACE") != null) Console.WriteLine(e.StackTrace);
        }
    }

    static void Expect(bool condition, string what)
    {
        if (!condition) throw new Exception("not so: " + what);
    }

    static void Same(byte[] one, byte[] other)
    {
        Expect(one.AsSpan().SequenceEqual(other), "the same bytes");
    }

    static readonly byte[] hash = SHA256.HashData(message);

    // --- RSA ---

    static void Signs(RSA signer, RSA verifier)
    {
        foreach (var padding in new[] { RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss })
        {
            byte[] signature = signer.SignHash(hash, HashAlgorithmName.SHA256, padding);

            Expect(verifier.VerifyHash(hash, signature, HashAlgorithmName.SHA256, padding), "verified");
            signature[9] ^= 1;
            Expect(!verifier.VerifyHash(hash, signature, HashAlgorithmName.SHA256, padding), "a changed one refused");
        }
    }

    static void TestRsa()
    {
        foreach (int bits in new[] { 1024, 2048, 3072 })
        {
            Test("RSA " + bits + ": signs, PKCS #1 and PSS", () =>
            {
                using (var rsa = new RSACng(bits)) Signs(rsa, rsa);
            });
        }
        Test("RSA.Create signs what RSACng verifies", () =>
        {
            using (var rsa = RSA.Create())
            using (var half = new RSACng())
            {
                half.ImportParameters(rsa.ExportParameters(false));
                Signs(rsa, half);
            }
        });
        Test("RSACng encrypts and decrypts, PKCS #1 and OAEP", () =>
        {
            using (var rsa = new RSACng(2048))
            {
                foreach (var padding in new[] { RSAEncryptionPadding.Pkcs1, RSAEncryptionPadding.OaepSHA1 })
                    Same(rsa.Decrypt(rsa.Encrypt(message, padding), padding), message);
            }
        });
        Test("RSA's private half goes out and in, as parameters and PKCS #8", () =>
        {
            using (var rsa = new RSACng(2048))
            using (var copy = new RSACng())
            using (var other = new RSACng())
            {
                copy.ImportParameters(rsa.ExportParameters(true));
                Signs(copy, rsa);
                other.ImportPkcs8PrivateKey(rsa.Key.Export(CngKeyBlobFormat.Pkcs8PrivateBlob), out int read);
                Signs(other, rsa);
            }
        });
    }

    // --- elliptic curves ---

    static void Signs(ECDsa signer, ECDsa verifier)
    {
        byte[] signature = signer.SignHash(hash);

        Expect(verifier.VerifyHash(hash, signature), "verified");
        signature[9] ^= 1;
        Expect(!verifier.VerifyHash(hash, signature), "a changed one refused");
    }

    static void TestCurves()
    {
        foreach (int bits in new[] { 256, 384, 521 })
        {
            Test("ECDsaCng " + bits + ": signs; comes back as parameters and PKCS #8", () =>
            {
                using (var key = new ECDsaCng(bits))
                using (var copy = new ECDsaCng(bits))
                using (var other = new ECDsaCng(bits))
                {
                    Signs(key, key);
                    copy.ImportParameters(key.ExportParameters(true));
                    Signs(copy, key);
                    other.ImportPkcs8PrivateKey(key.Key.Export(CngKeyBlobFormat.Pkcs8PrivateBlob), out int read);
                    Signs(other, key);
                }
            });
            Test("ECDiffieHellmanCng " + bits + ": two agree", () =>
            {
                using (var one = new ECDiffieHellmanCng(bits))
                using (var two = new ECDiffieHellmanCng(bits))
                {
                    Same(one.DeriveKeyFromHash(two.PublicKey, HashAlgorithmName.SHA256, null, null),
                         two.DeriveKeyFromHash(one.PublicKey, HashAlgorithmName.SHA256, null, null));
                }
            });
        }
    }

    // --- kept keys ---

    static void TestKept()
    {
        foreach (var algorithm in new[] { CngAlgorithm.Rsa, CngAlgorithm.ECDsaP256 })
        {
            Test("a kept key, " + algorithm + ": found, opened, exported as it may be, deleted", () =>
            {
                var provider = CngProvider.MicrosoftSoftwareKeyStorageProvider;
                string name = "OpenCNG test of a current .NET " + Environment.ProcessId;
                var parameters = new CngKeyCreationParameters { ExportPolicy = CngExportPolicies.AllowPlaintextExport };

                using (CngKey key = CngKey.Create(algorithm, name, parameters))
                using (CngKey again = CngKey.Open(name, provider))
                {
                    Expect(CngKey.Exists(name, provider, CngKeyOpenOptions.None), "it exists");
                    Expect(again.KeyName == name && !again.IsEphemeral && !again.IsMachineKey, "its name");
                    Same(key.Export(CngKeyBlobFormat.Pkcs8PrivateBlob), again.Export(CngKeyBlobFormat.Pkcs8PrivateBlob));
                    again.Delete();
                }
                Expect(!CngKey.Exists(name, provider, CngKeyOpenOptions.None), "it is gone");
            });
        }
    }

    // --- certificates ---

    static void TestCertificates()
    {
        Test("a request for a certificate of an RSACng key", () =>
        {
            var name = new X500DistinguishedName(new byte[] { 0x30, 0x12, 0x31, 0x10, 0x30, 0x0e, 6, 3, 0x55, 4, 3, 0x0c, 7,
                                                              0x4f, 0x70, 0x65, 0x6e, 0x43, 0x4e, 0x47 });

            using (var rsa = new RSACng(2048))
            {
                var request = new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

                Console.WriteLine("request " + Convert.ToBase64String(request.CreateSigningRequest()));
            }
        });
        Test("PFX: an RSA key with its certificate comes in, signs and decrypts", () =>
        {
            byte[] pfx = Convert.FromBase64String(Environment.GetEnvironmentVariable("CNG_PFX") ?? "");

            using (var certificate = new X509Certificate2(pfx, "password"))
            using (RSA key = certificate.GetRSAPrivateKey())
            using (RSA half = certificate.GetRSAPublicKey())
            {
                Signs(key, half);
                foreach (var padding in new[] { RSAEncryptionPadding.Pkcs1, RSAEncryptionPadding.OaepSHA1 })
                    Same(key.Decrypt(half.Encrypt(message, padding), padding), message);
            }
        });
    }

    static int Main()
    {
        Console.WriteLine(".NET " + Environment.Version);
        TestRsa();
        TestCurves();
        TestKept();
        TestCertificates();
        Console.WriteLine(passed + " passed, " + failed + " failed, 0 skipped");
        return failed;
    }
}
