"""Which labeller a setting names, and labelling that is stopped and goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from litgraph.config import Settings
from litgraph.errors import ModelError, SettingsError
from litgraph.pairs import candidate_pairs
from litgraph.relations.choice import choose_labeller
from litgraph.relations.labelling import label_pairs
from litgraph.relations.literary import LiteraryLabeller
from litgraph.relations.rules.labeller import RulesLabeller
from litgraph.runs.units import Units
from litgraph.types import Mention, Pair, Relation, Sentence

COUNT = 1300
TEXT = "Ann met Bob. " * COUNT
SENTENCES = [Sentence(index, 13 * index, 13 * index + 12, 1 + index // 400, 0) for index in range(COUNT)]


def pairs() -> Iterator[Pair]:
    mentions = [
        Mention(f"m{start}", start, start + 3, name, "PER", "name", sentence.index, sentence.chapter, entity=name)
        for sentence in SENTENCES
        for name, start in (("Ann", sentence.start), ("Bob", sentence.start + 8))
    ]
    return candidate_pairs(TEXT, SENTENCES, mentions)


class Power(Exception):
    """It went out."""


class Every:
    """Relates every third pair, and dies after a while."""

    name = "every-1"

    def __init__(self, lives: int = COUNT) -> None:
        self.lives = lives
        self.asked: list[str] = []

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        for pair in pairs:
            if len(self.asked) == self.lives:
                raise Power
            self.asked.append(pair.head.id)
            head, tail = pair.head, pair.tail
            yield (
                None
                if head.sentence % 3
                else Relation(
                    head.entity,
                    "friend_of",
                    tail.entity,
                    0.5,
                    "friend",
                    self.name,
                    head.id,
                    tail.id,
                    pair.start,
                    pair.end,
                    head.chapter,
                )
            )


def test_labelling_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    whole = label_pairs(pairs(), Every())
    assert whole.pairs == COUNT
    assert [relation.head_mention for relation in whole.relations] == [
        f"m{39 * index}" for index in range(-(-COUNT // 3))
    ]
    with pytest.raises(Power):
        label_pairs(pairs(), Every(lives=1100), resume=Units(tmp_path / "partial", "key").resume)
    rest = Every()
    assert label_pairs(pairs(), rest, resume=Units(tmp_path / "partial", "key").resume) == whole
    assert len(rest.asked) == COUNT - 1024  # whole batches are not asked about again
    again = Every()
    assert label_pairs(pairs(), again, resume=Units(tmp_path / "partial", "another key").resume) == whole
    assert len(again.asked) == COUNT


@pytest.mark.parametrize("setting", ["", "oracle", "rules:x", "literary:", "Literary", "rules "])
def test_a_labeller_that_there_is_not(setting: str) -> None:
    with pytest.raises(SettingsError, match="is no labeller") as error:
        Settings(labeller=setting)
    assert "literary:FOLDER" in error.value.hint and "smollm3" in error.value.hint


def test_rules_need_no_reader() -> None:
    choice = choose_labeller("rules")
    assert isinstance(choice.load(TEXT, SENTENCES), RulesLabeller)
    assert choice.version == RulesLabeller.name


def test_a_folder_without_a_reader_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing") as error:
        choose_labeller(f"literary:{tmp_path / 'nothing'}")
    assert error.value.hint


def test_a_reader_of_your_own(tiny_base: Path, tmp_path: Path) -> None:
    from litgraph.literary.storage import save_reader, untrained_reader

    folder, moved = tmp_path / "reader", tmp_path / "moved"
    save_reader(untrained_reader(tiny_base), folder)
    choice = choose_labeller(f"literary:{folder}")
    labeller = choice.load(TEXT, SENTENCES)
    assert isinstance(labeller, LiteraryLabeller)
    some = [pair for pair, _ in zip(pairs(), range(5), strict=False)]
    assert len(list(labeller.label(some))) == 5

    version = choice.version
    assert version == labeller.name and version.startswith("literary-")
    shutil.copytree(folder, moved)
    assert choose_labeller(f"literary:{moved}").version == version
    weights = bytearray((moved / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (moved / "model.safetensors").write_bytes(weights)
    assert choose_labeller(f"literary:{moved}").version != version


def test_the_reader_in_a_run(tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from litgraph.literary.reader import LiteraryReader
    from litgraph.literary.storage import save_reader, untrained_reader
    from litgraph.literary.types import Thresholds
    from litgraph.pipeline import build_run

    untrained = untrained_reader(tiny_base)
    everything = Thresholds(relation=0.0)
    save_reader(LiteraryReader(untrained.network, untrained.pieces, everything), tmp_path / "reader")
    pride, run = Path(__file__).parent.parent / "data" / "pride-chapters-1-3.txt", tmp_path / "run"
    settings = Settings(labeller=f"literary:{tmp_path / 'reader'}")
    first = build_run(pride, run, settings=settings)
    counts = first.report["stages"]["relations"]["counts"]
    assert counts["pairs"] == counts["relations"] > 0  # it was told to say yes to everything
    assert first.graph.graph["labeller"] == choose_labeller(settings.labeller).version
    assert first.report["device"] == "cpu"

    def refuse(path: object) -> None:
        raise AssertionError(f"{path} was loaded, though all pairs are labelled")

    monkeypatch.setattr("litgraph.literary.storage.load_reader", refuse)
    assert build_run(pride, run, settings=settings).report["redone"] == []
    settings = Settings(labeller=f"literary:{tmp_path / 'moved'}")
    (tmp_path / "reader").rename(tmp_path / "moved")
    assert build_run(pride, run, settings=settings).report["redone"] == ["graph"]  # its provenance names the folder
    (tmp_path / "moved" / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        build_run(pride, tmp_path / "another", settings=settings)
    assert not (tmp_path / "another").exists()
