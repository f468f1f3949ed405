#!/usr/bin/env bash
# Builds the wheel for PyPI and the packages for npm, installs each from its file into a fresh place, and runs what came of it;
# the wheel also as a hook of pre-commit that needs no Rust.
#
#   tests/packages.sh [OUT]
#
# OUT keeps the packages; a wheel that is in it already is taken as it is. Needs cargo, python3 with venv, node with npm, git and pre-commit.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=${1:-$work/out}
mkdir -p "$out"
out=$(realpath "$out")
cd "$root"

say() { printf '\n== %s\n' "$*"; }
fail() { echo "packages.sh: $*" >&2; exit 1; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

mkdir -p "$work/site/posts"
printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > "$work/site/posts/é.md"
git -C "$work/site" init -q
# Whether the command given is copydesk: its version, its exit codes, standard input, a fix.
works() {
  local code=0
  (
    cd "$work/site"
    [ "$("$@" --version)" = "copydesk $version" ] || fail "\`$*\` is not version $version"
    "$@" check > "$work/said" 2>&1 || code=$?
    cat "$work/said"
    [ "$code" = 1 ] || fail "\`$* check\` ended with $code"
    grep -q '^posts/é.md:3:1: error\[residue/advertisement\]' "$work/said" || fail "\`$* check\` does not find the marker"
    code=0
    "$@" check --no-such-option 2> "$work/said" || code=$?
    [ "$code" = 2 ] || fail "wrong usage of \`$*\` ended with $code"
    [ "$("$@" check --quiet --fix - < posts/é.md)" = "$(printf 'One.\n\nTwo.')" ] || fail "\`$*\` does not mend standard input"
  )
}

say "a wheel"
if ! compgen -G "$out/copydesk-$version-*.whl" > /dev/null; then
  python3 -m venv "$work/build"
  "$work/build/bin/pip" install --quiet 'maturin>=1.9,<2'
  "$work/build/bin/maturin" build --release --out "$out"
fi
wheel=$(compgen -G "$out/copydesk-$version-*.whl")
ls -l "$wheel"

say "the wheel in a fresh environment, from its file alone"
python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --no-index --find-links "$out" copydesk
works "$work/fresh/bin/copydesk"
"$work/fresh/bin/pip" show --files copydesk | grep -iE 'copydesk$|licen[sc]e'

say "the wheel as a hook of pre-commit"
cat > "$work/site/.pre-commit-config.yaml" <<CONFIG
repos:
  - repo: local
    hooks:
      - id: copydesk
        name: copydesk
        language: python
        additional_dependencies: ["$wheel"]
        entry: copydesk check
        types_or: [markdown, mdx, html, plain-text]
        require_serial: true
CONFIG
git -C "$work/site" add --all
code=0
(cd "$work/site" && PRE_COMMIT_HOME="$work/cache" pre-commit run --all-files) > "$work/said" 2>&1 || code=$?
cat "$work/said"
[ "$code" = 1 ] || fail "pre-commit ended with $code"
grep -q 'posts/é.md:3:1: error\[residue/advertisement\]' "$work/said" || fail "the hook does not find the marker"
rm "$work/site/.pre-commit-config.yaml"

say "packages for npm"
platform=$(node -p 'process.platform + "-" + process.arch')
python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    (name,) = [name for name in wheel.namelist() if name.endswith("/scripts/copydesk")]
    open(sys.argv[2], "wb").write(wheel.read(name))' "$wheel" "$work/binary"
node npm/pack.mjs "$work/npm" "$platform=$work/binary"
for package in "$work/npm"/*/; do npm pack --silent --pack-destination "$out" "$package"; done

say "the packages in a fresh folder, from their files alone"
mkdir "$work/project"
cd "$work/project"
npm init --yes > /dev/null
npm install --silent --offline --no-audit --no-fund "$out/copydesk-$platform-$version.tgz" "$out/copydesk-$version.tgz"
works "$work/project/node_modules/.bin/copydesk"
npm exec --offline -- copydesk --version

say "without the package of the platform it says what is missing"
rm -r node_modules/@copydesk
code=0
node_modules/.bin/copydesk --version > "$work/said" 2>&1 || code=$?
cat "$work/said"
[ "$code" = 2 ] || fail "it ended with $code"
grep -q "@copydesk/$platform" "$work/said" || fail "it does not name the package"
printf '\npackages.sh: all as expected\n'
