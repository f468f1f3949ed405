#!/usr/bin/env bash
# Opens the page of `--format html` in a real browser: totals and chart, every filter, hostile articles, no scripts, no network.
#
#   tests/page.sh COPYDESK [SCREENSHOTS]
#
# Needs node with npm, and Chromium or Chrome ($CHROMIUM names it). What is installed stays in a folder of its own
# ($PAGE_TOOLS keeps it for the next run). SCREENSHOTS is a folder to put pictures of the page into.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }
copydesk=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=${2:-$work/pictures}
mkdir -p "$pictures"
pictures=$(realpath "$pictures")
tools=${PAGE_TOOLS:-$work/tools}
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v google-chrome || command -v chrome)}
export CHROMIUM
if [ ! -e "$tools/node_modules/playwright-core" ]; then
  mkdir -p "$tools"
  npm install --silent --no-audit --no-fund --prefix "$tools" playwright-core@1.65.1
fi

mkdir -p "$work/site/news" "$work/site/essays/old"
cd "$work/site"
printf -- '---\ntitle: "Bread & <b>butter</b> é😀"\nauthors: [Jane Doe, "Ann \\"O\\" <i>"]\n---\n\nOne [x](gone.md) two.\n\nADVERTISEMENT\n\nThree <script>document.title = "taken over"</script>\n' > news/bread.md
printf -- '---\ntitle: The mill\nauthor: Jane Doe\n---\n\n日本 [x](https://example.org/?utm_source=x) end.\n' > news/mill.md
printf -- '---\ntitle: Rye\nauthor: { name: John Roe }\n---\n\nADVERTISEMENT\n\n<img src="https://example.org/pixel.png" onerror="document.title=1">\n\n[y](none.md)\n' > essays/rye.md
printf 'Nothing of note.\n\nADVERTISEMENT\n\nThe end.\n' > essays/old/plain.md
mkdir -p essays/long
printf "Before.\n\nADVERTISEMENT\n\nAfter.\n" > essays/long/index.md
"$copydesk" check --quiet --exit-zero --format "html=$work/page.html" --format "json=$work/page.json"
mkdir "$work/clean"
printf 'Text.\n' > "$work/clean/a.md"
(cd "$work/clean" && "$copydesk" check --quiet --format "html=$work/clean.html")
NODE_PATH="$tools/node_modules" node "$here/page.cjs" "$work" "$pictures"
