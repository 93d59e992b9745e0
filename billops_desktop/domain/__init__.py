"""Pure rules of time and money: standard library only, every value immutable."""
