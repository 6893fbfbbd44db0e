import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { WORKSPACE } from '../src/workspace';

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const SKIPPED = /(^|\/)(node_modules|dist|\.git|\.nx|results|files)(\/|$)/;

/** Every Markdown page that people write. */
export function pages(folder = WORKSPACE): Page[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    const path = relative(WORKSPACE, file);
    if (SKIPPED.test(path)) return [];
    if (entry.isDirectory()) return pages(file);
    return entry.name.endsWith('.md') ? [{ path, text: readFileSync(file, 'utf8') }] : [];
  });
}

/** The commands of a page that start with `npx nx`: lines of code blocks, and code within the text. */
export function nxCommands({ text }: Page): string[] {
  const parts = text.split(/^```.*$/m);
  const blocks = parts.filter((_, at) => at % 2 === 1).flatMap((block) => block.split('\n').flatMap((line) => line.split('&&')));
  const words = parts.filter((_, at) => at % 2 === 0).flatMap((part) => [...part.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? ''));
  return [...new Set([...blocks, ...words].map((command) => command.trim()).filter((command) => command.startsWith('npx nx ')))];
}

/** Relative links and images of a page, without the part after `#`. */
export function relativeLinks({ text }: Page): string[] {
  const prose = text.split(/^```.*$/m).filter((_, at) => at % 2 === 0).join('');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return links.filter((target) => !/^[a-z]+:|^#/.test(target)).map((target) => target.replace(/#.*$/, ''));
}
