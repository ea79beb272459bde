#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Attack the program, and see whether every attempt ends in a sentence and whole results.

    scripts/python tests/robustness/attack.py build/cutis                 everything, as often as a release deserves
    scripts/python tests/robustness/attack.py build/cutis --times 3 kill  one attack, three times

An attempt has held if the program ended by itself within its time with an exit code of its own (0 done, 1 failed,
2 bad input, 3 interrupted), never by a signal and never `unexpectedly`; after a kill or a signal the run must be
resumed to the rows of one that was left alone, byte for byte. Exit code 1 if one attempt has not held; its input is kept
and named. The first attempts of each attack are the same every time, so that a failure can be repeated (--seed).
"""

import argparse
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "program"))
import test_program as program  # noqa: E402

LONGEST = 60.0  # s, of a run of the small case under load
OWN_CODES = (0, 1, 2, 3)
SMALL_STEPS = ["--set=Time/Largest step=0.25 d", "--set=Checkpoint/Every=1e-6 min"]


class Attacker:
    def __init__(self, cutis, mpiexec, seed):
        self.cutis, self.mpiexec, self.random = str(cutis), mpiexec, random.Random(seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-attack-"))
        self.file = self.folder / "small.prm"
        self.file.write_text(program.SMALL)
        self.failures = []

    def call(self, *arguments, limit=LONGEST, **options):
        """(exit code, what was said); the code is None if the time was up."""
        command = [self.cutis, *map(str, arguments)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=limit, cwd=self.folder, **options)
        except subprocess.TimeoutExpired as expired:
            return None, str(expired)
        return done.returncode, (done.stdout + done.stderr).decode(errors="replace")

    def judge(self, name, code, said, kept=None, codes=OWN_CODES):
        held = code in codes and "unexpectedly" not in said
        if held and code in (1, 2) and not said.strip():
            held = False  # a failure without a word
        if not held:
            self.failures.append(f"{name}: exit {code}: {said.strip()[-300:]}" + (f" (input: {kept})" if kept else ""))
        return held

    def reference(self):
        folder = self.folder / "whole"
        if not folder.exists():
            code, said = self.call("run", self.file, "--output", folder, *SMALL_STEPS)
            assert code == 0, said
        return (folder / "timeseries.csv").read_bytes()

    def finish(self, name, folder):
        """Repeat the one command until it is done, and compare."""
        for _ in range(3):
            code, said = self.call("run", self.file, "--output", folder, "--continue", *SMALL_STEPS)
            if code == 0:
                break
        same = code == 0 and (folder / "timeseries.csv").read_bytes() == self.reference()
        if not same:
            self.failures.append(f"{name}: the resumed run differs, or ends with {code}: {said[-300:]} (in {folder})")
        else:
            shutil.rmtree(folder)

    def begin(self, folder, ranks=None):
        command = [self.cutis, "run", str(self.file), "--output", str(folder), "--continue", *SMALL_STEPS]
        if ranks:
            command = [self.mpiexec, "-np", str(ranks), *command]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def duration(self):
        self.reference()
        begin = time.monotonic()
        self.call("run", self.file, "--output", self.folder / "timed", *SMALL_STEPS)
        shutil.rmtree(self.folder / "timed", ignore_errors=True)
        return time.monotonic() - begin


def kill(attacker, times):
    """SIGKILL at random moments, then --continue."""
    lasts = attacker.duration()
    for n in range(times):
        folder = attacker.folder / f"kill{n}"
        for _ in range(2):
            process = attacker.begin(folder)
            time.sleep(attacker.random.uniform(0.0, lasts))
            process.kill()
            process.wait()
        attacker.finish(f"kill {n}", folder)


def stop(attacker, times):
    """SIGUSR1 to the launcher of two ranks, or SIGTERM to one process, at random moments."""
    lasts = attacker.duration()
    for n in range(times):
        folder = attacker.folder / f"stop{n}"
        alone = n % 2 == 0
        process = attacker.begin(folder, None if alone else 2)
        wait = attacker.random.uniform(0.3 * lasts, lasts)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM if alone else signal.SIGUSR1)
        code = process.wait(LONGEST)
        if folder.exists():  # else the signal came before the program had begun
            attacker.judge(f"stop {n} after {wait:.2f} s", code, "", codes=(0, 3))
        # Two ranks round otherwise: only the rows before are compared by the run itself.
        if alone:
            attacker.finish(f"stop {n}", folder)


def mutate(text, generator):
    """Some bytes changed, removed, doubled or exchanged, by line or one by one."""
    data = bytearray(text)
    for _ in range(generator.choice((1, 1, 2, 5))):
        at = generator.randrange(len(data))
        length = generator.choice((1, 1, 3, 20, 200))
        kind = generator.randrange(5)
        if kind == 0:
            data[at] = generator.randrange(256)
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length]
        elif kind == 3:
            data[at : at + 1] = generator.choice((b"-", b"1e300", b"nan", b",", b"\n", b"0", b'"', b"#", b" ", b"\\"))
        else:
            other = generator.randrange(len(data))
            data[at : at + length], data[other : other + length] = data[other : other + length], data[at : at + length]
        if not data:
            data = bytearray(b"\n")
    return bytes(data)


def prm(attacker, times):
    """Mutated parameter files, checked."""
    originals = [path.read_bytes() for path in sorted((ROOT / "parameters").glob("*.prm"))]
    for n in range(times):
        file = ROOT / "parameters" / f".attack-{os.getpid()}.prm"  # includes are found from here
        try:
            file.write_bytes(mutate(attacker.random.choice(originals), attacker.random))
            code, said = attacker.call("check", file)
            if not attacker.judge(f"prm {n}", code, said, attacker.folder / f"bad{n}.prm"):
                shutil.copy(file, attacker.folder / f"bad{n}.prm")
        finally:
            file.unlink(missing_ok=True)


def msh(attacker, times):
    """Mutated meshes, checked."""
    originals = [p for p in sorted((ROOT / "tests" / "mesh" / "data").glob("*.msh"))]
    for n in range(times):
        original = attacker.random.choice(originals)
        file = attacker.folder / f"mesh{n}.msh"
        file.write_bytes(mutate(original.read_bytes(), attacker.random))
        dimension = 3 if "box" in original.name else 2
        settings = [f"--set=Mesh/File={file}", f"--set=Mesh/Dimension={dimension}", "--set=Intervention=none"]
        code, said = attacker.call("check", attacker.file, *settings)
        if attacker.judge(f"msh {n}", code, said, file):
            file.unlink()


def checkpoint(attacker, times):
    """Damaged checkpoints, resumed."""
    attacker.reference()
    for n in range(times):
        folder = attacker.folder / f"checkpoint{n}"
        shutil.copytree(attacker.folder / "whole", folder)
        files = sorted(f for f in (folder / "checkpoint").rglob("*") if f.is_file())
        victim = attacker.random.choice(files)
        if attacker.random.random() < 0.2:
            victim.unlink()
        else:
            victim.write_bytes(mutate(victim.read_bytes() or b"\n", attacker.random))
        code, said = attacker.call(
            "run", attacker.file, "--output", folder, "--resume", *SMALL_STEPS, "--set", "Time/End=28.5 d"
        )
        if attacker.judge(f"checkpoint {n} ({victim.relative_to(folder)})", code, said, folder):
            shutil.rmtree(folder)


def disk(attacker, times):
    """A file system that becomes full, at sizes from nothing to enough."""
    place = attacker.folder / "disk"
    place.mkdir()
    for n in range(times):
        size = 40000 + n * 600000 // max(1, times - 1)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
        if mounted.returncode != 0:
            print("  disk: a small file system cannot be mounted here (root is needed); left out")
            return
        try:
            code, said = attacker.call("run", attacker.file, "--output", place / "run", *SMALL_STEPS)
            attacker.judge(f"disk of {size} bytes", code, said)
            if code == 1 and "No space left" not in said and "cannot take" not in said:
                attacker.failures.append(f"disk of {size} bytes: the reason is not named: {said[-300:]}")
        finally:
            subprocess.run(["umount", place], check=False)


def ranges(attacker, times):
    """Constants at the ends of their ranges, checked."""
    described = attacker.call("describe", "parameters", "--format", "json")[1]
    paths = re.findall(r'"path": "([^"]+)"', described)
    for n in range(times):
        path = attacker.random.choice(paths)
        value = attacker.random.choice(("0", "1e300", "-1e300", "1e-300", "1e20", "1", "1e5"))
        code, said = attacker.call("check", attacker.file, "--set", f"{path}={value}")
        attacker.judge(f"{path} = {value}", code, said)


ATTACKS = {
    "kill": (kill, 20),
    "stop": (stop, 20),
    "prm": (prm, 500),
    "msh": (msh, 500),
    "checkpoint": (checkpoint, 200),
    "disk": (disk, 10),
    "ranges": (ranges, 200),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cutis", type=pathlib.Path)
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"of {', '.join(ATTACKS)}; all if none is given")
    parser.add_argument("--times", type=int, help="attempts of each attack")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mpiexec", default="mpiexec")
    options = parser.parse_args()
    unknown = set(options.attacks) - set(ATTACKS)
    if unknown:
        parser.error(f"there is no attack {', '.join(unknown)}")
    attacker = Attacker(options.cutis.resolve(), options.mpiexec, options.seed)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for name in options.attacks or ATTACKS:
        attack, times = ATTACKS[name]
        before, begin = len(attacker.failures), time.monotonic()
        attack(attacker, options.times or times)
        failed = len(attacker.failures) - before
        print(f"{name}: {options.times or times} attempts, {failed} not held, {time.monotonic() - begin:.0f} s", flush=True)
    for failure in attacker.failures:
        print("FAILED", failure)
    if not attacker.failures:
        shutil.rmtree(attacker.folder, ignore_errors=True)
    sys.exit(1 if attacker.failures else 0)


if __name__ == "__main__":
    main()
