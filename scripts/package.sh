#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Make the Debian package of Cutis; with --try, install it on a bare Debian and run it. See --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname "${BASH_SOURCE[0]}")/bare_debian.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/package.sh [--try] [--tree DIR] [--mirror URL]

Builds Cutis for any processor of its kind into build/package and makes build/package/cutis_VERSION_ARCHITECTURE.deb, for
the release of Debian that this system has. Missing packages are installed as by scripts/first_run.sh.

  --try          install the package on a bare Debian of the same release, run it there, and say how long that took. Takes
                 root, debootstrap, and 3 GB of disk
  --tree DIR     make that Debian in this folder and keep it; without it the tree goes in the end
  --mirror URL   of Debian; without it the one that apt of this system uses

Environment:
  CUTIS_SKIP_PACKAGES=1   do not install anything; the libraries come from elsewhere
TEXT
}

# What the package promises, on a system that has had neither a library of it nor a compiler.
try_package() {
  local package="$1" tree="$2" started installed output=/root/results
  cp "$package" "$tree/root/"
  ! in_tree "$tree" bash -c 'command -v cc || command -v c++' || fail "The tree has a compiler, so it proves nothing."
  started=$SECONDS
  in_tree "$tree" apt-get update -q
  in_tree "$tree" apt-get install -y -q --no-install-recommends "/root/$(basename "$package")"
  installed=$((SECONDS - started))
  in_tree "$tree" cutis version
  in_tree "$tree" cutis run /usr/share/cutis/parameters/plla.prm --set "Mesh/Cell size=0.25 mm" --output "$output"
  [[ -s $tree$output/timeseries.csv ]] || fail "The installed program left no time series."
  say "From nothing to the first result: $((SECONDS - started)) s, of which apt took $installed s."
  ! in_tree "$tree" bash -c 'command -v cc || command -v c++' || fail "The package brought a compiler with it."

  say "Manual page, completion, scripts"
  in_tree "$tree" apt-get install -y -q man-db bash-completion >/dev/null
  in_tree "$tree" man -w cutis
  in_tree "$tree" bash -c 'source /usr/share/bash-completion/bash_completion; _completion_loader cutis || true; complete -p cutis'
  started=$SECONDS
  in_tree "$tree" bash -c 'apt-get install -y -q --no-install-recommends $(dpkg-query -W -f "\${Recommends}" cutis | tr -d ,) >/dev/null'
  say "The recommended packages took $((SECONDS - started)) s more."
  in_tree "$tree" cutis-tool summarise_run "$output"
}

tree="" mirror="" try=false
while [[ $# -gt 0 ]]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --try) try=true ;;
    --tree | --mirror)
      [[ $# -gt 1 ]] || fail "$1 wants a value."
      [[ $1 == --tree ]] && tree="$2" || mirror="$2"
      shift
      ;;
    *) usage >&2 && fail "This command has no argument '$1'." ;;
  esac
  shift
done

install_packages
cutis_build="$cutis_root/build/package"
# Paths of libraries in the program would be those of this machine.
configure_and_build cutis manual_page -- -DCUTIS_NATIVE=OFF -DCUTIS_TESTS=OFF -DCMAKE_SKIP_INSTALL_RPATH=ON
rm -f "$cutis_build"/cutis_*.deb
(cd "$cutis_build" && cpack -G DEB)
package="$(echo "$cutis_build"/cutis_*.deb)"
dpkg-deb --field "$package" Package Version Architecture Installed-Size Depends Recommends
say "The package: $package"
$try || exit 0

settle_tree tree
suite="$(. /etc/os-release && echo "$VERSION_CODENAME")"
make_tree "$tree" "$suite" "$(debian_mirror "$mirror")"
try_package "$package" "$tree"
