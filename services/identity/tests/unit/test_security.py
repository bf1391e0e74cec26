"""Keys: what is sealed stays sealed, what is signed is believed, and keys can be turned over."""

import json
import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller, TokenVerifier
from contracts.errors import Fault
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from identity import keys
from identity.security import refresh_tokens
from identity.security.access_tokens import TokenMint
from identity.security.passwords import Cost, Passwords
from identity.security.vault import Vault

INDEX = secrets.token_bytes(32)
OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
VAULT = Vault(INDEX, [NEW, OLD])


@given(st.text(), st.binary(max_size=40))
def test_what_is_sealed_opens_only_in_its_place(text: str, place: bytes) -> None:
    sealed = VAULT.seal(text, bound_to=place)
    assert VAULT.open(sealed, bound_to=place) == text
    with pytest.raises(InvalidTag):
        VAULT.open(sealed, bound_to=place + b"x")


@given(st.integers(0, 200))
def test_a_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(VAULT.seal("12 rue des Lilas", bound_to=b"row"))
    sealed[position % len(sealed)] ^= 1
    with pytest.raises((InvalidTag, KeyError)):
        VAULT.open(bytes(sealed), bound_to=b"row")


def test_sealing_keys_are_turned_over() -> None:
    before = Vault(INDEX, [OLD])
    assert VAULT.open(before.seal("text", bound_to=b""), bound_to=b"") == "text"
    with pytest.raises(KeyError):
        before.open(VAULT.seal("text", bound_to=b""), bound_to=b"")


@pytest.mark.parametrize(
    ("index", "sealing"),
    [(b"short", [OLD]), (INDEX, []), (INDEX, [b"short"])],
    ids=["short index key", "no sealing key", "short sealing key"],
)
def test_weak_keys_are_refused(index: bytes, sealing: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(index, sealing)


def test_fingerprints_depend_on_the_key_and_not_on_the_spelling() -> None:
    assert VAULT.login_index("Zoé@Example.org") == VAULT.login_index(" zoé@example.ORG ")
    assert VAULT.login_index("a@example.org") != Vault(OLD, [OLD]).login_index("a@example.org")


@given(st.uuids(), st.integers(1, 2**31), st.binary(min_size=16, max_size=16))
def test_refresh_tokens_are_read_back_and_not_transferable(session: UUID, generation: int, salt: bytes) -> None:
    text = refresh_tokens.write(VAULT, session, generation, salt)
    token = refresh_tokens.read(text)
    assert token is not None
    assert (token.session, token.generation) == (session, generation)
    assert token.is_genuine(VAULT, salt)
    assert not token.is_genuine(VAULT, bytes(16) if salt != bytes(16) else b"x" * 16)
    assert not token.is_genuine(Vault(OLD, [OLD]), salt)


@given(st.text(max_size=120))
def test_nothing_else_is_a_refresh_token(text: str) -> None:
    token = refresh_tokens.read(text)
    assert token is None or not token.is_genuine(VAULT, bytes(16))


def test_passwords_match_in_every_composition_of_their_characters() -> None:
    passwords = Passwords(Cost(64, 1, 1))
    stored = passwords.hash("Café très serré")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "Cafe\u0301 très serré")
    assert not passwords.matches(stored, "Cafe tres serre")
    assert not passwords.matches(None, "Café très serré")
    assert not passwords.matches("not a hash", "Café très serré")


# --- the files of keys ------------------------------------------------------------------------------------------------


def signed(folder: Path) -> tuple[str, str]:
    """A token of now, and the name of its key."""
    mint = TokenMint(folder / keys.SIGNING, "decider", timedelta(minutes=10))
    token, _expires = mint.sign(uuid4(), "", 0, [], datetime.now(UTC))
    return token, keys.read_keys(folder)[0]["kid"]


def believed(verifier: TokenVerifier, token: str) -> Caller:
    return verifier.caller({"token": token})


def test_making_keys_twice_keeps_them(tmp_path: Path) -> None:
    assert keys.main(["init", str(tmp_path)]) == 0
    before = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert keys.main(["init", str(tmp_path)]) == 0
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == before
    secret = [file for file in tmp_path.iterdir() if file.name != keys.PUBLIC]
    assert {oct(file.stat().st_mode & 0o777) for file in secret} == {"0o600"}
    assert all("d" not in key for key in json.loads((tmp_path / keys.PUBLIC).read_text())["keys"])


def test_a_key_is_turned_over_without_a_token_being_refused_or_a_restart(tmp_path: Path) -> None:
    keys.init(tmp_path)
    verifier = TokenVerifier(tmp_path / keys.PUBLIC)
    mint = TokenMint(tmp_path / keys.SIGNING, "decider", timedelta(minutes=10))

    def token() -> str:
        _touch(tmp_path)
        return mint.sign(uuid4(), "", 0, [], datetime.now(UTC))[0]

    old = token()
    for step in (keys.stage, keys.promote):
        step(tmp_path)
        assert believed(verifier, old).account
        assert believed(verifier, token()).account
    new = token()
    keys.retire(tmp_path)
    _touch(tmp_path)
    later = TokenVerifier(tmp_path / keys.PUBLIC)
    assert believed(later, new).account
    with pytest.raises(Fault):
        believed(later, old)


def _touch(folder: Path) -> None:
    """Files of one test may be written within one tick of the clock of the file system: tell them apart."""
    for name in (keys.SIGNING, keys.PUBLIC):
        stat = (folder / name).stat()
        os.utime(folder / name, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000))


def test_the_token_of_a_service_opens_what_is_its_own(tmp_path: Path) -> None:
    keys.init(tmp_path)
    verifier = TokenVerifier(tmp_path / keys.PUBLIC)
    caller = believed(verifier, (tmp_path / "service-token-voting").read_text().strip())
    assert caller.has("service", "voting")
    assert not caller.has("service", "notifications")
    assert caller.level == 0


def test_a_token_of_another_issuer_or_another_key_is_refused(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    keys.init(ours)
    keys.init(theirs)
    verifier = TokenVerifier(ours / keys.PUBLIC)
    foreign = TokenMint(ours / keys.SIGNING, "somebody", timedelta(minutes=10))
    for token in (signed(theirs)[0], foreign.sign(uuid4(), "", 0, [], datetime.now(UTC))[0]):
        with pytest.raises(Fault):
            believed(verifier, token)
