"""The parts of the Clients and Projects pages: the list, the page of one record, its rates."""
