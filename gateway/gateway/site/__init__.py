"""The citizens' site: a page is a function from a visit to an answer."""
