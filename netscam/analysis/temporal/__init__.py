"""Networks over time: communities that keep their number, rankings judged by what came later, parts that vanish."""
