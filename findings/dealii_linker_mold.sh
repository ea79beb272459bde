#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# deal.II 9.6.2 (libdeal.ii-dev 9.6.2-4 of Debian 13), programs that are set up with deal_ii_setup_target.
#
# Guess, from the first message: the library was built where the linker mold was installed, and has programs that use it linked with mold
# as well, but its package does not depend on mold. So it is: deal.IIConfig.cmake has -fuse-ld=mold in DEAL_II_LINKER_FLAGS, and no program
# can be linked until mold is installed, or the flag is taken out between find_package and deal_ii_setup_target. Expected: a program links
# with what the package brings. In Debian 12 the flag is -fuse-ld=gold, and gold is in binutils.
#
# Output seen (without mold, without the flag, with mold):
#   as it is: collect2: fatal error: cannot find 'ld'
#   without the flag: linked
#   with mold: linked
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in libdeal.ii-dev=9.6.2-4 cmake ninja-build g++; do
  dpkg-query -W -f '${Status}' "${package%%=*}" 2>/dev/null | grep -q 'ok installed' || need+=("$package")
done
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
echo 'int main() {}' >empty.cc
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.13)
find_package(deal.II 9.6 REQUIRED)
deal_ii_initialize_cached_variables()
project(empty CXX)
if(WITHOUT_FLAG)
  string(REPLACE "-fuse-ld=mold" "" DEAL_II_LINKER_FLAGS "${DEAL_II_LINKER_FLAGS}")
endif()
add_executable(empty empty.cc)
deal_ii_setup_target(empty)
END

# linked NAME OPTION...: "linked", or what the linker says.
linked() {
  cmake -G Ninja -S . -B "$1" -DCMAKE_BUILD_TYPE=Release "${@:2}" >"$1.log" 2>&1
  if cmake --build "$1" >>"$1.log" 2>&1; then echo linked; else grep -m 1 'fatal error' "$1.log"; fi
}

! command -v ld.mold >/dev/null || { echo "mold is installed, so this shows nothing" && exit 1; }
plain="$(linked plain)"
without="$(linked without -DWITHOUT_FLAG=ON)"
apt-get install -y -qq --no-install-recommends mold >/dev/null 2>&1
with="$(linked with)"
apt-get purge -y -qq mold >/dev/null 2>&1
printf '%s\n' "as it is: $plain" "without the flag: $without" "with mold: $with"
[[ $plain == *"cannot find"* && $without == linked && $with == linked ]]
