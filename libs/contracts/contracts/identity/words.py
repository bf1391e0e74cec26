"""The words of identity: kinds of accounts, roles, certification levels, attributes, passwords, addresses.

Levels belong to attributes, not to accounts: they say how sure the administration is, and of what.
"""

from datetime import date
from enum import IntEnum, StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import EmailStr, Field, StringConstraints

from contracts.base import Code, Distinct, Instant, Line, Model, WithoutNul, length


class AccountKind(StrEnum):
    """Who stands behind an account."""

    PERSON = "person"
    COLLECTIVE = "collective"


class Role(StrEnum):
    """What an agent may be entrusted with; everybody is a citizen without being told so."""

    TERRITORIAL_ACTOR = "territorial_actor"
    MODERATOR = "moderator"
    EXAMINER = "examiner"
    CAMPAIGN_MANAGER = "campaign_manager"
    COUNTER_OFFICER = "counter_officer"
    TRUSTEE = "trustee"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Level(IntEnum):
    """How an attribute was certified."""

    DECLARED = 100
    MAIL = 200
    CITY_ACCOUNT = 250
    COUNTER = 400
    COUNTER_VERIFIED = 500
    """At a counter, the document itself having been checked."""
    FRANCE_CONNECT = 600


CertificationLevel = Literal[100, 200, 250, 400, 500, 600]
CounterLevel = Literal[400, 500]


class AttributeName(StrEnum):
    """What is known of a person. Never leaves identity, except towards the person."""

    EMAIL = "email"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    HOME_DISTRICT = "home_district"
    WORK_DISTRICT = "work_district"


Address = Annotated[EmailStr, Field(max_length=254)]
DisplayName = Annotated[Line, length(2, 60)]
"""The public name under which contributions are signed."""
Login = Annotated[Line, length(1, 254)]
"""An e-mail address, or the card number given at a counter."""
NewPassword = Annotated[str, StringConstraints(min_length=12, max_length=128), WithoutNul, Field(repr=False)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000), WithoutNul, Field(repr=False)]
"""A password to check: whatever was typed."""
Secret = Annotated[str, StringConstraints(min_length=1, max_length=500), WithoutNul, Field(repr=False)]
"""A link's secret or a refresh token: opaque."""
Why = Annotated[Line, length(5, 500)]
"""The reason an agent gives; it is kept with what the agent did."""
EVERYWHERE = "*"
Perimeter = Annotated[tuple[Code | Literal["*"], ...], Distinct, Field(min_length=1, max_length=100)]
"""Districts, groups of districts or services; ``*`` is the whole territory."""


class Attributes(Model):
    """What a person says of itself, or what an agent has seen; what is not given stays as it is."""

    given_name: Annotated[Line, length(1, 100)] | None = None
    family_name: Annotated[Line, length(1, 100)] | None = None
    birth_date: Annotated[date, Field(ge=date(1900, 1, 1))] | None = None
    home_district: Code | None = None
    work_district: Code | None = None
    """Where the person works or studies."""


class CertifiedAttribute(Model):
    """One attribute and how sure the administration is of it."""

    name: AttributeName
    value: Annotated[str, Field(repr=False)]
    level: CertificationLevel
    certified_at: Instant


class GrantView(Model):
    """A role that an account holds, or held."""

    grant_id: UUID
    account_id: UUID
    role: Role
    places: tuple[str, ...]
    until: date | None
    """Last day, inclusive; ``None``: no end."""
    granted_at: Instant
    revoked_at: Instant | None
