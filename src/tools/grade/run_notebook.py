"""Runs the code cells of a notebook in a fresh kernel, within limits, and tells what they answered.

    python run_notebook.py <<< '{"cells": [...], "folder": ..., "env": {...}, "argv": [...], "limits": {...}}'

prints lines of JSON: {"answer": MARKUP} for an output that `answer()` made, {"cell": NUMBER, "status": ..., "text": ...} when a cell
has ended ("ok", "error", "abort", or "time" where it had to be interrupted), and last {"end": REASON}: "finished", or why no further
cell was run: "time", "memory", "output", "died", "unstarted".

Nothing that is printed here is a verdict: whoever asks compares the answers. The cells may do whatever this user may, so that a line
can also come from them; that is no more than an answer.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# tslab answers "abort" to every request within 200 ms after a cell that failed.
PAUSE = 0.3
# Seconds that an interrupted cell gets to end.
GRACE = 3
# Messages that are larger are counted and not read.
LARGEST = 2_000_000
MARK = "data-freelist-lab-answer="


def tell(**line):
    print(json.dumps(line), flush=True)


def prctl(option, value):
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def confine(file_bytes):
    """In the kernel's process, before it begins: it ends with this one, leaves no core, and writes no large file."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))


def processes():
    """Parent and resident bytes of every process, by its number."""
    table = {}
    if not LINUX:
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True).stdout
        for line in listed.splitlines():
            pid, parent, kilobytes = map(int, line.split())
            table[pid] = (parent, 1024 * kilobytes)
        return table
    page = os.sysconf("SC_PAGE_SIZE")
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                # The name of the program, in parentheses, may hold anything.
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        table[int(name)] = (int(fields[1]), page * int(fields[21]))
    return table


def descendants():
    """Every process that comes from this one, with its resident bytes; on Linux also those that left their parent."""
    table = processes()
    found, queue = {}, [os.getpid()]
    while queue:
        parent = queue.pop()
        for pid, (its, size) in table.items():
            if its == parent and pid not in found:
                found[pid] = size
                queue.append(pid)
    return found


def end_all(manager):
    """Kills the kernel with its process group, and whatever else it has started."""
    process = getattr(manager.provisioner, "process", None)
    if process is not None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            pass
    for _ in range(50):
        left = descendants()
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.02)


class Stop(Exception):
    """No further cell can be run."""


class Run:
    def __init__(self, manager, client, limits):
        self.manager, self.client, self.limits = manager, client, limits
        self.ends = time.monotonic() + limits["notebookSeconds"]
        self.bytes = 0
        self.looked = 0

    def cells(self, sources):
        for number, source in enumerate(sources, 1):
            if source.strip() == "":
                continue
            status, text = self.cell(source)
            for _ in range(3):
                if status != "abort":
                    break
                self.listen(2 * PAUSE)
                status, text = self.cell(source)
            tell(cell=number, status=status, text=text)
            if status != "ok":
                self.listen(PAUSE)

    def cell(self, source):
        """Executes a cell. Gives its status, and what it has written to stderr."""
        self.request = self.client.execute(source, allow_stdin=False, stop_on_error=False)
        self.status, self.idle, self.text = None, False, ""
        left = self.ends - time.monotonic()
        if self.listen(min(self.limits["cellSeconds"], left), until=True):
            return self.status, self.text
        self.manager.interrupt_kernel()
        if left > self.limits["cellSeconds"] and self.listen(GRACE, until=True):
            return "time", self.text
        raise Stop("time")

    def listen(self, seconds, until=False):
        """Reads messages for a time, or until the cell has ended. Gives whether it has."""
        shell, iopub = self.client.shell_channel.socket, self.client.iopub_channel.socket
        poller = zmq.Poller()
        for socket in (shell, iopub):
            poller.register(socket, zmq.POLLIN)
        last = time.monotonic() + seconds
        replied = None
        while time.monotonic() < last:
            for socket, _ in poller.poll(50):
                self.read(socket)
            self.look()
            if not until or self.status is None:
                continue
            # The outputs come by another way than the reply; they end with "idle".
            replied = replied or time.monotonic()
            if self.idle or time.monotonic() > replied + 2:
                return True
        return False

    def read(self, socket):
        frames = socket.recv_multipart()
        size = sum(map(len, frames))
        self.bytes += size
        if self.bytes > self.limits["outputBytes"]:
            raise Stop("output")
        if size > LARGEST:
            return
        try:
            session = self.client.session
            message = session.deserialize(session.feed_identities(frames)[1])
            self.take(message["msg_type"], message["content"], message["parent_header"].get("msg_id"))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            # A cell can send what it likes.
            pass

    def take(self, kind, content, request):
        if kind in ("display_data", "update_display_data"):
            markup = content["data"].get("text/html", "")
            if MARK in markup:
                tell(answer=markup)
        if request != self.request:
            return
        if kind == "execute_reply":
            self.status = str(content["status"])
        if kind == "status" and content["execution_state"] == "idle":
            self.idle = True
        if kind == "stream" and content["name"] == "stderr":
            self.text = (self.text + content["text"])[:2000]

    def look(self):
        """Sees to it that the kernel lives and takes no more memory than it may."""
        if time.monotonic() < self.looked + 0.2:
            return
        self.looked = time.monotonic()
        if not self.manager.is_alive():
            raise Stop("died")
        if sum(descendants().values()) > self.limits["memoryBytes"]:
            raise Stop("memory")


def start(task):
    """A kernel that is up, and its client."""
    manager = KernelManager(kernel_name="tslab")
    # The kernel proper, whatever is registered under that name.
    manager._kernel_spec = KernelSpec(argv=task["argv"], display_name="TypeScript", language="typescript")
    manager.start_kernel(
        cwd=task["folder"],
        env=task["env"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: confine(task["limits"]["fileBytes"]),
    )
    client = manager.client()
    client.start_channels(stdin=False, hb=True)
    try:
        client.wait_for_ready(timeout=60)
    except RuntimeError:
        client.stop_channels()
        end_all(manager)
        return manager, None
    return manager, client


def main():
    task = json.load(sys.stdin)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    # Jupyter chooses a kernel's ports before it starts it, and another process can be quicker to take one: then once more.
    for _ in range(2):
        manager, client = start(task)
        if client is not None:
            break
    else:
        tell(end="unstarted")
        return
    try:
        Run(manager, client, task["limits"]).cells(task["cells"])
        end = "finished"
    except Stop as reason:
        end = str(reason)
    finally:
        end_all(manager)
    tell(end=end)
    sys.stdout.flush()
    # Nothing is left to be put away, and what the cells have sent is not waited for.
    os._exit(0)


main()
