"""Places as they are given and as they are kept."""

from contracts.errors import Fault, FieldError
from contracts.ideas import PlaceInput, Scope
from contracts.territory import Territory

from ideas.domain.dossier import Place


def place_of(given: PlaceInput, territory: Territory) -> Place:
    """The place with its district. Raises *invalid* for a district or a point that is not of the territory."""
    if given.scope is Scope.POINT and given.point is not None:
        district = territory.locate(given.point)
        if district is None:
            raise _refusal("/place/point", "outside", "This place is outside of the territory.")
        return Place("point", district.code, given.point.latitude, given.point.longitude, given.address)
    if given.scope is Scope.DISTRICT:
        if territory.district(given.district or "") is None:
            raise _refusal("/place/district", "unknown-district", "There is no such district.")
        return Place("district", given.district, address=given.address)
    return Place("city", address=given.address)


def _refusal(pointer: str, code: str, detail: str) -> Fault:
    return Fault.invalid(FieldError(pointer, code, detail), detail="The request has errors.")
