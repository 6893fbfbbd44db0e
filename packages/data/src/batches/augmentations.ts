import type { AugmentationOptions } from './augmentation-options';

const resizedCrop = { area: [0.2, 1], aspect: [3 / 4, 4 / 3] } as const;

/**
 * Augmentations of the papers on CIFAR-10, by the values of the released code.
 *
 * `twoViews`: SupCon's and SimCLR's, twice for each image. `supconCrossEntropy`: what the same code gives its cross-entropy baseline
 * and the linear probe, once. `paddedCrop`: the usual one of residual networks, four pixels of black around the image.
 *
 * @see https://github.com/HobbitLong/SupContrast (main_supcon.py, main_ce.py); He et al., Deep Residual Learning (2016), section 4.2
 */
export const augmentations = {
  twoViews: {
    resizedCrop,
    mirror: true,
    colourJitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
    greyProbability: 0.2,
    views: 2,
  },
  supconCrossEntropy: { resizedCrop, mirror: true },
  paddedCrop: { mirror: true, shiftPixels: 4 },
} as const satisfies Readonly<Record<string, AugmentationOptions>>;
