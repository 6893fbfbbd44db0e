import { softmaxWithCenter, type SoftmaxWithCenterOptions } from '../../src';
import generated from '../golden/softmax-with-center-generated.json';
import { describeGolden } from '../golden-cases';

type Options = Omit<SoftmaxWithCenterOptions, 'centres'>;

describeGolden<Options>('softmaxWithCenter', [generated], ({ embeddings, labels, prototypes, bias, centres }, options) =>
  softmaxWithCenter(embeddings, labels, prototypes, { bias, centres, ...options }),
);
