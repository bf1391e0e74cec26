"""What requests must satisfy beyond their form: languages and districts of the territory, passwords hard to guess."""

from collections.abc import Iterator
from datetime import date, datetime

from contracts import identity as contract
from contracts.errors import Fault, FieldError

from identity.domain.attributes import Attribute
from identity.domain.logins import objections
from identity.resources import Office

_DETAILS = {
    "too-few-different-characters": "Use more different characters.",
    "too-common": "This password is too common.",
    "contains-your-name": "Leave your name and address out of the password.",
}


def refuse_if(*errors: FieldError) -> None:
    """Raise *invalid* with the errors, if there are any."""
    if errors:
        raise Fault.invalid(*errors, detail="The request has errors.")


def of_password(password: str, *about_person: str) -> Iterator[FieldError]:
    """What makes a new password too easy to guess."""
    for code in objections(password, about_person):
        yield FieldError("/password", code, _DETAILS[code])


def of_language(office: Office, language: str | None) -> Iterator[FieldError]:
    """A language that the territory does not speak."""
    if language is not None and language not in office.territory.languages:
        yield FieldError("/language", "unknown-language", "The site does not speak this language.")


def of_attributes(office: Office, given: contract.Attributes, today: date) -> Iterator[FieldError]:
    """Districts that do not exist, births to come."""
    for name in ("home_district", "work_district"):
        code = getattr(given, name)
        if code is not None and office.territory.district(code) is None:
            yield FieldError(f"/attributes/{name}", "unknown-district", "There is no such district.")
    if given.birth_date is not None and given.birth_date > today:
        yield FieldError("/attributes/birth_date", "in-the-future", "This date is in the future.")


def attributes(given: contract.Attributes, level: int, now: datetime) -> list[Attribute]:
    """What was given, as attributes of a level."""
    values = given.model_dump(mode="json", exclude_none=True)
    return [Attribute(name, value, level, now) for name, value in values.items()]
