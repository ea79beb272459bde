# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""One HTML file that tells what a run, several runs or a study did. It needs no network and no other file.

    scripts/report results/plla                              results/plla/report.html
    scripts/report results/plla --against results/none       with untreated skin as the measure
    scripts/report results/plla results/msc results/rf --output arms.html
    scripts/report results/sweep_plla                        a folder with a sweep.csv

Fields are shown at a few times, so that the file stays small; --times and --fields choose more or others. Exit code 2 if
something is wrong with what was asked, with all reasons, and nothing is written then.
"""

import argparse
import pathlib
import sys

import cutis_main
from cutis_report import ReportError
from cutis_output import OutputError

try:
    import jinja2
except ModuleNotFoundError:
    sys.exit("Error: reports are written with Jinja2, which this Python lacks (Debian package python3-jinja2).")

from cutis_report import outcomes, pages, pictures, words
from cutis_report.knowledge import Knowledge
from cutis_report.sources import is_study, read_runs
from cutis_report.study import Study, study_page
from cutis_runs import PROGRAM

HERE = pathlib.Path(__file__).resolve().parent
TOO_LARGE = 5e6  # bytes


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=pathlib.Path, metavar="DIR", help="output folders of runs, or of one study")
    file = {"type": pathlib.Path, "metavar": "FILE.html"}
    parser.add_argument("--output", **file, help="DIR/report.html if not given; several DIR need it")
    parser.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    parser.add_argument("--title", help="the title of the run if not given")
    parser.add_argument("--against", type=pathlib.Path, metavar="DIR", help="output folder of untreated skin, the measure")
    parser.add_argument("--names", help="names of several runs, separated by commas; those of the folders if not given")
    parser.add_argument("--times", type=int, default=8, help="output times at which fields are shown, 2 to 60 (8)")
    parser.add_argument("--fields", default="", help="fields to show, separated by commas")
    parser.add_argument("--log", type=pathlib.Path, metavar="FILE", help="what the run printed; DIR.log if not given")
    parser.add_argument("--program", type=pathlib.Path, help="the program that describes parameters and columns (build/cutis)")
    return parser.parse_args()


def check(options):
    """(runs by name or a Study, problems). Everything is looked at before anything is said."""
    runs, problems = read_runs(options.folders)
    against, of_against = read_runs([options.against] if options.against else [])
    problems += of_against
    options.companion = against[0] if against else None
    studies = [folder for folder in options.folders if is_study(folder)]
    if studies and len(options.folders) > 1:
        problems.append(f"{studies[0]} is a study, which has a report of its own; name it alone.")
    names = options.names.split(",") if options.names else [folder.resolve().name for folder in options.folders]
    if len(names) != len(options.folders) or len(set(names)) != len(names) or "" in names:
        count = len(options.folders)
        problems.append(f"{count} folder(s) need as many different names: --names A,B,... (now {', '.join(names)}).")
    problems += output_problems(options)
    if not 2 <= options.times <= 60:
        problems.append(f"--times {options.times} is out of range; expected 2 to 60.")
    if options.log and not options.log.is_file():
        problems.append(f"There is no log {options.log}.")
    options.fields = [name.strip() for name in options.fields.split(",") if name.strip()]
    there = [run for run in runs if run is not None]
    problems += field_problems(options, there)
    if options.companion is not None and not of_against:
        problems += outcomes.problems_of_companion(there, options.companion)
    return (Study(options.folders[0]) if studies and not problems else dict(zip(names, runs))), problems


def output_problems(options):
    if options.output is None:
        if len(options.folders) > 1:
            return ["Several folders need the name of the file: --output FILE.html."]
        options.output = options.folders[0] / "report.html"
    if options.output.is_dir():
        return [f"{options.output} is a folder; --output names a file."]
    if options.output.exists() and not options.overwrite:
        return [f"{options.output} is there already; --overwrite replaces it, or choose another --output."]
    if options.output.suffix.lower() not in (".html", ".htm"):
        return [f"{options.output} should end with .html, or browsers do not show it."]
    return []


def field_problems(options, runs):
    """Fields that were asked for and are not in the one run whose fields are shown."""
    if not options.fields:
        return []
    if len(runs) != 1:
        return ["--fields chooses the fields of a single run."] if len(runs) > 1 else []
    try:
        there = runs[0].fields[-1]
    except OutputError as error:
        return [f"--fields cannot be met: {error}"]
    missing = [name for name in options.fields if name not in there]
    if not missing:
        return []
    return [f"There is no field {', '.join(missing)} in {runs[0].directory}; there are: {', '.join(there.names)}."]


def write(page, options, knowledge):
    """The file, whole or not at all."""
    loader = jinja2.FileSystemLoader(HERE / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["plain"] = words.plain
    environment.globals["text_of"] = lambda name: (HERE / "templates" / name).read_text(encoding="utf-8")
    html = environment.get_template(f"{page['kind']}.html").render(**page, knowledge=knowledge)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    part = options.output.with_name(f".{options.output.name}.part")
    part.write_text(html, encoding="utf-8")
    part.replace(options.output)
    size = options.output.stat().st_size
    print(f"Report: {options.output} ({size / 1e6:.1f} MB)")
    if size > TOO_LARGE:
        print("That is much for a mail; fewer --times or --fields make it smaller.")


def report(options):
    sources, problems = check(options)
    if problems:
        raise ReportError(problems)
    knowledge = Knowledge(options.program or PROGRAM, asked_for=options.program is not None)
    pictures.use_style()
    if isinstance(sources, Study):
        page = study_page(sources, knowledge, options)
    elif len(sources) == 1:
        page = pages.run_page(next(iter(sources.values())), knowledge, options)
    else:
        page = pages.comparison_page(sources, knowledge, options)
    write(page, options, knowledge)


def main():
    try:
        report(arguments())
    except BrokenPipeError:  # which is an OSError, but not one of the files
        raise
    except (ReportError, OutputError, OSError) as error:
        for problem in error.problems if isinstance(error, ReportError) else [str(error)]:
            print(f"Error: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    cutis_main.run(main)
