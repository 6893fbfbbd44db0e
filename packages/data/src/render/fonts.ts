import { readFileSync } from 'node:fs';
import { GlobalFonts } from '@napi-rs/canvas';
import { HypersphereError } from '@hypersphere/engine';

/** What this process has registered already: asking the library lists all fonts each time. */
const registered = new Set<string>();

/**
 * Registers a font file under a name of its own, so that two faces of one family cannot be mistaken for each other.
 *
 * @param path a woff2 file
 * @param alias the name to draw with
 * @throws HypersphereError if the file is no font
 */
export function registerFont(path: string, alias: string): void {
  if (registered.has(alias)) return;
  const key = GlobalFonts.register(readFileSync(path), alias);
  if (key === null) {
    throw new HypersphereError(`data: ${path} is no font that can be read; 'npx nx run data:prepare' fetches damaged files again`);
  }
  registered.add(alias);
}
