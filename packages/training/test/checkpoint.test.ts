import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HypersphereError, writeAtomically } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { loadCheckpoint, saveCheckpoint, type Checkpoint } from '../src/checkpoint/checkpoint';

const parent = temporaryFolder();
let count = 0;
let folder = '';
beforeEach(() => {
  folder = join(parent, String(count++));
});

const checkpoint = (step: number): Checkpoint<{ seen: number }> => ({
  step,
  runDigest: 'abc',
  progress: { seen: step / 3 },
  tensors: { vector: { dtype: 'float32', shape: [2], values: new Float32Array([step, 0.1]) } },
});
const names = (): string[] => readdirSync(folder).sort();
const load = (log?: (line: string) => void) => loadCheckpoint<{ seen: number }>(folder, 'abc', log === undefined ? {} : { log });

describe('checkpoints', () => {
  it('gives back the newest and keeps the last two', async () => {
    expect(await load()).toBeUndefined();
    for (const step of [1, 2, 10]) await saveCheckpoint(folder, checkpoint(step));
    expect(await load()).toEqual(checkpoint(10));
    expect(names()).toEqual([2, 10].flatMap((step) => ['json', 'safetensors'].map((end) => `step-${String(step).padStart(9, '0')}.${end}`)));
  });

  it.each([
    ['a cut safetensors file', (stem: string) => truncateSync(`${stem}.safetensors`, 40), 'its safetensors file does not have the recorded SHA-256'],
    ['JSON that is cut', (stem: string) => truncateSync(`${stem}.json`, 10), /is damaged \(.*JSON/],
    ['JSON that is something else', (stem: string) => writeFileSync(`${stem}.json`, 'null'), 'its JSON is not a checkpoint'],
  ])('sets aside %s, names it and uses the one before', async (_, damage, message) => {
    await saveCheckpoint(folder, checkpoint(4));
    await saveCheckpoint(folder, checkpoint(5));
    damage(join(folder, 'step-000000005'));
    const lines: string[] = [];
    expect(await load((line) => lines.push(line))).toEqual(checkpoint(4));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
    expect(lines[0]).toMatch('checkpoint step-000000005 is damaged');
    expect(names()).toContain('step-000000005.json.damaged');
    expect(await load()).toEqual(checkpoint(4));
  });

  it('counts nothing that has no JSON yet, and clears what a killed process left', async () => {
    await saveCheckpoint(folder, checkpoint(1));
    writeFileSync(join(folder, 'step-000000002.safetensors'), 'half');
    writeFileSync(join(folder, 'step-000000002.safetensors.12345'), 'temporary');
    expect(await load()).toEqual(checkpoint(1));
    await saveCheckpoint(folder, checkpoint(3));
    await saveCheckpoint(folder, checkpoint(4));
    expect(names().filter((name) => name.includes('2'))).toEqual([]);
  });

  it('refuses a checkpoint of another run', async () => {
    await saveCheckpoint(folder, checkpoint(1));
    await expect(loadCheckpoint(folder, 'other')).rejects.toThrow(
      new HypersphereError('checkpoint step-000000001 is of another run (config, seed, images, backend, threads or version differ); start this run fresh or in a folder of its own'),
    );
  });

  it.each(['safetensors', 'json'])('stops with a way out when the disk is full at the %s file, and leaves the checkpoint before', async (ending) => {
    await saveCheckpoint(folder, checkpoint(1));
    const before = names().map((name) => readFileSync(join(folder, name)));
    const write = async (path: string, data: string | Uint8Array): Promise<void> => {
      if (path.endsWith(ending)) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      await writeAtomically(path, data);
    };
    const saving = saveCheckpoint(folder, checkpoint(2), { write });
    await expect(saving).rejects.toBeInstanceOf(HypersphereError);
    await expect(saving).rejects.toThrow(
      'checkpoint step-000000002 was not written: no space left on the device; free at least 1 MB and run again: training resumes from the checkpoint before',
    );
    expect(await load()).toEqual(checkpoint(1));
    expect(names().slice(0, 2).map((name) => readFileSync(join(folder, name)))).toEqual(before);
  });
});
