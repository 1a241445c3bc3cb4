"""Pages of the school's desk, used as a person uses them."""
