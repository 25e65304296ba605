"""How soon a large page is there in Chromium, and how smoothly it zooms.

    python tests/benchmarks/page_speed.py [NODES EDGES]

Needs Chromium and Playwright. "Opened" is the time of the page's own thread, whatever else the machine does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

from browser import Tab, chromium, save
from large_graph import large_graph

from litgraph.pages.making import page_of

_ZOOM = """async () => {
    const canvas = document.querySelector("canvas.network");
    const next = () => new Promise((done) => requestAnimationFrame(done));
    await next();
    const started = performance.now();
    for (let count = 0; count < 60; count += 1) {
        canvas.dispatchEvent(new WheelEvent("wheel", {deltaY: -30, clientX: 500, clientY: 400}));
        await next();
    }
    return 60000 / (performance.now() - started);
}"""


def main(nodes: int = 5000, edges: int = 50_000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        address = save(Path(folder), page_of(large_graph(nodes, edges)))
        tab = Tab(browser)
        session = tab.context.new_cdp_session(tab.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page = tab.open(address)
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        print(f"{nodes:,} nodes, {edges:,} edges: opened in {metrics['TaskDuration']:.1f} s of the page's thread, "
              f"{page.evaluate(_ZOOM):.0f} frames a second")  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
