"""pyvis as a template host: its bundled vis-network, our own template, script and style; nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from netscam.output.page.content import PageContent

if TYPE_CHECKING:
    from jinja2 import Environment

VIS = "lib/vis-9.1.2/vis-network.min.js"
"""Where the pinned pyvis keeps vis-network; a test guards the file's SHA-256."""
SCRIPTS = (
    "record.js",
    "words.js",
    "belief.js",
    "state.js",
    "dom.js",
    "filtering.js",
    "scope.js",
    "shapes.js",
    "lines.js",
    "labels.js",
    "graph.js",
    "search.js",
    "legend.js",
    "dates.js",
    "statements.js",
    "evidence.js",
    "explore.js",
    "routes.js",
    "paths.js",
    "removal.js",
    "table.js",
    "exports.js",
    "picture.js",
    "keep.js",
    "keyboard.js",
    "frame.js",
    "main.js",
)
"""Our script files in the order of their imports."""
_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|class|async)\b)", re.MULTILINE)


def script() -> str:
    """Our script files as one: modules for the linters, one scope in the page."""
    folder = files("netscam.output.page") / "js"
    parts = []
    for name in SCRIPTS:
        text = (folder / name).read_text(encoding="utf-8")
        parts.append(f"// {name}\n" + _EXPORT.sub("", _IMPORT.sub("", text)))
    body = "\n".join(parts)
    if "</script" in body.lower():
        raise ValueError("a script file holds the text that ends a script element")
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader

    loaders = [PackageLoader("netscam.output.page", "."), PackageLoader("pyvis", "templates")]
    environment = Environment(loader=ChoiceLoader(loaders), autoescape=True)
    environment.policies["json.dumps_function"] = _dumps
    environment.policies["json.dumps_kwargs"] = {}
    return environment


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def render(content: PageContent) -> str:
    """HTML of the page.

    Scripts and style are allowed by their SHA-256 alone, so the policy refuses whatever else might get in.
    """
    from jinja2 import PackageLoader
    from markupsafe import Markup
    from pyvis.network import Network

    environment = _environment()
    source, _, _ = PackageLoader("pyvis", "templates").get_source(environment, VIS)
    vis = source.replace("\r\n", "\n")
    ours = script()
    style = (files("netscam.output.page") / "page.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(ours)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    # Markup only for our own files: everything from the dataset goes through autoescape or tojson.
    environment.globals["ns"] = {
        "title": content.title,
        "record": content.record,
        "start": "Key nodes" if content.record["sets"] else "Most tied",
        "policy": policy,
        "vis": Markup(vis),
        "script": Markup(ours),
        "style": Markup(style),
    }
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = content.nodes
    network.edges = content.edges
    network.templateEnv, network.path = environment, "page.html.j2"
    html: str = network.generate_html()
    return html
