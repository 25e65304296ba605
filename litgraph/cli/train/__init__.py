"""``litgraph train``: models of one's own."""

from __future__ import annotations

import click

from litgraph.cli.train import adapter, classifier, examples, facts, pronouns, reader


@click.group("train", short_help="Train a model that litgraph reads with.")
def command() -> None:
    """Train a model that litgraph reads with.

    \b
    Example:
      litgraph train examples litbank data -o train.jsonl
      litgraph train adapter --data train.jsonl --base HuggingFaceTB/SmolLM3-3B -o my-adapter
      litgraph train classifier --data train.jsonl --base FacebookAI/roberta-base -o my-classifier
      litgraph train reader --data data --base all-MiniLM-L6-v2 -o my-reader
      litgraph train pronouns --data data --reader my-reader -o pronouns.json
      litgraph train facts data/book_relations data/pdnc -o facts.json
    """


for verb in (examples, adapter, classifier, reader, pronouns, facts):
    command.add_command(verb.command)
