"""Reads the placeholders of a template without filling them in: every name must be one that the program gives.

What the program gives is a `Value`; its fields are the names, and the fields of what they hold the names behind a dot.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, get_args, get_origin

from jinja2 import Environment, TemplateSyntaxError, nodes

from plan.model import Value

Shape = Any  # a type as it stands in a field: a Value, a tuple of one, a text, a number
ANYTHING: Shape = object
IN_A_LOOP: Mapping[str, Shape] = {"loop": ANYTHING}


@dataclass(frozen=True)
class Wrong:
    """A fault of a template's tags: `line` counts from 1, `name` is what is not known, else empty."""

    line: int
    what: str
    do: str
    name: str = ""


def wrong(source: str, given: type[Value], environment: Environment) -> Iterator[Wrong]:
    """Every fault of a Jinja source that is filled from `given`; where its tags cannot be read, that alone."""
    try:
        tree = environment.parse(source)
        environment.compile(tree)
    except TemplateSyntaxError as error:
        yield Wrong(error.lineno, f"a tag cannot be read ({error.message})", "Correct the tag, or close the block.")
        return
    yield from _in(tree.body, _fields(given))


def names(given: type[Value], prefix: str = "") -> Iterator[tuple[str, Shape, str]]:
    """Every placeholder that a `Value` gives, with its type and description; what a list holds stands behind []."""
    for name, field in given.model_fields.items():
        shape = _meant(field.annotation)
        inner = _element(shape)
        yield f"{prefix}{name}", shape, field.description or ""
        deeper, mark = (shape, "") if inner is ANYTHING else (inner, "[]")
        if _is_value(deeper):
            yield from names(deeper, f"{prefix}{name}{mark}.")


def _in(body: Sequence[nodes.Node], known: Mapping[str, Shape]) -> Iterator[Wrong]:
    known = dict(known)
    for node in body:
        if isinstance(node, nodes.For):
            yield from _in([node.iter], known)
            inside = {**known, **IN_A_LOOP, **_targets(node.target, _element(_shape(node.iter, known)))}
            yield from _in([*node.body, *([node.test] if node.test else [])], inside)
            yield from _in(node.else_, known)
        elif isinstance(node, nodes.Assign):
            yield from _in([node.node], known)
            known |= _targets(node.target, _shape(node.node, known))
        elif isinstance(node, nodes.Getattr | nodes.Name):
            yield from _unknown(node, known)
        else:
            yield from _in(list(node.iter_child_nodes()), known)


def _unknown(node: nodes.Getattr | nodes.Name, known: Mapping[str, Shape]) -> Iterator[Wrong]:
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in known:
            yield _name(node, node.name, known)
        return
    before = list(_in([node.node], known))
    yield from before
    shape = _shape(node.node, known)
    if before or shape is ANYTHING:
        return
    if not _is_value(shape) or node.attr not in shape.model_fields:
        yield _name(node, _written(node), _fields(shape) if _is_value(shape) else {})


def _name(node: nodes.Node, name: str, known: Mapping[str, Shape]) -> Wrong:
    there = ", ".join(sorted(each for each in known if each != "loop"))
    do = f"Write one of: {there}." if there else "Nothing stands behind a dot here; leave it out."
    return Wrong(node.lineno, f"the name «{name}» is not known", do, name)


def _shape(node: nodes.Node, known: Mapping[str, Shape]) -> Shape:
    """What an expression gives, as far as it can be told; ANYTHING for a filter and whatever is not told."""
    if isinstance(node, nodes.Name):
        return known.get(node.name, ANYTHING)
    if isinstance(node, nodes.Getattr):
        shape = _shape(node.node, known)
        return _fields(shape).get(node.attr, ANYTHING) if _is_value(shape) else ANYTHING
    return ANYTHING


def _targets(target: nodes.Node, shape: Shape) -> dict[str, Shape]:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: ANYTHING for name in target.find_all(nodes.Name)}


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _fields(given: Any) -> dict[str, Shape]:
    return {name: _meant(field.annotation) for name, field in given.model_fields.items()}


def _meant(annotation: Any) -> Shape:
    """The type of a field that may also be None."""
    if isinstance(annotation, UnionType):
        return next(each for each in get_args(annotation) if each is not type(None))
    return annotation


def _element(shape: Shape) -> Shape:
    return get_args(shape)[0] if str(get_origin(shape)) == str(tuple) else ANYTHING


def _is_value(shape: Shape) -> bool:
    return isinstance(shape, type) and issubclass(shape, Value)
