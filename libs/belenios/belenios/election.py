"""The rules of an election, election.json (§3): what is asked, in which group, under which key.

Its very bytes count: their fingerprint enters every ballot and every proof, so that a ballot belongs to one election
only. Homomorphic questions only; anything else is refused.
"""

from dataclasses import dataclass, field
from functools import cached_property

from belenios.base58 import is_uuid
from belenios.encoding import (
    Json,
    as_element,
    as_list,
    as_object,
    as_small,
    as_text,
    compact_bytes,
    read_canonical,
    short_digest,
)
from belenios.groups import GROUP_NAMES, Element, Group, group_named
from belenios.refusal import Check, Refused, require

VERSION = 1


@dataclass(frozen=True, slots=True)
class Question:
    """Choose between `minimum` and `maximum` of the answers, or, where `blank` is true, nothing at all, said so.

    `blank` is None where the rules do not mention it, which counts as False.
    """

    text: str
    answers: tuple[str, ...]
    minimum: int
    maximum: int
    blank: bool | None = None

    @property
    def ciphertexts(self) -> int:
        """Number of ciphertexts in an answer: one for each answer, one more, the first, for the blank vote."""
        return len(self.answers) + bool(self.blank)


@dataclass(frozen=True)
class Election:
    """The rules; `group` and `fingerprint` follow from them."""

    name: str
    description: str
    group_name: str
    public_key: Element
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None
    group: Group = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require(self.group_name in GROUP_NAMES, Check.GROUP, f"unknown group {self.group_name[:40]}")
        object.__setattr__(self, "group", group_named(self.group_name))

    @cached_property
    def data(self) -> bytes:
        """The bytes of election.json."""
        return compact_bytes(_election_json(self))

    @cached_property
    def fingerprint(self) -> str:
        """φ = b64(SHA256(election.json)), 43 characters, the election's name in every hash."""
        return short_digest(self.data)


def read_election(data: bytes) -> Election:
    """Read election.json, every rule of §3 checked; Refused otherwise."""
    election = read_canonical(data, _election, _election_json)
    require(election.questions, Check.QUESTION, "no question")
    require(election.group.is_member(election.public_key), Check.MEMBERSHIP, "the public key is not a member")
    return election


def _election(value: Json) -> Election:
    required = ("version", "description", "name", "group", "public_key", "questions", "uuid")
    fields = as_object(value, required, ("administrator", "credential_authority"))
    require(fields["version"] == VERSION, Check.FORM, "version 1 is expected")
    name = as_text(fields["group"])
    require(name in GROUP_NAMES, Check.GROUP, f"unknown group {name[:40]}")
    uuid = as_text(fields["uuid"])
    require(is_uuid(uuid), Check.UUID, "fourteen Base58 digits at least are expected")
    return Election(
        name=as_text(fields["name"]),
        description=as_text(fields["description"]),
        group_name=name,
        public_key=as_element(group_named(name), fields["public_key"]),
        questions=tuple(_question(question, n) for n, question in enumerate(as_list(fields["questions"]), 1)),
        uuid=uuid,
        administrator=_optional_text(fields, "administrator"),
        credential_authority=_optional_text(fields, "credential_authority"),
    )


def _optional_text(fields: dict[str, Json], name: str) -> str | None:
    return as_text(fields[name]) if name in fields else None


def _question(value: Json, number: int) -> Question:
    try:
        return _homomorphic_question(value)
    except Refused as refusal:
        raise refusal.at(f"question {number}") from None


def _homomorphic_question(value: Json) -> Question:
    if isinstance(value, dict) and "type" in value:
        raise Refused(Check.QUESTION, "only homomorphic questions are supported")
    fields = as_object(value, ("answers", "min", "max", "question"), ("blank",))
    blank = fields.get("blank")
    require(isinstance(blank, bool) or "blank" not in fields, Check.FORM, "blank is true or false")
    question = Question(
        text=as_text(fields["question"]),
        answers=tuple(as_text(answer) for answer in as_list(fields["answers"])),
        minimum=as_small(fields["min"]),
        maximum=as_small(fields["max"]),
        blank=blank if isinstance(blank, bool) else None,
    )
    sensible = 0 <= question.minimum <= question.maximum <= len(question.answers) and question.answers
    require(sensible, Check.QUESTION, "the bounds do not fit the number of answers")
    return question


def _question_json(question: Question) -> Json:
    blank: dict[str, Json] = {} if question.blank is None else {"blank": question.blank}
    bounds: dict[str, Json] = {"min": question.minimum, "max": question.maximum}
    return {"answers": list(question.answers), **blank, **bounds, "question": question.text}


def _election_json(election: Election) -> Json:
    value: dict[str, Json] = {
        "version": VERSION,
        "description": election.description,
        "name": election.name,
        "group": election.group_name,
        "public_key": election.group.text(election.public_key),
        "questions": [_question_json(question) for question in election.questions],
        "uuid": election.uuid,
    }
    authorities = {"administrator": election.administrator, "credential_authority": election.credential_authority}
    return value | {name: text for name, text in authorities.items() if text is not None}
