"""Wrong links of a reader, by set, form and place: python tests/benchmarks/wrong_links.py DATA [--reader FOLDER]

The reader gets the annotated mentions of LitBank's development passages and of the novels that are kept aside to choose
by, and says for each which earlier one it means the same as, or none. A link is wrong if it is to *another* entity, if
it is *missed* although the entity was mentioned before, or if there is one although the entity is *new*. Mentions of
which the annotation cannot tell whom they mean are not judged, nor are links to them.

``--draw N`` prints N wrong links of each set in their context instead, drawn at random: those of docs/links.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from litgraph.corpora.linked import read_novels
from litgraph.corpora.tokens import GoldMention, TokenPassage, read_tokens
from litgraph.literary import load
from litgraph.literary.network.features import in_text_order, likely_form
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.types import TokenMention

SEED = 17
CONTEXT = (60, 25)  # words shown before the antecedent or the mention, and after the mention
FARTHEST = 220  # words before the mention that are shown at most
SORTS = ("name", "noun", "he, she", "I, you, we", "they, it …")
_SORT_OF_PRONOUN = {
    word: sort
    for sort, words in (
        ("he, she", "he him his himself she her hers herself"),
        ("I, you, we", "i me my mine myself you your yours yourself thou thee thy thine ye we us our ours ourselves"),
    )
    for word in words.split()
}
Wrong = Literal["another", "missed", "new"]


@dataclass(frozen=True, slots=True)
class Link:
    """What the reader chose for a mention.

    Attributes:
        sort: one of ``SORTS``.
        spoken: the mention stands in an annotated quotation.
        chosen: the earlier mention that the reader links it to, if any.
        wrong: how the link is wrong; None if it is right.
        nearest: the mention before of the same entity, if there is one.
    """

    passage: TokenPassage
    mention: GoldMention
    sort: str
    spoken: bool
    chosen: GoldMention | None
    wrong: Wrong | None
    nearest: GoldMention | None


def main() -> None:
    """Print a table for each set, or wrong links in their context."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds litbank/ and novels/")
    parser.add_argument("--reader", type=Path, help="the folder of a reader; by default the one of litgraph")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="print N wrong links of each set")
    options = parser.parse_args()
    reader = load(options.reader)
    sets = {"litbank": list(read_tokens(options.data, "dev")), "novels": read_novels(options.data, "dev")}
    for name, passages in sets.items():
        links = [link for passage in passages for link in links_of(reader, passage)]
        if options.draw:
            wrong = [link for link in links if link.wrong]
            for number, link in enumerate(Random(SEED).sample(wrong, min(options.draw, len(wrong))), start=1):
                print(f"\n{name} {number}: {in_context(link)}")
        else:
            print_table(name, links)


def links_of(reader: LiteraryReader, passage: TokenPassage) -> Iterator[Link]:
    """The links that the reader makes between the annotated mentions of a passage, in text order."""
    gold = {_given(passage, mention): mention for mention in passage.mentions}
    # As it was trained: in LitBank double marks tell what is said, in the novels the annotated quotations do.
    spoken = [(quotation.start, quotation.end) for quotation in passage.quotations]
    reading = reader.read_tokens(
        passage.sentences, relations=False, mentions=list(gold), quotations=spoken if passage.paragraphs else ()
    )
    cluster = {mention: number for number, mentions in enumerate(reading.clusters) for mention in mentions}
    latest_in: dict[int, TokenMention] = {}  # cluster -> its last mention so far
    latest_of: dict[str, GoldMention] = {}  # entity -> its last mention so far
    for given, antecedents in zip(in_text_order(list(gold)), reading.antecedents, strict=True):
        mention, number = gold[given], cluster[given]
        # A name may be linked to one that is farther than any antecedent: the latest of its cluster.
        inside = [reading.mentions[row] for row, _ in antecedents if cluster[reading.mentions[row]] == number]
        chosen = gold[(inside or [latest_in[number]])[0]] if number in latest_in else None
        latest_in[number] = given
        entity = _entity(mention)
        nearest = latest_of.get(entity)
        latest_of[entity] = mention
        if entity and (chosen is None or _entity(chosen)):
            wrong: Wrong | None = None
            if chosen is None:
                wrong = "missed" if nearest else None
            elif _entity(chosen) != entity:
                wrong = "another" if nearest else "new"
            inside_quotation = any(start <= (mention.sentence, mention.first) <= end for start, end in spoken)
            yield Link(passage, mention, _sort(passage, given), inside_quotation, chosen, wrong, nearest)


def _given(passage: TokenPassage, mention: GoldMention) -> TokenMention:
    form = mention.form or likely_form(_words(passage, mention))
    return TokenMention(mention.sentence, mention.first, mention.last, mention.label, form)


def _entity(mention: GoldMention) -> str:
    """Whom it means by the annotation's own rule; what only describes is linked to nothing in LitBank."""
    return f"described:{mention.id}" if mention.described else mention.entity


def _words(passage: TokenPassage, mention: GoldMention) -> list[str]:
    return passage.sentences[mention.sentence][mention.first : mention.last + 1]


def _sort(passage: TokenPassage, given: TokenMention) -> str:
    if given.form != "pronoun":
        return given.form
    return _SORT_OF_PRONOUN.get(passage.sentences[given.sentence][given.first].casefold(), "they, it …")


def print_table(name: str, links: list[Link]) -> None:
    """A line for each sort of mention, in what is told and in what is said."""
    print(f"\n{name:26} {'links':>6} {'wrong':>6} {'share':>6} {'another':>8} {'missed':>7} {'new':>6}")
    for place, spoken in (("told", {False}), ("said", {True}), ("both", {False, True})):
        for sort in (*SORTS, "all"):
            rows = [link for link in links if link.spoken in spoken and sort in (link.sort, "all")]
            kinds = Counter(link.wrong for link in rows if link.wrong)
            print(
                f"{place + ': ' + sort:26} {len(rows):6} {kinds.total():6} {kinds.total() / max(1, len(rows)):6.3f} "
                f"{kinds['another']:8} {kinds['missed']:7} {kinds['new']:6}"
            )


def in_context(link: Link) -> str:
    """The mention as >>it<<, the one that was chosen as [[it]], the nearest of its entity as {{it}}, in the text."""
    passage = link.passage
    begins = [0]
    for sentence in passage.sentences:
        begins.append(begins[-1] + len(sentence))
    words = [word for sentence in passage.sentences for word in sentence]
    shown = [(link.mention, ">>", "<<"), (link.chosen, "[[", "]]"), (link.nearest, "{{", "}}")]
    for mention, opening, closing in shown:
        if mention:
            first, last = begins[mention.sentence] + mention.first, begins[mention.sentence] + mention.last
            words[first] = opening + words[first]
            words[last] += closing
    place = begins[link.mention.sentence] + link.mention.first
    places = [begins[mention.sentence] + mention.first for mention, _, _ in shown if mention]
    begin = max(0, min(places) - CONTEXT[0], place - FARTHEST)
    chosen = f"“{' '.join(_words(passage, link.chosen))}” = {_entity(link.chosen)}" if link.chosen else "none"
    return (
        f"{passage.name}, sentence {link.mention.sentence}, {link.sort}, {'said' if link.spoken else 'told'}\n"
        f"{link.wrong}: “{' '.join(_words(passage, link.mention))}” = {_entity(link.mention)}, linked to {chosen}\n"
        f"{' '.join(words[begin : place + CONTEXT[1]])}"
    )


if __name__ == "__main__":
    main()
