# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
# shellcheck shell=bash
#
# A bare Debian in a folder, to try there what is to work on other machines. Source it after common.sh; it takes root.

# The mirror from which this system has its own packages, unless one is named.
debian_mirror() {
  local mirror="${1:-}"
  [[ -n $mirror ]] || mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
    'Component: main' | grep -v security | head -1)"
  [[ -n $mirror ]] || fail "The sources of apt name no mirror of Debian; give one with --mirror URL."
  echo "${mirror%/}"
}

# in_tree TREE COMMAND...: run a command there, with the environment that a login of root would have.
in_tree() {
  local tree="$1"
  shift
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} chroot "$tree" "$@"
}

# make_tree TREE SUITE MIRROR: Debian without anything that is not essential but apt, unless the folder holds it already.
make_tree() {
  local tree="$1" suite="$2" mirror="$3"
  [[ $EUID -eq 0 ]] || fail "A bare Debian is made and entered by root only: repeat the command with sudo."
  command -v debootstrap >/dev/null || fail "A bare Debian is made by debootstrap: apt-get install debootstrap."
  if [[ ! -e $tree/var/lib/dpkg/status || -e $tree/debootstrap ]]; then
    say "Debian $suite from $mirror into $tree"
    debootstrap --variant=minbase "$suite" "$tree" "$mirror" >"$tree.log" 2>&1 ||
      fail "debootstrap made no Debian '$suite' from $mirror; $tree.log tells why."
  fi
  mountpoint -q "$tree/proc" || mount -t proc proc "$tree/proc"
  mountpoint -q "$tree/sys" || mount -t sysfs -o ro sysfs "$tree/sys" # Open MPI looks there for processors
  mountpoint -q "$tree/dev/shm" || { mkdir -p "$tree/dev/shm" && mount -t tmpfs tmpfs "$tree/dev/shm"; }
  mountpoint -q "$tree/dev/pts" || mount -t devpts -o ptmxmode=666 devpts "$tree/dev/pts" # for tests of terminals
}

# Whoever leaves a tree takes its mounts off; what is still mounted would be removed with the tree.
leave_tree() {
  local place
  for place in proc sys dev/shm dev/pts; do
    ! mountpoint -q "$1/$place" || umount "$1/$place"
  done
}

remove_tree() {
  leave_tree "$1" && rm -rf --one-file-system "$1" "$1.log"
}

# settle_tree NAME: the global `tree`, which the user keeps, or if it is empty one of this name that goes when the command ends.
settle_tree() {
  if [[ -n $tree ]]; then
    trap 'leave_tree "$tree"' EXIT
  else
    tree="$(mktemp -d)/$1"
    trap 'remove_tree "$tree" && rmdir "$(dirname "$tree")"' EXIT
  fi
}
