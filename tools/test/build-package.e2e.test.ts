import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { buildPackage, PUBLISHED } from '../build-package';

const USE = `
const tf = require('@tensorflow/tfjs');
const { cosface } = require('@hypersphere/core-losses');
const { buildBackbone, initialParameters, initialStatistics, forward } = require('@hypersphere/backbones');
const { auc, rocCounts } = require('@hypersphere/evaluation');
const simplex = tf.tensor2d([[1, 0], [-0.5, 0.8660254], [-0.5, -0.8660254]]);
const loss = cosface(tf.tensor2d([[-5, 0]]), tf.tensor1d([0], 'int32'), simplex).loss.dataSync()[0];
const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 4 }, { height: 16, width: 16, channels: 1 });
let draw = 0;
const parameters = initialParameters(network, () => ({ normal: () => Math.sin(draw++), uniform: () => 0.5 }));
const { embedding } = forward(network, parameters, initialStatistics(network), tf.zeros([3, 16, 16, 1]), { training: false });
console.log(JSON.stringify({ backend: tf.getBackend(), loss, shape: embedding.shape, evaluation: [typeof auc, typeof rocCounts] }));
`;

const folder = temporaryFolder();

it('packages install in an empty folder and run with stock tfjs', () => {
  const npm = (args: readonly string[], cwd: string) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const tarballs = PUBLISHED.map((name) => {
    const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], buildPackage(name))) as { filename: string }[];
    return join(folder, packed?.filename ?? '');
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
  const { version } = JSON.parse(readFileSync(require.resolve('@tensorflow/tfjs/package.json'), 'utf8')) as { version: string };
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `@tensorflow/tfjs@${version}`, ...tarballs], folder);
  writeFileSync(join(folder, 'use.cjs'), USE);
  const used = JSON.parse(execFileSync(process.execPath, ['use.cjs'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(used['backend']).toBe('cpu');
  expect(used['loss']).toBeCloseTo(119.0931, 3); // 64 (1 + 0.5 + 0.35) + ln 2
  expect(used['shape']).toEqual([3, 4]);
  expect(used['evaluation']).toEqual(['function', 'function']);
}, 180_000);
