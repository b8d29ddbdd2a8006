# What a type checker sees: the same names as __init__.py loads on first use.
from netscam.analysis.centrality import (
    Ranking as Ranking,
)
from netscam.analysis.centrality import (
    centrality as centrality,
)
from netscam.analysis.communities import (
    Partition as Partition,
)
from netscam.analysis.communities import (
    find_communities as find_communities,
)
from netscam.analysis.dismantle import (
    Dismantling as Dismantling,
)
from netscam.analysis.dismantle import (
    dismantle as dismantle,
)
from netscam.analysis.keynodes import (
    KeyNodes as KeyNodes,
)
from netscam.analysis.keynodes import (
    key_nodes as key_nodes,
)
from netscam.analysis.paths import find_paths as find_paths
from netscam.analysis.summary import summary as summary
from netscam.data.dataset import (
    Dataset as Dataset,
)
from netscam.data.dataset import (
    check_dataset as check_dataset,
)
from netscam.data.dataset import (
    find_dataset as find_dataset,
)
from netscam.data.dataset import (
    list_datasets as list_datasets,
)
from netscam.data.dataset import (
    read_dataset as read_dataset,
)
from netscam.data.dataset import (
    write_dataset as write_dataset,
)
from netscam.data.evidence import relation_probabilities as relation_probabilities
from netscam.data.generate import generate as generate
from netscam.data.select import select as select
from netscam.errors import (
    DataError as DataError,
)
from netscam.errors import (
    GraphError as GraphError,
)
from netscam.errors import (
    NetscamError as NetscamError,
)
from netscam.errors import (
    OutputError as OutputError,
)
from netscam.errors import (
    Problem as Problem,
)
from netscam.graph.build import to_igraph as to_igraph
from netscam.graph.evidence_graph import (
    from_networkx as from_networkx,
)
from netscam.graph.evidence_graph import (
    to_networkx as to_networkx,
)
from netscam.graph.project import project as project
from netscam.output.exporters import export as export
from netscam.output.figures import write_figures as write_figures
from netscam.output.page import write_page as write_page
from netscam.schema import load_schema as load_schema

__version__: str
__all__: list[str]
