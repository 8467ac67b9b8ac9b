import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pause } from "../pause";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("does only the last of quick calls, once there was none for a while", () => {
  const pause = new Pause(200);
  const done: string[] = [];
  for (const letter of ["в", "ви", "вит"]) {
    pause.then(() => done.push(letter));
    vi.advanceTimersByTime(150);
  }
  expect(done).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(done).toEqual(["вит"]);
});

it("tells what is being done that a later call has come", () => {
  const pause = new Pause(200);
  const signals: AbortSignal[] = [];
  pause.then((signal) => signals.push(signal));
  vi.advanceTimersByTime(200);
  expect(signals[0]?.aborted).toBe(false);
  pause.then((signal) => signals.push(signal));
  expect(signals[0]?.aborted).toBe(true);
  pause.stop();
  vi.advanceTimersByTime(1000);
  expect(signals).toHaveLength(1);
});
