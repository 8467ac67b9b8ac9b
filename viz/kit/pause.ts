/** Does only the last of many quick calls, once there was none for a while, and tells the one before it to stop. */
export class Pause {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private going = new AbortController();

  /** `wait` is in milliseconds. */
  constructor(private readonly wait: number) {}

  /** Do this after the pause; its signal says when a later call has come. */
  then(act: (signal: AbortSignal) => void): void {
    this.stop();
    const { signal } = this.going;
    this.timer = setTimeout(() => act(signal), this.wait);
  }

  /** Forget what was called, and stop what is being done. */
  stop(): void {
    clearTimeout(this.timer);
    this.going.abort();
    this.going = new AbortController();
  }
}
