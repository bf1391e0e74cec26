"""Every reason that identity gives for a refusal is said in words on the site."""

import re

import pytest
from contracts.identity import Refusal
from gateway.forms import account, messages  # noqa: F401 -- the first fills the second

from services.identity.tests.world import ROOT

SOURCES = ROOT / "services" / "identity" / "identity" / "use_cases"
GIVEN = re.compile(r'(?:Fault\.\w+|FieldError)\(\s*[^()]*?"([a-z]+(?:-[a-z]+)+)"')
NOT_FOR_CITIZENS = {"role-needed", "unknown-action", "unknown-place", "unknown-account", "in-the-past"}
"""Answers to programs and to administrators, which no page for citizens provokes."""


def reasons() -> set[str]:
    texts = "".join(file.read_text(encoding="utf-8") for file in SOURCES.glob("*.py"))
    return {*GIVEN.findall(texts), *(one.value for one in Refusal)} - NOT_FOR_CITIZENS


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_the_site_has_words_for_a_reason(reason: str) -> None:
    assert messages.field(reason), "add it to gateway/forms/account.py"
