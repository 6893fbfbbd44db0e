import { softmax, type SoftmaxOptions } from '../../src';
import worked from '../golden/softmax.json';
import generated from '../golden/softmax-generated.json';
import { describeGolden } from '../golden-cases';

describeGolden<SoftmaxOptions>('softmax', [worked, generated], ({ embeddings, labels, prototypes, bias }, options) =>
  softmax(embeddings, labels, prototypes, { bias, ...options }),
);
