#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# From a fresh clone to a first result: install what is missing, build, simulate three PLLA sessions, show the outcome.
# Safe to repeat; what is installed and built is not done again. See --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/first_run.sh

Installs the Debian packages that are missing (with sudo unless you are root), builds Cutis into build/, simulates the
PLLA treatment of parameters/plla.prm, prints the main results and draws two pictures into results/plla/.

Environment:
  CUTIS_SKIP_PACKAGES=1   do not install anything; the libraries come from elsewhere
  CUTIS_PYTHON=PROGRAM    the Python interpreter for tables and pictures (needs numpy, pandas, h5py, matplotlib)
TEXT
}

case "${1:-}" in
  "") ;;
  -h | --help) usage && exit 0 ;;
  *) usage >&2 && fail "This command takes no argument, but got '$1'." ;;
esac

cd "$cutis_root"
install_packages
set_mpi_environment
configure_and_build cutis

output=results/plla
say "Simulating: build/cutis run parameters/plla.prm --output $output --overwrite"
status=0
build/cutis run parameters/plla.prm --output "$output" --overwrite || status=$?
[[ $status -eq 0 ]] || fail "The simulation ended with exit code $status; the message above says why."

say "Result"
scripts/python scripts/summarise_run.py "$output"
say "Pictures"
scripts/python scripts/plot_run.py "$output"

cat <<TEXT

==> Done. To look further:
  the numbers    $output/timeseries.csv, $output/summary.json
  the fields     paraview $output/solution.xdmf   (choose "XDMF Reader", not "Xdmf3", then Apply and press play)
  another dose   build/cutis run parameters/plla.prm --set "PLLA/Dose=300 mg" --output results/plla_300
  all settings   build/cutis describe parameters
TEXT
