# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What was asked of a run: skin, host, schedule, protocol, and where the parameters leave their defaults."""

from cutis_report import words
from cutis_report.sources import number_of

MARKS = {
    "published": "stands in the source that is named",
    "recalled": "quoted from memory of the source, still to be checked against it",
    "derived": "follows from a condition, mostly from other numbers",
    "assumed": "a plausible value, or tuned so that the whole behaves",
    "setting": "chosen by whoever set up the run",
}
NOT_COMPARED = ("Title", "Output/Directory")  # differ between any two runs


def interventions_of(run):
    names = [name.strip() for name in run.parameters.get("Intervention", "none").split(",")]
    return [name for name in names if name and name != "none"]


def is_on(text):
    return text.strip().lower() == "true"


def same_value(one, other):
    """Whether two texts are the same value: 24 and 24.0 are, and lists of such numbers."""
    if one == other:
        return True
    try:
        a, b = ([float(part) for part in text.split(",")] for text in (one, other))
    except ValueError:
        return False
    return len(a) == len(b) and all(abs(x - y) <= 1e-12 * max(abs(x), abs(y)) for x, y in zip(a, b))


def short_value(text):
    """Numbers of a parameter file to six digits; other values as they are."""
    parts = []
    for part in text.split(","):
        try:
            parts.append(words.number(float(part), 6))
        except ValueError:
            parts.append(part.strip())
    return ", ".join(parts)


def shown_value(text, entry):
    """A value as people read it, with its unit."""
    if text == "":
        return "empty"
    unit = words.unit(entry.get("unit", ""))
    numeric = "number" in entry.get("type", "number")
    return f"{short_value(text) if numeric else text} {unit}".strip()


def host_of(parameters, section="Host"):
    """A host in a sentence."""
    age = number_of(parameters.get(f"{section}/Age"))
    told = [f"{words.number(age)} years old at the start"]
    told.append("grows older during the run" if is_on(parameters.get(f"{section}/Ageing", "")) else "age held")
    uv = number_of(parameters.get(f"{section}/UV dose"))
    told.append(f"{words.number(uv)} minimal erythema doses of sun a day" if uv else "not exposed to the sun")
    told.append("smoker" if is_on(parameters.get(f"{section}/Smoker", "")) else "non-smoker")
    perfusion = number_of(parameters.get(f"{section}/Perfusion"), 1.0)
    if perfusion != 1:
        told.append(f"perfusion {words.number(perfusion)} of healthy skin")
    return ", ".join(told)


def patch_of(run):
    """The piece of skin in a sentence."""
    p = run.parameters
    if p.get("Mesh/File"):
        return f"a mesh from a file, in {p.get('Mesh/Dimension', '?')} dimensions"
    size = f"{words.number(number_of(p.get('Mesh/Width')))} mm wide"
    cells = f"cells of {words.number(number_of(p.get('Mesh/Cell size')))} mm"
    if run.is_plane():
        return f"a depth section, {size}, {cells}; masses and volumes are those of a slice of 1 mm"
    return f"a block, {size} and {words.number(number_of(p.get('Mesh/Length')))} mm long, {cells}"


def layers_of(run):
    """(name, thickness [mm], content) of the layers from the surface downwards."""
    rows = []
    for layer in run.layers():
        values = [run.parameters.get(f"Skin/{layer}/{name}", "") for name in ("Thickness", "Content")]
        rows.append((layer, *(words.number(number_of(value)) if value else "" for value in values)))
    return rows


def asked(run, knowledge, status):
    """Rows (name, value) of what was asked."""
    names = interventions_of(run)
    titles = [knowledge.interventions.get(name, {}).get("meaning", name) for name in names]
    rows = [("Title", run.title), ("What was done", "; ".join(titles) or "nothing; only ageing acts")]
    rows.append(("Person", host_of(run.parameters)))
    if run.parameters.get("Other site/Along width"):
        rows.append(("Second site", host_of(run.parameters, "Other site")))
    rows.append(("Piece of skin", patch_of(run)))
    years = f" ({words.number(status.end / 365.25, 3)} years)" if status.end > 365 else ""
    rows.append(("Time", f"{words.number(status.end)} days{years}"))
    network = run.parameters.get("Network", "dermis")
    rows.append(("Model", f"network '{network}', " + ("tissue deforms" if mechanics_of(run) else "tissue does not deform")))
    return rows


def mechanics_of(run):
    return is_on(run.parameters.get("Mechanics/Enabled", ""))


def protocols(run, knowledge, chosen):
    """Of each intervention its title and the rows (name, value, meaning) of its protocol: the `chosen` and what was changed."""
    found = []
    for name in interventions_of(run):
        section = knowledge.section_of(name)
        rows = []
        for path, value in run.parameters.items():
            place, _, parameter = path.rpartition("/")
            entry = knowledge.parameters.get(path, {})
            if place.lower() != section.lower() or value == "":
                continue
            other = entry.get("provenance") == "setting" and not same_value(value, entry["default"])
            if other or parameter in chosen.get(place, ()):
                rows.append((parameter, shown_value(value, entry), entry.get("text", "")))
        found.append((knowledge.interventions.get(name, {}).get("meaning", name), rows))
    return found


UNITS_OF_AMOUNTS = {"mg": "mg", "J": "J", "mm": "mm", "mm2": "mm²", "mm3": "mm³", "ng": "ng", "degC": "°C", "mL": "mL"}


def amount_label(key):
    """`injected_mg` becomes `injected [mg]`."""
    name, _, last = key.rpartition("_")
    if name and last in UNITS_OF_AMOUNTS:
        return f"{name.replace('_', ' ')} [{UNITS_OF_AMOUNTS[last]}]"
    return key.replace("_", " ")


def ledger(run):
    """(columns, rows) of the sessions that took place, with what each brought; no rows if the run tells of none."""
    sessions = run.summary.get("sessions", [])
    fixed = ("time", "intervention", "session")
    keys = list(dict.fromkeys(key for session in sessions for key in session if key not in fixed))
    rows = []
    for session in sessions:
        amounts = [words.number(session[key]) if key in session else "" for key in keys]
        rows.append([words.number(session["time"]), session["intervention"].replace("_", " "), session["session"], *amounts])
    return ["day", "intervention", "session", *map(amount_label, keys)], rows


def differences(run, knowledge):
    """Parameters that are not at their defaults, as rows of a table; and those that the program does not know."""
    rows, unknown = [], []
    for path, value in run.parameters.items():
        entry = knowledge.parameters.get(path)
        if entry is None:
            unknown.append(path)
        elif path not in NOT_COMPARED and not same_value(value, entry["default"]):
            rows.append(
                {
                    "path": path,
                    "value": shown_value(value, entry),
                    "default": shown_value(entry["default"], entry),
                    "unit": words.unit(entry["unit"]),
                    "mark": entry["provenance"],
                    "source": entry["source"],
                    "meaning": entry["text"],
                }
            )
    return rows, unknown if knowledge.parameters else []


def sections_in_force(run, knowledge):
    """Sections whose constants act in this run: its network, its interventions, and mechanics if it is on."""
    sections = [f"Network/{run.parameters.get('Network', 'dermis')}/"]
    sections += [f"{section}/" for section in map(knowledge.section_of, interventions_of(run))]
    sections += ["Mechanics/"] if mechanics_of(run) else []
    if {"wound", "rf_microneedling"} & set(interventions_of(run)):
        sections.append("Network/repair/")
    return tuple(section.lower() for section in sections)


def marks_in_force(run, knowledge):
    """How many of the constants that act in this run bear each mark, settings left out."""
    counts = dict.fromkeys((mark for mark in MARKS if mark != "setting"), 0)
    sections = sections_in_force(run, knowledge)
    for path, entry in knowledge.parameters.items():
        if path.lower().startswith(sections) and entry["provenance"] in counts:
            counts[entry["provenance"]] += 1
    return counts


def settings_that_differ(runs, knowledge):
    """Rows (path, unit, values by run) of parameters that are not the same in all runs."""
    paths = dict.fromkeys(path for run in runs for path in run.parameters)
    rows = []
    for path in paths:
        values = [run.parameters.get(path) for run in runs]
        first = values[0]
        if path in NOT_COMPARED or all(v is not None and first is not None and same_value(v, first) for v in values):
            continue
        entry = knowledge.parameters.get(path, {})
        acts = [section_acts(path, run, knowledge) for run in runs]
        if any(acts):
            shown = ["not there" if v is None else shown_value(v, entry) for v in values]
            rows.append((path, entry.get("text", ""), [value if on else "–" for value, on in zip(shown, acts)]))
    return rows


def section_acts(path, run, knowledge):
    """Whether a parameter acts in a run: those of interventions that are not in force do not."""
    section = path.split("/")[0].lower()
    others = {knowledge.section_of(name).lower() for name in knowledge.interventions if name != "none"}
    return section not in others or section in {knowledge.section_of(name).lower() for name in interventions_of(run)}
