#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Check that all C++ files are laid out by .clang-format; with --fix, lay them out. Exit code 77 without clang-format.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

fix=false
case "${1:-}" in
  "") ;;
  --fix) fix=true ;;
  *) fail "Usage: scripts/check_format.sh [--fix]" ;;
esac
if ! command -v clang-format >/dev/null; then
  echo "clang-format is not installed, so the layout was not checked (apt-get install clang-format)."
  exit 77
fi

cd "$cutis_root"
mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.h' '*.cc')
if $fix; then
  clang-format -i "${files[@]}"
  echo "${#files[@]} files are laid out by .clang-format."
  exit 0
fi
wrong=0
for file in "${files[@]}"; do
  if ! clang-format --dry-run --Werror "$file" >/dev/null 2>&1; then
    echo "$file"
    wrong=$((wrong + 1))
  fi
done
[[ $wrong -eq 0 ]] || fail "$wrong of ${#files[@]} files are not laid out by .clang-format; scripts/check_format.sh --fix repairs them."
echo "${#files[@]} files: the layout is right."
