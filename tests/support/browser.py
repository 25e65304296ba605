"""A real browser without a window, for tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium() -> Iterator[Any]:
    """Chromium, driven by Playwright; the test is skipped where one of them is missing."""
    driver = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    program = os.environ.get("LITGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("No Chromium was found: apt-get install chromium, or name one in LITGRAPH_CHROMIUM")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])  # root has no sandbox
        yield browser
        browser.close()


class Tab:
    """One page in the browser, and what it has asked, said and failed at.

    Attributes:
        page: Playwright's page.
        requests: addresses.
        errors: of the script, and what the policy of the page has forbidden.
    """

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1200, "height": 800}, accept_downloads=True, **options)
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))

    def _hear(self, said: Any) -> None:
        refused = "409 (Conflict)" in said.text  # a correction that cannot be; the page says why
        if said.type == "error" and not refused:
            self.errors.append(said.text)

    def open(self, address: str) -> Any:
        """Go there, and wait until the page is ready."""
        self.page.goto("about:blank")  # so that another # is a new page
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def shown(self) -> str:
        """All text that a person can see."""
        return str(self.page.inner_text("body"))


def save(folder: Path, page: str) -> str:
    """The address of a page that is written to a file."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path.as_uri()
