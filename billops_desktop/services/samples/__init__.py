"""The sample company: made by the very use cases that people use, taken away as a whole."""
