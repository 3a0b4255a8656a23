"""Comments: what readers say under a story, who lets a guest's word through, and who is told."""
