"""Building blocks of pages that know no use case."""
