"""The permanent codes on paper: what they are, what they stood for, and where they lead.

Takes the register and a Catalogue; gives where each code stands, what changed since it was printed, and what to write.
Never writes a file itself, and never forgets a code. Door: `standing`, `releases`, `recall`, `register`.
"""
