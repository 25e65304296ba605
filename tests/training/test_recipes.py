"""Recipes: the published values by default, each to be changed in a TOML file, none to be what it cannot be."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click import Command

from litgraph.cli.train import adapter, classifier, reader
from litgraph.config import read_toml
from litgraph.errors import SettingsError
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe
from litgraph.training.reader.recipe import Recipe, as_toml, recipe_from


def test_the_usual_adapter_is_trained_as_its_card_says() -> None:
    usual = AdapterRecipe()
    assert (usual.rank, usual.alpha, usual.dropout, len(usual.modules)) == (64, 128, 0.05, 7)
    assert (usual.epochs, usual.learning_rate, usual.batch, usual.accumulation) == (2, 1e-4, 4, 2)
    assert (usual.warm_up, usual.weight_decay, usual.tokens, usual.rows) == (0.03, 0.01, 1024, 200_000)
    assert usual.quantise
    classifier = ClassifierRecipe()
    assert (classifier.epochs, classifier.learning_rate, classifier.batch, classifier.tokens) == (3, 2e-5, 16, 256)


@pytest.mark.parametrize("recipe", [AdapterRecipe(rank=8, modules=("q_proj",)), ClassifierRecipe(), Recipe(epochs=3)])
def test_a_recipe_is_written_and_read(recipe: Any, tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(as_toml(recipe), encoding="utf-8")
    assert recipe_from(read_toml(path), type(recipe)()) == recipe


@pytest.mark.parametrize(
    ("command", "recipe"),
    [(reader.command, Recipe), (adapter.command, AdapterRecipe), (classifier.command, ClassifierRecipe)],
)
def test_the_help_names_every_value(command: Command, recipe: Any) -> None:
    listed = str(command.help).partition("The recipe's values")[2].partition("\n\n")[0].split()
    names = [field.name for field in fields(recipe)]
    assert listed[-len(names) :] == names


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"ranks": 8}, "no value 'ranks'"),
        ({"rank": "8"}, "not of the right type"),
        ({"rank": 0}, "too small"),
        ({"quantise": 1}, "not of the right type"),
        ({"dropout": 1.5}, "no share"),
        ({"modules": []}, "names no projections"),
        ({"modules": [1]}, "names no projections"),
        ({"tokens": 20}, "no room for a question"),
        ({"rows": -1}, "not possible"),
        ({"learning_rate": 0}, "too small"),
    ],
)
def test_what_cannot_be_is_told(values: dict[str, Any], what: str) -> None:
    with pytest.raises(SettingsError, match=what):
        recipe_from(values, AdapterRecipe())


def test_a_whole_number_will_do_for_a_fraction() -> None:
    assert recipe_from({"epochs": 1}, AdapterRecipe()).epochs == 1.0


@pytest.mark.parametrize("values", [{"method": "half"}, {"tokens": 10}, {"rows": -2}])
def test_a_classifier_that_cannot_be_is_told(values: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        recipe_from(values, ClassifierRecipe())
