"""Which kind of finding is meant: the questions on screen, what each answer leads to, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass

ASKED_FIRST = "What did the source give you?"
ASKED_COUNTED = "Had the person already taken our other reports into account?"
ASKED_LATER = "May later reports change it?"
SEEN, JUDGED, ABSENT, NOBODY = "seen", "judged", "absent", "nobody"
GIVEN = {
    SEEN: "Something that was seen",
    JUDGED: "A judgement about something",
    ABSENT: "They looked and did not see it",
    NOBODY: "Nobody looked",
}
ASKED_DETECTION = "How likely would they have seen it, had it been there?"
NOTHING = (
    "Nothing is recorded: that nobody looked says nothing about what is there. The gap is listed under the reports."
)
WEIGHED, TAKEN, HELD = "likelihood", "new-belief", "pinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to use a judgement: what it is called, what it means, and an example."""

    kind: str
    name: str
    text: str
    example: str


CHOICES = (
    Choice(
        kind=WEIGHED,
        name="Weigh it in",
        text="The person judged this one item. We combine it with everything else.",
        example="\N{LEFT DOUBLE QUOTATION MARK}From the text alone I say 70 % that the wording is conditional."
        "\N{RIGHT DOUBLE QUOTATION MARK}",
    ),
    Choice(
        kind=TAKEN,
        name="Take over their view",
        text="Their figure already contains what we know. It replaces our belief today; later reports move it again.",
        example="\N{LEFT DOUBLE QUOTATION MARK}Having read the whole file, I say 70 %.\N{RIGHT DOUBLE QUOTATION MARK}",
    ),
    Choice(
        kind=HELD,
        name="Hold it fixed",
        text="For an agreed assumption. Nothing below will move it.",
        example="\N{LEFT DOUBLE QUOTATION MARK}For this meeting we all assume 70 %.\N{RIGHT DOUBLE QUOTATION MARK}",
    ),
)


def kind_of(given: str, *, counted: bool = False, later: bool = True) -> str | None:
    """Return the kind of evidence that the answers lead to; None where nothing is recorded.

    Parameters
    ----------
    given
        What the source gave: ``seen``, ``judged``, ``absent`` or ``nobody``.
    counted
        Of a judgement: whether the person had already taken our other reports into account.
    later
        Of such a view: whether later reports may change it.

    Examples
    --------
    >>> [kind_of("judged", counted=counted, later=later) for counted, later in ((False, True), (True, True))]
    ['likelihood', 'new-belief']
    >>> kind_of("judged", counted=True, later=False), kind_of("seen"), kind_of("nobody")
    ('pinned', 'likelihood', None)
    """
    if given == NOBODY:
        return None
    if given != JUDGED or not counted:
        return WEIGHED
    return TAKEN if later else HELD


def choice_of(kind: str) -> Choice:
    """Return the choice on screen that a kind of evidence is."""
    return next(one for one in CHOICES if one.kind == kind)
