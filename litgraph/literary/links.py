"""What the network says of links: which earlier mention a mention means the same as, and who says a quotation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from litgraph.literary.network.features import (
    FORMS,
    AntecedentPairs,
    MentionTable,
    antecedent_features,
    antecedent_pairs,
)
from litgraph.literary.network.heads import CoreferenceHead, Words
from litgraph.literary.network.speech import (
    HEARER,
    SPEAKER,
    Pointers,
    QuotationTable,
    SpeechHead,
    pointers,
)
from litgraph.literary.types import Pointing, Shares, Voices

REACH = 120  # mentions back in which an antecedent is looked for
_ANTECEDENTS = 24  # of those, the likeliest at first sight, which are looked at closely
_MENTIONS_AT_ONCE = 256
_HARDLY = 0.02  # a probability that is not worth keeping
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Links:
    """Who is who in a text, a value each for every mention.

    Attributes:
        clusters: numbers; mentions of one cluster mean the same.
        certainties: how likely it means whom the names of its cluster mean.
        antecedents: the earlier mentions that it may mean the same as.
    """

    clusters: list[int] = field(default_factory=list)
    certainties: list[float] = field(default_factory=list)
    antecedents: list[Shares] = field(default_factory=list)


def linked(head: CoreferenceHead, words: Words, table: MentionTable, threshold: float) -> Links:
    """The cluster of each mention, its best antecedent's or a new one. Linear in the number of mentions.

    Args:
        head: trained.
        words: of the text.
        table: its mentions.
        threshold: the score of meaning nothing earlier.
    """
    links = Links()
    clusters, certainties = links.clusters, links.certainties
    if not len(table):
        return links
    spans = head.spans(words, table.start, table.end)
    named: dict[int, int] = {}
    for begin in range(0, len(table), _MENTIONS_AT_ONCE):
        end = min(begin + _MENTIONS_AT_ONCE, len(table))
        pairs, quick = _likely_antecedents(head, spans, antecedent_pairs(table, begin, end, reach=REACH), begin, end)
        scores = torch.full((end - begin, REACH + 1), float("-inf"))
        scores[:, 0] = threshold
        scores[pairs.later - begin, pairs.later - pairs.earlier] = head(
            spans, pairs, antecedent_features(table, pairs), quick
        )
        shares, backs = scores.softmax(1).topk(min(_ANTECEDENTS, REACH) + 1, dim=1)
        is_name = (table.form[begin:end] == FORMS.index("name")).tolist()
        for index, (share, back) in enumerate(zip(shares.tolist(), backs.tolist(), strict=True), start=begin):
            wording = int(table.wording[index]) if is_name[index - begin] else -1
            # Beyond the reach of the network a name means whom it meant before.
            cluster = clusters[index - back[0]] if back[0] else named.get(wording, index)
            certainty = 1.0
            if back[0] and wording < 0:
                certainty = sum(
                    part * certainties[index - steps]
                    for part, steps in zip(share, back, strict=True)
                    if steps and part > 0 and clusters[index - steps] == cluster
                )
            certainties.append(certainty)
            clusters.append(cluster)
            links.antecedents.append(
                _shares((index - steps, part) for part, steps in zip(share, back, strict=True) if steps)
            )
            if wording >= 0:
                named[wording] = cluster
    return links


def _likely_antecedents(
    head: CoreferenceHead, spans: Tensor, pairs: AntecedentPairs, begin: int, end: int
) -> tuple[AntecedentPairs, Tensor]:
    """The pairs that are worth a whole score, and their quick ones."""
    quick = torch.full((end - begin, REACH), float("-inf"))
    back = pairs.later - pairs.earlier - 1
    scores = head.quick(spans, pairs)
    quick[pairs.later - begin, back] = scores
    kept = torch.zeros(quick.shape, dtype=torch.bool).scatter_(1, quick.topk(_ANTECEDENTS, dim=1).indices, True)
    likely = kept[pairs.later - begin, back]
    return pairs.only(likely), scores[likely]


def voices(
    head: SpeechHead, words: Words, table: MentionTable, quotations: QuotationTable, paragraph: Tensor
) -> list[Voices]:
    """Who says each quotation, and who hears it.

    Args:
        head: trained.
        words: of the text.
        table: its mentions.
        quotations: of the text.
        paragraph: of each mention.
    """
    if not len(quotations):
        return []
    to = pointers(table, quotations, paragraph)
    scores = head(words, table, quotations, to)
    roles = [_pointings(scores[:, :, role], to) for role in (SPEAKER, HEARER)]
    return [Voices(speaker, hearer) for speaker, hearer in zip(*roles, strict=True)]


def _pointings(scores: Tensor, to: Pointers) -> list[Pointing]:
    mentions = to.mentions.shape[1]
    turns = scores.softmax(1)[:, mentions:-1]
    # Nobody is among the mentions: where none is near, none is meant.
    named = torch.cat([scores[:, :mentions], scores[:, -1:]], 1).softmax(1)
    return [
        Pointing(_shares(zip(rows, shares[:-1], strict=True)), _shares(zip(places, others, strict=True)))
        for rows, shares, places, others in zip(
            to.mentions.tolist(), named.tolist(), to.turns.tolist(), turns.tolist(), strict=True
        )
    ]


def _shares(found: Iterable[tuple[int, float]]) -> Shares:
    """Those that are worth keeping, the likeliest first."""
    kept = [(index, round(share, _DECIMALS)) for index, share in found if share >= _HARDLY]
    return tuple(sorted(kept, key=lambda one: (-one[1], one[0])))
