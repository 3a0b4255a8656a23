"""What search engines, and the cards of shared links, are told of a public gathering; of any other, nothing."""
