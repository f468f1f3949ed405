#!/usr/bin/env bash
# Proves both hooks of this repository with a tool that runs hooks, on a repository made here: real commits that add, change,
# delete and rename articles, a cold run that installs copydesk and warm ones that do not.
#
#   tests/pre-commit.sh [TOOL...]
#
# TOOL is `pre-commit` or `prek`; both if none is named. Needs git, cargo and the tools, all on the path.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the user's own set-up takes part, and nothing of this is left in it.
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global safe.directory '*'
# The hooks are what is tried here, not how fast they are: an unoptimised build is made in a fraction of the time.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$work/target}

say() { printf '\n== %s\n' "$*"; }
fail() { echo "pre-commit.sh: $*" >&2; exit 1; }

# The files of this repository as they are now, committed or not, as a repository that hooks come from.
mkdir "$work/hooks"
git -C "$root" ls-files -z | (cd "$root" && tar --null --files-from=- --create) | tar --extract --directory "$work/hooks"
git -C "$work/hooks" init -q
git -C "$work/hooks" add --all
git -C "$work/hooks" commit -qm "copydesk"
rev=$(git -C "$work/hooks" rev-parse HEAD)

# Makes a site with ten years of articles in it, one of them in an archive that is excluded, and goes there.
new_site() {
  mkdir "$work/site-$1"
  cd "$work/site-$1"
  git init -q
  mkdir posts archive
  printf 'exclude: ["archive/**"]\n' > copydesk.yaml
  printf '# Bread\n\nSee [the oven](oven.md) and [the mill](mill.md).\n' > posts/bread.md
  printf '# The oven\n\nIt is hot.\n' > posts/oven.md
  printf '# The mill\n\nIt turns.\n' > posts/mill.md
  printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > archive/old.md
  printf 'body { color: red }\n' > style.css
  cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $rev
    hooks:
      - id: copydesk
      - id: copydesk-site
CONFIG
  git add --all
  git commit -qm "Ten years of articles"
}

# Runs a command that must end with code $1, keeps what it says in out.txt beside the site, and shows it.
wants() {
  local wanted=$1 code=0
  shift
  "$@" > "$work/out.txt" 2>&1 || code=$?
  sed 's/^/   | /' "$work/out.txt"
  [ "$code" = "$wanted" ] || fail "\`$*\` ended with $code, not $wanted"
}
said() { grep -qE -- "$1" "$work/out.txt" || fail "it does not say: $1"; }
silent() { if grep -qE -- "$1" "$work/out.txt"; then fail "it says: $1"; fi; }
# Whether the hook $1 ended as $2 says: the line of both tools is a name, dots and an outcome.
hook() { said "^$1\.+(\(no files to check\))?$2"; }
undo() { git reset -q --hard HEAD; git clean -qfd; }

try() {
  local tool=$1 begun
  new_site "$tool"
  export PRE_COMMIT_HOME="$work/cache-$tool" PREK_HOME="$work/cache-$tool"

  say "$tool, cold: it installs the hooks and finds nothing wrong"
  begun=$SECONDS
  wants 0 "$tool" run --all-files
  hook copydesk Passed
  hook 'copydesk \(whole site\)' Passed
  echo "   $((SECONDS - begun)) s"

  say "$tool, warm: the same without installing"
  begun=$SECONDS
  wants 0 "$tool" run --all-files
  silent 'Installing|Initializing|Cloning'
  [ $((SECONDS - begun)) -le 20 ] || fail "the warm run took $((SECONDS - begun)) s"
  echo "   $((SECONDS - begun)) s"

  wants 0 "$tool" install

  say "$tool: a commit with a marker of an advert is stopped, an article of each kind"
  printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > posts/bad.md
  printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > posts/bad.mdx
  printf 'One.\n\nADVERTISEMENT\n\nTwo.\n' > posts/bad.txt
  printf '<p>One.</p>\n<p>ADVERTISEMENT</p>\n<p>Two.</p>\n' > posts/bad.html
  printf 'One.\n\nADVERTISEMENT\n\nThree.\n' > archive/old.md
  git add --all
  wants 1 git commit -m "Add what is bad"
  hook copydesk Failed
  said 'posts/bad\.md:3:1: error\[residue/advertisement\]'
  said 'posts/bad\.mdx:3:1: error\[residue/advertisement\]'
  said 'posts/bad\.txt:3:1: error\[residue/advertisement\]'
  said 'posts/bad\.html:2:4: error\[residue/advertisement\]'
  silent 'archive/old\.md:'
  undo

  say "$tool: a clean article passes, and so does what is excluded"
  printf '# Rye\n\nSee [bread](bread.md).\n' > posts/rye.md
  printf 'One.\n\nADVERTISEMENT\n\nThree.\n' > archive/old.md
  git add --all
  wants 0 git commit -m "Add a clean article"
  hook copydesk Passed

  say "$tool: to delete an article to which another links is stopped by the hook for the site alone"
  git rm -q posts/oven.md
  wants 1 git commit -m "Delete the oven"
  hook copydesk Skipped
  hook 'copydesk \(whole site\)' Failed
  said 'posts/bread\.md:3:16: error\[link/broken\]'
  undo

  say "$tool: renaming one is stopped by both, for the hook for files is told the new name"
  git mv posts/mill.md posts/water-mill.md
  wants 1 git commit -m "Rename the mill"
  hook copydesk Failed
  hook 'copydesk \(whole site\)' Failed
  said 'posts/bread\.md:3:40: error\[link/broken\].*was renamed to `posts/water-mill\.md`'
  say "$tool: with its link mended the renamed article passes"
  sed -i.bak 's/mill\.md/water-mill.md/' posts/bread.md
  rm posts/bread.md.bak
  git add --all
  wants 0 git commit -m "Rename the mill, and what leads to it"

  say "$tool: a broken configuration stops every commit, and says where"
  printf 'exclde: []\n' > copydesk.yaml
  git add --all
  wants 1 git commit -m "Break the configuration"
  said 'copydesk\.yaml:1:1: error\[config/invalid\] unknown key `exclde`'
  undo

  say "$tool: what was wrong for ten years is known to a baseline, and only what is new stops a commit"
  printf 'content: ["**/*.md"]\n' > copydesk.yaml
  wants 1 "$tool" run --all-files
  said 'archive/old\.md:3:1: error'
  "$binary" baseline --quiet
  git add --all
  wants 0 git commit -m "Check the archive too"
  printf '\nADVERTISEMENT\n\nThe end.\n' >> archive/old.md
  git add --all
  wants 1 git commit -m "Add to the archive"
  said 'archive/old\.md:7:1: error'
  silent 'archive/old\.md:3:1: error'
  undo
}

[ $# -gt 0 ] || set -- pre-commit prek
binary=$CARGO_TARGET_DIR/release/copydesk
for tool; do try "$tool"; done
printf '\npre-commit.sh: all as expected (%s)\n' "$*"
