import type { RandomStream } from '@hypersphere/engine';
import { mapValues, type Pixels } from './pixels';
import { poisson } from './poisson';

/** Normal noise of one deviation on every value. */
export const gaussianNoise = (image: Pixels, sigma: number, stream: RandomStream): Pixels =>
  mapValues(image, (value) => value + sigma * stream.normal());

/** Photons counted: `Poisson(c x) / c`. */
export const shotNoise = (image: Pixels, photons: number, stream: RandomStream): Pixels =>
  mapValues(image, (value) => poisson(value * photons, stream) / photons);

/** A share of all values becomes 0 or 1. */
export const impulseNoise = (image: Pixels, share: number, stream: RandomStream): Pixels =>
  mapValues(image, (value) => (stream.uniform() < share ? stream.integer(2) : value));
