"""The bytes of attachments: where they are kept, and the look at their content before they are."""
