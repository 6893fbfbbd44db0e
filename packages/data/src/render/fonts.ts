import { readFileSync } from 'node:fs';
import { GlobalFonts } from '@napi-rs/canvas';
import { HypersphereError } from '@hypersphere/engine';

/**
 * Registers a font file under a name of its own, so that two faces of one family cannot be mistaken for each other.
 *
 * @param path a woff2 file
 * @param alias the name to draw with
 * @throws HypersphereError if the file is no font
 */
export function registerFont(path: string, alias: string): void {
  if (GlobalFonts.has(alias)) return;
  const key = GlobalFonts.register(readFileSync(path), alias);
  if (key === null) {
    throw new HypersphereError(`data: ${path} is not a font that can be read; 'npx nx run data:prepare' fetches it again`);
  }
}
