export interface ResizedCropOptions {
  /** Share of the image's area that is kept, from and to, in (0, 1]. */
  readonly area: readonly [from: number, to: number];
  /** Width over height of what is kept, from and to; drawn evenly in its logarithm. */
  readonly aspect: readonly [from: number, to: number];
}

export interface ColourJitterOptions {
  /** How likely an image is changed at all. */
  readonly probability?: number;
  /** b: the factor on brightness is uniform in [max(0, 1 - b), 1 + b]; 0 leaves it alone, as with the next two. */
  readonly brightness?: number;
  /** Likewise for the distance from the mean grey of the image. */
  readonly contrast?: number;
  /** Likewise for the distance of each pixel from its grey. */
  readonly saturation?: number;
  /** The hue turns by a uniform share of [-hue, hue] of a full turn, 0 to 0.5. */
  readonly hue?: number;
}

/** What is done to each image, in this order; what is not given is not done. Plain JSON. */
export interface AugmentationOptions {
  /** A random part is cut out and scaled back to the image's size. */
  readonly resizedCrop?: ResizedCropOptions;
  /** Each image is mirrored left to right with probability 1/2. */
  readonly mirror?: boolean;
  /** Each image moves by up to so many whole pixels on each axis; the border comes in as `padding`. */
  readonly shiftPixels?: number;
  /** Brightness, contrast, saturation and hue, in a random order. Colour images only. */
  readonly colourJitter?: ColourJitterOptions;
  /** How likely an image loses its colours. Colour images only. */
  readonly greyProbability?: number;
  /** Value of pixels that come in from outside or are erased. */
  readonly padding?: number;
  /** Side of the erased square as a share of the shorter side, 0 to 1; 0 erases nothing. */
  readonly eraseShare?: number;
  /** How likely an image loses a square. */
  readonly eraseProbability?: number;
  /** Standard deviation of normal noise on the normalised scale. */
  readonly noise?: number;
  /** How often each image of the batch is augmented anew; see `augment` for their order. */
  readonly views?: number;
}

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const known: Readonly<Record<keyof AugmentationOptions, true>> = {
  resizedCrop: true, mirror: true, shiftPixels: true, colourJitter: true, greyProbability: true, padding: true,
  eraseShare: true, eraseProbability: true, noise: true, views: true,
};
const knownJitter: Readonly<Record<keyof ColourJitterOptions, true>> = { probability: true, brightness: true, contrast: true, saturation: true, hue: true };
const knownCrop: Readonly<Record<keyof ResizedCropOptions, true>> = { area: true, aspect: true };

/**
 * Checks augmentation options against the images that they are for.
 *
 * @throws RangeError if an option is not known or out of range, TypeError if `mirror` is neither true nor false
 */
export function checkAugmentation(options: AugmentationOptions, shape: ImageShape): void {
  const { mirror = false, shiftPixels = 0, eraseShare = 0, eraseProbability = 0, noise = 0, views = 1, greyProbability = 0, resizedCrop, colourJitter } = options;
  checkNames('', options, known);
  if (typeof mirror !== 'boolean') throw new TypeError(`augment: mirror must be true or false, got ${JSON.stringify(mirror)}`);
  check('shiftPixels', shiftPixels, 0, Math.min(shape.height, shape.width) - 1);
  check('eraseShare', eraseShare, 0, 1);
  check('eraseProbability', eraseProbability, 0, 1);
  check('noise', noise, 0, Infinity);
  check('views', views, 1, 16);
  check('greyProbability', greyProbability, 0, 1);
  for (const [name, value] of Object.entries({ shiftPixels, views })) {
    if (!Number.isInteger(value)) throw new RangeError(`augment: ${name} must be whole, got ${value}`);
  }
  if (resizedCrop) checkCrop(resizedCrop);
  if (colourJitter) checkJitter(colourJitter);
  if ((colourJitter !== undefined || greyProbability > 0) && shape.channels !== 3) {
    throw new RangeError(`augment: colourJitter and greyProbability need images of 3 channels, got ${shape.channels}; leave them out`);
  }
}

function checkCrop(crop: ResizedCropOptions): void {
  checkNames('resizedCrop.', crop, knownCrop);
  checkInterval('resizedCrop.area', crop.area, 1);
  checkInterval('resizedCrop.aspect', crop.aspect, Infinity);
}

function checkJitter(jitter: ColourJitterOptions): void {
  checkNames('colourJitter.', jitter, knownJitter);
  const { probability = 1, hue = 0, ...factors } = jitter;
  check('colourJitter.probability', probability, 0, 1);
  check('colourJitter.hue', hue, 0, 0.5);
  for (const [name, value] of Object.entries(factors)) check(`colourJitter.${name}`, value, 0, Infinity);
}

function checkNames(path: string, options: object, names: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw new RangeError(`augment: unknown option '${path}${unknown}'; known: ${Object.keys(names).join(', ')}`);
}

function checkInterval(name: string, interval: readonly number[], most: number): void {
  const [from = NaN, to = NaN] = interval;
  if (!(interval.length === 2 && from > 0 && from <= to && to <= most)) {
    throw new RangeError(`augment: ${name} must be two numbers above 0 and at most ${most}, the smaller first, got ${JSON.stringify(interval)}`);
  }
}

function check(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) throw new RangeError(`augment: ${name} must be from ${least} to ${most}, got ${value}`);
}
