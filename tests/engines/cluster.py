"""A real Spark on loopback: a standalone master, two workers and a Connect server, all started here and ended here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 120
LIGHT = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m"}
"""Nine Javas that run for a minute each: compile quickly, not well."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """Processes of one cluster; ``kill_worker`` ends one of the two for good."""

    home: Path
    folder: Path
    master: str = ""
    connect: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        port, connect = free_port(), free_port()
        self.master, self.connect = f"spark://127.0.0.1:{port}", f"sc://127.0.0.1:{connect}"
        deploy = "org.apache.spark.deploy"
        own = ["--host", "127.0.0.1", "--webui-port", "0"]
        self.others.append(self._run("master", f"{deploy}.master.Master", *own, "--port", str(port)))
        self._wait("master", "I have been elected leader")
        for number in (1, 2):
            args = ["-c", "2", "-m", "2g", "-d", str(self.folder / f"worker{number}"), *own, self.master]
            self.workers.append(self._run(f"worker{number}", f"{deploy}.worker.Worker", *args))
        for number in (1, 2):
            self._wait(f"worker{number}", "Successfully registered with master")
        settings = {
            "spark.connect.grpc.binding.port": str(connect),
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.cores.max": "2",
            "spark.executor.memory": "512m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.codegen.wholeStage": "false",
        }
        given = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        self.others.append(
            self._run(
                "connect", f"{deploy}.SparkSubmit", "--class", server, "--master", self.master, *given, "spark-internal"
            )
        )

    def wait_for_connect(self) -> str:
        self._wait("connect", "Spark Connect server started at")
        return self.connect

    def kill_worker(self) -> None:
        """Kill one worker and its executors, as a machine that loses power would go."""
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for process in [*self.others[::-1], *self.workers]:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{name}.log").open("wb")
        environment = {**os.environ, **LIGHT, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(self.home)}
        with log:
            return subprocess.Popen(
                [str(self.home / "bin" / "spark-class"), *command],
                stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=self.folder, start_new_session=True,
            )  # fmt: skip

    def _wait(self, name: str, words: str) -> None:
        path, until = self.folder / f"{name}.log", time.monotonic() + PATIENCE
        while words not in path.read_text(encoding="utf-8", errors="replace"):
            if time.monotonic() > until:
                raise TimeoutError(f"{name} did not say {words!r}:\n{path.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.2)
