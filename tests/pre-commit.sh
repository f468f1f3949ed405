#!/usr/bin/env bash
# Proves that the pre-commit hook of this repository works: it installs from a clone, blocks a commit that brings in page
# residue, honours `exclude` for files that pre-commit names, and lets clean articles pass. Needs git, cargo, pre-commit.
set -euo pipefail

hooks=$(cd "$(dirname "$0")/.." && pwd)
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cd "$site"
git init -q .
git config user.name tester
git config user.email tester@example.org

mkdir posts archive
printf 'exclude: ["archive/**"]\n' > copydesk.yaml
printf 'A clean article.\n' > posts/clean.md
printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > posts/bad.md
cp posts/bad.md archive/old.md
git add .

run() { pre-commit try-repo "$hooks" copydesk "$@"; }

echo "== an article with a marker fails the hook"
if run --files posts/clean.md posts/bad.md archive/old.md > out.txt 2>&1; then
  cat out.txt
  echo "the hook passed a marker" >&2
  exit 1
fi
cat out.txt
grep -q 'posts/bad.md:3:1: error\[residue/advertisement\]' out.txt
if grep -q 'archive/old.md:' out.txt; then
  echo "exclude does not hold for named files" >&2
  exit 1
fi

echo "== clean articles pass, and so does a commit of excluded files alone"
run --files posts/clean.md
run --files archive/old.md
echo "pre-commit: all as expected"
