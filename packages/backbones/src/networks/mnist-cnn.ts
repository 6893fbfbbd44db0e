import { heNormal, linearNormal } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { flag, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';

const STAGES = [1, 2, 3] as const;
const PRELU_INITIAL = 0.25;

export const mnistCnnOptions = {
  width: number({ default: 12, atLeast: 1, integer: true, describe: 'filters of the first stage; the three stages have W, 2W, 4W. Centre loss paper: 32' }),
  embeddingDim: number({ default: 2, atLeast: 1, integer: true, describe: 'length d of the embedding; 2 and 3 can be drawn' }),
  lastRelu: flag({ default: false, describe: 'ReLU on the embedding (SphereFace, Figure 8)' }),
};

export type MnistCnnOptions = ResolvedOptions<typeof mnistCnnOptions>;

/**
 * Small network for pictures of 2-D and 3-D embeddings of 28x28 digits: three times two 5x5 convolutions with
 * PReLU and a 2x2 max pool, then a linear embedding. Pools round down: 28, 14, 7, 3.
 *
 * @see Wen et al., Centre Loss, ECCV 2016, Table 1, https://ydwen.github.io/papers/WenECCV16.pdf
 */
export function mnistCnn(options: MnistCnnOptions, input: ImageSize): Network {
  const list = layerList();
  let x = IMAGES;
  for (const stage of STAGES) {
    for (const index of [1, 2]) {
      x = list.append({
        kind: 'conv',
        name: `stage${stage}.conv${index}`,
        inputs: [x],
        ...{ filters: options.width * 2 ** (stage - 1), kernel: 5, stride: 1, padding: 2, bias: true },
        initial: heNormal,
      });
      x = list.append({ kind: 'prelu', name: `stage${stage}.prelu${index}`, inputs: [x], initial: PRELU_INITIAL });
    }
    x = list.append({ kind: 'maxPool', name: `stage${stage}.pool`, inputs: [x], size: 2, stride: 2 });
  }
  x = list.append({ kind: 'flatten', name: 'flatten', inputs: [x] });
  const shape = { units: options.embeddingDim, bias: true, initial: linearNormal };
  let output = list.append({ kind: 'dense', name: 'embedding', inputs: [x], ...shape });
  if (options.lastRelu) output = list.append({ kind: 'relu', name: 'embedding.relu', inputs: [output] });
  return finishNetwork('mnist-cnn', input, list.layers, output);
}
