"""Every verb of the office as a pure function: what is known goes in, facts or a refusal come out."""
