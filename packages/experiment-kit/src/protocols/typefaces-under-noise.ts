import type { Sections } from '../define-experiment';
import { adam } from './tuned';

/**
 * Words in typefaces (class = font face, many images of each) with a share of the training images replaced by images of
 * no class (`open`) or by labels of other classes (`closed`): what sub-centres are for. Unseen families at test.
 */
export function typefacesUnderNoise(share: number, kind: 'open' | 'closed' = 'open'): Required<Pick<Sections, 'data' | 'backbone' | 'optimiser' | 'schedule'>> {
  const noise = share === 0 ? {} : { labelNoise: { share, kind } };
  return {
    data: { name: 'typefaces', trainFamilies: 60, facesPerFamily: 2, imagesPerFace: 60, validationFamilies: 20, testFamilies: 60, ...noise },
    backbone: { name: 'small-resnet', width: 8, embeddingDim: 64 },
    optimiser: adam(0.01),
    schedule: {
      epochs: 6,
      batchSize: 80,
      learningRate: { kind: 'cosine' },
      batchNormMomentum: 0.9,
      annealing: { lambda: { base: 1000, floorAtStep: 30, floor: 5 } },
    },
  };
}
