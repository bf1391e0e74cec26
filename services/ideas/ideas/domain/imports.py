"""Taking over a dossier from another platform: its steps are told as what they are, things heard of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ideas.domain.dossier import Change, Dossier, State
from ideas.domain.record import Step, content_digest
from ideas.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class PastStep:
    """Something that happened elsewhere; without a state: news."""

    on: date
    state: State | None
    text: str
    service: str | None
    reason: str | None


def take_over(dossier: Dossier, past: Sequence[PastStep], figures: Mapping[str, int], rules: Rules) -> Change:
    """The dossier in the state of its last step, and a record that says where all this comes from."""
    facts: dict[str, str | int] = {
        "content": content_digest(dossier.title, dossier.text),
        "source": dossier.imported_from or "",
        "deposited_on": rules.day(dossier.deposited_at).isoformat(),
        "supports": dossier.imported_supports,
    }
    first = Step("imported", "import", facts=facts | {f"figure_{name}": value for name, value in figures.items()})
    for step in past:
        dossier = _after(dossier, step, rules)
    return Change(dossier, (first, *(_told(step, dossier) for step in past)))


def _after(dossier: Dossier, step: PastStep, rules: Rules) -> Dossier:
    told = replace(dossier, last_word=step.text or dossier.last_word, service=step.service or dossier.service)
    if step.state is None:
        return told
    since = rules.start_of(step.on)
    answered = since if step.state in {State.ACCEPTED, State.DECLINED} else dossier.answered_at
    due = step.on + timedelta(days=rules.answer_days) if step.state is State.UNDER_EXAMINATION else None
    return replace(
        told, state=step.state, state_since=since, reason=step.reason, answered_at=answered, answer_due_on=due
    )


def _told(step: PastStep, dossier: Dossier) -> Step:
    facts = {"on": step.on.isoformat()}
    return Step(_kind(step, dossier), "import", service=step.service, reason=step.reason, text=step.text, facts=facts)


def _kind(step: PastStep, dossier: Dossier) -> str:
    if step.state is None:
        return "news"
    if step.state is State.UNDER_EXAMINATION:
        return "admitted" if dossier.campaign else "assigned"
    return "opened" if step.state is State.OPEN else step.state.value
