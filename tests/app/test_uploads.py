"""Files that people bring: a sound one opens, every other is told in a table of faults, and the old case stays."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from tests.app.stored import SONY, now, refusals, sony, words

from cybercoercion.case import load_case, read_shipped
from cybercoercion.case.loading import load_text


def uploaded(start, name: str, content: bytes):
    """Return the app after a file was brought."""
    at = start()
    at.button(key="open").click().run()
    return at.file_uploader(key="upload").set_value((name, content, "application/toml")).run()


def zipped() -> bytes:
    """Return a zip with a sound case in it."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("case.toml", read_shipped(SONY))
    return memory.getvalue()


def with_line(line: str) -> bytes:
    """Return the worked example with a line more at its beginning."""
    return (line + "\n" + read_shipped(SONY)).encode()


def pinned(name: str, intent: str) -> bytes:
    """Return a report after which only one intent is believed."""
    return (
        f'\n[[reports]]\nid = "{name}"\nfact = "intent"\nkind = "pinned"\nfindings = {{ {intent} = 1.0 }}\n'
    ).encode()


def impossible() -> bytes:
    """Return the worked example with two reports that cannot both be true."""
    first, rest = with_line("").split(b"[[reports]]", 1)
    return first + pinned("one", "crime") + pinned("two", "testing") + b"[[reports]]" + rest


FAULTY = {
    "reports that exclude each other": (impossible(), "can be true together"),
    "empty": (b"", "schema"),
    "no case": (b'[project]\nname = "x"\n', "project"),
    "binary": (bytes(range(256)) * 40, "UTF-8"),
    "zip": (zipped(), "UTF-8"),
    "fifty megabytes": (b"#" * 50_000_000, "more than 5 MB"),
    "a path for an id": (with_line("").replace(b'id = "sony-2014"', b'id = "../../etc/passwd"'), "etc/passwd"),
    "another schema": (with_line("").replace(b"schema = 1", b"schema = 2"), "schema"),
    "no TOML": (b"title = \n", "TOML"),
    "a pickle": (b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94", "UTF-8"),
    "episodes elsewhere": (b'schema = 1\nid = "a"\ntitle = "A"\ncases = ["notes.toml"]\n', "notes.toml"),
    "nested without end": (b"a = " + b"[" * 50_000, "nested"),
    "two faults": (with_line("").replace(b'frame = "', b'frame = "x').replace(b"schema = 1", b"schema = 7"), "frame"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_faulty_file_is_told_in_the_table_and_the_old_case_stays(start, what: str) -> None:
    """A file that is no sound case leaves the desk as it was, and says file, place, got and allowed."""
    content, said = FAULTY[what]
    at = uploaded(start, "brought.toml", content)
    assert now(at) == sony()
    assert any(said in cell for cell in refusals(at)), refusals(at)
    assert all("brought.toml" in cell or "notes.toml" in cell for cell in refusals(at)[::4])
    assert not at.error


def test_every_fault_is_told_at_once(start) -> None:
    """A file with two faults gives both in one table."""
    told = refusals(uploaded(start, "brought.toml", FAULTY["two faults"][0]))
    assert {"schema", "frame"} <= {cell.rpartition(", ")[2] for cell in told}


@pytest.mark.parametrize("name", [SONY, "ukraine-2014-2016"])
def test_a_sound_file_opens_with_its_comments(start, name: str) -> None:
    """A sound case or campaign opens, and the text keeps every comment."""
    at = uploaded(start, f"{name}.toml", b"\xef\xbb\xbf" + read_shipped(name).encode())
    assert now(at) == load_text(read_shipped(name))
    assert at.session_state["desk"].text == read_shipped(name)
    assert at.session_state["desk"].place is None


def test_a_name_that_is_a_path_names_no_path(start) -> None:
    """The name of a file is a label in faults, without the signs of a path."""
    told = refusals(uploaded(start, "../../<b>x</b>.toml", b""))
    assert told
    assert not any("/" in cell or "<" in cell for cell in told[::4])


def test_a_script_in_a_note_is_text(start) -> None:
    """A case with a script and a remote picture in its note and title opens, and both are shown as text."""
    evil = "![x](http://evil.example/p.png) <script>alert(1)</script>"
    text = read_shipped(SONY).replace('title = "Sony Pictures Entertainment, 2014"', f"title = '{evil}'", 1)
    at = uploaded(start, "evil.toml", f"note = '{evil}'\n{text}".encode())
    assert now(at).title == now(at).note == evil
    live = re.compile(r"(?<!\\)!\[x|(?<!\\)<script")
    assert not [one.value for one in (*at.title, *at.markdown, *at.caption) if live.search(one.value)]
    assert evil in words(at)


def test_the_old_case_can_still_be_worked_on_after_a_refusal(start) -> None:
    """After a refused file another can be opened, and the refusal is gone."""
    at = uploaded(start, "brought.toml", b"")
    at.button(key="open_opm-2015").click().run()
    assert now(at) == load_case("opm-2015")
    assert refusals(at) == []
