"""The Hugging Face hub: how it is asked, what is wrong with it, and what of it is here."""
