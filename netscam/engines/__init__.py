"""2b: TABLES that outgrow memory or one machine: DuckDB and Spark reduce them to what igraph then analyses."""
