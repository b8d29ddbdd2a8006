"""FollowTheMoney entities and the simplified tables that OpenSanctions publishes."""

from netscam.data.importers.opensanctions.load import opensanctions

__all__ = ["opensanctions"]
