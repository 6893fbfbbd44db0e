/**
 * Finds images that can be told apart: a blank one stands for a missing glyph, and when two classes have the same picture
 * neither label means anything.
 *
 * @param images uint8 `[n, size]`
 * @returns indices of the usable images, in order
 */
export function usableImages(images: Uint8Array, size: number): number[] {
  const keys = Array.from({ length: images.length / size }, (_, at) => {
    const image = images.subarray(at * size, (at + 1) * size);
    return image.every((value) => value === image[0]) ? undefined : Buffer.from(image).toString('latin1');
  });
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  return keys.flatMap((key, at) => (key !== undefined && counts.get(key) === 1 ? [at] : []));
}
