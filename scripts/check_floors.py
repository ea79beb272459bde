#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Check that the source files keep to the floors of the architecture.

    6 app      5 io | 4 interventions | 3 processes      2 numerics, mesh      1 model      0 base

A file includes files of its own floor and of those below. Interventions may stand on processes, but io stands beside both
and never includes them: they meet in the state of numerics. Besides, base knows no finite elements, model nothing of deal.II
but its tensors and no MPI, node kernels (*.kernel.cc) reach no deal.II header through any chain of includes, and numerics does not speak of
biology.

Usage: check_floors.py [--root DIR] [--self-test]
Exit code 1 with one line `file:line: sentence` for every violation. Needs nothing but Python.
"""

import argparse
import pathlib
import re
import sys
import tempfile

FLOORS = {"base": 0, "model": 1, "numerics": 2, "mesh": 2, "processes": 3, "interventions": 4, "io": 5, "app": 6}
BESIDE_IO = {"processes", "interventions"}
BIOLOGY = re.compile(r"collagen|elastin|fibroblast|macrophage|tgf_?beta|cytokine", re.IGNORECASE)
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
FINITE_ELEMENTS = re.compile(r"deal\.II/(?!base/)")
DEAL_II = re.compile(r"deal\.II/")
MORE_THAN_TENSORS = re.compile(r"deal\.II/(?!base/(symmetric_)?tensor\.h)|mpi\.h$")


class Tree:
    """The C++ files below `root` and what they include."""

    def __init__(self, root):
        self.root = root
        folders = (root / "solver", root / "mesh")
        paths = (p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix in (".h", ".cc"))
        self.text = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in paths}

    def includes(self, name):
        """(line, name as written, file of the tree or None) for every include of a file."""
        for number, line in enumerate(self.text[name].splitlines(), start=1):
            match = INCLUDE.match(line)
            if match:
                written = match.group(1) or match.group(2)
                yield number, written, self.resolve(written, name)

    def resolve(self, written, including):
        """Includes are relative to solver/, to the repository root or to the including file."""
        beside = pathlib.PurePosixPath(including).parent / written
        for candidate in (f"solver/{written}", written, beside.as_posix()):
            if candidate in self.text:
                return candidate
        return None

    def chain_to(self, name, forbidden):
        """The shortest chain of includes from a file to an outside header that matches, or None."""
        queue, seen = [(name, ())], {name}
        while queue:
            current, chain = queue.pop(0)
            for _, written, inside in self.includes(current):
                if inside is None and forbidden.search(written):
                    return (*chain, written)
                if inside is not None and inside not in seen:
                    seen.add(inside)
                    queue.append((inside, (*chain, inside)))
        return None


def folder_of(name):
    """The floor's folder of a file of the tree: solver/io/observables/x.h belongs to io."""
    parts = name.split("/")
    return parts[1] if parts[0] == "solver" else parts[0]


def wrong_floor(tree, name):
    folder = folder_of(name)
    for line, written, inside in tree.includes(name):
        other = folder_of(inside) if inside else None
        if other is None or other == folder:
            continue
        if other not in FLOORS:
            yield line, f"'{written}' is on no floor of the architecture"
        elif folder == "io" and other in BESIDE_IO:
            yield line, f"{folder} includes '{written}': io stands beside {other}, and they meet in the state only"
        elif FLOORS[other] > FLOORS[folder]:
            yield line, f"{folder} (floor {FLOORS[folder]}) includes '{written}' of floor {FLOORS[other]}"


def forbidden_header(tree, name, forbidden, sentence):
    """Every include of a file that is, or leads to, a forbidden outside header."""
    for line, written, inside in tree.includes(name):
        if inside is None and forbidden.search(written):
            yield line, f"{sentence}, but this includes <{written}>"
        elif inside is not None:
            chain = tree.chain_to(inside, forbidden)
            if chain:
                yield line, f"{sentence}, but this leads to it: {' -> '.join((inside, *chain))}"


def biology(tree, name):
    for number, line in enumerate(tree.text[name].splitlines(), start=1):
        match = BIOLOGY.search(line)
        if match:
            yield number, f"numerics knows fields by name and kind and no biology, but here is '{match.group(0)}'"


def violations(tree):
    """`file:line: sentence` for all violations, in the order of the files."""
    found = []
    for name in tree.text:
        folder = folder_of(name)
        if folder not in FLOORS:
            found.append((name, 1, f"the folder '{folder}' is on no floor of the architecture"))
            continue
        checks = [wrong_floor(tree, name)]
        if folder == "base":
            checks.append(forbidden_header(tree, name, FINITE_ELEMENTS, "base knows no finite elements"))
        if folder == "model":
            checks.append(forbidden_header(tree, name, MORE_THAN_TENSORS, "model knows of deal.II its tensors only, and no MPI"))
        elif name.endswith(".kernel.cc"):
            checks.append(forbidden_header(tree, name, DEAL_II, "a node kernel reaches no deal.II header"))
        if folder == "numerics":
            checks.append(biology(tree, name))
        found.extend((name, line, sentence) for check in checks for line, sentence in check)
    return [f"{name}:{line}: {sentence}." for name, line, sentence in found]


SAMPLE = {  # file: (text, line of the violation that must be found, or None)
    "solver/base/errors.h": ("#include <string>\n#include <deal.II/base/mpi.h>\n", None),
    "solver/base/clock.h": ('#include "base/errors.h"\n#include <deal.II/fe/fe_q.h>\n', 2),
    "solver/model/host.h": ("#include <cmath>\n", None),
    "solver/model/dermis.h": ('#include "model/host.h"\n#include <mpi.h>\n', 2),
    "solver/model/tissue.h": ('#include "base/errors.h"\n', 1),
    "solver/numerics/state.h": ('#include "base/clock.h"\n#include <deal.II/lac/vector.h>\n', None),
    "solver/numerics/transport.h": ('#include "state.h"\n// collagen\n', 2),
    "solver/numerics/rates.kernel.cc": ('#include <vector>\n\n#include "numerics/state.h"\n', 3),
    "solver/processes/kinetics.h": ('#include "mesh/patch.h"\n#include "model/host.h"\n', None),
    "solver/processes/mechanics.h": ('#include "processes/kinetics.h"\n#include "interventions/plla.cc"\n', 2),
    "solver/interventions/plla.cc": ('#include "numerics/state.h"\n#include "processes/kinetics.h"\n', None),
    "solver/interventions/needles.cc": ('#include "io/observables/share.h"\n', 1),
    "solver/io/observables/share.h": ('#include "interventions/plla.cc"\n', 1),
    "solver/io/fields.h": ('#include "numerics/state.h"\n#include "processes/kinetics.h"\n', 2),
    "solver/app/main.cc": ('#include "io/observables/share.h"\n#include "processes/kinetics.h"\n', None),
    "solver/gadgets/gadget.h": ("\n", 1),
    "mesh/patch.h": ('#include "numerics/state.h"\n', None),
    "mesh/rules.h": ('#include "app/main.cc"\n', 1),
}


def self_test():
    """The check must find exactly the planted violations of the sample, each at its line."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, (text, _) in SAMPLE.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = {":".join(v.split(":", 2)[:2]) for v in violations(Tree(root))}
    planted = {f"{name}:{line}" for name, (_, line) in SAMPLE.items() if line}
    for place in sorted(planted - found):
        print(f"{place}: this planted violation was not found.")
    for place in sorted(found - planted):
        print(f"{place}: this was reported although nothing is wrong.")
    print(f"Self-test: {len(planted & found)} of {len(planted)} planted violations found.")
    return found == planted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--self-test", action="store_true", help="prove on a sample that violations are found")
    options = parser.parse_args()
    if options.self_test:
        return 0 if self_test() else 1
    tree = Tree(options.root)
    if not tree.text:
        print(f"There are no source files in {options.root / 'solver'} and {options.root / 'mesh'}, so nothing was checked.")
        return 1
    found = violations(tree)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(tree.text)} files, {len(found)} violation(s) of the floors.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
