"""One module per revision; revision NNNN makes form 1.NNNN of a store (`storage.form`)."""
