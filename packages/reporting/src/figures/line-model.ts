import type { FigureVariant } from '../variant-style';

/** Words of every figure: the title states the point, the subtitle data, profile and seeds. */
export interface FigureText {
  readonly title: string;
  readonly subtitle?: string;
}

export interface LinePoint {
  readonly x: number;
  /** Mean over seeds, or the value. */
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  /** One value per seed, drawn as dots. */
  readonly seeds?: readonly number[];
  /** Values of diverged runs, drawn as crosses. */
  readonly diverged?: readonly number[];
}

export interface Line {
  readonly variant: FigureVariant;
  readonly points: readonly LinePoint[];
}

export interface AxisPlan {
  /** Empty where the heading says it. */
  readonly title: string;
  readonly scale?: 'linear' | 'log';
  /** Ends of the axis; from the data if left out. */
  readonly domain?: readonly [number, number];
  /** `percent` for shares 0..1, `power` for powers of ten, else a d3-format such as `.2f`. */
  readonly format?: string;
  readonly ticks?: readonly number[];
}

/** A level to compare with, drawn as a dashed line across. */
export interface ReferenceLine {
  readonly label: string;
  readonly y: number;
  readonly variant?: FigureVariant;
}

/** A place on the x axis, drawn as a line from top to bottom. */
export interface ReferencePlace {
  readonly label: string;
  readonly x: number;
  /** Shades what lies on that side. */
  readonly shade?: 'left' | 'right';
}

export interface LinePlan {
  readonly heading?: string;
  readonly lines: readonly Line[];
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly references?: readonly ReferenceLine[];
  readonly places?: readonly ReferencePlace[];
  /** `band` shades low..high, `bars` draws them at each point. */
  readonly intervals?: 'band' | 'bars';
  /** Dots at the points themselves. */
  readonly dots?: boolean;
  /** `points` leaves the line out. */
  readonly draw?: 'line' | 'points';
  /** `end`: names at the end of each line; `key`: a list beside the panel; `none`. */
  readonly names?: 'end' | 'key' | 'none';
  /** Words above the list of names. */
  readonly keyHeading?: string;
}
