import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { WORKSPACE } from '../src/workspace';
import { pages, relativeLinks } from './markdown';

describe.each(pages().map((page) => [page.path, page] as const))('%s', (path, page) => {
  it('has links that lead somewhere', () => {
    expect(relativeLinks(page).filter((target) => !existsSync(join(WORKSPACE, dirname(path), target)))).toEqual([]);
  });

  it('speaks of the project alone', () => {
    expect(page.text.match(/\/(work|tmp|home|root)\/\S*/g)).toBeNull();
  });
});
