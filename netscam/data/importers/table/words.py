"""Names of columns and words of tables in common use."""

from __future__ import annotations

from types import MappingProxyType

COLUMNS = MappingProxyType(
    {
        "id": ("id", "node_id", "ent_num", "uid", "entity_id", "nodeid", "key", "code", "number"),
        "name": ("name", "label", "full_name", "fullname", "caption", "entity", "entity_name", "title", "company"),
        "type": ("type", "category", "kind", "schema", "sdn_type", "entity_type", "node_type", "labels", "class"),
        "aliases": ("aliases", "alias", "aka", "also_known_as", "other_names", "former_name"),
        "countries": ("countries", "country", "country_codes", "nationality", "jurisdiction", "country_code"),
        "status": ("legal_status",),
        "latitude": ("latitude", "lat", "y"),
        "longitude": ("longitude", "lon", "lng", "long", "x"),
        "coordinate_precision": ("coordinate_precision", "precision"),
        "address": ("address", "registered_address", "addresses", "street_address"),
        "description": ("description", "note", "notes", "remarks", "comment", "summary", "details"),
    }
)
LINKS = MappingProxyType(
    {
        "source": ("source", "source_id", "from", "from_id", "start_id", "node_1", "node_id_start", "ego", "owner"),
        "target": ("target", "target_id", "to", "to_id", "end_id", "node_2", "node_id_end", "alter", "owned"),
        "source_name": ("source_name", "from_name", "source_label"),
        "target_name": ("target_name", "to_name", "target_label"),
        "source_type": ("source_type", "from_type"),
        "target_type": ("target_type", "to_type"),
        "relation": ("relation", "rel_type", "type", "relationship", "link", "label", "edge_type", "kind"),
        "start": ("start", "start_date", "date_start", "from_date", "since"),
        "end": ("end", "end_date", "date_end", "to_date", "until"),
        "share": (
            *("share", "percentage", "percent", "stake", "shares", "ownership", "shareholding"),
            *("share_percent", "share_percentage", "ownership_percentage", "ownership_percent"),
        ),
        "share_min": ("share_min", "share_minimum", "min_share", "minimum_share", "percentage_min", "ownership_min"),
        "share_max": ("share_max", "share_maximum", "max_share", "maximum_share", "percentage_max", "ownership_max"),
        "document": ("document", "reference", "source_url", "url", "citation"),
        "description": ("description", "note", "notes", "comment", "details"),
    }
)
# Columns that name two ends by what they are to each other: words for the source, for the target, the relation, and the
# types of both ends. The first pair of which a table has both decides.
_BODY = ("company", "company_name", "entity", "entity_name", "subsidiary", "owned", "issuer", "asset", "name")
ROLES = (
    (
        ("owner", "owner_name", "shareholder", "shareholder_name", "beneficial_owner", "parent", "parent_company"),
        _BODY,
        ("owns", "organization", "company"),
    ),
    (("director", "director_name", "officer", "officer_name"), _BODY, ("directs", "person", "company")),
    (
        ("payer", "sender", "sender_name", "donor", "lender"),
        ("payee", "beneficiary", "receiver", "recipient", "borrower"),
        ("finances", "organization", "organization"),
    ),
    (
        ("member", "member_name", "employee"),
        ("organization", "organisation", "group", "employer", *_BODY),
        ("member_of", "person", "organization"),
    ),
)
# The first pattern found in a word, in lower case with _ between its parts, decides.
TYPE_WORDS = MappingProxyType(
    {
        "address": r"address",
        "wallet": r"wallet|crypto|currency_address",
        "official": r"official|politic|minister|pep",
        "person": r"person|individual|people|human|man\b|officer",
        "company": r"compan|corporat|business|firm|entity|bank|client|intermediar",
        "authority": r"authority|agency|government|ministry|court|public_body",
        "place": r"place|city|country|location|province|region|town",
        "marketplace": r"market",
        "compound": r"compound",
        "organization": r"org|group|gang|network|vessel|aircraft|program",
    }
)
RELATION_WORDS = MappingProxyType(
    {
        "registered_at": r"address|registered_at",
        "located_in": r"located|in_country|in_city|based_in",
        "same_as": r"alias|same",
        "sanctioned_by": r"sanction|listed_by",
        "owns": r"own|sharehold|stake|parent",
        "directs": r"direct|chair|president|head|officer|ceo",
        "family_of": r"famil|spouse|wife|husband|son|daughter|brother|sister|relative|kin",
        "member_of": r"member|part_of|employ|belongs",
        "controls": r"control",
        "operates": r"operat|runs|manage",
        "founded": r"found",
        "finances": r"financ|pay|fund|transfer|money",
        "launders_for": r"launder",
        "recruits_for": r"recruit",
        "provides_services_to": r"suppl|service|agent",
        "partner_of": r"partner|joint",
        "associate_of": r"associat|friend|knows|contact",
        "holds_account": r"wallet|account",
    }
)
