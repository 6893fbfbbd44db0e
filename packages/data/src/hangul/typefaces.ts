import type { Role } from '../role';
import table from './typeface-table.json';

export interface HangulTypeface {
  readonly id: string;
  readonly role: Role;
  readonly packageName: string;
  /** The one file of the package that is used: all Hangul in one weight. */
  readonly file: string;
}

/** The 23 Korean typefaces with all syllables of KS X 1001: 16 to train in, 2 to validate in, 5 to test in. */
export const hangulTypefaces: readonly HangulTypeface[] = table.typefaces.map(({ id, weight, role }) => ({
  id,
  role: role as Role,
  packageName: `@fontsource/${id}`,
  file: `files/${id}-korean-${weight}-normal.woff2`,
}));
