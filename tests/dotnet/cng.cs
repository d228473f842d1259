// cng.cs - .NET's cryptography on CNG: RSACng, ECDsaCng, ECDiffieHellmanCng, DSACng, AesCng, CngKey.
//
//   cng.dll                 all tests; a line each, and "N passed, N failed, N skipped"
//   cng.dll --keep NAME     makes a key of that name and prints its public half and a signature
//   cng.dll --use NAME HEX  opens it, signs, exports its public half, which must be HEX, deletes it
//
// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

static class Cng
{
    static int passed, failed, skipped;
    static string only;
    static readonly byte[] message = Encoding.UTF8.GetBytes("What is signed here is this sentence.");
    static readonly CngKeyBlobFormat pkcs8 = CngKeyBlobFormat.Pkcs8PrivateBlob;

    static void Test(string name, Action body)
    {
        if (only != null && !name.Contains(only)) return;
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

    static readonly bool IsWine = Environment.GetEnvironmentVariable("WINEDLLOVERRIDES") != null;

    static void Unless(bool condition, string name, Action body)
    {
        if (!condition) Test(name, body);
        else
        {
            skipped++;
            Console.WriteLine("skipped " + name);
        }
    }

    static void Expect(bool condition, string what)
    {
        if (!condition) throw new Exception("not so: " + what);
    }

    static void Same(byte[] one, byte[] other)
    {
        Expect(one != null && other != null && one.SequenceEqual(other), "the same bytes");
    }

    static void Throws(Action body)
    {
        try
        {
            body();
        }
        catch (CryptographicException)
        {
            return;
        }
        throw new Exception("not refused");
    }

    static byte[] Hex(string text)
    {
        return Enumerable.Range(0, text.Length / 2).Select(i => Convert.ToByte(text.Substring(2 * i, 2), 16)).ToArray();
    }

    static string Hex(byte[] bytes)
    {
        return BitConverter.ToString(bytes).Replace("-", "");
    }

    static CngKey NewKey(CngAlgorithm algorithm, int bits = 0, string curve = null, string name = null,
                         CngExportPolicies policy = CngExportPolicies.AllowPlaintextExport | CngExportPolicies.AllowExport)
    {
        var parameters = new CngKeyCreationParameters { ExportPolicy = policy };

        if (bits != 0)
            parameters.Parameters.Add(new CngProperty("Length", BitConverter.GetBytes(bits), CngPropertyOptions.None));
        if (curve != null)
            parameters.Parameters.Add(new CngProperty("ECCCurveName", Encoding.Unicode.GetBytes(curve + "\0"), CngPropertyOptions.None));
        return CngKey.Create(algorithm, name, parameters);
    }

    // --- RSA ---

    static void TestRsa()
    {
        foreach (int bits in new[] { 1024, 2048, 3072 })
        {
            Test($"RSA {bits}: signs and verifies, PKCS #1 and PSS", () =>
            {
                using (var rsa = new RSACng(bits))
                {
                    Expect(rsa.KeySize == bits, "KeySize");
                    foreach (var hash in new[] { HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384 })
                    foreach (var padding in new[] { RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss })
                    {
                        byte[] signature = rsa.SignData(message, hash, padding);

                        Expect(signature.Length == bits / 8, "the signature's length");
                        Expect(rsa.VerifyData(message, signature, hash, padding), "verified");
                        signature[5] ^= 1;
                        Expect(!rsa.VerifyData(message, signature, hash, padding), "a changed signature refused");
                    }
                }
            });
        }
        Test("RSA: encrypts and decrypts, PKCS #1 and OAEP", () =>
        {
            using (var rsa = new RSACng(2048))
            foreach (var padding in new[] { RSAEncryptionPadding.Pkcs1, RSAEncryptionPadding.OaepSHA1,
                                            RSAEncryptionPadding.OaepSHA256, RSAEncryptionPadding.OaepSHA512 })
            {
                byte[] cipher = rsa.Encrypt(message, padding);

                Same(rsa.Decrypt(cipher, padding), message);
                cipher[7] ^= 4;
                Throws(() => rsa.Decrypt(cipher, RSAEncryptionPadding.OaepSHA256));
            }
        });
        Test("RSA: parameters out and in", () =>
        {
            using (var rsa = new RSACng(2048))
            using (var other = new RSACng())
            using (var half = RSA.Create())
            {
                RSAParameters all = rsa.ExportParameters(true);

                other.ImportParameters(all);
                RSAParameters again = other.ExportParameters(true);
                Same(again.D, all.D);
                Same(again.P, all.P);
                Same(again.InverseQ, all.InverseQ);
                half.ImportParameters(rsa.ExportParameters(false));
                Expect(half.VerifyData(message, other.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                                       HashAlgorithmName.SHA256, RSASignaturePadding.Pss), "verified by the public half");
                Throws(() => half.ExportParameters(true));
                Throws(() => half.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            }
        });
        Test("RSA.Create is CNG's", () =>
        {
            using (var rsa = RSA.Create())
            {
                Expect(rsa.KeySize == 2048, "2048 bits");
                Expect(rsa.VerifyData(message, rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                                      HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "verified");
            }
        });
    }

    // --- elliptic curves ---

    static readonly (string name, ECCurve curve)[] curves =
    {
        ("nistP256", ECCurve.NamedCurves.nistP256), ("nistP384", ECCurve.NamedCurves.nistP384),
        ("nistP521", ECCurve.NamedCurves.nistP521), ("brainpoolP256r1", ECCurve.NamedCurves.brainpoolP256r1),
        ("brainpoolP512t1", ECCurve.NamedCurves.brainpoolP512t1), ("secP256k1", ECCurve.CreateFromFriendlyName("secP256k1")),
    };

    static void TestEcdsa()
    {
        foreach (var (name, curve) in curves)
        {
            Test($"ECDSA {name}: signs, verifies, parameters out and in", () =>
            {
                using (var key = new ECDsaCng(curve))
                using (var other = new ECDsaCng())
                using (var half = ECDsa.Create())
                {
                    byte[] signature = key.SignData(message, HashAlgorithmName.SHA256);

                    Expect(key.VerifyData(message, signature, HashAlgorithmName.SHA256), "verified");
                    ECParameters all = key.ExportParameters(true);
                    Expect(string.Equals(all.Curve.Oid.FriendlyName, name, StringComparison.OrdinalIgnoreCase), "the curve's name: " + all.Curve.Oid.FriendlyName);
                    other.ImportParameters(all);
                    half.ImportParameters(key.ExportParameters(false));
                    Expect(half.VerifyData(message, other.SignData(message, HashAlgorithmName.SHA512), HashAlgorithmName.SHA512), "verified by the public half");
                    signature[3] ^= 1;
                    Expect(!half.VerifyData(message, signature, HashAlgorithmName.SHA256), "a changed signature refused");
                    Same(other.ExportParameters(true).D, all.D);
                    Throws(() => half.ExportParameters(true));
                }
            });
            Test($"ECDSA {name}: explicit parameters out and in", () =>
            {
                using (var key = new ECDsaCng(curve))
                using (var other = new ECDsaCng())
                {
                    ECParameters all = key.ExportExplicitParameters(true);

                    Expect(all.Curve.IsPrime, "explicit");
                    other.ImportParameters(all);
                    Expect(key.VerifyData(message, other.SignData(message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256), "verified");
                    Expect(other.ExportParameters(true).Curve.IsPrime, "a curve without a name");
                }
            });
            Test($"ECDSA {name}: explicit parameters keep their seed and hash", () =>
            {
                using (var key = new ECDsaCng(curve))
                {
                    ECParameters all = key.ExportExplicitParameters(true);

                    all.Curve.Seed = new byte[] { 0xff };
                    all.Curve.Hash = new HashAlgorithmName("sha1");     /* so spelt in Wine's crypt32 */
                    key.ImportParameters(all);
                    ECParameters again = key.ExportParameters(true);
                    Same(again.Curve.Seed, all.Curve.Seed);
                    Same(again.D, all.D);
                    Expect(string.Equals(again.Curve.Hash?.Name, "sha1", StringComparison.OrdinalIgnoreCase), "the hash");
                }
            });
        }
        Test("ECDSA: sizes choose curves", () =>
        {
            foreach (int bits in new[] { 256, 384, 521 })
            using (var key = new ECDsaCng(bits))
            {
                Expect(key.KeySize == bits, "KeySize");
                Expect(key.SignHash(new byte[20]).Length == 2 * ((bits + 7) / 8), "the signature's length");
            }
        });
    }

    static void TestEcdh()
    {
        foreach (var (name, curve) in curves)
        {
            Test($"ECDH {name}: both sides agree", () =>
            {
                using (var one = new ECDiffieHellmanCng(curve))
                using (var two = new ECDiffieHellmanCng(curve))
                {
                    Same(one.DeriveKeyMaterial(two.PublicKey), two.DeriveKeyMaterial(one.PublicKey));
                    Same(one.DeriveKeyFromHash(two.PublicKey, HashAlgorithmName.SHA512, message, null),
                         two.DeriveKeyFromHash(one.PublicKey, HashAlgorithmName.SHA512, message, null));
                    Same(one.DeriveKeyFromHmac(two.PublicKey, HashAlgorithmName.SHA256, message),
                         two.DeriveKeyFromHmac(one.PublicKey, HashAlgorithmName.SHA256, message));
                    Same(one.DeriveKeyFromHmac(two.PublicKey, HashAlgorithmName.SHA256, null, message, message),
                         two.DeriveKeyFromHmac(one.PublicKey, HashAlgorithmName.SHA256, null, message, message));
                    Same(one.DeriveKeyTls(two.PublicKey, Encoding.ASCII.GetBytes("label"), new byte[64]),
                         two.DeriveKeyTls(one.PublicKey, Encoding.ASCII.GetBytes("label"), new byte[64]));
                }
            });
            Test($"ECDH {name}: parameters out and in", () =>
            {
                using (var one = new ECDiffieHellmanCng(curve))
                using (var two = new ECDiffieHellmanCng(curve))
                using (var three = new ECDiffieHellmanCng())
                {
                    three.ImportParameters(one.ExportParameters(true));
                    Same(three.DeriveKeyMaterial(two.PublicKey), two.DeriveKeyMaterial(one.PublicKey));
                }
            });
        }
        Test("ECDH: a public key goes over as a blob", () =>
        {
            using (var one = new ECDiffieHellmanCng(256))
            using (var two = new ECDiffieHellmanCng(256))
            {
                one.KeyDerivationFunction = two.KeyDerivationFunction = ECDiffieHellmanKeyDerivationFunction.Hash;
                one.HashAlgorithm = two.HashAlgorithm = CngAlgorithm.Sha256;
                byte[] over = two.PublicKey.ToByteArray();
                Same(one.DeriveKeyMaterial(CngKey.Import(over, CngKeyBlobFormat.EccPublicBlob)),
                     two.DeriveKeyMaterial(one.PublicKey));
            }
        });
    }

    // --- DSA, AES, 3DES ---

    static void TestOthers()
    {
        foreach (int bits in new[] { 1024, 2048 })
        {
            Test($"DSA {bits}: signs, verifies, parameters out and in", () =>
            {
                using (var key = new DSACng(bits))
                using (var half = new DSACng())
                {
                    byte[] hash = new byte[bits == 1024 ? 20 : 32], signature = key.CreateSignature(hash);

                    Expect(key.VerifySignature(hash, signature), "verified");
                    half.ImportParameters(key.ExportParameters(false));
                    Expect(half.VerifySignature(hash, signature), "verified by the public half");
                    half.ImportParameters(key.ExportParameters(true));
                    Expect(key.VerifySignature(hash, half.CreateSignature(hash)), "signed by the copy");
                }
            });
        }
        foreach (var mode in new[] { CipherMode.CBC, CipherMode.ECB })
        {
            Test($"AES {mode}: a kept key does what its bytes do", () =>
            {
                string name = "OpenCNG AES " + Guid.NewGuid();

                using (CngKey kept = NewKey(new CngAlgorithm("AES"), 256, null, name))
                {
                    try
                    {
                        using (var aes = new AesCng(name))
                        using (var plain = Aes.Create())
                        {
                            aes.Mode = plain.Mode = mode;
                            aes.IV = plain.IV = Hex("000102030405060708090a0b0c0d0e0f");
                            plain.Key = aes.Key;
                            byte[] text = new byte[1000], cipher = aes.CreateEncryptor().TransformFinalBlock(text, 0, text.Length);
                            Same(plain.CreateEncryptor().TransformFinalBlock(text, 0, text.Length), cipher);
                            Same(aes.CreateDecryptor().TransformFinalBlock(cipher, 0, cipher.Length), text);
                        }
                    }
                    finally
                    {
                        kept.Delete();
                    }
                }
            });
        }
        Test("3DES: a kept key does what its bytes do", () =>
        {
            string name = "OpenCNG 3DES " + Guid.NewGuid();

            using (CngKey kept = NewKey(new CngAlgorithm("3DES"), 192, null, name))
            {
                try
                {
                    using (var des = new TripleDESCng(name))
                    using (var plain = TripleDES.Create())
                    {
                        des.IV = plain.IV = new byte[8];
                        plain.Key = des.Key;
                        byte[] text = new byte[100];
                        Same(plain.CreateEncryptor().TransformFinalBlock(text, 0, 100), des.CreateEncryptor().TransformFinalBlock(text, 0, 100));
                    }
                }
                finally
                {
                    kept.Delete();
                }
            }
        });
    }

    // --- CngKey ---

    static void RoundTrip(CngKey key, CngKeyBlobFormat format, bool isPrivate)
    {
        byte[] blob = key.Export(format);

        using (CngKey copy = CngKey.Import(blob, format))
        {
            Expect(copy.AlgorithmGroup == key.AlgorithmGroup, "the group: " + copy.AlgorithmGroup);
            Expect(copy.KeySize == key.KeySize, "the size");
            Expect(copy.IsEphemeral || format == CngKeyBlobFormat.OpaqueTransportBlob, "ephemeral");
            Expect(copy.Algorithm == key.Algorithm, "the algorithm: " + copy.Algorithm);
            if (format == CngKeyBlobFormat.OpaqueTransportBlob) return;
            if (isPrivate) Throws(() => copy.Export(format));
            copy.SetProperty(new CngProperty("Export Policy", BitConverter.GetBytes(3), CngPropertyOptions.Persist));
            Same(copy.Export(format), blob);
        }
    }

    static void TestKey()
    {
        var formats = new[]
        {
            (CngAlgorithm.Rsa, 1024, new[] { "RSAPUBLICBLOB", "PUBLICBLOB" }, new[] { "RSAPRIVATEBLOB", "RSAFULLPRIVATEBLOB", "PRIVATEBLOB", "CAPIPRIVATEBLOB" }),
            (CngAlgorithm.ECDsaP256, 0, new[] { "ECCPUBLICBLOB", "PUBLICBLOB" }, new[] { "ECCPRIVATEBLOB", "PRIVATEBLOB" }),
            (CngAlgorithm.ECDsaP521, 0, new[] { "ECCPUBLICBLOB" }, new[] { "ECCPRIVATEBLOB" }),
            (CngAlgorithm.ECDiffieHellmanP384, 0, new[] { "ECCPUBLICBLOB", "PUBLICBLOB" }, new[] { "ECCPRIVATEBLOB", "PRIVATEBLOB" }),
            (new CngAlgorithm("DSA"), 1024, new[] { "DSAPUBLICBLOB" }, new[] { "DSAPRIVATEBLOB" }),
            (new CngAlgorithm("DH"), 1024, new[] { "DHPUBLICBLOB" }, new[] { "DHPRIVATEBLOB" }),
        };
        foreach (var (algorithm, bits, publicOnes, privateOnes) in formats)
        {
            foreach (string format in publicOnes.Concat(privateOnes))
                Test($"CngKey {algorithm}: {format} out and in", () =>
                {
                    using (CngKey key = NewKey(algorithm, bits))
                        RoundTrip(key, new CngKeyBlobFormat(format), privateOnes.Contains(format));
                });
            Test($"CngKey {algorithm}: PKCS #8 out and in", () =>
            {
                using (CngKey key = NewKey(algorithm, bits)) RoundTrip(key, pkcs8, true);
            });
            Test($"CngKey {algorithm}: opaque transport out and in", () =>
            {
                using (CngKey key = NewKey(algorithm, bits)) RoundTrip(key, CngKeyBlobFormat.OpaqueTransportBlob, true);
            });
        }
        Test("CngKey: what may not be exported is not", () =>
        {
            using (CngKey key = NewKey(CngAlgorithm.ECDsaP256, policy: CngExportPolicies.None))
            {
                Throws(() => key.Export(CngKeyBlobFormat.EccPrivateBlob));
                Throws(() => key.Export(pkcs8));
                key.Export(CngKeyBlobFormat.EccPublicBlob);
            }
        });
        Test("CngKey: properties of an ephemeral key", () =>
        {
            var parameters = new CngKeyCreationParameters
            {
                ExportPolicy = CngExportPolicies.AllowExport,
                KeyUsage = CngKeyUsages.KeyAgreement,
                UIPolicy = new CngUIPolicy(CngUIProtectionLevels.None, "A name", "A description", "A context", "A title"),
            };
            parameters.Parameters.Add(new CngProperty("Mine", new byte[] { 1, 2, 3 }, CngPropertyOptions.CustomProperty));
            using (CngKey key = CngKey.Create(CngAlgorithm.ECDiffieHellmanP256, null, parameters))
            {
                Expect(key.Algorithm == CngAlgorithm.ECDiffieHellmanP256 && key.AlgorithmGroup == CngAlgorithmGroup.ECDiffieHellman, "the algorithm");
                Expect(key.ExportPolicy == CngExportPolicies.AllowExport && key.KeyUsage == CngKeyUsages.KeyAgreement, "policy and usage");
                Expect(key.UIPolicy.FriendlyName == "A name" && key.UIPolicy.Description == "A description" &&
                       key.UIPolicy.UseContext == "A context" && key.UIPolicy.CreationTitle == "A title", "the UI policy");
                Same(key.GetProperty("Mine", CngPropertyOptions.CustomProperty).GetValue(), new byte[] { 1, 2, 3 });
                Expect(key.IsEphemeral && !key.IsMachineKey && key.KeyName == null && key.UniqueName == null, "ephemeral");
                Expect(key.Provider == CngProvider.MicrosoftSoftwareKeyStorageProvider, "the provider");
                Expect(key.ParentWindowHandle == IntPtr.Zero, "no window");
                Expect(!key.HasProperty("Not there", CngPropertyOptions.CustomProperty), "no such property");
            }
        });
        Test("CngKey: a handle opens the key again", () =>
        {
            using (CngKey key = NewKey(CngAlgorithm.ECDsaP256))
            using (CngKey again = CngKey.Open(key.Handle, CngKeyHandleOpenOptions.EphemeralKey))
            {
                Same(key.Export(CngKeyBlobFormat.EccPublicBlob), again.Export(CngKeyBlobFormat.EccPublicBlob));
                Expect(again.Provider == key.Provider && again.IsEphemeral, "the provider");
            }
        });
        foreach (var options in new[] { CngKeyCreationOptions.None, CngKeyCreationOptions.MachineKey })
        {
            Test($"CngKey: a kept key ({options}) is found, opened, overwritten and deleted", () =>
            {
                string name = "OpenCNG test " + Guid.NewGuid();
                var parameters = new CngKeyCreationParameters { KeyCreationOptions = options };
                var open = options == CngKeyCreationOptions.MachineKey ? CngKeyOpenOptions.MachineKey : CngKeyOpenOptions.None;
                var provider = CngProvider.MicrosoftSoftwareKeyStorageProvider;

                Expect(!CngKey.Exists(name, provider, open), "not there");
                Throws(() => CngKey.Open(name, provider, open));
                using (CngKey key = CngKey.Create(CngAlgorithm.ECDsaP256, name, parameters))
                {
                    Expect(CngKey.Exists(name, provider, open) && CngKey.Exists(name.ToUpperInvariant(), provider, open), "there");
                    Expect(key.KeyName == name && key.UniqueName.Length > 32 && !key.IsEphemeral, "its names");
                    Expect(key.IsMachineKey == (options == CngKeyCreationOptions.MachineKey), "whose it is");
                    Throws(() => CngKey.Create(CngAlgorithm.ECDsaP256, name, parameters));
                    using (CngKey again = CngKey.Open(name, provider, open))
                    using (var signer = new ECDsaCng(again))
                    using (var verifier = new ECDsaCng(key))
                        Expect(verifier.VerifyData(message, signer.SignData(message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256), "verified");
                    parameters.KeyCreationOptions |= CngKeyCreationOptions.OverwriteExistingKey;
                    using (CngKey.Create(CngAlgorithm.Rsa, name, parameters)) {}
                    using (CngKey again = CngKey.Open(name, provider, open))
                    {
                        Expect(again.AlgorithmGroup == CngAlgorithmGroup.Rsa, "overwritten");
                        again.Delete();
                    }
                    Expect(!CngKey.Exists(name, provider, open), "deleted");
                }
            });
        }
        Test("CngKey: a key that is kept in one process is used in another", () =>
        {
            string name = "OpenCNG process " + Guid.NewGuid();
            string[] kept = Run("--keep \"" + name + "\"").Split('\n');
            string[] used = Run("--use \"" + name + "\" " + kept[0].Trim()).Split('\n');

            Expect(used[0].Trim() == "used", "used: " + used[0]);
            using (CngKey half = CngKey.Import(Hex(kept[0].Trim()), CngKeyBlobFormat.GenericPublicBlob))
            using (var rsa = new RSACng(half))
                Expect(rsa.VerifyData(message, Hex(used[1].Trim()), HashAlgorithmName.SHA256, RSASignaturePadding.Pss), "verified");
            Expect(!CngKey.Exists(name), "deleted by the other process");
        });
    }

    static string Run(string arguments)
    {
        var start = new ProcessStartInfo(Process.GetCurrentProcess().MainModule.FileName,
                                         "\"" + typeof(Cng).Assembly.Location + "\" " + arguments)
                    { RedirectStandardOutput = true, UseShellExecute = false };

        using (Process process = Process.Start(start))
        {
            string output = process.StandardOutput.ReadToEnd();

            process.WaitForExit();
            Expect(process.ExitCode == 0, "the other process: " + output);
            return output;
        }
    }

    // --- certificates ---

    static void TestCertificates()
    {
        // The keys have names: with an ephemeral one, Wine's crypt32 cannot make a certificate (property 78).
        foreach (var padding in new[] { RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss })
        {
            Test($"certificate request: RSA, {padding}, self-signed, with its kept key", () =>
            {
                using (CngKey kept = NewKey(CngAlgorithm.Rsa, 2048, null, "OpenCNG " + Guid.NewGuid()))
                using (var rsa = new RSACng(kept))
                {
                    var request = new CertificateRequest("CN=OpenCNG", rsa, HashAlgorithmName.SHA256, padding);

                    try
                    {
                        Expect(request.CreateSigningRequest().Length > 500, "a request");
                        using (X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)))
                        using (RSA key = made.GetRSAPrivateKey())
                        using (RSA half = made.GetRSAPublicKey())
                            Expect(half.VerifyData(message, key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                                                   HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "verified");
                    }
                    finally
                    {
                        kept.Delete();
                    }
                }
            });
        }
        Test("certificate request: ECDSA, self-signed, with its kept key", () =>
        {
            using (CngKey kept = NewKey(CngAlgorithm.ECDsaP256, 0, null, "OpenCNG " + Guid.NewGuid()))
            using (var ecdsa = new ECDsaCng(kept))
            {
                var request = new CertificateRequest("CN=OpenCNG", ecdsa, HashAlgorithmName.SHA256);

                try
                {
                    Expect(request.CreateSigningRequest().Length > 100, "a request");
                    using (X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)))
                    using (ECDsa key = made.GetECDsaPrivateKey())
                        Expect(ecdsa.VerifyData(message, key.SignData(message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256), "verified");
                }
                finally
                {
                    kept.Delete();
                }
            }
        });
        foreach (var flags in new[] { X509KeyStorageFlags.DefaultKeySet, X509KeyStorageFlags.Exportable })
        {
            Test($"PFX ({flags}): an RSA key with its certificate comes in, signs and decrypts", () =>
            {
                using (var certificate = new X509Certificate2(Pfx("CNG_PFX"), "password", flags))
                using (RSA key = certificate.GetRSAPrivateKey())
                using (RSA half = certificate.GetRSAPublicKey())
                {
                    Expect(certificate.HasPrivateKey, "it has the private key");
                    foreach (var padding in new[] { RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss })
                        Expect(half.VerifyData(message, key.SignData(message, HashAlgorithmName.SHA256, padding),
                                               HashAlgorithmName.SHA256, padding), "verified");
                    foreach (var padding in new[] { RSAEncryptionPadding.Pkcs1, RSAEncryptionPadding.OaepSHA256 })
                        Same(key.Decrypt(half.Encrypt(message, padding), padding), message);
                    if (flags == X509KeyStorageFlags.Exportable) Same(key.ExportParameters(true).Modulus, half.ExportParameters(false).Modulus);
                    else Throws(() => key.ExportParameters(true));
                }
            });
        }
        Test("PFX: its key is taken again and again, by two at once, and goes with the certificate", () =>
        {
            using (var certificate = new X509Certificate2(Pfx("CNG_PFX"), "password"))
            {
                for (int i = 0; i < 50; i++)
                {
                    using (RSA one = certificate.GetRSAPrivateKey())
                    using (RSA two = certificate.GetRSAPrivateKey())
                        Same(one.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                             two.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
                }
            }
        });
        // Wine's crypt32 imports RSA keys only, and refuses the file.
        Unless(IsWine, "PFX: an ECDSA key with its certificate comes in, and signs", () =>
        {
            using (var certificate = new X509Certificate2(Pfx("CNG_PFX_EC"), "password"))
            using (ECDsa key = certificate.GetECDsaPrivateKey())
            using (ECDsa half = certificate.GetECDsaPublicKey())
                Expect(half.VerifyData(message, key.SignData(message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256), "verified");
        });
    }

    static byte[] Pfx(string variable)
    {
        byte[] pfx = Convert.FromBase64String(Environment.GetEnvironmentVariable(variable) ?? "");

        if (pfx.Length == 0) throw new Exception(variable + " is not set");
        return pfx;
    }

    static int Main(string[] arguments)
    {
        if (arguments.Length == 2 && arguments[0] == "--keep")
        {
            using (CngKey key = NewKey(CngAlgorithm.Rsa, 2048, null, arguments[1], CngExportPolicies.None))
                Console.WriteLine(Hex(key.Export(CngKeyBlobFormat.GenericPublicBlob)));
            return 0;
        }
        if (arguments.Length == 3 && arguments[0] == "--use")
        {
            using (CngKey key = CngKey.Open(arguments[1]))
            using (var rsa = new RSACng(key))
            {
                Expect(Hex(key.Export(CngKeyBlobFormat.GenericPublicBlob)) == arguments[2], "the same key");
                byte[] signature = rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
                Console.WriteLine("used");
                Console.WriteLine(Hex(signature));
                key.Delete();
            }
            return 0;
        }
        if (arguments.Length == 1) only = arguments[0];
        TestRsa();
        TestEcdsa();
        TestEcdh();
        TestOthers();
        TestKey();
        TestCertificates();
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }
}
