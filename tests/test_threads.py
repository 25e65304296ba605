"""Work on several threads: order, bounded look-ahead, errors, and no more workers than there are cores."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from litgraph import threads
from litgraph.cli import main
from litgraph.threads import in_order, in_processes, usable_cores


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_order(workers: int) -> None:
    def work(number: int) -> int:
        time.sleep(0.002 * (number % 3))
        return number * number

    for count in (0, 1, 2, 40):
        assert list(in_order(work, range(count), workers=workers)) == [number**2 for number in range(count)]


def test_items_are_taken_as_results_are_asked_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(str, items(), workers=2)
    assert not taken
    assert [next(results) for _ in range(3)] == ["0", "1", "2"] and len(taken) <= 7
    results.close()  # type: ignore[attr-defined]
    assert len(taken) <= 7


def test_an_error_comes_where_its_result_is_due() -> None:
    results = in_order(lambda number: 1 // (3 - number), range(10), workers=2)
    assert [next(results) for _ in range(3)] == [0, 0, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_work_inside_work_stays_in_its_thread() -> None:
    def inner(_: int) -> str:
        return threading.current_thread().name

    def outer(number: int) -> bool:
        return set(in_order(inner, range(5), workers=4)) == {threading.current_thread().name}

    begun: list[str] = []
    assert all(in_order(outer, range(6), workers=3, begin=lambda: begun.append(threading.current_thread().name)))
    assert 1 <= len(begun) == len(set(begun)) <= 3


def test_cores_are_limited_by_wishes_and_containers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(threads, "_CGROUPS", tmp_path)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert usable_cores() == 8
    monkeypatch.setattr(threads, "_container_limit", lambda _: 3)
    assert usable_cores() == 3
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert usable_cores() == 2
    monkeypatch.setenv("OMP_NUM_THREADS", "nonsense")
    assert usable_cores() == 3


def test_a_limit_of_a_container_is_rounded_up(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="utf-8")
    assert threads._container_limit(tmp_path) is None
    (tmp_path / "cpu.max").write_text("150000 100000\n", encoding="utf-8")
    assert threads._container_limit(tmp_path) in (2, None)  # None where the system knows no control groups


def test_work_in_processes_comes_in_order_on_one_core_each() -> None:
    assert list(in_processes(math.factorial, [5, 3, 4], workers=2)) == [120, 6, 24]
    assert list(in_processes(os.getenv, ["OMP_NUM_THREADS"], workers=1)) == ["1"]
    results = in_processes(math.factorial, [2, -1], workers=1)
    assert next(results) == 2
    with pytest.raises(ValueError, match="negative"):
        next(results)


def test_a_build_keeps_to_the_threads_that_are_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    result = CliRunner().invoke(main, ["build", "no-such-book", "--threads", "1"])
    assert result.exit_code == 1
    assert usable_cores() == 1
