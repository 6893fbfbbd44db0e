import type { RandomStream } from '@hypersphere/engine';
import type { ColourJitterOptions } from './augmentation-options';
import { changeBrightness, changeContrast, changeHue, changeSaturation } from './colour';

type Change = (image: Float32Array) => void;

/** The scale of the networks, `(v - 127.5) / 128`, to [0, 1] and back. */
const toUnit: Change = (image) => {
  for (let at = 0; at < image.length; at++) image[at] = (128 * (image[at] ?? 0) + 127.5) / 255;
};
const fromUnit: Change = (image) => {
  for (let at = 0; at < image.length; at++) image[at] = (255 * (image[at] ?? 0) - 127.5) / 128;
};

export interface ColourOptions {
  readonly jitter?: ColourJitterOptions;
  readonly greyProbability: number;
}

/**
 * Jitters the colours of one image in place, then takes them away, each by its probability. Nothing is drawn for what is not asked for.
 *
 * @param image `[h, w, 3]` on the scale of the networks
 */
export function changeColours(image: Float32Array, { jitter, greyProbability }: ColourOptions, stream: RandomStream): void {
  const jittered = jitter !== undefined && stream.uniform() < (jitter.probability ?? 1);
  const changes = jittered ? drawChanges(jitter, stream) : [];
  const grey = greyProbability > 0 && stream.uniform() < greyProbability;
  if (changes.length === 0 && !grey) return;
  toUnit(image);
  for (const change of changes) change(image);
  if (grey) changeSaturation(image, 0);
  fromUnit(image);
}

/** The four changes in a random order, with drawn strengths. */
function drawChanges({ brightness = 0, contrast = 0, saturation = 0, hue = 0 }: ColourJitterOptions, stream: RandomStream): Change[] {
  const by = (change: (image: Float32Array, factor: number) => void, spread: number): Change[] => {
    if (spread === 0) return [];
    const least = Math.max(0, 1 - spread);
    const factor = least + (1 + spread - least) * stream.uniform();
    return [(image) => change(image, factor)];
  };
  const turn = hue === 0 ? 0 : hue * (2 * stream.uniform() - 1);
  const changes = [...by(changeBrightness, brightness), ...by(changeContrast, contrast), ...by(changeSaturation, saturation)];
  return stream.shuffle([...changes, ...(hue === 0 ? [] : [(image: Float32Array) => changeHue(image, turn)])]);
}
