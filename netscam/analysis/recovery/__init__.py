"""Recovery: removal is not the end. What is left after the network has reacted, under stated models of reaction."""

from netscam.analysis.recovery.api import recovery
from netscam.analysis.recovery.compare import ANY, Comparison, comparable, compare
from netscam.analysis.recovery.files import read_attributes, read_targets
from netscam.analysis.recovery.models import MODELS
from netscam.analysis.recovery.reading import model_label, strategy_label
from netscam.analysis.recovery.result import Recovery
from netscam.analysis.recovery.roles import ROLES, Traits
from netscam.analysis.recovery.settings import SETTINGS
from netscam.analysis.recovery.simulate import METRICS
from netscam.analysis.recovery.situation import Situation, situation
from netscam.analysis.recovery.strategies import STRATEGIES
from netscam.analysis.recovery.sweep import VARIED, sweep

__all__ = [
    "ANY",
    "METRICS",
    "MODELS",
    "ROLES",
    "SETTINGS",
    "STRATEGIES",
    "VARIED",
    "Comparison",
    "Recovery",
    "Situation",
    "Traits",
    "comparable",
    "compare",
    "model_label",
    "read_attributes",
    "read_targets",
    "recovery",
    "situation",
    "strategy_label",
    "sweep",
]
