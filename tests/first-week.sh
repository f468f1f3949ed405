#!/usr/bin/env bash
# A team's first week with copydesk on a real site: init, baseline, a pull request that adds a bad article, renames one and
# deletes one, red for exactly that, the fixes, green, the baseline pruned.
#
#   tests/first-week.sh COPYDESK [SITE RENAMED DELETED]
#
# COPYDESK is the binary, SITE a folder with a site (it is copied), RENAMED and DELETED two articles in it, relative to it, to
# which others link; a site of the fixtures if none is named. The site must have findings of its own, so that there is
# something to write down.
set -euo pipefail
[ $# -ne 1 ] || set -- "$1" "$(dirname "$0")/../fixtures/sites/hugo" content/blog/first.md content/docs/alpha.md
[ $# -eq 4 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
copydesk=$(realpath "$1")
site=$(realpath "$2")
renamed=$3 deleted=$4
work=$(mktemp -d)
said=$(mktemp -d) # What copydesk says is kept beside the site: in it, it would be an article.
trap 'rm -rf "$work" "$said"' EXIT
cp -r "$site/." "$work"
chmod -R u+w "$work"
cd "$work"
rm -f copydesk.yaml copydesk-baseline.yaml

day() { printf '\n== %s\n' "$*"; }
fail() { echo "first-week: $*" >&2; exit 1; }
# Runs copydesk and wants this exit code; what it prints is in $said/out and $said/err.
wants() {
  local wanted=$1 code=0
  shift
  "$copydesk" "$@" > "$said/out" 2> "$said/err" || code=$?
  cat "$said/out" "$said/err"
  [ "$code" = "$wanted" ] || fail "\`copydesk $*\` ended with $code, not $wanted"
}
git init -q -b main .
git config user.name tester
git config user.email tester@example.org
git add -A && git commit -qm "Ten years of articles"

day "Monday: init and baseline"
wants 0 init
wants 1 check --format concise -q
known=$(wc -l < "$said/out")
wants 0 baseline
wants 0 check
git add -A && git commit -qm "Check articles with copydesk"

day "Tuesday: a pull request"
git switch -qc change
bad="$(dirname "$renamed")/bad-article.md"
printf -- '---\ntitle: New\ndate: 2024-12-05\nlastmod: 2024-13-45\n---\n\nA text.\n\nADVERTISEMENT\n\nSee [nothing](/nowhere/at-all/) or [nothing](./nowhere.md).\n' > "$bad"
to="$(dirname "$renamed")/renamed-$(basename "$renamed")"
git mv "$renamed" "$to"
git rm -q "$deleted"
git add -A && git commit -qm "Add one, rename one, delete one"
wants 1 check --since main --format concise
cp "$said/out" "$said/red"
grep -q "bad-article.md:9:1: error\[residue/advertisement\]" "$said/red" || fail "the marker is not reported"
grep -q "bad-article.md:4:10: error\[date/invalid\]" "$said/red" || fail "the day that does not exist is not reported"
grep -q "bad-article.md:11:.*link/broken" "$said/red" || fail "the broken link is not reported"
# All else is a link to the one that was renamed or deleted.
grep -v "bad-article.md:" "$said/red" > "$said/elsewhere" || true
if grep -vE "\[link/|\[related/" "$said/elsewhere"; then fail "something else is reported"; fi
for name in "$renamed" "$deleted"; do
  # A generator may take a date off the name to make the address.
  base=$(basename "$name" | sed -E 's/^[0-9]{4}-[0-9]{2}-[0-9]{2}-//; s/\.[^.]*$//')
  grep -q "$base" "$said/elsewhere" || fail "no link to $name is reported"
done

day "Wednesday: the fixes"
wants 1 check --since main --fix --unsafe-fixes --format concise
if grep -q ADVERTISEMENT "$bad"; then fail "the marker is still there"; fi
# What no tool can decide: the bad article is taken back, and the deleted one returns.
git rm -qf "$bad"
git checkout -q main -- "$deleted"
git add -A
# Links to the renamed one that have not been mended, because they lead to where nobody can say, are mended by its old name.
if ! "$copydesk" check --since main --quiet > "$said/left"; then
  cat "$said/left"
  git mv "$to" "$renamed"
  git checkout -q main -- .
fi
git commit -qm "Mend it" || true
wants 0 check --since main
wants 0 check

day "Thursday: some of the old findings are mended"
# What the fixes of yesterday mended besides is no part of what is counted here.
wants 0 baseline --prune
# The article with the most of them goes, and with it what it linked to no longer matters.
worst=$(wants 1 check --no-baseline --format concise -q | cut -d: -f1 | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
mended=$(grep -c "^$worst:" "$said/out")
printf '# Gone\n\nText.\n' > "$worst"
wants 0 baseline --prune
grep -q "$mended that had been mended taken out" "$said/err" || fail "$mended findings of $worst are not taken out"

printf '\nfirst-week: all as expected (%s findings were known, %s of them were mended)\n' "$known" "$mended"
