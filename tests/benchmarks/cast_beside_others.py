"""The cast beside other tools', on the same names: python tests/benchmarks/cast_beside_others.py PDNC --keep FOLDER

PDNC is the folder of the Project Dialogism Novel Corpus. Each row gives the names of people that litgraph's reader
found to somebody who joins them: litgraph; nobody (one entity for each string); with --renard the rules of Renard
(CompNet/Renard, GPL-3), run as a program of its own by another Python in which renard-pipeline is installed; and with
--booknlp the clusters of *Emma* that BookNLP published (examples/158_emma/158_emma.book.html of booknlp/booknlp), with
the names that BookNLP itself found.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from litgraph.corpora.pdnc import Novel, read_corpus
from litgraph.evaluation.cast_scores import CastScores, cast_of, score_cast
from litgraph.evaluation.scores import mean_figures
from litgraph.mentions import choose_finder
from litgraph.names.grammar import parse_name
from litgraph.types import Cast, Entity, Mention

COLUMNS = ("found", "precision", "B³ P", "B³ R", "B³ F1", "merged")
RENARD = """
import json, sys
from renard.pipeline import Pipeline
from renard.pipeline.character_unification import GraphRulesCharacterUnifier
from renard.pipeline.ner import NEREntity
tokens, entities = [], []
for name in json.load(sys.stdin):
    words = name.split()
    entities.append(NEREntity(words, len(tokens), len(tokens) + len(words), "PER"))
    tokens += words
step = GraphRulesCharacterUnifier()
step._pipeline_init_("eng", progress_reporter=None, character_ner_tag="PER")
found = step(entities=entities, tokens=tokens, text=" ".join(tokens))["characters"]
print(json.dumps([sorted(character.names) for character in found]))
"""
# "1137 Frank Churchill (97)/Frank (51)/the Mr. Churchill (1)  <br />"
_BOOKNLP_ROW = re.compile(r"^\d+ (.+?)\s*<br />$", re.M)
_BOOKNLP_NAME = re.compile(r"(.+?) \((\d+)\)(?:/|$)")


def names_of_people(mentions: Iterable[Mention]) -> Counter[str]:
    """How often each name of a person was found, as printed."""
    return Counter(
        " ".join(mention.text.split()) for mention in mentions if mention.form == "name" and mention.label == "PER"
    )


def as_cast(clusters: Iterable[Iterable[str]], counts: Counter[str]) -> Cast:
    """Clusters of names as a cast of characters."""
    return Cast(
        tuple(
            Entity(f"e{number}", names[0], "character", tuple((name, counts[name]) for name in names))
            for number, cluster in enumerate(clusters)
            for names in (sorted(cluster),)
        )
    )


def renard(python: str, counts: Counter[str]) -> list[list[str]]:
    """What Renard's rules join."""
    result = subprocess.run(
        [python, "-c", RENARD], input=json.dumps(sorted(counts)), capture_output=True, text=True, encoding="utf-8"
    )
    if result.returncode:
        raise SystemExit(f"Renard failed: {result.stderr[-800:]}")
    clusters: list[list[str]] = json.loads(result.stdout.splitlines()[-1])
    return clusters


def booknlp(path: Path) -> tuple[list[list[str]], Counter[str]]:
    """BookNLP's named characters: their names, and how often each name occurs."""
    text = html.unescape(path.read_text(encoding="utf-8").partition("<p>")[0])
    counts: Counter[str] = Counter()
    clusters: list[list[str]] = []
    for row in _BOOKNLP_ROW.findall(text):
        names = {name.strip(): int(number) for name, number in _BOOKNLP_NAME.findall(row)}
        if any(parse_name(name) for name in names):
            clusters.append(list(names))
            counts.update(names)
    return clusters, counts


def show(rows: Sequence[tuple[str, str, CastScores]]) -> None:
    """Print the table, and the means of those that did every novel."""
    print(f"{'novel':28} {'who joins':14}" + "".join(f"{column:>10}" for column in COLUMNS))
    for novel, who, scores in rows:
        figures = scores.figures()
        print(f"{novel:28} {who:14}" + "".join(f"{figures[column]:10.3f}" for column in COLUMNS))
    novels = {novel for novel, _, _ in rows}
    for who in dict.fromkeys(who for _, who, _ in rows):
        measured = [scores for _, name, scores in rows if name == who]
        if len(measured) == len(novels) > 1:
            means = mean_figures([one.figures() for one in measured])
            print(f"{'mean':28} {who:14}" + "".join(f"{means[column]:10.3f}" for column in COLUMNS))
    for novel, who, scores in rows:
        pairs = [f"{one} = {other}" for one, other, main in scores.merged if main]
        if pairs and who != "one a string":
            print(f"{novel}, {who}: {'; '.join(pairs)}")


def measured(novel: Novel, arguments: argparse.Namespace) -> Iterable[tuple[str, CastScores]]:
    """Who joins the names of one novel, and how well."""
    cast, found = cast_of(novel, choose_finder(), kept=arguments.keep)
    counts = names_of_people(found.mentions)
    yield "litgraph", score_cast(cast, found.mentions, novel)
    yield "one a string", score_cast(as_cast([[name] for name in counts], counts), (), novel)
    if arguments.renard:
        yield "Renard", score_cast(as_cast(renard(arguments.renard, counts), counts), (), novel)
    if arguments.booknlp and novel.name == "Emma":
        yield "BookNLP", score_cast(as_cast(*booknlp(arguments.booknlp)), (), novel)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdnc", type=Path)
    parser.add_argument("novels", nargs="*")
    parser.add_argument("--keep", type=Path, help="folder in which the mentions are kept")
    parser.add_argument("--renard", metavar="PYTHON", help="a Python that has renard-pipeline")
    parser.add_argument("--booknlp", type=Path, metavar="FILE", help="158_emma.book.html")
    arguments = parser.parse_args()
    show(
        [
            (novel.name, who, scores)
            for novel in read_corpus(arguments.pdnc, *arguments.novels)
            for who, scores in measured(novel, arguments)
        ]
    )


if __name__ == "__main__":
    main()
