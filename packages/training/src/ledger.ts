import { collapseReason, type HealthPoint } from './diagnosis/collapse';

/** One point of a learning curve. */
export interface CurvePoint {
  /** Steps done. */
  readonly step: number;
  /** Mean training loss of the steps since the point before. */
  readonly loss: number;
  /** Of the last of these steps. */
  readonly learningRate: number;
  /** 0 to 1, of the last batch, by cosine without margin. */
  readonly trainAccuracy?: number;
  /** What `validation.measure` returned. */
  readonly validation?: Readonly<Record<string, number>>;
}

/** What a training has recorded so far; plain JSON, kept in every checkpoint. */
export interface Ledger {
  readonly curve: readonly CurvePoint[];
  readonly health: readonly HealthPoint[];
  /** Since the last point. */
  readonly lossSum: number;
  readonly lossCount: number;
  /** Spent in steps, without checkpoints and validation. */
  readonly seconds: number;
  /** Of these, spent waiting for the batch. */
  readonly waitSeconds: number;
}

export const emptyLedger: Ledger = { curve: [], health: [], lossSum: 0, lossCount: 0, seconds: 0, waitSeconds: 0 };

/** The ledger after one more step. */
export function withStep(ledger: Ledger, loss: number, { seconds, waitSeconds }: Pick<Ledger, 'seconds' | 'waitSeconds'>): Ledger {
  const { lossSum, lossCount } = ledger;
  return { ...ledger, lossSum: lossSum + loss, lossCount: lossCount + 1, seconds: ledger.seconds + seconds, waitSeconds: ledger.waitSeconds + waitSeconds };
}

/** Mean loss since the last point, or of the last point if no step was done since. */
export function smoothedLoss({ lossSum, lossCount, curve }: Ledger): number {
  return lossCount === 0 ? (curve.at(-1)?.loss ?? Number.NaN) : lossSum / lossCount;
}

export interface PointValues {
  readonly step: number;
  readonly learningRate: number;
  readonly health: Omit<HealthPoint, 'step' | 'loss'>;
  readonly validation?: Readonly<Record<string, number>>;
}

/** The ledger with a curve point that closes the steps since the last one. */
export function withPoint(ledger: Ledger, { step, learningRate, health, validation }: PointValues): Ledger {
  const loss = smoothedLoss(ledger);
  const point: CurvePoint = {
    step,
    loss,
    learningRate,
    ...(health.accuracy === undefined ? {} : { trainAccuracy: health.accuracy }),
    ...(validation === undefined ? {} : { validation }),
  };
  return {
    curve: [...ledger.curve, point],
    health: [...ledger.health, { step, loss, ...health }],
    lossSum: 0,
    lossCount: 0,
    seconds: ledger.seconds,
    waitSeconds: ledger.waitSeconds,
  };
}

/** Why the training counts as collapsed by now, if it does. */
export function collapsed(ledger: Ledger, steps: number, classes: number): string | undefined {
  return collapseReason(ledger.health, { steps, classes });
}

/** Steps after which a curve point is due: about `count` of them, evenly spread, the last step among them. */
export function pointSteps(steps: number, count: number): ReadonlySet<number> {
  const wanted = Math.min(count, steps);
  return new Set(Array.from({ length: wanted }, (_, at) => Math.round(((at + 1) * steps) / wanted)));
}
