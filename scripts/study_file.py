# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Read a study file: which parameter file, what varies, what comes out. All that is wrong with it is said at once."""

import dataclasses
import difflib
import pathlib
import re
import tomllib

from cutis_cluster import DEFAULTS, OPTIONAL
from cutis_runs import PROGRAM
from study_constants import described, read_all
from study_outcome import KINDS, OutcomeOfRun

NUMBER = (int, float)
SAMPLING = ("latin hypercube", "sobol", "morris", "sobol indices")
MOST_RUNS = 100_000


class StudyError(Exception):
    """The study cannot be run as it is written; `problems` are sentences, each with its place; `ran` what was run before that."""

    def __init__(self, problems, ran="nothing was run"):
        super().__init__("\n".join(problems))
        self.problems = problems
        self.ran = ran


@dataclasses.dataclass(frozen=True)
class Level:
    """One of the values that a factor takes."""

    text: str
    settings: tuple = ()
    includes: tuple = ()
    parameters: pathlib.Path = None


@dataclasses.dataclass(frozen=True)
class Range:
    """A parameter between two values, spaced evenly by itself or by its logarithm."""

    path: str
    low: float
    high: float
    unit: str = ""
    log: bool = False
    n: int = 0

    def at(self, share):
        """The value at a share of the way from low to high."""
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + (self.high - self.low) * share

    def text(self, share):
        return f"{self.at(share):.10g} {self.unit}".strip()


@dataclasses.dataclass
class Sample:
    method: str = ""
    n: int = 0
    seed: int = 1
    ranges: list = dataclasses.field(default_factory=list)
    correlation: object = None  # of ranks, a matrix


@dataclasses.dataclass
class Study:
    file: pathlib.Path
    title: str = ""
    parameters: pathlib.Path = None
    folder: pathlib.Path = None
    ranks: int = 1
    settings: dict = dataclasses.field(default_factory=dict)
    factors: dict = dataclasses.field(default_factory=dict)  # name -> levels
    sample: Sample = None
    outcomes: dict = dataclasses.field(default_factory=dict)
    slurm: dict = dataclasses.field(default_factory=dict)
    fit: object = None  # study_fit_file.Fit


def nearest(word, words):
    close = difflib.get_close_matches(word, words, 1, 0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; known are {', '.join(words)}."


def kind_of(value):
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list", dict: "a table"}
    return names.get(type(value), type(value).__name__)


class Reader:
    """Takes a study apart, and collects what is wrong instead of stopping at it."""

    def __init__(self, file, program=PROGRAM):
        self.file = pathlib.Path(file)
        self.program = program
        self.problems = []
        self._described = None
        self.study = Study(self.file)

    def say(self, place, sentence):
        self.problems.append(f"{self.file}: {place}: {sentence}" if place else f"{self.file}: {sentence}")

    def choice_of(self, place, word, words):
        self.say(place, f"'{word}' is not one of the choices{nearest(word, list(words))}")

    def keys(self, place, table, known):
        for key in table:
            if key not in known:
                self.say(f"{place}.{key}".lstrip("."), f"there is no such key{nearest(key, list(known))}")

    def take(self, place, table, key, types, expected, default=None, required=False):
        """A value of a table; the default, with a sentence, if it is missing though it must be there or of another type."""
        where = f"{place}.{key}".lstrip(".")
        if key not in table:
            if required:
                self.say(where, f"is missing; expected {expected}.")
            return default
        value = table[key]
        if isinstance(value, types) and (not isinstance(value, bool) or types is bool):
            return value
        self.say(where, f"{value!r} is {kind_of(value)}; expected {expected}.")
        return default

    def whole(self, place, table, key, low, high, default=None, required=False):
        value = self.take(place, table, key, int, f"a whole number from {low} to {high}", default, required)
        if value is not None and key in table and isinstance(table[key], int) and not low <= value <= high:
            self.say(f"{place}.{key}".lstrip("."), f"{value} is out of range; expected {low} to {high}.")
            return default
        return value

    def path(self, place, text):
        """A parameter file, which counts from the folder of the study."""
        path = (self.file.parent / pathlib.Path(text).expanduser()).resolve()
        if not path.is_file():
            others = [other.name for other in path.parent.glob("*.prm")] if path.parent.is_dir() else []
            close = difflib.get_close_matches(path.name, others, 1, 0.5)
            self.say(place, f"there is no parameter file {path}" + (f"; did you mean '{close[0]}'?" if close else "."))
        return path

    def value(self, place, value):
        """A value of a parameter as the solver reads it."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (str, *NUMBER)):
            return value if isinstance(value, str) else repr(value)
        self.say(place, f"{value!r} is {kind_of(value)}; expected a text, a number, true or false.")
        return ""

    def settings(self, place, table):
        if not isinstance(table, dict):
            self.say(place, f"is {kind_of(table)}; expected a table of parameters, such as \"Time/End\" = \"365 d\".")
            return {}
        return {path: self.value(f"{place}.{path}", value) for path, value in table.items()}

    def range(self, place, path, table, with_n):
        known = ("from", "to", "unit", "scale", *(("n",) if with_n else ()))
        before = len(self.problems)
        self.keys(place, table, known)
        low = self.take(place, table, "from", NUMBER, "a number", required=True)
        high = self.take(place, table, "to", NUMBER, "a number", required=True)
        unit = self.take(place, table, "unit", str, "a text such as \"mg\"", "")
        scale = self.take(place, table, "scale", str, "\"linear\" or \"log\"", "linear")
        n = self.whole(place, table, "n", 2, MOST_RUNS, 2, required=True) if with_n else 0
        if scale not in ("linear", "log"):
            self.say(f"{place}.scale", f"'{scale}' is not one of the choices{nearest(scale, ['linear', 'log'])}")
        if len(self.problems) > before:
            return None
        if not low < high or scale == "log" and low <= 0:
            wanted = "0 < from < to on a logarithmic scale" if scale == "log" else "from < to"
            self.say(place, f"goes from {low:g} to {high:g}; expected {wanted}.")
            return None
        return Range(path, float(low), float(high), unit, scale == "log", n)

    def choice(self, place, label, table):
        """A level that is more than one value: an intervention, a skin, an assumption."""
        if not isinstance(table, dict):
            self.say(place, f"is {kind_of(table)}; expected a table with `parameters`, `include` or `set`.")
            return Level(label)
        self.keys(place, table, ("parameters", "include", "set"))
        base = self.take(place, table, "parameters", str, "the name of a parameter file")
        include = self.take(place, table, "include", (str, list), "a file, or a list of files", [])
        files = [include] if isinstance(include, str) else include
        if any(not isinstance(file, str) for file in files):
            self.say(f"{place}.include", "is not a list of files.")
            files = []
        return Level(
            label,
            tuple(self.settings(f"{place}.set", table.get("set", {})).items()),
            tuple(self.path(f"{place}.include", file) for file in files),
            self.path(f"{place}.parameters", base) if base else None,
        )

    def factor(self, name, what):
        place = f"factors.{name}"
        if isinstance(what, list):
            texts = [self.value(place, value) for value in what]
            if not texts:
                self.say(place, "has no values.")
            for text in sorted({text for text in texts if texts.count(text) > 1}):
                self.say(place, f"has the value {text} more than once.")
            return [Level(text, ((name, text),)) for text in texts]
        if not isinstance(what, dict):
            self.say(place, f"is {kind_of(what)}; expected a list, a range (from, to, n), or a table of choices.")
            return []
        if any(isinstance(value, dict) for value in what.values()):
            return [self.choice(f"{place}.{label}", label, table) for label, table in what.items()]
        spread = self.range(place, name, what, with_n=True)
        texts = [spread.text(k / (spread.n - 1)) for k in range(spread.n)] if spread else []
        return [Level(text, ((name, text),)) for text in texts]

    def read_sample(self, table):
        if not isinstance(table, dict):
            return self.say("sample", f"is {kind_of(table)}; expected a table.")
        self.keys("sample", table, ("method", "n", "seed", "range", "all", "correlation"))
        method = self.take("sample", table, "method", str, " or ".join(f'"{m}"' for m in SAMPLING), SAMPLING[0], True)
        if method not in SAMPLING:
            self.say("sample.method", f"'{method}' is not one of the choices{nearest(method, list(SAMPLING))}")
        n = self.whole("sample", table, "n", 2, MOST_RUNS, 2, required=True)
        if method.startswith("sobol") and n & (n - 1):
            below = 1 << n.bit_length() - 1
            self.say("sample.n", f"{n} is no power of two, and only those points of a Sobol' sequence are balanced; take {below} or {2 * below}.")
        ranges = self.take("sample", table, "range", dict, "a table for each parameter, [sample.range.\"PLLA/Dose\"]", {}, "all" not in table)
        read = [self.read_range(f"sample.range.{path}", path, what) for path, what in ranges.items()]
        read += read_all(self, table["all"]) if "all" in table else []
        sample = Sample(method, n, self.whole("sample", table, "seed", 0, 2**31, 1), [r for r in read if r])
        drawn = any(isinstance(what, dict) and "distribution" in what for what in ranges.values())
        if (drawn or "correlation" in table) and method not in ("latin hypercube", "sobol"):
            self.say("sample.method", f"'{method}' takes ranges without distributions; expected \"latin hypercube\" or \"sobol\".")
        elif "correlation" in table and all(read):
            from study_distribution import read_correlation  # NumPy; not where a study needs none

            sample.correlation = read_correlation(self, table["correlation"], sample.ranges)
        self.study.sample = sample

    def read_range(self, place, path, what):
        if not isinstance(what, dict):
            return self.say(place, f"is {kind_of(what)}; expected a table with `from` and `to`, or with `distribution`.")
        if "distribution" not in what:
            return self.range(place, path, what, with_n=False)
        from study_distribution import read_distribution

        known = self.described(place)
        if known and path not in known:
            return self.choice_of(place, path, known)
        return read_distribution(self, place, path, what, known[path]) if known else None

    def read_fit(self, table):
        from study_fit_file import read_fit  # SciPy; not where a study needs none

        read_fit(self, table)
        for other, there in (("sample", self.study.sample), ("outcomes", self.study.outcomes)):
            if there:
                self.say(other, "has no place beside [fit]: what varies and what comes out is said there.")

    def described(self, place):
        """What the program says of its parameters, by their paths; empty, with a sentence, if it says nothing."""
        if self._described is None:
            try:
                self._described = {parameter["path"]: parameter for parameter in described(self.program)}
            except (OSError, ValueError) as error:
                self.say(place, f"the program {self.program} does not describe its parameters: {error}.")
                self._described = {}
        return self._described

    def read_outcomes(self, table):
        for name, what in table.items():
            place = f"outcomes.{name}"
            if not isinstance(what, dict):
                self.say(place, f"is {kind_of(what)}; expected a table with `column` and `take`.")
                continue
            self.keys(place, what, ("column", "take", "day", "above", "below"))
            column = self.take(place, what, "column", str, "a column of timeseries.csv", "", True)
            take = self.take(place, what, "take", str, " or ".join(KINDS), "final", True)
            if take not in KINDS:
                self.say(f"{place}.take", f"'{take}' is not one of the choices{nearest(take, list(KINDS))}")
                continue
            wanted = [key for key in KINDS[take] if key in what]
            if KINDS[take] and len(wanted) != 1:
                self.say(place, f"`take = \"{take}\"` needs {' or '.join(f'`{key}`' for key in KINDS[take])}.")
                continue
            for key in ("day", "above", "below"):
                if key in what and key not in KINDS[take]:
                    self.say(f"{place}.{key}", f"says nothing with `take = \"{take}\"`.")
            limit = self.take(place, what, wanted[0], NUMBER, "a number", 0) if wanted else None
            self.study.outcomes[name] = OutcomeOfRun(name, column, take, wanted[0] if wanted else "", limit)

    def read_slurm(self, table):
        self.keys("slurm", table, (*DEFAULTS, *OPTIONAL))
        for key, value in table.items():
            whole = isinstance(DEFAULTS.get(key), int)
            if whole:
                self.whole("slurm", table, key, 1, MOST_RUNS)
            else:
                self.take("slurm", table, key, str, "a text")
        if "launcher" in table and "{ranks}" not in str(table["launcher"]):
            self.say("slurm.launcher", "does not say where the number of ranks goes; expected such as \"srun --mpi=pmix -n {ranks}\".")
        self.study.slurm = table

    def check_clashes(self):
        """A parameter has one value: it is set by one of settings, factors and sample."""
        setters = [("set", path) for path in self.study.settings]
        for name, levels in self.study.factors.items():
            setters += [(f"factors.{name}", path) for path in dict.fromkeys(p for level in levels for p, _ in level.settings)]
        setters += [("sample.range", r.path) for r in (self.study.sample.ranges if self.study.sample else [])]
        setters += [("fit.constant", c.path) for c in (self.study.fit.constants if self.study.fit else [])]
        by_path = {}
        for place, path in setters:
            by_path.setdefault(re.sub(r"\s*/\s*", "/", path.strip()).lower(), []).append((place, path))
        for places in by_path.values():
            if len(places) > 1:
                self.say(places[0][1], f"is set more than once, by {' and by '.join(place for place, _ in places)}.")
        bases = [name for name, levels in self.study.factors.items() if any(level.parameters for level in levels)]
        if len(bases) > 1:
            self.say("", f"{' and '.join(f'factors.{name}' for name in bases)} both choose `parameters`; only one factor may.")
        for name in bases:
            if self.study.parameters is None and not all(level.parameters for level in self.study.factors[name]):
                self.say(f"factors.{name}", "chooses `parameters` for some levels only, and the study has none for the others.")
        if self.study.parameters is None and not bases:
            self.say("parameters", "is missing; expected the name of a parameter file.")
        columns = [*self.study.factors, *(r.path for r in (self.study.sample.ranges if self.study.sample else []))]
        for name in self.study.outcomes:
            if name in columns or name in ("run", "state", "exit code", "message"):
                self.say(f"outcomes.{name}", "is the name of another column of the table; choose another one.")

    def read(self):
        try:
            table = tomllib.loads(self.file.read_text(encoding="utf-8"))
        except OSError as error:
            raise StudyError([f"{self.file}: the study cannot be read: {error.strerror}."]) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise StudyError([f"{self.file}: this is not TOML: {error}."]) from error
        study = self.study
        self.keys("", table, ("title", "parameters", "folder", "ranks", "set", "factors", "sample", "outcomes", "slurm", "fit"))
        study.title = self.take("", table, "title", str, "a text", self.file.stem)
        base = self.take("", table, "parameters", str, "the name of a parameter file")
        study.parameters = self.path("parameters", base) if base else None
        folder = self.take("", table, "folder", str, "the name of a folder", f"results/{self.file.stem}")
        study.folder = pathlib.Path(folder).expanduser()
        study.ranks = self.whole("", table, "ranks", 1, 100_000, 1)
        study.settings = self.settings("set", table.get("set", {}))
        factors = self.take("", table, "factors", dict, "a table", {})
        study.factors = {name: self.factor(name, what) for name, what in factors.items()}
        if "sample" in table:
            self.read_sample(table["sample"])
        self.read_outcomes(self.take("", table, "outcomes", dict, "a table", {}))
        self.read_slurm(self.take("", table, "slurm", dict, "a table", {}))
        if "fit" in table:
            self.read_fit(self.take("", table, "fit", dict, "a table", {}))
        elif not study.factors and not study.sample:
            self.say("", "nothing varies: there is neither a table [factors] nor a [sample].")
        self.check_clashes()
        if self.problems:
            raise StudyError(self.problems)
        return study


def read_study(file, program=PROGRAM):
    """`program`: the one that is asked for the constants of a sample."""
    return Reader(file, program).read()
