"""Compiled inner loops on CSR arrays; each module is imported only inside the functions that call it."""
