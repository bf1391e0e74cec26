"""One short function per intention: ``(office, caller, request) -> reply``. Each owns its transactions.

Passwords are hashed and compared outside of transactions: nothing waits for a lock while a processor is busy.
"""
