"""What the package promises of itself: it stands alone, draws its secrets well, and never shows one."""

import ast
import json
import os
import pickle
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from belenios.ceremony import decryption_key, new_seed
from belenios.channel import open_text, seal_text
from belenios.credentials import derive, new_credential
from belenios.election import Question
from belenios.groups import group_named
from belenios.keys import new_secret_key, trustee_key
from belenios.proofs import Opening
from belenios.refusal import Check, Refused
from belenios.secret import Secret
from belenios.testing.trial import make_trial

PACKAGE = Path(__file__).resolve().parents[1] / "belenios"
ALLOWED = {"belenios", "gmpy2", "nacl", "tqdm"}
CURVE = group_named("Ed25519")


def imports() -> Iterator[tuple[str, str]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((path.name, alias.name.partition(".")[0]) for alias in node.names)
            if isinstance(node, ast.ImportFrom):
                yield path.name, (node.module or "").partition(".")[0]


def test_it_needs_nothing_but_three_libraries() -> None:
    foreign = {(name, module) for name, module in imports() if module not in ALLOWED | sys.stdlib_module_names}
    assert not foreign


@pytest.mark.parametrize(("compiler", "helped"), [("cc", True), ("false", False)])
def test_it_installs_alone_with_a_c_compiler_or_without(
    archive: bytes, tmp_path: Path, compiler: str, *, helped: bool
) -> None:
    """From its folder; the program then runs where nothing of the suite can be imported."""
    source, place, election = tmp_path / "source", tmp_path / "place", tmp_path / "election.bel"
    shutil.copytree(PACKAGE.parent, source, ignore=shutil.ignore_patterns("build", "*.so", "*.egg-info", "tests"))
    election.write_bytes(archive)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", place, source], check=True, env=os.environ | {"CC": compiler})
    assert bool(list(place.rglob("_edwards*.so"))) == helped
    libraries = f"{place}{os.pathsep}{sysconfig.get_path('platlib')}"
    program: list[str | Path] = [sys.executable, "-S", place / "bin" / "decider-verify", election, "--json"]
    told = subprocess.run(program, env={"PYTHONPATH": libraries}, cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(told.stdout)["accepted"] is True


def test_randomness_comes_from_secrets_only() -> None:
    assert not [name for name, module in imports() if module in ("random", "uuid", "time")]


def test_every_check_is_explained() -> None:
    page = (PACKAGE.parents[2] / "docs" / "protocol.md").read_text()
    assert not [check.value for check in Check if f"`{check.value}`" not in page]


def test_a_secret_is_not_shown_hashed_or_pickled() -> None:
    secret = Secret("very secret")
    for text in (repr(secret), str(secret), f"{secret}", repr([secret]), repr({"a": secret})):
        assert "very" not in text
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        hash(secret)
    assert secret == Secret("very secret")
    assert secret != Secret("another")
    assert secret != "very secret"


def test_what_holds_secrets_does_not_show_them() -> None:
    trial = make_trial("Ed25519", [Question("?", ("a",), 0, 1)], [(2, 2)], [1])
    shown = repr(trial) + repr(Opening(0, 424242))
    for secret in (*trial.secrets, *trial.voters):
        assert str(secret.reveal()) not in shown
    assert "424242" not in shown


def test_refusals_do_not_repeat_secrets() -> None:
    credential = new_credential()
    with pytest.raises(Refused) as malformed:
        derive(CURVE, "a" * 14, Secret(credential.reveal() + "x"))
    assert credential.reveal() not in str(malformed.value)
    sender, recipient, stranger = (new_secret_key(CURVE) for _ in range(3))
    keys = [trustee_key(CURVE, secret).public_key for secret in (sender, recipient)]
    sealed = seal_text(CURVE, sender, keys[1], "1|2", Secret("the share"))
    assert open_text(CURVE, recipient, keys[0], "1|2", sealed) == Secret("the share")
    for opener, context in ((stranger, "1|2"), (recipient, "1|3")):
        with pytest.raises(Refused) as refusal:
            open_text(CURVE, opener, keys[0], context, sealed)
        assert "share" not in refusal.value.reason
    seed = new_seed()
    with pytest.raises(Refused) as unknown:
        decryption_key(CURVE, seed, [], b"{}")
    assert seed.reveal() not in str(unknown.value)
