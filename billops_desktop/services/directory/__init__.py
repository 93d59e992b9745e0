"""Whom and what we work for: clients, contacts, people, projects, tasks."""
