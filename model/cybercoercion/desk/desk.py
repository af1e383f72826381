"""The desk: the case as filed, the walk of changed cases since, and an experiment beside it.

A desk is frozen; each verb returns another. So undo restores every number exactly, and an experiment, which is a
desk of its own with a way home, cannot touch the filed case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cybercoercion.case import Campaign, Case
from cybercoercion.case.campaign_writing import update_campaign
from cybercoercion.case.writing import case_to_toml, update_toml

AS_OPENED = "As opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One station of the walk: a case, and in a sentence what led to it."""

    source: Case | Campaign
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case is filed: an opaque id and the revision that was opened or saved last."""

    id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A scenario that was kept for comparing."""

    name: str
    source: Case | Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What somebody works on.

    ``text`` is the file as opened or saved last, with its comments; it says the same as ``moments[filed]``. ``home`` is
    the desk that an experiment came from; a desk with a home can be discarded or taken over, never filed.
    """

    text: str
    moments: tuple[Moment, ...]
    at: int = 0
    filed: Case | Campaign
    place: Place | None = None
    kept: tuple[Kept, ...] = ()
    trial: str | None = None
    home: Desk | None = None

    @property
    def now(self) -> Case | Campaign:
        """The case as it stands."""
        return self.moments[self.at].source

    @property
    def before(self) -> Case | Campaign | None:
        """The case before the last change, or None where nothing was changed."""
        if self.at == 0:
            return self.home.now if self.home is not None else None
        return self.moments[self.at - 1].source

    @property
    def sentence(self) -> str | None:
        """What the last change was, or None where nothing was changed."""
        return self.moments[self.at].sentence if self.at or self.home is not None else None

    @property
    def undoes(self) -> str | None:
        """What an undo takes back, or None where there is nothing to take back."""
        return self.moments[self.at].sentence if self.at else None

    @property
    def redoes(self) -> str | None:
        """What a redo brings back, or None where nothing was taken back."""
        return self.moments[self.at + 1].sentence if self.at + 1 < len(self.moments) else None

    @property
    def unfiled(self) -> bool:
        """Whether the case is not as filed."""
        return self.now != self.filed

    @property
    def toml(self) -> str:
        """The case as it stands, as the text of a file: comments, order and ways of writing are kept."""
        return text_of(self.text, self.now)

    def changed(self, source: Case | Campaign, sentence: str) -> Desk:
        """Return the desk after a change; what was undone is forgotten. A change of nothing is none.

        >>> from cybercoercion.case import load_case
        >>> from cybercoercion.case.editing import with_values
        >>> desk = opened(load_case("sony-2014"))
        >>> hard = desk.changed(with_values(desk.now, {"stakes.resilience": 0.7}), "Resilience 0.36 to 0.70")
        >>> hard.undone().now == desk.now, hard.undone().redone() == hard
        (True, True)
        """
        if source == self.now:
            return self
        walk = (*self.moments[: self.at + 1], Moment(source=source, sentence=sentence))
        return replace(self, moments=walk, at=len(walk) - 1)

    def undone(self) -> Desk:
        """Return the desk one change earlier; without a change the same."""
        return replace(self, at=max(self.at - 1, 0))

    def redone(self) -> Desk:
        """Return the desk one undone change later; without one the same."""
        return replace(self, at=min(self.at + 1, len(self.moments) - 1))

    def as_filed(self) -> Desk:
        """Return the desk with the case as filed as one more change, so that it can be undone too."""
        return self.changed(self.filed, "Back to the case as filed")

    def tried(self, name: str, source: Case | Campaign) -> Desk:
        """Return the desk of an experiment: a named copy that leaves this desk as it is.

        >>> from cybercoercion.case import load_case
        >>> from cybercoercion.case.editing import with_values
        >>> desk = opened(load_case("sony-2014"))
        >>> trial = desk.tried("Harder target", with_values(desk.now, {"stakes.resilience": 0.7}))
        >>> trial.trial, trial.before == desk.now, trial.discarded() == desk
        ('Harder target', True, True)
        """
        home = self.home or self
        return replace(home, moments=(Moment(source=source, sentence=name),), at=0, trial=name, home=home)

    def discarded(self) -> Desk:
        """Return the desk that an experiment came from, as it was, with the scenarios that were kept since."""
        return replace(self.home, kept=self.kept) if self.home is not None else self

    def taken_over(self) -> Desk:
        """Return the home desk with the experiment as a change of its case."""
        return self.discarded().changed(self.now, self.trial or "An experiment") if self.home is not None else self

    def keeping(self, name: str) -> Desk:
        """Return the desk with the case as it stands kept as a scenario; a second one of a name replaces the first."""
        rest = tuple(one for one in self.kept if one.name != name)
        return replace(self, kept=(*rest, Kept(name=name, source=self.now)))

    def letting_go(self, name: str) -> Desk:
        """Return the desk without a kept scenario."""
        return replace(self, kept=tuple(one for one in self.kept if one.name != name))

    def saved(self, text: str, place: Place | None) -> Desk:
        """Return the desk after its case was filed: the walk stays, so that undo still works."""
        return replace(self, text=text, filed=self.now, place=place)


def opened(source: Case | Campaign, text: str | None = None, place: Place | None = None) -> Desk:
    """Return the desk of a case that was just opened.

    Parameters
    ----------
    source
        The case or campaign.
    text
        The file that it was read from; without one it is written anew.
    place
        Where it is filed, if it is.
    """
    start = Moment(source=source, sentence=AS_OPENED)
    return Desk(text=text if text is not None else text_of("", source), moments=(start,), filed=source, place=place)


def text_of(text: str, source: Case | Campaign) -> str:
    """Return the file of a case or campaign, changed only where it says something else."""
    if isinstance(source, Campaign):
        return update_campaign(text, source) if text else ""
    return update_toml(text, source) if text else case_to_toml(source)
