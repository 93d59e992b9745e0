"""The parts of the Time page: the list of entries, its editing, the form, the panel."""
