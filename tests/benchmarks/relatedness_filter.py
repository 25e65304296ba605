"""What the filter before a language model costs and saves, on LitBank's passages with gold mentions.

    python tests/benchmarks/relatedness_filter.py DATA [--split dev] [--reader FOLDER]

DATA is the folder that holds ``litbank/``. A pair is two mentions of different entities in one sentence; it is related
if the relation layer says so of these two mentions. (The annotators marked a fact at most three times in a passage, so
some pairs that count as unrelated are related.) For each threshold: the share of the related pairs that pass, the share
of all pairs that are dropped, and the share of related ones among those that pass.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from litgraph import literary
from litgraph.corpora.litbank import read_split, sentence_pairs
from litgraph.relations.asking.filter import RelatednessFilter

THRESHOLDS = (0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds litbank/")
    parser.add_argument("--split", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--reader", type=Path, help="a reader's folder; by default the one that comes with litgraph")
    arguments = parser.parse_args()
    reader = literary.load(arguments.reader)
    own = reader.thresholds.worth_asking
    scored: list[tuple[float, bool]] = []
    for passage in read_split(arguments.data, arguments.split):
        related = {frozenset((gold.head, gold.tail)) for gold in passage.relations}
        pairs = list(sentence_pairs(passage))
        scores = RelatednessFilter(reader, own, passage.text, passage.sentences).relatedness(pairs)
        scored += [
            (score, frozenset((pair.head.id, pair.tail.id)) in related)
            for score, pair in zip(scores, pairs, strict=True)
        ]
    positive = sum(truth for _, truth in scored)
    print(
        f"{reader.name}, {arguments.split}: {len(scored):,} pairs, {positive:,} related ({positive / len(scored):.3f})"
    )
    print("threshold  recall  dropped  precision")
    for threshold in sorted({*THRESHOLDS, own}):
        passed = [truth for score, truth in scored if score >= threshold]
        mark = "  the reader's own" if threshold == own else ""
        print(
            f"{threshold:9.4f}  {sum(passed) / positive:6.3f}  {1 - len(passed) / len(scored):7.3f}  "
            f"{sum(passed) / max(1, len(passed)):9.3f}{mark}"
        )


if __name__ == "__main__":
    main()
