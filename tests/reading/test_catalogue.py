"""Fetching from Project Gutenberg: against a transport that answers as told, and a real server that hangs up."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from litgraph.errors import FetchError
from litgraph.reading import catalogue
from litgraph.reading.catalogue import (
    addresses,
    cache_folder,
    cached_book,
    cached_identifiers,
    fetch,
    identifier_in_address,
    normalise_identifier,
)

BOOK = (
    "\ufeffThe Project Gutenberg EBook of Pride and Prejudice, by Jane Austen\r\n\r\n"
    "Release Date: August 26, 2008 [EBook #1342]\r\n\r\n"
    "*** START OF THIS PROJECT GUTENBERG EBOOK PRIDE AND PREJUDICE ***\r\n\r\n"
    + "It is a truth universally acknowledged, that a single man must be in want of a wife.\r\n"
    * 1500
).encode()
FIRST = "https://www.gutenberg.org/cache/epub/1342/pg1342.txt"
Handler = Callable[[httpx.Request], httpx.Response]


class Site:
    """A transport that answers by a list of answers and remembers the requests; ``slept`` are the pauses."""

    def __init__(self, *answers: httpx.Response | Exception | Handler) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.slept: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else httpx.Response(404)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def fetch(self, identifier: str, folder: Path, **options: Any) -> Path:
        return fetch(identifier, folder=folder, transport=httpx.MockTransport(self), sleep=self.slept.append, **options)


@pytest.fixture(autouse=True)
def _no_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LITGRAPH_MIRROR", raising=False)


@pytest.mark.parametrize("text", ["pg1342", "1342", "PG1342", " Pg1342\n", "pg01342"])
def test_every_way_to_write_a_number(text: str) -> None:
    assert normalise_identifier(text) == "pg1342"


@pytest.mark.parametrize("text", ["", "pg", "0", "pg0", "-1", "1342.txt", "pg 1342", "emma", "12345678", "١٣"])
def test_what_is_no_number(text: str) -> None:
    assert normalise_identifier(text) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://www.gutenberg.org/ebooks/768",
        "http://www.gutenberg.org/768",
        "https://www.gutenberg.org/files/768/768-h/768-h.htm",
        "https://gutenberg.org/cache/epub/768/pg768.txt",
    ],
)
def test_the_number_in_an_address(address: str) -> None:
    assert identifier_in_address(address) == "pg768"


def test_other_addresses_hold_no_number() -> None:
    assert identifier_in_address("https://example.org/ebooks/768") is None
    assert identifier_in_address("urn:uuid:768") is None


def test_a_book_is_fetched_once(tmp_path: Path) -> None:
    site = Site(httpx.Response(200, content=BOOK))
    path = site.fetch("1342", tmp_path / "new" / "cache")
    assert path == tmp_path / "new" / "cache" / "pg1342.txt"
    assert path.read_bytes() == BOOK
    assert str(site.requests[0].url) == FIRST
    assert site.requests[0].headers["user-agent"].startswith("litgraph")
    assert sorted(file.name for file in path.parent.iterdir()) == ["pg1342.txt"]
    assert site.fetch("PG1342", path.parent) == path
    assert len(site.requests) == 1


def test_older_books_are_found_at_their_older_addresses(tmp_path: Path) -> None:
    site = Site(*[httpx.Response(404)] * 3, httpx.Response(200, content=BOOK.decode().encode("cp1252", "replace")))
    assert site.fetch("pg1342", tmp_path).is_file()
    assert [request.url.path for request in site.requests] == [
        "/cache/epub/1342/pg1342.txt",
        "/ebooks/1342.txt.utf-8",
        "/files/1342/1342-0.txt",
        "/files/1342/1342-8.txt",
    ]
    assert site.slept == [catalogue.PAUSE] * 3


def test_mirrors_sort_their_books_by_digits() -> None:
    assert addresses(1342, "https://mirror.example/gutenberg/") == (
        "https://mirror.example/gutenberg/cache/epub/1342/pg1342.txt",
        "https://mirror.example/gutenberg/1/3/4/1342/1342-0.txt",
        "https://mirror.example/gutenberg/1/3/4/1342/1342-8.txt",
        "https://mirror.example/gutenberg/1/3/4/1342/1342.txt",
    )
    assert addresses(5, "https://mirror.example")[1] == "https://mirror.example/0/5/5-0.txt"


def test_the_mirror_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITGRAPH_MIRROR", "https://mirror.example")
    site = Site(httpx.Response(200, content=BOOK))
    site.fetch("1342", tmp_path)
    assert site.requests[0].url.host == "mirror.example"


@pytest.mark.parametrize("mirror", ["ftp://mirror.example", "mirror.example", "http://[", "file:///etc"])
def test_a_mirror_that_is_no_web_address(mirror: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="web address"):
        Site().fetch("1342", tmp_path, mirror=mirror)


def test_no_such_book(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="Project Gutenberg has no book 999999") as caught:
        Site().fetch("999999", tmp_path)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_number_is_not_asked_for(tmp_path: Path) -> None:
    site = Site()
    with pytest.raises(FetchError, match="'emma' is no Project Gutenberg number"):
        site.fetch("emma", tmp_path)
    assert site.requests == []


def test_offline_it_soon_gives_up_and_says_what_it_does(tmp_path: Path) -> None:
    told: list[str] = []
    site = Site(*[httpx.ConnectError("Name or service not known")] * 20)
    with pytest.raises(FetchError, match="Name or service not known") as caught:
        site.fetch("1342", tmp_path, tell=told.append)
    assert FIRST in caught.value.what
    assert len(site.requests) == catalogue.TRIES_TO_CONNECT
    assert site.slept == [2.0]
    assert told == [f"{FIRST}: Name or service not known; trying again in 2 s"]
    assert list(tmp_path.iterdir()) == []


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    site = Site(
        httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        httpx.Response(500),
        httpx.Response(200, content=BOOK),
    )
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK
    assert site.slept == [7.0, 4.0, 8.0]


def test_a_server_that_wants_a_long_rest_is_left_alone(tmp_path: Path) -> None:
    site = Site(httpx.Response(429, headers={"Retry-After": "86400"}))
    with pytest.raises(FetchError, match="86400 seconds"):
        site.fetch("1342", tmp_path)
    assert len(site.requests) == 1


def test_a_refusal_is_not_argued_with(tmp_path: Path) -> None:
    site = Site(httpx.Response(403))
    with pytest.raises(FetchError, match="403"):
        site.fetch("1342", tmp_path)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"<!DOCTYPE html><html><body>Project Gutenberg is busy</body></html>", "a web page"),
        (BOOK.replace(b"#1342", b"#1343"), "book 1343"),
        (b"Some other text", "without Project Gutenberg's header"),
        (b"", "empty"),
        (b"PK\x03\x04\0\0 Project Gutenberg", "no text"),
    ],
)
def test_what_came_is_checked(content: bytes, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=complaint):
        Site(httpx.Response(200, content=content)).fetch("1342", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_after_a_web_page_the_next_address_is_tried(tmp_path: Path) -> None:
    site = Site(httpx.Response(200, content=b"<html>busy</html>"), httpx.Response(200, content=BOOK))
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK


def test_a_text_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MAX_BYTES", 100_000)
    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        Site(httpx.Response(200, content=iter([BOOK] * 10_000))).fetch("1342", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_redirects_lead_only_to_web_addresses(tmp_path: Path) -> None:
    site = Site(
        httpx.Response(302, headers={"Location": "https://mirror.example/pg1342.txt"}),
        httpx.Response(200, content=BOOK),
    )
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK
    with pytest.raises(FetchError, match="leads nowhere"):
        Site(httpx.Response(302, headers={"Location": "ftp://mirror.example/1342"})).fetch("1342", tmp_path / "b")


def test_a_part_of_another_version_is_not_continued(tmp_path: Path) -> None:
    (tmp_path / "pg1342.txt.part").write_bytes(b"an older edition")
    about = {"address": FIRST, "version": '"old"'}
    (tmp_path / "pg1342.txt.part.json").write_text(json.dumps(about), encoding="utf-8")
    site = Site(httpx.Response(200, content=BOOK, headers={"ETag": '"new"'}))
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK
    assert site.requests[0].headers["range"] == "bytes=16-"
    assert site.requests[0].headers["if-range"] == '"old"'


@pytest.mark.parametrize("about", ["", "[]", "{}", '{"address": "https://elsewhere.example", "version": "x"}'])
def test_a_part_of_nobody_knows_what_is_not_continued(about: str, tmp_path: Path) -> None:
    (tmp_path / "pg1342.txt.part").write_bytes(b"what is this?")
    (tmp_path / "pg1342.txt.part.json").write_text(about, encoding="utf-8")
    site = Site(httpx.Response(200, content=BOOK))
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK
    assert "range" not in site.requests[0].headers


def test_a_part_that_does_not_fit_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "pg1342.txt.part").write_bytes(BOOK + b"more")
    about = {"address": FIRST, "version": '"e"'}
    (tmp_path / "pg1342.txt.part.json").write_text(json.dumps(about), encoding="utf-8")
    site = Site(httpx.Response(416), httpx.Response(200, content=BOOK))
    assert site.fetch("1342", tmp_path).read_bytes() == BOOK
    assert "range" not in site.requests[1].headers


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(FetchError, match="cannot be written"):
        Site(httpx.Response(200, content=BOOK)).fetch("1342", tmp_path / "file")


class _CutServer(BaseHTTPRequestHandler):
    """Sends a piece of the book, hangs up, and goes on from where the client says."""

    piece = 50_000
    requests: list[dict[str, str]]  # of one test
    version = '"one"'

    def do_GET(self) -> None:
        self.requests.append(dict(self.headers))
        start = 0
        if "Range" in self.headers and self.headers["If-Range"] == self.version:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(BOOK) - 1}/{len(BOOK)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(BOOK) - start))
        self.send_header("ETag", self.version)
        self.end_headers()
        self.wfile.write(BOOK[start : start + self.piece])
        self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[_CutServer]]]:
    handler = type("Handler", (_CutServer,), {"requests": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", handler
        running.shutdown()
        thread.join()


def test_a_cut_download_goes_on_where_it_stopped(server: tuple[str, type[_CutServer]], tmp_path: Path) -> None:
    address, handler = server
    path = fetch("1342", mirror=address, folder=tmp_path, sleep=lambda seconds: None)
    assert path.read_bytes() == BOOK
    starts = [int(request.get("Range", "bytes=0-")[6:-1]) for request in handler.requests]
    assert len(starts) > 1
    assert starts == sorted(set(starts))  # every try began later than the one before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pg1342.txt"]


def test_a_later_call_goes_on_too(
    server: tuple[str, type[_CutServer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = server
    monkeypatch.setattr(catalogue, "TRIES", 1)
    with pytest.raises(FetchError, match="could not be fetched"):
        fetch("1342", mirror=address, folder=tmp_path, sleep=lambda seconds: None)
    assert not (tmp_path / "pg1342.txt").exists()
    handler.piece = len(BOOK)
    assert fetch("1342", mirror=address, folder=tmp_path, sleep=lambda seconds: None).read_bytes() == BOOK
    assert int(handler.requests[1]["Range"][6:-1]) >= 32_768


def test_a_file_that_changed_meanwhile_is_fetched_anew(
    server: tuple[str, type[_CutServer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = server
    monkeypatch.setattr(catalogue, "TRIES", 1)
    with pytest.raises(FetchError):
        fetch("1342", mirror=address, folder=tmp_path, sleep=lambda seconds: None)
    handler.version, handler.piece = '"two"', len(BOOK)
    assert fetch("1342", mirror=address, folder=tmp_path, sleep=lambda seconds: None).read_bytes() == BOOK


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="could not be fetched"):
        fetch("1342", mirror="http://127.0.0.1:9", folder=tmp_path, sleep=lambda seconds: None)


def test_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert cached_book("pg1342") is None
    Site(httpx.Response(200, content=BOOK)).fetch("1342", cache_folder())
    (tmp_path / "pg84.txt").write_text("Frankenstein", encoding="utf-8")
    (tmp_path / "pgfoo.txt").write_text("not a number", encoding="utf-8")
    assert cached_book("1342") == tmp_path / "pg1342.txt"
    assert cached_book("emma") is None
    assert cached_identifiers() == ("pg84", "pg1342")


def test_each_system_has_its_own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LITGRAPH_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/mine")
    assert cache_folder() == Path("/var/cache/mine/litgraph")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == tmp_path / ".cache" / "litgraph"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder() == tmp_path / "Library" / "Caches" / "litgraph"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert cache_folder() == tmp_path / "Local" / "litgraph" / "Cache"
