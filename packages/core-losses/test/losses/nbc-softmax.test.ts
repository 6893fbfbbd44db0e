import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { nbcSoftmax, resolveLoss, softmax, type LossConfig, type NbcSoftmaxOptions } from '../../src';
import worked from '../golden/nbc-softmax.json';
import generated from '../golden/nbc-softmax-generated.json';
import { describeGolden, type GoldenCase } from '../golden-cases';
import { onBackends } from '../on-backends';

interface ProjectedCase extends GoldenCase {
  readonly projection: number[][];
  readonly projectionBias: number[];
  readonly gradProjection: number[][];
  readonly gradProjectionBias: number[];
}

const cases: readonly GoldenCase[] = generated.cases;
const projected = cases.filter((golden): golden is ProjectedCase => 'projection' in golden);
const plain = { ...generated, cases: cases.filter((golden) => !('projection' in golden)) };

describeGolden<NbcSoftmaxOptions>('nbcSoftmax', [worked, plain], ({ embeddings, labels, prototypes, bias }, options) =>
  nbcSoftmax(embeddings, labels, prototypes, { ...options, bias }),
);

onBackends('nbcSoftmax', () => {
  const x = () => tf.tensor2d([[1, 0.5, 0], [0.8, 0.9, -1], [-0.3, 1.2, 2], [-0.6, 0.7, 0.1], [0.2, -1, 1]]);
  const w = () => tf.tensor2d([[1, 0.3, -1], [0, 2, 0.4], [-3, -3, 1], [0.5, 0.5, 0.5]]);
  const labels = (...values: number[]) => tf.tensor1d(values, 'int32');
  const block = { rho: 1, normaliser: 'none', tau: 2 } as const;
  const of = (y: tf.Tensor1D, options: NbcSoftmaxOptions) => (e: tf.Tensor) => nbcSoftmax(e as tf.Tensor2D, y, w(), options).loss;

  it.each(projected)('has the golden value and gradients: $name', (golden) => {
    tf.tidy(() => {
      const loss = (e: tf.Tensor, projection: tf.Tensor, projectionBias: tf.Tensor) =>
        nbcSoftmax(e as tf.Tensor2D, labels(...golden.labels), tf.tensor2d(golden.prototypes ?? []), {
          ...golden.options,
          projection: projection as tf.Tensor2D,
          projectionBias: projectionBias as tf.Tensor1D,
        }).loss;
      const tensors = [golden.embeddings, golden.projection, golden.projectionBias].map((values) => tf.tensor(values));
      expectClose(loss(tensors[0]!, tensors[1]!, tensors[2]!), golden.loss);
      const wanted = [golden.gradEmbeddings, golden.gradProjection, golden.gradProjectionBias];
      tf.grads(loss)(tensors).forEach((gradient, i) => expectClose(gradient, wanted[i], { rtol: 1e-4, atol: 2e-6 }));
    });
  });

  it('holds golden values with a projection', () => expect(projected).toHaveLength(1));

  it('is 0 with gradient 0 where the batch has one class, with the self term or without', () => {
    tf.tidy(() => {
      for (const selfTerm of ['keep', 'drop'] as const) {
        expectClose(of(labels(2, 2, 2, 2, 2), { ...block, selfTerm })(x()), 0);
        expectClose(tf.grad(of(labels(2, 2, 2, 2, 2), { ...block, selfTerm }))(x()), new Float32Array(15));
      }
    });
  });

  it('takes classes without a second example as they are', () => {
    tf.tidy(() => {
      const rows = tf.tensor2d([[3, 0], [0, 2], [0, -1]]);
      const cosines = [[0, 0], [0, -1], [0, -1]];
      const wanted = cosines.map((row) => Math.log(1 + row.reduce((sum, cos) => sum + Math.exp(2 * cos), 0)));
      expectClose(nbcSoftmax(rows, labels(0, 3, 1), tf.zeros([4, 2]), block).perAnchor, wanted);
      const dropped = cosines.map((row) => Math.log(row.reduce((sum, cos) => sum + Math.exp(2 * cos), 0)));
      expectClose(nbcSoftmax(rows, labels(0, 3, 1), tf.zeros([4, 2]), { ...block, selfTerm: 'drop' }).perAnchor, dropped);
    });
  });

  it('is at its maximum with gradient 0 where all embeddings are equal', () => {
    tf.tidy(() => {
      const equal = tf.tile(x().slice(0, 1), [5, 1]);
      expectClose(of(labels(0, 0, 1, 2, 1), block)(equal), Math.log(1 + 2 * Math.exp(2)));
      expectClose(tf.grad(of(labels(0, 0, 1, 2, 1), block))(equal), new Float32Array(15));
    });
  });

  it('gives a zero centroid the cosine 0 and a finite gradient', () => {
    tf.tidy(() => {
      const opposite = tf.tensor2d([[1, 0, 0], [-1, 0, 0], [0, 1, 1]]);
      expectClose(of(labels(0, 0, 1), block)(opposite), Math.log(2));
      expectClose(tf.isFinite(tf.grad(of(labels(0, 0, 1), block))(opposite)).all(), 1);
    });
  });

  it('drives centroids apart through embeddings alone, equally for all of a class', () => {
    tf.tidy(() => {
      const y = labels(0, 0, 1, 2, 1);
      const rows = tf.grad(of(y, block))(x()).arraySync() as number[][];
      expectClose(rows[0]!, rows[1]!);
      expectClose(tf.grad((p) => nbcSoftmax(x(), y, p as tf.Tensor2D, block).loss)(w()), new Float32Array(12));
    });
  });

  it('mixes with softmax by rho and divides by the classes of the head, of the batch, or by nothing', () => {
    tf.tidy(() => {
      const y = labels(0, 0, 1, 2, 1);
      const valueOf = (options: NbcSoftmaxOptions) => of(y, { tau: 2, ...options })(x()).arraySync();
      const [ce, apart] = [softmax(x(), y, w()).loss.arraySync(), valueOf(block)];
      expectClose(valueOf({ rho: 0 }), ce);
      expectClose(valueOf({ rho: 0.3 }), 0.7 * ce + (0.3 * apart) / 4);
      expectClose(valueOf({ rho: 0.3, normaliser: 'present' }), 0.7 * ce + (0.3 * apart) / 3);
      expectClose(valueOf({ ...block, tauMode: 'divide', tau: 0.5 }), apart);
    });
  });

  it('adds no parameter to softmax without a projection', () => {
    const namesOf = (config: LossConfig) => {
      const { entry, options } = resolveLoss(config);
      return Object.entries(entry.parameters(4, 3, options)).map(([name, { shape }]) => [name, ...shape]);
    };
    expect(namesOf({ name: 'nbcSoftmax' })).toEqual(namesOf({ name: 'softmax' }));
    expect(namesOf({ name: 'nbcSoftmax', projectionSize: 2 })).toEqual([...namesOf({ name: 'softmax' }), ['projection', 2, 3], ['projectionBias', 2]]);
  });

  it('stays finite where the kernel would overflow', () => {
    tf.tidy(() => {
      const options = { ...block, tauMode: 'divide', tau: 0.002, selfTerm: 'drop' } as const;
      expectClose(tf.isFinite(of(labels(0, 0, 1, 2, 1), options)(x())), 1);
      expectClose(tf.isFinite(tf.grad(of(labels(0, 0, 1, 2, 1), options))(x())).all(), 1);
    });
  });

  it('says which projection does not fit', () => {
    tf.tidy(() => {
      const said = (options: NbcSoftmaxOptions) => () => nbcSoftmax(x(), labels(0, 0, 1, 2, 1), w(), options);
      expect(said({ projection: tf.zeros([2, 4]) })).toThrow(
        new RangeError('nbcSoftmax: projection must be [2,3] to match embeddings [5,3], got [2,4]'),
      );
      expect(said({ projection: tf.zeros([2, 3]), projectionBias: tf.zeros([3]) })).toThrow(
        new RangeError('nbcSoftmax: projectionBias must be [2] to match projection [2,3], got [3]'),
      );
    });
  });
});
