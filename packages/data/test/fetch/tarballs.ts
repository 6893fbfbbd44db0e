import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { Pack } from '../../src/fetch/npm-pack';
import { type PinnedPackage, tarballName } from '../../src/fetch/pinned-package';

export interface Entry {
  readonly path: string;
  readonly content?: string;
  readonly type?: 'File' | 'SymbolicLink' | 'Link';
  readonly linkpath?: string;
}

/** Bytes of a .tgz with exactly these entries: also such as no honest tool would write. */
export function tarball(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = 'File', linkpath }) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    new Header({ path, type, mode: 0o644, size: body.length, mtime: new Date(0), ...(linkpath !== undefined && { linkpath }) }).encode(header, 0);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export const integrityOf = (bytes: Uint8Array): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** A pinned package for a tarball. */
export function pin(bytes: Uint8Array, files: readonly string[], name = '@test/fonts'): PinnedPackage {
  return { name, version: '1.0.0', integrity: integrityOf(bytes), bytes: bytes.length, licence: 'OFL-1.1', files };
}

/** In place of npm: puts the given tarballs where npm would, and remembers what was asked for. */
export function fakePack(served: ReadonlyMap<string, Uint8Array>): { pack: Pack; calls: string[][] } {
  const calls: string[][] = [];
  const pack: Pack = (specs, folder) => {
    calls.push([...specs]);
    for (const spec of specs) {
      const [name, version] = [spec.slice(0, spec.lastIndexOf('@')), spec.slice(spec.lastIndexOf('@') + 1)];
      const bytes = served.get(name);
      if (bytes === undefined) return Promise.reject(new Error(`not served: ${spec}`));
      writeFileSync(join(folder, tarballName({ name, version })), bytes);
    }
    return Promise.resolve();
  };
  return { pack, calls };
}

export const read = (...parts: string[]): string => readFileSync(join(...parts), 'utf8');
