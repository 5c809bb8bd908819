"""Derives the request methods of a Stainless-shaped Python package from its source: `derive_methods.py DIRECTORY CLASS`.

Prints JSON, `{"version": ..., "methods": {path: shape}}`. Nothing of the package is imported.
"""

import ast
import json
import re
import sys
from functools import cache
from pathlib import Path

VERBS = {"_get", "_post", "_put", "_patch", "_delete", "_get_api_list"}
CLIENT_VERBS = {"get", "post", "put", "patch", "delete", "get_api_list", "request"}
RESOURCES = {"SyncAPIResource", "AsyncAPIResource"}


class Found:
    """A class and the file that defines it."""

    def __init__(self, file, node):
        self.file = file
        self.node = node

    def bases(self):
        return [ast.unparse(base).split("[")[0] for base in self.node.bases]

    def functions(self):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        own = [child for child in self.node.body if isinstance(child, kinds) and not child.name.startswith("_")]
        return [function for function in own if "overload" not in decorators(function)]


@cache
def parse(file):
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file, root):
    """Imported name → the file it comes from and its name there. Imports inside functions count."""
    names = {}
    for node in ast.walk(parse(file)):
        if not isinstance(node, ast.ImportFrom):
            continue
        parts = node.module.split(".") if node.module else []
        if node.level:
            folder = file.parents[node.level - 1]
        elif parts[:1] == [root.name]:
            folder, parts = root, parts[1:]
        else:
            continue
        target = folder.joinpath(*parts)
        for alias in node.names:
            names[alias.asname or alias.name] = (target, alias.name)
    return names


def find(file, name, root):
    """The class that `name` means in `file`."""
    for node in parse(file).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return Found(file, node)
    target, original = imports(file, root).get(name, (None, None))
    if target is None:
        return None
    for candidate in (target.with_suffix(".py"), target / "__init__.py"):
        if candidate.exists():
            found = find(candidate, original, root)
            if found:
                return found
    return None


def decorators(function):
    return [ast.unparse(decorator).split("(")[0].split(".")[-1] for decorator in function.decorator_list]


def child_class(function, found, root):
    """The resource that a property gives: `@cached_property def chat(self) -> Chat`, or in 1.0 `chat: resources.Chat`."""
    if function.returns is None or not {"cached_property", "property"} & set(decorators(function)):
        return None
    child = find(found.file, ast.unparse(function.returns).strip("'\""), root)
    return child if child and RESOURCES & set(child.bases()) else None


def annotated_children(found, root):
    """Resources that a class declares as annotations of its body: `chat: resources.Chat`."""
    for node in found.node.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        name = ast.unparse(node.annotation).split(".")[-1]
        child = find(found.file, name, root) or find(root / "resources" / "__init__.py", name, root)
        if child and RESOURCES & set(child.bases()):
            yield node.target.id, child


def uses(function, receiver):
    """What a body touches of its resource: private verbs, public methods, and functions that it hands the resource to."""
    verbs, calls, delegates = set(), set(), set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id == receiver:
                (verbs if node.attr in VERBS else calls).add(node.attr)
            elif re.match(rf"{receiver}\._client\.\w+\.\w+$", ast.unparse(node)):
                calls.add("a resource of the client")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if any(isinstance(arg, ast.Name) and arg.id == receiver for arg in node.args):
                delegates.add(node.func.id)
    return verbs, calls, delegates


def function_named(file, name, root):
    """The module-level function that `name` means in `file`, and its file."""
    for node in parse(file).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
            return file, node
    target, original = imports(file, root).get(name, (None, None))
    for candidate in (target.with_suffix(".py"), target / "__init__.py") if target else ():
        if candidate.exists():
            return function_named(candidate, original, root)
    return None


def shape(function, receiver, file, resource, root, depth=0):
    """The shape of a method of `resource`, or None where it sends nothing over HTTP.

    `function` is the method, or what it hands the resource to under the name `receiver`; `file` defines it.
    """
    verbs, calls, delegates = uses(function, receiver)
    returns = ast.unparse(function.returns) if function.returns else ""
    # The managers of WebSocket connections end so too: a connection has no 429 of this kind.
    if "ConnectionManager" in returns:
        return None
    if "StreamManager" in returns:
        return "stream"
    if "_get_api_list" in verbs:
        return "paginated"
    if verbs:
        return "single"
    if re.match(r"\w+Stream\b", returns):
        return "stream"
    # It sends as many requests as its tools ask for.
    if re.match(r"\w+Runner\b", returns):
        return "helper"
    if depth > 3:
        return None
    # Several requests, or one behind a helper of the library: `with_raw_response.retrieve`, `_client.files.create`.
    if {"with_raw_response", "a resource of the client"} & calls:
        return "helper"
    for sibling in resource.functions():
        if sibling.name in calls - {function.name} and shape(sibling, "self", resource.file, resource, root, depth + 1):
            return "helper"
    for name in delegates:
        home, delegate = function_named(file, name, root) or (None, None)
        if delegate and delegate.args.args:
            form = shape(delegate, delegate.args.args[0].arg, home, resource, root, depth + 1)
            if form:
                return form
    return None


def walk(found, root, path, methods):
    children = list(annotated_children(found, root))
    for function in found.functions():
        child = child_class(function, found, root)
        if child:
            children.append((function.name, child))
            continue
        form = shape(function, "self", found.file, found, root)
        if form:
            methods[".".join([*path, function.name])] = form
    for name, child in children:
        walk(child, root, [*path, name], methods)


def client_verbs(root):
    """The verbs that the client has of its base class."""
    client = find(root / "_base_client.py", "SyncAPIClient", root)
    names = {function.name for function in client.functions()} & CLIENT_VERBS
    return {name: "paginated" if name == "get_api_list" else "single" for name in names}


def version(root):
    for node in parse(root / "_version.py").body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and "__version__" in ast.unparse(node):
            return node.value.value
    raise SystemExit(f"{root} has no version")


def main():
    root = Path(sys.argv[1])
    client = find(root / "_client.py", sys.argv[2], root)
    methods = client_verbs(root)
    walk(client, root, [], methods)
    print(json.dumps({"version": version(root), "methods": dict(sorted(methods.items()))}))


main()
