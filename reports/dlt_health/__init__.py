"""How well an account's registries fit what is really sent: past messages beside the records."""
