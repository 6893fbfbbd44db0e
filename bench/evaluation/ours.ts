import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { openEmbeddingFile } from '@hypersphere/data';
import { startEngine } from '@hypersphere/engine';
import {
  allPairs, auc, clusterAgreement, equalErrorRate, foldAccuracy, identification, kMeans, pairScores, rankShare, retrieval, tarAtFar, verificationPairs, type Labelled,
} from '@hypersphere/evaluation';

interface Settings {
  readonly task: keyof typeof tasks;
  readonly n: number;
  readonly dim: number;
  readonly perClass: number;
  readonly distractors: number;
  readonly clusters: number;
  readonly iterations: number;
  readonly threads: number;
  readonly folder: string;
}

type Input = Labelled & { readonly embeddings: Float32Array; readonly dim: number };

const tasks = {
  retrieval(input: Input) {
    const { recallAt1, recallAt10, recallAt100, recallAt1000, mapAtR } = retrieval(input);
    return { recallAt1, recallAt10, recallAt100, recallAt1000, mapAtR };
  },
  verification(input: Input) {
    const { counts } = allPairs(input);
    const pairs = verificationPairs({ labels: input.labels, seed: 0 });
    const accuracy = foldAccuracy({ scores: pairScores({ ...input, pairs }), same: pairs.same, fold: pairs.fold }).mean;
    return { tarAtFar3: tarAtFar(counts, 1e-3), tarAtFar4: tarAtFar(counts, 1e-4), auc: auc(counts), eer: equalErrorRate(counts), accuracy };
  },
  identification(input: Input, { folder, dim }: Settings) {
    const file = openEmbeddingFile(join(folder, 'distractors.f32'), { dim });
    const found = identification({ ...input, distractors: file });
    file.close();
    return { rank1: rankShare(found, 1), rank10: rankShare(found, 10) };
  },
  clustering({ embeddings, dim, labels }: Input, { clusters, iterations }: Settings) {
    // rows at even steps, as the peers take them
    const n = labels.length;
    const start = new Float32Array(clusters * dim);
    for (let k = 0; k < clusters; k++) {
      const row = Math.floor((k * n) / clusters);
      start.set(embeddings.subarray(row * dim, (row + 1) * dim), k * dim);
    }
    const { assignment } = kMeans({ embeddings, dim, clusters, start, maxIterations: iterations });
    return { nmi: clusterAgreement(assignment, labels).nmi };
  },
} as const;

/** Times one evaluation of embeddings in memory; distractors are read from their file. */
async function main(settings: Settings): Promise<void> {
  const { tensorflow } = await startEngine({ threads: settings.threads });
  tf.matMul(tf.ones([256, 256]), tf.ones([256, 256])).dispose(); // threads are there
  const { dim, n, perClass } = settings;
  const bytes = readFileSync(join(settings.folder, 'embeddings.f32'));
  const embeddings = new Float32Array(bytes.buffer, bytes.byteOffset, n * dim);
  const labels = Int32Array.from({ length: n }, (_, row) => Math.floor(row / perClass));
  const start = performance.now();
  const check = tasks[settings.task]({ embeddings, dim, labels }, settings);
  const milliseconds = [performance.now() - start];
  const versions = [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`];
  console.log(JSON.stringify({ milliseconds, versions, check, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
