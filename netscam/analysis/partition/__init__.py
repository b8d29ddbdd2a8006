"""Parts of community detection: methods, the ensemble over seeds, the result, the comparison with chance."""
