"""The same corpus from an actor of Ray; what is told where there is no cluster."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from quick_books import quick_work

from litgraph.config import Settings
from litgraph.corpus.folder import STATES
from litgraph.corpus.on_ray import RayTeam
from litgraph.corpus.states import last_states
from litgraph.corpus.worker import Task
from litgraph.errors import CorpusError

pytest.importorskip("ray")

RULES = Settings(labeller="rules")
SUPPORT = Path(__file__).parent.parent / "support"


def test_an_actor_finds_what_a_process_finds_and_one_that_dies_costs_a_book(tmp_path: Path) -> None:
    texts, corpus = tmp_path / "texts", tmp_path / "corpus"
    texts.mkdir()
    for place in ("Hartfield", "Highbury", "Randalls"):
        text = f"So Emma met Harriet at {place}, and Harriet blushed.\n"
        (texts / f"{place.lower()}.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "corpus_build.py"), str(texts), str(corpus), "highbury", "--ray"],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join([str(SUPPORT), str(SUPPORT.parent.parent)]),
            "RAY_worker_niceness": "0",  # else it waits for whatever runs beside it
        },
        capture_output=True,
        text=True,
    )
    if "timed out during startup" in done.stderr:
        pytest.skip("Ray gives itself 30 s to start, and this machine was too busy")
    assert done.stdout.splitlines()[-1].split() == ["2", "0", "1"], done.stderr
    assert last_states(corpus / STATES)["highbury"].error.startswith("The process that read it was ended")
    work = quick_work(RULES)
    for name in ("hartfield", "randalls"):
        work(Task(name, str(texts / f"{name}.txt"), str(tmp_path / name), "key", 1))
        [there] = corpus.glob(f"books/*/{name}")
        for path in (tmp_path / name).iterdir():
            if path.name not in ("report.json", ".litgraph.lock"):
                assert path.read_bytes() == (there / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("127.0.0.1:1", "cannot be reached"),
        ("ray://nowhere.invalid:10001", "cannot be reached"),
        ("cluster", "is no address"),
        ("host:port", "is no address"),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_told_at_once(address: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told) as error:
        RayTeam(address, workers=1, most=1, threads=1, gpus=0, make_work=partial(quick_work, RULES))
    assert "ray start" in error.value.hint
