/** Streams that are opened again when they break. */
import { Code, ConnectError } from "@connectrpc/connect";

const WAIT_MS_MIN = 500;
const WAIT_MS_MAX = 15_000;
/** After these it is of no use to open the stream again as it was. */
const FINAL = [Code.Unauthenticated, Code.PermissionDenied, Code.NotFound, Code.InvalidArgument, Code.Unimplemented];

/** How a stream is: open, broken and being opened again, or at its end. */
export type Link = "live" | "waiting" | "ended";

/** What to follow. */
export interface Following<T> {
  /** Opens the stream where it was left: called again with the last resume token that `each` has seen. */
  open(signal: AbortSignal): AsyncIterable<T>;
  /** Every response. */
  each(response: T): void;
  /** How the stream is; with the error when it has ended. */
  link?(link: Link, error?: ConnectError): void;
}

/** Follows until it is told to stop, or the suite says that there is nothing to follow. Answers how to stop. */
export function follow<T>(what: Following<T>): () => void {
  const stop = new AbortController();
  void run(what, stop.signal);
  return () => stop.abort();
}

async function run<T>(what: Following<T>, signal: AbortSignal): Promise<void> {
  let wait = WAIT_MS_MIN;
  while (!signal.aborted) {
    try {
      for await (const response of what.open(signal)) {
        wait = WAIT_MS_MIN;
        what.link?.("live");
        what.each(response);
      }
    } catch (error) {
      const failed = ConnectError.from(error);
      if (signal.aborted) {
        return;
      }
      if (FINAL.includes(failed.code)) {
        what.link?.("ended", failed);
        return;
      }
    }
    if (signal.aborted) {
      return;
    }
    what.link?.("waiting");
    // Not all at once when a process has stopped.
    await pause(wait * (0.5 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, WAIT_MS_MAX);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
