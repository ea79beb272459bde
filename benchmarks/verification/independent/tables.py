# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Printing the tables, and holding them beside those in the tests."""

import pathlib
import re

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w.])")


def in_test(file, name, columns):
    """Numbers of the braced list that follows the words `name` in a test, as rows of so many columns."""
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    start = text.index("{", text.index(name))
    depth, end = 0, start
    for end in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth == 0:
            break
    words = re.sub(r"//.*|\"[^\"]*\"|\w*[A-Za-z]+\w*(?=[({])", "", text[start:end])
    return np.array([float(x) for x in NUMBER.findall(words)]).reshape(-1, columns)


def show(title, names, rows, digits=4):
    """Print a table whose first column is the day or the like."""
    width = max(digits + 6, max(len(n) for n in names) + 1)
    print(title)
    print("".join(f"{n:>{width}}" for n in names))
    for row in rows:
        print(f"{row[0]:>{width}g}" + "".join(f"{x:>{width}.{digits}f}" for x in row[1:]))


def compare(file, name, rows, rounding):
    """Print by how much the table `name` of a test file differs: of what is larger than its rounding error."""
    ours = np.asarray(rows, dtype=float)
    theirs = in_test(file, name, ours.shape[1])
    difference = np.abs(theirs - ours)
    beyond = np.maximum(difference - rounding, 0) / np.maximum(np.abs(ours), 1e-300)
    row, column = np.unravel_index(np.argmax(beyond), beyond.shape)
    print(
        f"tests/{file}, {name}: differs by at most {difference.max():.1e}; beyond its rounding by {100 * beyond.max():.2g} %"
        + (f", row {ours[row, 0]:g}, column {column + 1}: {theirs[row, column]:g} there, {ours[row, column]:.5g} here"
           if beyond.max() > 0 else "")
        + "\n"
    )
