"""Forum mode: how an item that is agenda only is run. A reminder first, an objection stops it, it ends in time."""
