"""Sealed votes: the trustees' ceremony, casting without a session, the public board, the sealed sum and its opening.

What voters and trustees compute is checked with ``belenios``; who may vote is known from a token that identity signed
without seeing it. Nothing in here ever learns an account.
"""
