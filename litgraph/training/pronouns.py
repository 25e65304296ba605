"""What counts how much when "he" and "she" are chosen: fitted on the novels that no reader was trained with.

Their passages say whom each mention means. The names are taken for known, as they are in a book whose cast is known; a
reader links the mentions; and a conditional logit (McFadden 1974) learns from the questions that remain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch
from torch.nn import functional

from litgraph.cast.meant.choosing import FEATURES, NOBODY_FEATURES, Question, Weights
from litgraph.cast.meant.follow import followed
from litgraph.cast.meant.words import GENDER_OF, sort_of
from litgraph.corpora.linked import read_novels
from litgraph.corpora.tokens import GoldMention, TokenPassage
from litgraph.literary.network.features import likely_form
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.types import Shares as Indexed
from litgraph.literary.types import TokenMention
from litgraph.ontology import KIND_OF_LABEL
from litgraph.progress import Progress, silent
from litgraph.types import Cast, Entity, EntityLabel, Gender, Mention, Shares, Voice

_ROUNDS = 2  # of fitting, each with what the weights before make of the book
_SMALL_WEIGHTS = 0.003


@dataclass(frozen=True, slots=True)
class LinkedPassage:
    """A passage as a small book whose names are known.

    Attributes:
        cast: the people and places that it names.
        mentions, voices: as a reader finds them in a book.
        answers: mention id -> the entity that it means, as annotated.
    """

    cast: Cast
    mentions: tuple[Mention, ...]
    voices: tuple[Voice, ...]
    answers: Mapping[str, str]


def fit_pronouns(reader: LiteraryReader, data: Path, *, progress: Progress = silent) -> Weights:
    """The weights that make the annotated answers likeliest.

    Args:
        reader: links the mentions.
        data: the folder that holds ``novels/``.
        progress: told of each passage.

    Raises:
        SourceNotFound: there are no such data.
    """
    passages = read_novels(data, "dev")
    read = [as_book(passage, reader) for passage in progress(passages, "linking mentions", len(passages))]
    weights = Weights([0.0] * len(FEATURES), [0.0] * len(NOBODY_FEATURES))
    for _ in range(_ROUNDS):
        weights = fitted([one for passage in read for one in asked(passage, weights)])
    return weights


def as_book(passage: TokenPassage, reader: LiteraryReader) -> LinkedPassage:
    """A passage with its annotated mentions, as the reader links them and hears its quotations."""
    gold = {_token_mention(passage, mention): mention for mention in passage.mentions}
    reading = reader.read_tokens(
        passage.sentences,
        relations=False,
        mentions=list(gold),
        quotations=[(one.start, one.end) for one in passage.quotations],
        paragraphs=passage.paragraphs,
    )
    starts = [*accumulate((len(word) + 1 for sentence in passage.sentences for word in sentence), initial=0)]
    first = [*accumulate(map(len, passage.sentences), initial=0)]

    def place(sentence: int, token: int) -> tuple[int, int]:
        start = starts[first[sentence] + token]
        return start, start + len(passage.sentences[sentence][token])

    def by_id(shares: Indexed) -> Shares:
        return tuple((f"m{index}", share) for index, share in shares)

    mentions = tuple(
        Mention(
            f"m{index}",
            place(one.sentence, one.first)[0],
            place(one.sentence, one.last)[1],
            " ".join(passage.sentences[one.sentence][one.first : one.last + 1]),
            one.label,
            one.form,
            one.sentence,
            1,
            antecedents=by_id(reading.antecedents[index]),
        )
        for index, one in enumerate(reading.mentions)
    )
    voices = tuple(
        Voice(
            place(*quotation.start)[0],
            place(*quotation.end)[1],
            1,
            turn,
            speaker=by_id(voice.speaker.mentions),
            hearer=by_id(voice.hearer.mentions),
            speaker_turns=voice.speaker.turns,
            hearer_turns=voice.hearer.turns,
        )
        for turn, (quotation, voice) in enumerate(zip(passage.quotations, reading.voices, strict=True))
    )
    answers = {f"m{index}": gold[one].entity for index, one in enumerate(reading.mentions)}
    return LinkedPassage(_cast(mentions, answers), mentions, voices, answers)


def asked(passage: LinkedPassage, weights: Weights) -> Iterator[tuple[Question, str]]:
    """The questions of a passage, each with the entity that is right."""
    meant = followed(passage.cast, passage.mentions, passage.voices, weights=weights)
    for question in meant.questions:
        yield question, passage.answers[passage.mentions[question.mention].id]


def fitted(questions: Sequence[tuple[Question, str]]) -> Weights:
    """The weights of the conditional logit that make the answers likeliest; nobody is right where nobody else is."""
    known, nobody = len(FEATURES), len(NOBODY_FEATURES)
    most = max(len(question.candidates) for question, _ in questions) + 1
    inputs = torch.zeros(len(questions), most, known + nobody)
    there = torch.zeros(len(questions), most, dtype=torch.bool)
    answers = torch.zeros(len(questions), dtype=torch.long)
    for row, (question, answer) in enumerate(questions):
        count = len(question.candidates)
        if count:
            inputs[row, :count, :known] = torch.tensor(question.known)
        inputs[row, count, known:] = torch.tensor(question.nobody)
        there[row, : count + 1] = True
        answers[row] = question.candidates.index(answer) if answer in question.candidates else count
    weights = torch.zeros(known + nobody, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = (inputs @ weights).masked_fill(~there, -1e9)
        value = functional.cross_entropy(scores, answers) + _SMALL_WEIGHTS * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    found: list[float] = weights.tolist()
    return Weights(found[:known], found[known:])


def by_name(weights: Weights) -> dict[str, dict[str, float]]:
    """The weights by name, as ``litgraph/data/pronouns.json`` has them."""
    return {
        "known": {name: round(value, 3) for name, value in zip(FEATURES, weights.known, strict=True)},
        "nobody": {name: round(value, 3) for name, value in zip(NOBODY_FEATURES, weights.nobody, strict=True)},
    }


def _token_mention(passage: TokenPassage, mention: GoldMention) -> TokenMention:
    words = passage.sentences[mention.sentence][mention.first : mention.last + 1]
    form = mention.form or likely_form(words)
    return TokenMention(mention.sentence, mention.first, mention.last, mention.label, form)


def _cast(mentions: Iterable[Mention], answers: Mapping[str, str]) -> Cast:
    """Those who are named, with the gender that their pronouns tell."""
    named = {
        mention.id: answers[mention.id]
        for mention in mentions
        if mention.form == "name" and answers[mention.id] and not answers[mention.id].startswith("nobody:")
    }
    genders: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    labels: dict[str, EntityLabel] = {}
    for mention in mentions:
        entity = answers[mention.id]
        labels.setdefault(entity, mention.label)
        if gender := GENDER_OF.get(sort_of(mention)):
            genders[entity][gender] += 1
    entities = [
        Entity(
            entity,
            entity,
            KIND_OF_LABEL[labels[entity]],
            gender=genders[entity].most_common(1)[0][0] if genders[entity] else "unknown",
        )
        for entity in sorted(set(named.values()))
    ]
    return Cast(tuple(entities), named)
