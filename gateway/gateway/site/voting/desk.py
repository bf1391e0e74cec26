"""The desk of campaign managers: prepare a vote, publish its rules, end it."""

from typing import Any
from uuid import UUID, uuid4

from contracts.errors import Fault
from contracts.voting import (
    CANCEL_ELECTION,
    CLOSE_ELECTION,
    DECIDE_PROJECT,
    DRAFT_ELECTION,
    GET_ELECTION,
    LIST_MANAGED_ELECTIONS,
    OPEN_ELECTION,
    REVISE_ELECTION,
    ElectionRef,
    ElectionView,
    ListManagedElections,
)
from contracts.voting.sealed_stuck import LIST_STUCK_BALLOTS, ListStuckBallots

from gateway.forms.kit import Form
from gateway.forms.voting import DecisionForm, ElectionForm, ReasonForm, line
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.visit import Visit
from gateway.site.voting.ceremony import holders, missing
from gateway.site.voting.labels import (
    BLANKS,
    COMPLETIONS,
    DECISIONS,
    FILLS,
    GROUPS,
    METHODS,
    SECRECIES,
    SHARES,
    TIES,
    Labels,
)

HOME = "/bureau/votes"


def browse(visit: Visit) -> Answer:
    """The votes that the agent manages."""
    request = ListManagedElections(limit=50, after=visit.query("after")[:500] or None)
    found = visit.call(LIST_MANAGED_ELECTIONS, request)
    return desk_page(visit, "voting/desk-list.html", found=found, labels=Labels(visit))


def show(visit: Visit, *forms: Form) -> Answer:
    """A vote, and what can be done with it now."""
    one = _read(visit)
    sealed = holders(visit, one)
    given = {type(form): form for form in forms}
    status = max((form.status for form in forms), default=200)
    return desk_page(
        visit,
        "voting/desk-election.html",
        status=status,
        one=one,
        form=given.get(ReasonForm) or ReasonForm.blank(visit),
        opening=given.get(ElectionForm) or ElectionForm.blank(visit),
        deciding=_deciding(visit, one, given.get(DecisionForm) or DecisionForm.blank(visit, id=str(uuid4()))),
        sealed=sealed,
        missing=missing(visit, one, sealed) if one.state == "draft" else [],
        blocked=_blocked(visit, one),
        labels=Labels(visit),
    )


def _blocked(visit: Visit, one: ElectionView) -> int:
    """How many ballots hold up the count of a sealed vote."""
    if one.secrecy != "sealed" or one.state not in {"open", "closed"}:
        return 0
    return visit.call(LIST_STUCK_BALLOTS, ListStuckBallots(election_id=one.id)).total


def _deciding(visit: Visit, one: ElectionView, form: Form) -> Form | None:
    """The form for decisions after the count, if there are projects to decide about."""
    if one.state != "published" or (one.envelope is None and one.method.kind != "for_against"):
        return None
    of = Labels(visit).of
    form.options |= {
        "candidate_id": (("", ""), *((project.id, of(project.title)) for project in one.candidates)),
        "kind": _words(visit, DECISIONS),
    }
    return form


def decide(visit: Visit) -> Answer:
    """Award or withdraw a project on top of the count."""
    form = DecisionForm.sent(visit)
    made = form.submit(DECIDE_PROJECT, election_id=_id(visit))
    return show(visit, form) if made is None else Redirect(f"/votes/{made.slug}/resultats")


def _read(visit: Visit) -> ElectionView:
    return visit.call(GET_ELECTION, ElectionRef(election=str(_id(visit))))


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.url["election_id"])
    except ValueError:
        raise Fault.not_found() from None


def begin(visit: Visit) -> Answer:
    """An empty form."""
    defaults = {"kind": "majority_judgment", "blanks": "ignored", "fill": "skip", "tie_break": "lower_cost"}
    return _editor(visit, ElectionForm.blank(visit, secrecy="open", **defaults), None)


def create(visit: Visit) -> Answer:
    """A new draft."""
    form = ElectionForm.sent(visit)
    made = form.submit_as(DRAFT_ELECTION, form.document() | {"id": uuid4()})
    return _editor(visit, form, None) if made is None else Redirect(f"{HOME}/{made.id}")


def edit(visit: Visit) -> Answer:
    """The form as the vote is now."""
    one = _read(visit)
    return _editor(visit, ElectionForm.blank(visit, **_typed(visit, one)), one)


def save(visit: Visit) -> Answer:
    """Change the vote; once its rules are public, a new version."""
    one, form = _read(visit), ElectionForm.sent(visit)
    made = form.submit_as(REVISE_ELECTION, form.document() | {"id": one.id})
    return _editor(visit, form, one) if made is None else Redirect(f"{HOME}/{one.id}")


def _typed(visit: Visit, one: ElectionView) -> dict[str, str]:
    local = visit.words.local
    shares = one.equal_shares
    return _typed_method(one) | {
        "title_fr": one.title.get("fr", ""),
        "title_en": one.title.get("en", ""),
        "slug": one.slug,
        "description_fr": one.description.get("fr", ""),
        "description_en": one.description.get("en", ""),
        "campaign": one.campaign or "",
        "perimeter": one.perimeter or "",
        "eligibility_action": one.eligibility_action,
        "secrecy": one.secrecy.value,
        "trustees": "\n".join(one.sealed.trustees) if one.sealed else "",
        "threshold": str(one.sealed.threshold) if one.sealed else "",
        "group": one.sealed.group if one.sealed else "",
        "envelope": "" if one.envelope is None else str(one.envelope),
        "fill": one.fill.value,
        "tie_break": one.tie_break.value,
        "shares": shares.use.value if shares else "",
        "completion": shares.completion.value if shares else "",
        "opens_at": local(one.opens_at).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": local(one.closes_at).strftime("%Y-%m-%dT%H:%M"),
        "candidates": "\n".join(line(candidate) for candidate in one.candidates),
        "exclusions": "\n".join(" ; ".join(group) for group in one.exclusions),
    }


def _typed_method(one: ElectionView) -> dict[str, str]:
    """The fields of the way of voting: they are named as its rules are."""
    rules = one.method.model_dump(mode="json", exclude_none=True)
    good = rules.pop("good_opinions", {})
    typed = {"blanks": "ignored"} | {name: str(value) for name, value in rules.items()}
    return typed | {"good_grade": good.get("lowest_grade", ""), "good_percent": str(good.get("percent", ""))}


def _editor(visit: Visit, form: ElectionForm, one: ElectionView | None) -> Answer:
    territory, language = visit.territory, visit.language
    places = [(one.code, one.name) for one in territory.districts]
    places += [(one.code, one.name) for one in territory.groups]
    grades = (("", ""), *((one.code, one.name.to(language)) for one in territory.grades))
    form.options |= {
        "minimum_grade": grades,
        "good_grade": grades,
        "shares": _words(visit, SHARES),
        "completion": _words(visit, COMPLETIONS),
        "perimeter": (
            ("", territory.whole.to(language)),
            *((code, name.to(language)) for code, name in places),
        ),
        "secrecy": _words(visit, SECRECIES),
        "group": _words(visit, GROUPS),
        "kind": _words(visit, METHODS),
        "blanks": _words(visit, BLANKS),
        "fill": _words(visit, FILLS),
        "tie_break": _words(visit, TIES),
    }
    return desk_page(visit, "voting/desk-editor.html", status=form.status, form=form, one=one, labels=Labels(visit))


def _words(visit: Visit, table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, visit.text(words)) for code, words in table.items())


def announce(visit: Visit) -> Answer:
    """Freeze and publish the rules; what is missing is said on the page."""
    return _act(visit, ElectionForm.blank(visit), OPEN_ELECTION, {"id": _id(visit)})


def close(visit: Visit) -> Answer:
    """End the vote now."""
    form = ReasonForm.sent(visit)
    return _act(visit, form, CLOSE_ELECTION, {"id": _id(visit), "reason": form.value("reason")})


def cancel(visit: Visit) -> Answer:
    """Call the vote off."""
    form = ReasonForm.sent(visit)
    return _act(visit, form, CANCEL_ELECTION, {"id": _id(visit), "reason": form.value("reason")})


def _act(visit: Visit, form: Form, call: Any, document: dict[str, Any]) -> Answer:  # noqa: ANN401 -- any act
    made = form.submit_as(call, document)
    return show(visit, form) if made is None else Redirect(f"{HOME}/{made.id}")
