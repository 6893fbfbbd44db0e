import { expectClose } from '@hypersphere/testing';
import { describe, it } from '@jest/globals';

import { targetLogit } from '../../src';

/** ArcFace, Figure 4b, float64: values at 20, 60 and 100 degrees. */
const CURVES = [
  { name: 'softmax', margins: {}, values: [0.939693, 0.5, -0.173648] },
  { name: 'SphereFace', margins: { multiplier: 1.35 }, values: [0.891007, 0.156434, -0.707107] },
  { name: 'ArcFace', margins: { marginRadians: 0.5 }, values: [0.660685, 0.023597, -0.624533] },
  { name: 'CosFace', margins: { cosineMargin: 0.35 }, values: [0.589693, 0.15, -0.523648] },
  { name: 'CM1', margins: { marginRadians: 0.3, cosineMargin: 0.2 }, values: [0.596649, 0.02174, -0.656923] },
  { name: 'CM2', margins: { multiplier: 0.9, marginRadians: 0.4, cosineMargin: 0.15 }, values: [0.605644, 0.07634, -0.539418] },
];

describe('targetLogit', () => {
  it.each(CURVES)('$name', ({ margins, values }) => {
    expectClose([20, 60, 100].map((degrees) => targetLogit((degrees * Math.PI) / 180, margins)), values, { atol: 1e-6, rtol: 0 });
  });
});
