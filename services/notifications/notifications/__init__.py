"""Notifications: who follows what, who wants to hear of it and how, and the mails that tell them — once."""
