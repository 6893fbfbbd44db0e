import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBackbone, type BackboneConfig } from '@hypersphere/backbones';
import { HypersphereError, writeSafetensors } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { configOf } from '../src/plan';
import { identify } from '../src/run-identity';
import { cachedWeights, importWeights } from '../src/trunk-weights';
import { tiny } from './tiny';

const folder = temporaryFolder();
const backbone: BackboneConfig = { name: 'resnet', depth: 18, width: 2, embeddingDim: 4 };
const path = join(folder, 'trunk.safetensors');
const bytes = writeSafetensors({
  'conv1.weight': { dtype: 'float32', shape: [2], values: new Float32Array([1, 2]) },
  'fc.weight': { dtype: 'float32', shape: [1], values: new Float32Array([3]) },
});

beforeAll(() => {
  process.env['HYPERSPHERE_CACHE'] = join(folder, 'cache');
  writeFileSync(path, bytes);
});

describe('trunk weights', () => {
  it('become part of the config by name and digest, without their folder', async () => {
    const { backbone: config, unused } = await importWeights(path, backbone);
    expect(config.weights).toEqual({ file: 'trunk.safetensors', sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(JSON.stringify(config)).not.toContain(folder);
    expect(unused).toEqual(['fc.weight']);
    expect(buildBackbone(config, { height: 32, width: 32, channels: 3 }).embeddingDim).toBe(4);
  });

  it('are part of the identity of a run', () => {
    const config = configOf(tiny.experiment, 'softmax', 'smoke');
    const withDigest = (digit: string) => identify({ ...config, backbone: { ...backbone, weights: { file: 'a', sha256: digit.repeat(64) } } }, 0).id;
    expect(new Set([identify({ ...config, backbone }, 0).id, withDigest('1'), withDigest('2')]).size).toBe(3);
  });

  it('are found again by their digest', async () => {
    const { backbone: config } = await importWeights(path, backbone);
    const found = await cachedWeights(config);
    expect(Object.keys(found ?? {})).toEqual(['conv1.weight', 'fc.weight']);
    expect(found?.['conv1.weight']?.values).toEqual(new Float32Array([1, 2]));
    expect(await cachedWeights(backbone)).toBeUndefined();
  });

  it('that are not in the cache are asked for', async () => {
    const sha256 = '0'.repeat(64);
    await expect(cachedWeights({ ...backbone, weights: { file: 'other.safetensors', sha256 } })).rejects.toThrow(
      `the weights other.safetensors (SHA-256 ${sha256}) are not in the cache; give the file again: train ... --weights other.safetensors`,
    );
  });

  it('that were changed in the cache are refused', async () => {
    const { backbone: config } = await importWeights(path, backbone);
    writeFileSync(join(folder, 'cache', 'weights', `${config.weights?.sha256}.safetensors`), bytes.subarray(0, bytes.length - 1));
    await expect(cachedWeights(config)).rejects.toThrow('in the cache do not have the SHA-256');
  });

  it.each([
    ['no file', (at: string) => at, /^--weights: .*cannot be read/, backbone],
    ['another format', (at: string) => (writeFileSync(at, 'PK'), at), /^--weights: .*: readSafetensors: malformed file: it has 2 bytes/, backbone],
    ['a backbone without known names', (at: string) => (writeFileSync(at, bytes), at), /mnist-cnn: no names of PyTorch weights are known/, { name: 'mnist-cnn' } as const],
  ])('are refused: %s', async (what, make, message, config) => {
    const error: unknown = await importWeights(make(join(folder, `${what}.bin`)), config).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(HypersphereError);
    expect(error).toMatchObject({ exitCode: 2 });
    expect((error as HypersphereError).message).toMatch(message);
  });
});
