"""Two workers with four threads each; WEB_CONCURRENCY changes the first."""

import os

bind = "0.0.0.0:8080"
worker_class = "gthread"
threads = 4
# Longer than the mesh lets a request take, so that gunicorn never cuts one off that still counts.
timeout = 10
graceful_timeout = 20
keepalive = 75
worker_tmp_dir = "/dev/shm"
accesslog = "-"


def on_starting(server):
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if directory:
        os.makedirs(directory, exist_ok=True)


def when_ready(server):
    """Serves the metrics of all workers from the parent, apart from users' traffic."""
    from prometheus_client import CollectorRegistry, multiprocess, start_http_server

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    start_http_server(9090, registry=registry)


def child_exit(server, worker):
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
