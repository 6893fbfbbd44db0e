import type { LossName } from '@hypersphere/core-losses';

/** Measured on two threads of an AMD EPYC with AVX2: score, gradient in the embeddings, gradient in the prototypes. */
const products = 'the three matrix products of 256 x 512 x 1,000 take 6.5 ms in TensorFlow (1.9, 2.7, 1.9), 5.2 ms in the MKL of PyTorch (1.8, 1.7, 1.7); no other form that was tried (transposed, padded, split, as a 1 x 1 convolution) is clearly faster';
const places = 'shapes of a recorded step do not depend on the labels';

/** Why a loss misses its target. */
export const WHY: Readonly<Partial<Record<LossName, string>>> = {
  softmax: products,
  softmaxWithCenter: products,
  softmaxWithTriplet: products,
  lSoftmax: products,
  nbcSoftmax: `${products}; ${places}: 256 places for the 64 centroids of the batch, a product of 256 x 512 x 256 where the peer has 64 x 512 x 64`,
  group: `${products}; two more of 256 x 256 x 1,000`,
  nPair: `${places}: 128 places for the 64 pairs of the batch, a product of 128 x 512 x 128 where the peer has 64 x 512 x 64`,
  simplifiedPairwiseCrossEntropy: `${places}: 256 places for the 64 classes of the batch, a product of 256 x 512 x 256 (0.6 ms) where the peer has 256 x 512 x 64`,
};
