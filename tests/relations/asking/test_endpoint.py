"""A language model on a server: a real one in a process of its own, and a small one that misbehaves on purpose."""

from __future__ import annotations

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tiny_smollm3 import TinyModel

from litgraph.config import Settings
from litgraph.errors import ModelError, SettingsError
from litgraph.language_models.answers import Answer
from litgraph.relations.asking.checks import checked_url
from litgraph.relations.asking.endpoint import EndpointAsker
from litgraph.relations.asking.labeller import Request
from litgraph.relations.asking.prompts import Question, prompt_style

CARD = prompt_style("card")
QUESTIONS = [Question(f"Jane, {word} of Bingley, smiled.", "Jane", "Bingley") for word in ("sister", "wife", "guest")]


def everything(found: Iterator[dict[int, Answer]]) -> dict[int, Answer]:
    answers: dict[int, Answer] = {}
    for batch in found:
        answers |= batch
    return answers


class Refusal(Exception):
    """A status that is no success, with a text and headers."""

    def __init__(self, status: int, text: str = "", **headers: str) -> None:
        self.status, self.text, self.headers = status, text, headers


class Server:
    """Answers with what ``reply`` makes of the n-th request's body, or refuses."""

    def __init__(self, reply: Any) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.waits: list[float] = []
        self._reply = reply
        self._lock = threading.Lock()

    def asker(self, **options: Any) -> EndpointAsker:
        transport = httpx.MockTransport(self._handle)
        return EndpointAsker("http://server/v1", "tiny", CARD, transport=transport, sleep=self.waits.append, **options)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        assert request.url == "http://server/v1/chat/completions"
        with self._lock:
            self.bodies.append(json.loads(request.content))
            self.headers.append(dict(request.headers))
            number = len(self.bodies)
        try:
            reply = self._reply(number, self.bodies[-1])
        except Refusal as refusal:
            return httpx.Response(refusal.status, text=refusal.text, headers=refusal.headers)
        return httpx.Response(200, json=reply)


def said(text: str, *chances: float) -> dict[str, Any]:
    logprobs = {"content": [{"token": "x", "logprob": chance} for chance in chances]} if chances else None
    return {"choices": [{"message": {"role": "assistant", "content": text}, "logprobs": logprobs}]}


def test_what_is_sent_and_what_comes_back() -> None:
    server = Server(lambda number, body: said("sibling_of", -0.5, -0.25))
    asker = server.asker()
    (answer,) = everything(asker.ask(asker.prompts(QUESTIONS[:1]))).values()
    assert answer == Answer("sibling_of", -0.75, 2)
    (body,) = server.bodies
    assert [message["role"] for message in body.pop("messages")] == ["system", "user"]
    assert body == {
        "model": "tiny",
        "temperature": 0,
        "max_tokens": 16,
        "logprobs": True,
        "chat_template_kwargs": {"enable_thinking": False},
    }


def test_each_answer_is_its_own_questions() -> None:
    def echo(number: int, body: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.002 * (number % 3))
        return said(body["messages"][1]["content"])

    asker = Server(echo).asker(at_once=5)
    asked = asker.prompts([Question(f"Sentence {number}.", "a", "b") for number in range(40)])
    answers = everything(asker.ask(asked))
    assert all(f"Sentence {number}.\n" in answers[number].text for number in range(40))
    assert all(answer.log_probability is None for answer in answers.values())


def test_a_busy_server_is_asked_again_after_a_while() -> None:
    def busy(number: int, body: dict[str, Any]) -> dict[str, Any]:
        if number == 1:
            raise Refusal(429, "slow down", **{"retry-after": "7"})
        if number in (2, 3):
            raise Refusal(503, "loading")
        return said("sibling_of")

    server = Server(busy)
    asker = server.asker()
    assert everything(asker.ask(asker.prompts(QUESTIONS[:1])))[0].text == "sibling_of"
    assert len(server.bodies) == 4
    asked_for, second, third = server.waits
    assert asked_for == 7
    assert 0.5 <= second <= 1 <= third <= 2, "the pauses grow"


def test_a_server_that_never_answers_is_told_in_the_end() -> None:
    def refuse(number: int, body: dict[str, Any]) -> dict[str, Any]:
        raise Refusal(500, "out of order")

    server = Server(refuse)
    asker = server.asker()
    with pytest.raises(ModelError, match=r"http://server/v1 gave no answer: status 500 out of order") as error:
        everything(asker.ask(asker.prompts(QUESTIONS[:1])))
    assert len(server.bodies) == 6 and "goes on from there" in error.value.hint


def test_a_wrong_key_is_not_tried_again_and_never_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LITGRAPH_API_KEY", "sk-very-secret")

    def refuse(number: int, body: dict[str, Any]) -> dict[str, Any]:
        raise Refusal(401, "invalid key")

    server = Server(refuse)
    asker = server.asker()
    with pytest.raises(ModelError, match="invalid key") as error:
        everything(asker.ask(asker.prompts(QUESTIONS[:1])))
    assert len(server.bodies) == 1
    assert server.headers[0]["authorization"] == "Bearer sk-very-secret"
    assert "LITGRAPH_API_KEY" in error.value.hint
    assert "secret" not in str(error.value) and "secret" not in asker.name
    assert "secret" not in str(Settings(labeller="endpoint", base_url="http://server/v1", model="tiny").as_dict())


@pytest.mark.parametrize(
    ("unknown", "text"), [({"logprobs"}, "no"), ({"chat_template_kwargs"}, "unknown field chat_template_kwargs")]
)
def test_a_server_that_does_not_know_a_field_is_asked_without_it(unknown: set[str], text: str) -> None:
    def strict(number: int, body: dict[str, Any]) -> dict[str, Any]:
        if unknown & body.keys():
            raise Refusal(400, text)
        return said("sibling_of")

    server = Server(strict)
    asker = server.asker(at_once=1)
    assert len(everything(asker.ask(asker.prompts(QUESTIONS)))) == 3
    assert [bool(unknown & body.keys()) for body in server.bodies] == [True, False, False, False]
    left = {"logprobs", "chat_template_kwargs"} - unknown
    assert all(left <= body.keys() for body in server.bodies)


def test_answers_that_are_there_are_handed_on_before_a_failure_is_told() -> None:
    def sometimes(number: int, body: dict[str, Any]) -> dict[str, Any]:
        if "wife" in body["messages"][1]["content"]:
            time.sleep(0.3)
            raise Refusal(401, "no more")
        return said("x")

    asker = Server(sometimes).asker(at_once=3)
    kept: dict[int, Answer] = {}
    with pytest.raises(ModelError, match="no more"):
        for batch in asker.ask(asker.prompts([QUESTIONS[0], QUESTIONS[2], QUESTIONS[1]])):
            kept |= batch
    assert kept.keys() == {0, 1}


def test_who_stops_need_not_wait_for_pauses() -> None:
    def busy(number: int, body: dict[str, Any]) -> dict[str, Any]:
        if number > 1:
            raise Refusal(503, "loading", **{"retry-after": "60"})
        return said("x")

    server = Server(busy)
    asker = EndpointAsker("http://server/v1", "tiny", CARD, at_once=2, transport=httpx.MockTransport(server._handle))
    start = time.monotonic()
    answers: Any = asker.ask(asker.prompts(QUESTIONS))
    next(answers)
    answers.close()
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("reply", [[], {}, {"choices": []}, {"choices": [{"message": None}]}, {"error": "x"}])
def test_a_server_that_speaks_something_else(reply: Any) -> None:
    asker = Server(lambda number, body: reply).asker()
    with pytest.raises(ModelError, match="not as OpenAI's chat interface has it"):
        everything(asker.ask(asker.prompts(QUESTIONS[:1])))


def test_no_more_than_so_many_a_minute_and_at_once() -> None:
    running: list[int] = []
    most: list[int] = []

    def slow(number: int, body: dict[str, Any]) -> dict[str, Any]:
        running.append(number)
        most.append(len(running))
        time.sleep(0.01)
        running.remove(number)
        return said("x")

    server = Server(slow)
    asker = server.asker(at_once=3, per_minute=60)
    everything(asker.ask(asker.prompts(QUESTIONS) * 4))
    assert max(most) <= 3
    # One a second: the n-th is told to wait until n seconds after the first
    assert sorted(server.waits) == pytest.approx(list(range(12)), abs=0.9)


def test_thinking_is_left_to_the_server_where_the_style_does() -> None:
    server = Server(lambda number, body: said("x"))
    asker = EndpointAsker(
        "http://server/v1", "tiny", prompt_style("training"), transport=httpx.MockTransport(server._handle)
    )
    everything(asker.ask(asker.prompts(QUESTIONS[:1])))
    assert "chat_template_kwargs" not in server.bodies[0]


@pytest.mark.parametrize(
    "url", ["", "localhost:8000", "ftp://server/v1", "http://", "http://me:word@server/v1", "http://server/v1?key=x"]
)
def test_an_address_that_is_none_or_tells_too_much(url: str) -> None:
    with pytest.raises(SettingsError) as error:
        checked_url(url)
    assert "word" not in error.value.what.replace("password", "")


def test_an_address_may_end_with_a_slash() -> None:
    assert checked_url("http://localhost:8000/v1/") == "http://localhost:8000/v1"


def test_nobody_at_the_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    asker = EndpointAsker(url, "tiny", CARD, sleep=lambda _: None)
    with pytest.raises(ModelError, match="ConnectError"):
        everything(asker.ask(asker.prompts(QUESTIONS[:1])))


@pytest.fixture(scope="module")
def served(tiny_smollm3: TinyModel) -> Iterator[str]:
    """``transformers serve`` with the tiny model, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "import sys; from transformers.cli.transformers import main; sys.exit(main())"]
    server = subprocess.Popen(
        [*command, "serve", str(tiny_smollm3.base), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for _ in range(600):
            if server.poll() is not None:
                assert server.stdout
                pytest.fail(f"transformers serve ended:\n{server.stdout.read()}")
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health").is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.communicate()


def test_a_real_server_says_what_the_model_says_here(served: str, tiny_smollm3: TinyModel) -> None:
    from litgraph.relations.asking.local import ModelAsker, settle_model

    server = EndpointAsker(served, str(tiny_smollm3.base), CARD, at_once=2)
    here = ModelAsker(settle_model(str(tiny_smollm3.base), "none", "fp32"), CARD)
    elsewhere = everything(server.ask(server.prompts(QUESTIONS)))
    expected = everything(here.ask(here.prompts(QUESTIONS)))
    # The layout prints today's date there, a frozen one here; that changes the odds, hardly what is said
    assert all(elsewhere[number].text for number in range(3))
    assert [elsewhere[number].text for number in range(3)] == [expected[number].text for number in range(3)]


def test_a_whole_build_with_a_real_server(served: str, tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    from litgraph.pipeline import build_run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LITGRAPH_CACHE", str(tmp_path / "cache"))
        patch.setenv("LITGRAPH_API_KEY", "sk-very-secret")
        text = tmp_path / "novel.txt"
        text.write_text(
            "Jane Bennet married Mr. Bingley. Mr. Bingley saw Mr. Darcy at Netherfield.\n", encoding="utf-8"
        )
        settings = Settings(
            labeller="endpoint", base_url=served, model=str(tiny_smollm3.base), filter="none", minimum_confidence=0
        )
        first = build_run(text, tmp_path / "run", settings=settings)
    counts = first.report["stages"]["relations"]["counts"]
    assert counts["pairs"] == sum(counts["outcomes"].values()) > 0
    assert first.report["device"] == "server" and first.report["labeller"]["server"] == served
    assert any(key != "co_occurs_with" for _, _, key in first.graph.edges(keys=True))
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"very-secret" not in written


def test_a_key_is_sent_to_the_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends us elsewhere does not get us to tell the key there."""
    seen: list[str | None] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers.get("Authorization"))
            self.send_response(307)
            self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/other")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    monkeypatch.setenv("LITGRAPH_API_KEY", "sk-very-secret")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asker = EndpointAsker(f"http://127.0.0.1:{server.server_port}/v1", "tiny", CARD)
        with pytest.raises(ModelError, match="status 307"):
            everything(asker.ask([Request(asker.prompts(QUESTIONS)[0].prompt, None)]))
        server.shutdown()
    assert seen == ["Bearer sk-very-secret"]
