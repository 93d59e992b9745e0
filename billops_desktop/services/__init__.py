"""Use cases and workflows: what a user does, one transaction each."""
