"""The page served on this machine alone: on its loopback address, to who knows the token in the address.

A page from elsewhere can neither read nor change a run: it does not know the token, its name for this machine is not in
the Host header that is asked for (DNS rebinding), and its Origin is not this one (cross-site requests).
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from litgraph.errors import LitgraphError, StoreError
from litgraph.pages.corrections import Corrections, Refused
from litgraph.pages.making import page_of_run
from litgraph.runs.loading import BOOK_FILE, GRAPH_FILE, MENTIONS_FILE, QUOTATIONS_FILE

ADDRESS = "127.0.0.1"
LONGEST_REQUEST = 64 * 1024
"""Bytes of a correction."""
PATIENCE = 30
"""Seconds that a connection may say nothing."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",  # the page's own policy stands in the page
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PageServer(ThreadingHTTPServer):
    """Serves the page of one run folder.

    Args:
        folder: the run folder.
        port: 0 for any that is free.

    Attributes:
        token: without it in the address nothing is answered.
        corrections: what the page changes.

    Raises:
        StoreError: the port is taken or not allowed.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.token = secrets.token_urlsafe(24)
        self.corrections = Corrections(folder)
        self._page: tuple[object, bytes] = (None, b"")
        try:
            super().__init__((ADDRESS, port), _Handler)
        except (OSError, OverflowError) as error:
            raise StoreError(f"Port {port} cannot be used: {error}.", "Choose another with --port.") from error

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser calls this server."""
        return tuple(f"{name}:{self.server_port}" for name in (ADDRESS, "localhost"))

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{self.hosts[0]}/{self.token}/"

    def page(self) -> bytes:
        """The page of the run as it is now. Raises RunFolderError if it cannot be read."""
        stamp = [
            (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (self.folder / name for name in (GRAPH_FILE, BOOK_FILE, MENTIONS_FILE, QUOTATIONS_FILE))
            if path.exists()
        ]
        if self._page[0] != stamp:
            self._page = (stamp, page_of_run(self.folder, served=True).encode("utf-8"))
        return self._page[1]


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    timeout = PATIENCE
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "litgraph", ""

    def do_GET(self) -> None:
        path = self._path()
        if path == "":
            try:
                self._send(HTTPStatus.OK, "text/html; charset=utf-8", self.server.page())
            except LitgraphError as error:
                self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", str(error).encode("utf-8"))
        elif path == "api/state":
            self._answer(HTTPStatus.OK, {})
        elif path is not None:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        path = self._path()
        wanted = None if path is None else self._body()
        if wanted is None:
            return
        corrections = self.server.corrections
        version = str(wanted.get("version", ""))
        try:
            if path == "api/change":
                message = corrections.change(wanted, version)
            elif path == "api/undo":
                message = corrections.undo(version)
            elif path == "api/rebuild":
                corrections.rebuild()
                message = "Building."
            else:
                self._refuse(HTTPStatus.NOT_FOUND)
                return
        except Refused as refusal:
            self._answer(HTTPStatus.CONFLICT, {"message": str(refusal)})
        except LitgraphError as error:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, {"message": str(error)})
        else:
            self._answer(HTTPStatus.OK, {"message": message})

    def _path(self) -> str | None:
        """What stands behind the token; None, and it is answered, if the request is not from the page itself."""
        origin = self.headers.get("Origin")
        own = tuple(f"http://{host}" for host in self.server.hosts)
        site = self.headers.get("Sec-Fetch-Site", "none")
        is_own = self.headers.get("Host") in self.server.hosts and (origin is None or origin in own)
        if not is_own or (self.command != "GET" and site not in ("same-origin", "none")):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        token, slash, rest = self.path.partition("?")[0][1:].partition("/")
        if not slash or not secrets.compare_digest(token.encode("utf-8"), self.server.token.encode("ascii")):
            self._refuse(HTTPStatus.NOT_FOUND)
            return None
        return rest

    def _body(self) -> dict[str, Any] | None:
        """The JSON object that was sent; None, and it is answered, if it is none."""
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Content-Type") != "application/json" or not length.isascii() or not length.isdigit():
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            return None
        if len(length) > 8 or int(length) > LONGEST_REQUEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        return body

    def _answer(self, status: HTTPStatus, value: dict[str, Any]) -> None:
        value = {**value, "state": self.server.corrections.state()}
        body = json.dumps(value).encode("ascii")
        self._send(status, "application/json", body)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send(status, "text/plain; charset=utf-8", f"{status.phrase}\n".encode("ascii"))

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **HEADERS}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """A person who looks at the page need not read of its requests."""
