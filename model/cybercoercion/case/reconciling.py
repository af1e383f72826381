"""Two changes of one case put together, field by field: what only one side changed is taken, the rest is asked.

Rows are told apart by their ids. What a report says - its fact, what is said of it and how that is meant - is one
thing: half a statement from either side would be a third one, which nobody made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from cybercoercion.case.checks import BLOCKS
from cybercoercion.case.data import data_of
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.model import Case
from cybercoercion.case.ordering import common_order, ordered
from cybercoercion.case.reading import case_from

FILE = "the merged case"
DIVISIBLE = ("target", "stakes", "labels", "deception")  # tables whose fields stand for themselves
BY_ACTOR = ("held_by", "bilateral_trade")  # likewise, a field per actor
STATEMENT = ("fact", "about", "finding", "findings", "kind", "likelihood", "detection")
STATED = ("reports", "pending")
WHOLE = "statement"

type Side = Literal["theirs", "mine"]
type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place that differs: what stood there, and what either side put there; None where nothing stands.

    ``place`` is a field, such as ``stakes.resilience`` or ``reports.june-threat.grade``; a row, such as
    ``reports.june-threat``, with its fields; ``reports.june-threat.statement`` for all that a report says, with the
    fields that differ; or a block, such as ``reports``, with the order of its rows.
    """

    place: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def taken(self) -> Side | None:
        """Which side is taken unasked: the one that changed something, or either where both agree; None in a clash."""
        if self.base == self.mine:
            return "theirs"
        if self.base == self.theirs:
            return "mine"
        return "theirs" if self.theirs == self.mine else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Reconciled:
    """Two changes of one case put together.

    ``clashes`` are the places that both sides changed, each to something else; ``taken`` those that went without
    asking, which may still be chosen otherwise where parts do not fit together.
    """

    base: Case
    theirs: Case
    mine: Case
    clashes: tuple[Clash, ...]
    taken: tuple[Clash, ...]

    def settled(self, choices: Mapping[str, Side] | None = None) -> Case:
        """Return the case with a side chosen at each clash, and at any place of ``taken`` that shall not go its way.

        Parameters
        ----------
        choices
            Place to ``"theirs"`` or ``"mine"``.

        Raises
        ------
        CaseError
            With every clash that has no choice and every choice that is none; or with every fault where the parts do
            not fit together, such as a report about an actor whom the other side removed.

        Examples
        --------
        >>> from cybercoercion.case import load_case
        >>> from cybercoercion.case.editing import with_values
        >>> base = load_case("sony-2014")
        >>> theirs = with_values(base, {"stakes.resilience": 0.5, "frame": "any-intrusion"})
        >>> both = reconcile(base, theirs, with_values(base, {"stakes.resilience": 0.6}))
        >>> [(clash.place, clash.theirs, clash.mine) for clash in both.clashes]
        [('stakes.resilience', 0.5, 0.6)]
        >>> case = both.settled({"stakes.resilience": "mine"})
        >>> case.stakes.resilience, case.frame
        (0.6, 'any-intrusion')
        """
        chosen = dict(choices or {})
        faults = tuple(self._refused(chosen))
        if faults:
            raise CaseError(faults)
        picked = {one.place: chosen.get(one.place, one.taken) for one in (*self.clashes, *self.taken)}
        tree, mine = _tree(self.theirs), _tree(self.mine)
        for leaf in leaves(_tree(self.base), _tree(self.theirs), mine):
            if picked[leaf.clash.place] == "mine":
                leaf.put(tree, mine)
        data = {key: value for key, value in tree.items() if key not in BLOCKS}
        for block in BLOCKS:
            if rows := tree.get(block):
                order = ordered(rows, _ids(self.theirs, block), _ids(self.mine, block), picked.get(block))
                data[block] = [rows[name] for name in order]
        return case_from(data, FILE)

    def _refused(self, chosen: Mapping[str, object]) -> Iterator[Fault]:
        sides = "theirs or mine"
        places = tuple(one.place for one in (*self.clashes, *self.taken))
        for clash in self.clashes:
            if clash.place not in chosen:
                yield Fault(file=FILE, place=clash.place, got="no choice", allowed=sides)
        for place, side in chosen.items():
            if place not in places:
                yield Fault(
                    file=FILE, place=place, got="a choice where nothing differs", allowed=", ".join(places) or "none"
                )
            elif side not in ("theirs", "mine"):
                yield Fault(file=FILE, place=place, got=repr(side), allowed=sides)


def reconcile(base: Case, theirs: Case, mine: Case) -> Reconciled:
    """Return two changes of one case put together, with the places where they clash.

    Parameters
    ----------
    base
        The case that both were made from.
    theirs, mine
        The two changes; which is which does not matter to what comes out.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_fields, without_row
    >>> base = load_case("sony-2014")
    >>> graded = with_fields(base, "reports", "june-threat", {"grade": "C3"})
    >>> reconcile(base, base, graded).settled() == graded
    True
    >>> reconcile(base, graded, without_row(base, "reports", "june-threat")).clashes[0].place
    'reports.june-threat'
    """
    found = [leaf.clash for leaf in leaves(_tree(base), _tree(theirs), _tree(mine))]
    for block in BLOCKS:
        order = common_order(_ids(base, block), _ids(theirs, block), _ids(mine, block))
        if order is not None:
            found.append(Clash(place=block, base=order.base, theirs=order.theirs, mine=order.mine))
    return Reconciled(
        base=base,
        theirs=theirs,
        mine=mine,
        clashes=tuple(one for one in found if one.taken is None),
        taken=tuple(one for one in found if one.taken is not None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A place where the three differ, and the keys that it stands for: one, or several of a statement."""

    path: Path
    keys: tuple[str, ...]
    clash: Clash

    def put(self, tree: dict[str, Any], source: Mapping[str, Any]) -> None:
        """Change a tree in place to what the source says here."""
        for step in self.path:
            tree = tree.setdefault(step, {})
            source = source.get(step, {})
        for key in self.keys:
            if key in source:
                tree[key] = deepcopy(source[key])
            else:
                tree.pop(key, None)


def leaves(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], path: Path = ()) -> Iterator[Leaf]:
    """Yield the places where three trees differ, in the order of the file."""
    three = (base, theirs, mine)
    every = dict.fromkeys((*theirs, *mine, *base))
    keys = [key for key in every if any(tree.get(key) != base.get(key) for tree in (theirs, mine))]
    if len(path) == 2 and path[0] in STATED:
        said = [key for key in STATEMENT if key in keys]
        if len(said) > 1:  # a statement that differs in one field is told by this field
            values = [{key: tree[key] for key in said if key in tree} for tree in three]
            yield _leaf(path, tuple(said), WHOLE, values)
            keys = [key for key in keys if key not in said]
    for key in keys:
        held: list[Any] = [tree.get(key) for tree in three]
        if _divides((*path, key)) and all(isinstance(value, dict) and not _range(value) for value in held):
            before, one, two = held
            yield from leaves(before, one, two, (*path, key))
        else:
            yield _leaf(path, (key,), key, held)


def _leaf(path: Path, keys: tuple[str, ...], name: str, values: list[Any]) -> Leaf:
    base, theirs, mine = values
    clash = Clash(place=".".join((*path, name)), base=base, theirs=theirs, mine=mine)
    return Leaf(path=path, keys=keys, clash=clash)


def _divides(path: Path) -> bool:
    """Say whether the fields of a table stand for themselves; a range or a distribution is one value."""
    match path:
        case (block,):
            return block in (*DIVISIBLE, *BLOCKS)
        case (block, _):
            return block in (*BLOCKS, "deception") or path[-1] in BY_ACTOR
        case _:
            return path[-1] in BY_ACTOR


def _range(value: Mapping[str, Any]) -> bool:
    return {"low", "high"} <= value.keys()


def _ids(case: Case, block: str) -> tuple[str, ...]:
    return tuple(row.id for row in getattr(case, block))


def _tree(case: Case) -> dict[str, Any]:
    """Return the data of a case, with the rows of its blocks by their ids; tables that are empty at first are there."""
    data = {"stakes": {}, "deception": {}} | data_of(case)
    for block in BLOCKS:
        data[block] = {row["id"]: row for row in data.get(block, ())}
    for row in data["demands"].values():
        row.setdefault("held_by", {})
    return data
