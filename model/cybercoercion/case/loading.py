"""A path or a shipped id in; a case or a campaign out."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path

from cybercoercion.case.campaign import Campaign
from cybercoercion.case.faults import CaseError, Fault, shown
from cybercoercion.case.library import is_slug, one_shipped, read_shipped, shipped
from cybercoercion.case.merging import Source, campaign_from
from cybercoercion.case.model import Case
from cybercoercion.case.reading import case_from, parse_toml

LARGEST = 5_000_000  # bytes; a coded case has some ten thousand


def load(source: str | PathLike[str]) -> Case | Campaign:
    """Read a case or a campaign; the two are told apart by ``cases``.

    Parameters
    ----------
    source
        The path of a TOML file, or a shipped id. What has the form of an id is one, unless only a file has this name.

    Raises
    ------
    CaseError
        With every fault; for a campaign, with those of all its members.
    """
    name = fspath(source)
    is_id = isinstance(source, str) and is_slug(name) and (name in shipped() or not Path(name).exists())
    text = read_shipped(name) if is_id else read_file(name)
    data = parse_toml(text, name)
    if "cases" not in data:
        return case_from(data, name, text)

    def read(member: str) -> tuple[str, str]:
        if not member.endswith(".toml"):
            return member, read_shipped(member)
        if is_id:
            return member, read_shipped(member.removesuffix(".toml"))
        beside = str(Path(name).parent / member)
        return beside, read_file(beside)

    return campaign_from(Source(file=name, text=text, data=data), read)


def load_text(text: str, file: str = "case") -> Case | Campaign:
    """Read a case or a campaign from a text that came without a folder: its episodes are shipped ones.

    Parameters
    ----------
    text
        The content of a file.
    file
        What to call it in faults.

    Raises
    ------
    CaseError
        With every fault; for a campaign, with those of all its members.

    Examples
    --------
    >>> load_text(read_shipped("sony-2014")) == load("sony-2014")
    True
    """
    data = parse_toml(text, file)
    if "cases" not in data:
        return case_from(data, file, text)

    def read(member: str) -> tuple[str, str]:
        name = member.removesuffix(".toml")
        if name not in shipped():
            got = f"{shown(member)}, a file that did not come along"
            allowed = f"the id of a shipped case: {one_shipped(name)}"
            raise CaseError((Fault(file=file, place="cases", got=got, allowed=allowed),))
        return member, read_shipped(name)

    return campaign_from(Source(file=file, text=text, data=data), read)


def load_case(source: str | PathLike[str]) -> Case:
    """Read a case, as `load` does; a campaign is refused."""
    found = load(source)
    if isinstance(found, Campaign):
        raise _wrong(source, "a campaign file (it has `cases`)", "a case file")
    return found


def load_campaign(source: str | PathLike[str]) -> Campaign:
    """Read a campaign, as `load` does; a single case is refused."""
    found = load(source)
    if isinstance(found, Case):
        raise _wrong(source, "a case file (it has no `cases`)", "a campaign file")
    return found


def read_file(name: str) -> str:
    """Return the text of a file, or say what keeps it from being read."""
    absent = _wrong(name, "no such file", f"the path of a case file, or a shipped id: {one_shipped(name)}")
    if not name:  # which would mean the folder that we are in
        raise absent
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise absent from None
    except IsADirectoryError:
        raise _wrong(name, "a folder", "a case file") from None
    except (OSError, ValueError) as error:  # no permission, a name that no file can have
        raise _wrong(name, f"a file that cannot be read ({error})", "a readable case file") from None
    return decoded(content, name)


def decoded(content: bytes, name: str) -> str:
    """Return what the bytes of a file say, or refuse what is too large or no text.

    Raises
    ------
    CaseError
        With the size or the place of the first byte that is no text.
    """
    if len(content) > LARGEST:
        raise _wrong(name, f"more than {LARGEST / 1e6:g} MB", f"at most {LARGEST / 1e6:g} MB")
    try:
        return content.decode("utf-8-sig")  # some editors begin a file with a byte order mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = f"the byte 0x{content[error.start]:02x}, which is no UTF-8"
        fault = Fault(file=name, place=f"line {line}", got=got, allowed="text in UTF-8", line=line)
        raise CaseError((fault,)) from None


def _wrong(source: str | PathLike[str], got: str, allowed: str) -> CaseError:
    return CaseError((Fault(file=fspath(source), place="the whole file", got=got, allowed=allowed),))
