import type { Labelled } from '../checks';
import { probeAccuracy, trainProbe, type Probe, type ProbeOptions } from './linear-probe';

export interface HeldOutProbeInput extends Omit<ProbeOptions, 'learningRate'> {
  readonly train: Labelled;
  /** Images of neither side: the rate is chosen on them, never on the test images. */
  readonly heldOut: Labelled;
  readonly test: Labelled;
  /** Candidates. Default 0.1, 0.3, 1, 3, 10, 30. */
  readonly rates?: readonly number[];
}

export interface HeldOutProbe {
  /** Share of test images, in [0, 1]. */
  readonly top1: number;
  readonly top5: number;
  readonly learningRate: number;
  /** The chosen one. */
  readonly probe: Probe;
  /** Accuracy on the held-out images for each candidate; of equal ones the first is chosen. */
  readonly heldOut: readonly { readonly learningRate: number; readonly top1: number }[];
}

/**
 * Linear probe: the classifier is trained with each rate, the one that is best on held-out images meets the test images,
 * once, after its last step.
 *
 * A rate at which the probe diverges scores 0.
 *
 * @throws RangeError without a rate, or if the probe diverges at all
 */
export function linearProbe({ train, heldOut, test, rates = [0.1, 0.3, 1, 3, 10, 30], ...options }: HeldOutProbeInput): HeldOutProbe {
  const tried = rates.map((learningRate) => {
    const probe = trainProbe(train, { ...options, learningRate });
    return { learningRate, probe, top1: isFinite(probe) ? probeAccuracy(heldOut, probe) : 0 };
  });
  if (tried.length === 0) throw new RangeError('linearProbe: needs one rate or more, got none');
  if (!tried.some(({ probe }) => isFinite(probe))) throw new RangeError(`linearProbe: diverged at every rate, ${rates.join(', ')}; give lower ones`);
  const best = tried.reduce((one, other) => (other.top1 > one.top1 ? other : one));
  return {
    top1: probeAccuracy(test, best.probe),
    top5: probeAccuracy(test, best.probe, 5),
    learningRate: best.learningRate,
    probe: best.probe,
    heldOut: tried.map(({ learningRate, top1 }) => ({ learningRate, top1 })),
  };
}

function isFinite({ weight, bias }: Probe): boolean {
  return [weight, bias].every((values) => values.every(Number.isFinite));
}
