import { createCanvas, loadImage } from '@napi-rs/canvas';
import { HypersphereError, parseJson, visibleJson } from '@hypersphere/engine';
import { wholePng } from '../untrusted/whole-png';

export const side = 32;
const pixels = side * side;
/** Images of an official batch: a sheet of more rows is refused before memory is taken for it. */
const mostRows = 10_000;

/**
 * Decodes a sheet of images: a PNG of 1,024 columns, one image a row, its pixels from left to right and top to bottom.
 *
 * An opaque PNG without a colour profile goes through the canvas unchanged, byte by byte.
 *
 * @param bytes the whole file
 * @param name how to call it in an error
 * @returns uint8 `[rows, 32, 32, 3]`
 * @throws HypersphereError if it is no such image
 */
export async function readSheet(bytes: Buffer, name: string): Promise<Uint8Array> {
  const size = wholePng(bytes);
  if (size === undefined) throw damaged(name, 'a whole PNG', 'something else');
  const { width, height } = size;
  if (width !== pixels) throw damaged(name, `${pixels} columns`, `${width}`);
  if (height < 1 || height > mostRows) throw damaged(name, `1 to ${mostRows} rows`, `${height}`);
  const image = await loadImage(bytes).catch((cause: unknown) => {
    throw damaged(name, 'a PNG that can be decoded', 'another', cause);
  });
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  return withoutAlpha(context.getImageData(0, 0, width, height).data);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
}

/**
 * Reads the labels of the sheets: a JSON list of whole numbers.
 *
 * @throws HypersphereError if it is anything else, or not `count` labels below `classes`
 */
export function readLabels(text: string, name: string, { count, classes }: { readonly count: number; readonly classes: number }): Int32Array {
  const values = parsed(text, name);
  if (!Array.isArray(values) || values.length !== count) throw damaged(name, `a list of ${count} labels`, Array.isArray(values) ? `${values.length}` : typeof values);
  const wrong: unknown = values.find((value) => !Number.isInteger(value) || value < 0 || value >= classes);
  if (wrong !== undefined) throw damaged(name, `labels from 0 to ${classes - 1}`, visibleJson(wrong));
  return Int32Array.from(values as number[]);
}

function parsed(text: string, name: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw damaged(name, 'JSON', 'something else', cause);
  }
}

const damaged = (name: string, expected: string, got: string, cause?: unknown) =>
  new HypersphereError(`data: ${name} is damaged: expected ${expected}, got ${got}; 'npx nx run data:prepare -- cifar10' fetches it again`, { cause });
