import { loadExamples } from '@hypersphere/data';
import { HypersphereError, startEngine } from '@hypersphere/engine';
import { exportModel } from '@hypersphere/training';

import { checkpointFolder, engineOf, restoreRun } from './execute-run';
import type { PlannedRun } from './plan';
import { existsSync } from 'node:fs';

/** Saves the backbone of a trained run so that `tf.loadLayersModel` of stock tfjs loads it. */
export async function exportBackbone(run: PlannedRun, folder: string, print: (line: string) => void): Promise<void> {
  if (!existsSync(checkpointFolder(run))) throw new HypersphereError(`run ${run.id} has a record but no checkpoint in the cache any more; train it again with --fresh`);
  await startEngine(engineOf(run));
  const trained = await restoreRun(run, await loadExamples(run.config.data));
  await exportModel(trained.network, trained, folder);
  print(`Backbone: ${folder}/model.json (tf.loadLayersModel)`);
}
