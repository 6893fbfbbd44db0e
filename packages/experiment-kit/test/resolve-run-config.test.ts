import { describe, expect, it } from '@jest/globals';

import { configOf } from '../src/plan';
import { resolveRunConfig } from '../src/resolve-run-config';
import { tiny } from './tiny';

const base = configOf(tiny.experiment, 'softmax', 'smoke');
const resolving = (changes: object) => () => resolveRunConfig({ ...base, ...changes }, 'tiny/softmax');

describe('resolveRunConfig', () => {
  it('fills every default, and leaves a resolved config as it is', () => {
    expect(base.optimiser).toMatchObject({ name: 'adam', beta1: 0.9, beta2: 0.999, weightDecay: 0 });
    expect(base.data).toMatchObject({ name: 'generated', channels: 1 });
    expect(resolving({})()).toEqual(base);
  });

  it('keeps annealing for the losses that take it only', () => {
    expect(base.schedule.annealing).toEqual({});
    expect(resolving({ loss: { name: 'sphereface', margin: 4 }, schedule: { ...base.schedule, annealing: { lambda: { base: 1000, floorAtStep: 1, floor: 5 } } } })().schedule.annealing).toMatchObject({ lambda: { floor: 5 } });
  });

  it.each([
    [{ optimiser: { name: 'adam', learningRate: -1 } }, /^tiny\/softmax: optimiser\.learningRate: .*>0, received -1$/],
    [{ optimiser: { ...base.optimiser, momentum: 0.9 } }, /^tiny\/softmax: optimiser: unknown option 'momentum'$/],
    [{ optimiser: { name: 'lion', learningRate: 1 } }, /^tiny\/softmax: optimiser\.name: .*received "lion"$/],
    [{ schedule: { ...base.schedule, steps: 3 } }, /^tiny\/softmax: schedule: expected exactly one of steps and epochs/],
    [{ schedule: { ...base.schedule, batchSize: 1.5 } }, /^tiny\/softmax: schedule\.batchSize: .*int.*, received 1\.5$/],
    [{ loss: { name: 'cosfase' } }, /^tiny\/softmax: loss.*'?cosfase'?.*cosface/],
    [{ loss: { name: 'cosface', margn: 1 } }, /^tiny\/softmax: loss\.margn: .*margin/],
    [{ loss: { name: 'cosface', margin: -1 } }, /^tiny\/softmax: loss\.margin: expected a number in \[0, 2\), received -1$/],
    [{ data: { name: 'hangeul' } }, /^tiny\/softmax: data\.name: expected one of hangul, .*got "hangeul"$/],
    [{ data: { name: 'generated', trainClasses: 1 } }, /^tiny\/softmax: data\.trainClasses: .*got 1$/],
    [{ backbone: { name: 'small-resnet', width: 0, embeddingDim: 8 } }, /^tiny\/softmax: backbone\.?.*width.*0/],
    [{ evaluation: { ...base.evaluation, split: 'train' } }, /^tiny\/softmax: evaluation\.split: .*"validation"\|"test".*, received "train"$/],
    [{ evaluation: { ...base.evaluation, exit: 1 } }, /^tiny\/softmax: evaluation\.exit: expected at most backbone\.exits 1, which must be above 1, received 1$/],
    [{ backbone: { name: 'small-resnet', width: 2, embeddingDim: 6, exits: 3 }, evaluation: { ...base.evaluation, exit: 4 } }, /^tiny\/softmax: evaluation\.exit: .*exits 3.*received 4$/],
    [{ evaluation: { ...base.evaluation, clustered: false } }, /^tiny\/softmax: evaluation\.clustered: .*received false$/],
    [{ evaluation: { ...base.evaluation, kind: 'probe' } }, /^tiny\/softmax: evaluation: expected probe with kind 'probe', and only there/],
    [{ data: { name: 'posts' } }, /^tiny\/softmax: evaluation\.kind: expected 'authorship' with the data set posts, and only there, received 'open-set' with posts$/],
    [{ evaluation: { ...base.evaluation, kind: 'authorship' } }, /^tiny\/softmax: evaluation\.kind: .*received 'authorship' with generated$/],
    [{ data: { name: 'posts' }, evaluation: { ...base.evaluation, kind: 'authorship' } }, /^tiny\/softmax: backbone: small-resnet: takes an input with height, width, channels; got features$/],
    [{ data: { name: 'posts', features: { kind: 'tokens', vocabulary: 500 } }, backbone: { name: 'text-cnn', vocabulary: 400 }, evaluation: { ...base.evaluation, kind: 'authorship' } }, /^tiny\/softmax: backbone\.vocabulary: expected at least data\.features\.vocabulary 500, received 400$/],
    [{ execution: { ...base.execution, threads: 0 } }, /^tiny\/softmax: execution\.threads: .*received 0$/],
    [{ execution: { ...base.execution, mode: 'eager', precision: 'bfloat16' } }, /^tiny\/softmax: execution: expected precision 'float32' with mode 'eager': only a recorded step can be in bfloat16, received /],
    [{ execution: { ...base.execution, mode: 'eager', xla: true } }, /^tiny\/softmax: execution: expected no xla with mode 'eager': only a recorded step can be compiled, received /],
    [{ execution: { ...base.execution, precision: 'float16' } }, /^tiny\/softmax: execution\.precision: .*received "float16"$/],
  ])('names path, expectation and what came: %j', (changes, message) => {
    expect(resolving(changes)).toThrow(message);
    expect(resolving(changes)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
