"""Edits at the place where something is shown: one field of a case or a campaign, stated or left to its default."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cybercoercion.assessment import as_case
from cybercoercion.case import Campaign, Case, CaseError, Fault
from cybercoercion.case.checks import BLOCKS
from cybercoercion.case.data import data_of
from cybercoercion.case.editing import FILE, with_fields, with_values
from cybercoercion.vocabulary import NONE, OTHER

RESERVED = (NONE, OTHER)
OF_THE_FILE = ("title", "note", "marking", "target", "stakes", "as_of")  # what a campaign says itself
CANDIDATES = ("actors", "demands")  # which it lists itself, or leaves to its episodes
type Edit = Callable[[Case], Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a field stands: ``block`` (none at the top of the file), the id of the row, the name; ``key`` inside it."""

    name: str
    block: str = ""
    row: str = ""
    key: str = ""

    @property
    def words(self) -> str:
        """The place as a person says it."""
        return " ".join(part.replace("_", " ") for part in (self.block, self.row, self.name, self.key) if part)


def with_field(case: Case, place: Place, value: Any) -> Case:
    """Return the case with one field stated, or left to its default where the value is None.

    Raises
    ------
    CaseError
        With every fault of the changed case.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> held = Place(block="demands", row="pay-money", name="held_by", key="hacktivists")
    >>> dict(with_field(sony, held, "plausible").demand("pay-money").held_by)["hacktivists"]
    'plausible'
    >>> with_field(sony, Place(block="stakes", name="resilience"), 0.5).stakes.resilience
    0.5
    """
    if place.block == "deception":
        lists = _answered(data_of(case).get("deception", {}), place, value)
        return with_values(case, {"deception": lists or None})
    if place.block in BLOCKS:
        if not place.key:
            return with_fields(case, place.block, place.row, {place.name: value})
        row: dict[str, Any] = next((one for one in data_of(case).get(place.block, ()) if one["id"] == place.row), {})
        inside = {**row.get(place.name, {}), place.key: value}
        kept = {key: one for key, one in inside.items() if one is not None}
        return with_fields(case, place.block, place.row, {place.name: kept or None})
    dotted = f"{place.block}.{place.name}" if place.block else place.name
    if place.key:
        stated = data_of(case).get(place.block, {}).get(place.name)
        inside = {**(stated if _by_key(stated) else {}), place.key: value}
        value = {key: one for key, one in inside.items() if one is not None} or None
    return with_values(case, {dotted: value})


def _by_key(stated: object) -> bool:
    return isinstance(stated, Mapping) and "low" not in stated


def _answered(lists: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Return the checklists with one answer more or less; a list without an answer is none."""
    one = {name: said for name, said in {**lists.get(place.row, {}), place.name: value}.items() if said is not None}
    return {actor: said for actor, said in {**lists, place.row: one}.items() if said}


def edited(source: Case | Campaign, edit: Edit) -> Case | Campaign:
    """Return a case or a campaign after an edit of the case that stands for it.

    A campaign has title, note, marking, target, stakes and date of its own, and candidates where its file lists them.
    All else stands in the files of its episodes, and is changed there, so that every change can be filed.

    Raises
    ------
    CaseError
        With every fault, or where the edit concerns what only an episode has.

    Examples
    --------
    >>> from cybercoercion.case import load
    >>> hard = edited(load("ukraine-2014-2016"), lambda case: with_values(case, {"stakes.resilience": 0.6}))
    >>> as_case(hard).stakes.resilience
    0.6
    """
    if isinstance(source, Case):
        return edit(source)
    whole = as_case(source)
    new = edit(whole)
    moved = [name for name in type(new).model_fields if getattr(new, name) != getattr(whole, name)]
    own = (*OF_THE_FILE, *(block for block in CANDIDATES if getattr(source.file, block)))
    alone = [name for name in moved if name not in own]
    if alone:
        allowed = "a change of what the campaign says itself; open one of its episodes to change what that says"
        got = "a change of a campaign"
        raise CaseError(tuple(Fault(file=FILE, place=name, got=got, allowed=allowed) for name in alone))
    file = source.file.model_copy(update={name: getattr(new, name) for name in moved})
    shared = any(name in (*CANDIDATES, "as_of") for name in moved)
    episodes = tuple(edit(one) for one in source.episodes) if shared else source.episodes
    return replace(source, file=file, episodes=episodes)


def slug_of(name: str, taken: Collection[str] = (), fallback: str = "one") -> str:
    """Return a short name made from a name, unlike all that are taken.

    >>> slug_of("North Korea"), slug_of("Énergie: réseau", ("energie-reseau",)), slug_of("?"), slug_of("Other")
    ('north-korea', 'energie-reseau-2', 'one', 'other-2')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:56].strip("-") or fallback
    number, found = 1, slug
    while found in taken or found in RESERVED:
        number += 1
        found = f"{slug}-{number}"
    return found


def taken_ids(case: Case, block: str) -> tuple[str, ...]:
    """Return the ids that a new row of a block may not bear; reports and awaited reports share theirs.

    >>> from cybercoercion.case import load_case
    >>> "june-threat" in taken_ids(load_case("sony-2014"), "pending")
    True
    """
    blocks = ("reports", "pending") if block in ("reports", "pending") else (block,)
    return tuple(row.id for one in blocks for row in getattr(case, one))
