"""Fetch what the tests need and pip's extra ``test`` cannot bring: python tests/prepare.py

Into the folder ``litgraph-tests`` of the virtual environment that runs this script go

- ``node_modules``: Gephi Lite's readers of GraphML and GEXF, Neo4j's own checker of Cypher, TypeScript, which checks
  the script of the page, and axe, which checks the page, from npm as ``tests/node/package-lock.json`` says (no scripts
  of theirs run), with the scripts that call them;
- ``neo4j-5``: the oldest Neo4j driver that litgraph supports, beside the newest one that pip installed;
- ``neo4j-graphrag``, which asks a property graph for language models: of what it demands only what the tests need, as
  all of it would bring scipy, with which networkx computes otherwise, and an older fsspec;
- ``scikit-learn``, with which scores are compared: beside PyTorch and kglite glibc has no room left for its OpenMP
  library, so that it must be in a process of its own, and where transformers does not see it.

The tests themselves use no network, and fail if this was not done.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "node"
PREPARED = Path(sys.prefix) / "litgraph-tests"
ASIDE = {
    "neo4j-5": "neo4j==5.28.*",
    "neo4j-graphrag": "--no-deps neo4j-graphrag==1.22.* tenacity>=9.1",
    "scikit-learn": "scikit-learn>=1.4",
}


def main() -> None:
    """Fetch them, unless they are there."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm was not found: install Node.js 20 or newer (https://nodejs.org), which brings it.")
    PREPARED.mkdir(exist_ok=True)
    for source in HERE.iterdir():
        shutil.copy(source, PREPARED)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=PREPARED, check=True)
    for name, package in ASIDE.items():
        if not (PREPARED / name).exists():
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "--target", str(PREPARED / name), *package.split()], check=True)
    print(f"What the tests need is in {PREPARED}.")


if __name__ == "__main__":
    main()
