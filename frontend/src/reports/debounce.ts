/** Run `work` soon after the first call; calls in between are one. While it runs, the next one waits. */
export class Soon {
  private timer = 0;
  private busy = false;
  private again = false;
  private pause: number;

  constructor(
    private readonly milliseconds: number,
    private readonly work: () => Promise<void>,
  ) {
    this.pause = milliseconds;
  }

  call(): void {
    if (this.busy) this.again = true;
    else if (this.timer === 0) this.timer = window.setTimeout(() => void this.run(), this.pause);
  }

  private async run(): Promise<void> {
    this.timer = 0;
    this.busy = true;
    const began = performance.now();
    try {
      await this.work();
    } catch {
      // The connection says by itself when the server is away; the next event or "hello" reads again.
    } finally {
      this.busy = false;
      // An answer that took long is not asked for again at once.
      this.pause = Math.max(this.milliseconds, 4 * (performance.now() - began));
      if (this.again) {
        this.again = false;
        this.call();
      }
    }
  }
}
