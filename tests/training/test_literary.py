"""Training the reader, in the small: the loss falls, a killed run goes on, the result can be loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph import literary
from litgraph.errors import SettingsError, SourceNotFound
from litgraph.evaluation.litbank import GoldRelation
from litgraph.evaluation.tokens import GoldMention, TokenPassage
from litgraph.literary.storage import untrained_reader
from litgraph.training import literary as training
from litgraph.training.examples import example, mention_targets, relation_examples
from litgraph.training.literary import Recipe, passage_losses, recipe_from, train_reader

PASSAGE = TokenPassage(
    "emma",
    [["Emma", "loved", "her", "sister", "."], ["She", "lived", "at", "Hartfield", "."]],
    (
        GoldMention("m0", 0, 0, 0, "PER", "name", "emma"),
        GoldMention("m1", 0, 2, 3, "PER", "noun", "isabella"),
        GoldMention("m2", 0, 2, 2, "PER", "pronoun", "emma"),
        GoldMention("m3", 1, 0, 0, "PER", "pronoun", "emma"),
        GoldMention("m4", 1, 3, 3, "FAC", "name", "hartfield"),
    ),
    (GoldRelation("m1", "sibling_of", "m2", 0, 3), GoldRelation("m3", "lives_in", "m4", 1, 3)),
)


def test_an_example_holds_the_annotation(tiny_base: Path) -> None:
    ready = example(PASSAGE, untrained_reader(tiny_base).pieces, fully_annotated=True)
    assert ready.table.start.tolist() == [0, 2, 2, 5, 8]
    assert ready.entities.tolist() == [0, 1, 0, 0, 2]
    targets, places, forms = mention_targets(ready)
    assert targets.sum() == len(places) == 5 and forms.tolist() == [0, 1, 2, 2, 0]
    earlier, later, classes = relation_examples(ready, 1.0, torch.Generator())
    positive = {(i, j) for i, j, k in zip(earlier.tolist(), later.tolist(), classes.tolist(), strict=True) if k}
    assert positive == {(1, 2), (3, 4)}
    same = {(i, j) for i, j in zip(earlier.tolist(), later.tolist(), strict=True)} & {(0, 2), (0, 3), (2, 3)}
    assert not same  # nobody is an example of not being related to himself


def test_every_loss_falls(tiny_base: Path) -> None:
    torch.manual_seed(0)
    reader = untrained_reader(tiny_base)
    ready = example(PASSAGE, reader.pieces, fully_annotated=True)
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


@pytest.fixture()
def small_data(tmp_path: Path) -> Path:
    """The passage in LitBank's files, to train and to measure."""
    forms = {"name": "PROP", "noun": "NOM", "pronoun": "PRON"}
    for split in ("train", "dev"):
        folder = tmp_path / "data" / "litbank" / split
        (folder / "coref").mkdir(parents=True)
        (folder / "relations").mkdir()
        tokens = "\n\n".join(
            "\n".join(f"emma\t0\t{index}\t{token}\t_" for index, token in enumerate(sentence))
            for sentence in PASSAGE.sentences
        )
        (folder / "coref" / "emma.conll").write_text(f"#begin document (emma)\n{tokens}\n", encoding="utf-8")
        lines = [
            f"MENTION\tT{m.id[1:]}\t{m.sentence}\t{m.first}\t{m.sentence}\t{m.last}\ttext\t{m.label}\t{forms[str(m.form)]}"
            for m in PASSAGE.mentions
        ]
        lines += [f"COREF\tT{m.id[1:]}\t{m.entity}" for m in PASSAGE.mentions]
        (folder / "coref" / "emma.ann").write_text("\n".join(lines), encoding="utf-8")
        rows = [f"{r.head}\t{r.relation}\t{r.tail}\tS{r.sentence}\t3" for r in PASSAGE.relations]
        (folder / "relations" / "emma.tsv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path / "data"


def test_a_killed_training_goes_on_and_ends_the_same(small_data: Path, tiny_base: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=2, later_passages=False)
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
    assert [line.split(":")[0] for line in told] == ["epoch 2"]
    assert not (tmp_path / "killed" / training.CHECKPOINT).exists()
    whole, resumed = (literary.load(tmp_path / name).network.state_dict() for name in ("whole", "killed"))
    assert all(torch.allclose(whole[name], resumed[name], atol=1e-3) for name in whole)


def test_mistakes_are_told(tmp_path: Path, tiny_base: Path) -> None:
    with pytest.raises(SettingsError, match="no value 'epoch'"):
        recipe_from({"epoch": 3})
    with pytest.raises(SettingsError, match="epochs = '3'"):
        recipe_from({"epochs": "3"})
    with pytest.raises(SourceNotFound):
        train_reader(tmp_path, tiny_base, tmp_path / "out")
    assert not (tmp_path / "out").exists()
