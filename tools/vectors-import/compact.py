#
# compact.py - writes the compact form of tests/vectors/ for the importers of this directory.
#
# The form is described in tests/vectors/README.md.
#
# SPDX-License-Identifier: MIT

import base64
import collections
import hashlib
import os
import sys

# Wycheproof's and NIST's names of the hashes that CNG has.
CNG_HASHES = {"SHA-1": "SHA1", "SHA-256": "SHA256", "SHA-384": "SHA384", "SHA-512": "SHA512",
              "SHA3-256": "SHA3-256", "SHA3-384": "SHA3-384", "SHA3-512": "SHA3-512"}

# DigestInfo up to the digest (RFC 8017, section 9.2; FIPS 202's from NIST's CSOR), for the hashes
# that CNG has no name for: their whole DigestInfo goes in as a block without an algorithm name.
DIGEST_INFO = {"SHA-224": "302d300d06096086480165030402040500041c",
               "SHA-512/224": "302d300d06096086480165030402050500041c",
               "SHA-512/256": "3031300d060960864801650304020605000420",
               "SHA3-224": "302d300d06096086480165030402070500041c"}

# Fields that hold bytes; those of some length are written in base64, two thirds as long as hex.
BYTES = set("key iv aad msg ct tag ikm salt info okm password dk n e p q g y x d u digest sig "
            "label secret md out seed name custom okey context own own_x own_y a b gx gy order "
            "cofactor pk sk mu coins pk_sha sk_sha ct_sha sig_sha".split())


def fields_text(fields):
    words = []
    for name, value in fields.items():
        if name in BYTES and len(value) >= 40:
            value = base64.b64encode(bytes.fromhex(value)).decode("ascii").rstrip("=")
            words.append("%s:%s" % (name, value))
        else:
            words.append("%s=%s" % (name, value.lower() if name in BYTES else value))
    return " ".join(words)


def digest(name, message):
    data = bytes.fromhex(message)
    if name == "SHAKE128":
        return hashlib.shake_128(data).hexdigest(32)
    if name == "SHAKE256":
        return hashlib.shake_256(data).hexdigest(64)
    name = name.lower().replace("sha3-", "sha3_").replace("sha-", "sha").replace("/", "_")
    return hashlib.new(name, data).hexdigest()


def rsa_hash(name, message):
    """The hash's CNG name and the bytes CNG signs or verifies under it."""
    if name in CNG_HASHES:
        return CNG_HASHES[name], digest(name, message)
    return "none", DIGEST_INFO[name] + digest(name, message)


def number(text, length=None):
    """An unsigned number without leading zero bytes, or with as many bytes as length says."""
    text = text.lstrip("0") or "0"
    text = text if len(text) % 2 == 0 else "0" + text
    if length is not None:
        text = text.rjust(2 * length, "0")
        assert len(text) == 2 * length, "a number is longer than its field"
    return text


def der(data):
    """The elements of one DER level: (tag, content) pairs."""
    elements = []
    while data:
        tag, length, at = data[0], data[1], 2
        if length & 0x80:
            count = length & 0x7f
            length, at = int.from_bytes(data[2:2 + count], "big"), 2 + count
        if at + length > len(data):
            raise ValueError("an element is longer than what holds it")
        elements.append((tag, data[at:at + length]))
        data = data[at + length:]
    return elements


class NotExpressible(Exception):
    """A case that CNG's interface has no words for; the argument says why."""


class Section:
    """One published file: its header, its groups and its cases."""

    def __init__(self, name, **attributes):
        self.name = name
        self.attributes = attributes
        self.lines = []
        self.group = {}
        self.left_out = collections.Counter()
        self.cases = 0

    def add(self, verdict, identity, fields, group=None):
        changed = {name: value for name, value in (group or {}).items()
                   if self.group.get(name) != value}
        if changed:
            self.lines.append("@ " + fields_text(changed))
            self.group.update(changed)
        self.lines.append("%s%s %s" % (identity, verdict, fields_text(fields)))
        self.cases += 1

    def text(self):
        attributes = dict(self.attributes)
        if self.left_out:
            attributes["left_out"] = sum(self.left_out.values())
            attributes["because"] = ",".join("%d_%s" % (count, why.replace(" ", "_"))
                                             for why, count in sorted(self.left_out.items()))
        return "[%s %s]\n" % (self.name, fields_text(attributes)) + \
               "".join(line.rstrip() + "\n" for line in self.lines)


def write(output, name, title, source, sections):
    """One file of tests/vectors/. Says how many cases it has."""
    head = "".join(("# " + line).rstrip() + "\n"
                   for line in ["%s - %s." % (name, title)] + source.strip().split("\n"))
    with open(os.path.join(output, name), "w", encoding="ascii") as stream:
        stream.write("\n".join([head] + [section.text() for section in sections]))
    print("%s: %d sections, %d cases, %d bytes" %
          (name, len(sections), sum(section.cases for section in sections),
           os.path.getsize(os.path.join(output, name))), file=sys.stderr)
