export interface View {
  /** Degrees: turns the sphere around its axis. */
  readonly azimuth: number;
  /** Degrees above the equator from which it is seen. */
  readonly elevation: number;
}

export interface Projected {
  readonly x: number;
  readonly y: number;
  /** Positive in front, negative behind. */
  readonly depth: number;
}

/**
 * Orthographic projection of a point of the unit sphere: seen from far away, no perspective.
 *
 * @param point `[3]`, x towards the viewer at azimuth 0, z up
 */
export function orthographic([x = 0, y = 0, z = 0]: readonly number[], { azimuth, elevation }: View): Projected {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  const front = x * Math.cos(a) + y * Math.sin(a);
  const right = -x * Math.sin(a) + y * Math.cos(a);
  return { x: right, y: z * Math.cos(e) - front * Math.sin(e), depth: front * Math.cos(e) + z * Math.sin(e) };
}

/** Meridians and parallels every `step` degrees, each as points along it. */
export function graticule(step: number): (readonly number[])[][] {
  const at = (longitude: number, latitude: number): readonly number[] => {
    const [l, b] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
    return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
  };
  const range = (from: number, to: number, by: number): number[] => Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
  const meridians = range(0, 360 - step, step).map((l) => range(-90, 90, 5).map((b) => at(l, b)));
  const parallels = range(-90 + step, 90 - step, step).map((b) => range(0, 360, 5).map((l) => at(l, b)));
  return [...meridians, ...parallels];
}

/** Splits a projected line into runs in front of and behind the sphere. */
export function splitByDepth(line: readonly Projected[]): { front: boolean; points: Projected[] }[] {
  const parts: { front: boolean; points: Projected[] }[] = [];
  for (const point of line) {
    const front = point.depth >= 0;
    const last = parts.at(-1);
    if (last === undefined || last.front !== front) parts.push({ front, points: last === undefined ? [point] : [...last.points.slice(-1), point] });
    else last.points.push(point);
  }
  return parts;
}
