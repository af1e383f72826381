"""What can be compared: the case now and as filed, what was kept, other cases; and why inputs differ between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from cybercoercion.case import Campaign, Case
from cybercoercion.case.data import data_of
from cybercoercion.desk import Desk, Kept
from cybercoercion.sensitivity.comparison import flat

NOW, FILED = "now", "filed"
KEPT, SHIPPED, STORED = "kept:", "shipped:", "stored:"
LEAST, MOST = 2, 4  # scenarios side by side


def offered(desk: Desk, shipped: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, str]:
    """Return what may be compared, by a name for the machine, in words: this case first, then others.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.desk import opened
    >>> desk = opened(load_case("sony-2014")).keeping("First look")
    >>> offered(desk, {"sony-2014": "Sony", "opm-2015": "OPM"}, {})
    {'now': 'The case now', 'filed': 'The case as filed', 'kept:First look': 'First look', 'shipped:opm-2015': 'OPM'}
    """
    as_read = "The case as filed" if desk.place is not None or desk.filed.id in shipped else "The case as opened"
    here = {NOW: "The case now", FILED: as_read}
    kept = {f"{KEPT}{one.name}": one.name for one in desk.kept}
    others = {f"{SHIPPED}{name}": title for name, title in shipped.items() if name != desk.filed.id}
    home = desk.home or desk
    place = home.place.id if home.place is not None else None
    filed = {f"{STORED}{name}": f"{title}, filed" for name, title in stored.items() if name != place}
    return {**here, **kept, **others, **filed}


def chosen_first(desk: Desk) -> tuple[str, ...]:
    """Return what is compared before anybody chose: as filed against now where they differ, then what was kept.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_values
    >>> from cybercoercion.desk import opened
    >>> desk = opened(load_case("sony-2014"))
    >>> chosen_first(desk), chosen_first(desk.changed(with_values(desk.now, {"stakes.resilience": 0.7}), "Harder"))
    (('now',), ('filed', 'now'))
    """
    here = (FILED, NOW) if desk.unfiled else (NOW,)
    differing = [f"{KEPT}{one.name}" for one in desk.kept if one.source not in (desk.now, desk.filed)]
    return (*here, *differing)[:MOST]


def own_source(desk: Desk, name: str) -> Case | Campaign | None:
    """Return a scenario that lies on the desk; None for another case."""
    if name in (NOW, FILED):
        return desk.now if name == NOW else desk.filed
    return next((one.source for one in desk.kept if f"{KEPT}{one.name}" == name), None)


def keep(desk: Desk, name: str) -> Desk:
    """Return the desk with the case as it stands kept under a name; from an experiment it outlives the experiment."""
    return _everywhere(desk.keeping(name.strip()))


def let_go(desk: Desk, name: str) -> Desk:
    """Return the desk without a kept scenario."""
    return _everywhere(desk.letting_go(name))


def renamed(desk: Desk, old: str, new: str) -> Desk:
    """Return the desk with a kept scenario under another name, in its place; a name that is taken is not given twice.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.desk import opened
    >>> desk = opened(load_case("sony-2014")).keeping("a").keeping("b")
    >>> [one.name for one in renamed(desk, "a", "c").kept], renamed(desk, "a", "b") == desk
    (['c', 'b'], True)
    """
    name = new.strip()
    if not name or name in [one.name for one in desk.kept]:
        return desk
    kept = tuple(Kept(name=name, source=one.source) if one.name == old else one for one in desk.kept)
    return _everywhere(replace(desk, kept=kept))


def name_for(desk: Desk) -> str:
    """Return a name for the case as it stands, that is not taken: its last change, or a number.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.desk import opened
    >>> name_for(opened(load_case("sony-2014")))
    'Scenario 1'
    """
    taken = {one.name for one in desk.kept}
    if desk.sentence and desk.sentence not in taken:
        return desk.sentence
    return next(name for k in range(1, len(taken) + 2) if (name := f"Scenario {k}") not in taken)


def whys(desk: Desk, *sources: Case | Campaign) -> dict[str, str]:
    """Return, for every place that was changed on the way to these cases, the sentence of its last change.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_values
    >>> from cybercoercion.desk import opened
    >>> desk = opened(load_case("sony-2014"))
    >>> hard = desk.changed(with_values(desk.now, {"stakes.resilience": 0.7}), "A harder target")
    >>> whys(hard, desk.now, hard.now)
    {'stakes.resilience': 'A harder target'}
    """
    home = desk.home
    walk = (*home.moments[: home.at + 1], *desk.moments) if home is not None else desk.moments
    out: dict[str, str] = {}
    last = max((k for k, one in enumerate(walk) for source in sources if one.source == source), default=0)
    for before, after in pairwise(walk[: last + 1]):
        was, becomes = (told(one.source) for one in (before, after))
        out |= {place: after.sentence for place in {*was, *becomes} if was.get(place) != becomes.get(place)}
    return out


def told(source: Case | Campaign) -> dict[str, object]:
    """Return what a case or campaign says, leaf by leaf."""
    if isinstance(source, Campaign):
        return dict(flat(data_of(source.file) | {"episodes": [data_of(one) for one in source.episodes]}))
    return dict(flat(data_of(source)))


def waiting_words(count: int) -> str:
    """Return what the view says on top while nothing is compared yet.

    >>> waiting_words(1), waiting_words(3)
    ('Nothing is compared yet: choose two to four scenarios.', '3 scenarios are being compared.')
    """
    if count < LEAST:
        return "Nothing is compared yet: choose two to four scenarios."
    return f"{count} scenarios are being compared."


def _everywhere(desk: Desk) -> Desk:
    """Return a desk whose home, where it is that of an experiment, keeps the same scenarios."""
    return desk if desk.home is None else replace(desk, home=replace(desk.home, kept=desk.kept))
