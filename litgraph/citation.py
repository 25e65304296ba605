"""How to cite a graph: litgraph, the models that read the book, and the edition that was read, as BibTeX.

Everything is made from what a run folder says of itself (the graph's attributes and the report), so the entries name
what was used in that run and not what happens to be installed today. What the folder does not say, no entry says.

Names and titles come from books and files, so they are hostile input: :func:`bibtex` lets none of them end a field,
open a group or call a command of TeX.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

TITLE = "litgraph: a novel's knowledge graph, each relation with the sentences that prove it"
AUTHOR = "The litgraph developers"
YEAR = "2026"
LICENCE = "MIT"
"""Of litgraph and of the reader that comes with it. CITATION.cff says the same; a test compares them."""

_READER_NOTE = (
    "Comes with litgraph. Base model: all-MiniLM-L6-v2. Trained on LitBank (Bamman, Popat and Shen 2019; Bamman, Lewke "
    "and Mansoor 2020) with litgraph's relation layer, and on the character mobility data of Soni, Sihra, Evans, "
    "Wilkens and Bamman (2023)"
)

_GROUPS = frozenset({AUTHOR, "Explosion", "Project Gutenberg"})
"""Authors that are no persons, whose names have no parts to be turned round."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing to cite.

    Attributes:
        key: by which a text cites it, such as "litgraph" or "edition-pg1342": letters a to z, digits, "-" and ".".
        kind: the type of BibTeX's entry: "software", "book" or "misc".
        fields: BibTeX's names of fields and their plain values, as found; none is empty.
        details: what BibTeX has no field for, which therefore goes into its note: name and plain value.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    details: Mapping[str, str] = field(default_factory=dict)


def references(graph: Mapping[str, Any], report: Mapping[str, Any]) -> list[Reference]:
    """What to cite for a graph: litgraph first, then the models, the edition last.

    Args:
        graph: the attributes of the graph (``graph.graph`` of ``load_graph``).
        report: the run's ``report.json``; an empty one, or one of an older version, lacks some of the facts.
    """
    return [_software(graph), *_models(graph, report), _edition(graph, report)]


def bibtex(entries: Iterable[Reference]) -> str:
    """The entries as BibTeX, each with a field a line; no value can break out of its field."""
    return "\n".join(_entry(reference) for reference in entries)


def escaped(text: str) -> str:
    """Text for a field of BibTeX: on one line, with everything spelt out that TeX would obey.

    Braces become ``\\textbraceleft{}`` and ``\\textbraceright{}``, because BibTeX counts even a brace that a backslash
    stands before. Control characters, and those that turn the direction of writing, become spaces.
    """
    plain = "".join(" " if _is_unprintable(character) else character for character in text)
    return "".join(_SPECIAL.get(character, character) for character in " ".join(plain.split()))


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {character: f"\\{character}" for character in "$&%#_"}


def _is_unprintable(character: str) -> bool:
    turns_direction = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return turns_direction or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def _entry(reference: Reference) -> str:
    values = dict(reference.fields)
    if reference.details:
        values["note"] = "; ".join(f"{name}: {value}" for name, value in reference.details.items())
    fields = "".join(f"  {name} = {{{_field(name, value)}}},\n" for name, value in values.items())
    return f"@{reference.kind}{{{reference.key},\n{fields}}}\n"


def _field(name: str, value: str) -> str:
    # Braces keep BibTeX from small letters in titles, and from taking a group or "A, B" for first and last names.
    if name == "title" or (name == "author" and (value in _GROUPS or "," in value or _ODD_AND.search(value))):
        return f"{{{escaped(value)}}}"
    return escaped(value)


_ODD_AND = re.compile(r"^\W*and\b|\band\W*$|\band\s+and\b", re.IGNORECASE)
"""An "and" that does not stand between two names, which BibTeX refuses."""


def _reference(key: str, kind: str, details: Mapping[str, str] | None = None, **fields: str) -> Reference:
    """A reference without the fields and details that are empty."""
    return Reference(key, kind, _without_empty(fields), _without_empty(details or {}))


def _without_empty(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _software(graph: Mapping[str, Any]) -> Reference:
    return _reference(
        "litgraph",
        "software",
        author=AUTHOR,
        title=TITLE,
        year=YEAR,
        version=_text(graph, "litgraph"),
        details={"licence": LICENCE, "relations labelled by": _text(graph, "labeller")},
    )


def _models(graph: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[Reference]:
    """Each model once: who found the mentions, who labelled the pairs, who chose the pairs worth a question."""
    settings, language_model, versions = (
        _mapping(graph, "settings"),
        _mapping(graph, "models"),
        _mapping(report, "versions"),
    )
    finder, labeller, chooser = (_text(settings, name) for name in ("mentions", "labeller", "filter"))
    reader_versions = {labeller: _text(graph, "labeller")}
    if language_model:
        reader_versions = {chooser: _text(language_model, "filter")}
    readers = [name for name in (finder, labeller, chooser if language_model else "") if _is_reader(name)]
    for number, name in enumerate(dict.fromkeys(readers)):
        yield _reader(name, reader_versions.get(name, ""), number)
    if finder.startswith("spacy:"):
        yield _spacy(finder.partition(":")[2], _text(versions, "spacy"))
    if "model" in language_model:
        yield _language_model("model", _text(language_model, "model"), "Asked how two entities are related")
    if _text(language_model, "adapter") not in ("", "none"):
        yield _language_model(
            "adapter", _text(language_model, "adapter"), f"Adapter of {_text(language_model, 'model')}"
        )


def _is_reader(name: str) -> bool:
    return name == "literary" or name.startswith("literary:")


def _reader(setting: str, version: str, number: int) -> Reference:
    """The literary reader that comes with litgraph, or (``literary:FOLDER``) one that somebody trained."""
    key = "literary-reader" + (f"-{number + 1}" if number else "")
    if setting == "literary":
        note = f"{_READER_NOTE}. Licence: {LICENCE}"
        return _reference(
            key, "software", author=AUTHOR, title="The literary reader", year=YEAR, version=version, note=note
        )
    return _reference(key, "misc", title="A literary reader", version=version, note="Trained with litgraph")


def _spacy(pipeline: str, version: str) -> Reference:
    note = f"A pipeline of spaCy {version}".rstrip()
    return _reference("spacy-pipeline", "software", author="Explosion", title=pipeline, note=note)


def _language_model(key: str, identity: str, note: str) -> Reference:
    name, _, version = identity.rpartition("@") if "@" in identity else (identity, "", "")
    return _reference(key, "misc", title=name, version=version, note=note)


def _edition(graph: Mapping[str, Any], report: Mapping[str, Any]) -> Reference:
    """The file that was read. A Project Gutenberg number makes it a book of that publisher, with an address."""
    source = _mapping(report, "source")
    identifier, release = _text(graph, "identifier"), _text(graph, "release")
    name = _text(source, "name") or _text(graph, "source")
    gutenberg = re.fullmatch(r"pg(\d{1,9})", identifier, re.ASCII)
    year = re.search(r"\b\d{4}\b", release, re.ASCII)
    details = {"identifier": identifier, "release": release, "file": name, "SHA-256": _text(source, "sha256")}
    return _reference(
        f"edition-{_slug(identifier)}" if _slug(identifier) else "edition",
        "book" if gutenberg else "misc",
        details,
        author=_text(graph, "author"),
        title=_text(graph, "title") or name or identifier,
        publisher="Project Gutenberg" if gutenberg else "",
        year=year[0] if year else "",
        url=f"https://www.gutenberg.org/ebooks/{int(gutenberg[1])}" if gutenberg else "",
    )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


def _mapping(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = values.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
