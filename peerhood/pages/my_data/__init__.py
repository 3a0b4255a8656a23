"""My data: what is kept of me, who sees it, which mails I get; taking it along, and taking it away."""
