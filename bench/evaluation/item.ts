import { join } from 'node:path';

import type { BenchItem, Side } from '../item';
import { writeEmbeddings } from './made-embeddings';

const [ours, peers] = [join(__dirname, 'ours.ts'), join(__dirname, 'peers.py')];
const shared = { dim: 512, threads: 2 };

type Task = 'retrieval' | 'verification' | 'identification' | 'clustering';

function sides(task: Task, settings: Side['settings'], ways: Readonly<Record<string, string>>): readonly Side[] {
  const all = { ...shared, ...settings, task };
  return [
    { name: 'Hypersphere', role: 'ours', program: 'node', script: ours, settings: all },
    ...Object.entries(ways).map(([way, name]): Side => ({ name, role: 'peer', program: 'python', script: peers, settings: { ...all, way } })),
  ];
}

/** Writes `embeddings.f32`, and `distractors.f32` where the task has them. */
function prepare(folder: string, settings: Side['settings']): void {
  const { n, dim, perClass, distractors } = settings as { n: number; dim: number; perClass: number; distractors?: number };
  writeEmbeddings(join(folder, 'embeddings.f32'), { n, dim, perClass, seed: 0 });
  if (distractors !== undefined) writeEmbeddings(join(folder, 'distractors.f32'), { n: distractors, dim, perClass: 1, seed: 1 });
}

const common = { unit: 'evaluation', prepare, target: 1 } as const;

/** Evaluation at the sizes of public benchmarks, on made embeddings that all sides read from one file. */
export const evaluations: readonly BenchItem[] = [
  {
    ...common,
    id: 'evaluation-retrieval',
    title: 'Retrieval: R@1, 10, 100, 1000 and MAP@R of 60,502 x 512 (the size of Stanford Online Products)',
    sides: sides('retrieval', { n: 60_502, perClass: 5 }, { topk: 'PyTorch, top 1000', count: 'PyTorch, counting', faiss: 'faiss, top 1001' }),
    scaled: ['n'],
  },
  {
    ...common,
    id: 'evaluation-verification',
    title: 'Verification: TAR@FAR, AUC and EER over all 87.5 million pairs, and ten-fold accuracy, of 13,233 x 512 (the size of LFW)',
    sides: sides('verification', { n: 13_233, perClass: 9 }, { torch: 'PyTorch' }),
    scaled: ['n'],
  },
  {
    ...common,
    id: 'evaluation-identification',
    title: 'Identification: rank 1 and 10 of 4,000 probes with 49 mates each among 1,000,000 distractors x 512 in a file (the size of MegaFace)',
    sides: sides('identification', { n: 4000, perClass: 50, distractors: 1_000_000 }, { torch: 'PyTorch, top 10', faiss: 'faiss, top 10' }),
    scaled: ['distractors'],
  },
  {
    ...common,
    id: 'evaluation-clustering',
    title: 'Clustering: five iterations of k-means and NMI, 60,000 x 512, 11,316 clusters',
    sides: sides('clustering', { n: 60_000, perClass: 5, clusters: 11_316, iterations: 5 }, { torch: 'PyTorch', faiss: 'faiss' }),
    scaled: ['n', 'clusters'],
  },
];
