"""The editions lint: faults that EPUBCheck, Ace and the Open XML validator do not see, and proof that it sees them."""
