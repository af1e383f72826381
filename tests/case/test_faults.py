"""What a faulty file is told."""

from __future__ import annotations

import pytest

from cybercoercion.case import CaseError, parse_case

# what stands in the sound file, what stands there instead, and the place, got and allowed of the fault
FAULTS = [
    # words
    ('frame = "disruptive-in-dispute"', 'frame = "dispute"', "frame", "'dispute'", "disruptive-in-dispute"),
    ('kind = "operator"', 'kind = "operater"', "target.kind", "'operater'", "(nearest: operator)"),
    ('kind = "criminal"', 'kind = "crime"', 'actors[2] "gang": kind', "'crime'", "(nearest: criminal)"),
    (
        'capability = "advanced"',
        'capability = "high"',
        "capability",
        "'high'",
        "none, emerging, demonstrated, advanced",
    ),
    ('relationship = "dispute"', 'relationship = "war"', "relationship", "'war'", "armed-conflict"),
    ('alternatives = "costly"', 'alternatives = "dear"', "alternatives", "'dear'", "open, costly, closed"),
    ('polarity = "do"', 'polarity = "make"', "polarity", "'make'", "do, stop, refrain"),
    ('content = "money"', 'content = "cash"', "content", "'cash'", "political, money"),
    ('gang = "plausible"', 'gang = "likely"', "held_by.gang", "'likely'", "declared, held, plausible"),
    ('fact = "claim"', 'fact = "claims"', 'reports[3] "no-claim": fact', "'claims'", "(nearest: claim)"),
    ('finding = "none"', 'finding = "nobody"', "finding", "'nobody'", "own-name, persona, none"),
    ('kind = "new-belief"', 'kind = "belief"', "kind", "'belief'", "likelihood, new-belief, pinned"),
    ('grade = "A1"', 'grade = "G1"', 'reports[1] "speech": grade', "'G1'", "Admiralty"),
    ('country = "NL"', 'country = "nl"', "target.country", "'nl'", "ISO 3166"),
    # ids
    ('id = "harbour"', 'id = "../harbour"', "id", "'../harbour'", "lower-case letters, digits and hyphens"),
    ('id = "harbour"', 'id = "harbour\\n"', "id", "'harbour\\n'", "lower-case letters, digits and hyphens"),
    ('id = "gang"', 'id = "other"', "actors[2]", "'other'", "any id but other and none"),
    ('id = "pay"', 'id = "none"', "demands[2]", "'none'", "any id but none and other"),
    ('id = "gang"', 'id = "north"', 'actors[2] "north": id', "'north'", "an id of its own; 2 rows bear this one"),
    ('id = "pay"', 'id = "lift-ban"', "demands[2]", "'lift-ban'", "an id of its own"),
    ('id = "words"', 'id = "speech"', "reports[5]", "'speech'", "an id of its own"),
    ('id = "laboratory"', 'id = "speech"', "pending[1]", "'speech'", "an id of its own"),
    ('about = "gang"', 'about = "gnag"', 'pending[1] "laboratory": about', "'gnag'", "north, gang (nearest: gang)"),
    ('{ north = "declared"', '{ nroth = "declared"', "held_by.nroth", "'nroth'", "(nearest: north)"),
    (
        "bilateral_trade = { north",
        "bilateral_trade = { south",
        "stakes.bilateral_trade.south",
        "'south'",
        "north, gang",
    ),
    ("[deception.north]", "[deception.south]", "deception.south", "'south'", "north, gang"),
    ("actor = { north = 0.9", "actor = { south = 0.9", "labels.actor.south", "'south'", "north, gang, other"),
    ("intent = { compellence", "intent = { coercion", "labels.intent.coercion", "'coercion'", "compellence"),
    ("demand = { lift-ban", "demand = { lift", "labels.demand.lift", "'lift'", "lift-ban, pay, none"),
    ('copies = "speech"', 'copies = "speach"', "copies", "'speach'", "(nearest: speech)"),
    ('copies = "speech"', 'copies = "echo"', "copies", "'echo'", "another report"),
    ('origin = "ministry"\nevent', 'copies = "echo"\nevent', "copies", "speech -> echo -> speech", "no copy of this"),
    # what a report may say
    ('finding = "none"\n', "", 'reports[3] "no-claim"', "nothing said", "exactly one of finding, findings, likelihood"),
    ('kind = "likelihood"', 'finding = "north"', "reports[4]", "finding and findings", "exactly one of"),
    ("north = 0.6, other", "south = 0.6, other", "findings.south", "'south'", "north, gang, other, none"),
    ("{ lift-ban = 0.7, pay = 0.1", "{ lift-ban = 0.7", "likelihood", "2 states", "missing: pay"),
    ("{ lift-ban = 0.7, pay = 0.1, none = 0.05 }", "{ lift-ban = 0, pay = 0, none = 0 }", "likelihood", "nothing", "0"),
    ("north = 0.6, other = 0.3, none = 0.1", "north = 0", "findings", "nothing above 0", "at least one"),
    ("north = 0.6,", "north = -0.6,", "findings.north", "-0.6", "at least 0"),
    ("gang = 0.1, other = 0.2", "gang = 0.1, other = 0.1", "findings", "a sum of 0.9", "numbers that sum to 1"),
    ('kind = "new-belief"', 'kind = "likelihood"', "kind", "'likelihood'", "new-belief or pinned"),
    ("detection = 0.8", 'kind = "pinned"', "kind", "'pinned' with finding", "findings that sum to 1"),
    ("detection = 0.8", 'about = "north"', "about", "'north'", "only with the facts denial, trigger, rhetoric"),
    ("copy = 0.7", "detection = 0.7", "detection", "0.7 beside the finding 'issue-specific'", "only beside none or no"),
    ("detection = 0.8", "detection = 0", "detection", "0", "more than 0"),
    ("copy = 0.7", "copy = 1.7", "copy", "1.7", "at most 1"),
    ("known_date = 2020-06-02", "known_date = 2020-05-31", "known_date", "2020-05-31", "2020-06-01, or later"),
    ('fact = "denial"', 'fact = "claim"', "pending[1]", "'gang'", "only with the facts denial"),
    ('fact = "denial"', 'fact = "intent"', "pending[1]", "'intent'", "threat, demand_statement"),
    # numbers
    ("resilience = 0.35", "resilience = 35", "stakes.resilience", "35", "at most 1"),
    ("resilience = 0.35", "resilience = -1", "stakes.resilience", "-1", "at least 0"),
    ("resilience = 0.35", "resilience = nan", "stakes.resilience", "nan", "finite"),
    ("resilience = 0.35", 'resilience = "high"', "stakes.resilience", "'high'", "a number, or a range"),
    ("resilience = 0.35", "resilience = true", "stakes.resilience", "true", "a number, or a range"),
    ("margin = 1e5", "margin = -1e5", "stakes.margin", "-100000.0", "at least 0"),
    ("margin = 1e5", "margin = inf", "stakes.margin", "inf", "a finite number"),
    ("margin = 1e5", f"margin = 1{'0' * 400}", "stakes.margin", "1000", "a number"),
    ("motive = true", "motive = 1.5", "deception.north.motive", "1.5", "at most 1"),
    ("intent = { compellence = 0.8", "intent = { compellence = 0.7", "labels.intent", "a sum of 0.9", "sum to 1"),
    ("low = 1e6, high = 20e6", "low = 20e6, high = 1e6", "stakes.harm_now.high", "1e+06", "more than low, 2e+07"),
    ("low = 1e6, high = 20e6", "low = 0, high = 20e6", "stakes.harm_now.low", "0", "more than 0"),
    ("low = 0.2, high = 0.7", "low = 0.2, high = 1.1", "stakes.avoidable.high", "1.1", "inside 0 to 1"),
    ("low = 1e6, high = 20e6", "low = 1e6", "stakes.harm_now.high", "nothing", "required"),
    ("mass = 0.8", "mass = 1", "interdependence.mass", "1", "at most 0.999"),
    ('high = 20e6, unit = "USD"', 'high = 20e6, unit = "EUR"', "stakes.harm_now.unit", "'EUR'", "USD"),
    ('unit = "1/yr"', 'unit = "1/day"', "stakes.recurrence_target.unit", "'1/day'", "1/yr"),
    ("low = 1e6, high = 20e6", "low = 1e6, hihg = 20e6", "stakes.harm_now.hihg", "hihg", "(nearest: high)"),
    # keys, types, dates
    ('title = "The harbour"\n', "", "title", "nothing", "required: The name to print."),
    ('frame = "disruptive-in-dispute"\n', "", "frame", "nothing", "One of: any-intrusion"),
    ("schema = 1", "schema = 2", "schema", "2", "1"),
    ("schema = 1", "shcema = 1", "shcema", "the key 'shcema'", "(nearest: schema)"),
    ('marking = "', '"mar king" = "', "'mar king'", "the key 'mar king'", "marking"),
    ("track_record", "trackrecord", "trackrecord", "the key 'trackrecord'", "(nearest: track_record)"),
    ("track_record = true", 'track_record = "yes"', "track_record", "'yes'", "true or false"),
    ("as_of = 2020-06-15", "as_of = 2020-06-15T10:00:00", "as_of", "2020-06-15 10:00:00", "a date such as"),
    ("as_of = 2020-06-15", 'as_of = "2020-06-15"', "as_of", "'2020-06-15'", "without quotes"),
    ('title = "The harbour"', 'title = ""', "title", "''", "text that is not empty"),
    ('title = "The harbour"', "title = 7", "title", "7", "text in quotes"),
    ('target = { name = "Harbour authority"', 'target = { nam = "x"', "target.nam", "the key 'nam'", "name"),
    ("[stakes]", "[[stakes]]", "stakes", "a list of 1", "a table"),
    ("[[pending]]", "[pending]", "pending", "a table", "a list"),
    ("[labels]", "[nothing]", "nothing", "the key 'nothing'", "labels"),
]


@pytest.mark.parametrize(("sound", "faulty", "place", "got", "allowed"), FAULTS)
def test_a_fault_names_place_got_and_allowed(
    text: str, sound: str, faulty: str, place: str, got: str, allowed: str
) -> None:
    """Each fault is told with its place, what was found and what is allowed."""
    assert sound in text
    with pytest.raises(CaseError) as caught:
        parse_case(text.replace(sound, faulty, 1), "harbour.toml")
    faults = caught.value.faults
    fitting = [f for f in faults if place in f.place]
    assert any(got in fault.got and allowed in fault.allowed for fault in fitting), str(caught.value)
    assert all(fault.file == "harbour.toml" for fault in faults)


@pytest.mark.parametrize(("sound", "faulty"), [row[:2] for row in FAULTS if row[1]])
def test_a_fault_names_its_line(text: str, sound: str, faulty: str) -> None:
    """At least one fault stands on the line that was changed, on the next, or on the head of the row around it."""
    changed = text.replace(sound, faulty, 1)
    line = text[: text.index(sound)].count("\n") + 1
    with pytest.raises(CaseError) as caught:
        parse_case(changed)
    lines = changed.splitlines()
    head = max((n for n, one in enumerate(lines[:line], 1) if one.startswith("[")), default=line)
    named = {fault.line for fault in caught.value.faults}
    assert named & {line, line + 1, head}, str(caught.value)


def test_all_faults_are_told_at_once(text: str) -> None:
    """Faults of form and of fit, in different blocks, come in one error, in the order of the file."""
    for sound, faulty in [
        ('kind = "operator"', 'kind = "port"'),
        ('capability = "advanced"', "capability = 3"),
        ('gang = "plausible"', 'gagn = "plausible"'),
        ('grade = "A1"', 'grade = "1A"'),
        ('copies = "speech"', 'copies = "screech"'),
        ("margin = 1e5", "margins = 1e5"),
        ("compellence = 0.8", "compellence = 0.9"),
    ]:
        text = text.replace(sound, faulty, 1)
    with pytest.raises(CaseError) as caught:
        parse_case(text)
    places = [fault.place.partition(", ")[2] for fault in caught.value.faults]
    assert places == [
        "target.kind",
        'actors[1] "north": capability',
        'demands[1] "lift-ban": held_by.gagn',
        'reports[1] "speech": grade',
        'reports[2] "echo": copies',
        "stakes.margins",
        "labels.intent",
    ]
    lines = [fault.line or 0 for fault in caught.value.faults]
    assert lines == sorted(lines)


def test_a_fault_is_told_once(text: str) -> None:
    """A faulty row does not make the rest of the file look faulty: its id still counts."""
    with pytest.raises(CaseError) as caught:
        parse_case(text.replace('kind = "state"', 'kind = "kingdom"'))
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize("actors", ["", "actors = 3\n", 'actors = ["north"]\n'])
def test_unreadable_actors_make_no_strangers(text: str, actors: str) -> None:
    """Where the candidates cannot be read, nobody is called unknown."""
    start, end = text.index("[[actors]]"), text.index("[[demands]]")
    with pytest.raises(CaseError) as caught:
        parse_case(text[: text.index("marking")] + actors + text[text.index("marking") : start] + text[end:])
    assert ["actors" in fault.place for fault in caught.value.faults] == [True]


def test_a_case_needs_an_actor(text: str) -> None:
    """An empty list of candidates is refused."""
    start, end = text.index("[[actors]]"), text.index("[[demands]]")
    with pytest.raises(CaseError, match="at least one candidate actor"):
        parse_case(text[:start].replace("marking", "actors = []\nmarking") + text[end:])


@pytest.mark.parametrize(
    ("text", "place", "allowed"),
    [
        ("a", "line 1", "Expected '='"),
        ("a = 1\nb = B2", "line 2, column 5", "Invalid value"),
        ("a = 1\na = 2\nb = 3", "line 2, column 6", "Cannot overwrite"),
        ("[a]\n[a]", "line 2, column 3", "twice"),
        ("a = 2014-13-45", "line 1, column 9", "Expected newline"),
        ('a = """\n', "line 1", "Unterminated"),
        ("\0", "line 1, column 1", "Invalid"),
        ("a = " + "[" * 100_000, "the whole file", "ordinary depth"),
        ("a = " + "{a = " * 100_000, "the whole file", "ordinary depth"),
        ("a = " + "9" * 100_000, "the whole file", "ordinary size"),
        ('a = "\ud800"', "the whole file", "UTF-8"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_toml_is_told_by_line(text: str, place: str, allowed: str) -> None:
    """A fault of syntax names line and column; what Python cannot hold is a fault too."""
    with pytest.raises(CaseError) as caught:
        parse_case(text)
    (fault,) = caught.value.faults
    assert fault.place == place
    assert allowed in fault.allowed
    assert fault.got


@pytest.mark.parametrize("before", ["", "[", "a = {", "a = { b = 1, "])
def test_endless_keys_are_faults_and_no_wait(before: str) -> None:
    """A key of a million parts is refused at once, and one of ninety like any other unknown key."""
    with pytest.raises(CaseError, match="more than a hundred parts"):
        parse_case(before + ".".join("a" * 1_000_000) + " = 1")
    with pytest.raises(CaseError, match="the key 'a'"):
        parse_case(".".join("a" * 90) + " = 1")


def test_a_long_chain_of_copies_is_no_circle(text: str) -> None:
    """Thousands of reports may each copy the next; a circle at the end is told for those on it."""
    rows = [f'[[reports]]\nid = "r{n}"\nfact = "leak"\nfinding = "yes"\ncopies = "r{n + 1}"' for n in range(2000)]
    end = '[[reports]]\nid = "r2000"\nfact = "leak"\nfinding = "yes"'
    long = text.replace("[[pending]]", "\n".join([*rows, end, "", "[[pending]]"]))
    assert len(parse_case(long).reports) == 2007
    with pytest.raises(CaseError) as caught:
        parse_case(long.replace(end, f'{end}\ncopies = "r1999"'))
    assert [fault.got for fault in caught.value.faults] == [
        "the circle r1999 -> r2000 -> r1999",
        "the circle r2000 -> r1999 -> r2000",
    ]


def test_messages_hold_no_control_characters() -> None:
    """A key or a value cannot paint on the terminal of who reads the fault."""
    with pytest.raises(CaseError) as caught:
        parse_case('"\\u001b[31m" = 1\nid = "\\u001b[31m"')
    assert "\x1b" not in str(caught.value)
