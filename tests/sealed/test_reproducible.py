"""Whoever builds the booth from these sources, wherever, finds the same bytes."""

import json
import shutil
import subprocess
from pathlib import Path

from .conftest import FRONTEND, ROOT


def test_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "gateway" / "frontend"
    shutil.copytree(FRONTEND, copy, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(ROOT / "territories", tmp_path / "elsewhere" / "territories")
    (copy / "node_modules").symlink_to(FRONTEND / "node_modules")
    found = []
    for folder in (FRONTEND, copy):
        subprocess.run(["node", "build.js"], cwd=folder, check=True)
        static = folder.parent / "gateway" / "static"
        names = json.loads((static / "manifest.json").read_text())
        found.append((json.loads((static / "integrity.json").read_text()), (static / names["booth.js"]).read_bytes()))
    assert found[0] == found[1]
    assert {"booth.js", "verifier.js"} <= found[0][0].keys()
