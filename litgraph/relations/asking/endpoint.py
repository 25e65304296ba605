"""The model elsewhere: a server that speaks OpenAI's chat interface (vLLM, llama.cpp, TGI, Ollama, transformers serve).

The prompts are the same messages; the server renders them through its own chat layout, today's date included where the
layout prints one. Several questions are on their way at once, refused ones are asked again after a while, and a server
that does not know a field is asked without it. The key comes from ``LITGRAPH_API_KEY`` and goes nowhere but into the
request.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import httpx

from litgraph.errors import ModelError
from litgraph.language_models.answers import Answer
from litgraph.language_models.chats import Message
from litgraph.progress import Progress, Tell
from litgraph.relations.asking.checks import ADDRESS_EXAMPLE, KEY_VARIABLE, checked_url, style_of
from litgraph.relations.asking.choice import asking_choice
from litgraph.relations.asking.labeller import Request
from litgraph.relations.asking.prompts import PromptStyle, Question, messages
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions

_TRIES = 6
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0  # seconds, doubled with every try
_PATIENCE = 120.0  # seconds for one answer
# Fields beyond the plain interface. A server that refuses a request is spared the one that it names, else the next.
_EXTRAS = ("logprobs", "chat_template_kwargs")


def choose(_: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
    """The labeller that asks a server; whether it answers is seen when it is asked."""
    style = style_of(options)
    return asking_choice(
        "endpoint",
        options,
        lambda: EndpointAsker(
            options.base_url, options.model, style, at_once=options.at_once, per_minute=options.per_minute
        ),
        facts={"style": style.identity, "server": options.base_url, "model": options.model},
        device="server",
        progress=progress,
    )


class EndpointAsker:
    """Asks a server; an :class:`litgraph.relations.asking.labeller.Asker`.

    Args:
        base_url: the server's address up to "/v1".
        model: its name for the model.
        style: of the prompts.
        at_once: how many questions may be on their way.
        per_minute: how many questions may be sent in a minute; 0: as many as the server takes.
        transport: in place of the network, for tests.
        sleep: in place of waiting, for tests.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        style: PromptStyle,
        *,
        at_once: int = 8,
        per_minute: int = 0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait  # so that nobody waits for a pause when the run is stopped
        self._url = checked_url(base_url)
        self._model = model
        self._style = style
        self._at_once = at_once
        self._pace = _Pace(per_minute, self._sleep)
        self._transport = transport
        self._extras = {"logprobs": True, "chat_template_kwargs": {"enable_thinking": style.thinking}}
        if style.thinking is None:
            del self._extras["chat_template_kwargs"]
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The server's address, the model and the longest answer."""
        return f"{self._url} {self._model} greedy {self._style.new_tokens}"

    def prompts(self, questions: Sequence[Question]) -> list[Request]:
        """The messages, as JSON."""
        return self.chats([messages(self._style, one) for one in questions])

    def chats(self, chats: Sequence[Sequence[Message]]) -> list[Request]:
        """Prompts of other wording than the style's, such as those of a data set."""
        return [Request(json.dumps(list(chat), ensure_ascii=False, sort_keys=True), None) for chat in chats]

    def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
        """One answer at a time, as they come.

        Raises:
            ModelError: the server is not there, refuses, or does not speak the interface.
        """
        headers = {"Authorization": f"Bearer {key}"} if (key := os.environ.get(KEY_VARIABLE)) else {}
        limits = httpx.Limits(max_connections=self._at_once)
        self._stopped.clear()
        rest = iter(enumerate(requests))
        running: dict[Future[Answer], int] = {}
        with (
            httpx.Client(headers=headers, timeout=_PATIENCE, limits=limits, transport=self._transport) as client,
            ThreadPoolExecutor(self._at_once, "litgraph-endpoint") as pool,
        ):
            try:
                while True:
                    while len(running) < 2 * self._at_once and (following := next(rest, None)):
                        running[pool.submit(self._answer, client, following[1].prompt)] = following[0]
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    yield {running.pop(future): future.result() for future in done if not future.exception()}
                    for future in done & running.keys():
                        future.result()  # raises, now that all other answers are handed on
            finally:
                self._stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                client.close()  # what is on its way is given up

    def _answer(self, client: httpx.Client, prompt: str) -> Answer:
        reply = self._reply(client, json.loads(prompt))
        try:
            choice = reply["choices"][0]
            text = choice["message"].get("content") or ""
            token_scores = (choice.get("logprobs") or {}).get("content") or []
            chances = [float(token["logprob"]) for token in token_scores]
            usage = (reply.get("usage") or {}).get("completion_tokens")
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(
                f"The server {self._url} answers, but not as OpenAI's chat interface has it ({error!r}).",
                ADDRESS_EXAMPLE,
            ) from error
        return Answer(str(text), sum(chances) if chances else None, int(usage or len(chances)))

    def _reply(self, client: httpx.Client, chat: list[dict[str, str]]) -> Any:
        trouble = ""
        for attempt in range(_TRIES):
            self._pace.wait()
            if self._stopped.is_set():
                break
            extras = dict(self._extras)
            # "temperature" 0 is greedy decoding wherever it is known
            body = {"model": self._model, "messages": chat, "temperature": 0, "max_tokens": self._style.new_tokens}
            try:
                response = client.post(f"{self._url}/chat/completions", json=body | extras)
            except RuntimeError:
                if self._stopped.is_set():  # and the client closed
                    break
                raise
            except httpx.TransportError as error:
                trouble, pause = f"{type(error).__name__}: {error}", None
            else:
                if response.is_success:
                    return self._parsed(response)
                trouble, pause = _refusal(response), _asked_pause(response)
                if response.status_code in (400, 422, 501) and self._spare(extras, response.text):
                    continue
                if response.status_code not in _AGAIN:
                    break
            if attempt + 1 < _TRIES:
                ours = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)
                self._sleep(min(_LONGEST_PAUSE, pause) if pause is not None else ours * random.uniform(0.5, 1.0))
        raise ModelError(
            f"The server {self._url} gave no answer: {trouble}",
            f"Is it running, does it serve the model {self._model!r} (--model), and is the key in {KEY_VARIABLE}, if "
            "it wants one? What was answered so far is kept; the same command goes on from there.",
        )

    def _spare(self, sent: dict[str, Any], refusal: str) -> bool:
        """From now on leave out a field that the server does not know; False if the request had none."""
        with self._lock:
            if sent.keys() != self._extras.keys():
                return True  # another question has found out meanwhile
            named = [name for name in _EXTRAS if name in sent and name in refusal] or [
                name for name in _EXTRAS if name in sent
            ]
            if named:
                del self._extras[named[0]]
            return bool(named)

    def _parsed(self, response: httpx.Response) -> Any:
        try:
            return response.json()
        except ValueError as error:
            raise ModelError(
                f"The server {self._url} answers with something that is no JSON.", ADDRESS_EXAMPLE
            ) from error


class _Pace:
    """Lets through so many a minute, at even distances."""

    def __init__(self, per_minute: int, sleep: Callable[[float], object]) -> None:
        self._distance = 60.0 / per_minute if per_minute else 0.0
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        if not self._distance:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._distance
        self._sleep(turn - now)


def _refusal(response: httpx.Response) -> str:
    """What the server says of its refusal, short."""
    return f"status {response.status_code} {' '.join(response.text.split())[:200]}".strip()


def _asked_pause(response: httpx.Response) -> float | None:
    """The seconds that the server asks to wait."""
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None
