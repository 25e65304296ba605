"""Project Gutenberg's catalogue, as a table and as RDF."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from litgraph.corpus.selection.catalogue import creator_from_text, read_catalogue
from litgraph.corpus.selection.types import CatalogueEntry, Creator
from litgraph.errors import LitgraphError, SourceNotFound, UnreadableSource, UnsafeSource

HEADER = "Text#,Type,Issued,Title,Language,Authors,Subjects,LoCC,Bookshelves\n"
ROW = '9001,Text,2004-08-11,"The Ash Tree\nA Tale",en,"Grey, Ann, 1801-1870; Fox, Tom [Editor]",'
ROW += "Elms -- Fiction; Wit,PR,X\n"
ENTRY = CatalogueEntry(
    number=9001,
    type="Text",
    issued="2004-08-11",
    title="The Ash Tree\nA Tale",
    languages=("en",),
    creators=(Creator("Grey, Ann", 1801, 1870, ""), Creator("Fox, Tom", None, None, "Editor")),
    subjects=("Elms -- Fiction", "Wit"),
    bookshelves=("X",),
)
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:dcam="http://purl.org/dc/dcam/" xmlns:pgterms="http://www.gutenberg.org/2009/pgterms/"
  xmlns:marcrel="http://id.loc.gov/vocabulary/relators/">
 <pgterms:ebook rdf:about="ebooks/9001">
  <dcterms:type><rdf:Description><rdf:value>Text</rdf:value></rdf:Description></dcterms:type>
  <dcterms:issued>2004-08-11</dcterms:issued>
  <dcterms:title>The Ash Tree
A Tale</dcterms:title>
  <dcterms:language><rdf:Description><rdf:value>en</rdf:value></rdf:Description></dcterms:language>
  <dcterms:creator><pgterms:agent><pgterms:name>Grey, Ann</pgterms:name>
   <pgterms:birthdate>1801</pgterms:birthdate><pgterms:deathdate>1870</pgterms:deathdate></pgterms:agent>
  </dcterms:creator>
  <marcrel:edt><pgterms:agent><pgterms:name>Fox, Tom</pgterms:name></pgterms:agent></marcrel:edt>
  <dcterms:subject><rdf:Description><dcam:memberOf rdf:resource="http://purl.org/dc/terms/LCSH"/>
   <rdf:value>Wit</rdf:value></rdf:Description></dcterms:subject>
  <dcterms:subject><rdf:Description><dcam:memberOf rdf:resource="http://purl.org/dc/terms/LCSH"/>
   <rdf:value>Elms -- Fiction</rdf:value></rdf:Description></dcterms:subject>
  <dcterms:subject><rdf:Description><dcam:memberOf rdf:resource="http://purl.org/dc/terms/LCC"/>
   <rdf:value>PR</rdf:value></rdf:Description></dcterms:subject>
  <pgterms:bookshelf><rdf:Description><rdf:value>X</rdf:value></rdf:Description></pgterms:bookshelf>
 </pgterms:ebook>
</rdf:RDF>
"""


@pytest.mark.parametrize("form", ["csv", "csv.gz", "rdf", "folder", "tar.bz2"])
def test_every_form_of_the_catalogue_says_the_same(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"catalogue.{form}"
    if form == "csv":
        path.write_text("\ufeff" + HEADER + ROW, encoding="utf-8")
    elif form == "csv.gz":
        path.write_bytes(gzip.compress((HEADER + ROW).encode()))
    elif form == "rdf":
        path.write_text(RDF, encoding="utf-8")
    elif form == "folder":
        (path / "9001").mkdir(parents=True)
        (path / "9001" / "pg9001.rdf").write_text(RDF, encoding="utf-8")
    else:
        with tarfile.open(path, "w:bz2") as archive:
            member = tarfile.TarInfo("cache/epub/9001/pg9001.rdf")
            member.size = len(RDF.encode())
            archive.addfile(member, io.BytesIO(RDF.encode()))
    assert list(read_catalogue(path)) == [ENTRY]


@pytest.mark.parametrize(
    ("text", "creator"),
    [
        ("Virgil, 71 BCE-20 BCE", Creator("Virgil", -71, -20, "")),
        ("Old Sleuth, 1839?-1898", Creator("Old Sleuth", 1839, 1898, "")),
        ("Reed, Alonzo, -1899", Creator("Reed, Alonzo", None, 1899, "")),
        ("Zhang, Chao, 1650-", Creator("Zhang, Chao", 1650, None, "")),
        ("Grey, Ann, 1801-1870 [Author of introduction, etc.]",
         Creator("Grey, Ann", 1801, 1870, "Author of introduction, etc.")),
        ("Various", Creator("Various", None, None, "")),
        ("Liezi, active 4th century B.C.", Creator("Liezi, active 4th century B.C.", None, None, "")),
    ],
)  # fmt: skip
def test_creators_with_years_and_roles(text: str, creator: Creator) -> None:
    assert creator_from_text(text) == creator


def _tar(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.csv", b"", UnreadableSource, "no column Text#"),
        ("a.csv", b"id,title\n1,Emma\n", UnreadableSource, "no column Text#"),
        ("a.csv", HEADER.encode(), UnreadableSource, "lists no books"),
        ("a.csv", (HEADER + ROW.replace("9001", "nine")).encode(), UnreadableSource, "line 3: 'nine' is no number"),
        ("a.csv", HEADER.encode() + b"\xff\xfe", UnreadableSource, "is no UTF-8 text"),
        ("a.csv", (HEADER + '1,"' + "x" * 1_000_001).encode(), UnreadableSource, "is damaged"),
        ("a.csv.gz", b"plain", UnreadableSource, "Not a gzipped file"),
        ("a.csv.gz", gzip.compress((HEADER + ROW).encode())[:-9], UnreadableSource, "is damaged"),
        ("a.rdf", b"<rdf>", UnreadableSource, "is no RDF"),
        ("a.rdf", b"<rdf/>", UnreadableSource, "describes no book"),
        ("a.rdf", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', UnsafeSource, "declares XML entities"),
        ("a.tar.bz2", b"plain", UnreadableSource, "damaged or no archive"),
        ("a.tar", _tar("../x/pg1.rdf", b"<rdf>"), UnreadableSource, "../x/pg1.rdf"),
        ("a.tar", _tar("pg1.rdf", b" " * 5_000_001), UnsafeSource, "5,000,001 bytes"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes, error: type[LitgraphError], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        list(read_catalogue(path))
    assert words in caught.value.what
    assert caught.value.hint


def test_a_missing_catalogue_and_a_folder_without_rdf(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="There is no catalogue"):
        list(read_catalogue(tmp_path / "pg_catalog.csv"))
    with pytest.raises(SourceNotFound, match="There is no RDF file"):
        list(read_catalogue(tmp_path))
