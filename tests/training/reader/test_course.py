"""Training the reader, in the small: the loss falls, a killed run goes on, the result can be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
import torch

from litgraph import literary
from litgraph.corpora.linked import read_novels
from litgraph.corpora.mobility import read_mobility
from litgraph.corpora.tokens import TokenPassage, read_tokens
from litgraph.errors import ModelError, SettingsError, SourceNotFound
from litgraph.literary.network.heads import spans_of_sentences
from litgraph.literary.network.speech import HEARER, SPEAKER
from litgraph.literary.storage import untrained_reader
from litgraph.literary.types import SPATIAL
from litgraph.progress import Item, Progress
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


def test_an_example_of_speech_tells_what_points_to_who_speaks_and_hears(
    tiny_base: Path, dialogue: TokenPassage
) -> None:
    ready = example(dialogue, untrained_reader(tiny_base).pieces, mentions_annotated=False)
    assert ready.speech is not None
    mentions = [
        " ".join(dialogue.sentences[one.sentence][one.first : one.last + 1])
        for one in sorted(dialogue.mentions, key=lambda one: (one.sentence, one.first, -one.last))
    ]

    def pointing(quotation: int, role: int) -> list[str]:
        """What is right for a quotation, as words, and as steps to other quotations."""
        assert ready.speech is not None
        to, right = ready.speech.to, ready.speech.right[quotation, :, role].tolist()
        told = [mentions[row] if row >= 0 else "" for row in to.mentions[quotation].tolist()]
        steps = [f"{row - quotation:+}" if row >= 0 else "" for row in to.turns[quotation].tolist()]
        return [what for what, is_right in zip([*told, *steps, "nobody"], right, strict=True) if is_right]

    assert pointing(0, SPEAKER) == ["Emma", "+2"]
    assert sorted(pointing(0, HEARER)) == ["+1", "He", "Knightley", "Mr. Knightley", "a farmer"]
    assert pointing(1, SPEAKER) == ["Mr. Knightley", "He", "a farmer"]
    assert pointing(1, HEARER) == ["Emma", "-1", "+1"]
    assert pointing(2, SPEAKER) == ["Emma", "-2"]
    assert pointing(2, HEARER) == ["nobody"]
    assert ready.speech.asked.tolist() == [[True, True], [True, True], [True, False]]


def test_links_that_only_describe_or_that_nobody_knows_are_not_asked_for(
    tiny_base: Path, dialogue: TokenPassage
) -> None:
    pieces = untrained_reader(tiny_base).pieces
    ready = example(dialogue, pieces, mentions_annotated=False)
    not_asked = [int(row) for row in (~ready.linked).nonzero().flatten()]
    starts = [0, 12, 23, 27]
    where = [(starts[one.sentence] + one.first) for one in dialogue.mentions if one.id in ("m5", "m8")]
    assert [int(ready.table.start[row]) for row in not_asked] == where  # Hartfield, and "He was a farmer"


def test_words_with_which_no_mention_begins_or_ends_are_known(tiny_base: Path, dialogue: TokenPassage) -> None:
    first, last = example(dialogue, untrained_reader(tiny_base).pieces, mentions_annotated=False).ends
    words = [word for sentence in dialogue.sentences for word in sentence]
    assert len(first) == len(last) == len(words)
    for mention in dialogue.mentions:
        sentence = dialogue.sentences[mention.sentence]
        assert first[words.index(sentence[mention.first])] and last[words.index(sentence[mention.last])]
    assert not first[words.index("?")] and not last[words.index("?")]


def test_parts_of_a_dialogue_hold_its_quotations_whole(dialogue: TokenPassage) -> None:
    parts = list(cut(dialogue, Random(1), shortest=1, longest=1))
    assert [len(part.sentences) for part in parts] == [1, 1, 1, 1]
    assert [one.speaker for part in parts for one in part.quotations] == ["emma", "knightley", "emma"]
    for part, paragraph in zip(parts, dialogue.paragraphs, strict=True):
        assert part.paragraphs == (paragraph,)
        assert all(part.sentences[one.start[0]][one.start[1]] == "“" for one in part.quotations)
        assert all(part.sentences[one.end[0]][one.end[1]] == "”" for one in part.quotations)


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


@pytest.mark.parametrize(
    ("name", "annotated", "heads"),
    [
        ("passage", True, {"mentions", "coreference", "relations"}),
        ("dialogue", True, {"mentions", "coreference", "speech", "relations"}),
        ("dialogue", False, {"coreference", "speech", "relations"}),
    ],
)
def test_every_loss_falls(
    tiny_base: Path, request: pytest.FixtureRequest, name: str, annotated: bool, heads: set[str]
) -> None:
    torch.manual_seed(0)
    reader = untrained_reader(tiny_base)
    ready = example(request.getfixturevalue(name), reader.pieces, mentions_annotated=annotated)
    optimiser = torch.optim.AdamW(reader.network.parameters(), lr=2e-3)
    course: list[dict[str, float]] = []
    for _ in range(25):
        losses = passage_losses(reader.network, ready, Recipe(), torch.Generator().manual_seed(0))
        optimiser.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        optimiser.step()
        course.append({name: float(value.detach()) for name, value in losses.items()})
    assert set(course[0]) == heads
    for head in heads:
        assert course[-1][head] < 0.7 * course[0][head], head


def test_who_speaks_counts_as_much_as_the_recipe_says(tiny_base: Path, dialogue: TokenPassage) -> None:
    reader = untrained_reader(tiny_base)
    reader.network.eval()
    ready = example(dialogue, reader.pieces, mentions_annotated=False)
    with torch.no_grad():
        once, thrice = (
            float(passage_losses(reader.network, ready, Recipe(speech_weight=weight), torch.Generator())["speech"])
            for weight in (1.0, 3.0)
        )
    assert thrice == pytest.approx(3 * once, rel=1e-3) and once > 0


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


class Killed(Exception):
    """Somebody pulled the plug."""


def killed_at(step: int) -> Progress:
    """Progress of a training that is killed before it takes such a step, counted from the beginning of the run."""
    taken = 0

    def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        nonlocal taken
        for item in items:
            if taken == step:
                raise Killed
            taken += 1
            yield item

    return progress


def noted(seen: list[str]) -> Progress:
    """Progress that notes the epoch of every step."""

    def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        for item in items:
            seen.append(what.split(" of ")[0])
            yield item

    return progress


def test_a_killed_training_goes_on_and_ends_the_same(small_data: Path, tiny_base: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=2)
    train_reader(small_data, tiny_base, tmp_path / "whole", recipe=recipe)

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
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_a_training_killed_within_an_epoch_goes_on_with_the_next_step(
    small_data: Path, tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "choose_thresholds", lambda reader, data: reader.thresholds)  # takes its time
    recipe = Recipe(epochs=2, opinions=1)
    steps: list[str] = []
    train_reader(small_data, tiny_base, tmp_path / "whole", recipe=recipe, progress=noted(steps))
    each = steps.count("epoch 1")
    assert steps.count("epoch 2") == each > 4
    whole = literary.load(tmp_path / "whole").network.state_dict()
    monkeypatch.setattr(training, "_SECONDS_APART", 0)
    for epoch, taken in ((0, 2), (1, 3)):
        folder = tmp_path / f"killed in epoch {epoch}"
        with pytest.raises(Killed):
            train_reader(small_data, tiny_base, folder, recipe=recipe, progress=killed_at(epoch * each + taken))
        kept = torch.load(folder / training.CHECKPOINT, weights_only=True)
        assert (kept["epoch"], kept["taken"]) == (epoch, taken)
        rest: list[str] = []
        train_reader(small_data, tiny_base, folder, recipe=recipe, progress=noted(rest))
        assert rest.count("epoch 1") + rest.count("epoch 2") == 2 * each - epoch * each - taken
        resumed = literary.load(folder).network.state_dict()
        assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_between_checkpoints_nothing_is_written(
    small_data: Path, tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_SECONDS_APART", 3600)
    with pytest.raises(Killed):
        train_reader(small_data, tiny_base, tmp_path / "killed", recipe=Recipe(epochs=1), progress=killed_at(3))
    assert list((tmp_path / "killed").iterdir()) == []


def test_a_step_of_which_nothing_can_be_learned_is_gone_by(small_data: Path, tiny_base: Path, tmp_path: Path) -> None:
    lines = (small_data / "novels" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    assert '"rain__1"' in lines[-1]
    (small_data / "novels" / "passages.jsonl").write_text(f"{lines[0]}\n{lines[-1]}\n", encoding="utf-8")
    (rain,) = read_novels(small_data, "train")
    assert len(rain.mentions) == 1
    recipe = Recipe(epochs=1, opinions=0)
    train_reader(small_data, tiny_base, tmp_path / "reader", recipe=recipe)
    weights = literary.load(tmp_path / "reader").network.state_dict()
    assert all(bool(weight.isfinite().all()) for weight in weights.values())


def test_litbank_is_read_as_often_as_the_recipe_says(small_data: Path, tiny_base: Path) -> None:
    corpus = training.Corpus(
        list(read_tokens(small_data, "train")), read_novels(small_data, "train"), read_mobility(small_data, "train")
    )
    numbers = [len(corpus.steps(Recipe(litbank_passes=passes), 0)) for passes in (1, 2, 4)]
    assert numbers[1] - numbers[0] == 1 and numbers[2] - numbers[0] == 3
    examples = corpus.examples(untrained_reader(tiny_base).pieces)
    assert [ready.mentions_annotated for ready in examples] == [True, False, False]


def test_a_training_that_stopped_early_does_not_go_on_after_a_crash(
    small_data: Path, tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.Course, "is_best", lambda self, score, epoch: epoch == 0)
    monkeypatch.setattr(training, "choose_thresholds", lambda reader, data: reader.thresholds)
    recipe = Recipe(epochs=5, patience=1, opinions=0)

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

    recipe = Recipe(epochs=2)
    with pytest.raises(KeyboardInterrupt):
        train_reader(small_data, tiny_base, tmp_path, recipe=recipe, tell=stop)
    checkpoint = tmp_path / training.CHECKPOINT
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(SettingsError, match="another recipe"):
        train_reader(small_data, tiny_base, tmp_path, recipe=Recipe(epochs=3))
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
        ({"litbank_passes": 0}, "litbank_passes = 0"),
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
