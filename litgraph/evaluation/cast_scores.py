"""A cast against the characters that somebody wrote down: who was found, torn apart, or thrown together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from litgraph.cast import resolve
from litgraph.corpora.pdnc import GoldCharacter, Novel
from litgraph.evaluation.coreference import ClusterScore, coreference_scores
from litgraph.evaluation.scores import Scores, share
from litgraph.evaluation.speech.mentions import mentions_in_speech
from litgraph.mentions import Finder, Found, choose_finder, find_mentions
from litgraph.names.grammar import slug
from litgraph.names.likeness import comparable
from litgraph.progress import Resume, from_the_start
from litgraph.runs.units import Units
from litgraph.sentences import segment
from litgraph.types import Cast, Entity, Mention

COMMON = 20  # mentions by name from which an entity counts for precision


@dataclass(frozen=True, slots=True)
class CastScores:
    """What was measured on one novel.

    Attributes:
        found: the major and intermediate characters of whom an entity bears an alias.
        precision: the entities with at least 20 mentions by name that match exactly one character.
        aliases: B³ over the corpus's aliases that occur, each weighing the same (Bagga & Baldwin 1998).
        merged: pairs of characters that one entity holds, and whether both are major or intermediate.
        gender: of the entities that match one character of known gender, those that have one, and the right one.
        quoted: whom the mentions inside quotations mean that mean one character.
    """

    found: float
    precision: float
    aliases: ClusterScore
    merged: tuple[tuple[str, str, bool], ...]
    gender: Scores
    quoted: Scores

    def figures(self) -> dict[str, float]:
        """All figures by name, for tables and means."""
        return {
            "found": self.found,
            "precision": self.precision,
            "B³ P": self.aliases.precision,
            "B³ R": self.aliases.recall,
            "B³ F1": self.aliases.f1,
            "gender P": self.gender.precision,
            "gender R": self.gender.recall,
            "quoted P": self.quoted.precision,
            "quoted R": self.quoted.recall,
            "merged": len(self.merged),
        }


def cast_of(novel: Novel, finder: Finder, *, kept: Path | None = None) -> tuple[Cast, Found]:
    """The cast that litgraph makes of a novel, and what was found in it; arguments as for ``found_in``."""
    found = found_in(novel, finder, kept=kept)
    return resolve(found.mentions, text=novel.book.text, voices=found.voices), found


def found_in(novel: Novel, finder: Finder, *, kept: Path | None = None) -> Found:
    """What is found in a novel.

    Args:
        novel: of the corpus.
        finder: of the mentions.
        kept: a folder in which the mentions are kept, so that a second measurement is quick.
    """
    book = novel.book
    resume: Resume = from_the_start
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        resume = Units(kept / f"{novel.name}.{slug(finder.version)}.jsonl", finder.version).resume
    return find_mentions(book, segment(book), finder, resume=resume)


def measure_novel(novel: Novel, *, mentions: str, kept: Path | None = None) -> CastScores:
    """Make the cast of a novel and compare it with its characters.

    Args:
        novel: of the corpus.
        mentions: who finds them, as for a run.
        kept: a folder in which the mentions are kept, so that a second measurement is quick.

    Raises:
        SettingsError: there is no such finder.
        ModelError: the finder is not installed.
    """
    cast, found = cast_of(novel, choose_finder(mentions), kept=kept)
    return score_cast(cast, found.mentions, novel)


def score_cast(cast: Cast, mentions: Sequence[Mention], novel: Novel) -> CastScores:
    """Compare a cast with a novel's characters. An alias belongs to the entity that bears it most often."""
    people = [entity for entity in cast.entities if entity.kind == "character"]
    entity_of = _bearers(people)
    character_of = {
        alias: character.name
        for character in novel.characters
        for alias in sorted(character.aliases)
        if alias in entity_of
    }
    matched: defaultdict[str, set[str]] = defaultdict(set)
    for alias, name in character_of.items():
        matched[entity_of[alias]].add(name)
    main = {character.name for character in novel.characters if character.main}
    common = [entity for entity in people if sum(count for _, count in entity.aliases) >= COMMON]
    aliases = _groups(character_of), _groups({alias: entity_of[alias] for alias in character_of})
    return CastScores(
        share(len(main & set(character_of.values())), len(main)),
        share(sum(len(matched[entity.id]) == 1 for entity in common), len(common)),
        coreference_scores([aliases]).b_cubed,
        _merged(matched.values(), main),
        _gender(cast, matched, novel.characters),
        mentions_in_speech(cast, mentions, novel)["one character"],
    )


def _bearers(people: Iterable[Entity]) -> dict[str, str]:
    """For each alias the id of the entity that bears it most often."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in people:
        for alias, count in entity.aliases:
            counts[comparable(alias)][entity.id] += count
    return {alias: max(sorted(bearers), key=bearers.__getitem__) for alias, bearers in counts.items()}


def _merged(matched: Iterable[set[str]], main: set[str]) -> tuple[tuple[str, str, bool], ...]:
    """Pairs of characters that are one entity, and whether both are main characters."""
    pairs = (pair for names in matched for pair in combinations(sorted(names), 2))
    return tuple(sorted((one, other, {one, other} <= main) for one, other in pairs))


def _groups(member_of: Mapping[str, str]) -> Collection[Collection[Hashable]]:
    groups: defaultdict[str, list[Hashable]] = defaultdict(list)
    for member, group in member_of.items():
        groups[group].append(member)
    return list(groups.values())


def _gender(cast: Cast, matched: Mapping[str, set[str]], characters: Iterable[GoldCharacter]) -> Scores:
    known = {character.name: character.gender for character in characters if character.gender != "unknown"}
    pairs = [
        (entity.gender, known[name])
        for entity in cast.entities
        if len(names := matched.get(entity.id, set())) == 1
        for name in names
        if name in known
    ]
    stated = [(gender, wanted) for gender, wanted in pairs if gender != "unknown"]
    return Scores(len(pairs), len(stated), sum(gender == wanted for gender, wanted in stated))
