"""Series: on which days a circle meets, and the dates drafted from that."""
