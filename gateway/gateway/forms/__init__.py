"""Forms: fields are data, rules are the contracts', messages are translated by code, values are never lost."""
