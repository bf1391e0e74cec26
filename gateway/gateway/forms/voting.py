"""The forms of votes: checking a receipt, and the desk's editor of an election."""

from datetime import datetime
from typing import Any

from contracts.voting import Candidate, MethodKind

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.i18n import N_
from gateway.site.visit import Visit

messages.add(
    {
        "vote-not-open-yet": N_("This vote is not open yet."),
        "vote-closed": N_("This vote is closed."),
        "unknown-account": N_("This account may not vote."),
        "closes-before-opening": N_("The vote must close after it opens."),
        "closing-in-the-past": N_("This moment has passed."),
        "unknown-perimeter": N_("Choose a district of the list."),
        "unknown-grade": N_("Choose a grade of the list."),
        "more-than-points": N_("One project cannot get more points than there are to give."),
        "method-needs-open-ballots": N_("A sealed vote counts choices or grades only."),
        "costs-too-much": N_("A project costs more than the envelope: nobody could choose it."),
        "too-few-projects": N_("A vote needs at least two projects."),
        "too-many-choices": N_("There are not as many projects."),
        "rules-frozen": N_("This can no longer change: ballots rest on it."),
        "slug-taken": N_("Another vote has this address."),
        "rules-sealed": N_("The rules of a sealed vote are final once they are public."),
        "ceremony-incomplete": N_("The trustees have not made the key of this vote yet."),
        "threshold-too-high": N_("More trustees are asked to open the vote than there are."),
        "needs-open-ballots": N_("Equal shares need every ballot in clear: choose an open vote, or another rule."),
        "rules-final": N_("The vote is over: its rules no longer change."),
        "already-announced": N_("The rules of this vote are already public."),
        "vote-not-open": N_("This vote is not open."),
        "too-late-to-cancel": N_("The ballots of this vote are already being counted."),
        "no-result-yet": N_("The result is not published yet."),
        "needs-approval": N_("Equal shares need a vote by approval."),
        "unknown-project": N_("Choose a project of the list."),
        "already-chosen": N_("This project is already chosen."),
        "not-chosen": N_("This project is not chosen."),
        "nothing-to-award": N_("This vote ranks projects: it awards none."),
    }
)


class ReceiptForm(Form):
    """The code of a receipt."""

    receipt = Field(N_("Receipt code"), hint=N_("20 letters and digits. Capitals and dashes do not matter."))


class ReasonForm(Form):
    """Why a vote ends before its time."""

    reason = Field(N_("Why, for everybody to read"), kind="prose", rows=3)


class DecisionForm(Form):
    """What is decided about a project after the count."""

    candidate_id = Field(N_("Project"), kind="select")
    kind = Field(N_("What is decided"), kind="choice")
    reason_fr = Field(N_("Why, in French, for everybody to read"), kind="prose", rows=3, at="/reason/fr")
    reason_en = Field(N_("Why, in English"), kind="prose", rows=3, at="/reason/en", optional=True)
    id = Field("", kind="hidden")


SEALED_ACTION = "vote_sealed"
"""What voters of a sealed vote must be allowed to do, where the territory has a rule for it."""
OF: dict[MethodKind, frozenset[str]] = {
    "majority_judgment": frozenset({"blanks", "minimum_grade", "good_opinions"}),
    "approval": frozenset({"max_choices", "minimum_votes", "minimum_percent"}),
    "points": frozenset({"points", "max_per_project", "minimum_points"}),
    "for_against": frozenset({"majority_percent", "minimum_votes"}),
    "ranking": frozenset({"max_ranks", "minimum_votes"}),
    "knapsack": frozenset({"minimum_votes", "minimum_percent"}),
}
"""What the rules of each way of voting say."""


class ElectionForm(Form):
    """Everything that a campaign manager decides."""

    title_fr = Field(N_("Title in French"), at="/title/fr")
    title_en = Field(N_("Title in English"), at="/title/en", optional=True)
    slug = Field(N_("Address"), hint=N_("Small letters, digits and dashes, for example budget-2026-12e."))
    description_fr = Field(N_("Description in French"), kind="prose", rows=4, at="/description/fr", optional=True)
    description_en = Field(N_("Description in English"), kind="prose", rows=4, at="/description/en", optional=True)
    campaign = Field(N_("Campaign"), hint=N_("Votes of one campaign are shown together."), optional=True)
    perimeter = Field(N_("Where"), kind="select")
    secrecy = Field(N_("How ballots are kept secret"), kind="choice")
    trustees = Field(
        N_("Key holders, one a line"),
        kind="prose",
        rows=5,
        at="/sealed/trustees",
        hint=N_("At least two people or bodies who do not depend on one another. Everybody reads their names."),
    )
    threshold = Field(
        N_("How many of them are needed to open the sum"),
        kind="number",
        at="/sealed/threshold",
        hint=N_("Fewer than all, or one lost key loses the vote; more than one, or one alone could open it."),
    )
    group = Field(N_("Arithmetic of the seal"), kind="select", at="/sealed/group")
    eligibility_action = Field("", kind="hidden", optional=True)
    kind = Field(N_("How people vote"), kind="choice", at="/method/kind")
    max_choices = Field(N_("How many projects one may choose"), kind="number", at="/method/max_choices", optional=True)
    points = Field(N_("How many points one can give"), kind="number", at="/method/points", optional=True)
    max_per_project = Field(
        N_("Most points for one project"),
        kind="number",
        at="/method/max_per_project",
        hint=N_("Left empty: all of them."),
        optional=True,
    )
    minimum_points = Field(
        N_("Fewest points that a project needs"), kind="number", at="/method/minimum_points", optional=True
    )
    max_ranks = Field(N_("How many projects one may rank"), kind="number", at="/method/max_ranks", optional=True)
    majority_percent = Field(
        N_("More than this share of the votes must be for it, in percent"),
        kind="number",
        at="/method/majority_percent",
        hint=N_("Of the votes for and against. Left empty: 50."),
        optional=True,
    )
    blanks = Field(N_("A project left without a grade"), kind="choice", at="/method/blanks")
    minimum_votes = Field(
        N_("Fewest votes that a project needs"), kind="number", at="/method/minimum_votes", optional=True
    )
    minimum_percent = Field(
        N_("Smallest share of the ballots that must choose it, in percent"),
        kind="number",
        at="/method/minimum_percent",
        optional=True,
    )
    minimum_grade = Field(
        N_("Lowest grade with which a project can be chosen"), kind="select", at="/method/minimum_grade", optional=True
    )
    good_grade = Field(
        N_("Lowest grade that counts as a good opinion"),
        kind="select",
        at="/method/good_opinions/lowest_grade",
        optional=True,
    )
    good_percent = Field(
        N_("Smallest share of good opinions, in percent"),
        kind="number",
        at="/method/good_opinions/percent",
        optional=True,
    )
    envelope = Field(N_("Envelope, in euros"), kind="number", optional=True)
    fill = Field(N_("How the envelope is filled"), kind="choice")
    tie_break = Field(N_("Between equal projects"), kind="choice")
    shares = Field(
        N_("Equal shares"),
        kind="choice",
        at="/equal_shares/use",
        hint=N_("For approval with an envelope: each ballot pays its part for what it chose."),
        optional=True,
    )
    completion = Field(
        N_("What the shares leave"),
        kind="select",
        at="/equal_shares/completion",
        optional=True,
    )
    opens_at = Field(N_("Opens"), kind="datetime-local")
    closes_at = Field(N_("Closes"), kind="datetime-local")
    candidates = Field(
        N_("Projects, one a line"),
        kind="prose",
        rows=10,
        hint=N_("identifier ; title ; cost ; theme ; district ; dossier number. The last three may be left out."),
    )
    exclusions = Field(
        N_("Incompatible projects, a group a line"),
        kind="prose",
        rows=3,
        hint=N_("Their identifiers with semicolons between them. One of each group at most is chosen."),
        optional=True,
    )
    notice = Field(N_("Why the rules change, for everybody to read"), kind="prose", rows=3, optional=True)

    def ways(self, name: str) -> str:
        """The ways of voting that a field is about; empty: it is about every vote."""
        _, _, part = self.questions[name].at.partition("/method/")
        return " ".join(kind for kind, parts in OF.items() if part.partition("/")[0] in parts)

    def only_sealed(self, name: str) -> bool:
        """Whether a field is about sealed votes only."""
        return self.questions[name].at.startswith("/sealed/")

    def document(self) -> dict[str, Any]:
        """The request that the fields make."""
        found = self.nested()
        method = found.setdefault("method", {})
        for unused in method.keys() - {"kind"} - OF.get(method.get("kind"), frozenset()):
            del method[unused]
        self._add_sealed(found)
        if not self.value("good_grade"):
            method.pop("good_opinions", None)
        if not self.value("shares"):
            found.pop("equal_shares", None)
        if not self.value("perimeter"):
            found.pop("perimeter", None)
        for name in ("opens_at", "closes_at"):
            found[name] = _with_zone(self.visit, self.value(name))
        lines = [line for line in self.value("candidates").splitlines() if line.strip()]
        groups = [line for line in self.value("exclusions").splitlines() if line.strip()]
        found["exclusions"] = [[one.strip() for one in line.split(";") if one.strip()] for line in groups]
        return found | {"candidates": [candidate(line) for line in lines]}

    def _add_sealed(self, found: dict[str, Any]) -> None:
        """The key holders of a sealed vote; an open vote has none. Voters of a sealed one are more surely known."""
        if self.value("secrecy") != "sealed":
            found.pop("sealed", None)
            return
        names = [line.strip() for line in self.value("trustees").splitlines() if line.strip()]
        found["sealed"] = {"threshold": ""} | found.get("sealed", {}) | {"trustees": names}
        if not self.value("eligibility_action") and SEALED_ACTION in self.visit.territory.permissions:
            found["eligibility_action"] = SEALED_ACTION


def _with_zone(visit: Visit, typed: str) -> str:
    """The moment on the territory's clocks; what is none is left for the rules to refuse."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=visit.territory.zone).isoformat()
    except ValueError:
        return typed


def candidate(line: str) -> dict[str, Any]:
    """A project from its line."""
    cells = [cell.strip() for cell in line.split(";")] + [""] * 6
    cost = cells[2].replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    return {
        "id": cells[0],
        "title": {"fr": cells[1]},
        "cost": cost or None,
        "category": cells[3],
        "district": cells[4],
        "dossier": cells[5] or None,
    }


def line(one: Candidate) -> str:
    """A project as a line."""
    title = one.title.get("fr") or next(iter(one.title.values()))
    cells = [one.id, title, "" if one.cost is None else str(one.cost), one.category, one.district, one.dossier or ""]
    return " ; ".join(cells).rstrip(" ;")
