"""The domain's refusals as faults."""

from contracts.errors import Fault, FieldError

from ideas.domain.problems import DomainError, Invalid, OutOfDate, Problem


def field_error(problem: Problem) -> FieldError:
    """The problem as an error of the request."""
    return FieldError(problem.pointer, problem.code, problem.detail, dict(problem.limits))


def fault_of(error: DomainError) -> Fault:
    """The fault that says the same."""
    match error:
        case Invalid():
            return Fault.invalid(*map(field_error, error.problems), detail=error.detail)
        case OutOfDate():
            return Fault.precondition_failed(error.detail, error.reason)
        case _ if error.reason == "not-the-author":
            return Fault.forbidden(error.detail, error.reason)
        case _:
            return Fault.wrong_state(error.detail, error.reason)
