import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { WORKSPACE } from '../workspace';

/**
 * Whether the named tests exist: `path/to/file: title`, without the ending `.test.ts`. That they pass is what
 * continuous integration says of the commit.
 */
export function provenTests(names: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(
    names.map((name) => {
      const [path = '', title = ''] = name.split(': ');
      const file = join(WORKSPACE, `${path}.test.ts`);
      return [name, existsSync(file) && readFileSync(file, 'utf8').includes(title)];
    }),
  );
}
