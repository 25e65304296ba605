"""TEI's own schema, for all files that are TEI."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from lxml import etree

SCHEMA = Path(__file__).parent.parent / "data" / "tei_all.rng.gz"
RNG = "{http://relaxng.org/ns/structure/1.0}"
ELEMENTS = (
    "TEI teiHeader fileDesc titleStmt title author publicationStmt p sourceDesc standOff note "
    "listPerson person personGrp persName idno listPlace place placeName listOrg org orgName "
    "listObject object objectIdentifier objectName listRelation relation desc num quote "
    "encodingDesc classDecl taxonomy category catDesc profileDesc particDesc settingDesc "
    "text front body back div head said rs"
).split()


@pytest.fixture(scope="session")
def schema() -> etree.RelaxNG:
    """The TEI Consortium's schema of all of TEI P5. As it takes ten seconds to read, elements that litgraph does not
    write are made impossible in it, which changes nothing for a document without them."""
    document = etree.parse(io.BytesIO(gzip.decompress(SCHEMA.read_bytes())))
    for element in list(document.iter(f"{RNG}element")):
        if element.get("name") not in ELEMENTS and element.getparent().tag == f"{RNG}define":
            element.getparent().replace(element, etree.Element(f"{RNG}notAllowed"))
    return etree.RelaxNG(document)
