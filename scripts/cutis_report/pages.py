# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the pages of a run and of a comparison show, gathered for the templates."""

from cutis_report import checks, columns, curves, limits, maps, outcomes, settings, words
from cutis_report.sources import status_of


SKIN = ("Mesh/Dimension", "Mesh/Width", "Mesh/Length", "Mesh/Depth", "Mesh/File", "Skin/", "Host/", "Other site/")


def run_page(run, knowledge, options):
    """Everything on the page of one run."""
    status = status_of(run)
    companion = options.companion
    series = [run.timeseries]
    main = list(columns.chosen_figures(series, knowledge))
    taken = {column for figure in main for column in figure.columns}
    more = list(columns.remaining_figures(series, knowledge, taken))
    drawn = {column for figure in main + more for column in figure.columns}
    of_run, always = limits.limits_met(run, knowledge, companion is not None)
    rows, files = checks.provenance(run, knowledge)
    changed, unknown = settings.differences(run, knowledge)

    def pictures_of(figures):
        groups = columns.in_groups(figures)
        return [(title, [curves.of_run(figure, run, companion) for figure in group]) for title, group in groups]

    return {
        "kind": "run",
        "title": options.title or run.title,
        "status": status,
        "short": outcomes.in_short(run, companion),
        "asked": settings.asked(run, knowledge, status),
        "layers": settings.layers_of(run),
        "protocols": settings.protocols(run, knowledge, columns.arrangement()["protocol"]),
        "ledger": settings.ledger(run),
        "notes": notes_of(run),
        "plane": run.is_plane(),
        "outcomes": outcomes.table(run, companion),
        "companion": companion,
        "companion_differs": companion_differences(run, companion, knowledge),
        "figures": pictures_of(main),
        "more": pictures_of(more),
        "constants": columns.constants_of(run.timeseries, drawn),
        "sessions": run.sessions(),
        "fields": maps.draw(run, knowledge, options.times, options.fields),
        "differences": changed,
        "unknown": unknown,
        "marks": settings.MARKS,
        "counts": settings.marks_in_force(run, knowledge),
        "checks": checks.checks_of(run, status, options.log),
        "provenance": rows,
        "files": files,
        "limits": of_run,
        "always": always,
    }


def notes_of(run):
    """How a run says that its numbers are to be read."""
    accounts = run.summary.get("interventions", {})
    return [f"{name}: {note}" for name, account in accounts.items() for note in account.get("notes", [])]


def companion_differences(run, companion, knowledge):
    """Parameters besides what is done to the skin that differ from the companion's, which then is no fair measure."""
    if companion is None:
        return []
    done = {knowledge.section_of(name).lower() for one in (run, companion) for name in settings.interventions_of(one)}
    rows = settings.settings_that_differ([run, companion], knowledge)
    return [row for row in rows if row[0] != "Intervention" and row[0].split("/")[0].lower() not in done]


def comparison_page(runs, knowledge, options):
    """Everything on the page of several runs, by their names."""
    names, all_runs = list(runs), list(runs.values())
    series = [run.timeseries for run in all_runs]
    main = list(columns.chosen_figures(series, knowledge))
    groups = []
    for title, group in columns.in_groups(main):
        groups.append((title, [curves.of_runs(f, c, runs, options.companion) for f in group for c in f.curves]))
    drawn = {column for figure in main for column in figure.columns}
    rest = sorted({c for one in series for c in one if c not in drawn and columns.changing_in([one], c)})
    met = {}
    for name, run in runs.items():
        of_run, always = limits.limits_met(run, knowledge, options.companion is not None)
        for sentence in of_run:
            met.setdefault(sentence, []).append(name)
    statuses = {name: status_of(run) for name, run in runs.items()}
    return {
        "kind": "comparison",
        "title": options.title or f"Comparison of {words.listed(names)}",
        "names": names,
        "titles": [run.title for run in all_runs],
        "folders": [run.directory.name for run in all_runs],
        "statuses": statuses,
        "shorts": {name: outcomes.in_short(run, options.companion)[:2] for name, run in runs.items()},
        "table": comparison_table(runs, options.companion),
        "companion": options.companion,
        "common": common_day(runs, options.companion),
        "differences": settings.settings_that_differ(all_runs, knowledge),
        "other_skin": [row[0] for row in settings.settings_that_differ(all_runs, knowledge) if row[0].startswith(SKIN)],
        "figures": groups,
        "rest": rest,
        "checks": {name: checks.checks_of(run, statuses[name]) for name, run in runs.items()},
        "provenance": {name: checks.provenance(run, knowledge)[0] for name, run in runs.items()},
        "limits": [(sentence, source, who) for (sentence, source), who in met.items()],
        "always": always,
    }


def comparison_table(runs, companion):
    """Rows (label, unit, cells by run); a cell has the final value, its change, the largest value and its day."""
    tables = {name: {row.column: row for row in outcomes.table(run, companion)} for name, run in runs.items()}
    rows = []
    for entry in outcomes.outcome_entries(list(runs.values())):
        cells = [tables[name].get(entry["column"]) for name in runs]
        if any(cells):
            rows.append((entry["label"], entry["unit"], cells))
    return rows


def common_day(runs, companion):
    """Outcomes on the last day that all runs have, where they end on different days; else None."""
    ends = {float(run.timeseries.index[-1]) for run in runs.values()}
    if len(ends) == 1:
        return None
    rows = []
    for entry in outcomes.outcome_entries(list(runs.values())):
        cells = [outcomes.on_day(run, companion, entry, min(ends)) for run in runs.values()]
        if any(cells):
            rows.append((entry["label"], entry["unit"], cells))
    return {"day": min(ends), "rows": rows}
