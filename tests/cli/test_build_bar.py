"""The bar of a build: its time left comes from what the stages cost, and from how long they took so far."""

from __future__ import annotations

import pytest

from litgraph.cli.build_bar import STAGES, Course, in_words


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def seconds(stage: str, words: int, pace: float) -> float:
    """What a stage takes on a machine that is so much slower than the one the costs were measured on."""
    once, per_million = STAGES[stage].cost
    return pace * (once + per_million * words / 1e6)


@pytest.mark.parametrize("words", [26_000, 122_000, 559_000])
@pytest.mark.parametrize("pace", [0.5, 3.0])
def test_the_time_left_is_right_on_a_machine_of_another_pace(words: int, pace: float) -> None:
    clock = Clock()
    course = Course(clock)
    whole = sum(seconds(stage, words, pace) for stage in STAGES)
    for stage in STAGES:
        course.begin(stage, 0 if stage == "book" else words)
        for step in range(1, 21):
            clock.now += seconds(stage, words, pace) / 20
            course.advance(step / 20)
            done, left, _ = course.position()
            if stage != "book":
                assert done == pytest.approx(clock.now / whole, abs=0.02)
                if done > 0.1:
                    assert left == pytest.approx(whole - clock.now, rel=0.1, abs=0.02 * whole)
        course.end(stage)
    assert course.position().done == pytest.approx(1)


def test_what_an_earlier_run_has_done_takes_no_time() -> None:
    clock = Clock()
    course = Course(clock)
    for stage in ("book", "sentences", "mentions"):
        course.end(stage)
    assert course.position().done > 0.4 and course.position().left is None
    course.begin("cast", 100_000)
    clock.now += seconds("cast", 100_000, 2.0)
    course.end("cast")
    course.end("speech")
    course.begin("relations", 100_000)
    clock.now += seconds("relations", 100_000, 2.0) / 2
    course.advance(0.5)
    rest = seconds("relations", 100_000, 2.0) / 2
    rest += seconds("facts", 100_000, 2.0) + seconds("graph", 100_000, 2.0)
    assert course.position().left == pytest.approx(rest)
    assert course.position().stage == STAGES["relations"].words


def test_seconds_in_words() -> None:
    assert [in_words(seconds) for seconds in (0, 59.6, 3675)] == ["0:00", "1:00", "1:01:15"]
