import { TRAINING_VERSION } from '@hypersphere/training';
import { describe, expect, it } from '@jest/globals';

import { PROFILE_NAMES } from '../src/define-experiment';
import { experimentIds, loadExperiment } from '../src/load-experiment';
import { cellGroups, findCell } from '../src/provenance/cell-groups';
import { option } from '../src/provenance/command-words';
import { repeatCommand } from '../src/provenance/repeat-command';
import { slug, slugs } from '../src/provenance/slug';
import { sparkline } from '../src/provenance/sparkline';
import { whyStale } from '../src/provenance/why-stale';
import { resolveExecution } from '../src/resolve-run-config';
import { identify } from '../src/run-identity';
import { madeUpRecord } from './made-up-record';
import { tiny } from './tiny';

describe('addresses', () => {
  it.each([
    ['LMCL', 'lmcl'],
    ['A-Softmax-NormFea', 'a-softmax-normfea'],
    ['MF1_TAR@FAR1e-6', 'mf1-tar-far1e-6'],
    ['Group Loss++', 'group-loss++'],
    ['LMCL, s = 64 (as in the paper)', 'lmcl-s-64-as-in-the-paper'],
    ['../$(rm -rf ~)', '..-rm-rf'],
    ['τ = 0.1', 'τ-0.1'],
    ['%', 'unnamed'],
  ])('%s becomes %s', (label, expected) => expect(slug(label)).toBe(expected));

  it('tell labels apart that are spelled alike', () => {
    expect(slugs(['AM-Softmax', 'AM Softmax', 'AM-Softmax 2', 'am_softmax'])).toEqual(['am-softmax', 'am-softmax-2', 'am-softmax-2-2', 'am-softmax-3']);
  });

  it.each(experimentIds())('of %s are unique in the standard profile, safe in a shell, and found again', (id) => {
    const groups = cellGroups(loadExperiment(id), 'standard');
    const cells = groups.flatMap((group) => group.cells());
    const addresses = cells.map(({ address }) => address);
    expect(addresses.length).toBeGreaterThan(10);
    expect(new Set(addresses.map((one) => one.toLowerCase())).size).toBe(addresses.length);
    expect(addresses.filter((one) => !/^[\p{L}\p{N}.+/-]+$/u.test(one))).toEqual([]);
    const [first] = addresses;
    expect(findCell(first?.toUpperCase() ?? '', groups, id).address).toBe(first);
  });
});

it('quotes what would not survive a shell', () => {
  expect(option('variant', 'softmax')).toBe('--variant=softmax');
  expect(option('variant', 'm=0.35')).toBe('--variant="m=0.35"');
  expect(option('variant', 'a "b" $c `d` \\')).toBe('--variant="a \\"b\\" \\$c \\`d\\` \\\\"');
});

it('draws a line from the lowest to the highest value, with gaps', () => {
  expect(sparkline([0, 7, null, 3])).toBe('▁█ ▄');
  expect(sparkline([2, 2])).toBe('▁▁');
  expect(sparkline([])).toBe('');
  const long = sparkline(Array.from({ length: 1000 }, (_, at) => at));
  expect(long).toHaveLength(32);
  expect([long[0], long.at(-1)]).toEqual(['▁', '█']);
});

it('says of a stale run what has changed', () => {
  const record = madeUpRecord('cosface');
  const { config, manifestDigest } = record;
  expect(whyStale(record, { config, manifestDigest })).toEqual([]);
  const changed = { ...config, loss: { ...config.loss, margin: 0.3 } as typeof config.loss, optimiser: { ...config.optimiser, learningRate: 0.5 } };
  expect(whyStale({ ...record, trainingVersion: 1 }, { config: changed, manifestDigest: 'ffffffffffffffff' })).toEqual([
    'loss.margin 0.2, now 0.3',
    'optimiser.learningRate 0.01, now 0.5',
    `data manifest ${manifestDigest.slice(0, 12)}, now ffffffffffff`,
    `training version 1, now ${TRAINING_VERSION}`,
  ]);
});

describe('the command that repeats a run', () => {
  const command = (record: Parameters<typeof repeatCommand>[0]) => repeatCommand(record, tiny.experiment, 'smoke');

  it('is train for a variant', () => {
    expect(command(madeUpRecord('softmax', 4))).toEqual({ command: 'npx nx run tiny:train --variant=softmax --seed=4 --profile=smoke --fresh' });
  });

  it('is quoted', () => {
    expect(command({ ...madeUpRecord('cosface'), variants: ['cosface, again'] }).command).toBe('npx nx run tiny:train --variant="cosface, again" --seed=0 --profile=smoke --fresh');
  });

  it('has the options of a run that was executed otherwise', () => {
    const { config } = madeUpRecord();
    const otherwise = (execution: Partial<typeof config.execution>) => {
      const own = { ...config, execution: resolveExecution({ ...config.execution, ...execution }, 'test') };
      return command({ ...madeUpRecord(), config: own, ...identify(own, 0) }).command;
    };
    expect(otherwise({ mode: 'eager' })).toMatch(/ --fresh --eager$/);
    expect(otherwise({ precision: 'bfloat16' })).toMatch(/ --fresh --precision=bfloat16$/);
    expect(otherwise({ xla: true })).toMatch(/ --fresh --xla$/);
  });

  it('is verify for a point of a study, with the store of searches', () => {
    const record = madeUpRecord();
    const config = { ...record.config, schedule: { ...record.config.schedule, batchSize: 8 } };
    const point = { ...record, config, ...identify(config, 0), variants: ['softmax schedule.batchSize=8'] };
    expect(command(point).command).toBe(`npx nx run tiny:verify --run=${point.id} --profile=smoke`);
    expect(command({ ...point, profile: 'search' }).command).toBe(`npx nx run tiny:verify --run=${point.id} --search`);
  });

  it('needs the old commit for a run that this version trains otherwise', () => {
    const { note } = command({ ...madeUpRecord(), id: '0123456789abcdef', commit: 'abc123' });
    expect(note).toBe('the code, the data or the experiment has changed since: git checkout abc123');
  });
});

it.each(PROFILE_NAMES)('the cells of a study are there in the profile %s', (profile) => {
  const cells = cellGroups(tiny, profile).find(({ name }) => name === 'margin')?.cells() ?? [];
  expect(cells.map(({ address }) => address)).toEqual(['margin/margin-0.1/identification.rank1', 'margin/margin-0.3/identification.rank1']);
});
