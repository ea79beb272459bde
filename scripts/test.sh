#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Install what is missing, build Cutis with its tests, and run them. Safe to repeat. See --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/test.sh [CTEST_OPTION...]

Installs the Debian packages that are missing (with sudo unless you are root), builds Cutis and its tests into build/ and
runs them, two at a time. Every argument goes to ctest:
  -L unit      only the tests labelled unit (labels: unit, mpi, slow)
  -LE slow     all but the slow ones
  -R REGEX     only tests whose name matches

Environment:
  CUTIS_SKIP_PACKAGES=1   do not install anything; the libraries come from elsewhere
TEXT
}

if [[ "${1:-}" == -h || "${1:-}" == --help ]]; then
  usage
  exit 0
fi

started=$SECONDS
install_packages
set_mpi_environment
configure_and_build all -- -DCUTIS_TESTS=ON

say "Testing"
status=0
# A test that hangs must not eat the time of all others: none may take longer than ten minutes unless it says so itself.
ctest --test-dir "$cutis_root/build" --parallel 2 --output-on-failure --no-tests=error --timeout 600 "$@" || status=$?
say "Build and tests took $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s."
[[ $status -eq 0 ]] || fail "Not all tests passed; ctest lists them above."
