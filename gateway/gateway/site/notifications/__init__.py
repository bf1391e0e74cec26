"""The pages of notifications: inbox, preferences, what one follows, unsubscribing."""
