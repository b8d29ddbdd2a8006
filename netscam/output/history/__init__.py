"""Questions about time that need both the tables and the graphs: timeline, difference, backtest, exodus."""
