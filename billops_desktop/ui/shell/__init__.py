"""Parts of the window itself: sidebar, command palette, toast, undo, its remembered state."""
