#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Build Cutis on another release of Debian and run its tests there. See --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname "${BASH_SOURCE[0]}")/bare_debian.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/try_debian.sh SUITE [--program] [--tree DIR] [--mirror URL] [CTEST_OPTION...]

Makes a bare Debian SUITE (bookworm, trixie, ...), copies the source tree into it, and has scripts/test.sh install its
packages, build, and run the tests: those labelled unit that are not slow, unless options of ctest say otherwise. Takes
root, debootstrap, 8 GB of disk, and the time of a build.

  --program      build the program only, and run the tests that need nothing else (program_* and tools_*)
  --tree DIR     keep the tree there; a repeat builds only what changed. Without it the tree goes in the end
  --mirror URL   of Debian; without it the one that apt of this system uses
TEXT
}

suite="" tree="" mirror="" program=false options=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --program) program=true ;;
    --tree | --mirror)
      [[ $# -gt 1 ]] || fail "$1 wants a value."
      [[ $1 == --tree ]] && tree="$2" || mirror="$2"
      shift
      ;;
    *) if [[ -z $suite ]]; then suite="$1"; else options+=("$1"); fi ;;
  esac
  shift
done
[[ -n $suite && $suite != -* ]] || { usage >&2 && fail "Which release of Debian?"; }
mirror="$(debian_mirror "$mirror")"
settle_tree "$suite"
make_tree "$tree" "$suite" "$mirror"

# Times of files are kept, so that a repeat builds only what changed; build/ and results stay.
copy="$tree/root/cutis"
mkdir -p "$copy"
find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git -C "$cutis_root" ls-files -z --cached --others --exclude-standard |
  (cd "$cutis_root" && tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null) | tar -xf - -C "$copy"

in_tree "$tree" apt-get update -q
if $program; then
  [[ ${#options[@]} -gt 0 ]] || options=(-R '^(program|tools)_' -LE slow)
  in_tree "$tree" bash -c 'cd /root/cutis && source scripts/common.sh && install_packages && set_mpi_environment &&
    configure_and_build cutis -- -DCUTIS_TESTS=ON && ctest --test-dir build --output-on-failure --no-tests=error "$@"' \
    bash "${options[@]}"
else
  [[ ${#options[@]} -gt 0 ]] || options=(-L unit -LE slow)
  in_tree "$tree" /root/cutis/scripts/test.sh "${options[@]}"
fi
say "Debian $suite: built, and the tests passed (${options[*]})."
