"""Reading and checking the tables: every fault of every file at once, or clean contents."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from cybercoercion.knowledge.entry import Quantity, Table
from cybercoercion.knowledge.faults import KnowledgeError, KnowledgeFault
from cybercoercion.knowledge.parsing import Faults, parse_quantity, parse_setting, parse_table
from cybercoercion.vocabulary import facts

KINDS_OF_ENTRY = ("quantity", "table", "setting")
DICTIONARY = "facts.toml"  # words, not numbers: the vocabulary reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a set of files says, checked."""

    quantities: dict[str, Quantity]
    tables: dict[str, Table]
    settings: dict[str, tuple[str, ...]]
    digest: str
    overlays: tuple[str, ...]


def read_priors(overlay: Path | None) -> Contents:
    """Read the shipped files and, on top, an overlay folder."""
    faults: Faults = []
    shipped = dict(_entries(_shipped_files(), faults))
    changed: list[str] = []
    if overlay is not None:
        for key, (file, data) in _entries(_folder_files(overlay, faults), faults):
            if key not in shipped:
                near = get_close_matches(key[1], [name for kind, name in shipped if kind == key[0]], 3)
                allowed = "an entry of the shipped tables" + (f", such as {', '.join(near)}" if near else "")
                faults.append(KnowledgeFault(file=file, place=".".join(key), got="an unknown entry", allowed=allowed))
                continue
            for fixed in data.keys() & {"given", "states"} if key[0] == "table" else ():
                if data[fixed] != shipped[key][1].get(fixed):
                    place = ".".join((*key, fixed))
                    faults.append(
                        KnowledgeFault(
                            file=file,
                            place=place,
                            got="another form",
                            allowed="the shipped form: an overlay brings numbers",
                        )
                    )
            shipped[key] = (file, _merged(shipped[key], data, file))
            changed.append(".".join(key))
    quantities: dict[str, Quantity] = {}
    tables: dict[str, Table] = {}
    settings: dict[str, tuple[str, ...]] = {}
    for (kind, name), (file, data) in shipped.items():
        if kind == "quantity":
            if (quantity := parse_quantity(name, data, file, faults)) is not None:
                quantities[name] = quantity
        elif kind == "table":
            if (table := parse_table(name, data, file, faults)) is not None:
                tables[name] = table
        elif (setting := parse_setting(name, data, file, faults)) is not None:
            settings[name] = setting
    _check_references(quantities, tables, faults)
    if faults:
        raise KnowledgeError(tuple(faults))
    return Contents(
        quantities=quantities,
        tables=tables,
        settings=settings,
        digest=_digest(shipped),
        overlays=tuple(changed),
    )


def _shipped_files() -> Iterator[tuple[str, bytes]]:
    for item in sorted(files("cybercoercion.priors").iterdir(), key=lambda item: item.name):
        if item.name.endswith(".toml") and item.name != DICTIONARY:
            yield f"priors/{item.name}", item.read_bytes()


def read_entries(folder: str, faults: Faults) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, Any]]]]:
    """Return the entries of a folder beside the shipped tables, as (kind and name, file and what it says)."""
    root = files("cybercoercion.priors").joinpath(folder)
    found = sorted((item for item in root.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return _entries(((f"priors/{folder}/{item.name}", item.read_bytes()) for item in found), faults)


def _folder_files(folder: Path, faults: Faults) -> Iterator[tuple[str, bytes]]:
    found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not found:
        got = "no *.toml file" if folder.is_dir() else "no such folder"
        faults.append(
            KnowledgeFault(file=str(folder), place="--priors", got=got, allowed="a folder with tables in *.toml")
        )
    for path in found:
        yield str(path), path.read_bytes()


def _entries(
    sources: Iterator[tuple[str, bytes]], faults: Faults
) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, Any]]]]:
    for file, raw in sources:
        try:
            data = tomllib.loads(raw.decode("utf-8"))
        except (ValueError, RecursionError) as error:  # syntax, encoding, a number too long, nested too deeply
            faults.append(KnowledgeFault(file=file, place="file", got=str(error), allowed="TOML in UTF-8"))
            continue
        for kind, content in data.items():
            if kind not in KINDS_OF_ENTRY or not isinstance(content, dict):
                faults.append(
                    KnowledgeFault(file=file, place=kind, got="an unknown block", allowed=", ".join(KINDS_OF_ENTRY))
                )
                continue
            try:
                named = list(_named(kind, content))
            except RecursionError:
                faults.append(
                    KnowledgeFault(file=file, place=kind, got="a name of too many parts", allowed="dotted names")
                )
                continue
            for name, entry in named:
                for key in _reserved(entry):
                    place = f"{kind}.{name}"
                    faults.append(KnowledgeFault(file=file, place=place, got=f"the key {key}", allowed="other keys"))
                yield (kind, name), (file, entry)


RESERVED = ("file", "home")  # how the reader remembers where an entry comes from


def _reserved(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        yield from (key for key in RESERVED if key in entry)
        for row in entry.values():
            yield from _reserved(row)


ENTRY_KEYS = {
    "quantity": {"value"},
    "table": {"rows", "sd", "strength", "exponent", "given", "states", "unit", "source", "mark", "note"},
    "setting": {"names"},
}


def _named(kind: str, content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield entries with their dotted names; an entry is what holds a value, rows, or names."""
    for name, entry in content.items():
        full = f"{prefix}{name}"
        if isinstance(entry, dict) and not entry.keys() & ENTRY_KEYS[kind]:
            yield from _named(kind, entry, f"{full}.")
        else:
            yield full, entry if isinstance(entry, dict) else {"value": entry}


def _merged(shipped: tuple[str, dict[str, Any]], data: dict[str, Any], file: str) -> dict[str, Any]:
    """Return the overlay's entry; a table may bring only some rows, each then names the overlay's source."""
    base = shipped[1]
    if "rows" not in base:
        return data
    own = {key: data[key] for key in ("source", "mark", "note") if key in data}

    def paste(old: Any, new: Any) -> Any:
        if isinstance(new, dict) and "value" not in new and isinstance(old, dict) and "value" not in old:
            return {**old, **{key: paste(old.get(key), row) for key, row in new.items()}}
        return {"file": file, **own, **(new if isinstance(new, dict) else {"value": new})}

    rest = {key: value for key, value in data.items() if key not in ("rows", *own)}
    # unchanged rows keep the file that they come from
    return {**base, **rest, "home": base.get("home", shipped[0]), "rows": paste(base["rows"], data.get("rows", {}))}


def _check_references(quantities: dict[str, Quantity], tables: dict[str, Table], faults: Faults) -> None:
    for table in tables.values():
        if table.exponent is not None and table.exponent not in quantities:
            faults.append(
                KnowledgeFault(
                    file=table.source.file,
                    place=f"table.{table.name}.exponent",
                    got=repr(table.exponent),
                    allowed="the name of a quantity",
                )
            )
    for name in facts():
        if name not in tables and not any(fault.place.startswith(f"table.{name}") for fault in faults):
            faults.append(
                KnowledgeFault(file="priors", place=f"table.{name}", got="nothing", allowed="a table for every fact")
            )


def _digest(entries: Mapping[tuple[str, str], tuple[str, dict[str, Any]]]) -> str:
    """Return the hash of what the entries say, whatever file, order or comment they stand in."""

    def bare(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: bare(value) for key, value in data.items() if key not in RESERVED}
        return data

    plain = {".".join(key): bare(data) for key, (_, data) in entries.items()}
    words = {name: [fact.group, fact.states] for name, fact in facts().items()}
    text = json.dumps([plain, words], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
