"""The form of a paper count: the envelopes, and a number for each project, or for each project and grade."""

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from contracts.errors import FaultCode
from contracts.voting import ElectionView
from contracts.voting.sealed_paper import PaperEntry

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.i18n import N_
from gateway.site.visit import Visit
from gateway.site.voting.labels import Labels

messages.add(
    {
        "more-than-envelopes": N_("There are not as many envelopes."),
        "more-than-choices": N_("These are more choices than the envelopes can hold."),
        "already-settled": N_("Two agents agree on this count: it does not change any more."),
        "vote-not-closed": N_("Paper is counted once the vote is closed."),
    }
)


class CountForm(Form):
    """The count of a place. Its numbers are fields made for the vote by :func:`count_form`; left empty, they are 0."""

    elsewhere = frozenset({FaultCode.UNAUTHENTICATED, FaultCode.NOT_FOUND})
    counted: ClassVar[str] = "votes"
    """``votes`` or ``grades``."""

    def document(self) -> dict[str, Any]:
        """The request that the fields make."""
        return {self.counted: {}} | self.nested()

    def field_of(self, pointer: str) -> str:
        """The field of a number, by its pointer in the request; of a whole project, the first of its fields."""
        return self._owner(pointer)

    def _owner(self, pointer: str) -> str:
        inside = (name for name, one in self.questions.items() if one.at.startswith(f"{pointer}/"))
        return Form._owner(self, pointer) or (next(inside, "") if pointer.count("/") > 1 else "")


def count_form(visit: Visit, one: ElectionView) -> type[CountForm]:
    """The form of a vote's counts."""
    grades = [grade.code for grade in one.grades]
    fields = dict(_of_grades(visit, one) if grades else _of_votes(visit, one))
    envelopes = Field(N_("Envelopes in the ballot box"), kind="number")
    made = type("VoteCountForm", (CountForm,), {"envelopes": envelopes, **fields})
    made.counted = "grades" if grades else "votes"  # type: ignore[attr-defined]
    return cast("type[CountForm]", made)


def _of_votes(visit: Visit, one: ElectionView) -> Iterator[tuple[str, Field]]:
    for number, project in enumerate(one.candidates):
        label = Labels(visit).of(project.title)
        yield f"n{number}", Field(label, kind="number", at=f"/votes/{project.id}", optional=True)


def _of_grades(visit: Visit, one: ElectionView) -> Iterator[tuple[str, Field]]:
    labels = Labels(visit)
    for number, project in enumerate(one.candidates):
        for place, grade in enumerate(one.grades):
            label = f"{labels.of(project.title)} – {labels.of(grade.label)}"
            at = f"/grades/{project.id}/{grade.code}"
            yield f"n{number}-{place}", Field(label, kind="number", at=at, optional=True)


def typed(form: type[CountForm], entry: PaperEntry) -> dict[str, str]:
    """What the form held when the entry was made; numbers that are none are 0."""
    found = {}
    for name, question in form.questions.items():
        part: Any = entry.model_dump()
        for step in (question.at or f"/{name}").strip("/").split("/"):
            part = (part or {}).get(step) if isinstance(part or {}, dict) else None
        found[name] = str(part or 0)
    return found
