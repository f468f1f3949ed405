#!/usr/bin/env bash
# A team's first week with copydesk on a real site: init, baseline, a pull request that adds a bad article, renames one and
# deletes one, red for exactly that, the fixes, green, the baseline pruned.
#
#   tests/first-week.sh COPYDESK SITE RENAMED DELETED
#
# COPYDESK is the binary, SITE a folder with a site (it is copied), RENAMED and DELETED two articles in it, relative to it, to
# which others link. The site must have findings of its own, so that there is something to write down.
set -euo pipefail
[ $# -eq 4 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
copydesk=$(realpath "$1")
site=$(realpath "$2")
renamed=$3 deleted=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$site/." "$work"
cd "$work"
rm -f copydesk.yaml copydesk-baseline.yaml

day() { printf '\n== %s\n' "$*"; }
fail() { echo "first-week: $*" >&2; exit 1; }
# Runs copydesk and wants this exit code; what it prints is in out.txt.
wants() {
  local wanted=$1 code=0
  shift
  "$copydesk" "$@" > out.txt 2> err.txt || code=$?
  cat out.txt err.txt
  [ "$code" = "$wanted" ] || fail "\`copydesk $*\` ended with $code, not $wanted"
}
git init -q -b main .
git config user.name tester
git config user.email tester@example.org
printf 'out.txt\nerr.txt\n' >> .git/info/exclude
git add -A && git commit -qm "Ten years of articles"

day "Monday: init and baseline"
wants 0 init
wants 1 check --format concise -q
known=$(wc -l < out.txt)
wants 0 baseline
wants 0 check
git add -A && git commit -qm "Check articles with copydesk"

day "Tuesday: a pull request"
git switch -qc change
printf -- '---\ntitle: New\ndate: 2024-13-45\n---\n\nA text.\n\nADVERTISEMENT\n\nSee [nothing](./nowhere.md).\n' > "$(dirname "$renamed")/bad-article.md"
to="$(dirname "$renamed")/renamed-$(basename "$renamed")"
git mv "$renamed" "$to"
git rm -q "$deleted"
git add -A && git commit -qm "Add one, rename one, delete one"
wants 1 check --since main --format concise
cp out.txt red.txt && git rm -q --cached red.txt 2> /dev/null || true
grep -q "bad-article.md:8:1: error\[residue/advertisement\]" red.txt || fail "the marker is not reported"
grep -q "bad-article.md:10:.*link/broken" red.txt || fail "the broken link is not reported"
# All else is a link to the one that was renamed or deleted.
if grep -v "bad-article.md:" red.txt | grep -vE "\[link/|\[related/"; then fail "something else is reported"; fi
for name in "$renamed" "$deleted"; do
  base=$(basename "$name"); base=${base%.*}
  grep -v "bad-article.md:" red.txt | grep -q "$base" || fail "no link to $name is reported"
done

day "Wednesday: the fixes"
wants 1 check --since main --fix --unsafe-fixes --format concise
if grep -q ADVERTISEMENT "$(dirname "$renamed")/bad-article.md"; then fail "the marker is still there"; fi
# What no tool can decide: the article is taken back, the other two return.
git rm -qf --cached "$(dirname "$renamed")/bad-article.md" && rm "$(dirname "$renamed")/bad-article.md"
git mv "$to" "$renamed"
git checkout -q main -- "$deleted"
rm -f red.txt
git add -A && git commit -qm "Mend it"
wants 0 check --since main
wants 0 check

day "Thursday: some of the old findings are mended"
# The article with the most of them goes, and with it what it linked to no longer matters.
worst=$(wants 1 check --no-baseline --format concise -q | cut -d: -f1 | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
mended=$(grep -c "^$worst:" out.txt)
printf '# Gone\n\nText.\n' > "$worst"
"$copydesk" check --quiet > out.txt 2>&1 || true
wants 0 baseline --prune
grep -q "$mended that had been mended taken out" out.txt err.txt || fail "$mended findings of $worst are not taken out"

printf '\nfirst-week: all as expected (%s findings were known, %s of them were mended)\n' "$known" "$mended"
