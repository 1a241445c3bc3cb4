"""The desk of a methodist or curator: schools, review, lesson visits, exchange."""
