import util from 'node:util';

/** TensorFlow for Node calls two functions that Node 23 took away: puts them back. */
export function restoreNodeUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  old['isArray'] ??= Array.isArray;
}
