# What a type checker sees: the same names as __init__.py loads on first use.
from netscam.analysis.centrality import (
    Ranking as Ranking,
)
from netscam.analysis.centrality import (
    centrality as centrality,
)
from netscam.analysis.centrality import (
    find_articulation_points as find_articulation_points,
)
from netscam.analysis.centrality import (
    find_bridges as find_bridges,
)
from netscam.analysis.communities import (
    Partition as Partition,
)
from netscam.analysis.communities import (
    community_significance as community_significance,
)
from netscam.analysis.communities import (
    find_communities as find_communities,
)
from netscam.analysis.communities import (
    second_opinion as second_opinion,
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
    RobustSet as RobustSet,
)
from netscam.analysis.keynodes import (
    curve_bound as curve_bound,
)
from netscam.analysis.keynodes import (
    expected_fragmentation as expected_fragmentation,
)
from netscam.analysis.keynodes import (
    key_nodes as key_nodes,
)
from netscam.analysis.keynodes import (
    pareto as pareto,
)
from netscam.analysis.keynodes import (
    read_edgelist as read_edgelist,
)
from netscam.analysis.keynodes import (
    robust_set as robust_set,
)
from netscam.analysis.keynodes import (
    verify as verify,
)
from netscam.analysis.mixing import (
    assortativity as assortativity,
)
from netscam.analysis.mixing import (
    expected_mixing as expected_mixing,
)
from netscam.analysis.ownership.cascade import fifty_percent_rule as fifty_percent_rule
from netscam.analysis.ownership.holdings import read_holdings as read_holdings
from netscam.analysis.ownership.shells import shell_signals as shell_signals
from netscam.analysis.ownership.stakes import (
    indirect_stakes as indirect_stakes,
)
from netscam.analysis.ownership.stakes import (
    ultimate_owners as ultimate_owners,
)
from netscam.analysis.paths import find_paths as find_paths
from netscam.analysis.recovery import (
    Recovery as Recovery,
)
from netscam.analysis.recovery import (
    recovery as recovery,
)
from netscam.analysis.summary import summary as summary
from netscam.analysis.uncertainty import (
    Uncertainty as Uncertainty,
)
from netscam.analysis.uncertainty import (
    find_boundary as find_boundary,
)
from netscam.analysis.uncertainty import (
    missing_ties as missing_ties,
)
from netscam.analysis.uncertainty import (
    robust_key_nodes as robust_key_nodes,
)
from netscam.analysis.uncertainty import (
    uncertainty as uncertainty,
)
from netscam.analysis.uncertainty import (
    verify_next as verify_next,
)
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
from netscam.data.generate_calibrated import generate_calibrated as generate_calibrated
from netscam.data.importers.registry import import_files as import_files
from netscam.data.prior_file import read_prior as read_prior
from netscam.data.resolve.enrich import enrich as enrich
from netscam.data.resolve.merge import merge as merge
from netscam.data.resolve.pairs import find_duplicates as find_duplicates
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
from netscam.graph.load import (
    read_graph as read_graph,
)
from netscam.graph.project import project as project
from netscam.graph.sample import edge_sampler as edge_sampler
from netscam.graph.ties import (
    tie_arrays as tie_arrays,
)
from netscam.graph.weak import (
    weak_vertices as weak_vertices,
)
from netscam.graph.weak import (
    without_weak_edges as without_weak_edges,
)
from netscam.output.exporters import export as export
from netscam.output.figures import write_figures as write_figures
from netscam.output.history.backtest import (
    Judging as Judging,
)
from netscam.output.history.backtest import (
    backtest as backtest,
)
from netscam.output.history.backtest_result import (
    Backtest as Backtest,
)
from netscam.output.history.difference import (
    Difference as Difference,
)
from netscam.output.history.difference import (
    difference as difference,
)
from netscam.output.history.exodus import (
    Exodus as Exodus,
)
from netscam.output.history.exodus import (
    exodus as exodus,
)
from netscam.output.history.timeline import (
    Timeline as Timeline,
)
from netscam.output.history.timeline import (
    timeline as timeline,
)
from netscam.output.page import (
    show_page as show_page,
)
from netscam.output.page import (
    write_page as write_page,
)
from netscam.output.report import (
    write_report as write_report,
)
from netscam.schema import load_schema as load_schema

__version__: str
__all__: list[str]
