#!/usr/bin/env bash
# Reads each format for other programs with programs that read it, on a site whose articles and names try to break out of them.
#
#   tests/formats.sh COPYDESK
#
# Needs python3 with venv, and npm; what it installs stays in a folder of its own ($FORMATS_TOOLS keeps it for the next run).
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2; }
copydesk=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools=${FORMATS_TOOLS:-$work/tools}

if [ ! -e "$tools/ready" ]; then
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install --quiet check-jsonschema==0.39.0 junitparser==5.0.3 diff-cover==11.0.1 \
    cmarkgfm==2025.10.22
  mkdir -p "$tools/npm"
  npm install --silent --no-audit --no-fund --prefix "$tools/npm" \
    @microsoft/sarif-multitool@5.7.0 @umbrelladocs/rdformat-validator@1.0.1
  touch "$tools/ready"
fi
"$tools/venv/bin/python" "$here/formats.py" "$copydesk" "$tools/npm/node_modules" "$work/site"
