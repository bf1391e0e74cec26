"""A key holder in a browser: the ceremony with two others who use libs/belenios, then the opening of the sum."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from belenios import ceremony
from belenios.archive.events import Kind
from belenios.base58 import new_uuid
from belenios.credentials import derive, new_credential
from belenios.decryption import check_decryption
from belenios.election import Election, Question, read_election
from belenios.keys import new_secret_key, trustee_key
from belenios.secret import Secret
from belenios.tally import read_tally
from belenios.testing.mutants import reseal, steps_of
from belenios.testing.trial import DATE, Trial
from belenios.threshold import Context
from belenios.trustees import check_trustees
from contracts.errors import Fault
from contracts.voting import sealed
from contracts.voting.sealed_board import GET_SEALED_ARCHIVE
from gateway.testing.stand_ins import FakeServices
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.sealed_box import SealedVote, part_of
from tests.browser.sealed_site import act, looked_at, take_place, watched

CODE = "a-code-given-in-person"
STEPS = ("certificate", "shares", "key")


@dataclass
class Ceremony:
    """Three key holders; the second is a browser, the others do their part as soon as it is their turn."""

    vote: SealedVote = field(default_factory=lambda: SealedVote("ville", "Budget 2027", ["un", "deux"], most=1))
    sent: dict[tuple[int, str], str] = field(default_factory=dict)
    archive: bytes = b""

    def __post_init__(self) -> None:
        self.group = self.vote.election.group
        self.seeds = {1: ceremony.new_seed(), 3: ceremony.new_seed()}
        self.others("certificate")

    def all(self, step: str) -> list[bytes]:
        return [self.sent[place, step].encode() for place in (1, 2, 3)]

    def others(self, step: str) -> None:
        for place, seed in self.seeds.items():
            if step == "certificate":
                message = ceremony.certificate(self.group, seed, Context("Ed25519", 3, 2, place))
            elif step == "shares":
                message = ceremony.shares(self.group, seed, self.all("certificate"))
            else:
                message = ceremony.key(self.group, seed, self.all("certificate"), self.all("shares"))
            self.sent[place, step] = message.decode()

    @property
    def waited_for(self) -> str | None:
        """The step that is waited for from the browser."""
        left = [step for step in (*STEPS, "decryption") if (2, step) not in self.sent]
        return left[0] if left and (left[0] != "decryption" or self.archive) else None

    def view(self) -> sealed.SealedElectionView:
        step = self.waited_for
        missing = (sealed.MissingStep(step=sealed.Step(step), places=(2,)),) if step else ()
        names = ("Majorité", "Opposition", "Citoyenne tirée au sort")
        trustees = tuple(
            sealed.TrusteeView(
                place=place,
                name=name,
                invited=True,
                **{kind: self.sent.get((place, kind)) for kind in STEPS},
                decrypted=(place, "decryption") in self.sent,
            )
            for place, name in enumerate(names, 1)
        )
        return self.vote.view().model_copy(update={"trustees": trustees, "missing": missing})

    def take(self, request: sealed.SendTrusteeMessage) -> sealed.SealedElectionView:
        if request.code != CODE:
            raise Fault.forbidden(reason="wrong-code")
        assert (request.place, request.step) == (2, self.waited_for)
        self.sent[2, request.step] = request.message
        following = {"certificate": "shares", "shares": "key"}.get(request.step)
        if following:
            self.others(following)
        return self.view()

    def hold(self) -> Trial:
        """An election under the lock that was made, with two ballots, closed and added up."""
        item = ceremony.assemble(self.group, *(self.all(step) for step in STEPS))
        server = new_secret_key(self.group)
        trustees = (item, trustee_key(self.group, server))
        keys = {
            place: ceremony.decryption_key(self.group, seed, self.all("certificate"), self.all("key")[place - 1])
            for place, seed in self.seeds.items()
        }
        uuid, key = new_uuid(), check_trustees(self.group, trustees)
        rules = Election("Budget", "", "Ed25519", key, (Question("?", ("un", "deux"), 0, 1),), uuid)
        voters = [derive(self.group, uuid, new_credential()) for _ in range(2)]
        secrets: list[Secret[int]] = [keys[1], Secret(0), keys[3], server]
        trial = Trial(read_election(rules.data), trustees, secrets, voters, [1, 1])
        trial.vote(0, [[1, 0]])
        trial.vote(1, [[1, 0]])
        steps = steps_of(trial.archive([1, 3, 4]))
        kept = [step for step in steps if step[0].kind not in {Kind.PARTIAL_DECRYPTION, Kind.RESULT}]
        self.archive = reseal(kept, DATE)
        return trial

    def answer(self, services: FakeServices) -> None:
        services.on(sealed.GET_SEALED_ELECTION, lambda _request, _context: self.view())
        services.on(sealed.SEND_TRUSTEE_MESSAGE, lambda request, _context: self.take(request))
        services.on(GET_SEALED_ARCHIVE, lambda request, _context: part_of(self.archive, request.part))


@pytest.fixture
def held() -> Ceremony:
    return Ceremony()


@pytest.fixture
def site(held: Ceremony) -> Iterator[str]:
    with served(services="identity,voting", filled=held.answer) as address:
        yield address


def test_from_the_key_to_the_opening(context: BrowserContext, site: str, held: Ceremony) -> None:
    page, complaints = watched(context)
    page.goto(f"{site}/votes/ville/depositaires")
    expect(page.get_by_role("row", name="2. Opposition")).to_contain_text("À venir")
    expect(page.locator("main")).to_contain_text("On attend le certificat de : Opposition.")
    take_place(page, 2, "not-the-code-of-this-place")
    act(page, "Une clé a 22 lettres et chiffres")
    page.get_by_role("button", name="Fabriquer une clé").click()
    expect(page.locator("#backup")).to_be_visible()
    seed = page.locator("#printed").inner_text()
    looked_at(page)
    act(page, "Imprimez d’abord votre clé")
    page.get_by_label("Ma clé est imprimée").check()
    act(page, "Ce n’est pas le code de cette place.")
    page.get_by_label("Votre code").fill(CODE)
    act(page, "Votre certificat est pris.")
    assert seed.replace(" ", "") not in json.dumps([*held.sent.values()])

    take_place(page, 2, CODE, seed)
    page.get_by_role("button", name="Vérifier ma clé sur cet appareil").click()
    expect(page.locator("#told")).to_contain_text("Cette clé est la bonne")
    act(page, "Vos parts sont prises.")
    take_place(page, 2, CODE, seed)
    act(page, "votre part de la serrure est faite")
    trial = held.hold()
    take_place(page, 2, CODE, seed)
    act(page, "votre part de l’ouverture est prise")
    tally = next(contents[0] for event, contents in steps_of(held.archive) if event.kind is Kind.ENCRYPTED_TALLY)
    own = trial.trustees[0].verification_keys[1].public_key  # type: ignore[union-attr]
    message = held.sent[2, "decryption"].encode()
    check_decryption(trial.election, read_tally(trial.election, tally), own, message)
    assert [line for line in complaints if "403" not in line] == []


def test_the_state_without_scripts(without_scripts: Page, site: str) -> None:
    without_scripts.goto(f"{site}/votes/ville/depositaires")
    expect(without_scripts.get_by_role("row", name="1. Majorité")).to_contain_text("Envoyé")
    expect(without_scripts.locator("#without")).to_contain_text("decider-trustee")
