"""What is put on paper for a gathering: badges, cards for the tables, lists, and a letter."""
