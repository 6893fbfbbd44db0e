import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson } from '@hypersphere/testing/fuzz';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import { loadCheckpoint, saveCheckpoint, type Checkpoint } from '../src/checkpoint/checkpoint';

jest.setTimeout(900_000);

const parent = temporaryFolder();
let count = 0;
let folder = '';
beforeEach(() => {
  folder = join(parent, String(count++));
});

const checkpoint: Checkpoint<{ lossSum: number; curve: readonly object[] }> = {
  step: 5,
  runDigest: 'abc',
  progress: { lossSum: 2.5, curve: [{ step: 1, loss: 0.5 }] },
  tensors: { vector: { dtype: 'float32', shape: [2], values: new Float32Array([1, 0.1]) } },
};
const at = (ending: string): string => join(folder, `step-000000005.${ending}`);

/** The same checkpoint, or none and a line that says why. */
async function survives(): Promise<boolean> {
  const lines: string[] = [];
  let loaded: unknown;
  try {
    loaded = await loadCheckpoint(folder, 'abc', { log: (line) => lines.push(line) });
  } catch (error) {
    return (error as Error).message.includes('is of another run');
  }
  return loaded === undefined ? lines.length === 1 && lines.every(isHarmless) : JSON.stringify(loaded) === JSON.stringify(checkpoint);
}

describe('a hostile checkpoint', () => {
  it('with a changed JSON file is set aside: no number of the progress is taken that was not written', async () => {
    await saveCheckpoint(folder, checkpoint);
    const json = readFileSync(at('json'));
    const safetensors = readFileSync(at('safetensors'));
    // who takes the digest away too has a checkpoint of an earlier version: only its form can be checked
    const changed = fc.oneof(mutatedBytes(json).map(String), mutatedJson(JSON.parse(json.toString()))).filter((text) => text.includes('"digest":'));
    await fc.assert(
      fc.asyncProperty(changed, async (text) => {
        writeFileSync(at('json'), text);
        writeFileSync(at('safetensors'), safetensors);
        return survives();
      }),
      { numRuns: fuzzRuns(1000), seed: 27 },
    );
  });

  it('with changed tensors is set aside', async () => {
    await saveCheckpoint(folder, checkpoint);
    const [json, safetensors] = [readFileSync(at('json')), readFileSync(at('safetensors'))];
    await fc.assert(
      fc.asyncProperty(mutatedBytes(safetensors), async (bytes) => {
        writeFileSync(at('json'), json);
        writeFileSync(at('safetensors'), bytes);
        return survives();
      }),
      { numRuns: fuzzRuns(500), seed: 28 },
    );
  });

  it('of an earlier version, without a digest of its JSON, is read', async () => {
    await saveCheckpoint(folder, checkpoint);
    const { digest, ...rest } = JSON.parse(readFileSync(at('json'), 'utf8')) as { digest: string };
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    writeFileSync(at('json'), JSON.stringify(rest));
    expect(await loadCheckpoint(folder, 'abc')).toEqual(checkpoint);
  });

  it.each([
    [(text: string) => text.replace('"lossSum":2.5', '"lossSum":9.5'), 'its JSON does not have the recorded SHA-256'],
    [() => '['.repeat(1e6), 'its JSON is nested deeper than 100 levels'],
    [(text: string) => text.replace('"step":5', '"step":5,"step":5'), 'its JSON has an object with the same key twice'],
    [(text: string) => text.replace(/"progress":.*}]}/, '"progress":7'), 'its JSON is not a checkpoint'],
  ])('says what is wrong (%#)', async (damage, message) => {
    await saveCheckpoint(folder, checkpoint);
    writeFileSync(at('json'), damage(readFileSync(at('json'), 'utf8')));
    const lines: string[] = [];
    expect(await loadCheckpoint(folder, 'abc', { log: (line) => lines.push(line) })).toBeUndefined();
    expect(lines).toEqual([`checkpoint step-000000005 is damaged (${message}); set aside, trying the one before`]);
  });
});
