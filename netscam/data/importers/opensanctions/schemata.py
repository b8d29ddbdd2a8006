"""How the schemata of FollowTheMoney (4.x, and those of earlier years) are read."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

# Type of entity for a schema that is a thing. Whatever is not listed and no link is an organization, and is counted.
TYPES = MappingProxyType(
    {
        "Person": "person",
        "Company": "company",
        "Organization": "organization",
        "LegalEntity": "organization",
        "PublicBody": "authority",
        "Address": "address",
        "RealEstate": "address",
        "CryptoWallet": "wallet",
        "Territory": "place",
        "UserAccount": "organization",
        "BankAccount": "organization",
        "Vessel": "organization",
        "Airplane": "organization",
        "Vehicle": "organization",
        "Asset": "organization",
        "Security": "organization",
        "Contract": "organization",
        "License": "organization",
        "Project": "organization",
        "Position": "organization",
        "CallForTenders": "organization",
        "CourtCase": "organization",
        "Event": "organization",
        "Trip": "organization",
    }
)
# Things that are no body of people: kept, since links hang on them, with their schema in the description.
NOT_BODIES = frozenset(("Vessel", "Airplane", "Vehicle", "Asset", "Security", "BankAccount", "UserAccount"))
# Papers and web pages: they are sources, not nodes.
PAPERS = frozenset(
    (
        "Document",
        "Article",
        "Audio",
        "Email",
        "Folder",
        "HyperText",
        "Image",
        "Message",
        "Package",
        "Page",
        "Pages",
        "PlainText",
        "Table",
        "Video",
        "Workbook",
        "Mention",
        "Note",
    )
)


@dataclass(frozen=True)
class Link:
    """A schema that joins entities: the properties with its ends and the kind of relation it becomes."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    relation: str
    status: str = "recorded"
    turned: bool = False


LINKS = MappingProxyType(
    {
        "Ownership": Link(("owner",), ("asset",), "owns"),
        "Control": Link(("controller",), ("controlled",), "controls"),
        "Directorship": Link(("director",), ("organization",), "directs"),
        "Membership": Link(("member",), ("organization",), "member_of"),
        "Employment": Link(("employee",), ("employer",), "member_of"),
        "Occupancy": Link(("holder",), ("post",), "member_of"),
        "Family": Link(("person",), ("relative",), "family_of", "reported"),
        "Associate": Link(("person",), ("associate",), "associate_of", "reported"),
        "Representation": Link(("agent",), ("client",), "provides_services_to"),
        "UnknownLink": Link(("subject",), ("object",), "linked_to", "reported"),
        "Payment": Link(("payer",), ("beneficiary",), "finances"),
        "Debt": Link(("creditor",), ("debtor",), "finances"),
        "Succession": Link(("successor",), ("predecessor",), "successor_of"),
        "ContractAward": Link(("supplier",), ("contract", "callForTenders"), "linked_to"),
        "CourtCaseParty": Link(("party",), ("case",), "linked_to", "reported"),
        "ProjectParticipant": Link(("participant",), ("project",), "member_of"),
        "Similar": Link(("candidate",), ("match",), "same_as", "reported"),
        "Call": Link(("caller",), ("receiver",), "linked_to", "reported"),
        "EconomicActivity": Link(("sender", "declarant"), ("receiver",), "linked_to"),
    }
)
# Properties of things that point at other things: kind, and whether the thing itself is the target.
POINTERS = MappingProxyType(
    {
        "addressEntity": ("registered_at", False),
        "parent": ("owns", True),
        "subsidiaries": ("owns", False),
        "holder": ("holds_account", True),
        "cryptoWallets": ("holds_account", False),
        "issuer": ("linked_to", False),
        "bank": ("holds_account", False),
        "owner": ("owns", True),
        "operator": ("operates", True),
        "organizer": ("linked_to", True),
        "involved": ("linked_to", True),
        "partOf": ("located_in", False),
        "organization": ("linked_to", False),
        "authority": ("linked_to", True),
        "tenderers": ("linked_to", True),
    }
)
IDENTIFIERS = MappingProxyType(
    {
        "wikidataId": "wikidata",
        "registrationNumber": "registration",
        "taxNumber": "tax",
        "idNumber": "id-number",
        "passportNumber": "passport",
        "socialSecurityNumber": "ssn",
        "innCode": "inn",
        "ogrnCode": "ogrn",
        "kppCode": "kpp",
        "okpoCode": "okpo",
        "leiCode": "lei",
        "swiftBic": "swift",
        "dunsCode": "duns",
        "vatCode": "vat",
        "imoNumber": "imo",
        "mmsi": "mmsi",
        "callSign": "call-sign",
        "icijId": "icij",
        "opencorporatesUrl": "opencorporates",
        "cageCode": "cage",
        "uniqueEntityId": "uei",
        "npiCode": "npi",
        "permId": "permid",
        "isin": "isin",
        "isinCode": "isin",
        "uscCode": "uscc",
        "bikCode": "bik",
        "iban": "iban",
        "accountNumber": "account",
        "unscId": "unsc",
        "email": "email",
        "phone": "phone",
        "website": "website",
        "bvdId": "bvd",
    }
)
NAMES = ("alias", "weakAlias", "previousName", "abbreviation", "birthName", "fullName", "aliases")
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag")
FACTS = (
    "position",
    "birthDate",
    "deathDate",
    "birthPlace",
    "legalForm",
    "incorporationDate",
    "dissolutionDate",
    "program",
    *("status", "type", "title", "description", "notes", "summary", "topics", "model", "buildDate", "keywords"),
)
