"""Coming: who may take a seat, who waits for one, who is new, and who meets them."""
