"""Contracts ⇄ domain: nothing but the change of form."""
