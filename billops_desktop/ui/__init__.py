"""The window, the tray and the threads: the only home of PySide6."""
