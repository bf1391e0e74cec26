"""Search learns the words of what everybody may read, to propose them instead of mistyped ones."""

from ideas.queries import spelling
from ideas.repository import UnitOfWork


def learn_words(uow: UnitOfWork) -> None:
    """Know the words that are published now, and no others."""
    with uow() as tx:
        spelling.learn(tx.connection)
