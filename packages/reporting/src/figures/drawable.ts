/**
 * Says in words that a figure has nothing to show.
 *
 * @throws RangeError if the list is empty
 */
export function needSome(figure: string, what: string, items: readonly unknown[]): void {
  if (items.length === 0) throw new RangeError(`${figure}: needs at least one ${what}, got none`);
}
