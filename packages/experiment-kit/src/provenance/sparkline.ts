const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const WIDTH = 32;

/** Values as a line of blocks, the lowest and highest of them at its bottom and top; what is not finite is a gap. */
export function sparkline(values: readonly (number | null)[]): string {
  const shown = values.length <= WIDTH ? values : Array.from({ length: WIDTH }, (_, at) => values[Math.round((at * (values.length - 1)) / (WIDTH - 1))] ?? null);
  const finite = shown.filter((value) => value !== null);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const level = (value: number): number => (high === low ? 0 : Math.round(((value - low) / (high - low)) * (LEVELS.length - 1)));
  return shown.map((value) => (value === null ? ' ' : LEVELS[level(value)])).join('');
}
