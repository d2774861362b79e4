/** Whether a WebSocket is worth trying: refused once or failed twice in a row, the lane goes over HTTP for a while. */

const TWICE_WITHIN_MS = 30_000;
const AGAIN_AFTER_MS = 10 * 60_000;

export class SocketTrust {
  private readonly now: () => number;
  private failedAt = Number.NEGATIVE_INFINITY;
  private untilMs = Number.NEGATIVE_INFINITY;
  private notice: string | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  get isLost(): boolean {
    return this.now() < this.untilMs;
  }

  /** Something in between does not let sockets through. */
  refused(why: string): void {
    this.untilMs = this.now() + AGAIN_AFTER_MS;
    this.notice = `No WebSocket to this model (${why}): it is asked over HTTP, and the WebSocket is tried again after 10 minutes.`;
  }

  failed(why: string): void {
    const isSecond = this.now() - this.failedAt < TWICE_WITHIN_MS;
    this.failedAt = isSecond ? Number.NEGATIVE_INFINITY : this.now();
    if (isSecond) this.refused(why);
  }

  /** HTTP cannot reach it either: the WebSocket was not to blame. */
  cleared(): void {
    this.untilMs = Number.NEGATIVE_INFINITY;
    this.notice = null;
  }

  /** What the person should know; once. */
  takeNotice(): string | null {
    const { notice } = this;
    this.notice = null;
    return notice;
  }
}
