"""Join and resolve: names, blocks, scores, decisions of people, merging, enrichment."""
