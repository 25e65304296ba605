"""What is known of mentions and of pairs of them before the network has read a word: who, where, how far apart.

All of a text's mentions stand in one ``MentionTable`` of tensors; pairs are made of whole columns, never one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from litgraph.literary.types import TokenMention, TokenSpan
from litgraph.ontology import symmetric
from litgraph.types import ENTITY_LABELS, MentionForm

FORMS: tuple[MentionForm, ...] = ("name", "noun", "pronoun")
RELATIONS: tuple[str, ...] = tuple(
    "parent_father_of parent_mother_of child_of sibling_of spouse_of relative_of adopted_by companion_of friend_of "
    "lover_of rival_of enemy_of inspires sacrifices_for mentor_of teacher_of protector_of employer_of leader_of "
    "member_of lives_in lived_in visits travel_to born_in based_in owns located_in travels_by travels_in owned_by "
    "occupied_by part_of used_by associated_with".split()
)
"""The labels of litgraph's relation layer on LitBank, in the order of the relation head's classes."""

_PRONOUNS = (
    "i me my mine myself",
    "you your yours yourself yourselves thou thee thy thine",
    "he him his himself",
    "she her hers herself",
    "it its itself",
    "we us our ours ourselves",
    "they them their theirs themselves",
    "who whom whose which that",
)
_PRONOUN_CLASS = {word: number for number, words in enumerate(_PRONOUNS, start=1) for word in words.split()}
_PRONOUN_CLASSES = 1 + len(_PRONOUNS)  # 0: no pronoun, or another one
_NOT_IN_NAMES = frozenset("mr. mrs. miss ms. mr mrs sir lady lord dr. dr the a an of and 's ’s ' ’".split())
_NAME_WORDS = 6  # words of a name that are compared
_OPENING, _CLOSING, _STRAIGHT = ("“", "``"), ("”", "''"), '"'

_MENTIONS_APART = torch.tensor([1, 2, 3, 4, 6, 9, 15, 30, 60, 100])
_SENTENCES_APART = torch.tensor([0, 1, 2, 4, 8, 16, 32])
_WORDS_APART = torch.tensor([0, 1, 2, 3, 5, 8, 12, 20, 35])
_NESTED = len(_WORDS_APART) + 1
_FAR = 5  # sentences

_LABEL_PAIRS, _FORM_PAIRS = len(ENTITY_LABELS) ** 2, len(FORMS) ** 2
ANTECEDENT_BUCKETS = len(_MENTIONS_APART) + 1
WORDINGS = 4  # unlike, one last word, names of which one holds the other, one wording
COREFERENCE_SIZES = (
    ANTECEDENT_BUCKETS,
    len(_SENTENCES_APART) + 1,
    _FORM_PAIRS,
    _LABEL_PAIRS,
    4,
    _PRONOUN_CLASSES**2,
)
COREFERENCE_FLAGS = 5
RELATION_SIZES = (_FORM_PAIRS, _LABEL_PAIRS, _NESTED + 1, _FAR + 1, _PRONOUN_CLASSES**2)
_FARTHEST = 16  # words from a mention that are told apart
POSITIONS = 2 * _FARTHEST + 1


@dataclass(frozen=True, slots=True)
class MentionTable:
    """The mentions of a text, one row each, in text order.

    Attributes:
        start, end: words of the whole text, end outside.
        sentence, label, form, pronoun: numbers.
        wording, last_word: equal for equal words, whatever their case.
        name_words: up to six words of a name (-1: none), without titles and articles, (mentions, 6).
        quoted: 1 where the mention stands in direct speech.
    """

    start: Tensor
    end: Tensor
    sentence: Tensor
    label: Tensor
    form: Tensor
    pronoun: Tensor
    wording: Tensor
    last_word: Tensor
    name_words: Tensor
    quoted: Tensor

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class AntecedentPairs:
    """Mentions and earlier ones that may mean the same.

    Attributes:
        later, earlier: rows of the table.
        apart: how many mentions apart, in buckets.
        wording: how like their words are, 0 to 3.
    """

    later: Tensor
    earlier: Tensor
    apart: Tensor
    wording: Tensor

    def only(self, kept: Tensor) -> AntecedentPairs:
        """Some of the pairs."""
        return AntecedentPairs(self.later[kept], self.earlier[kept], self.apart[kept], self.wording[kept])


@dataclass(frozen=True, slots=True)
class AntecedentFeatures:
    """What is known of such pairs: ``numbers`` in the order of ``COREFERENCE_SIZES``, and ``flags``, 0 or 1."""

    numbers: tuple[Tensor, ...]
    flags: Tensor


@dataclass(frozen=True, slots=True)
class RelationPairs:
    """Pairs that may be related; ``features`` in the order of ``RELATION_SIZES``.

    Attributes:
        earlier, later: rows of the table.
        starts, ends: words of the earlier and of the later mention, (2, pairs).
        between_start, between_end: the words between the two, none if one stands in the other.
        outer_end: the end of the one that ends last.
    """

    earlier: Tensor
    later: Tensor
    features: tuple[Tensor, ...]
    starts: Tensor
    ends: Tensor
    between_start: Tensor
    between_end: Tensor
    outer_end: Tensor


def mention_table(
    sentences: Sequence[Sequence[str]],
    mentions: Sequence[TokenMention],
    quotations: Sequence[TokenSpan] | None = None,
) -> MentionTable:
    """The table of some mentions, which must be in text order (see ``in_text_order``).

    Args:
        sentences: tokens.
        mentions: in them.
        quotations: (sentence, token) of the marks of what is said, inside; None: double marks tell.
    """
    offsets = [0]
    for sentence in sentences:
        offsets.append(offsets[-1] + len(sentence))
    quoted = _quoted(sentences) if quotations is None else _inside(offsets, quotations)
    numbers: dict[object, int] = {}
    wordings = [
        [word.casefold() for word in sentences[mention.sentence][mention.first : mention.last + 1]]
        for mention in mentions
    ]
    names = [
        [numbers.setdefault(word, len(numbers)) for word in words if word not in _NOT_IN_NAMES][:_NAME_WORDS]
        if mention.form == "name"
        else []
        for mention, words in zip(mentions, wordings, strict=True)
    ]
    return MentionTable(
        start=_column(offsets[mention.sentence] + mention.first for mention in mentions),
        end=_column(offsets[mention.sentence] + mention.last + 1 for mention in mentions),
        sentence=_column(mention.sentence for mention in mentions),
        label=_column(ENTITY_LABELS.index(mention.label) for mention in mentions),
        form=_column(FORMS.index(mention.form) for mention in mentions),
        pronoun=_column(
            _PRONOUN_CLASS.get(words[0], 0) if mention.form == "pronoun" else 0
            for mention, words in zip(mentions, wordings, strict=True)
        ),
        wording=_column(numbers.setdefault(tuple(words), len(numbers)) for words in wordings),
        last_word=_column(numbers.setdefault(words[-1], len(numbers)) for words in wordings),
        name_words=torch.tensor(
            [words + [-1] * (_NAME_WORDS - len(words)) for words in names], dtype=torch.long
        ).reshape(-1, _NAME_WORDS),
        quoted=_column(quoted[offsets[mention.sentence] + mention.first] for mention in mentions),
    )


def likely_form(words: Sequence[str]) -> MentionForm:
    """The form of a mention whose annotation does not tell it."""
    if len(words) == 1 and words[0].casefold() in _PRONOUN_CLASS:
        return "pronoun"
    return "name" if words[-1][:1].isupper() else "noun"


def in_text_order(mentions: Sequence[TokenMention]) -> list[TokenMention]:
    """Sorted by first word; of two that begin together the longer one first."""
    return sorted(mentions, key=lambda mention: (mention.sentence, mention.first, -mention.last))


def antecedent_pairs(table: MentionTable, begin: int, end: int, *, reach: int) -> AntecedentPairs:
    """Mentions ``begin`` to before ``end`` with each of the up to ``reach`` mentions before them."""
    later = torch.arange(begin, end)[:, None].expand(-1, reach)
    earlier = later - torch.arange(1, reach + 1)[None]
    real = earlier >= 0
    later, earlier = later[real], earlier[real]
    same_last = table.last_word[later] == table.last_word[earlier]
    same_first = (table.name_words[later, 0] == table.name_words[earlier, 0]) & (table.name_words[later, 0] >= 0)
    same = table.wording[later] == table.wording[earlier]
    wording = torch.where(same, 3, torch.where(same_first, 2, same_last.long()))
    return AntecedentPairs(later, earlier, _bucket(later - earlier, _MENTIONS_APART), wording)


def antecedent_features(table: MentionTable, pairs: AntecedentPairs) -> AntecedentFeatures:
    """All that is known of such pairs."""
    later, earlier = pairs.later, pairs.earlier
    words, others = table.name_words[later], table.name_words[earlier]
    shared = ((words[:, :, None] == others[:, None, :]) & (words >= 0)[:, :, None]).any(2)
    both_named = (words >= 0).any(1) & (others >= 0).any(1)
    counts = shared.sum(1)
    contained = (counts == (words >= 0).sum(1)) | (counts == (others >= 0).sum(1))
    flags = (
        table.wording[later] == table.wording[earlier],
        table.last_word[later] == table.last_word[earlier],
        counts > 0,
        contained & both_named,
        (table.start[later] < table.end[earlier]) & (table.end[later] > table.start[earlier]),
    )
    numbers = (
        pairs.apart,
        _bucket(table.sentence[later] - table.sentence[earlier], _SENTENCES_APART),
        table.form[later] * len(FORMS) + table.form[earlier],
        table.label[later] * len(ENTITY_LABELS) + table.label[earlier],
        table.quoted[later] * 2 + table.quoted[earlier],
        table.pronoun[later] * _PRONOUN_CLASSES + table.pronoun[earlier],
    )
    return AntecedentFeatures(numbers, torch.stack(flags, 1).float())


def relation_pairs(table: MentionTable, earlier: Tensor, later: Tensor) -> RelationPairs:
    """Pairs of mentions, the earlier one first."""
    first_end, second_start = table.end[earlier], table.start[later]
    nested = second_start < first_end
    apart = _bucket((second_start - first_end).clamp(min=0), _WORDS_APART)
    features = (
        table.form[earlier] * len(FORMS) + table.form[later],
        table.label[earlier] * len(ENTITY_LABELS) + table.label[later],
        torch.where(nested, _NESTED, apart),
        (table.sentence[later] - table.sentence[earlier]).clamp(max=_FAR),
        table.pronoun[earlier] * _PRONOUN_CLASSES + table.pronoun[later],
    )
    return RelationPairs(
        earlier,
        later,
        features,
        starts=torch.stack([table.start[earlier], second_start]),
        ends=torch.stack([first_end, table.end[later]]),
        between_start=first_end,
        between_end=torch.maximum(first_end, second_start),
        outer_end=torch.maximum(first_end, table.end[later]),
    )


def words_around(pairs: RelationPairs, words: int, *, before: int, after: int) -> tuple[Tensor, Tensor, Tensor]:
    """The words around both mentions of each pair, those around the earlier one first.

    Args:
        pairs: of a text.
        words: how many the text has.
        before: how many to take before the first word of each mention.
        after: how many from there on.

    Returns:
        Words, (pairs, 2 * (before + after)); which of them are real, and not there twice; and where each stands
        relative to the earlier and to the later mention, (2, pairs, 2 * (before + after)): 0 to ``POSITIONS`` - 1.
    """
    around = pairs.starts.T[:, :, None] + torch.arange(-before, after)  # (pairs, 2, before + after)
    real = (around >= 0) & (around < words)
    real[:, 1] &= around[:, 1] >= pairs.starts[0][:, None] + after
    # Always one: the first word of the earlier mention is real.
    around = around.flatten(1).clamp(0, max(0, words - 1))
    starts, ends = pairs.starts[:, :, None], pairs.ends[:, :, None]
    apart = torch.where(around < starts, around - starts, (around - ends + 1).clamp(min=0))
    return around, real.flatten(1), apart.clamp(-_FARTHEST, _FARTHEST) + _FARTHEST


def neighbours(table: MentionTable, *, sentences: int) -> tuple[Tensor, Tensor]:
    """All pairs of mentions at most ``sentences`` sentences apart, as (earlier, later)."""
    count = len(table)
    limit = torch.searchsorted(table.sentence, table.sentence + sentences, right=True)
    sizes = (limit - torch.arange(count) - 1).clamp(min=0)
    earlier = torch.repeat_interleave(torch.arange(count), sizes)
    starts = torch.cumsum(sizes, 0) - sizes
    later = torch.arange(len(earlier)) - starts[earlier] + earlier + 1
    return earlier, later


def relation_class(label: str, *, head_is_earlier: bool) -> int:
    """The relation head's class of a relation. Symmetric ones have one class whichever mention is named first."""
    return 2 * RELATIONS.index(label) + (0 if head_is_earlier or symmetric(label) else 1)


def relation_of_class(number: int) -> tuple[str, bool]:
    """The label of a class, and whether the earlier mention is its head."""
    return RELATIONS[number // 2], number % 2 == 0


def _bucket(values: Tensor, edges: Tensor) -> Tensor:
    return torch.bucketize(values, edges.to(values.device))


def _quoted(sentences: Sequence[Sequence[str]]) -> list[int]:
    inside, marks = False, []
    for sentence in sentences:
        for word in sentence:
            if word in _OPENING or (word == _STRAIGHT and not inside):
                inside = True
            elif word in _CLOSING or word == _STRAIGHT:
                inside = False
            marks.append(int(inside))
    return marks


def _inside(offsets: Sequence[int], quotations: Sequence[TokenSpan]) -> list[int]:
    marks = [0] * offsets[-1]
    for (first, token), (last, final) in quotations:
        begin, stop = offsets[first] + token, offsets[last] + final + 1
        marks[begin:stop] = [1] * (stop - begin)
    return marks


def _column(values: Iterable[int]) -> Tensor:
    return torch.tensor(list(values), dtype=torch.long)
