/** Subtracts the mean and divides by the length, so that the dot product of two such images is Pearson's correlation. */
export function standardised(image: Uint8Array): Float64Array {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
  const centred = Float64Array.from(image, (value) => value - mean);
  const length = Math.hypot(...centred) || 1;
  return centred.map((value) => value / length);
}

/** Mean and largest correlation of two equally long lists of standardised images. */
export function correlation(a: readonly Float64Array[], b: readonly Float64Array[]): { mean: number; largest: number } {
  const each = a.map((image, at) => image.reduce((sum, value, pixel) => sum + value * (b[at]?.[pixel] ?? 0), 0));
  return { mean: each.reduce((sum, value) => sum + value, 0) / each.length, largest: Math.max(...each) };
}
