import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What each system's package manager calls the things that may be missing. */
const MANAGERS = {
  'apt-get': { install: 'apt-get install', compiler: 'g++', pip: 'python3-pip' },
  dnf: { install: 'dnf install', compiler: 'gcc-c++', pip: 'python3-pip' },
  zypper: { install: 'zypper install', compiler: 'gcc-c++', pip: 'python3-pip' },
  pacman: { install: 'pacman -S', compiler: 'gcc', pip: 'python-pip' },
} as const;

/** The one command that installs what is missing, as far as this system's package manager is known. */
export function installHint(what: 'compiler' | 'pip'): string {
  const manager = (Object.keys(MANAGERS) as (keyof typeof MANAGERS)[]).find(inPath) ?? 'apt-get';
  const names = MANAGERS[manager];
  return `${names.install} ${names[what]}`;
}

function inPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
