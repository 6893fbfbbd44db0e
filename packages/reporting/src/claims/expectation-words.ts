import type { Expectation } from '@hypersphere/evaluation';

import { formatNumber, type NumberFormat } from '../format';

const PLAIN: NumberFormat = { as: 'number', decimals: 3 };

/** An expectation as a short sentence: what would make the claim hold. */
export function expectationInWords(expect: Expectation<string>, metric?: NumberFormat & { readonly label: string }): string {
  const on = metric === undefined ? '' : ` on ${metric.label}`;
  switch (expect.kind) {
    case 'above':
      return `${expect.better} better than ${expect.worse}${on}`;
    case 'aboveAll':
      return `${expect.better} better than each of ${expect.worse.join(', ')}${on}`;
    case 'notBelow':
      return `${expect.variant} not worse than ${expect.reference} by ${formatNumber(expect.delta, metric ?? PLAIN)}${metric?.as === 'percent' ? ' points' : ''}${on}`;
    case 'rises':
      return `better along ${expect.along.join(', ')}${on}`;
    case 'level':
      return `${expect.a} and ${expect.b} within ${formatNumber(expect.delta, metric ?? PLAIN)}${metric?.as === 'percent' ? ' points' : ''}${on}`;
    case 'peaksInside':
      return `best between the ends of ${expect.along.join(', ')}${on}`;
    case 'gapGrows':
      return `${expect.to[0]} against ${expect.to[1]} gains more than ${expect.from[0]} against ${expect.from[1]}${on}`;
    case 'steadier':
      return `${expect.steady} spreads less over seeds than ${expect.other}${on}`;
    case 'diverges':
      return `every run of ${expect.variants.join(', ')} diverges`;
    case 'exact':
      return `proved by the test "${expect.test}"`;
    case 'notHere':
      return 'not tested here';
  }
}
