"""The campaign sheet of DCID 2.0: what each side of a dyad did within a month, by cyber and by other means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from cybercoercion.fit.importing.columns import Columns, Unread, columns
from cybercoercion.fit.importing.dcid import actor_class, campaign_of
from cybercoercion.fit.importing.sheet import Row, read_sheet
from cybercoercion.fit.importing.world import country
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode

SOURCE = "dcid-campaigns"


def read_dcid_campaigns(path: Path) -> Training:
    """Read the campaign sheet: one row per side of each incident.

    Facts: ``cyber`` ("yes", "no"); acts of that side (``with_military``, ``with_economic``, ``with_information``,
    ``diplomatic_threat``, ``sanctions`` and others, "yes" or "no"); where it acted by cyber means, the technical facts.
    Labels: ``objective``, ``actor``, ``concession``, ``escalation``, only where it acted by cyber means. ``about``
    holds ``incident`` (two rows share it), ``initiator_code``, ``initiator_iso``, ``victim_code``, ``victim_iso``.

    Operations that stand twice are kept and named in a note.

    Raises
    ------
    TrainingError
        when the file cannot be read or lacks columns.

    """
    table = columns(SOURCE)
    acts = {column for act in table.rest["acts"].values() for column in act["columns"]}
    sheet = read_sheet(Path(path), tuple(dict.fromkeys((*table.needed, *sorted(acts)))))
    unread = Unread()
    episodes: list[TrainingEpisode] = []
    refused = list(sheet.refused)
    for row in sheet.rows:
        code = table.cell(row, "initiator")
        if code.isdigit() and country(code) is not None:
            episodes.append(_episode(row, table, unread))
            continue
        place = f"{row.place}, {table.cell(row, 'name')[:60]!r}: {table.plain['initiator']}"
        refused.append(
            Refused(file=sheet.file, place=place, got=repr(code), allowed="a Correlates of War country code")
        )
    return Training(
        source=SOURCE,
        file=sheet.file,
        digest=sheet.digest,
        episodes=tuple(episodes),
        refused=tuple(refused),
        notes=(*unread.notes, *_repeated(episodes, table)),
    )


def _episode(row: Row, table: Columns, unread: Unread) -> TrainingEpisode:
    cyber = table.cell(row, "method") not in table.rest["no_cyber"]
    facts = {"cyber": "yes" if cyber else "no"}
    for name, act in table.rest["acts"].items():
        cells = [row.cells[column] for column in act["columns"]]
        if any(cell and cell not in table.rest["nothing"] for cell in cells):
            facts[name] = "yes"
        elif all(cells):  # a blank cell says neither
            facts[name] = "no"
        else:
            unread.count(act["columns"][cells.index("")], "")
    name = row.raw[table.plain["name"]]
    about = {"incident": table.cell(row, "id"), "name": name.strip()}
    for role, column in (("initiator", "initiator"), ("victim", "target")):
        about[f"{role}_code"] = code = table.cell(row, column)
        if (state := country(code)) is not None:
            about[f"{role}_iso"] = state.iso
    labels: dict[str, str] = {}
    if cyber:
        facts |= unread.states(row, table.facts)
        labels = {**unread.states(row, table.labels), "actor": actor_class(about["initiator_iso"])}
    identity = f"dcid-campaign-{about['incident']}-{row.number}"
    return TrainingEpisode(
        id=identity,
        source=SOURCE,
        campaign=(campaign_of(name) if cyber else "") or identity,
        start=table.date(table.cell(row, "start")),
        facts=MappingProxyType(facts),
        labels=MappingProxyType({node: Label.hard(state) for node, state in labels.items()}),
        fingerprint=row.fingerprint(SOURCE, (table.plain["id"],)),
        about=MappingProxyType(about),
    )


def _repeated(episodes: Iterable[TrainingEpisode], table: Columns) -> tuple[str, ...]:
    seen = Counter(
        (episode.about["name"], episode.about["initiator_code"], episode.about["victim_code"])
        for episode in episodes
        if episode.facts["cyber"] == "yes"
    )
    known = set(table.rest["repeated"])
    twice = sorted({name for (name, _, _), count in seen.items() if name and (count > 1 or name in known)})
    return (f"operations that stand more than once and are kept: {', '.join(twice)}",) if twice else ()
