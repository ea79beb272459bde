# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
# shellcheck shell=bash
#
# What the set-up commands share: messages, packages, MPI environment, configure and build. Source it, do not run it.

cutis_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cutis_build="$cutis_root/build" # a command that builds something else takes another folder
cutis_packages_file="$cutis_root/scripts/packages.txt"

say() { printf '\n==> %s\n' "$*"; }

fail() {
  printf '\nError: %s\n' "$*" >&2
  exit 1
}

cutis_packages() { grep -v '^#' "$cutis_packages_file"; }

cutis_missing_packages() {
  local package
  for package in $(cutis_packages); do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
  done
}

# Run apt-get as root, directly or through sudo.
cutis_apt() {
  if [[ $EUID -eq 0 ]]; then
    DEBIAN_FRONTEND=noninteractive apt-get "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive apt-get "$@"
  fi
}

# Install what is missing of scripts/packages.txt. Set CUTIS_SKIP_PACKAGES=1 if the libraries come from elsewhere.
install_packages() {
  [[ -n "${CUTIS_SKIP_PACKAGES:-}" ]] && return
  local wanted
  wanted="$(cutis_packages | paste -sd' ')"
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "This system has no apt-get, so nothing can be installed automatically. Cutis needs what Debian calls: $wanted.
If you have these from another source, repeat the command with CUTIS_SKIP_PACKAGES=1."
  fi
  local missing
  mapfile -t missing < <(cutis_missing_packages)
  if [[ ${#missing[@]} -eq 0 ]]; then
    say "All packages that Cutis needs are installed."
    return
  fi
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    fail "Packages are missing, and installing them takes root or sudo. Ask your administrator for: ${missing[*]}."
  fi
  say "Installing with apt-get, this once: ${missing[*]}"
  local known=true package
  for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || known=false
  done
  if $known && cutis_apt install -y -q --no-install-recommends "${missing[@]}"; then
    return
  fi
  say "The package lists are absent or out of date and are refreshed."
  cutis_apt update -q || fail "apt-get could not refresh its package lists: is there a network? Needed: ${missing[*]}."
  cutis_apt install -y -q --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install what is missing (see above): ${missing[*]}. Cutis is made for Debian 12 or newer."
}

# Let Open MPI run on few cores and, in a container, as root; the solver's parallelism is in the ranks, not in threads.
set_mpi_environment() {
  export OMP_NUM_THREADS=1
  export OMPI_MCA_hwloc_base_binding_policy=none
  export OMPI_MCA_rmaps_base_oversubscribe=1
  export PRTE_MCA_hwloc_default_binding_policy=none PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe # both, for Open MPI 5
  export OMPI_MCA_mpi_yield_when_idle=1 # more ranks than cores must not starve each other
  if [[ $EUID -eq 0 ]]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1
    export OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
}

# One compiler process per core, but no more than the memory bears: the largest source files take about 2 GiB each.
build_jobs() {
  local cores memory_gib=0 jobs
  cores="$(env -u OMP_NUM_THREADS nproc)" # nproc would answer with the number of threads
  [[ -r /proc/meminfo ]] && memory_gib="$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)"
  jobs="$cores"
  if [[ $memory_gib -gt 0 && $((memory_gib / 2)) -lt $jobs ]]; then
    jobs="$((memory_gib / 2))"
  fi
  [[ $jobs -lt 1 ]] && jobs=1
  echo "$jobs"
}

# configure_and_build TARGET... [-- CMAKE_OPTION...]: Release into $cutis_build with Ninja; a repeat builds only what changed.
# Several source files are compiled as one, and the headers of libraries once, which takes half the time from nothing;
# helpers of one folder therefore have different names, in tests as well. While developing, configure without both: only
# then is a missing include seen.
configure_and_build() {
  local targets=() build="$cutis_build" name="${cutis_build#"$cutis_root/"}/"
  while [[ $# -gt 0 && $1 != -- ]]; do
    targets+=("$1")
    shift
  done
  [[ $# -gt 0 ]] && shift
  local generator=(-G Ninja)
  if [[ -f "$build/CMakeCache.txt" ]]; then
    if grep -qx "CMAKE_HOME_DIRECTORY:INTERNAL=$cutis_root" "$build/CMakeCache.txt"; then
      generator=() # keep the generator of this build
    else
      say "$name was configured for another place of the source tree and is configured anew."
      rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles"
    fi
  fi
  say "Configuring with CMake (Release) into $name"
  cmake -S "$cutis_root" -B "$build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON \
    -DCUTIS_PRECOMPILE=ON "$@" ||
    fail "CMake could not configure Cutis; the message above names what is missing."
  local jobs
  jobs="$(build_jobs)"
  say "Building with $jobs parallel job(s); the first build takes some minutes"
  NINJA_STATUS="[%f/%t, %es] " cmake --build "$build" --parallel "$jobs" --target "${targets[@]}" ||
    fail "The build stopped; the first compiler message above tells why."
}
