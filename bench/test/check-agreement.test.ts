import { expect, it } from '@jest/globals';

import { checkAgreement } from '../check-agreement';

it('lets sides differ by rounding only', () => {
  expect(() => checkAgreement({ id: 'x' }, [['a', { nmi: 0.9 }], ['b', { nmi: 0.91, other: 3 }], ['c', undefined]])).not.toThrow();
  expect(() => checkAgreement({ id: 'x' }, [['a', { nmi: 0.9 }], ['b', { nmi: 0.95 }]])).toThrow("bench: x: 'a' and 'b' differ in nmi: 0.9 and 0.95");
});
