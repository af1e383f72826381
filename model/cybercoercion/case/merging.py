"""How the episodes of a campaign come to share their candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cybercoercion.case.campaign import Campaign, CampaignFile
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.fields import Refusal
from cybercoercion.case.model import Case
from cybercoercion.case.reading import case_refusals, parse_toml

SHARED = ("actors", "demands")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that takes part in a campaign."""

    file: str
    text: str
    data: Mapping[str, Any]

    def rows(self, block: str) -> Sequence[object]:
        """Return the rows of a block, or none where it is no list."""
        rows = self.data.get(block)
        return rows if isinstance(rows, list) else ()


def campaign_from(source: Source, read: Callable[[str], tuple[str, str]]) -> Campaign:
    """Return the campaign of a file.

    Parameters
    ----------
    source
        The campaign file.
    read
        Returns what to call a member in faults, and its text.

    Raises
    ------
    CaseError
        With every fault of the campaign file or, where it is sound, of all its members.
    """
    from cybercoercion.case.places import faults_of
    from cybercoercion.case.refusals import refusals_of

    try:
        file = CampaignFile.model_validate(source.data)
    except ValidationError as error:
        refusals = refusals_of(error, CampaignFile)
        raise CaseError(faults_of(refusals, source.data, source.file, source.text)) from None

    members, faults = _members(file, read)
    refused: dict[int, dict[Refusal, None]] = {}  # by source, 0 is the campaign file
    sources = (source, *members)
    episodes = []
    for number in range(1, len(sources)):
        own = sources[number].data
        # a block that is no list stays, so that it is refused
        merged = {block: _merged(block, sources, number) for block in SHARED if isinstance(own.get(block, []), list)}
        data = {**own, **{block: [row.data for row in rows] for block, rows in merged.items()}}
        if file.as_of is not None:
            data["as_of"] = file.as_of
        try:
            episodes.append(Case.model_validate(data))
        except ValidationError as error:
            for refusal in case_refusals(error, data):
                owner, at_home = _at_home(refusal, merged, number)
                refused.setdefault(owner, {})[at_home] = None
    for number, refusals_here in sorted(refused.items()):
        one = sources[number]
        faults.extend(faults_of(refusals_here, one.data, one.file, one.text))
    ids = [episode.id for episode in episodes]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        got = f"{ids.count(name)} episodes with the id {name!r}"
        faults.append(Fault(file=source.file, place="cases", got=got, allowed="episodes with different ids"))
    if faults:
        raise CaseError(tuple(faults))
    return Campaign(file=file, episodes=tuple(episodes))


@dataclass(frozen=True, slots=True)
class _Row:
    """A candidate in the merged list, and where it was written."""

    owner: int
    row: int
    data: object


def _members(file: CampaignFile, read: Callable[[str], tuple[str, str]]) -> tuple[list[Source], list[Fault]]:
    members: list[Source] = []
    faults: list[Fault] = []
    for member in file.cases:
        try:
            name, text = read(member)
            data = parse_toml(text, name)
        except CaseError as error:
            faults.extend(error.faults)
            continue
        if "cases" in data:
            got, allowed = "a campaign within a campaign", "case files only"
            faults.append(Fault(file=name, place="cases", got=got, allowed=allowed))
        else:
            members.append(Source(file=name, text=text, data=data))
    return members, faults


def _merged(block: str, sources: Sequence[Source], me: int) -> list[_Row]:
    """Return the candidates of one episode: the campaign's, then its own and the other episodes', by first mention.

    The definition of the campaign holds before the episode's own, and that before another episode's.
    """
    rows = [_Row(owner, row, data) for owner, one in enumerate(sources) for row, data in enumerate(one.rows(block))]
    order: dict[str, _Row] = {}
    for row in rows:
        name = _name(row)
        if name is not None:
            order.setdefault(name, row)
    mine = {name: row for row in reversed(rows) if row.owner == me and (name := _name(row)) is not None}
    chosen = [row if row.owner == 0 else mine.get(name, row) for name, row in order.items()]
    # rows without an id, and second rows of one id, are kept so that they are refused
    rest = [row for row in rows if row.owner == me and mine.get(_name(row) or "") is not row]
    return chosen + rest


def _name(row: _Row) -> str | None:
    name = row.data.get("id") if isinstance(row.data, Mapping) else None
    return name if isinstance(name, str) else None


def _at_home(refusal: Refusal, merged: Mapping[str, list[_Row]], me: int) -> tuple[int, Refusal]:
    """Return the source that wrote what is refused, and the refusal with its place there."""
    match refusal.at:
        case (str(block), int(row), *rest) if block in merged:
            home = merged[block][row]
            return home.owner, Refusal((block, home.row, *rest), refusal.got, refusal.allowed)
    return me, refusal
