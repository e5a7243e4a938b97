#!/usr/bin/env python3
"""Runs cfgkit with real frameworks and real readers of .env files. Standard library only.

usage: Tests/Frameworks/run.py [WORD…]      only tests whose name holds one of the words

Needs `Scripts/setup test` and a built binary: .build/debug/cfgkit, or the one that $CFGKIT names.
"""

import sys
from pathlib import Path

from sentences import run

sys.exit(run(Path(__file__).resolve().parent, sys.argv[1:]))
