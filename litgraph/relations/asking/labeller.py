"""Labelling by asking a language model, wherever it runs: filter, prompt, cache, answer, and what the answer means."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple, Protocol, runtime_checkable

from litgraph.language_models.answers import Answer
from litgraph.language_models.chats import Message
from litgraph.ontology import KIND_OF_LABEL
from litgraph.progress import Progress, silent
from litgraph.relations.asking.answers import clean, meaning
from litgraph.relations.asking.cache import LabelCache
from litgraph.relations.asking.filter import Filter
from litgraph.relations.asking.prompts import Question, in_text_order, question_of, surrounding
from litgraph.relations.labeller import Outcome, relation_of
from litgraph.types import Pair, Relation, Sentence

_PAIRS_AT_ONCE = 4096  # pairs that are made ready while those before them are answered
_DECIMALS = 4  # of a confidence
_LONGEST_RAW = 100  # characters of an answer that are told; the cache has all of it


class Request(NamedTuple):
    """A prompt, ready to be sent.

    Attributes:
        prompt: all that the answer depends on, beside the model.
        group: equal for prompts that probably begin alike; None: with no other.
    """

    prompt: str
    group: Hashable


class Asker(Protocol):
    """Somebody who answers prompts: a model in this process, or a server."""

    @property
    def name(self) -> str:
        """The model and all else that answers depend on, beside the prompt: what they are kept under."""
        ...

    def prompts(self, questions: Sequence[Question]) -> list[Request]:
        """The questions as prompts."""
        ...

    def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
        """Answers by the place of their prompt, some at a time, in any order. Raises ModelError."""
        ...


@runtime_checkable
class ChatAsker(Asker, Protocol):
    """An asker that takes chats of any wording."""

    def chats(self, chats: Sequence[Sequence[Message]]) -> list[Request]:
        """Prompts of other wording than the style's, such as those of a data set."""
        ...


def answers_to(
    asker: Asker, requests: Iterable[Request], cache: LabelCache, *, progress: Progress = silent
) -> dict[str, Answer]:
    """The answers by prompt: those that are known, and the others from the asker, each batch kept as soon as it comes.

    Args:
        asker: who answers.
        requests: prompts; the same one is asked once.
        cache: answers that are known.
        progress: told of each new answer.

    Raises:
        ModelError: the model fails.
    """
    wanted = {one.prompt: one for one in requests}
    known = cache.known(asker.name, wanted)
    rest = [one for prompt, one in wanted.items() if prompt not in known]

    def found() -> Iterator[str]:
        for batch in asker.ask(rest):
            answers = {rest[place].prompt: answer for place, answer in batch.items()}
            cache.keep(asker.name, answers)
            known.update(answers)
            yield from answers

    if rest:
        for _ in progress(found(), "asking the model", len(rest)):
            pass
    return known


class AskingLabeller:
    """A :class:`litgraph.relations.labeller.Labeller` that asks a language model.

    The confidence of a relation is the product of how likely the pair is related at all (the filter's opinion; without
    a filter nothing doubts that), of the probability of the whole label, and of how certain it is whom the two
    mentions mean. If a server tells no probabilities, its answers are taken for certain.

    Args:
        name: of the labeller and its version.
        asker: who answers.
        pair_filter: which pairs are worth a question; None: all.
        cache: answers that are known.
        book_text: the text of the book.
        sentences: all of them, in order.
        context: how many sentences the model is shown at least.
        progress: told of each answer.
    """

    def __init__(
        self,
        name: str,
        asker: Asker,
        pair_filter: Filter | None,
        cache: LabelCache,
        book_text: str,
        sentences: Sequence[Sentence],
        *,
        context: int = 1,
        progress: Progress = silent,
    ) -> None:
        self.name = name
        self._asker = asker
        self._filter = pair_filter
        self._cache = cache
        self._text = book_text
        self._sentences = sentences
        self._context = context
        self._progress = progress

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        """One answer a pair, in order; None where there is none, or where the pair was not worth a question."""
        return (outcome.relation for outcome in self.outcomes(pairs))

    def outcomes(self, pairs: Iterable[Pair]) -> Iterator[Outcome]:
        """One outcome a pair, in order. The next pairs are made ready while the model is at work."""
        rest = iter(pairs)
        ahead = ThreadPoolExecutor(1, "litgraph-prompts")
        try:
            waiting = ahead.submit(self._ready, list(islice(rest, _PAIRS_AT_ONCE)))
            while (ready := waiting.result()).pairs:
                waiting = ahead.submit(self._ready, list(islice(rest, _PAIRS_AT_ONCE)))
                yield from self._judged(ready)
        finally:
            ahead.shutdown(wait=False, cancel_futures=True)

    def _ready(self, pairs: list[Pair]) -> _Ready:
        related = self._filter.relatedness(pairs) if self._filter and pairs else [1.0] * len(pairs)
        threshold = self._filter.threshold if self._filter else 0.0
        chosen = [index for index, score in enumerate(related) if score >= threshold]
        prompts = self._asker.prompts([question_of(pairs[index], self._shown(pairs[index])) for index in chosen])
        return _Ready(pairs, related, dict(zip(chosen, prompts, strict=True)))

    def _shown(self, pair: Pair) -> str:
        first, last = sorted((pair.head.sentence, pair.tail.sentence))
        start, end = surrounding(self._sentences, first, last, self._context)
        return self._text[start:end]

    def _judged(self, ready: _Ready) -> Iterator[Outcome]:
        answers = answers_to(self._asker, ready.requests.values(), self._cache, progress=self._progress)
        for index, (pair, related) in enumerate(zip(ready.pairs, ready.related, strict=True)):
            request = ready.requests.get(index)
            yield self._outcome(pair, related, answers[request.prompt]) if request else Outcome(None, "filtered")

    def _outcome(self, pair: Pair, related: float, answer: Answer) -> Outcome:
        straight = in_text_order(pair)
        one, other = (pair.head, pair.tail) if straight else (pair.tail, pair.head)
        meant = meaning(answer.text, KIND_OF_LABEL[one.label], KIND_OF_LABEL[other.label])
        if meant.relation is None:
            return Outcome(None, "no_relation")
        head, tail = (one, other) if meant.forward else (other, one)
        sure = 1.0 if answer.probability is None else answer.probability
        relation = relation_of(
            pair,
            head,
            tail,
            relation=meant.relation,
            confidence=round(related * sure * pair.head.certainty * pair.tail.certainty, _DECIMALS),
            raw=clean(answer.text)[:_LONGEST_RAW],
            source=self.name,
        )
        if not meant.relation:
            return Outcome(relation, "unmapped" if meant.fits else "unfit")
        return Outcome(relation, "labelled" if meant.forward else "turned_round")


class _Ready(NamedTuple):
    """Pairs, how likely each is related, and the prompts of those that are worth one, by their place."""

    pairs: list[Pair]
    related: list[float]
    requests: dict[int, Request]
