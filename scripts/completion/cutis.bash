# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
# shellcheck shell=bash
#
# Completion of `cutis` for bash: commands, topics, options, parameter files, and after --set the names of parameters
# and of their choices, as `cutis describe parameters` tells them. Source it, or install it as
# /usr/share/bash-completion/completions/cutis.

# _cutis_parameters PROGRAM: a line `NAME<tab>CHOICE, CHOICE` for each parameter; asked once in a shell, as it takes a
# second.
_cutis_parameters() {
  if [[ ${_cutis_parameters_of:-} != "$1" || -z ${_cutis_parameters_list:-} ]]; then
    _cutis_parameters_list="$("$1" describe parameters 2>/dev/null | awk '
      /^[^ ].*: .*; default/ { if (name != "") print name "\t" choices
                               name = $0; sub(/: .*/, "", name); choices = /: true or false;/ ? "true, false" : "" }
      /^    One of: /        { choices = substr($0, 13) }
      END                    { if (name != "") print name "\t" choices }')"
    _cutis_parameters_of="$1"
  fi
  printf '%s\n' "$_cutis_parameters_list"
}

# _cutis_offer WORD QUOTE CANDIDATE...: those that begin with WORD; blanks are escaped unless QUOTE is one.
_cutis_offer() {
  local word="$1" quote="$2" candidate
  shift 2
  for candidate in "$@"; do
    if [[ $candidate == "$word"* ]]; then
      [[ -n $quote ]] || candidate="${candidate// /\\ }"
      COMPREPLY+=("$candidate")
    fi
  done
}

# _cutis_setting PROGRAM WORD QUOTE: a name with `=` after it, or a choice where the word has a `=` already.
_cutis_setting() {
  local word="$2" quote="$3" name choices names=() values=()
  while IFS=$'\t' read -r name choices; do
    if [[ $word != *=* ]]; then
      names+=("$name=")
    elif [[ ${word%%=*} == "$name" && -n $choices ]]; then
      mapfile -t values < <(sed 's/, /\n/g' <<<"$choices")
    fi
  done < <(_cutis_parameters "$1")
  compopt -o nospace 2>/dev/null
  if [[ $word != *=* ]]; then
    _cutis_offer "$word" "$quote" "${names[@]}"
  elif [[ -n $quote ]]; then
    _cutis_offer "$word" "$quote" "${values[@]/#/${word%%=*}=}"
  else
    _cutis_offer "${word#*=}" "" "${values[@]}" # what stands before a bare `=` is a word of its own
  fi
}

# _cutis_files WORD ENDING: folders, and files with this ending (none: folders only).
_cutis_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -d -- "$1")
  [[ -z $2 ]] || mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "!*$2" -- "$1")
}

_cutis() {
  local program="$1" word="${COMP_WORDS[COMP_CWORD]}" quote="" command="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    [[ ${COMP_WORDS[i]} == -* ]] || { command="${COMP_WORDS[i]}" && break; }
  done

  # A bare Section/Name=VALUE is split at the `=`; put together what belongs to the last --set.
  local begin=$COMP_CWORD setting="$word"
  if [[ $word == "=" ]]; then
    begin=$((COMP_CWORD - 1)) setting="${COMP_WORDS[COMP_CWORD - 1]}="
  elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == "=" ]]; then
    begin=$((COMP_CWORD - 2)) setting="${COMP_WORDS[COMP_CWORD - 2]}=$word"
  fi
  if ((begin > 1)) && [[ ${COMP_WORDS[begin - 1]} == --set ]]; then
    [[ $setting != [\"\']* ]] || { quote="${setting:0:1}" && setting="${setting:1}"; }
    [[ -n $quote ]] || setting="${setting//\\/}"
    _cutis_setting "$program" "$setting" "$quote"
    return
  fi

  case "${COMP_WORDS[COMP_CWORD - 1]}" in
    --output) _cutis_files "$word" "" && return ;;
    --format) _cutis_offer "$word" "" text md json && return ;;
  esac
  case "$command:$word" in
    :-*) _cutis_offer "$word" "" --help --version ;;
    :*) _cutis_offer "$word" "" run check init describe list version help ;;
    run:-*) _cutis_offer "$word" "" --set --output --resume --overwrite --continue --quiet --verbose --help ;;
    check:-*) _cutis_offer "$word" "" --set --explain --help ;;
    describe:-*) _cutis_offer "$word" "" --format --help ;;
    run:* | check:*) _cutis_files "$word" .prm ;;
    init:*) _cutis_offer "$word" "" $("$program" list interventions 2>/dev/null) ;;
    describe:*) _cutis_offer "$word" "" network parameters interventions observables ;;
    list:*) _cutis_offer "$word" "" interventions networks skins observables ;;
    help:*) _cutis_offer "$word" "" run check init describe list version ;;
  esac
}

complete -F _cutis cutis
