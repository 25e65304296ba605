"""The plan of the house, held: which room may use which, no circles, and who may import what is heavy.

``docs/architecture.md`` draws it; here is the same picture for the machine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "litgraph"

GROUND = (
    "errors markup elsewhere types typography drama progress files choices ontology devices threads garbage".split()
)
ROOMS = (
    *GROUND,
    *"names reading sentences speech literary corpora language_models mentions cast pairs relations facts".split(),
    *"graph attributes inspection citation analysis stores view export runs config pipeline pages corpus".split(),
    *"examples evaluation training doctor cli".split(),
)
"""From the ground up: a room uses only rooms that stand before it."""

FULL = 12  # modules that a folder has at most at one level


class Import(NamedTuple):
    """One import of one module of litgraph by another; ``lazy``: inside a function."""

    importer: str
    imported: str
    lazy: bool


def modules() -> list[str]:
    return [
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


@cache
def imports() -> tuple[tuple[str, str, bool], ...]:
    """(importer, imported, lazy) for all that is imported anywhere, except for the type checker alone."""
    known = set(modules())
    found: list[tuple[str, str, bool]] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        for node, lazy in _statements(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(name, alias.name, lazy) for alias in node.names]
            else:
                module = node.module or ""
                inner = [f"{module}.{alias.name}" for alias in node.names]
                found += [(name, one if one in known else module, lazy) for one in inner]
    return tuple(dict.fromkeys(found))


def _statements(node: ast.AST, lazy: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, lazy
        else:
            yield from _statements(child, lazy or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)))


def own() -> list[Import]:
    return [Import(*one) for one in imports() if one[1].split(".")[0] == "litgraph"]


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "litgraph"


def circles(edges: set[tuple[str, str]]) -> list[list[str]]:
    """Groups of names that reach each other, each group sorted."""
    after: dict[str, set[str]] = {}
    for one, other in edges:
        after.setdefault(one, set()).add(other)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for following in after.get(waiting.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return seen

    reach = {name: reached(name) for name in after}
    return sorted(
        {tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in reach} - {()},
        key=str,
    )  # type: ignore[return-value]


def test_a_room_uses_only_rooms_before_it() -> None:
    place = {name: index for index, name in enumerate(ROOMS)}
    wrong = [
        f"{one.importer} imports {one.imported}"
        for one in own()
        if room(one.importer) not in ("litgraph", "__main__") and room(one.imported) != "litgraph"
        if place[room(one.imported)] > place[room(one.importer)]
    ]
    assert not wrong, "\n".join(wrong)


def test_every_room_is_in_the_picture() -> None:
    rooms = {room(module) for module in modules()} - {"litgraph", "__main__"}
    assert rooms == set(ROOMS)
    drawing = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in rooms:
        assert re.search(rf"\b{name}(?:/|\.py)", drawing), f"docs/architecture.md does not draw {name}"


def test_no_circles_of_files_or_rooms() -> None:
    at_import = {(one.importer, one.imported) for one in own() if not one.lazy and one.importer != one.imported}
    # Importing a module runs the packages around it first
    for importer, imported in sorted(at_import):
        parts = imported.split(".")
        at_import |= {
            (importer, ".".join(parts[:length]))
            for length in range(2, len(parts))
            if not importer.startswith(".".join(parts[:length]))
        }
    assert circles(at_import) == []
    assert circles({(one.importer, one.imported) for one in own() if one.importer != one.imported}) == []
    rooms = {(room(one.importer), room(one.imported)) for one in own()}
    assert circles({(one, other) for one, other in rooms if one != other and "litgraph" not in (one, other)}) == []


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("peft", {"language_models", "training"}),
        ("bitsandbytes", {"language_models", "training"}),
        ("ray", {"corpus"}),
        ("duckdb", {"corpus"}),
    ],
)
def test_only_these_rooms_import(package: str, rooms: set[str]) -> None:
    importers = {importer for importer, imported, _ in imports() if imported.split(".")[0] == package}
    assert {room(importer) for importer in importers} <= rooms


def test_nobody_below_the_door_sees_the_settings() -> None:
    seeing = {room(one.importer) for one in own() if one.imported == "litgraph.config"}
    assert seeing <= {"pipeline", "cli"}


def test_folders_stay_small() -> None:
    allowed = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    for folder in sorted({path.parent for path in PACKAGE.rglob("*.py")}):
        here = [path for path in folder.glob("*.py") if path.name not in ("__init__.py", "__main__.py")]
        name = folder.relative_to(REPOSITORY).as_posix()
        assert len(here) <= FULL or f"`{name}/` has more than a dozen modules" in allowed, (name, len(here))
