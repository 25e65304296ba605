"""LitBank: passages of 100 novels with mentions, coreference and the relation layer, as litgraph's own types.

Sources: Bamman, Popat & Shen (NAACL 2019) for mentions, Bamman, Lewke & Mansoor (LREC 2020) for coreference; the
relation layer annotates the same mentions (CC BY 4.0 all three). LitBank prints its passages as Penn Treebank tokens;
here they are put back into running text, and every token, sentence and mention becomes offsets into that text, so
that whatever reads a book can be measured on a passage unchanged.

Folders: ``<data>/litbank/<split>/{coref,relations}/<passage>.{conll,ann,tsv}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.ontology import fold
from litgraph.types import ENTITY_LABELS, EntityLabel, Mention, MentionForm, Pair, Sentence, Span

Split = Literal["train", "dev", "test"]
Fact = tuple[str, str, str]
"""Head entity, relation, tail entity, as :func:`litgraph.ontology.fold` gives them."""

FORMS: dict[str, MentionForm] = {"PROP": "name", "NOM": "noun", "PRON": "pronoun"}
ALL_FORMS: frozenset[MentionForm] = frozenset(FORMS.values())

NO_SPACE_BEFORE = frozenset(", . ; : ! ? ) ] } ’ ” 's 'S 'll 're 've 'm 'd ’s ’S ’ll ’re ’ve ’m ’d n't n’t".split())
NO_SPACE_AFTER = frozenset("( [ { “ ‘ `` `".split())
DASHES = frozenset(("--", "—", "---"))


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """One annotated triple: *head relation tail*.

    Attributes:
        head, tail: mention ids.
        sentence: index of the sentence that carries the evidence.
        confidence: 3 stated outright, 2 clear from wording or context, 1 a plausible inference.
    """

    head: str
    relation: str
    tail: str
    sentence: int
    confidence: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The first 2,000 words or so of a novel, annotated.

    Attributes:
        name: the file's stem, Gutenberg number first: "105_persuasion".
        text: the passage as running text, one space between sentences.
        sentences: they index ``tokens``; chapter is 1 and paragraph 0 throughout (LitBank marks neither).
        tokens: by sentence, the spans of LitBank's tokens in ``text``.
        mentions: in text order, the shorter first where two begin together; ``entity`` is LitBank's coreference
            chain. A noun phrase in apposition ("James Stevenson, *Esq. of South Park*") or after a copula ("he was *a
            baronet*"), which LitBank links but puts in no chain, bears the entity of whom it describes.
        relations: as annotated, in file order; empty if the passage has no relation file.
        descriptions: ids of those noun phrases in apposition or after a copula.
    """

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    tokens: tuple[tuple[Span, ...], ...]
    mentions: tuple[Mention, ...]
    relations: tuple[GoldRelation, ...]
    descriptions: frozenset[str]

    def facts(self) -> frozenset[Fact]:
        """The annotated relations between entities: each once, however often and with whatever words it is stated."""
        entity_of = {mention.id: mention.entity for mention in self.mentions}
        return frozenset(
            fold(entity_of[gold.head], gold.relation, entity_of[gold.tail])
            for gold in self.relations
            if entity_of[gold.head] != entity_of[gold.tail]
        )


def read_split(data: Path, split: Split) -> Iterator[Passage]:
    """The passages of one split, in order of their names.

    Args:
        data: the data folder, the one that holds ``litbank/``.
        split: the NAACL 2019 split.

    Raises:
        SourceNotFound: there is no such split below ``data``.
        UnreadableSource: a file is not in LitBank's format.
    """
    folder = data / "litbank" / split
    names = sorted(path.stem for path in (folder / "coref").glob("*.conll"))
    if not names:
        raise SourceNotFound(f"no LitBank passages in {folder / 'coref'}", "Name the folder that contains 'litbank'.")
    return (read_passage(folder, name) for name in names)


def read_passage(folder: Path, name: str, *, layer: str = "relations") -> Passage:
    """One passage.

    Args:
        folder: the folder of its split.
        name: its file name without ending.
        layer: which annotation of the relations: "relations", or "relations_second" where there is one.

    Raises:
        SourceNotFound: the passage has no ``.conll`` or ``.ann`` file.
        UnreadableSource: a file is not in LitBank's format.
    """
    text, tokens = running_text(_read_conll(folder / "coref" / f"{name}.conll"))
    sentences = tuple(
        Sentence(index, spans[0].start, spans[-1].end, chapter=1, paragraph=0) for index, spans in enumerate(tokens)
    )
    mentions, descriptions = _read_mentions(folder / "coref" / f"{name}.ann", text, tokens)
    relations = _read_relations(folder / layer / f"{name}.tsv", frozenset(mention.id for mention in mentions))
    return Passage(name, text, sentences, tokens, mentions, relations, descriptions)


def read_quotations(folder: Path, name: str) -> tuple[tuple[tuple[int, int], tuple[int, int], str], ...]:
    """The quotations of a passage in text order: (sentence, token) of both marks, and the speaker's entity.

    Args:
        folder: the folder of its split.
        name: its file name without ending; a passage without a file of quotations has none.

    Raises:
        UnreadableSource: the file is not in LitBank's format.
    """
    path = folder / "quotations" / f"{name}.ann"
    if not path.is_file():
        return ()
    spans: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {}
    speaker_of: dict[str, str] = {}
    for number, fields in _lines(path):
        try:
            if fields[:1] == ["QUOTE"]:
                first, token, last, final = map(int, fields[2:6])
                spans[fields[1]] = (first, token), (last, final)
            elif fields[:1] == ["ATTRIB"]:
                speaker_of[fields[1]] = fields[2]
        except (IndexError, ValueError):
            raise _malformed(path, number) from None
    return tuple((*span, speaker_of.get(key, "")) for key, span in sorted(spans.items(), key=lambda item: item[1]))


def sentence_pairs(passage: Passage, forms: frozenset[MentionForm] = ALL_FORMS) -> Iterator[Pair]:
    """Every two mentions of different entities in one sentence, once, in text order; the window is the sentence.

    Args:
        passage: a passage with its coreference.
        forms: only mentions of these forms.
    """
    by_sentence: list[list[Mention]] = [[] for _ in passage.sentences]
    for mention in passage.mentions:
        if mention.form in forms:
            by_sentence[mention.sentence].append(mention)
    for sentence, mentions in zip(passage.sentences, by_sentence, strict=True):
        text = passage.text[sentence.start : sentence.end]
        for position, head in enumerate(mentions):
            for tail in mentions[position + 1 :]:
                if head.entity != tail.entity:
                    yield Pair(head, tail, sentence.start, sentence.end, text)


def running_text(sentences: list[list[str]]) -> tuple[str, tuple[tuple[Span, ...], ...]]:
    """Tokens put back into text, and where each of them stands in it.

    No character of a token is changed; only spaces are chosen: none before closing punctuation and clitics, none after
    opening brackets, none around dashes, and straight quotes open and close in turn within a sentence.
    """
    parts: list[str] = []
    length = 0
    tokens: list[tuple[Span, ...]] = []
    for sentence in sentences:
        spans: list[Span] = []
        glued, quoted = True, False
        if parts:
            parts.append(" ")
            length += 1
        for token in sentence:
            closes = token == '"' and quoted
            if not (glued or closes or token in NO_SPACE_BEFORE or token in DASHES):
                parts.append(" ")
                length += 1
            spans.append(Span(length, length + len(token)))
            parts.append(token)
            length += len(token)
            if token == '"':
                quoted = not quoted
            glued = token in NO_SPACE_AFTER or token in DASHES or (token == '"' and quoted)
        tokens.append(tuple(spans))
    return "".join(parts), tuple(tokens)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line numbers from 1 and tab-separated fields; an empty line has no fields."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceNotFound(f"LitBank file not found: {path}", "Check the name and the data folder.") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path} is not UTF-8", "Get LitBank's own file again.") from None
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line.rstrip("\r").split("\t") if line.strip() else []


def _malformed(path: Path, number: int) -> UnreadableSource:
    return UnreadableSource(f"{path}, line {number}: not in LitBank's format", "Get LitBank's own file again.")


def _read_conll(path: Path) -> list[list[str]]:
    """Tokens by sentence: column 4 of CoNLL-2012; an empty line ends a sentence."""
    sentences: list[list[str]] = [[]]
    for number, fields in _lines(path):
        if not fields:
            sentences.append([])
        elif not fields[0].startswith("#"):
            if len(fields) < 4 or not fields[3]:
                raise _malformed(path, number)
            sentences[-1].append(fields[3])
    return [sentence for sentence in sentences if sentence]


def _read_mentions(
    path: Path, text: str, tokens: tuple[tuple[Span, ...], ...]
) -> tuple[tuple[Mention, ...], frozenset[str]]:
    """The mentions, and the ids of those that describe another and are in no chain."""
    rows: list[tuple[str, int, Span, EntityLabel, MentionForm]] = []
    entity_of: dict[str, str] = {}
    described: dict[str, str] = {}
    for number, fields in _lines(path):
        try:
            if fields[:1] == ["MENTION"]:
                identifier, sentence, first, _, last = fields[1], *map(int, fields[2:6])
                span = Span(tokens[sentence][first].start, tokens[sentence][last].end)
                if fields[7] not in ENTITY_LABELS:
                    raise _malformed(path, number)
                rows.append((_mention_id(identifier), sentence, span, fields[7], FORMS[fields[8]]))
            elif fields[:1] == ["COREF"]:
                entity_of[_mention_id(fields[1])] = fields[2]
            elif fields[:1] in (["APPOS"], ["COP"]):
                described[_mention_id(fields[1])] = _mention_id(fields[2])
        except (IndexError, KeyError, ValueError):
            raise _malformed(path, number) from None
    rows.sort(key=lambda row: (row[2].start, row[2].end, row[0]))
    mentions = tuple(
        Mention(
            id=identifier,
            start=span.start,
            end=span.end,
            text=text[span.start : span.end],
            label=label,
            form=form,
            sentence=sentence,
            chapter=1,
            entity=_entity(identifier, entity_of, described),
        )
        for identifier, sentence, span, label, form in rows
    )
    return mentions, frozenset(described.keys() - entity_of.keys())


def _entity(identifier: str, entity_of: dict[str, str], described: dict[str, str]) -> str:
    """The chain of the mention, or of the one that it describes, however indirectly; its own id if there is none."""
    seen = [identifier]
    while seen[-1] not in entity_of and described.get(seen[-1], identifier) not in seen:
        seen.append(described[seen[-1]])
    return entity_of.get(seen[-1], min(seen))


def _mention_id(identifier: str) -> str:
    """LitBank's "T12" is "m12" in the relation layer."""
    return f"m{int(identifier.removeprefix('T'))}"


def _read_relations(path: Path, mention_ids: frozenset[str]) -> tuple[GoldRelation, ...]:
    if not path.is_file():
        return ()
    relations: list[GoldRelation] = []
    for number, fields in _lines(path):
        if not fields:
            continue
        try:
            head, relation, tail, sentence, confidence = fields
            gold = GoldRelation(head, relation, tail, int(sentence.removeprefix("S")), int(confidence))
        except ValueError:
            raise _malformed(path, number) from None
        if head not in mention_ids or tail not in mention_ids:
            raise _malformed(path, number)
        relations.append(gold)
    return tuple(relations)
