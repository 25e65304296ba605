"""Books of a corpus side by side, and a measure by what the list says of them."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import Corpus

from litgraph.cli import main
from litgraph.corpus.tables.comparing import compare_books, rank_correlation
from litgraph.corpus.tables.update import update_tables
from litgraph.errors import SettingsError
from litgraph.progress import tell_nobody


@pytest.fixture
def asked(corpus: Corpus) -> Path:
    for number, book in enumerate("dcba"):
        corpus.add(book, year=1813 + number, shelf="Sea" if number % 2 else "Love")
    corpus.add("e")
    update_tables(corpus.folder, tell=tell_nobody)
    return corpus.folder


def test_rows_are_ordered_by_a_column_of_the_list(asked: Path) -> None:
    assert compare_books(asked).columns[:3] == ("book", "title", "characters")
    answer = compare_books(asked, ["Density", "ties"], by="YEAR")
    assert answer.columns == ("book", "title", "year", "density", "ties")
    assert [row["book"] for row in answer.rows] == list("dcba")
    with pytest.raises(SettingsError, match='no column "jahr"') as caught:
        compare_books(asked, ["density"], by="jahr")
    assert "year" in caught.value.hint


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 1), (2, 4), (3, 9)], 1.0),
        ([(1, 3), (2, 2), (3, 1)], -1.0),
        ([(1, 1), (2, 2)], None),
        ([(1, 5), (2, 5), (3, 5)], None),
        ([(1, 1), (2, 3), (3, 2), (4, 4)], 0.8),
        ([(1, 1), (1, 2), (2, 3)], 0.8660254),
    ],
)
def test_rank_correlation(pairs: list[tuple[float, float]], expected: float | None) -> None:
    assert rank_correlation(pairs) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=20))
def test_rank_correlation_has_its_bounds_and_is_symmetric(pairs: list[tuple[int, int]]) -> None:
    found = rank_correlation(pairs)
    if found is not None:
        assert -1.0000001 <= found <= 1.0000001
        turned = rank_correlation([(other, one) for one, other in pairs])
        assert turned == pytest.approx(found)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["corpus", "compare", str(folder), *arguments])


def test_the_command_line(asked: Path, tmp_path: Path) -> None:
    done = run(asked, "--measure", "density", "--json", "--limit", "2")
    assert [row["book"] for row in json.loads(done.stdout)] == ["d", "c"]
    assert done.stderr == "These are the first 2 rows; --limit gives more.\n"
    done = run(asked, "--by", "year", "--measure", "year", "--csv")
    assert done.stdout.splitlines()[0] == "book,title,year"
    assert "year by year: rank correlation +1.00 over 4 books" in done.stderr
    assert run(asked, "--plot", "a.png").exit_code == 2
    done = run(asked, "--by", "note", "--measure", "density", "--plot", str(tmp_path / "a.png"))
    assert done.exit_code == 1
    assert 'no column "note"' in done.stderr


@pytest.mark.parametrize("by", ["year", "shelf"])
def test_a_picture(asked: Path, tmp_path: Path, by: str) -> None:
    pictures = [tmp_path / f"{number}.svg" for number in range(2)]
    for path in pictures:
        done = run(asked, "--by", by, "--measure", "density", "--plot", str(path), "-q")
        assert (done.exit_code, done.stdout) == (0, f"{path}\n"), done.stderr
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    words = pictures[0].read_text(encoding="utf-8")
    assert f"<!-- density by {by}; 4 books" in words


def test_a_column_without_a_value_gives_nothing_to_draw(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a", year=1813)
    path = corpus.run("a") / "graph.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    empty = networkx.node_link_data(networkx.MultiDiGraph(), edges="edges")
    path.write_text(json.dumps({**data, "nodes": empty["nodes"], "edges": empty["edges"]}), encoding="utf-8")
    (corpus.run("a") / "quotations.jsonl").write_text("", encoding="utf-8")
    update_tables(corpus.folder, tell=tell_nobody)
    done = run(corpus.folder, "--by", "year", "--measure", "talk_female", "--plot", str(tmp_path / "a.png"))
    assert done.exit_code == 1
    assert "no book has both year and talk_female" in done.stderr
