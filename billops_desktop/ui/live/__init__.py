"""What the whole window knows at this moment: the running timer, projects, badges."""
