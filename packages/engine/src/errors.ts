/** An error meant for the person at the terminal: its message is printed without a stack. Exit code 1 failed, 2 wrong usage. */
export class HypersphereError extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 1, cause }: { readonly exitCode?: 1 | 2; readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HypersphereError';
    this.exitCode = exitCode;
  }
}
