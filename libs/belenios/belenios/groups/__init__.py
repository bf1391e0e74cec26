"""The three groups of the protocol, behind one interface (§2)."""

from functools import cache

from belenios.groups import constants, native
from belenios.groups.ed25519 import Ed25519Group
from belenios.groups.field import FieldGroup
from belenios.groups.interface import Branch, Element, Group, NotAnElement

__all__ = ["GROUP_NAMES", "Branch", "Element", "Group", "NotAnElement", "group_named"]

GROUP_NAMES = ("BELENIOS-2048", "RFC-3526-2048", "Ed25519")


@cache
def group_named(name: str) -> Group:
    """Return the group of this name, the quickest implementation at hand; KeyError for an unknown name."""
    if name == "BELENIOS-2048":
        return FieldGroup(name, constants.BELENIOS_2048_P, constants.BELENIOS_2048_Q, constants.BELENIOS_2048_G)
    if name == "RFC-3526-2048":
        return FieldGroup(name, constants.RFC_3526_2048_P, constants.RFC_3526_2048_Q, constants.RFC_3526_2048_G)
    if name == "Ed25519":
        library = native.load()
        return native.NativeEd25519Group(library) if library else Ed25519Group()
    raise KeyError(name)
