"""A plugin of unknown quality: it does what the name of the first customer says."""

import contextlib
import ctypes
import json
import mmap
import os
import pathlib
import signal
import subprocess
import sys
import time

import numpy as np

from kam_excel import (
    Count,
    Frame,
    Integer,
    Key,
    Policy,
    Sales,
    Table,
    column,
    hookimpl,
    setting,
    strategy,
)

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


class Seen(Table, zh="所见", en="Seen", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    rows: Integer = column(zh="行数", en="Rows")


class MeanPolicy(Policy, section="mean", zh="所见", en="Seen"):
    least: Count = setting(1, zh="最少行数", en="Least rows", unit="rows")


def hang():
    time.sleep(600)


def spin():
    while True:
        pass


def stop_oneself():
    os.kill(os.getpid(), signal.SIGSTOP)


def hang_in_c():
    """The interpreter is held: no thread and no signal handler of Python runs."""
    ctypes.PyDLL(None).sleep(600)


def ignore_the_end():
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
        signal.signal(each, signal.SIG_IGN)
    time.sleep(600)


def kill_oneself():
    os.kill(os.getpid(), signal.SIGKILL)


def break_down():
    ctypes.string_at(0)


def leave():
    os._exit(0)


def leave_with_code():
    os._exit(7)


def leave_politely():
    sys.exit(0)


def interrupt():
    raise KeyboardInterrupt


class Own(BaseException):
    """Neither an Exception nor one that Python knows."""


def raise_own():
    raise Own("mine")


def raise_one():
    raise ValueError("not my day")


class UnspeakableError(Exception):
    def __str__(self):
        raise ValueError("no words")


def raise_unspeakable():
    raise UnspeakableError


def grow_a_list():
    held = []
    while True:
        held.append(bytearray(10**6))


def touch_zeros():
    held = []
    while True:
        held.append(np.zeros(10**6))
        held[-1][:] = 1


def map_memory():
    held = []
    while True:
        held.append(mmap.mmap(-1, 2**20))
        held[-1][:] = b"x" * 2**20


def ask_for_too_much():
    np.ones(10**11)


def grow_in_a_child():
    subprocess.run(
        [sys.executable, "-c", "import time; held = b'x' * 400_000_000; time.sleep(600)"]
    )


def print_much():
    line = b"x" * 2**20
    for _ in range(200):
        os.write(1, line)
    os.write(2, b"the end\n")


def leave_a_child():
    subprocess.Popen(SLEEP)


def leave_a_child_in_a_session():
    subprocess.Popen(SLEEP, start_new_session=True, env={})


def leave_an_orphan():
    """A daemon: forked twice, of another session, without a program of its own."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    os.wait()


def leave_a_child_and_hang():
    leave_an_orphan()
    leave_a_child_in_a_session()
    hang()


def close_everything():
    os.closerange(0, 100)


def write_everywhere():
    for each in range(3, 100):
        with contextlib.suppress(OSError):
            os.write(each, b'{"status": "done"}\nrubbish\n["result", {}]\n')


def go_on_twice():
    """A fork that nobody ends goes on with the run, and this process later."""
    if os.fork():
        time.sleep(0.3)


def replace_functions():
    json.dumps = json.JSONEncoder.encode = lambda *_, **__: "{}"
    os.write = os._exit = lambda *_: None


def give_the_result_another_file():
    os.dup2(os.open(os.devnull, os.O_WRONLY), 3)


def leave_the_folder():
    os.chdir("/")


def clear_environment():
    os.environ.clear()


def leave_a_temporary_file():
    pathlib.Path(os.environ["TMPDIR"], "left").write_text("left")


def fail_in_the_save():
    """The process is killed when its new file is whole, and not yet in the place of the old."""
    os.replace = lambda *_: kill_oneself()


def fail_after_the_save():
    replace = os.replace

    def replace_and_die(*paths):
        replace(*paths)
        kill_oneself()

    os.replace = replace_and_die


def behave():
    pass


@strategy(zh="所见", en="Seen", group="mean")
def mean(sales: Frame[Sales], policy: MeanPolicy) -> Frame[Seen]:
    """Do as told, then count rows."""
    globals()[sales["customer_name"].iloc[0]]()
    counted = sales.groupby("customer_id").size().reset_index(name="rows")
    return Seen.frame(counted[counted["rows"] >= policy.least])


@hookimpl
def kam_register_strategies():
    return [mean]
