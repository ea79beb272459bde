# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
# shellcheck shell=bash
#
# A Slurm of this host alone for the time of a test, with ports, keys and a folder of its own. Source it after scripts/common.sh.

require_slurm() {
  export PATH="$PATH:/usr/sbin"
  if ! command -v slurmctld slurmd sbatch srun munged >/dev/null; then
    [[ $EUID -eq 0 ]] || fail "Slurm is not complete here: sudo apt-get install slurm-wlm munge"
    cutis_apt install -y -q --no-install-recommends slurm-wlm munge >/dev/null || fail "slurm-wlm or munge cannot be installed."
  fi
}

new_cluster_folder() {
  me="$(id -un)" host="$(hostname -s)" folder="$(mktemp -d "${TMPDIR:-/tmp}/cutis-slurm-XXXXXX")"
  chmod 711 "$folder" # munge wants its socket within the reach of all
  export SLURM_CONF="$folder/slurm.conf"
}

# wait_until SECONDS COMMAND...: 1 if it was never true.
wait_until() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.2
  done
}
queue_is_empty() { [[ -z $(squeue --noheader 2>/dev/null) ]]; }
node_is_idle() { [[ $(sinfo --noheader --format=%t 2>/dev/null) == idle ]]; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }

# With $tracker as the way to find the processes of a job, and as many CPUs as $cpus says, whatever this host has.
start_slurm() {
  rm -rf "$folder"/{state,spool,key}; mkdir "$folder"/{state,spool}
  mungekey --create --keyfile="$folder/key"
  munged --key-file="$folder/key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
  # KillWait: s from SIGTERM to SIGKILL.
  printf '%s\n' ClusterName=cutis "SlurmctldHost=$host(127.0.0.1)" SlurmctldPort=16817 SlurmdPort=16818 "SlurmUser=$me" \
    "SlurmdUser=$me" "AuthInfo=socket=$folder/munge.socket" "StateSaveLocation=$folder/state" "SlurmdSpoolDir=$folder/spool" \
    "SlurmctldPidFile=$folder/slurmctld.pid" "SlurmctldLogFile=$folder/slurmctld.log" "SlurmdPidFile=$folder/slurmd.pid" \
    "SlurmdLogFile=$folder/slurmd.log" "ProctrackType=proctrack/$tracker" SelectType=select/cons_tres \
    SelectTypeParameters=CR_CPU SlurmdParameters=config_overrides KillWait=5 OverTimeLimit=0 \
    AccountingStorageType=accounting_storage/none "NodeName=$host NodeAddr=127.0.0.1 CPUs=${cpus:-4}" \
    "PartitionName=all Nodes=ALL Default=YES" >"$SLURM_CONF"
  printf 'CgroupAutomount=yes\nIgnoreSystemd=yes\n' >"$folder/cgroup.conf"
  slurmctld -c && slurmd && wait_until 20 node_is_idle && srun --time=1 true 2>/dev/null
}

stop_slurm() {
  local daemon pid
  if [[ -f $folder/slurmctld.pid ]]; then # else each question waits for half a minute
    scancel --quiet --user="$me" || true
    wait_until 20 queue_is_empty || true
  fi
  for daemon in slurmd slurmctld munged; do
    pid="$(cat "$folder/$daemon.pid" 2>/dev/null)" || continue
    kill "$pid" 2>/dev/null || true
    wait_until 10 is_gone "$pid" || kill -9 "$pid" 2>/dev/null || true
    rm -f "$folder/$daemon.pid"
  done
  find /sys/fs/cgroup -depth -type d -path "*/slurm_$host*" -exec rmdir {} + 2>/dev/null || true
}
