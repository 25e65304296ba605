"""The card of a model that was trained here: what it is, from what, how, and what is not known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from litgraph import __version__
from litgraph.evaluation.labels.answers import is_positive
from litgraph.examples.record import Record
from litgraph.relations.asking.answers import scoring_form
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe
from litgraph.training.reader.recipe import as_toml

_LABELS = 12  # of which the table tells


def adapter_card(
    base: str,
    recipe: AdapterRecipe,
    records: Sequence[Record],
    cut: int,
    curve: Sequence[Mapping[str, float]],
    *,
    start: str = "",
) -> str:
    """The README of an adapter's folder, in the hub's form.

    Args:
        base: the base model.
        recipe: how it was trained.
        records: on what.
        cut: how many of them were too long, so that their text was cut.
        start: the adapter that it went on from, if any.
        curve: the losses.
    """
    named = _named(base)
    return _card(
        named,
        library="peft",
        task="text-generation",
        title=f"An adapter of {named} that names relations",
        what="Asked how two entities of a text are related, it answers with a label. Made by `litgraph train adapter`"
        + (f" from the adapter {_named(start)}" if start else ""),
        use=f"--labeller smollm3 --model {named} --adapter THIS_FOLDER --prompt-style training",
        data=f"{cut:,} of the examples had more than {recipe.tokens:,} tokens: their text was cut, not their question.",
        recipe=recipe,
        records=records,
        curve=curve,
    )


def classifier_card(
    base: str,
    recipe: ClassifierRecipe,
    records: Sequence[Record],
    left_out: int,
    curve: Sequence[Mapping[str, float]],
) -> str:
    """The README of a classifier's folder, in the hub's form.

    Args:
        base: the base model.
        recipe: how it was trained.
        records: on what.
        left_out: how many examples there were beside.
        curve: the losses.
    """
    named = _named(base)
    return _card(
        named,
        library="transformers",
        task="text-classification",
        title=f"A classifier of relations, from {named}",
        what="Given a text with two marked entities, it says how they are related, by one of the labels that it was "
        "trained with and no other. Made by `litgraph train classifier`",
        use="--labeller classifier --model THIS_FOLDER",
        data=f"{left_out:,} more examples were not drawn, or could not be marked.",
        recipe=recipe,
        records=records,
        curve=curve,
    )


def _named(base: str) -> str:
    """Of a folder on somebody's disk only the name is anybody else's business."""
    return Path(base).name if Path(base).exists() else base


def _card(
    named: str,
    *,
    library: str,
    task: str,
    title: str,
    what: str,
    use: str,
    data: str,
    recipe: object,
    records: Sequence[Record],
    curve: Sequence[Mapping[str, float]],
) -> str:
    lines = [
        "---",
        f"base_model: {named}",
        f"library_name: {library}",
        f"pipeline_tag: {task}",
        "tags: [relation-extraction, fiction, litgraph]",
        "---",
        "",
        f"# {title}",
        "",
        f"{what}, litgraph {__version__}.",
        "",
        "## Use",
        "",
        f"    litgraph build BOOK {use}",
        "",
        "## Data",
        "",
        *_table(("data set", "examples", "with a relation"), _sets(records)),
        "",
        f"The most frequent labels of {len(_labels(records)):,}:",
        "",
        *_table(("label", "examples"), _labels(records)[:_LABELS]),
        "",
        data,
        "",
        "## Recipe",
        "",
        *(f"    {line}" for line in as_toml(recipe).splitlines()),
        "",
        "## Loss",
        "",
        "On the label alone; the mean of the steps since the row before.",
        "",
        *_table(
            ("step", "epoch", "loss"),
            [(f"{row['step']:.0f}", f"{row['epoch']:.2f}", f"{row['loss']:.3f}") for row in curve],
        ),
        "",
        "## How good it is",
        "",
        f"Not measured by the training. `litgraph evaluate relations DATA {use}` scores it on data that it has not "
        "seen.",
        "",
        "## Licence",
        "",
        "That of the base model and of the data it was trained on, both of which bind it; fill in here what they are.",
        "",
    ]
    return "\n".join(lines)


def _sets(records: Sequence[Record]) -> list[tuple[str, ...]]:
    rows = Counter(record.dataset for record in records)
    related = Counter(record.dataset for record in records if is_positive(scoring_form(record.relation)))
    return [(name, f"{count:,}", f"{related[name]:,}") for name, count in rows.most_common()]


def _labels(records: Sequence[Record]) -> list[tuple[str, ...]]:
    return [(label, f"{count:,}") for label, count in Counter(record.relation for record in records).most_common()]


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = [header, tuple("---" for _ in header), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
