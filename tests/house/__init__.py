"""The house keeps its own rules: what stands where, what it may use, and that what is written about it is true."""
