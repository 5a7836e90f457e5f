"""The speed test, run in this process as its command line runs it."""

import runpy
import signal
import sys

import pytest


def run_speed_test(monkeypatch: pytest.MonkeyPatch, *options: object) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmark", *map(str, options)])
    on_term = signal.getsignal(signal.SIGTERM)
    try:
        runpy.run_module("generation.benchmark", run_name="__main__")
    finally:
        signal.signal(signal.SIGTERM, on_term)
