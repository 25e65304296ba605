"""Books of Project Gutenberg: what they are called, where they are kept, and how one is fetched when somebody asks.

``fetch`` is the only place of the reading room that touches the network, and httpx is imported only there.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from litgraph.errors import FetchError
from litgraph.progress import Progress, silent

if TYPE_CHECKING:
    import httpx

Tell = Callable[[str], None]

DEFAULT_MIRROR = "https://www.gutenberg.org"
MAX_BYTES = 50 * 1024 * 1024  # the longest text of Project Gutenberg's novels has 10 MB
PAUSE = 2.0  # seconds between requests, as Project Gutenberg asks of automatic readers (its robot access page)
TRIES = 5  # for each address, while the server or the line is at fault
TRIES_TO_CONNECT = 2  # where nobody answers at all there is most likely no network
LONGEST_WAIT = 120.0  # seconds; a server that asks for more is asked again another day
CHUNK = 16 * 1024  # bytes; what arrived of a chunk is lost when the line is cut
TIMEOUT = 30.0  # seconds without any answer
TIMEOUT_TO_CONNECT = 10.0  # seconds
_HEADER = 20_000  # characters at the start of a text in which Project Gutenberg's header stands
_OTHER_MIRROR = "Or set LITGRAPH_MIRROR to another mirror of Project Gutenberg."

_IDENTIFIER = re.compile(r"(?:pg)?0*([1-9]\d{0,6})", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"gutenberg\.(?:org|net)/(?:ebooks/|files/|cache/epub/|etext/)?([1-9]\d{0,6})(?!\d)", re.ASCII)
_NUMBER = re.compile(r"\[\s*e(?:book|text)\s*#\s*(\d+)\s*\]", re.IGNORECASE)
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


def normalise_identifier(text: str) -> str | None:
    """The identifier of a Project Gutenberg book, such as "pg1342" for "1342" and "PG1342"; None for anything else."""
    match = _IDENTIFIER.fullmatch(text.strip())
    return f"pg{match.group(1)}" if match else None


def identifier_in_address(text: str) -> str | None:
    """The identifier of the book that an address of Project Gutenberg means; None if it is no such address."""
    match = _ADDRESS.search(text)
    return f"pg{match.group(1)}" if match else None


def cache_folder() -> Path:
    """Where fetched books are kept: $LITGRAPH_CACHE, else the system's folder for what can be fetched again."""
    if setting := os.environ.get("LITGRAPH_CACHE"):
        return Path(setting).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "litgraph" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "litgraph"
    base = os.environ.get("XDG_CACHE_HOME", "")  # to be ignored if relative (XDG Base Directory Specification)
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "litgraph"


def cached_book(identifier: str) -> Path | None:
    """The file of a book that was fetched before; None if it was not."""
    name = normalise_identifier(identifier)
    path = cache_folder() / f"{name}.txt"
    return path if name and path.is_file() else None


def cached_identifiers() -> tuple[str, ...]:
    """The identifiers of all books that were fetched before, in the order of their numbers."""
    names = (normalise_identifier(path.stem) for path in cache_folder().glob("pg*.txt"))
    return tuple(sorted((name for name in names if name), key=lambda name: int(name[2:])))


def addresses(number: int, mirror: str = DEFAULT_MIRROR) -> tuple[str, ...]:
    """Where a mirror may have the plain text of a book, in the order in which it is worth asking.

    Project Gutenberg's own site and its mirrors share ``cache/epub``; the older files are in ``files/1342`` on the
    site and in ``1/3/4/1342`` (each digit but the last a folder) on the mirrors.
    """
    base = mirror.rstrip("/")
    folders = "/".join(str(number)[:-1]) or "0"
    own_site = (urlsplit(base).hostname or "").removeprefix("www.") == "gutenberg.org"
    older = f"{base}/files/{number}" if own_site else f"{base}/{folders}/{number}"
    return (
        f"{base}/cache/epub/{number}/pg{number}.txt",
        *((f"{base}/ebooks/{number}.txt.utf-8",) if own_site else ()),
        *(f"{older}/{number}{suffix}.txt" for suffix in ("-0", "-8", "")),
    )


def fetch(
    identifier: str,
    *,
    mirror: str | None = None,
    folder: str | os.PathLike[str] | None = None,
    transport: httpx.BaseTransport | None = None,
    progress: Progress = silent,
    tell: Tell | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Fetch a book of Project Gutenberg as plain text, unless it is there already.

    One request at a time, with pauses. A download that broke off goes on where it stopped, also in a later call, if
    the file at its address is still the same.

    Args:
        identifier: such as "pg1342" or "1342".
        mirror: address of the site to ask; default $LITGRAPH_MIRROR, else ``DEFAULT_MIRROR``.
        folder: where to put the book; default ``cache_folder()``.
        transport: how to talk to the site, for tests.
        progress: told of every 16 kB that arrive.
        tell: given a sentence whenever something went wrong and is tried again.
        sleep: how to wait, for tests.

    Returns:
        The path of the file, in ``folder``. It holds what the site sent, unchanged.

    Raises:
        FetchError: there is no such book, the site cannot be reached or refuses, or what it sent is not this book.
    """
    name = normalise_identifier(identifier)
    if not name:
        raise FetchError(f"{identifier!r} is no Project Gutenberg number.", "Write it like pg1342 or 1342.")
    target = Path(folder or cache_folder(), f"{name}.txt")
    if target.is_file():
        return target
    site = mirror or os.environ.get("LITGRAPH_MIRROR") or DEFAULT_MIRROR
    if not _is_web_address(site):
        raise FetchError(f"The mirror {site!r} is no web address.", f"Give one like {DEFAULT_MIRROR}.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return _fetch(int(name[2:]), site, target, transport, _Manner(progress, tell, sleep))
    except OSError as error:
        raise FetchError(f"{target} cannot be written: {error}.", "Set LITGRAPH_CACHE to another folder.") from error


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _fetch(
    number: int,
    site: str,
    target: Path,
    transport: httpx.BaseTransport | None,
    manner: _Manner,
) -> Path:
    import httpx

    complaints: list[str] = []
    headers = {"User-Agent": _user_agent(), "Accept": "text/plain", "Accept-Encoding": "identity"}

    def refuse_other_schemes(request: httpx.Request) -> None:  # of redirects
        if not _is_web_address(str(request.url)):
            raise httpx.UnsupportedProtocol(f"it redirects to {request.url}")

    with httpx.Client(
        transport=transport,
        headers=headers,
        follow_redirects=True,
        timeout=httpx.Timeout(TIMEOUT, connect=TIMEOUT_TO_CONNECT),
        event_hooks={"request": [refuse_other_schemes]},
    ) as client:
        for index, address in enumerate(addresses(number, site)):
            if index:
                manner.sleep(PAUSE)
            part = _Part(target, address)
            if not _download(client, part, manner):
                continue
            if complaint := _complaint(part.path, number):
                complaints.append(f"{address} is {complaint}")
                part.remove()
                continue
            part.path.replace(target)
            part.remove()
            return target
    if complaints:
        raise FetchError(f"{site} did not send book {number}: {'; '.join(complaints)}.", _OTHER_MIRROR)
    owner = "Project Gutenberg" if site == DEFAULT_MIRROR else f"The mirror {site}"
    hint = f"Look the number up on {DEFAULT_MIRROR}; a few books there have no plain text."
    raise FetchError(f"{owner} has no book {number} as plain text.", hint)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a book is fetched: who is told of what, and how pauses are made."""

    progress: Progress
    tell: Tell | None
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A download under way: ``TARGET.part``, and ``TARGET.part.json``, which says what it is a part of."""

    target: Path
    address: str

    @property
    def path(self) -> Path:
        return self.target.with_name(self.target.name + ".part")

    @property
    def about(self) -> Path:
        return self.target.with_name(self.target.name + ".part.json")

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)

    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    def resume(self) -> dict[str, str]:
        """The headers that ask for what is still missing, provided that the file has not changed; else none."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads(self.about.read_text(encoding="utf-8"))
            if about["address"] == self.address and self.size():
                return {"Range": f"bytes={self.size()}-", "If-Range": str(about["version"])}
        return {}

    def begin(self, response: httpx.Response) -> None:
        """Starts anew, and notes what is being received if the server gave it a version that can be asked for."""
        self.remove()  # the old part first: it must never stand beside the new version's name
        tag = response.headers.get("etag", "")
        file_version = tag if tag.startswith('"') else response.headers.get("last-modified", "")
        if file_version and not _is_compressed(response):
            about = json.dumps({"address": self.address, "version": file_version})
            self.about.write_bytes(about.encode() + b"\n")


class _Trouble(Exception):
    """The server or the line is at fault, so that another try may help. ``wait``: seconds the server asked for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _download(client: httpx.Client, part: _Part, manner: _Manner) -> bool:
    """Receives the whole file at the part's address; False if there is none."""
    import httpx

    trouble = ""
    wait = 0.0
    attempt, tries = 0, TRIES
    while attempt < tries:
        if attempt:
            if manner.tell:
                manner.tell(f"{part.address}: {trouble}; trying again in {wait:.0f} s")
            manner.sleep(wait)
        wait = PAUSE * 2**attempt
        attempt += 1
        try:
            with client.stream("GET", part.address, headers=part.resume()) as response:
                if response.status_code in (404, 410):
                    return False
                _receive(response, part, manner.progress)
                return True
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
            raise FetchError(f"{part.address} leads nowhere: {error}.", _OTHER_MIRROR) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            trouble = str(error) or type(error).__name__
            if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) and not part.size():
                tries = TRIES_TO_CONNECT
        except _Trouble as error:
            trouble = str(error)
            wait = max(wait, error.wait)
    hint = f"Check the connection. {_OTHER_MIRROR} The same command goes on where this one stopped."
    raise FetchError(f"{part.address} could not be fetched: {trouble}.", hint)


def _receive(response: httpx.Response, part: _Part, progress: Progress) -> None:
    """Writes a response into the part; raises _Trouble if it is not the rest of the file."""
    _check_status(response, part)
    size, total = _sizes(response, part)
    if response.status_code == 200:
        part.begin(response)
    with part.path.open("ab" if size else "wb") as file:
        chunks = None if total is None else -(-(total - size) // CHUNK)
        for chunk in progress(response.iter_bytes(CHUNK), f"fetching {part.target.stem}", chunks):
            size += len(chunk)
            if max(size, total or 0) > MAX_BYTES:
                break
            file.write(chunk)
    if max(size, total or 0) > MAX_BYTES:
        part.remove()
        raise FetchError(f"{response.url} sends more than {MAX_BYTES:,} bytes, as no book has.", _OTHER_MIRROR)
    if total is not None and size != total:
        if size > total:
            part.remove()
        raise _Trouble(f"{size:,} of {total:,} bytes came")


def _check_status(response: httpx.Response, part: _Part) -> None:
    """Raises _Trouble where asking again may help, and FetchError where it does not."""
    status = response.status_code
    if status in (200, 206):
        return
    if status == 429 or status >= 500:
        raise _Trouble(f"the server answered {status} {response.reason_phrase}", _retry_after(response))
    if status == 416:
        part.remove()
        raise _Trouble("what was fetched before does not fit the file")
    hint = f"The site may refuse automatic readers for a while. {_OTHER_MIRROR}"
    raise FetchError(f"{response.url} answered {status} {response.reason_phrase}.", hint)


def _sizes(response: httpx.Response, part: _Part) -> tuple[int, int | None]:
    """How many bytes of the file are there already, and how many it has; None if the server does not say."""
    if response.status_code == 206:
        match = _CONTENT_RANGE.match(response.headers.get("content-range", ""))
        if not match or int(match.group(1)) != part.size():
            part.remove()
            raise _Trouble("the server sent another part of the file than the one asked for")
        return part.size(), int(match.group(2)) if match.group(2) != "*" else None
    length = response.headers.get("content-length", "")
    return 0, int(length) if length.isdecimal() and not _is_compressed(response) else None


def _is_compressed(response: httpx.Response) -> bool:
    return response.headers.get("content-encoding", "identity").lower() not in ("", "identity")


def _retry_after(response: httpx.Response) -> float:
    """Seconds that the server asks to wait, 0 if it does not."""
    header = response.headers.get("retry-after", "").strip()
    seconds = 0.0
    if header.isdecimal():
        seconds = float(header[:9])
    elif header:
        with suppress(ValueError, TypeError):
            seconds = max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    if seconds > LONGEST_WAIT:
        raise FetchError(f"{response.url} asks to wait {seconds:.0f} seconds.", f"Do so. {_OTHER_MIRROR}")
    return seconds


def _complaint(path: Path, number: int) -> str:
    """What is wrong with a file that should be the plain text of a book; "" if nothing is."""
    with path.open("rb") as file:
        start = file.read(_HEADER)
    head = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if not head:
        return "empty"
    if head.startswith(("<!doctype", "<html", "<?xml")):
        return "a web page instead of a book"
    if "\0" in head:
        return "no text"
    if "project gutenberg" not in head:
        return "without Project Gutenberg's header"
    match = _NUMBER.search(head)
    return f"book {match.group(1)}" if match and int(match.group(1)) != number else ""


def _user_agent() -> str:
    try:
        return f"litgraph/{version('litgraph-kg')}"
    except PackageNotFoundError:
        return "litgraph"
