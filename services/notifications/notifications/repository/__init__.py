"""Rows to domain and back. A transaction holds one repository per kind of thing; nothing here commits."""

from notifications.repository.transaction import Transaction, UnitOfWork, now, open_unit_of_work

__all__ = ["Transaction", "UnitOfWork", "now", "open_unit_of_work"]
