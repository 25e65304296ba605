"""The public file formats of a run folder: plain JSON, to and from the vocabulary of ``types``.

Every file says its format version; ``docs/formats.md`` describes each field. Version 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from litgraph.drama import Play, PlaySpeech, Role
from litgraph.errors import RunFolderError
from litgraph.ontology import KIND_OF_LABEL
from litgraph.types import Book, Chapter, Entity, Fact, Mention, Quotation, Relation, Sentence, SourceRun, Span, Voice

FORMAT_VERSION = 1

Row = dict[str, Any]
Value = TypeVar("Value")


class RowError(ValueError):
    """A line says what it cannot say; whoever reads the file adds where."""


def book_to_json(book: Book) -> Row:
    """Everything of a book but its text, which stands beside it in ``text.txt``; ``play`` only of a play."""
    play = {"play": _play_to_json(book.play)} if book.play else {}
    return play | {
        "format": FORMAT_VERSION,
        "title": book.title,
        "author": book.author,
        "identifier": book.identifier,
        "language": book.language,
        "release": book.release,
        "source": book.source,
        "notices": list(book.notices),
        "divisions": [asdict(division) for division in book.divisions],
        "paragraphs": [[span.start, span.end] for span in book.paragraphs],
        "source_map": [[run.text_start, run.source_start, run.length, run.member] for run in book.source_map],
    }


def book_from_json(row: Row, text: str) -> Book:
    """The book that ``book_to_json`` wrote.

    Raises:
        RunFolderError: it was written by a newer litgraph, or fields are missing.
    """
    if row.get("format") != FORMAT_VERSION:
        raise RunFolderError(
            f"book.json has format {row.get('format')!r}; this litgraph reads format {FORMAT_VERSION}.",
            "Build into a new folder, or install the litgraph that wrote it.",
        )
    return Book(
        text=text,
        title=row["title"],
        author=row["author"],
        identifier=row["identifier"],
        language=row["language"],
        release=row["release"],
        source=row["source"],
        notices=tuple(row["notices"]),
        divisions=tuple(Chapter(**division) for division in row["divisions"]),
        paragraphs=tuple(Span(start, end) for start, end in row["paragraphs"]),
        source_map=tuple(SourceRun(*run) for run in row["source_map"]),
        play=_play_from_json(row["play"]) if row.get("play") else None,
    )


def _play_to_json(play: Play) -> Row:
    return {
        "speeches": [
            {
                "label": [speech.label.start, speech.label.end],
                "pieces": [[piece.start, piece.end] for piece in speech.pieces],
                "who": list(speech.who),
            }
            for speech in play.speeches
        ],
        "directions": [[span.start, span.end] for span in play.directions],
        "roles": [asdict(role) | {"names": list(role.names)} for role in play.roles],
    }


def _play_from_json(row: Row) -> Play:
    return Play(
        speeches=tuple(
            PlaySpeech(Span(*speech["label"]), tuple(Span(*piece) for piece in speech["pieces"]), tuple(speech["who"]))
            for speech in row["speeches"]
        ),
        directions=tuple(Span(*span) for span in row["directions"]),
        roles=tuple(Role(**(role | {"names": tuple(role["names"])})) for role in row["roles"]),
    )


def sentence_to_row(sentence: Sentence) -> Row:
    """One line of ``sentences.jsonl``."""
    return _row(sentence)


def sentence_from_row(row: Row) -> Sentence:
    """The sentence of one line of ``sentences.jsonl``. Raises RowError."""
    return _value(Sentence, row)


def mention_to_row(mention: Mention, kinds: Mapping[str, str]) -> Row:
    """One line of ``mentions.jsonl``; ``kind`` is the entity's, or what the label makes likely while there is none.

    Args:
        mention: the mention.
        kinds: entity id -> kind.
    """
    return {
        "id": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "label": mention.label,
        "kind": kinds.get(mention.entity, KIND_OF_LABEL[mention.label]),
        "form": mention.form,
        "entity": mention.entity,
        "chain": mention.chain,
        "certainty": mention.certainty,
        "sentence": mention.sentence,
        "chapter": mention.chapter,
        "antecedents": [list(share) for share in mention.antecedents],
    }


def mention_from_row(row: Row) -> Mention:
    """The mention of one line of ``mentions.jsonl``; a line may lack chain, certainty and antecedents.

    Raises:
        RowError: it is no mention.
    """
    fields = {"chain": "", "certainty": 1.0} | row
    fields.pop("kind", None)
    fields["antecedents"] = _shares(row, "antecedents", str)
    return _value(Mention, fields)


def voice_to_row(voice: Voice) -> Row:
    """One line of ``voices.jsonl``."""
    shares = ("speaker", "hearer", "speaker_turns", "hearer_turns")
    row = {name: getattr(voice, name) for name in ("start", "end", "chapter", "turn", "thought")}
    row |= {"labelled": True} if voice.labelled else {}
    return row | {name: [list(share) for share in getattr(voice, name)] for name in shares}


def voice_from_row(row: Row) -> Voice:
    """The voice of one line of ``voices.jsonl``. Raises RowError."""
    names = ("start", "end", "chapter", "turn")
    if not all(type(row.get(name)) is int for name in names) or type(row.get("thought")) is not bool:
        raise RowError("start, end, chapter and turn must be numbers, thought true or false")
    return Voice(
        **{name: row[name] for name in names},
        thought=row["thought"],
        speaker=_shares(row, "speaker", str),
        hearer=_shares(row, "hearer", str),
        speaker_turns=_shares(row, "speaker_turns", int),
        hearer_turns=_shares(row, "hearer_turns", int),
        labelled=row.get("labelled") is True,
    )


def _shares(row: Row, name: str, kind: type[Value]) -> tuple[tuple[Value, float], ...]:
    """Pairs of what somebody is called by and a probability; none if the field is not there."""
    found = row.get(name, [])
    if not isinstance(found, list) or not all(
        isinstance(pair, list)
        and len(pair) == 2
        and type(pair[0]) is kind
        and type(pair[1]) in (int, float)
        and 0 <= pair[1] <= 1
        for pair in found
    ):
        raise RowError(f"{name} is no list of pairs, each with a probability")
    return tuple((key, share) for key, share in found)


def relation_to_row(relation: Relation) -> Row:
    """One line of ``relations.jsonl``."""
    return _row(relation)


def relation_from_row(row: Row) -> Relation:
    """The relation of one line of ``relations.jsonl``. Raises RowError."""
    relation = _value(Relation, row)
    if not 0 <= relation.confidence <= 1:
        raise RowError(f"confidence is {relation.confidence}, not between 0 and 1")
    return relation


def quotation_to_row(quotation: Quotation) -> Row:
    """One line of ``quotations.jsonl``."""
    return _row(quotation) | {"addressees": list(quotation.addressees)}


def quotation_from_row(row: Row) -> Quotation:
    """The quotation of one line of ``quotations.jsonl``. Raises RowError."""
    addressees = row.get("addressees", [])
    if not (isinstance(addressees, list) and all(isinstance(addressee, str) for addressee in addressees)):
        raise RowError(f"addressees is {addressees!r}, not a list of ids")
    quotation = _value(Quotation, row | ({"addressees": tuple(addressees)} if "addressees" in row else {}))
    if not 0 <= quotation.certainty <= 1:
        raise RowError(f"certainty is {quotation.certainty}, not between 0 and 1")
    return quotation


def fact_to_row(fact: Fact) -> Row:
    """One line of ``facts.jsonl``."""
    row = asdict(fact)
    lists = {name: list(row[name]) for name in _LISTS_OF_FACT}
    return row | lists | {"evidence": [list(piece) for piece in fact.evidence]}


def fact_from_row(row: Row) -> Fact:
    """The fact of one line of ``facts.jsonl``. Raises RowError."""
    try:
        lists = {name: tuple(row[name]) for name in _LISTS_OF_FACT}
        chapters = {"evidence": tuple((chapter, start, end) for chapter, start, end in row["evidence"])}
        return Fact(**(row | lists | chapters))
    except (KeyError, TypeError, ValueError) as error:
        raise RowError(f"it is no fact: {error!r}") from error


_LISTS_OF_FACT = ("claims", "because", "chapters", "sources", "words")


def cast_to_json(entities: Iterable[Entity]) -> Row:
    """``cast.json``: who is in the graph, after the person's edits of ``cast.toml``."""
    return {"format": FORMAT_VERSION, "entities": [entity_to_row(entity) for entity in entities]}


def entities_from_json(row: Row) -> tuple[Entity, ...]:
    """The entities that ``cast_to_json`` wrote."""
    return tuple(
        Entity(**(entity | {field: tuple(map(tuple, entity.get(field, ()))) for field in ("aliases", "joined")}))
        for entity in row["entities"]
    )


def entity_to_row(entity: Entity) -> Row:
    """One entity of ``cast.json``."""
    pairs = {"aliases": entity.aliases, "joined": entity.joined}
    return asdict(entity) | {name: [list(pair) for pair in value] for name, value in pairs.items()}


def _row(value: Sentence | Mention | Quotation | Relation) -> Row:
    """The fields by name, as ``asdict`` gives them; none of these holds anything that would have to be copied."""
    return {name: getattr(value, name) for name in _TYPES[type(value)]}


def _types(kind: type[Any]) -> Mapping[str, tuple[Any, ...]]:
    """For each field the values that it may have, if they are few, else its Python types."""
    allowed = {}
    for name, hint in get_type_hints(kind).items():
        choices = get_args(hint) if get_origin(hint) is Literal else ()
        allowed[name] = choices or ((int, float) if hint is float else (get_origin(hint) or hint,))
    return allowed


_TYPES: Mapping[object, Mapping[str, tuple[Any, ...]]] = {
    kind: _types(kind) for kind in (Sentence, Mention, Quotation, Relation)
}


def _value(kind: type[Value], row: Row) -> Value:
    fields = _TYPES[kind]
    if row.keys() != fields.keys():
        odd = sorted(row.keys() ^ fields.keys())
        raise RowError(f"{odd[0]} is {'no field' if odd[0] in row else 'missing'}")
    for name, allowed in fields.items():
        found = row[name]
        if isinstance(allowed[0], str):
            if found not in allowed:
                raise RowError(f"{name} is {found!r}, not one of {', '.join(allowed)}")
        elif not isinstance(found, allowed) or isinstance(found, bool):
            raise RowError(f"{name} is {found!r}, not of type {allowed[-1].__name__}")
    return kind(**row)
