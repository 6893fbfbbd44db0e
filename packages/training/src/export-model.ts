import { join } from 'node:path';
import { toLayersModel, type Network } from '@hypersphere/backbones';
import { writeAtomically } from '@hypersphere/engine';
import type * as tf from '@tensorflow/tfjs';

import type { TrainedTensors } from './embed';

/**
 * Writes a trained backbone as `model.json` and `weights.bin`, which stock tfjs loads: `tf.loadLayersModel(url)`.
 *
 * @param folder where the two files go; it is made if missing
 * @throws RangeError if a parameter or statistic is missing
 */
export async function exportModel(network: Network, { parameters, statistics }: TrainedTensors, folder: string): Promise<void> {
  const model = toLayersModel(network, parameters, statistics);
  try {
    await model.save({ save: (artifacts) => saveTo(folder, artifacts) });
  } finally {
    model.dispose();
  }
}

async function saveTo(folder: string, artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  const { weightData, weightSpecs = [], ...rest } = artifacts;
  const parts = [weightData ?? []].flat().map((part) => new Uint8Array(part));
  const model = { ...rest, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] };
  // the weights first: a model.json never points to what is not there
  await writeAtomically(join(folder, 'weights.bin'), Buffer.concat(parts));
  await writeAtomically(join(folder, 'model.json'), JSON.stringify(model));
  return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
}
