"""python -m playground: the playground alone, for developing any bot against it."""

import argparse
from pathlib import Path

from playground import NotSaved, Playground, StoreDamaged
from playground.stopping import run_loop, signalled


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--store", type=Path, help="a folder in which everything is saved")
    return parser.parse_args()


async def _serve(port: int, store: Path | None) -> None:
    stop = signalled()
    async with Playground(port=port, store=store) as playground:
        print(f"open   {playground.url.replace('127.0.0.1', 'localhost')}")
        print(f"API    {playground.url}")
        print(f"token  {playground.token}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    arguments = _arguments()
    try:
        run_loop(_serve(arguments.port, arguments.store))
    except NotSaved as error:
        raise SystemExit(f"The playground can't write to {arguments.store}: {error}") from None
    except StoreDamaged as error:
        raise SystemExit(f"{error}. Move it away, and the playground starts afresh.") from None
    except OSError as error:
        raise SystemExit(
            f"The playground can't listen on port {arguments.port}: {error.strerror}"
        ) from None
