"""How precise are the rules, and how much do they find? On LitBank's passages with gold mentions and coreference.

    python tests/benchmarks/rules_on_litbank.py DATA             tables for the training and development passages
    python tests/benchmarks/rules_on_litbank.py DATA --counts    the lines of litgraph/relations/rules/measured.py

DATA is the folder that holds ``litbank/``. The rules may be tuned on the training passages only. The annotators
marked a fact at most three times in a passage, so facts are scored by passage, not by sentence
(tests/support/fact_scores.py).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from fact_scores import FactScore, score_facts

from litgraph.corpora.litbank import ALL_FORMS, Passage, read_split, sentence_pairs
from litgraph.relations.rules.labeller import RulesLabeller
from litgraph.types import MentionForm

VIEWS: tuple[tuple[str, frozenset[MentionForm]], ...] = (
    ("names, nouns and pronouns", ALL_FORMS),
    ("names only", frozenset({"name"})),
)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds litbank/")
    parser.add_argument("--counts", action="store_true", help="print rule, fired, correct for measured.py")
    arguments = parser.parse_args()
    train = list(read_split(arguments.data, "train"))
    if arguments.counts:
        score = score_facts(train, RulesLabeller())
        for raw, facts in score.found.items():
            print(f"{raw} {len(facts)} {len(facts & score.gold)}")
        return
    for split, passages in (("train", train), ("dev", list(read_split(arguments.data, "dev")))):
        for view, forms in VIEWS:
            print_table(f"{split}, {view}", score_facts(passages, RulesLabeller(), forms))
    print(f"{pairs_per_second(train):,.0f} pairs a second")


def print_table(title: str, score: FactScore) -> None:
    """One line a rule and relation: facts found, correct, precision, and what share of all annotated facts they are."""
    print(f"\n{title}: {score.pairs:,} pairs, {len(score.gold):,} annotated facts")
    print(f"{'rule: relation':40} {'fired':>6} {'right':>6} {'precision':>10} {'recall':>7}")
    for raw, facts in score.found.items():
        right = len(facts & score.gold)
        print(f"{raw:40} {len(facts):6} {right:6} {right / len(facts):10.3f} {right / len(score.gold):7.4f}")
    right = len(score.all_found & score.gold)
    print(
        f"{'all':40} {len(score.all_found):6} {right:6} {score.precision:10.3f} {score.recall:7.4f}  F1 {score.f1:.3f}"
    )


def pairs_per_second(passages: list[Passage]) -> float:
    """Speed of the rules alone, on one core."""
    pairs = [pair for passage in passages for pair in sentence_pairs(passage)]
    start = time.perf_counter()
    for _ in RulesLabeller().label(pairs):
        pass
    return len(pairs) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
