"""The form kit: a form class names its fields; the call's request model holds the rules.

    class SignInForm(Form):
        email = Field(N_("E-mail address"), kind="email", autocomplete="email")
        password = Field(N_("Password"), kind="password", autocomplete="current-password")

A view makes ``SignInForm.blank(visit)`` or ``SignInForm.sent(visit)``, then ``form.submit(CALL)``: the reply, or
``None`` with every error in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeVar

from contracts.base import Reply, Request
from contracts.errors import Fault, FaultCode, FieldError, from_validation
from contracts.registry import Call
from pydantic import ValidationError

from gateway.forms import messages
from gateway.site.visit import Visit

Req = TypeVar("Req", bound=Request)
Rep = TypeVar("Rep", bound=Reply)
ELSEWHERE = frozenset({FaultCode.UNAUTHENTICATED, FaultCode.NOT_FOUND})
"""Faults that are not about what was typed: they leave the form."""
NOWHERE = "-"
SECRET = "password"  # noqa: S105 -- the kind of a field


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    label: str
    kind: str = "text"
    """``text email password search number date``, ``prose`` (several lines), ``choice`` (one of, as radios),
    ``select``, ``file`` (never shown again), ``choices`` (several of), ``tick`` (yes or not), ``hidden``."""
    hint: str = ""
    autocomplete: str = "off"
    max: int = 0
    """Most characters, for the count shown below the field."""
    rows: int = 6
    optional: bool = False
    focus: bool = False
    """Whether the cursor is there when the page opens: for pages where agents do one thing all day."""
    at: str = ""
    """Where the value goes in the request, as a JSON Pointer; by default ``/<name of the field>``; ``-``: nowhere."""


Options = Sequence[tuple[str, str]]
"""Value and label, in order."""


@dataclass(slots=True)
class Form:
    """The state of one form on one page: what was typed, what is wrong."""

    visit: Visit
    values: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    """By the field's name; ``""`` for what concerns the form as a whole."""
    options: dict[str, Options] = field(default_factory=dict)

    status: int = 200
    """The HTTP status of the page that shows the form."""

    questions: ClassVar[dict[str, Field]] = {}
    elsewhere: ClassVar[frozenset[FaultCode]] = ELSEWHERE

    def __init_subclass__(cls) -> None:
        """Collect the fields in the order in which they are written."""
        cls.questions = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}

    @classmethod
    def blank(cls, visit: Visit, **values: str | Sequence[str]) -> Self:
        """A form to fill in, with some values already there."""
        return cls(visit, {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()})

    @classmethod
    def sent(cls, visit: Visit) -> Self:
        """The form as it was sent."""
        return cls(visit, {name: visit.fields.get(name, []) for name in cls.questions})

    def value(self, name: str) -> str:
        """What a field holds."""
        found = self.values.get(name)
        return found[0] if found else ""

    def shown(self, name: str) -> str:
        """What a field shows: what it holds, except passwords."""
        return "" if self.questions[name].kind == SECRET else self.value(name)

    def chosen(self, name: str, value: str) -> bool:
        """Whether an option is chosen."""
        return value in self.values.get(name, ())

    def submit(self, call: Call[Req, Rep], **more: Any) -> Rep | None:  # noqa: ANN401
        """Ask the service with the form's values and ``more``. ``None``: ``errors`` says everything that is wrong."""
        return self.submit_as(call, self.nested() | more)

    def submit_as(self, call: Call[Req, Rep], document: Mapping[str, Any], *, deadline: float = 5.0) -> Rep | None:
        """Ask the service with a request of the form's own making."""
        request = self._parsed(call, document)
        if request is None:
            return None
        try:
            return self.visit.call(call, request, deadline=deadline)
        except Fault as fault:
            if fault.code in self.elsewhere:
                raise
            self.refuse(fault)
            return None

    def request(self, call: Call[Req, Any], **more: Any) -> Req | None:  # noqa: ANN401
        """The request that the values make, or ``None`` with the errors in their places."""
        return self._parsed(call, self.nested() | more)

    def _parsed(self, call: Call[Req, Any], document: Mapping[str, Any]) -> Req | None:
        try:
            return call.request.model_validate(document)
        except ValidationError as error:
            self.refuse(from_validation(error, document))
            return None

    def nested(self) -> dict[str, Any]:
        """The values in the shape of the request. Fields left empty are left out if they are optional."""
        document: dict[str, Any] = {}
        for name, question in self.questions.items():
            value = self._typed(name, question)
            if value is not None and question.at != NOWHERE:
                _put(document, _place(name, question), value)
        return document

    def _typed(self, name: str, question: Field) -> object:
        if question.kind == "choices":
            return self.values.get(name, [])
        if question.kind == "tick":
            return bool(self.values.get(name))
        typed = self.value(name)
        return None if not typed.strip() and (question.optional or question.kind in {"choice", "select"}) else typed

    def refuse(self, fault: Fault) -> None:
        """Put every error of a fault beside the field it is about."""
        self.status = fault.status
        for error in fault.errors:
            self._add(self._owner(error.pointer), self._said(error))
        if not fault.errors:
            self._add("", self.visit.text(messages.reason(fault.reason) or messages.FAULTS[fault.code]))

    def blame(self, name: str, message: str) -> None:
        """Add an error of the page's own, already in the visitor's language."""
        self.status = 422
        self._add(name, message)

    def _add(self, name: str, message: str) -> None:
        said = self.errors.setdefault(name, [])
        if message not in said:
            said.append(message)

    def _owner(self, pointer: str) -> str:
        for name, question in self.questions.items():
            place = _place(name, question)
            if pointer == place or pointer.startswith(f"{place}/"):
                return name
        return ""

    def _said(self, error: FieldError) -> str:
        question = self.questions.get(self._owner(error.pointer))
        code = error.code
        if code == "string-too-short" and not self.value(self._owner(error.pointer)).strip():
            code = "missing"
        if code == "value-error" and question and question.kind == "email":
            code = "email"
        if question and question.kind == "tick":
            code = "tick"
        known = messages.field(code)
        return self.visit.text(known) % _localised(error.limits, self.visit) if known else error.detail


def _localised(limits: Mapping[str, Any], visit: Visit) -> dict[str, str]:
    return {n: visit.words.number(v) if isinstance(v, (int, float)) else str(v) for n, v in limits.items()}


def _place(name: str, question: Field) -> str:
    return question.at or f"/{name}"


def _put(document: dict[str, Any], place: str, value: object) -> None:
    *parents, last = place.strip("/").split("/")
    for parent in parents:
        document = document.setdefault(parent, {})
    document[last] = value
