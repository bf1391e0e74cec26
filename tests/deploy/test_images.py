"""The Dockerfiles build with any builder, say the same thing for every service, and run as nobody in particular."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from decider_local.layout import SERVICES

ROOT = Path(__file__).parents[2]
HADOLINT = Path(sys.executable).parent / "hadolint"
FILES = sorted(
    str(path.relative_to(ROOT))
    for folder in ("services/*", "gateway", "deploy/local")
    for path in ROOT.glob(f"{folder}/Dockerfile")
)
# What only one of the two builders knows.
NEWER = re.compile(r"^# *syntax=|--mount|--chmod|--link|<<", re.MULTILINE)


@pytest.mark.parametrize("file", FILES)
def test_hadolint_finds_nothing(file: str) -> None:
    done = subprocess.run([str(HADOLINT), str(ROOT / file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", FILES)
def test_any_builder_builds_it_and_nobody_runs_it(file: str) -> None:
    text = (ROOT / file).read_text()
    assert not NEWER.search(text)
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert re.search(r'^CMD \["', text, re.MULTILINE)
    assert "--require-hashes" in text


SEALED = """\
# The native helper makes checking sealed ballots four times as fast; the compiler stays out of the image.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
COPY libs/belenios /belenios
RUN /opt/decider/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation /belenios
"""


def test_the_services_differ_by_their_name_only_and_voting_by_its_library() -> None:
    texts = {name: (ROOT / "services" / name / "Dockerfile").read_text() for name in SERVICES}
    assert texts["voting"].count(SEALED) == 1
    plain = {text.replace(SEALED, "").replace(name, "NAME") for name, text in texts.items()}
    assert len(plain) == 1


def test_every_service_has_its_image() -> None:
    assert {f"services/{name}/Dockerfile" for name in SERVICES} <= set(FILES)
