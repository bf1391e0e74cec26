"""Sample answers for the agents' desk: queues, counts, figures of how promises are kept."""

from datetime import timedelta
from uuid import UUID

from contracts import ideas

from gateway.testing.file_samples import attachments
from gateway.testing.samples import COMMENT, HASH, IDEA, KARIM, ME, NOW, card, place


def to_moderate(n: int, subject: ideas.Subject = ideas.Subject.DOSSIER) -> ideas.ModerationItem:
    return ideas.ModerationItem(
        subject=subject,
        idea_id=UUID(int=IDEA.int + n),
        number=f"PAR-2026-{6120 + n:06d}",
        comment_id=UUID(int=COMMENT.int + n) if subject is ideas.Subject.COMMENT else None,
        title=f"Interdire les trottinettes sur le quai de la Rapée, {n}",
        text="Les trottinettes roulent sur le trottoir du quai, entre la gare de Lyon et Bercy.",
        kind="idea",
        place=place(n),
        state=ideas.State.SUBMITTED,
        attachments=attachments()[:3] if n == 1 else (),
        similar=(card(1), card(2)) if n == 1 else (),
        reports=3 if subject is ideas.Subject.COMMENT else 0,
        report_reasons=("off-topic",) if subject is ideas.Subject.COMMENT else (),
        hidden=False,
        taken_by=(ME, KARIM, None)[n % 3],
        waiting_since=NOW - timedelta(hours=41),
        due_at=NOW + timedelta(hours=7 * n),
        hours_left=7 * n - 10,
    )


def to_examine(n: int) -> ideas.ExaminationItem:
    late = {
        "awaited": "answer",
        "stage": None,
        "asked": None,
        "taken_by": ME if n == 1 else None,
        "due_on": (NOW - timedelta(days=3)).date(),
        "days_left_to_act": -3,
    }
    return ideas.ExaminationItem(**(card(n, ideas.State.UNDER_EXAMINATION).model_dump() | late))


def desk_counts() -> ideas.DeskCounts:
    return ideas.DeskCounts(
        to_moderate=38,
        reports=7,
        stages=5,
        to_assign=2,
        assigned=64,
        opinions=3,
        overdue=9,
        follow_up=11,
        appeals=3,
        paper=2,
        fraud=2,
        to_group=17,
        oldest_waiting_since=NOW,
    )


def promise_late() -> ideas.LateCommitment:
    return ideas.LateCommitment(
        number="PAR-2026-004202",
        title="Une rue-jardin le long de l’hôpital",
        service="espaces-verts",
        text="Réunir les riverains sur le plan de plantation.",
        due_on=(NOW - timedelta(days=8)).date(),
        days_late=8,
    )


def transparency() -> ideas.TransparencyView:
    delay = ideas.Delay
    return ideas.TransparencyView(
        delays=(
            delay(measure="moderation", promised_hours=48, average_hours=26, done=412, late_now=0),
            delay(measure="appeal", promised_hours=336, average_hours=120, done=7, late_now=0),
            delay(measure="answer", promised_hours=2160, average_hours=2328, done=31, late_now=7),
        ),
        moderated=443,
        commitments=ideas.CommitmentFigures(due=14, late=2, kept=31, done=6, dropped=1),
        late_commitments=(promise_late(),),
        reasons=(
            ideas.ReasonCount(reason="not-competent", refused=12, comments_hidden=0, appeals=3, upheld=2, overturned=1),
        ),
        steps=5120,
        head=HASH,
        counted_at=NOW,
    )
