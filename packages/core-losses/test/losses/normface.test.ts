import { normface, type NormfaceOptions } from '../../src';
import worked from '../golden/normface.json';
import generated from '../golden/normface-generated.json';
import { describeGolden } from '../golden-cases';

describeGolden<NormfaceOptions>('normface', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  normface(embeddings, labels, prototypes, options),
);
