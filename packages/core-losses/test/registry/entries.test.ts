import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import * as api from '../../src';
import { checkOption } from '../../src/options/check-option';
import { gradientsOf, problemFor, run, termsOf, type Problem } from './problem';
import { changed, defaultsOf, otherValues, type Options } from './variants';

const entries = Object.entries(api.losses as Record<string, api.LossEntry>);
const inPackage = (...parts: string[]) => join(__dirname, '..', '..', ...parts);

describe.each(entries)('%s', (name, entry) => {
  const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

  it('has a file, a test and golden values of its name', () => {
    expect(existsSync(inPackage('src', 'losses', `${file}.ts`))).toBe(true);
    expect(existsSync(inPackage('test', 'losses', `${file}.test.ts`))).toBe(true);
    expect(readdirSync(inPackage('test', 'golden'))).toContainEqual(expect.stringMatching(new RegExp(`^${file}(-generated)?\\.json$`)));
  });

  it('describes every option as plain data, its default within bounds', () => {
    expect(JSON.parse(JSON.stringify(entry.options))).toEqual(entry.options);
    for (const [option, spec] of Object.entries(entry.options)) {
      expect(checkOption(option, spec, spec.default)).toBe(spec.default);
      expect(spec.describe).toMatch(/^\S.{10,90}[^.]$/);
    }
    entry.check?.(defaultsOf(entry));
  });

  it('describes its tensors', () => {
    const options = defaultsOf(entry);
    for (const spec of Object.values({ ...entry.parameters(5, 4, options), ...entry.state?.(5, 4, options) })) {
      expect(spec.shape.every((size) => Number.isInteger(size) && size > 0)).toBe(true);
    }
    expect(['prototypes', 'pairs']).toContain(entry.uses);
  });

  it('has the defaults of its function', () => {
    const loss = (api as unknown as Record<string, (...given: unknown[]) => api.LossOutput>)[name];
    if (loss === undefined) throw new Error(`src/index.ts does not export ${name}`);
    tf.tidy(() => {
      const options = defaultsOf(entry);
      const problem = problemFor(entry, options);
      const { embeddings, labels, parameters, state, draws } = problem;
      const rows = parameters.prototypes ?? state.centres;
      const tensors = { ...parameters, ...state, ...draws };
      const plain = rows === undefined ? loss(embeddings, labels, tensors) : loss(embeddings, labels, rows, tensors);
      expectClose(termsOf(plain), termsOf(run(entry, options, problem)));
    });
  });

  for (const [option, spec] of Object.entries(entry.options)) {
    it(`listens to its option ${option}`, () => {
      for (const value of otherValues(spec)) {
        const heard = changed(entry, option, value, (options, other) => tf.tidy(() => differs(entry, options, other)));
        expect(heard).toBeDefined();
      }
    });
  }

  it('takes what is annealed from the schedule as from the option', () => {
    for (const key of entry.annealed ?? []) {
      tf.tidy(() => {
        const options = { ...defaultsOf(entry), [key]: 2.5 };
        const problem = problemFor(entry, options);
        const fed = run(entry, defaultsOf(entry), problem, { [key]: tf.scalar(2.5) });
        expectClose(fed.loss, run(entry, options, problem).loss);
        expect(fed.loss.dataSync()).not.toEqual(run(entry, defaultsOf(entry), problem).loss.dataSync());
      });
    }
  });
});

/** Classes of two, three and one, so that means over pairs and over anchors differ. */
const UNEQUAL = [0, 2, 0, 2, 2, 3];

/** Whether loss, gradient, next state or the tensors themselves differ between two settings. */
function differs(entry: api.LossEntry, options: Options, other: Options): boolean {
  const [a, b] = [options, other].map((given) => numbersOf(entry, given, awayFrom(problemFor(entry, given, UNEQUAL))));
  return JSON.stringify(a) !== JSON.stringify(b);
}

function numbersOf(entry: api.LossEntry, options: Options, problem: Problem): number[][] {
  const { loss, state = {} } = run(entry, options, problem);
  return [loss, ...Object.values(state), ...gradientsOf(entry, options, problem)].map((t) => [...t.dataSync()]);
}

/** The first example faces away from its prototype, where the branches of a margin part, the others are long, where bounds of a norm part; without prototypes one has a double of its class, one a double of another. */
function awayFrom(problem: Problem): Problem {
  const rows = problem.parameters.prototypes;
  if (rows === undefined) return { ...problem, embeddings: tf.gather(problem.embeddings, tf.tensor1d([0, 1, 0, 3, 4, 1], 'int32')) };
  const first = tf.add(tf.mul(-1, rows.slice([0, 0], [1, -1])), tf.mul(0.05, problem.embeddings.slice([0, 0], [1, -1])));
  return { ...problem, embeddings: tf.concat([first as tf.Tensor2D, tf.mul(problem.embeddings.slice([1, 0]), 10)]) };
}
