"""Training a classifier, in the small, from a model that reads both ways and one that writes; and building with it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from litgraph.config import Settings
from litgraph.errors import DatasetError, ModelError, SettingsError
from litgraph.examples.labelled import Labelled, records_of
from litgraph.examples.record import Record
from litgraph.language_models.classifiers import FILE, read_about
from litgraph.relations.asking.classifier import ClassifierAsker
from litgraph.relations.asking.prompts import Question
from litgraph.training.labellers.classifier import train_classifier
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # peft's, of what transformers has renamed
    pytest.mark.usefixtures("one_thread"),
]

LABELS = {"sister": "sibling_of", "wife": "spouse_of", "guest": "none"}
NAMES = ("Jane", "Kitty", "Lydia", "Mary", "Anne")
WHOLE = ClassifierRecipe(epochs=40, learning_rate=5e-3, batch=5, tokens=96, save_steps=50)
ADAPTED = ClassifierRecipe(method="lora", rank=8, alpha=16, epochs=8, learning_rate=1e-2, batch=5, tokens=96)


def lessons() -> list[Record]:
    return records_of(
        [
            Labelled(Question(f"{name}, {word} of Bingley, smiled.", name, "Bingley", "PER", "PER"), label, "small")
            for word, label in LABELS.items()
            for name in NAMES
        ]
    )


@pytest.fixture(scope="module")
def tiny_encoder(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny BERT, with its tokeniser as transformers has it."""
    import shutil

    from transformers import PreTrainedTokenizerFast

    folder = Path(shutil.copytree(tiny_base, tmp_path_factory.mktemp("encoder") / "tiny"))
    PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def classifier(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("classifier")
    trained = train_classifier(lessons(), str(tiny_encoder), output, recipe=WHOLE)
    assert trained.rows == 15 and trained.last_loss < 0.6 * trained.first_loss
    return output


def _answers(folder: Path) -> list[tuple[str, float]]:
    asker = ClassifierAsker(folder)
    questions = [record.question for record in lessons() if record.question]
    found: dict[int, Any] = {}
    for batch in asker.ask(asker.prompts(questions)):
        found.update(batch)
    return [(found[index].text, found[index].probability) for index in range(len(questions))]


def test_an_encoder_learns_and_is_loaded_again(classifier: Path) -> None:
    about = read_about(classifier)
    assert about.labels == ("none", "sibling_of", "spouse_of") and about.base == ""
    found = _answers(classifier)
    right = sum(answer == record.relation for (answer, _), record in zip(found, lessons(), strict=True))
    assert right >= 10
    assert all(0 < sure <= 1 for _, sure in found)
    assert "sibling_of" in (classifier / "README.md").read_text(encoding="utf-8")
    assert {path.suffix for path in classifier.iterdir()} <= {".json", ".jsonl", ".md", ".safetensors"}


def test_a_decoder_gets_an_adapter_and_scores(tiny_smollm3: Any, tmp_path: Path) -> None:
    trained = train_classifier(lessons(), str(tiny_smollm3.base), tmp_path, recipe=ADAPTED)
    assert trained.last_loss < trained.first_loss
    about = read_about(tmp_path)
    assert about.base == str(tiny_smollm3.base) and not about.quantised
    found = _answers(tmp_path)
    assert sum(answer == record.relation for (answer, _), record in zip(found, lessons(), strict=True)) >= 10


def test_one_folder_is_one_name(classifier: Path, tmp_path: Path) -> None:
    import shutil

    moved = Path(shutil.copytree(classifier, tmp_path / classifier.name))
    assert ClassifierAsker(moved).name == ClassifierAsker(classifier).name
    (moved / FILE).write_text((moved / FILE).read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert ClassifierAsker(moved).name != ClassifierAsker(classifier).name


def test_a_graph_is_built_with_it(classifier: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from litgraph.ontology import RELATIONS
    from litgraph.pipeline import build_run

    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path / "cache"))
    book = tmp_path / "book.txt"
    book.write_text("CHAPTER I\n\nElizabeth Bennet, sister of Jane Bennet, smiled at Jane Bennet.\n", encoding="utf-8")
    settings = Settings(labeller="classifier", model=str(classifier), filter="none", minimum_confidence=0.0)
    result = build_run(book, tmp_path / "run", settings=settings)
    relations = result.report["stages"]["relations"]["counts"]
    assert relations["pairs"] >= 1
    lines = (tmp_path / "run" / "relations.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        assert row["source"].startswith("classifier-") and row["relation"] in RELATIONS
    assert result.report["stages"]["relations"]["counts"].get("outcomes")


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (None, "holds no classifier"),
        ("{", "is damaged"),
        ('{"labels": [], "tokens": 64, "base": "", "quantised": false}', "names no labels"),
        ('{"labels": ["a"], "tokens": 64, "base": "", "quantised": false}', "3 scores for 1 labels"),
    ],
)
def test_a_damaged_folder_is_told(damage: str | None, what: str, classifier: Path, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(classifier, tmp_path / "damaged"))
    if damage is None:
        (folder / FILE).unlink()
    else:
        (folder / FILE).write_text(damage, encoding="utf-8")
    with pytest.raises(ModelError, match=what):
        asker = ClassifierAsker(folder)
        list(asker.ask(asker.prompts([Question("Jane saw Lizzy.", "Jane", "Lizzy")])))


def test_what_cannot_be_learned_is_told(tiny_encoder: Path, tmp_path: Path) -> None:
    alike = [replace(record, relation="none") for record in lessons()]
    with pytest.raises(DatasetError, match="fewer than two labels"):
        train_classifier(alike, str(tiny_encoder), tmp_path)
    unknown = [replace(record, question=None) for record in lessons()]
    with pytest.raises(DatasetError, match="can be marked"):
        train_classifier(unknown, str(tiny_encoder), tmp_path)


def test_a_labeller_without_a_folder_is_told() -> None:
    with pytest.raises(SettingsError, match="needs the folder"):
        Settings(labeller="classifier")
