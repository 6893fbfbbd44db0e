import { buildBackbone, describeNetwork, type InputSize } from '@hypersphere/backbones';
import { preparationOf, resolveDataConfig, rowInput } from '@hypersphere/data';

import { canonicalJson } from './canonical-json';
import { defaultJobs } from './default-jobs';
import { distinctData } from './distinct-data';
import { lacking } from './lacking';
import type { PlannedRun } from './plan';
import type { RunConfig } from './run-config';
import { pretrainingId, trainingId } from './run-identity';
import { runName } from './run-name';
import { openRunStore } from './run-store';

export interface EstimateOptions {
  readonly jobs?: number;
  readonly fresh?: boolean;
}

/** Runs, and the profile in whose store they are looked up. */
export interface StorePlan {
  readonly store: string;
  readonly runs: readonly PlannedRun[];
}

/** Start of a process, data, and evaluation with its bootstrap. */
const SECONDS_A_RUN = 6;
/** Multiply-adds a second and thread of small convolutions with their gradients. */
const MULTIPLY_ADDS = 6e9;
const SECONDS_A_STEP = 0.02;
const CHECKPOINT_TENSORS = 3;

/** `--dry-run`: the plan, with an estimate of time, download and disk. Nothing is fetched or trained. */
export async function printEstimate(plans: readonly StorePlan[], { jobs, fresh }: EstimateOptions, print: (line: string) => void): Promise<void> {
  const runs = plans.flatMap((plan) => plan.runs);
  const missing = new Set(plans.flatMap((plan) => lacking(plan.runs, plan.store, fresh).missing));
  const known = new Map(plans.flatMap((plan) => [...secondsByConfig(plan)]));
  const trained = new Set<string>();
  const firstStages = new Set<string | undefined>();
  const seconds = [...missing].map(({ config, seed }) => {
    const training = trainingId(config, seed);
    if (trained.has(training)) return SECONDS_A_RUN; // it measures the checkpoint of another
    trained.add(training);
    const first = pretrainingId(config, seed);
    const isStored = firstStages.has(first);
    firstStages.add(first);
    return known.get(timingKey(config)) ?? guess(config, isStored);
  });
  for (const run of runs) print(`${missing.has(run) ? 'train ' : 'stored'} ${run.id} ${runName(run)}`);
  const preparations = await Promise.all(distinctData([...missing]).map((data) => preparationOf(data)));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const lanes = Math.max(1, Math.min(jobs ?? defaultJobs(runs), missing.size));
  // The longest run takes its time however many go beside it.
  const time = Math.max(0, ...seconds, sum(seconds) / lanes);
  const disk = sum(preparations.map(({ diskBytes }) => diskBytes)) + sum([...missing].map(({ config }) => checkpointBytes(config)));
  for (const { problem } of preparations) if (problem !== undefined) print(`Before it can run: ${problem}`);
  print(`${runs.length} runs: ${runs.length - missing.size} stored, ${missing.size} to train, ${lanes} at a time.`);
  print(`Estimate: ${duration(time)}, download ${megabytes(sum(preparations.map(({ downloadBytes }) => downloadBytes)))}, disk ${megabytes(disk)}.`);
}

/** Mean seconds of stored runs, by what their time depends on. */
function secondsByConfig({ runs, store }: StorePlan): Map<string, number> {
  const papers = new Set(runs.flatMap(({ uses }) => uses.map(({ paper }) => paper)));
  const times = new Map<string, number[]>();
  for (const paper of papers) {
    for (const record of openRunStore(paper, store).read().values()) {
      const key = timingKey(record.config);
      if (record.status === 'done') times.set(key, [...(times.get(key) ?? []), record.seconds + SECONDS_A_RUN]);
    }
  }
  return new Map([...times].map(([key, values]) => [key, values.reduce((a, b) => a + b, 0) / values.length]));
}

const timingKey = ({ data, backbone, pretraining, schedule, execution }: RunConfig): string =>
  canonicalJson({ data, backbone, pretraining: pretraining && { ...pretraining.schedule, annealing: undefined }, schedule: { ...schedule, annealing: undefined }, execution });

/** @param hasFirstStage whether another run leaves its first stage to this one */
function guess(config: RunConfig, hasFirstStage: boolean): number {
  const { data, backbone, pretraining, schedule, execution } = config;
  const network = buildBackbone(backbone, inputSize(data));
  const multiplyAdds = describeNetwork(network).reduce((total, layer) => total + layer.multiplyAdds, 0);
  const stage = ({ steps, epochs = 0, batchSize, augmentation }: RunConfig['schedule']): number =>
    (steps ?? (epochs * trainImages(data)) / batchSize) * (SECONDS_A_STEP + (3 * multiplyAdds * batchSize * (augmentation?.views ?? 1)) / (MULTIPLY_ADDS * execution.threads));
  return SECONDS_A_RUN + stage(schedule) + (pretraining === undefined || hasFirstStage ? 0 : stage(pretraining.schedule));
}

function inputSize(data: RunConfig['data']): InputSize {
  const resolved = resolveDataConfig(data);
  return resolved.name === 'posts' ? rowInput(resolved) : imageSize(data);
}

function imageSize(data: RunConfig['data']): { height: number; width: number; channels: number } {
  const size = { cifar10: [32, 32, 3], hangul: [32, 32], typefaces: [32, 96], mnist: [28, 28] } as Readonly<Record<string, readonly number[]>>;
  const own = data as { height?: number; width?: number; channels?: number };
  const [height, width, channels] = size[data.name] ?? [own.height ?? 32, own.width ?? 32, own.channels];
  return { height: height ?? 32, width: width ?? 32, channels: channels ?? 1 };
}

function trainImages(data: RunConfig['data']): number {
  const own = data as { trainImages?: number; trainClasses?: number; imagesPerClass?: number; trainTypefaces?: number; trainFamilies?: number; facesPerFamily?: number; imagesPerFace?: number };
  return own.trainImages ?? (own.trainClasses ?? (own.trainFamilies ?? 0) * (own.facesPerFamily ?? 1)) * (own.imagesPerClass ?? own.imagesPerFace ?? own.trainTypefaces ?? 16);
}

function checkpointBytes({ data, backbone }: RunConfig): number {
  const parameters = describeNetwork(buildBackbone(backbone, inputSize(data))).reduce((total, layer) => total + layer.parameters, 0);
  return 2 * CHECKPOINT_TENSORS * 4 * parameters;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
