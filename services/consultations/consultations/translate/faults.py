"""The domain's refusals as faults."""

from collections.abc import Iterable

from contracts.errors import Fault, FieldError

from consultations.domain.problems import DomainError, Invalid, Problem


def field_errors(problems: Iterable[Problem], at: str) -> tuple[FieldError, ...]:
    """The problems as errors of the request's field ``at`` (``/form``)."""
    return tuple(FieldError(at + one.pointer, one.code, one.detail, dict(one.limits)) for one in problems)


def refuse_if_any(problems: Iterable[Problem], *, at: str, reason: str = "") -> None:
    """Raises *invalid* with every problem, if there is one."""
    errors = field_errors(problems, at)
    if errors:
        raise Fault.invalid(*errors, detail="The request has errors.", reason=reason)


def fault_of(error: DomainError) -> Fault:
    """The fault that says the same."""
    match error:
        case Invalid():
            return Fault.invalid(*field_errors(error.problems, "/details"), detail=error.detail, reason=error.reason)
        case _:
            return Fault.wrong_state(error.detail, error.reason)
