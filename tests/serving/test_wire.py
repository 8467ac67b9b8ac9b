"""Frames between web process and workers: whole, in order, wherever the bytes are cut."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from pobratim.serving.workers.wire import DATA, END, ERROR, TASK, Frames, Task, frame, task_of

_FRAMES = st.lists(st.tuples(st.sampled_from([DATA, END, ERROR, TASK]), st.binary(max_size=300)), max_size=8)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
_GRAPHS = st.none() | st.lists(_TEXT, max_size=3)


@given(_FRAMES, st.lists(st.integers(0, 3000)))
def test_frames_come_out_as_they_went_in(frames: list[tuple[bytes, bytes]], cuts: list[int]) -> None:
    stream = b"".join(frame(kind, payload) for kind, payload in frames)
    ends = [*sorted({cut for cut in cuts if cut < len(stream)}), len(stream)]
    reader, found, start = Frames(), [], 0
    for end in ends:
        found += list(reader.feed(stream[start:end]))
        start = end
    assert found == frames


@given(_FRAMES)
def test_frames_come_out_byte_by_byte(frames: list[tuple[bytes, bytes]]) -> None:
    reader, found = Frames(), []
    for byte in b"".join(frame(kind, payload) for kind, payload in frames):
        found += list(reader.feed(bytes([byte])))
    assert found == frames


@given(_TEXT, st.dictionaries(_TEXT, _TEXT, max_size=3), _GRAPHS, _GRAPHS)
def test_tasks_come_out_as_they_went_in(
    sparql: str, bindings: dict[str, str], default: list[str] | None, named: list[str] | None
) -> None:
    task = Task(sparql, "json", bindings=bindings, default_graphs=default, named_graphs=named, seconds=0.25)
    ((kind, payload),) = Frames().feed(task.to_bytes())
    assert kind == TASK
    assert asdict(task_of(payload)) == asdict(task)
