"""The verifier's page explains each check with the words of decider-verify, in both languages."""

from belenios.refusal import Check
from belenios.verifier.meanings import MEANINGS
from gateway.i18n import french_type, translations
from gateway.site.sealed import meanings


def test_every_check_is_explained_alike() -> None:
    said = dict(meanings.MEANINGS)
    assert said == {check.value: MEANINGS["en"][check] for check in Check}
    french = translations("fr").gettext
    assert {check: french(text) for check, text in said.items()} == {
        check.value: french_type(MEANINGS["fr"][check]) for check in Check
    }
