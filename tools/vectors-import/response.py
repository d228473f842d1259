#
# response.py - reads the response files of NIST's Cryptographic Algorithm Validation System.
#
# Such a file is lines "name = value", groups "[text]" and, in a few, a lone FAIL.
#
# SPDX-License-Identifier: MIT


def items(path):
    """(name, value) pairs of a response file; a line in brackets is ("[", its text)."""
    with open(path, encoding="latin-1") as stream:
        for line in stream:
            line = line.strip()
            if line.startswith("[") and line.endswith("]"):
                yield "[", line[1:-1].strip()
            elif line == "FAIL":
                yield "FAIL", ""
            elif "=" in line and not line.startswith("#"):
                name, value = line.split("=", 1)
                yield name.strip(), value.strip()


def records(path, last):
    """Records that end with one of the fields named, each holding all fields seen before it."""
    fields = {"[": ""}
    for name, value in items(path):
        fields[name] = value
        if name in last:
            yield dict(fields)
            for end in last:
                fields.pop(end, None)
