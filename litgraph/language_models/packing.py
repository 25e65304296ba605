"""Which prompts a model reads together: those of like length, as many as its memory allows. Pure; no torch."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

Tokens = tuple[int, ...]

_WORTH_SHARING = 8  # tokens; a shorter common beginning is read again, which costs less than another pass


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as tokens.

    Attributes:
        tokens: all of it.
        group: prompts of one group probably begin alike, as those about one sentence do; None: with no other.
    """

    tokens: Tokens
    group: Hashable = None


@dataclass(frozen=True, slots=True)
class Group:
    """Prompts that share a beginning beyond the one that all share.

    Attributes:
        shared: its tokens; empty for prompts by themselves.
        rest: for each prompt its number and its own tokens, never none.
    """

    shared: Tokens
    rest: tuple[tuple[int, Tokens], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups that are read together.

    Attributes:
        slots: an upper bound of the tokens that must be remembered for it.
    """

    groups: tuple[Group, ...]
    slots: int

    @property
    def rows(self) -> int:
        """How many prompts there are."""
        return sum(len(group.rest) for group in self.groups)

    @property
    def numbers(self) -> list[int]:
        """Those of the prompts, in order."""
        return [number for group in self.groups for number, _ in group.rest]


@dataclass(slots=True)
class Budget:
    """How much a model may read at once; halved when it was too much.

    Attributes:
        slots: tokens, over all rows.
        rows: prompts.
    """

    slots: int
    rows: int

    def halve(self) -> None:
        """For a device that had less memory than it seemed."""
        self.slots, self.rows = max(1, self.slots // 2), max(1, self.rows // 2)


def common_beginning(prompts: Sequence[Tokens]) -> Tokens:
    """The tokens with which all begin, at least one token less than the shortest has."""
    least, most = min(prompts), max(prompts)  # all others lie between these two
    length = next((place for place, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), None)
    shortest = min(map(len, prompts)) - 1
    return least[: shortest if length is None else min(length, shortest)]


def grouped(prompts: Sequence[Prompt], shared: int) -> list[Group]:
    """The groups of prompts of which all share the first tokens, in the order of their first prompts.

    Args:
        prompts: their numbers in the groups are their places here.
        shared: how many tokens all share.
    """
    members: dict[Hashable, list[int]] = {}
    for number, prompt in enumerate(prompts):
        key = (number,) if prompt.group is None else (prompt.group, "group")
        members.setdefault(key, []).append(number)
    found = []
    for numbers in members.values():
        rest = [(number, prompts[number].tokens[shared:]) for number in numbers]
        beginning = common_beginning([tokens for _, tokens in rest]) if len(rest) > 1 else ()
        if len(beginning) < _WORTH_SHARING:
            found += [Group((), (alone,)) for alone in rest]
        else:
            found.append(Group(beginning, tuple((number, tokens[len(beginning) :]) for number, tokens in rest)))
    return found


def packed(groups: Sequence[Group], *, shared: int, new_tokens: int, budget: Budget) -> Iterator[Batch]:
    """Batches of groups of like length, the longest first, each within the budget unless one prompt alone is beyond it.

    The budget is looked at anew for every batch, so it may shrink on the way.

    Args:
        groups: from :func:`grouped`.
        shared: tokens that all prompts share, which each row must remember, too.
        new_tokens: the longest answer.
        budget: how much may be read at once.
    """
    ordered = sorted(groups, key=lambda group: (bool(group.shared), _length(group)), reverse=True)
    for _, alike in groupby(ordered, key=lambda group: bool(group.shared)):
        waiting = list(alike)[::-1]  # the next one last
        while waiting:
            taken: list[Group] = []
            while waiting:
                group = waiting.pop()
                if _within([*taken, group], shared + new_tokens, budget):
                    taken.append(group)
                    continue
                if taken:
                    waiting.append(group)
                    break
                if len(group.rest) == 1:
                    taken.append(group)
                    break
                waiting += _halves(group)
            yield Batch(tuple(taken), _slots(taken, shared + new_tokens))


def halves(batch: Batch, each: int) -> tuple[Batch, Batch]:
    """A batch of more than one prompt in two.

    Args:
        batch: what was too much.
        each: slots of a row beside its own tokens: those that all prompts share, and the longest answer's.
    """
    groups = list(batch.groups)
    if len(groups) == 1:
        second, first = _halves(groups[0])
        parts = [first], [second]
    else:
        parts = groups[: len(groups) // 2], groups[len(groups) // 2 :]
    one, other = (Batch(tuple(part), _slots(part, each)) for part in parts)
    return one, other


def _halves(group: Group) -> list[Group]:
    middle = len(group.rest) // 2
    return [Group(group.shared, group.rest[middle:]), Group(group.shared, group.rest[:middle])]


def _length(group: Group) -> int:
    return len(group.shared) + max(len(tokens) for _, tokens in group.rest)


def _slots(groups: Sequence[Group], each: int) -> int:
    shared = max(len(group.shared) for group in groups)
    own = max(len(tokens) for group in groups for _, tokens in group.rest)
    rows = sum(len(group.rest) for group in groups)
    beginnings = len(groups) if shared else 0
    return rows * (each + shared + own) + beginnings * (each + shared)


def _within(groups: Sequence[Group], each: int, budget: Budget) -> bool:
    rows = sum(len(group.rest) for group in groups)
    return rows <= budget.rows and _slots(groups, each) <= budget.slots
