"""The room's doors: joining, the phone, the projector, the run screen, and the stream they all follow."""
