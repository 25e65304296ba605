"""The cache of answers: kept at once, found again by model and prompt, shared by runs."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.errors import LitgraphError
from litgraph.language_models.answers import Answer
from litgraph.relations.asking.cache import LabelCache

ANSWER = Answer("sibling_of", -0.12345678901234567, 5, 0.25)


@given(
    st.dictionaries(
        st.text(),
        st.builds(
            Answer,
            st.text(st.characters(exclude_categories=["Cs"])),
            st.none() | st.floats(-1e6, 0),
            st.integers(0, 99),
            st.none() | st.floats(0, 1),
        ),
        max_size=5,
    )
)
def test_answers_come_back_as_they_were(answers: dict[str, Answer]) -> None:
    cache = LabelCache()
    cache.keep("model", answers)
    assert cache.known("model", [*answers, "another"]) == {
        prompt: answer for prompt, answer in answers.items() if prompt != "another" or "another" in answers
    }
    cache.close()


def test_another_model_or_prompt_is_another_question(tmp_path: Path) -> None:
    cache = LabelCache(tmp_path / "new" / "labels.sqlite3")
    cache.keep("model a", {"prompt": ANSWER})
    assert cache.known("model", ["prompt", " aprompt", "a prompt"]) == {}
    assert cache.known("model a", ["prompt "]) == {}
    cache.keep("model a", {"prompt": ANSWER._replace(text="other")})
    assert cache.known("model a", ["prompt"]) == {"prompt": ANSWER}, "what was answered first stays"
    cache.close()


def test_more_prompts_than_a_query_takes(tmp_path: Path) -> None:
    cache = LabelCache(tmp_path / "labels.sqlite3")
    prompts = [f"prompt {number}" for number in range(2345)]
    cache.keep("model", dict.fromkeys(prompts[::2], ANSWER))
    assert list(cache.known("model", prompts)) == prompts[::2] or set(cache.known("model", prompts)) == set(
        prompts[::2]
    )
    cache.close()


WRITER = """
import sys
from pathlib import Path
from litgraph.language_models.answers import Answer
from litgraph.relations.asking.cache import LabelCache
cache = LabelCache(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    cache.keep("model", {f"{sys.argv[2]} {number}": Answer("x", -1.0, 1)})
    print(number, flush=True)
"""


def _writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path, name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return writer


def test_two_processes_share_it_and_a_kill_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "labels.sqlite3"
    with _writer(path, "a", 40) as one, _writer(path, "b", 10**6) as other:
        for process in (one, other):
            assert process.stdin and process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in (one, other):
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        assert one.stdout and other.stdout
        assert len(one.stdout.readlines()) == 40
        told = [int(other.stdout.readline()) for _ in range(20)]
        other.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    cache = LabelCache(path)
    assert len(cache.known("model", [f"a {number}" for number in range(40)])) == 40
    assert len(cache.known("model", [f"b {number}" for number in told])) == 20
    cache.close()


@pytest.mark.parametrize("content", [b"no database at all, but a text that is long enough" * 20])
def test_a_file_that_is_none_of_ours_is_told_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "labels.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LitgraphError, match=r"labels\.sqlite3 cannot be used") as error:
        LabelCache(path)
    assert "move the file away" in error.value.hint
    assert path.read_bytes() == content


def test_a_file_of_a_later_version_is_told(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "labels.sqlite3"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(LitgraphError, match="another version"):
        LabelCache(path)
