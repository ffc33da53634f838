"""Starts the runner from its byte code, which Python keeps for imported modules only."""

import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, folder)
import runner

sys.path.remove(folder)
runner.main()
