"""What is shown while no store is open: begin a school, open one, try a demo; what is wrong with a store."""
