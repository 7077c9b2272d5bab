"""Whether a signature can be trusted: chains to trusted roots, revocation by evidence, times, and the report."""
