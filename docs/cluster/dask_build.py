"""Builds the data of a large archive in parts on a Dask cluster, and joins them.

    python dask_build.py --stories my-stories --out site-data --parts 8            local workers
    python dask_build.py ... --scheduler tcp://scheduler:8786                      a cluster that is there

Each part is one task: `story-home build --part I/N` into a folder of its own, renamed when it is whole. A task whose worker dies
runs again on another; what it had begun is thrown away. `--kill-one` ends a worker half-way, to see just that. The parts' folder
and the stories must be reachable by every worker (one machine, or a shared file system). Needs `pip install dask distributed`.
"""

import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from distributed import Client, LocalCluster, as_completed, get_worker


def build_part(program, stories, folder, part, parts):
    """Builds one part. Running it again is harmless: the folder appears whole or not at all."""
    target = pathlib.Path(folder) / f"part-{part}"
    if not target.exists():
        begun = pathlib.Path(tempfile.mkdtemp(prefix=f"begun-{part}-", dir=folder))
        command = [program, "build", "--stories", stories, "--part", f"{part}/{parts}", "--out", str(begun / "data")]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"part {part}/{parts}: {done.stderr.strip()[-2000:]}")
        try:
            (begun / "data").rename(target)
        except OSError:
            # Another worker that was thought dead has been quicker; its part has the same bytes.
            if not target.exists():
                raise
        shutil.rmtree(begun, ignore_errors=True)
    return part, get_worker().name, str(target)


def kill_one_busy(client):
    """Ends a local worker that has a part in hand, with no chance to clean up. Says which."""
    while True:
        for address, tasks in client.processing().items():
            if tasks:
                pid = client.run(os.getpid, workers=[address], nanny=False)[address]
                os.kill(pid, signal.SIGKILL)
                return f"worker {address} (process {pid}) with {len(tasks)} task(s) in hand"
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="story-home", help="path of story-home")
    parser.add_argument("--stories", required=True, help="folder of Markdown files")
    parser.add_argument("--parts", type=int, default=8, help="how many parts")
    parser.add_argument("--folder", default="parts", help="where parts are built")
    parser.add_argument("--out", default="site-data", help="folder for the joined data")
    parser.add_argument("--workers", type=int, default=2, help="local workers")
    parser.add_argument("--scheduler", help="address of a cluster, instead of local workers")
    parser.add_argument("--kill-one", action="store_true", help="end a local worker half-way")
    options = parser.parse_args()

    folder = pathlib.Path(options.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    stories = str(pathlib.Path(options.stories).resolve())
    place = options.scheduler or LocalCluster(n_workers=options.workers, threads_per_worker=1, dashboard_address=None)
    begun = time.monotonic()
    with Client(place) as client:
        futures = [
            client.submit(build_part, options.program, stories, str(folder), part, options.parts, pure=False, retries=3)
            for part in range(1, options.parts + 1)
        ]
        folders = []
        for n_done, future in enumerate(as_completed(futures), 1):
            part, worker, target = future.result()
            folders.append(target)
            print(f"part {part} of {options.parts} by worker {worker}, {time.monotonic() - begun:.1f} s", flush=True)
            if options.kill_one and n_done == options.parts // 2:
                print(f"killed {kill_one_busy(client)}", flush=True)
    # Merging waits for all parts and checks that each is there once.
    subprocess.run([options.program, "merge", *sorted(folders), "--out", options.out], check=True)
    print(f"merged after {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main()
