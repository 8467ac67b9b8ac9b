"""What a worker may still ask of the kernel, so that no query reaches a network, another process or another file.

One that answers from memory opens nothing any more (``nothing``). One that reads a store on disk must go on opening
files, for RocksDB opens most of them when they are first read: it may read below one folder (``reading``), by two
means that need no privileges: a filter of system calls (seccomp, prctl(2)) refuses sockets, programs, signals to
others and every way to write; Landlock (landlock(7), Linux 5.13 and later) refuses to read anywhere else. Both stay
with all threads that start later, so they are set up before the store is opened.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_NO_NEW_PRIVS, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
"""PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP (linux/prctl.h) and SECCOMP_MODE_FILTER (linux/seccomp.h)."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
"""BPF_LD|W|ABS, BPF_JMP with JEQ, JGE and JSET against a constant, BPF_RET (linux/bpf_common.h)."""
_NUMBER, _ARCHITECTURE, _SECOND, _THIRD = 0, 4, 24, 32
"""Where struct seccomp_data has them: the number, the architecture, low halves of the second and third argument."""
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000
"""SECCOMP_RET_ALLOW, _ERRNO with EACCES, _KILL_PROCESS."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OTHER_ABI = 0x40000000
"""From here on x86-64 counts the calls of its other form (x32), which would be the same calls again."""
_NETWORK = ("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4")
_PROCESSES = ("execve", "execveat", "kill", "tkill", "ptrace", "process_vm_readv", "process_vm_writev")
_AROUND = ("io_uring_setup", "openat2", "pidfd_open", "pidfd_send_signal", "pidfd_getfd")
"""Ways to the same ends that a filter of arguments does not see."""
_FILES = (
    *("creat", "truncate", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
    *("link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "chmod", "fchmodat", "chown", "lchown", "fchownat"),
)
_SAME = {"io_uring_setup": 425, "pidfd_open": 434, "openat2": 437, "pidfd_getfd": 438, "pidfd_send_signal": 424}
_X86 = {
    "socket": 41,
    "connect": 42,
    "accept": 43,
    "bind": 49,
    "listen": 50,
    "socketpair": 53,
    "accept4": 288,
    "execve": 59,
    "kill": 62,
    "tkill": 200,
    "ptrace": 101,
    "process_vm_readv": 310,
    "process_vm_writev": 311,
    "execveat": 322,
    "truncate": 76,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "creat": 85,
    "link": 86,
    "unlink": 87,
    "symlink": 88,
    "chmod": 90,
    "chown": 92,
    "lchown": 94,
    "mknod": 133,
    "mkdirat": 258,
    "mknodat": 259,
    "fchownat": 260,
    "unlinkat": 263,
    "renameat": 264,
    "linkat": 265,
    "symlinkat": 266,
    "fchmodat": 268,
    "renameat2": 316,
    "open": 2,
    "openat": 257,
}
_ARM = {
    "mknodat": 33,
    "mkdirat": 34,
    "unlinkat": 35,
    "symlinkat": 36,
    "linkat": 37,
    "renameat": 38,
    "truncate": 45,
    "fchmodat": 53,
    "fchownat": 54,
    "openat": 56,
    "ptrace": 117,
    "kill": 129,
    "tkill": 130,
    "socket": 198,
    "socketpair": 199,
    "bind": 200,
    "listen": 201,
    "accept": 202,
    "connect": 203,
    "execve": 221,
    "accept4": 242,
    "process_vm_readv": 270,
    "process_vm_writev": 271,
    "renameat2": 276,
    "execveat": 281,
}
"""Numbers of system calls (asm/unistd_64.h of x86-64; asm-generic/unistd.h), where the architecture has them."""
_KNOWN = {"x86_64": (0xC000003E, _X86), "aarch64": (0xC00000B7, _ARM)}
"""AUDIT_ARCH (linux/audit.h) and numbers by machine."""
_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_BENEATH, _EVERY_RIGHT, _READ = 1, (1 << 13) - 1, 0b1100
"""LANDLOCK_RULE_PATH_BENEATH, the rights of its first version, and of them READ_FILE and READ_DIR."""
_OPEN_FILES = 4_096
"""Files that RocksDB may keep open, where the system allows so many; it closes those used least."""


def nothing() -> None:
    """Open no descriptor from now on, whatever it is of."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def reading(folder: Path) -> bool:
    """Let this process, which has one thread, read below ``folder`` and reach nothing else; it cannot be undone.

    Returns False where the system has no filter of system calls. One without Landlock may read files elsewhere.
    """
    architecture, numbers = _KNOWN.get(platform.machine(), (0, {}))
    if sys.platform != "linux" or not numbers:
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    _read_below(libc, folder)
    return _filtered(libc, b"".join(_program(architecture, numbers)))


def _read_below(libc: ctypes.CDLL, folder: Path) -> None:
    """Have Landlock refuse all files but those below a folder; do nothing where the kernel has no Landlock."""
    handled = ctypes.create_string_buffer(struct.pack("=Q", _EVERY_RIGHT), 8)
    rules = libc.syscall(_CREATE_RULES, handled, 8, 0)
    if rules < 0:
        return
    place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    allowed = ctypes.create_string_buffer(struct.pack("=Qi", _READ, place), 12)
    if libc.syscall(_ADD_RULE, rules, _BENEATH, allowed, 0) == 0:
        libc.syscall(_RESTRICT, rules, 0)
    os.close(place)
    os.close(rules)


def _filtered(libc: ctypes.CDLL, program: bytes) -> bool:
    """Have the kernel run a filter (struct sock_fprog) before each system call; tell whether it does."""
    code = ctypes.create_string_buffer(program, len(program))
    told = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    return int(libc.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(told, len(told)), 0, 0)) == 0


def _program(architecture: int, numbers: dict[str, int]) -> Iterable[bytes]:
    """Yield the steps of the filter."""
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, architecture, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    yield from _refused_if(_AT_LEAST, _OTHER_ABI)
    for name in (*_NETWORK, *_PROCESSES, *_AROUND, *_FILES):
        number = (numbers | _SAME).get(name)
        if number is not None:
            yield from _refused_if(_EQUAL, number)
    for name, flags in (("openat", _THIRD), ("open", _SECOND)):
        if name in numbers:
            yield _step(_EQUAL, numbers[name], 0, 4)
            yield _step(_LOAD, flags)
            yield from _refused_if(_ANY_BIT, _WRITING)
            yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ALLOW)


def _refused_if(test: int, value: int) -> Iterable[bytes]:
    yield _step(test, value, 0, 1)
    yield _step(_RETURN, _REFUSE)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """Return one instruction (struct sock_filter): how many to pass over where its test holds, and where not."""
    return struct.pack("=HBBI", code, then, otherwise, value)
