"""Small parts that pages are built of: labels, buttons, fields, chips, panels."""
