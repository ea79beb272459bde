#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Check the shape of the source files: one subject a file, functions that fit a screen, no hidden interfaces.

No file of C++ or Python has more than 400 lines, no C++ function more than 60. In solver/ no field is found by how its
name begins (that is what families and properties of rows are for), and no tensor by a literal number of components.

Usage: check_shape.py [--root DIR] [--self-test]
Exit code 1 with one line `file:line: sentence` for every violation. Needs nothing but Python.
"""

import argparse
import pathlib
import re
import sys

MOST_LINES = 400
MOST_OF_A_FUNCTION = 60
FOLDERS = ("solver", "mesh", "tests", "benchmarks", "scripts", "docs/skeleton")
OPENING = re.compile(r"^( *)\{$")
NO_FUNCTION = re.compile(r"^\s*(inline |constexpr |template\b.*\s)*(namespace|class|struct|enum|union|extern)\b|=\s*$")
PREFIX = re.compile(r'rfind\("[a-z0-9_]+", 0\)|starts_with\(|compare\(0, ')
COMPONENTS = re.compile(r"(?:\* |\+ |make_vector\()(?:6|12)\b(?!\.)")


def functions(lines):
    """(first line, number of lines) of every outermost brace block that is neither a namespace nor a type."""
    inside = None
    for number, line in enumerate(lines):
        if inside is not None:
            start, indent = inside
            if line.rstrip(";,)") == indent + "}":
                yield start + 1, number - start + 1
                inside = None
            continue
        match = OPENING.match(line)
        if match and number > 0 and not is_scope(lines, number, match.group(1)):
            inside = number, match.group(1)


def is_scope(lines, opening, indent):
    """Whether the block that opens here belongs to a namespace or a type."""
    for line in reversed(lines[max(0, opening - 12):opening]):
        if not line.strip() or line.strip().endswith(("}", ";", ":")) and not line.strip().startswith(":"):
            return False
        if len(line) - len(line.lstrip()) == len(indent):
            return bool(NO_FUNCTION.match(line))
    return False


def violations(name, text):
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        yield 1, f"has {len(lines)} lines, more than {MOST_LINES}: does it still have one subject?"
    if not name.endswith((".h", ".cc")):
        return
    for start, length in functions(lines):
        if length > MOST_OF_A_FUNCTION:
            yield start, f"a function of {length} lines, more than {MOST_OF_A_FUNCTION}"
    if not name.startswith("solver/") or name.startswith("solver/base/"):
        return
    for number, line in enumerate(lines, start=1):
        code = line.split("//")[0]
        if PREFIX.search(code) and "min_" not in code and "header" not in code:
            yield number, "finds something by how its name begins; give its row a property or a family"
        if name.startswith(("solver/processes/mechanics", "solver/numerics/state")) and COMPONENTS.search(code):
            yield number, "writes the components of a tensor as a literal; use symmetric_components"


def check(root):
    found = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cc", ".py"):
                name = path.relative_to(root).as_posix()
                found += [f"{name}:{line}: {what}" for line, what in violations(name, path.read_text(encoding="utf-8"))]
    return found


def self_test():
    long_function = "  void f()\n  {\n" + "    g();\n" * 60 + "  }\n"
    cases = [
        ("solver/x.h", "int x;\n" * 400, 0),
        ("solver/x.h", "int x;\n" * 401, 1),
        ("solver/x.cc", long_function, 1),
        ("solver/x.cc", "namespace a\n{\n" + "int x;\n" * 70 + "}\n", 0),
        ("solver/x.cc", "  class A\n  {\n" + "    int x;\n" * 70 + "  };\n", 0),
        ("solver/x.cc", 'if (key.rfind("plla_", 0) == 0)\n', 1),
        ("solver/base/x.cc", 'if (key.rfind("plla_", 0) == 0)\n', 0),
        ("solver/processes/mechanics/x.cc", "p + i * 12\n", 1),
        ("solver/processes/mechanics/x.cc", "p + i * 12.5\n", 0),
    ]
    for name, text, expected in cases:
        got = list(violations(name, text))
        assert len(got) == expected, (name, text[:40], got)
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--self-test", action="store_true", help="check that violations are found")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    found = check(arguments.root)
    print("\n".join(found + [f"{len(found)} violation(s) of the shape."]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
