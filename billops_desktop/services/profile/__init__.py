"""What a profile is set up with: company, taxes, series, preferences, sample."""
