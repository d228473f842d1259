#!/bin/sh
#
# npm-tarball-top-directory - where the files are in a package that npm's registry sends.
#
# Guess before it was tried: below package/, as npm pack writes every tarball that it makes, and as
# scripts that unpack one by hand take for granted.
#
# Seen: turbo's have them below turbo-windows-x64/ and turbo-linux-x64/, which is not the package's
# name either (turbo-windows-64). npm installs them all the same, as it strips the first component
# of each path, whatever it is; npm pack passes such a tarball on as it came. Of these packages it is
# turbo's alone, not esbuild's.
#
# SPDX-License-Identifier: MIT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

for package in turbo-windows-64@2.8.17 turbo-linux-64@2.8.17 @esbuild/win32-x64@0.28.2; do
    rm -f ./*.tgz
    npm pack --silent "$package" > name
    echo "$package $(tar -tzf "$(cat name)" | cut -d/ -f1 | sort -u | tr '\n' ' ')"
done | sed 's/ *$//' > seen
npm install --silent --no-audit --no-fund --force --ignore-scripts turbo-windows-64@2.8.17 > log 2>&1 || cat log
[ ! -f node_modules/turbo-windows-64/bin/turbo.exe ] || echo "installed turbo-windows-64/bin/turbo.exe" >> seen

echo "npm $(npm --version)"
cat seen

cat > expected <<'END'
turbo-windows-64@2.8.17 turbo-windows-x64
turbo-linux-64@2.8.17 turbo-linux-x64
@esbuild/win32-x64@0.28.2 package
installed turbo-windows-64/bin/turbo.exe
END
if cmp -s seen expected; then
    echo "as found"
else
    echo "changed since it was found:"
    diff expected seen || true
    exit 1
fi
