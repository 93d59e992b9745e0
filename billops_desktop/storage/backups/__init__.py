"""Copies of the profile: made, proven, thinned out, put back."""
