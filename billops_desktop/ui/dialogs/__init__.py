"""Dialogs: the few steps that need a question before they happen."""
