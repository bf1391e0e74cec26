"""The desk's form of a campaign: the days of its phases, its envelopes one a line, and why a public one changes."""

from typing import Any

from contracts.ideas import CampaignView, PhaseCode

from gateway.forms import messages
from gateway.forms.kit import NOWHERE, Field, Form
from gateway.i18n import N_
from gateway.site.visit import Visit

messages.add(
    {
        "no-campaign-open": N_("No participatory budget takes ideas now. Your text is kept among your drafts."),
        "phase-missing": N_("Give the days of every phase that is not optional."),
        "ends-before-start": N_("It must end on its first day or later."),
        "phases-overlap": N_("The phase before is not over on that day."),
        "phases-gap": N_("It must begin on the day after the phase before: ideas would wait in nobody's hands."),
        "phase-begun": N_("This phase has begun: its past does not change."),
        "deposits-overlap": N_("Another campaign takes ideas on some of these days."),
        "review-over": N_("The study of this campaign's ideas is over."),
        "no-money": N_("Give at least one envelope."),
        "year-taken": N_("This year has a campaign already."),
    }
)
OPTIONAL = frozenset({PhaseCode.CO_CONSTRUCTION, PhaseCode.DELIVERY})


def _day(label: str, *, optional: bool = False) -> Field:
    return Field(label, kind="date", optional=optional, at=NOWHERE)


class CampaignForm(Form):
    """A whole campaign. The dates are in pairs: ``<phase>_from`` and ``<phase>_to``, both included."""

    year = Field(N_("Year"), kind="number")
    version = Field("", kind="hidden", optional=True)
    deposit_from, deposit_to = _day(N_("Deposit of ideas, from")), _day(N_("to"))
    review_from, review_to = _day(N_("Study of the ideas, from")), _day(N_("to"))
    co_construction_from = _day(N_("Workshops, from"), optional=True)
    co_construction_to = _day(N_("to"), optional=True)
    ballot_from, ballot_to = _day(N_("Choice of the projects put to the vote, from")), _day(N_("to"))
    vote_from, vote_to = _day(N_("Vote, from")), _day(N_("to"))
    results_from, results_to = _day(N_("Results, from")), _day(N_("to"))
    delivery_from = _day(N_("Works, from"), optional=True)
    delivery_to = _day(N_("to"), optional=True)
    envelopes = Field(
        N_("Envelopes, one a line"),
        kind="prose",
        rows=12,
        hint=N_("place ; amount. Keep the names as they are; a line without an amount is left out."),
    )
    reason = Field(N_("Why it changes, for everybody to read"), kind="prose", rows=3)

    def phases(self) -> list[PhaseCode]:
        """The phases that are sent: those that are needed, and those that are optional and filled in."""
        filled = (code for code in PhaseCode if self.value(f"{code}_from") or self.value(f"{code}_to"))
        return [code for code in PhaseCode if code not in OPTIONAL or code in set(filled)]

    def document(self) -> dict[str, Any]:
        """The request that the fields make."""
        names = places(self.visit)
        lines = [line.rpartition(";") for line in self.value("envelopes").splitlines() if line.strip()]
        return self.nested() | {
            "phases": [
                {"code": code, "starts_on": self.value(f"{code}_from"), "ends_on": self.value(f"{code}_to")}
                for code in self.phases()
            ],
            "envelopes": [
                {"place": names.get(place.strip().casefold(), place.strip()), "amount": _digits(amount)}
                for place, _, amount in lines
                if amount.strip()
            ],
        }

    def _owner(self, pointer: str) -> str:
        parts = pointer.strip("/").split("/")
        if parts[0] == "phases" and len(parts) > 1:
            side = "to" if parts[-1] == "ends_on" else "from"
            return f"{self.phases()[int(parts[1])]}_{side}"
        return Form._owner(self, pointer)

    @classmethod
    def of(cls, visit: Visit, one: CampaignView) -> "CampaignForm":
        """The form as the campaign is now."""
        days = {f"{phase.code}_from": phase.starts_on.isoformat() for phase in one.phases}
        days |= {f"{phase.code}_to": phase.ends_on.isoformat() for phase in one.phases}
        names = {code: name for name, code in named(visit)}
        lines = "\n".join(f"{names.get(each.place, each.place)} ; {each.amount}" for each in one.envelopes)
        return cls.blank(visit, year=str(one.year), version=str(one.version), envelopes=lines, **days)

    @classmethod
    def new(cls, visit: Visit) -> "CampaignForm":
        """An empty form, every place on its line."""
        lines = "\n".join(f"{name} ; " for name, _ in named(visit))
        return cls.blank(visit, year=str(visit.today.year + 1), envelopes=lines)


def named(visit: Visit) -> list[tuple[str, str | None]]:
    """Every place that may have an envelope: its name and its code; ``None`` for the whole territory."""
    territory, language = visit.territory, visit.language
    found: list[tuple[str, str | None]] = [(territory.whole.to(language), None)]
    for one in territory.districts:
        place = territory.group_of(one.code) or one
        if (place.name.to(language), place.code) not in found:
            found.append((place.name.to(language), place.code))
    return found


def places(visit: Visit) -> dict[str, str | None]:
    """The same, by what may be typed for it: its name or its code."""
    return {name.casefold(): code for name, code in named(visit)} | {code: code for _, code in named(visit) if code}


def _digits(amount: str) -> str:
    return "".join(amount.replace("€", "").split())
