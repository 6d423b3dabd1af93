"""How the code is written: small, documented, and everything where it belongs."""

import ast

from tests.house.tree import ROOT, functions, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 45


def test_every_module_says_what_it_owns():
    assert not [str(path) for path, tree in modules() if not ast.get_docstring(tree)]


def test_a_package_begins_with_words_and_holds_nothing_else():
    packages = [(path, tree) for path, tree in modules() if path.name == "__init__.py"]
    assert packages
    assert not [str(path) for path, tree in packages if len(tree.body) != 1]


def test_no_file_is_too_long():
    assert not [str(path) for path, _ in modules() if len((ROOT / path).read_text("utf-8").splitlines()) > LONGEST_FILE]


def test_no_function_is_too_long():
    long = [
        f"{path}: {function.name}"
        for path, tree in modules()
        for function in functions(tree)
        if function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_nothing_is_imported_inside_a_function():
    inside = [
        f"{path}: {function.name}"
        for path, tree in modules()
        for function in functions(tree)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert not inside


def test_only_the_transaction_commits():
    commits = {
        str(path)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert commits == {"app/store/transactions.py"}


def test_every_rule_of_law_names_its_source():
    silent = [
        f"{path}: {function.name}"
        for path, tree in modules()
        if path.parts[:2] == ("app", "law")
        for function in functions(tree)
        if not function.name.startswith("_") and "Source: " not in (ast.get_docstring(function) or "")
    ]
    assert not silent


def test_no_name_says_nothing():
    empty = ("Manager", "Helper", "Util", "Service", "Processor", "Handler", "Data", "Info")
    found = [
        f"{path}: {node.name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(empty)
    ]
    assert not found
