"""A valid request for each operation that writes: the contract's example, on real things that are ready for it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gateway.api.routes import ApiRoute

from gateway import modules
from tests.whole.city import REASON, SERVICE, City, fresh, period
from tests.whole.conftest import ALL
from tests.whole.examples import request_of

WRITES = tuple(route for module in modules.load(tuple(ALL.split(","))) for route in module.api if not route.reads)
"""Every operation with a method that writes."""


@dataclass(frozen=True, slots=True)
class Valid:
    """What differs from the example: fields of the address and the body, and who sends it (``None``: the agent)."""

    fields: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    without: tuple[str, ...] = ()


Recipe = Callable[[City], Valid]


def name(route: ApiRoute) -> str:
    """How an operation is called here."""
    return f"{route.method} {route.path}"


def request_for(route: ApiRoute, valid: Valid) -> dict[str, Any]:
    """All the fields of the request, those of the address too."""
    known = set(route.call.request.model_fields)
    made = {route.new_id: fresh()} if route.new_id else {}
    found = request_of(route.call) | made | {name: value for name, value in valid.fields.items() if name in known}
    return {key: value for key, value in found.items() if key not in valid.without}


def split(route: ApiRoute, fields: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """The fields of the address, and those of the body."""
    address = {name: str(fields[name]) for name in route.path_fields}
    return address, {name: value for name, value in fields.items() if name not in address}


def _idea(state: str, **more: Any) -> Recipe:
    """An agent's act on a dossier in a state."""
    return lambda city: Valid({"idea_id": city.idea(state)[0], **more})


def _own_idea(state: str, **more: Any) -> Recipe:
    """An author's act on a dossier of their own."""

    def make(city: City) -> Valid:
        id_, token = city.idea(state)
        return Valid({"idea_id": id_, **more}, token)

    return make


def _own_comment(city: City) -> Valid:
    id_, token = city.comment()
    return Valid({"comment_id": id_}, token)


def _comment(city: City) -> Valid:
    return Valid({"comment_id": city.comment()[0]}, city.someone().token)


def _oneself(city: City) -> Valid:
    who = city.someone()
    return Valid({"current": who.password, "password": secrets.token_urlsafe(16)}, who.token)


def _with_password(city: City) -> Valid:
    who = city.someone()
    return Valid({"password": who.password, "email": f"{secrets.token_hex(6)}@example.org"}, who.token)


def _sign_in(city: City) -> Valid:
    who = city.someone()
    return Valid({"login": who.person.login, "password": who.password}, "")


def _refresh(city: City) -> Valid:
    who = city.someone()
    begun = city.agent.post("/sessions", {"login": who.person.login, "password": who.password}, token="")
    return Valid({"refresh_token": begun["refresh_token"]}, "")


def _activate(city: City) -> Valid:
    card = city.card()
    return Valid({"login": card["login"], "code": card["code"]}, "")


def _collective(city: City) -> Valid:
    who, id_ = city.someone(), fresh()
    body = {"account_id": id_, "display_name": "Les Jardins", "language": "fr", "register_number": "W751234567"}
    city.agent.post("/collectives", body, token=who.token)
    return Valid({"account_id": id_}, who.token)


def _validate_collective(city: City) -> Valid:
    return Valid(_collective(city).fields)


def _grant(city: City) -> Valid:
    return Valid({"account_id": city.someone().id})


def _revocation(city: City) -> Valid:
    id_ = fresh()
    body = {"grant_id": id_, "account_id": city.someone().id, "role": "moderator", "places": ["*"], "reason": REASON}
    city.agent.post("/grants", body)
    return Valid({"grant_id": id_})


def _counter(city: City) -> Valid:
    civil = {"given_name": "Rosa", "family_name": secrets.token_hex(6), "birth_date": "1970-05-05"}
    return Valid({"attributes": civil | {"home_district": "75012"}})


def _found(city: City) -> Valid:
    return Valid({"login": city.someone().person.login})


def _election(city: City) -> Valid:
    id_ = fresh()
    return Valid({"id": id_, "slug": f"essai-{id_[:13]}", **period()})


def _draft_election(city: City) -> Valid:
    id_, _candidates = city.election()
    return Valid({"id": id_, "slug": f"essai-{id_[:13]}", **period()}, without=("notice",))


def _open_election(city: City) -> Valid:
    return Valid({"id": city.election(opened=True)[0]})


def _ballot(city: City) -> Valid:
    id_, candidates = city.election(opened=True)
    grades = dict.fromkeys(candidates, "jaime-bien")
    return Valid({"election_id": id_, "ballot": {"kind": "majority_judgment", "grades": grades}}, city.someone().token)


def _receipt(city: City) -> Valid:
    return Valid({"election": city.election(opened=True)[0]}, "")


def _consultation(city: City) -> Valid:
    example = request_of(next(route.call for route in WRITES if name(route) == "POST /desk/consultations"))
    return Valid({"details": example["details"] | period()})


def _draft_consultation(city: City) -> Valid:
    id_, revision = city.consultation()
    return Valid({**_consultation(city).fields, "consultation_id": id_, "revision": revision})


def _open_consultation(city: City) -> Valid:
    return Valid({"consultation_id": city.consultation(opened=True)[0]})


def _answer(city: City) -> Valid:
    id_, _revision = city.consultation(opened=True)
    values = {"mot": "Un mot", "texte": "Un texte", "choix": "oui"}
    return Valid({"consultation_id": id_, "version": 1, "values": values}, city.someone().token)


def _public_answer(city: City) -> Valid:
    promised = {"commitment_id": fresh(), "text": REASON, "due_on": period()["closes_at"][:10]}
    return Valid({"idea_id": city.idea("examined")[0], "commitments": [promised]})


def _imported(city: City) -> Valid:
    route = next(route for route in WRITES if name(route) == "POST /imports/ideas")
    made = city.agent.post(route.path, request_of(route.call) | {"reference": fresh()})
    return Valid({"idea_id": made["idea_id"]})


RECIPES: dict[str, Recipe] = {
    "POST /accounts": lambda city: Valid({"email": f"{secrets.token_hex(6)}@example.org"}, ""),
    "POST /accounts/confirmation-mails": lambda city: Valid({"email": f"{secrets.token_hex(6)}@example.org"}, ""),
    "POST /accounts/password-mails": lambda city: Valid({"email": f"{secrets.token_hex(6)}@example.org"}, ""),
    "POST /accounts/activations": _activate,
    "POST /names": lambda city: Valid(),
    "POST /sessions": _sign_in,
    "POST /sessions/refresh": _refresh,
    "POST /sessions/end": _refresh,
    "PATCH /me": lambda city: Valid({}, city.someone().token),
    "PUT /me/attributes": lambda city: Valid({}, city.someone().token),
    "PUT /me/password": _oneself,
    "PUT /me/email": _with_password,
    "POST /me/erasure": _with_password,
    "POST /collectives": lambda city: Valid({}, city.someone().token),
    "POST /collectives/{account_id}/sessions": _collective,
    "POST /grants": _grant,
    "POST /grants/{grant_id}/revocation": _revocation,
    "POST /counter/searches": _found,
    "POST /counter/{account_id}/readings": _grant,
    "POST /counter/{account_id}/certifications": _grant,
    "POST /counter/{account_id}/collective": _validate_collective,
    "POST /counter": _counter,
    "POST /idea-similarities": lambda city: Valid({}, ""),
    "POST /ideas": lambda city: Valid({}, city.writer().token),
    "PATCH /ideas/{idea_id}": _own_idea("submitted", version=1),
    "POST /ideas/{idea_id}/addenda": _own_idea("open"),
    "POST /ideas/{idea_id}/withdrawal": _own_idea("open"),
    "PUT /me/drafts/{idea_id}": lambda city: Valid({"idea_id": fresh()}),
    "POST /ideas/{idea_id}/comments": lambda city: Valid({"idea_id": city.idea()[0]}, city.writer().token),
    "PATCH /comments/{comment_id}": _own_comment,
    "POST /comments/{comment_id}/reports": _comment,
    "POST /desk/ideas/{idea_id}/refusal": _idea("submitted"),
    "POST /desk/ideas/{idea_id}/hiding": _idea("open"),
    "POST /desk/ideas/{idea_id}/restoration": _idea("hidden"),
    "POST /desk/comments/{comment_id}/decision": lambda city: Valid({"comment_id": city.comment()[0]}),
    "POST /desk/ideas/{idea_id}/assignment": _idea("suggested", service=SERVICE),
    "POST /desk/ideas/{idea_id}/answer": _public_answer,
    "POST /desk/ideas/{idea_id}/internal-notes": _idea("examined"),
    "POST /desk/ideas/{idea_id}/progress": _idea("accepted"),
    "POST /desk/ideas/{idea_id}/invalid-supports": _idea("open"),
    "POST /imports/ideas": lambda city: Valid({"reference": fresh()}),
    "POST /imports/ideas/{idea_id}/comments": _imported,
    "POST /elections": _election,
    "PUT /elections/{id}": _draft_election,
    "POST /elections/{id}/closing": _open_election,
    "POST /elections/{id}/cancellation": _open_election,
    "POST /elections/{election_id}/ballots": _ballot,
    "POST /elections/{election}/receipts": _receipt,
    "POST /desk/consultations": _consultation,
    "PUT /desk/consultations/{consultation_id}/details": _draft_consultation,
    "PUT /desk/consultations/{consultation_id}/form": _draft_consultation,
    "POST /desk/consultations/{consultation_id}/closing": _open_consultation,
    "POST /desk/consultations/{consultation_id}/exports": _open_consultation,
    "PATCH /consultations/{consultation_id}/my-draft": _answer,
    "PUT /consultations/{consultation_id}/my-answer": _answer,
    "PATCH /me/preferences": lambda city: Valid({}, city.someone().token),
    "PUT /me/followed/{kind}/{key}": lambda city: Valid({}, city.someone().token),
    "POST /notifications/bounces": lambda city: Valid({}, ""),
}
"""Those whose unchanged request is accepted; the others are sent as in their example, and may be refused as a whole."""
