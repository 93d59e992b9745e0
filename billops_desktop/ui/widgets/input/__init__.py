"""Fields that people type into."""
