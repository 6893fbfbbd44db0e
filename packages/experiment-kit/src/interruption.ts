const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C may arrive twice: from the terminal, and passed on by Nx. */
const SAME_MILLISECONDS = 1000;

export const INTERRUPTED = 130;

/** SIGINT, SIGTERM and SIGHUP are one case: a signal that asks to save and stop. A second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!controller.signal.aborted) since = performance.now();
      else if (performance.now() - since > SAME_MILLISECONDS) process.exit(INTERRUPTED);
      controller.abort(name);
    });
  }
  return controller.signal;
}

/** Waits for work that cannot be stopped in the middle, but not longer than until the abort; what it writes, it writes whole. */
export async function unlessInterrupted(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  work.catch(() => undefined);
  await Promise.race([work, aborted(signal)]);
}

/** Ends with the abort. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
