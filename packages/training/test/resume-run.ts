import type { TrainResult } from '../src/train-options';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

/** The run that is killed and resumed: everything that carries state or draws takes part. */
export const resumeRun = {
  config: trainingConfig({
    loss: { name: 'softmaxWithCenter' },
    optimiser: { name: 'adam', learningRate: 0.01, weightDecay: 1e-3 },
    steps: 40,
    augmentation: { shiftPixels: 1, noise: 0.05 },
  }),
  seed: 11,
  data: generatedImages({ perClass: 10 }),
  curvePoints: 7,
};

/** All trained tensors and running statistics, to the bit. */
export function weightBytes({ parameters, statistics, lossParameters }: TrainResult): string {
  const tensors = [parameters, statistics, lossParameters].flatMap((group) => Object.entries(group));
  return tensors.map(([name, tensor]) => `${name} ${Buffer.from(tensor.dataSync<'float32'>().slice().buffer).toString('hex')}`).join('\n');
}
