"""ШНОР-Десктоп: support of schools with low results, from diagnosis to a signed programme."""
