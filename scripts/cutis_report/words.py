# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Numbers, units and days as people read them."""

import math
import re

MINUS, THIN = "\N{MINUS SIGN}", "\N{NARROW NO-BREAK SPACE}"
POWERS = str.maketrans("-0123456789", "\N{SUPERSCRIPT MINUS}\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
DIGITS = 4


def number(value, digits=DIGITS):
    """Four significant digits, without an exponent between 1e-4 and 1e7: 0.7416, 89 180, 1.2 × 10⁻⁷."""
    if value is None or not math.isfinite(value):
        return "no number"
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits}g}")
    power = math.floor(math.log10(abs(rounded)))
    if not -4 <= power < 7:
        mantissa = f"{rounded / 10.0**power:.{digits}g}"
        return f"{mantissa} × 10{str(power).translate(POWERS)}".replace("-", MINUS)
    text = f"{rounded:.{max(0, digits - 1 - power)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if power >= 4:
        text = f"{int(float(text)):,}".replace(",", THIN)
    return text.replace("-", MINUS)


def change(value, digits=3):
    """A number with its sign."""
    text = number(value, digits)
    return text if text.startswith(MINUS) or not text[0].isdigit() or text == "0" else f"+{text}"


def unit(text):
    """A unit as it is printed: `1/mm^3` becomes `per mm³`, and the unit 1 nothing."""
    if text in ("", "1"):
        return ""
    text = re.sub(r"\^(-?\d+)", lambda power: power.group(1).translate(POWERS), text)
    return f"per {text[2:]}" if text.startswith("1/") else text.replace("deg", "°" if text == "deg" else "deg")


def with_unit(value, of, digits=DIGITS):
    shown = unit(of)
    return f"{number(value, digits)}{THIN if shown == '%' else ' '}{shown}" if shown else number(value, digits)


def plain(text):
    """A text of the program without the marks of Markdown."""
    return re.sub(r"`([^`]*)`", "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)


def days(time):
    return f"day {number(time, 6)}"


def listed(words):
    """`a, b and c`."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
