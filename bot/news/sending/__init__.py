"""From the queue to Discord: each post and digest once, at the pace that Discord takes."""
