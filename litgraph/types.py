"""The vocabulary between the stages: frozen values, no behaviour beyond looking things up and showing themselves.

Every ``start``/``end`` is a pair of character offsets into ``Book.text`` (LF line ends, NFC), end exclusive, so
that any claim in the graph can be shown in the text and any two stages can be joined without guessing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from litgraph.markup import table

if TYPE_CHECKING:
    from litgraph.drama import Play

DivisionKind = Literal["front", "contents", "chapter", "back"]
EntityLabel = Literal["PER", "FAC", "GPE", "LOC", "VEH", "ORG"]
MentionForm = Literal["name", "noun", "pronoun"]
EntityKind = Literal["character", "group", "place", "organisation", "vehicle"]
Gender = Literal["female", "male", "unknown"]
Shares = tuple[tuple[str, float], ...]
"""Ids of mentions with probabilities."""
TurnShares = tuple[tuple[int, float], ...]
"""Indexes of quotations with probabilities."""
Manner = Literal["named", "described", "turn", "narrator", "person"]
Basis = Literal["stated", "inferred"]

ENTITY_LABELS: tuple[EntityLabel, ...] = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
ENTITY_KINDS: tuple[EntityKind, ...] = ("character", "group", "place", "organisation", "vehicle")
_SHOWN = 20  # rows of a table in a notebook
PLACE_LABELS: frozenset[EntityLabel] = frozenset({"FAC", "GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ``Book.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One division of the book. The divisions of a book tile its text, in order.

    Attributes:
        number: 1, 2, 3 … among the divisions of kind "chapter"; 0 for the others.
        title: the heading as printed, on one line; "" where the book has none.
        start, end: offsets of the whole division, heading included.
        part: heading of the volume, part or act it stands in, parts of parts joined by " / "; "" if none.
        kind: "chapter" is what is read for the graph; "front" (title page, dedication), "contents" and "back"
            (indexes, advertisements) are kept in the text but not read.
    """

    number: int
    title: str
    start: int
    end: int
    part: str = ""
    kind: DivisionKind = "chapter"


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """A place in the file that a book was read from.

    Attributes:
        member: the file inside an EPUB; "" for every other source.
        offset: characters from the start of the decoded source (of the member), as it was before any cleaning.
    """

    member: str
    offset: int


@dataclass(frozen=True, slots=True)
class SourceRun:
    """``text[text_start:text_start + length]`` was copied, character by character, from ``source_start``."""

    text_start: int
    source_start: int
    length: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A book, clean: paragraphs are single lines, separated from each other and from headings by one empty line.

    Attributes:
        text: the whole book without the distributor's boilerplate; LF, NFC.
        title, author, language, release: as its metadata say, "" where they do not. Language is an ISO 639-1 code.
        identifier: "pg1342" for a Project Gutenberg book, else a slug of the file name or title.
        divisions: front matter, contents, chapters and back matter; they tile ``text``.
        paragraphs: every paragraph and heading, in order, not overlapping.
        source: file name or identifier that it was read from (no folder, so that results do not depend on it).
        source_map: where each stretch of the text stood in the source; characters that cleaning made are in none.
        notices: what a reader of the book should be told, such as a guessed encoding.
        play: its speeches, stage directions and dramatis personae if the text is a play; else None.
    """

    text: str
    title: str = ""
    author: str = ""
    identifier: str = ""
    language: str = ""
    release: str = ""
    divisions: tuple[Chapter, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    source: str = ""
    source_map: tuple[SourceRun, ...] = field(default=(), repr=False)
    notices: tuple[str, ...] = ()
    play: Play | None = field(default=None, repr=False)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The divisions that are read for the graph."""
        return tuple(division for division in self.divisions if division.kind == "chapter")

    def source_position(self, offset: int) -> SourcePosition | None:
        """Where the character ``text[offset]`` stood in the source; None if cleaning put it there."""
        index = bisect_right(self.source_map, offset, key=lambda run: run.text_start) - 1
        if index < 0:
            return None
        run = self.source_map[index]
        distance = offset - run.text_start
        return SourcePosition(run.member, run.source_start + distance) if distance < run.length else None

    def _repr_html_(self) -> str:
        """Title, author and chapters, for a notebook."""
        rows = [(one.number, one.part, one.title, f"{one.end - one.start:,}") for one in self.chapters[:_SHOWN]]
        caption = " by ".join(filter(None, (self.title or self.source or "A book", self.author)))
        left = len(self.chapters) - len(rows)
        return table(
            f"{caption}: {len(self.text):,} characters", ("chapter", "part", "title", "length"), rows, more=left
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a chapter. ``index`` counts from 0 through the book; ``paragraph`` indexes ``Book.paragraphs``."""

    index: int
    start: int
    end: int
    chapter: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to somebody, somewhere or something.

    Attributes:
        id: "m0", "m1" … in text order; of two that begin together the longer first ("his wife" before "his").
        text: ``Book.text[start:end]``.
        label: LitBank's six entity types.
        form: proper name, common noun phrase or pronoun.
        sentence: index of the sentence it stands in.
        chapter: number of the chapter it stands in.
        entity: id of the cast entity that it refers to; "" as long as nobody knows.
        chain: the reader's coreference chain, "c0", "c1" …: mentions of one chain mean the same, as far as the reader
            can tell; "" if it is linked to no other mention. Chains do not go beyond a chapter; names link chapters.
        certainty: how likely it means its entity, 0 to 1; 1 as long as it has none.
        antecedents: earlier mentions of its chapter that it may mean the same as: their ids, each with its probability,
            the likeliest first; what is missing to 1 is that of none.
    """

    id: str
    start: int
    end: int
    text: str
    label: EntityLabel
    form: MentionForm
    sentence: int
    chapter: int
    entity: str = ""
    chain: str = ""
    certainty: float = 1.0
    antecedents: Shares = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A quotation, and what points to its speaker and its hearer, before anybody knows who is who.

    Attributes:
        start, end: offsets into ``Book.text``, with the marks.
        chapter: number of its chapter.
        turn: number of the speech that it is a piece of; the pieces of one speech follow each other.
        thought: it is thought and not said.
        speaker, hearer: ids of mentions, each with the probability that it means him.
        speaker_turns, hearer_turns: indexes of quotations, each with the probability that he says it, too.
        labelled: a play's label says who speaks, whatever the speeches around it make likely.
    """

    start: int
    end: int
    chapter: int
    turn: int
    thought: bool = False
    speaker: Shares = ()
    hearer: Shares = ()
    speaker_turns: TurnShares = ()
    hearer_turns: TurnShares = ()
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A piece of direct speech between its marks: who says it, and to whom.

    A speech that goes on over an interruption ("…," said she, "…") or over paragraphs is several pieces of one speaker.

    Attributes:
        id: "q0", "q1" … in text order.
        start, end: offsets into ``Book.text``, with the marks.
        chapter: number of the chapter it stands in.
        speaker: id of the cast entity who says it; "" as long as nobody knows.
        addressees: ids of those who are spoken to.
        cue: id of the mention that names the speaker beside it ("said *Emma*"); "" if there is none.
        how: what tells the speaker: a name beside it, a noun phrase or pronoun beside it, the turns of the dialogue, or
            the narrator's "said I", or a person who corrected it.
        certainty: how likely the speaker is right, 0 to 1; 0 where there is none.
    """

    id: str
    start: int
    end: int
    chapter: int
    speaker: str = ""
    addressees: tuple[str, ...] = ()
    cue: str = ""
    how: Manner = "turn"
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class Entity:
    """A character, group, place, organisation or vehicle of the book: one node of the graph.

    Attributes:
        id: readable slug, stable across runs, such as "elizabeth-bennet".
        aliases: (string, how often it occurs), most frequent first, the name itself included. Names only: pronouns
            and noun phrases are no aliases.
        mentions: number of mentions that were resolved to it, pronouns and noun phrases included.
        first, last: numbers of the chapters of its first and last mention.
        ambiguous: the name fits several others and the text does not say which; a person should decide.
        narrator: says "I" outside of quotations; its pronouns of the first person there are among the mentions.
        joined: (alias, why it is the entity's) for names that no word connects with the others ("Miss Taylor" with
            "Mrs. Weston"), by alias.
        same_as: address of who that is elsewhere, such as in Wikidata; "" unless a person told it.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[tuple[str, int], ...] = ()
    gender: Gender = "unknown"
    mentions: int = 0
    first: int = 0
    last: int = 0
    ambiguous: bool = False
    narrator: bool = False
    joined: tuple[tuple[str, str], ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what is in the book, and which mention means whom.

    Attributes:
        entities: ordered by how often they are named (or say "I", as narrators), most first, then by id.
        entity_of: mention id -> entity id; a mention that is absent refers to nobody in the cast.
        certainty_of: mention id -> how likely it means its entity; 1 for a mention that is absent.
    """

    entities: tuple[Entity, ...]
    entity_of: Mapping[str, str] = field(default_factory=dict, repr=False)
    certainty_of: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def characters(self) -> tuple[Entity, ...]:
        """People and groups of people."""
        return tuple(entity for entity in self.entities if entity.kind in ("character", "group"))

    @property
    def places(self) -> tuple[Entity, ...]:
        """Towns, houses, rooms, countries."""
        return tuple(entity for entity in self.entities if entity.kind == "place")

    def _repr_html_(self) -> str:
        """Who is mentioned most, for a notebook."""
        most = sorted(self.entities, key=lambda one: (-one.mentions, one.id))[:_SHOWN]
        rows = [
            (one.name, one.kind, one.gender, one.mentions, ", ".join(a for a, _ in one.aliases[:6] if a != one.name))
            for one in most
        ]
        columns = ("name", "kind", "gender", "mentions", "also called")
        return table(f"A cast of {len(self.entities):,}", columns, rows, more=len(self.entities) - len(rows))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of different entities, close enough that the text between may relate them.

    Attributes:
        head, tail: in text order (``head.start <= tail.start``).
        start, end: the window, from the start of the first sentence to the end of the last.
        text: ``Book.text[start:end]``.
    """

    head: Mention
    tail: Mention
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What a labeller says of one pair: *head relation tail*, such as *Jane Bennet sibling_of Elizabeth Bennet*.

    Attributes:
        head, tail: entity ids; the labeller decides the direction, so head may stand later in the text.
        relation: a name of the vocabulary; "" if the labeller's answer is not in it.
        confidence: between 0 and 1.
        raw: the labeller's own words: the model's answer, or the name of the rule that fired.
        source: labeller and version, such as "rules-1".
        head_mention, tail_mention: mention ids.
        start, end: the evidence in ``Book.text``.
        chapter: number of its chapter.
    """

    head: str
    relation: str
    tail: str
    confidence: float
    raw: str
    source: str
    head_mention: str
    tail_mention: str
    start: int
    end: int
    chapter: int

    def _repr_html_(self) -> str:
        """The claim and where it is made, for a notebook."""
        rows = [(f"{self.confidence:.2f}", self.raw, self.source, self.chapter, f"{self.start} to {self.end}")]
        columns = ("confidence", "labeller's words", "labeller", "chapter", "characters of the text")
        return table(f"{self.head} {self.relation or 'is, in no word of the vocabulary,'} {self.tail}", columns, rows)


@dataclass(frozen=True, slots=True)
class Fact:
    """What the whole book says: *head relation tail*.

    Attributes:
        id: "f0", "f1" … in the order of heads, relations and tails.
        head, tail: entity ids; of a symmetric relation the smaller first.
        relation: a name of the vocabulary.
        confidence: how likely the book holds it, 0 to 1.
        basis: "stated" if something in the book claims it, "inferred" if it follows from other facts alone.
        claims: ids of what claims it.
        because: ids of the facts it follows from.
        against: id of a likelier fact that it cannot hold beside; "" if there is none.
        chapters: numbers of the chapters that claim it; of an inferred fact those of the facts it follows from.
        from_chapter, to_chapter: the first and the last of these; 0 if there are none.
        evidence: chapter, start and end of each piece of text that claims it, in text order.
        sources: what claims it: labellers, "kin phrases", "address", "names", "titles", "weddings", "by hand".
        words: their own words.
    """

    id: str
    head: str
    relation: str
    tail: str
    confidence: float
    basis: Basis
    claims: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    against: str = ""
    chapters: tuple[int, ...] = ()
    from_chapter: int = 0
    to_chapter: int = 0
    evidence: tuple[tuple[int, int, int], ...] = ()
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
