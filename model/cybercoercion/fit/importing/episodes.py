"""Coded episodes: a folder of case files, a table with one row per episode, or both."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from cybercoercion.case import Case, CaseError, load_case
from cybercoercion.case.data import data_of
from cybercoercion.fit.importing.coded import case_of
from cybercoercion.fit.importing.columns import Columns, columns
from cybercoercion.fit.importing.tables import TABLES, rows_of
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode, TrainingError
from cybercoercion.vocabulary import BELIEFS, facts

SOURCE = "episodes"
FORMS = "a folder of case files (*.toml), or a table of coded episodes (YAML, CSV, XLSX, XLS)"


def read_episodes(path: Path) -> Training:
    """Read coded episodes from a folder, a table or one case file.

    Each episode holds its ``case``. ``facts`` are findings that were known on the as-of date and that no other report
    of the case contradicts; labels ``intent``, ``actor`` and ``demand`` are soft where the coder doubts, and absent
    where a file has none. ``start`` is the as-of date. Episodes of one campaign share ``campaign``: by a shipped list,
    and by campaign files, which are read for that only.

    A bad file or row is kept out, with every fault of it.

    Raises
    ------
    TrainingError
        when there is nothing to read, or a table lacks columns.

    """
    table = columns(SOURCE)
    files = _files(Path(path))
    groups = [(name, set(members)) for name, members in table.rest["groups"].items()]
    cases: list[tuple[Case, str, str]] = []  # with the id and the fingerprint
    refused: list[Refused] = []
    notes: list[str] = []
    for file in files:
        if file.suffix.lower() in TABLES:
            for row, cells in _rows(file, table, refused, alone=len(files) == 1):
                found = case_of(cells, table, str(file), row)
                if isinstance(found, Case):
                    cases.append((found, cells["id"], _hash(json.dumps(cells, sort_keys=True))))
                else:
                    refused.extend(found)
        elif members := _members(file):
            groups.append((file.stem, members))
            notes.append(f"{file.name} is a campaign: its episodes are kept together, and it is no row of its own")
        else:
            try:
                case = load_case(file)
            except CaseError as error:
                refused.extend(
                    Refused(file=fault.file, place=fault.place, got=fault.got, allowed=fault.allowed)
                    for fault in error.faults
                )
            else:
                cases.append((case, case.id, _hash(_content(case))))
    notes.extend(_twice(cases))
    together = _joined(groups)
    return Training(
        source=SOURCE,
        file=str(path),
        digest=_digest(files),
        episodes=tuple(_episode(case, id_, print_, together) for case, id_, print_ in cases),
        refused=tuple(refused),
        notes=tuple(notes),
    )


def _rows(file: Path, table: Columns, refused: list[Refused], *, alone: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table; one among many files that is no such table is named and kept out."""
    try:
        yield from rows_of(file, table, refused)
    except TrainingError as error:
        if alone:
            raise
        refused.extend(error.faults)


def _files(path: Path) -> list[Path]:
    """Return the files of a folder that can hold episodes, or the one file."""
    known = (*TABLES, ".toml")
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.is_file() and one.suffix.lower() in known)
        got = "a folder without any"
    else:
        found = [path] if path.is_file() and path.suffix.lower() in known else []
        got = f"a file {path.suffix!r}" if path.is_file() else "no such file or folder"
    if not found:
        raise TrainingError((Refused(file=str(path), place="file", got=got, allowed=FORMS),))
    return found


def _members(file: Path) -> set[str]:
    """Return the ids of the episodes of a campaign file; of anything else, nothing."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return set()  # the door of cases will say what is wrong
    named = data.get("cases", ())
    return {Path(name).stem for name in named if isinstance(name, str)} if isinstance(named, list) else set()


def _joined(groups: Iterable[tuple[str, set[str]]]) -> Mapping[str, str]:
    """Return the campaign of each id; groups that share an episode are one, under the first name."""
    joined: list[tuple[str, set[str]]] = []
    for name, members in groups:
        label, all_of_it, apart = name, set(members), []
        for other, others in joined:
            if others & all_of_it:
                label, all_of_it = (other if label == name else label), all_of_it | others
            else:
                apart.append((other, others))
        joined = [*apart, (label, all_of_it)]
    return {member: name for name, members in joined for member in members}


def _episode(case: Case, identity: str, fingerprint: str, together: Mapping[str, str]) -> TrainingEpisode:
    about = {"frame": case.frame, "title": case.title, "target": case.target.name}
    if case.target.country:
        about["victim_iso"] = case.target.country
    labels = {}
    for node in BELIEFS:
        weights = getattr(case.labels, node, None)
        if weights:
            labels[node] = _label(dict(weights))
    return TrainingEpisode(
        id=identity,
        source=SOURCE,
        campaign=together.get(identity, identity),
        start=case.as_of,
        facts=MappingProxyType(_facts(case)),
        labels=MappingProxyType(labels),
        fingerprint=fingerprint,
        about=MappingProxyType(about),
        case=case,
    )


def _label(weights: Mapping[str, float]) -> Label:
    kept = {state: weight for state, weight in weights.items() if weight > 0}
    if len(kept) == 1:
        return Label.hard(*kept)
    total = sum(kept.values())
    return Label(certainty="soft", weights=MappingProxyType({state: weight / total for state, weight in kept.items()}))


def _facts(case: Case) -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for report in case.known():
        fact = facts().get(report.fact)
        if fact is not None and fact.states and not report.off and report.kind == "likelihood":
            said.setdefault(report.fact, set()).add(report.finding or "")  # "": spread over several states
    return {fact: next(iter(found)) for fact, found in said.items() if len(found) == 1 and "" not in found}


def _twice(cases: Sequence[tuple[Case, str, str]]) -> Iterator[str]:
    ids = [identity for _, identity, _ in cases]
    for identity in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"{identity} stands {ids.count(identity)} times: every one is kept"


def _content(case: Case) -> str:
    return json.dumps(data_of(case), sort_keys=True, default=str)


def _hash(text: str) -> str:
    return hashlib.sha256(f"{SOURCE}\x1f{text}".encode()).hexdigest()[:16]


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\x1f".encode() if len(files) > 1 else b"")
        digest.update(file.read_bytes())
    return digest.hexdigest()
