"""What happened: facts in a sealed chain, the book that sums to zero, and the views folded from them."""
