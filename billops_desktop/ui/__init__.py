"""The window, the tray and the threads: the only home of PySide6."""

from billops_desktop.ui.starting.lean_imports import stop_reading_sources

# Before any other module of the window is imported: each one would be read otherwise.
stop_reading_sources()
