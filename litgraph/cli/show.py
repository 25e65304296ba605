"""``litgraph show``: what the graph says of somebody, with the sentences that prove it; or what somebody says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, quiet_option, run_argument


@click.command("show", short_help="Show relations, with the sentences that prove them.")
@run_argument
@click.argument("name")
@click.argument("other", required=False)
@click.option(
    "--sentences", default=3, show_default=True, type=click.IntRange(0), help="Sentences to show for each relation."
)
@click.option("--claims", is_flag=True, help="Also list what is claimed of NAME and not believed, and why.")
@click.option("--full", is_flag=True, help="Show sentences and speeches whole, however long they are.")
@click.option("--speech", is_flag=True, help="Show what NAME says instead, to whom, and who speaks to NAME.")
@quiet_option
@json_option
def command(
    run: Path,
    name: str,
    other: str | None,
    sentences: int,
    claims: bool,
    full: bool,
    speech: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Show the relations of NAME in the run folder RUN, or those between NAME and OTHER, with their sentences.

    Names are matched by any alias, in any case; the beginning of a name is enough if it is the only one.

    Of stretches of the text that overlap, the shortest stands for all; what is longer than a line is cut there, unless
    you say --full.

    What follows from other relations says from which. With --claims: also what the book claims and the graph does not
    have, surest first, and whether that is because it is not sure enough or because something likelier excludes it.

    With --speech: how much NAME says, and each conversation with its first speeches, as many as --sentences says.

    \b
    Examples:
      litgraph show pride "Elizabeth"
      litgraph show pride "Elizabeth" "Mr. Darcy"
      litgraph show pride "Elizabeth" --claims
      litgraph show pride "Elizabeth" --speech
    """
    from litgraph.inspection import disbelieved, relations_of, speech_of
    from litgraph.runs.loading import load_book, load_facts, load_graph, load_quotations

    if speech:
        answer = speech_of(load_graph(run), load_book(run), load_quotations(run), name, other)
    else:
        graph = load_graph(run)
        answer = relations_of(graph, name, other)
        if claims:
            answer["not_believed"] = disbelieved(graph, load_facts(run), name, other)
    if as_json:
        print_json(answer)
    elif speech:
        _print_speech(answer, sentences, full)
    elif answer["relations"] or answer.get("not_believed"):
        for relation in answer["relations"]:
            _print_relation(relation, sentences, full)
        for claim in answer.get("not_believed", ()):
            click.echo(f"not believed: {claim['words']} (confidence {claim['confidence']:.2f}): {claim['why']}")
    else:
        with_other = f" with {answer['other']}" if other else ""
        note_printer(quiet)(f"{answer['name']}: the graph has no relation{with_other}.")


_NARROWEST, _USUAL = 40, 100
"""Characters of a line: at least, and where there is no terminal."""


def _print_piece(chapter: int, text: str, full: bool) -> None:
    """A piece of the text on a line, cut where the terminal ends."""
    start = f"    chapter {chapter}: "
    if not full:
        width = max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST) - len(start)
        words = " ".join(text.split())
        text = words if len(words) <= width else words[: width - 1].rsplit(" ", 1)[0] + "…"
    click.echo(start + text)


def _print_speech(answer: dict[str, Any], sentences: int, full: bool) -> None:
    said = f"{counted(answer['words'], 'word')} in {counted(answer['weight'], 'speech', 'speeches')}"
    share = f"{answer['share']:.1%} of all words in quotations"
    click.echo(f"{answer['name']} says {said}: {share}.")
    for conversation in answer["conversations"]:
        addressee = conversation["addressee"] or "nobody knows whom"
        title = click.style(f"{conversation['speaker']} → speaks_to → {addressee}", bold=True)
        times = counted(conversation["weight"], "speech", "speeches")
        click.echo(f"{title}  ({times}, {counted(conversation['words'], 'word')})")
        for spoken in conversation["speeches"][:sentences]:
            text = " … ".join(piece["text"] for piece in spoken["quotations"])
            _print_piece(spoken["chapter"], text, full)


def _print_relation(relation: dict[str, Any], sentences: int, full: bool) -> None:
    from litgraph.inspection import apart

    arrow = "—" if not relation["directed"] else "→"
    title = click.style(f"{relation['head']} {arrow} {relation['relation']} {arrow} {relation['tail']}", bold=True)
    confidence = "" if relation["confidence"] is None else f", confidence {relation['confidence']:.2f}"
    click.echo(f"{title}  ({counted(relation['weight'], 'time')}{confidence})")
    for evidence in apart(relation["evidence"])[:sentences]:
        _print_piece(evidence["chapter"], evidence["text"], full)
    if relation.get("because"):
        click.echo(f"    follows from: {'; '.join(relation['because'])}")
