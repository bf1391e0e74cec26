"""The rules of identity: values and pure functions, standard library only. Time and chance are parameters."""
