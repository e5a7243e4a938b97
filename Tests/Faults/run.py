#!/usr/bin/env python3
"""Runs every verb that writes with every fault that a system can have. Linux with strace; standard library only.

usage: Tests/Faults/run.py [--quick] [WORD…]      only tests whose name holds one of the words

--quick takes the calls that touch a file, of the two verbs that write secrets; `make test-faults` takes all.
Needs a built binary: .build/debug/cfgkit, or the one that $CFGKIT names. Where it may mount (root, or a user
namespace), it does so in a mount namespace of its own, and leaves nothing behind.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Frameworks"))

from sentences import run  # noqa: E402

words = [word for word in sys.argv[1:] if word != "--quick"]
os.environ["CFGKIT_FAULTS"] = "quick" if "--quick" in sys.argv[1:] else "all"
sys.exit(run(HERE, words))
