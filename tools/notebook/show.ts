import type { FigureSpec } from '@hypersphere/reporting';

type Receiver = (figure: FigureSpec) => void;

let receiver: Receiver | undefined;

/** Puts a figure below the cell that runs. Outside of a notebook it does nothing. */
export function show(figure: FigureSpec): void {
  receiver?.(figure);
}

/** Who gets the figures, until the next call. */
export function receiveFigures(next: Receiver | undefined): void {
  receiver = next;
}
