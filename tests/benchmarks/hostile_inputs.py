"""Damaged and hostile inputs through every door: python tests/benchmarks/hostile_inputs.py [--count 10000]

Sound files (a novel, a play and letters as txt, htm, epub and TEI; settings, and a cast with what a person says in it,
as toml; the jsonl files of a novel's and a play's run; graphs; Cypher) are damaged at random, the same each time, and
given to the command line as a person would. Whatever they hold, litgraph does its work or refuses it in words. Found
are tracebacks, inputs at which a core computes longer than 20 s, and those after which the process has needed more than
1 GB; each is kept in the folder that is named at the end, and the exit code is 1. Each input has its number and comes
back with --first NUMBER --count 1 --door DOOR.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from cookbook import questions

SECONDS, MEGABYTES = 20.0, 1000.0
PATIENCE = 15  # a busy machine may need so many times the seconds that a core computes

NOVEL = """Chapter {0}

“My dear Mr. Hale,” said Mrs. Hale to her husband, “have you heard that Marsh End is let at last?”

Mr. Hale replied that he had not. “But it is,” returned she; “for Miss Dorothea Lane has just been here.”

I walked with Margaret, my sister, from Oxford to the old mill. 'Who is he?' she asked. 'Captain Lane,' I told her.[1]

– Where does he live? – In London, with his aunt, Lady Brook.

[Footnote 1: The captain of that name was known to Byron.]

"""
PLAY = """ACT I.

SCENE I. A room in the house of NORA.

[Enter HELMER and NORA, his wife.]

NORA. Hide the tree, Helen. The children must not see it.

HELMER (calls out from his room). Is that my little lark?

HELEN:
Yes, ma'am. [Exit.]

"""
LETTERS = "LETTER I.\n\nMiss Anna Howe, to Miss Clarissa Hill. January 10.\n\nI am told, my dear, of Mr. Solmes.\n\n"
TEXTS = (
    "The Mill\n\nby Jane Roe\n\n" + "".join(NOVEL.format(number) for number in ("One", "2", "III", "Twenty One")),
    "A HOUSE\n\nDRAMATIS PERSONAE\n\nHELMER, a lawyer.\nNORA, his wife.\nHELEN, a maid.\n\n" + PLAY * 3,
    "Clarissa\n\n" + LETTERS * 4,
)
RUNS = (  # folder, text, and two of its cast
    ("run", "book.txt", "mr-hale", "lady-brook"),
    ("played", "play.txt", "helmer", "helen"),
)
BY_HAND = """
[[mention]]
id = "m3"
entity = "{0}"

[[mention]]
name = "London"
chapters = [1, 3]
kind = "place"
entity = ""

[[fact]]
head = "{0}"
relation = "spouse_of"
tail = "{1}"
deny = true
"""
PIECES = (
    "\x00", "\x1b[31m", "\ufeff", "\ud800", "\u202e", "\x85\u2028", "\ufffe", "😀" * 50, "Ã‰", "“", "”", "‘", "'", '"',
    "«", "»", "—", "– ", "[", "]", "{", "}", "<", ">", "&", "&#x110000;", "&nbsp;", "]]>", "<!--", "<![CDATA[",
    '<!DOCTYPE a [<!ENTITY b "c">]>', "<div>" * 300, "(" * 200, "[" * 500, "\\", "\\u0027", "%s", "{0}", "../../x",
    "nan", "-1", "1e400", "9" * 20, "9" * 5000, "0", "null", "true", "[]", "{}", "=", "= [", '"""', "'''", "[[", "#",
    ";", "Mr. ", "Mrs. ", "the " * 500, "A" * 20_000, "I " * 2000, "Chapter " * 300, "\n" * 2000, "\n\nXX\n\n" * 100,
    "\t", "\r", " AND ", " WHERE ", "/*", "*/", "//", "`", "$x", "MATCH (a) ", "RETURN ", "{a: 1", "|", "!", "&!",
    "*..", "1 < 2 < 3",
)  # fmt: skip


class Case(NamedTuple):
    """One input: what is written, and the command lines that it goes through."""

    files: dict[str, bytes]
    commands: list[list[str]]


Maker = Callable[[random.Random, Path], Case]


class Place(NamedTuple):
    """Where a file is damaged, and with which piece."""

    before: bytes
    hit: bytes
    after: bytes
    piece: bytes


_ENCODINGS = ("utf-16", "latin-1", "cp1252")
_MARKS = (b'"', b"\n\n", b". ", b":", b"<p>", b"Mr", b")", b"1")
DAMAGE: tuple[Callable[[random.Random, Place], bytes], ...] = (
    lambda choose, at: at.before + at.piece + at.hit + at.after,
    lambda choose, at: at.before + at.piece + at.after,
    lambda choose, at: at.before + at.after,
    lambda choose, at: at.before + at.hit * choose.choice((2, 30, 300)) + at.after,
    lambda choose, at: at.before + choose.randbytes(choose.choice((1, 1, 8))) + at.after,
    lambda choose, at: at.before,
    lambda choose, at: at.before + b"\n".join(reversed(at.hit.split(b"\n"))) + at.after,
    lambda choose, at: b"".join(at[:3]).decode("utf-8", "replace").encode(choose.choice(_ENCODINGS), "replace"),
    lambda choose, at: b"".join(at[:3]).decode("latin-1").encode(),
    lambda choose, at: b"".join(at[:3]).replace(choose.choice(_MARKS), choose.choice(_MARKS)),
)


def damaged(choose: random.Random, data: bytes) -> bytes:
    """A sound file, damaged in one to six places."""
    for _ in range(choose.choice((1, 1, 2, 3, 6))):
        start, end = sorted(choose.randrange(len(data) + 1) for _ in range(2))
        end = min(end, start + choose.choice((1, 5, 80, 2000)))
        piece = choose.choice(PIECES).encode("utf-8", "surrogatepass")
        data = choose.choice(DAMAGE)(choose, Place(data[:start], data[start:end], data[end:], piece))[:300_000]
    return data


def html(text: str) -> str:
    """A text as a page."""
    paragraphs = "".join(
        f"<h2>{escape(line)}</h2>" if line.isupper() or line.startswith("Chapter") else f"<p>{escape(line)}</p>\n"
        for line in text.split("\n\n")
    )
    return f'<html><head><meta charset="utf-8"><title>Book</title></head><body>{paragraphs}</body></html>'


def tei(text: str) -> str:
    """A text as TEI, its first lines as a play's."""
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n\n") if line)
    speech = '<sp who="#nora"><speaker>Nora</speaker><p>Hide the tree.</p></sp><stage>Enter Helmer.</stage>'
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>'
        f'</teiHeader><text><body><div type="act"><head>I</head>{speech}{paragraphs}</div></body></text></TEI>'
    )


def epub(choose: random.Random, text: str) -> bytes:
    """A book of two pages, of which a member or the archive is damaged."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title>T</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/>'
        '<itemref idref="b"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
        'full-path="o.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    half = len(text) // 2
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "o.opf": package.encode(),
        "a.xhtml": html(text[:half]).encode(),
        "b.xhtml": html(text[half:]).encode(),
    }
    hurt = choose.choice([*members, "archive"])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, damaged(choose, data) if name == hurt else data)
    return damaged(choose, written.getvalue()) if hurt == "archive" else written.getvalue()


def book(name: str, made: Callable[[random.Random, str], bytes]) -> Maker:
    """Builds a book, and shows and exports what came of it."""

    def case(choose: random.Random, sound: Path) -> Case:
        data = made(choose, choose.choice(TEXTS))
        after = choose.choice(
            (
                ["cast", "new"],
                ["export", "new", "o.graphml"],
                ["export", "new", "o.html"],
                ["export", "new", "o.xml", "--format", "tei-text"],
            )
        )
        return Case({name: data}, [["build", name, "-o", "new", "-q"], after])

    return case


def of_run(*names: str) -> Maker:
    """Damages a file of a finished run, of a novel or of a play, and builds again."""

    def case(choose: random.Random, sound: Path) -> Case:
        name, (run, text, *who) = choose.choice(names), choose.choice(RUNS)
        path = sound / run / name
        data = path.read_bytes() if path.exists() else b'window = 2\nlabeller = "rules"\n'
        after = choose.choice((["show", run, who[0]], ["export", run, "o.html"]))
        after += choose.choice(([], ["--speech"], ["--claims"])) if after[0] == "show" else []
        if name == "cast.toml":
            data += BY_HAND.format(*who).encode()
        folder = "" if name == "litgraph.toml" else f"{run}/"
        return Case({f"{folder}{name}": damaged(choose, data)}, [["build", text, "-o", run, "-q"], after])

    return case


def graph_file(choose: random.Random, sound: Path) -> Case:
    """Damages a graph, and reads, exports, shows and asks it."""
    run, name = sound / "run", choose.choice(("graph.graphml", "graph.json"))
    target = choose.choice(("o.graphml", "o.gexf", "o.json", "o.csv", "o.cypher", "o.xml", "o.html"))
    part = choose.choice(("", " --simple", " --chapters 1-2", " --evidence short"))
    after = choose.choice(
        (f"export run {target}{part}", "show run mr-hale", "query run MATCH(a)-[r]->(b)RETURN*")
    ).split()
    commands = [after] if name == "graph.json" else [["GRAPHML", f"run/{name}", target]]
    return Case({f"run/{name}": damaged(choose, (run / name).read_bytes())}, commands)


def cypher(choose: random.Random, sound: Path) -> Case:
    """Damages a question."""
    statement = damaged(choose, choose.choice(QUESTIONS).encode()).decode("utf-8", "replace")
    return Case({"question.cypher": statement.encode()}, [["query", "run", "--timeout", "5", statement]])


QUESTIONS = [
    *(question.statement for question in questions()),
    "MATCH (c:Character&!Place WHERE 1 < c.mentions < 9) RETURN c.name, percentileCont(c.mentions, 0.5)",
    "MATCH (a), (b), p = shortestPath((a)-[*..4]-(b)) WHERE EXISTS { (a)--(b) } RETURN length(p) /* so long */",
]
DOORS: dict[str, Maker] = {
    "txt": book("new.txt", lambda choose, text: damaged(choose, text.encode())),
    "htm": book("new.htm", lambda choose, text: damaged(choose, html(text).encode())),
    "epub": book("new.epub", epub),
    "tei": book("new.xml", lambda choose, text: damaged(choose, tei(text).encode())),
    "toml": of_run("cast.toml", "litgraph.toml"),
    "jsonl": of_run("mentions.jsonl", "quotations.jsonl", "relations.jsonl", "sentences.jsonl", "facts.jsonl"),
    "graph": graph_file,
    "cypher": cypher,
}


def made(door: str, number: int, sound: Path, folder: Path) -> list[list[str]]:
    """Write an input and what it needs into an empty folder; gives the command lines."""
    case = DOORS[door](random.Random(f"{door} {number}"), sound)
    if door not in ("txt", "htm", "epub", "tei"):
        shutil.copytree(sound, folder, dirs_exist_ok=True)
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    return case.commands


def worker(connection: Connection, folder: str, sound: str) -> None:
    """Runs inputs, one after another, in a process that may be killed. Answers (what happened, seconds, peak in MB)."""
    import os

    from click.testing import CliRunner

    from litgraph.cli import main

    while task := connection.recv():
        place = Path(folder, "input")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        commands = made(*task, Path(sound), place)
        os.chdir(place)
        found, started = "done", time.process_time()
        try:
            for command in commands:
                if command[0] == "GRAPHML":
                    _read_and_write(*command[1:])
                    continue
                result = CliRunner().invoke(main, command)
                if result.exception and not isinstance(result.exception, SystemExit):
                    raise result.exception
                if result.exit_code:
                    found = "refused"
                    break
        except Exception:
            found = traceback.format_exc()
        connection.send((found, time.process_time() - started, peak()))


def _read_and_write(source: str, target: str) -> None:
    import litgraph
    from litgraph.errors import LitgraphError

    try:
        graph = litgraph.read_graphml(source)
        litgraph.write_graph(graph, target, tell=lambda _: None)
        litgraph.write_graph(litgraph.select_graph(graph, simple=True), target, tell=lambda _: None)
    except LitgraphError:
        pass


def peak() -> float:
    """The most memory that the process has needed, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Worker:
    """A process that runs inputs, and another one after it was killed."""

    def __init__(self, folder: Path, sound: Path) -> None:
        self._arguments = str(folder), str(sound)
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=worker, args=(other, *self._arguments), daemon=True)
        self._process.start()

    def run(self, door: str, number: int) -> tuple[str, float, float]:
        """What happened to an input, the seconds that were computed, and the peak in MB."""
        self._connection.send((door, number))
        try:
            if self._connection.poll(PATIENCE * SECONDS):
                answer: tuple[str, float, float] = self._connection.recv()
                return answer
            found = f"has not come back after {PATIENCE * SECONDS:.0f} s"
        except EOFError:
            found = f"the process died with exit code {self._process.exitcode}"
        self.stop()
        self._start()
        return found, 0.0, 0.0

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


@click.command()
@click.option("--count", default=10_000, show_default=True, type=click.IntRange(1), help="Inputs, over all doors.")
@click.option("--first", default=0, show_default=True, type=click.IntRange(0), help="Number of the first input.")
@click.option("--door", "doors", multiple=True, type=click.Choice(list(DOORS)), help="Only these doors. [default: all]")
def campaign(count: int, first: int, doors: tuple[str, ...]) -> None:
    """Give damaged inputs to litgraph, and count what comes of them."""
    names = doors or tuple(DOORS)
    kept = Path(tempfile.mkdtemp(prefix="litgraph-hostile-"))
    (sound := kept / "sound").mkdir()
    from click.testing import CliRunner

    from litgraph.cli import main

    for text, (run, name, *_) in zip(TEXTS, RUNS, strict=False):
        (sound / name).write_text(text, encoding="utf-8")
        command = ["build", str(sound / name), "-o", str(sound / run), "-q"]
        CliRunner().invoke(main, command, catch_exceptions=False)
    (kept / "work").mkdir()
    process = Worker(kept / "work", sound)
    process.run(names[0], first)  # what is loaded once is not counted
    counts: dict[str, dict[str, float]] = {
        name: dict.fromkeys(("inputs", "done", "refused", "found", "s", "MB"), 0) for name in names
    }
    for index in range(count):
        door, number = names[index % len(names)], first + index // len(names)
        row = counts[door]
        found, seconds, memory = process.run(door, number)
        row["inputs"] += 1
        row["s"], row["MB"] = max(row["s"], seconds), max(row["MB"], memory)
        if found in ("done", "refused") and seconds > SECONDS:
            found = f"took {seconds:.0f} s"
        if found in ("done", "refused") and memory > MEGABYTES:
            found = f"the process has needed {memory:.0f} MB"
            process.stop()
            process = Worker(kept / "work", sound)
        row[found if found in ("done", "refused") else "found"] += 1
        if found not in ("done", "refused"):
            (kept / "found" / f"{door}-{number}").mkdir(parents=True)
            made(door, number, sound, kept / "found" / f"{door}-{number}")
            click.echo(f"{door} {number}: {found.strip().splitlines()[-1][:200]}")
            (kept / "found" / f"{door}-{number}.txt").write_text(found, encoding="utf-8")
    process.stop()
    click.echo(f"{'door':8}" + "".join(f"{name:>9}" for name in next(iter(counts.values()))))
    for door, row in counts.items():
        cells = (f"{value:9.1f}" if name == "s" else f"{value:9.0f}" for name, value in row.items())
        click.echo(f"{door:8}" + "".join(cells))
    if not any(row["found"] for row in counts.values()):
        shutil.rmtree(kept)
        return
    click.echo(f"What was found is in {kept / 'found'}.")
    sys.exit(1)


if __name__ == "__main__":
    campaign()
