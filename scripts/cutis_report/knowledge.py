# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the program says of itself: parameters, observables, fields and interventions, from `cutis describe --format json`."""

import json
import pathlib
import re
import subprocess

from cutis_report import ReportError
from cutis_runs import environment


class Knowledge:
    """Tables of the program by name. Without a program they are empty, and `missing` says so in a sentence."""

    def __init__(self, program, asked_for=False):
        self.program = pathlib.Path(program)
        self.missing = ""
        self.revision = ""
        self.parameters, self.observables, self.fields, self.interventions = {}, {}, {}, {}
        try:
            self._ask()
        except (OSError, ValueError, LookupError, TypeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if asked_for:
                raise ReportError(f"{program} does not describe itself ({reason}); --program wants a built cutis.") from error
            self.missing = (
                "The program was not at hand when this report was made, so that meanings of columns and the comparison "
                "of the parameters with their defaults are missing."
            )

    def _ask(self):
        self.parameters = {entry["path"]: entry for entry in json.loads(self._output("describe", "parameters"))}
        for entry in self._entries("observables"):
            self.observables[entry["name"].split(" [")[0]] = entry
        for section in json.loads(self._output("describe", "network")):
            if section["title"].endswith(": fields"):
                network = section["title"].startswith("Network") and not section["title"].startswith("Network dermis")
                for entry in () if network else section["entries"]:
                    self.fields.setdefault(entry["name"], entry)
        self.interventions = {entry["name"]: entry for entry in self._entries("interventions")}
        version = re.search(r"^revision\s+(\S+)", self._output("version"), re.MULTILINE)
        self.revision = version.group(1) if version else ""

    def _entries(self, topic):
        return [entry for section in json.loads(self._output("describe", topic)) for entry in section["entries"]]

    def _output(self, command, *topic):
        words = [str(self.program.resolve()), command, *topic, *(("--format", "json") if topic else ())]
        result = subprocess.run(words, capture_output=True, text=True, env=environment(), check=False)
        if result.returncode != 0:
            raise ValueError(f"`{command} {' '.join(topic)}` ended with exit code {result.returncode}")
        return result.stdout

    def field(self, key):
        """What is known of a field; those of later cohorts are explained by the first."""
        return self.fields.get(key) or self.fields.get(re.sub(r"_\d+$", "_1", key), {})

    def section_of(self, intervention):
        """Section of the parameters of an intervention."""
        return self.interventions.get(intervention, {}).get("subsection") or intervention.replace("_", " ")

    def section_names(self, sections):
        """The sections as they are written in a parameter file, whatever their capitals."""
        lower = {section.lower() for section in sections}
        return sorted({path.split("/")[0] for path in self.parameters if path.split("/")[0].lower() in lower})
