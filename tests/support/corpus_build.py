"""Builds a corpus of small books in processes, slowly, or by one actor of Ray, which dies of a book.

python corpus_build.py LIST CORPUS SECONDS
python corpus_build.py LIST CORPUS BOOK --ray
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from quick_books import deadly_work, slow_work

from litgraph.config import Settings
from litgraph.corpus.building import build_corpus
from litgraph.corpus.folder import LIST, listed_books
from litgraph.corpus.listing import read_list
from litgraph.corpus.on_ray import RayTeam
from litgraph.corpus.processes import Processes
from litgraph.corpus.team import Team

WORKERS = 2
RULES = Settings(labeller="rules")


def main() -> None:
    """Print how many books were built, stood, and failed."""
    named, corpus, last = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    known = listed_books(corpus) if (corpus / LIST).exists() else []
    books = read_list(named, known, tell=print)

    def team(tasks: int) -> Team:
        if "--ray" in sys.argv:
            make_work = partial(deadly_work, RULES, last)
            return RayTeam("local", workers=1, most=tasks, threads=1, gpus=0, make_work=make_work)
        return Processes(WORKERS, partial(slow_work, RULES, float(last)))

    built = build_corpus(corpus, books, "key", team)
    print(built.done, built.standing, len(built.failed))


if __name__ == "__main__":
    main()
