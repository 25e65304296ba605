"""Sound files of all kinds, damaged at random, the same each time: the doors of the hostile campaign."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

from cookbook import questions

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
