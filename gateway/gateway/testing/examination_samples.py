"""Dossiers in the hands of services, for tests that look at pages: being examined, promised; and one's own."""

from datetime import timedelta
from uuid import UUID

from contracts import ideas

from gateway.testing import merge_samples
from gateway.testing.file_samples import attachments
from gateway.testing.samples import NOW, dossier, mine_view

EXAMINED, PROMISED, OWN = "PAR-2026-004201", "PAR-2026-004202", "PAR-2026-004209"
TODAY = NOW.date()


def of(number: str, *, mine: bool) -> ideas.DossierView:
    """The dossier of a number: one of these, or an open one."""
    if number == merge_samples.JOINED:
        return merge_samples.joined()
    if number == merge_samples.INTO:
        return merge_samples.into()
    if number == EXAMINED:
        return examined()
    if number == PROMISED:
        return promised()
    return own() if number == OWN else dossier(mine=mine, attachments=attachments(), addenda=(note(),))


def note() -> ideas.Addendum:
    """With a document."""
    return ideas.Addendum(text="Un relevé de température est joint.", added_at=NOW, attachments=attachments()[2:3])


def own() -> ideas.DossierView:
    """The reader's own, which nobody supports yet."""
    mine = mine_view(author=True, may_edit=True, may_support=False)
    one = dossier(number=OWN, supports=0, own_supports=0, attachments=attachments()[:2])
    return one.model_copy(update={"mine": mine})


def opinion(service: str, days: int, verdict: ideas.Verdict | None = None) -> ideas.OpinionView:
    return ideas.OpinionView(
        service=service,
        asked_by="voirie",
        question="La largeur restante suffit-elle aux secours ?",
        asked_on=TODAY - timedelta(days=20),
        due_on=TODAY + timedelta(days=days),
        days_left=None if verdict else days,
        given_on=TODAY - timedelta(days=2) if verdict else None,
        verdict=verdict,
        text="Oui, si les fosses restent du côté impair." if verdict else "",
    )


def examined() -> ideas.DossierView:
    due = TODAY + timedelta(days=41)
    return dossier(
        ideas.State.UNDER_EXAMINATION,
        number=EXAMINED,
        service="voirie",
        clock=ideas.Clock(kind=ideas.ClockKind.ANSWER, due_at=NOW + timedelta(days=41), due_on=due, days_left=41),
        examination=ideas.ExaminationView(service="voirie", assigned_at=NOW - timedelta(days=49), due_on=due),
        feasibility=ideas.Feasibility.WITH_CHANGES,
        cost=380_000,
        yearly_cost=4_000,
        opinions=(
            opinion("espaces-verts", 5, ideas.Verdict.FAVOURABLE),
            opinion("mairie-12", 8, ideas.Verdict.WITH_RESERVATIONS),
            opinion("proprete-eau", -3),
            opinion("urbanisme", 12),
        ),
    )


def commitment(n: int, state: ideas.CommitmentState, days: int, text: str) -> ideas.CommitmentView:
    closed = state not in {ideas.CommitmentState.DUE, ideas.CommitmentState.LATE}
    return ideas.CommitmentView(
        id=ideas.CommitmentId(UUID(int=n)),
        service="espaces-verts",
        text=text,
        made_on=TODAY - timedelta(days=120),
        due_on=TODAY + timedelta(days=days),
        state=state,
        closed_on=TODAY - timedelta(days=40) if closed else None,
        days_left=None if closed else days,
    )


def promised() -> ideas.DossierView:
    state = ideas.CommitmentState
    answer = ideas.AnswerView(
        outcome=ideas.State.ACCEPTED,
        service="voirie",
        reason=None,
        text="La Ville plantera la rue du côté impair.",
        published_at=NOW - timedelta(days=120),
    )
    return dossier(
        ideas.State.PLANNED,
        number=PROMISED,
        news_pictures=(ideas.NewsPictures(step=4, attachments=attachments()[:2]),),
        service="voirie",
        answer=answer,
        commitments=(
            commitment(1, state.KEPT, -30, "Publier l’étude des sols."),
            commitment(2, state.LATE, -8, "Réunir les riverains sur le plan de plantation."),
            commitment(3, state.DUE, 95, "Planter les douze premiers arbres."),
        ),
    )


def notes() -> ideas.InternalNotes:
    note = ideas.InternalNote(
        id=ideas.NoteId(UUID(int=7)),
        service="voirie",
        text="Voir le calendrier du chantier de l’assainissement avant de répondre.",
        written_at=NOW - timedelta(days=6),
    )
    return ideas.InternalNotes(number=EXAMINED, items=(note,))
