"""A browser, and the page of a small novel in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from browser import Tab, chromium, save
from novel_page import Novel
from small_novel import Runs

from litgraph.pages.making import page_of_run
from litgraph.pages.server import PageServer


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.context.close()
    assert tab.errors == []


@pytest.fixture
def novel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Novel:
    runs = Runs(tmp_path, monkeypatch)
    runs.build()
    return Novel(save(tmp_path, page_of_run(runs.folder)), runs)


@pytest.fixture
def served(novel: Novel) -> Iterator[PageServer]:
    with PageServer(novel.runs.folder) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
