import { configOf, loadExperiment, type RunConfig } from '@hypersphere/experiment-kit';

export interface ProfileSize {
  readonly id: string;
  readonly title: string;
  readonly config: RunConfig;
  /** Height and width of the images, in pixels. */
  readonly side: number;
  readonly classes: number;
  readonly threads: number;
  readonly steps: number;
}

/** ArcFace's step as the runs of the lab's profiles are configured, and the wide one that is measured against the peers. */
export function profileSizes(): readonly ProfileSize[] {
  const { experiment } = loadExperiment('arcface');
  const [quick, standard] = [configOf(experiment, experiment.main, 'quick'), configOf(experiment, experiment.main, 'standard')];
  const wide: RunConfig = { ...standard, backbone: { name: 'small-resnet', width: 32, embeddingDim: 128 }, schedule: { ...standard.schedule, batchSize: 128 } };
  return [
    { id: 'quick', title: 'quick profile: width 8, 32 x 32 x 1, batch 80, 200 classes, one thread', config: quick, side: 32, classes: 200, threads: 1, steps: 20 },
    { id: 'standard', title: 'standard profile: width 16, 32 x 32 x 1, batch 80, 600 classes, one thread', config: standard, side: 32, classes: 600, threads: 1, steps: 12 },
    { id: 'w32', title: 'width 32, 64 x 64 x 1, batch 128, 500 classes, two threads', config: wide, side: 64, classes: 500, threads: 2, steps: 6 },
  ];
}
