"""graphkit: a supply-chain knowledge graph; ask who is exposed to what, through which links, says who."""
