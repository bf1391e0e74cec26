"""The repository checks its own conventions: what code may not contain, how long things may be, what must be there."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from contracts.registry import SERVICES

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 50


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists())


def sources() -> list[Path]:
    return [file for file in tracked("*.py") if "/migrations/" not in str(file)]


def code_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


FORBIDDEN = {
    r"\.rowcount\b": "it is -1 for inserts: write RETURNING and look",
    r"requeue_on_error\s*=\s*True": "it burns a core on one poison message",
    r"\bClusterRpcProxy\b": "it hangs when threads share it: use chassis.client",
    r"@event_handler\b": "it loses a message that fails: use chassis.events.subscribe",
    r"\butcnow\(": "moments have their zone",
    r"use_confirms\s*=\s*False": "an unconfirmed message may be lost",
    r"\b(TODO|FIXME|XXX)\b": "finish it or say it in the roadmap",
    r"pytest\.mark\.(skip|xfail)\b": "a test that does not run says nothing",
}


@pytest.mark.parametrize(("pattern", "reason"), FORBIDDEN.items(), ids=FORBIDDEN.keys())
def test_nothing_dangerous_is_written(pattern: str, reason: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sources()
        if file != Path(__file__)
        for number, line in enumerate(code_of(file).splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert not found, reason


def test_eventlet_is_imported_in_one_module_only() -> None:
    pattern = re.compile(r"^\s*(import|from) eventlet", re.MULTILINE)
    found = {str(file.relative_to(ROOT)) for file in sources() if pattern.search(code_of(file))}
    assert found == {"libs/chassis/chassis/runtime.py"}


def test_a_main_imports_the_runtime_before_anything_else() -> None:
    for service in SERVICES:
        tree = ast.parse(code_of(ROOT / "services" / service / service / "__main__.py"))
        first = next(node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
        assert isinstance(first, ast.ImportFrom), service
        assert (first.module, first.names[0].name) == ("chassis", "runtime"), service


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    found = {str(f.relative_to(ROOT)): n for f in sources() if (n := len(code_of(f).splitlines())) > LONGEST_FILE}
    assert not found


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in sources()
        for node in ast.walk(ast.parse(code_of(file)))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not found


def test_every_module_says_what_it_promises() -> None:
    found = [f for f in sources() if code_of(f).strip() and not ast.get_docstring(ast.parse(code_of(f)))]
    assert not [str(file.relative_to(ROOT)) for file in found]


LEAKS = r"index-url|\"resolved\": *\"http|registry *= *\"?http|/(work|root)/[a-z]"


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_committed() -> None:
    found = subprocess.run(
        ["git", "grep", "-nIE", LEAKS, "--", ".", ":!tests/architecture"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    allowed = [line for line in found.stdout.splitlines() if "--no-emit-index-url" not in line]
    assert not allowed


def test_every_service_has_the_same_shape() -> None:
    expected = ["pyproject.toml", "README.md", "Dockerfile", "alembic.ini", "migrations/env.py"]
    inside = ["__main__.py", "manifest.py", "settings.py", "domain", "rpc.py", "tables.py"]
    for service in SERVICES:
        home = ROOT / "services" / service
        assert not [name for name in expected if not (home / name).exists()], service
        assert not [name for name in inside if not (home / service / name).exists()], service


def test_every_setting_is_documented() -> None:
    text = code_of(ROOT / "docs" / "configuration.md")
    for service in SERVICES:
        tree = ast.parse(code_of(ROOT / "services" / service / service / "settings.py"))
        names = [n.target.id for n in ast.walk(tree) if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]
        assert not [name for name in names if f"`{name.upper()}`" not in text], service


def test_links_in_the_documentation_lead_somewhere() -> None:
    broken = [
        f"{file.relative_to(ROOT)} → {target}"
        for file in tracked("*.md")
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", code_of(file))
        if not (file.parent / target).exists()
    ]
    assert not broken


def test_the_lock_files_pin_every_library_with_its_hash() -> None:
    for file in tracked("requirements/*.txt"):
        pins = [line for line in code_of(file).splitlines() if re.match(r"^[a-z0-9]", line, re.IGNORECASE)]
        assert pins, file.name
        assert not [line for line in pins if "==" not in line], file.name
        assert code_of(file).count("--hash=sha256:") >= len(pins), file.name


def test_the_licence_is_the_same_everywhere() -> None:
    for file in tracked("*pyproject.toml"):
        project = tomllib.loads(code_of(file)).get("project")
        assert project is None or project["license"] == "AGPL-3.0-or-later", str(file)
