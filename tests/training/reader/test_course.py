"""Training the reader, in the small: the loss falls, a killed run goes on, the result can be loaded."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import torch

from litgraph import literary
from litgraph.corpora.mobility import read_mobility
from litgraph.corpora.tokens import TokenPassage, read_tokens
from litgraph.errors import ModelError, SettingsError, SourceNotFound
from litgraph.literary.network.heads import spans_of_sentences
from litgraph.literary.storage import untrained_reader
from litgraph.literary.types import SPATIAL
from litgraph.training.reader import course as training
from litgraph.training.reader.course import train_reader
from litgraph.training.reader.losses import passage_losses
from litgraph.training.reader.recipe import Recipe, recipe_from
from litgraph.training.reader.targets import (
    NO_RELATION,
    cut,
    example,
    mention_targets,
    narrowed,
    relation_examples,
    spatial_weights,
)


def test_an_example_holds_the_annotation(tiny_base: Path, passage: TokenPassage) -> None:
    ready = example(passage, untrained_reader(tiny_base).pieces, mentions_annotated=True)
    assert ready.table.start.tolist() == [0, 2, 2, 5, 8]
    assert ready.entities.tolist() == [0, 1, 0, 0, 2]
    labels, forms = mention_targets(ready, *spans_of_sentences(torch.tensor([0] * 5 + [1] * 5)))
    assert (labels > 0).sum() == 5 and forms[labels > 0].tolist() == [0, 2, 1, 2, 0]
    earlier, later, classes = relation_examples(ready, 1.0, torch.Generator())
    pairs = zip(earlier.tolist(), later.tolist(), classes.tolist(), strict=True)
    positive = {(i, j) for i, j, number in pairs if number != NO_RELATION}
    assert positive == {(1, 2), (3, 4)}
    same = {(i, j) for i, j in zip(earlier.tolist(), later.tolist(), strict=True)} & {(0, 2), (0, 3), (2, 3)}
    assert not same  # nobody is an example of not being related to himself


def test_what_may_be_a_fourth_statement_of_a_fact_is_no_example(tiny_base: Path, passage: TokenPassage) -> None:
    ready = example(passage, untrained_reader(tiny_base).pieces, mentions_annotated=True)
    earlier, later, classes = relation_examples(ready, 1.0, torch.Generator())
    unrelated = {
        (i, j)
        for i, j, number in zip(earlier.tolist(), later.tolist(), classes.tolist(), strict=True)
        if number == NO_RELATION
    }
    # Emma and her sister are related, so "Emma … her sister" says nothing; her sister and Hartfield are not.
    assert unrelated == {(1, 4)}


def test_parts_hold_the_passage_each_time_cut_elsewhere(data_folder: Path) -> None:
    whole = next(read_tokens(data_folder, "train"))
    cuts = set()
    for seed in range(4):
        parts = list(cut(whole, Random(seed), shortest=100, longest=400))
        assert [sentence for part in parts for sentence in part.sentences] == whole.sentences
        cuts.add(tuple(len(part.sentences) for part in parts))
        assert all(sum(map(len, part.sentences)) >= 100 for part in parts[:-1])
        words = [
            part.sentences[mention.sentence][mention.first : mention.last + 1]
            for part in parts
            for mention in part.mentions
        ]
        assert words == [whole.sentences[m.sentence][m.first : m.last + 1] for m in whole.mentions]
        for part in parts:
            inside = {mention.id for mention in part.mentions}
            assert all({relation.head, relation.tail} <= inside for relation in part.relations)
    assert len(cuts) == 4


def test_a_pair_is_read_in_contexts_cut_elsewhere_with_words_hidden(data_folder: Path) -> None:
    pairs = read_mobility(data_folder, "train")[:60]
    draw = Random(7)
    shown = []
    for pair in pairs:
        for _ in range(3):
            context = narrowed(pair.far, draw, hidden=0.1)
            shown.append(context.tokens)
            for (first, last), (was, until) in (
                (context.character, pair.far.character),
                (context.place, pair.far.place),
            ):
                assert context.tokens[first : last + 1] == pair.far.tokens[was : until + 1]
        whole = narrowed(pair.far, draw, hidden=0.0).tokens
        assert whole in [pair.far.tokens[begin : begin + len(whole)] for begin in range(len(pair.far.tokens))]
    assert len(set(shown)) == 3 * len(pairs)
    words = [token for tokens in shown for token in tokens]
    assert 0.08 < words.count("") / len(words) < 0.11


def test_rare_spatial_relations_count_more(data_folder: Path) -> None:
    pairs = read_mobility(data_folder, "train")
    times = [sum(pair.spatial == relation for pair in pairs) for relation in SPATIAL]
    weights = spatial_weights(pairs).tolist()
    by_frequency = sorted(range(len(SPATIAL)), key=times.__getitem__)
    assert sorted(range(len(SPATIAL)), key=weights.__getitem__) == by_frequency[::-1]
    assert sum(n * weight for n, weight in zip(times, weights, strict=True)) / sum(times) == pytest.approx(1, abs=0.01)


def test_every_loss_falls(tiny_base: Path, passage: TokenPassage) -> None:
    torch.manual_seed(0)
    reader = untrained_reader(tiny_base)
    ready = example(passage, reader.pieces, mentions_annotated=True)
    optimiser = torch.optim.AdamW(reader.network.parameters(), lr=2e-3)
    course: list[dict[str, float]] = []
    for _ in range(25):
        losses = passage_losses(reader.network, ready, Recipe(), torch.Generator().manual_seed(0))
        optimiser.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        optimiser.step()
        course.append({name: float(value.detach()) for name, value in losses.items()})
    assert set(course[0]) == {"mentions", "coreference", "relations"}
    for name in course[0]:
        assert course[-1][name] < 0.7 * course[0][name], name


def test_the_kept_weights_are_a_running_average(tiny_base: Path, passage: TokenPassage) -> None:
    reader = untrained_reader(tiny_base)
    ready = example(passage, reader.pieces, mentions_annotated=True)
    weight = reader.network.mentions.score.weight
    courses = [training.Course(reader.network, Recipe(averaging=share), 20) for share in (0.0, 0.5, 1.0)]
    seen = []
    for _ in range(5):
        losses = passage_losses(reader.network, ready, Recipe(), torch.Generator().manual_seed(0))
        courses[0].step(torch.stack(list(losses.values())).sum())
        for course in courses[1:]:
            course.average()
        seen.append(weight.detach().clone())
    last, half, most = (course.averaged.mentions.score.weight for course in courses)
    assert torch.equal(last, seen[-1])
    # Of few steps it is nearly a plain mean, however much of it shall stay at each later step.
    expected = seen[0]
    for step, weights in enumerate(seen[1:], start=1):
        expected = torch.lerp(expected, weights, 1 - (1 + step) / (10 + step))
    assert torch.allclose(most, expected)
    assert (half - last).norm() <= (most - last).norm()


def test_a_killed_training_goes_on_and_ends_the_same(small_data: Path, tiny_base: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=2, later_share=0.0)
    train_reader(small_data, tiny_base, tmp_path / "whole", recipe=recipe)

    class Killed(Exception):
        pass

    def stop_after_first_epoch(line: str) -> None:
        if line.startswith("epoch 2"):
            raise Killed

    with pytest.raises(Killed):
        train_reader(small_data, tiny_base, tmp_path / "killed", recipe=recipe, tell=stop_after_first_epoch)
    assert (tmp_path / "killed" / training.CHECKPOINT).exists()
    told: list[str] = []
    train_reader(small_data, tiny_base, tmp_path / "killed", recipe=recipe, tell=told.append)
    assert [line.split(":")[0] for line in told] == ["training on the CPU", "epoch 2", "thresholds"]
    assert not (tmp_path / "killed" / training.CHECKPOINT).exists()
    whole, resumed = (literary.load(tmp_path / name).network.state_dict() for name in ("whole", "killed"))
    assert all(torch.allclose(whole[name], resumed[name], atol=1e-3) for name in whole)


def test_a_training_that_stopped_early_does_not_go_on_after_a_crash(
    small_data: Path, tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.Course, "is_best", lambda self, score, epoch: epoch == 0)
    monkeypatch.setattr(training, "choose_thresholds", lambda reader, data: reader.thresholds)
    recipe = Recipe(epochs=5, patience=1, later_share=0.0, opinions=0)

    def crash(line: str) -> None:
        if line.startswith("thresholds"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_reader(small_data, tiny_base, tmp_path, recipe=recipe, tell=crash)
    told: list[str] = []
    train_reader(small_data, tiny_base, tmp_path, recipe=recipe, tell=told.append)
    assert [line.split()[0] for line in told] == ["training", "no", "thresholds:"]


def test_a_checkpoint_that_cannot_be_taken_up_is_told_and_kept(
    small_data: Path, tiny_base: Path, tmp_path: Path
) -> None:
    def stop(line: str) -> None:
        if line.startswith("epoch 2"):
            raise KeyboardInterrupt

    recipe = Recipe(epochs=2, later_share=0.0)
    with pytest.raises(KeyboardInterrupt):
        train_reader(small_data, tiny_base, tmp_path, recipe=recipe, tell=stop)
    checkpoint = tmp_path / training.CHECKPOINT
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(SettingsError, match="another recipe"):
        train_reader(small_data, tiny_base, tmp_path, recipe=Recipe(epochs=3, later_share=0.0))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    for damaged in (b"", b"no checkpoint", before[training.CHECKPOINT][:5000]):
        checkpoint.write_bytes(damaged)
        with pytest.raises(ModelError, match="cannot be taken up") as error:
            train_reader(small_data, tiny_base, tmp_path, recipe=recipe)
        assert "Delete the file" in error.value.hint


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"epochs": 0}, "epochs = 0 is too small"),
        ({"place_pairs": -1}, "place_pairs = -1"),
        ({"renamed": 1.5}, "renamed = 1.5 is no share"),
        ({"shortest": 500, "longest": 400}, "shortest = 500"),
    ],
)
def test_a_recipe_that_nothing_can_be_trained_with_is_told(values: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        recipe_from(values)


def test_mistakes_are_told(tmp_path: Path, tiny_base: Path) -> None:
    with pytest.raises(SettingsError, match="no value 'epoch'"):
        recipe_from({"epoch": 3})
    with pytest.raises(SettingsError, match="epochs = '3'"):
        recipe_from({"epochs": "3"})
    with pytest.raises(SourceNotFound):
        train_reader(tmp_path, tiny_base, tmp_path / "out")
    assert not (tmp_path / "out").exists()
