import { checkPerSample, rowsOf, type EmbeddingsInput } from '../checks';

/**
 * Share of samples whose class is among the k highest logits; a logit that ties with the class's goes before it.
 *
 * @param logits float32 `[n, c]`
 * @param labels `[n]`, values in [0, c)
 * @param options `classes` is c, needed unless logits are a tensor
 * @returns share in [0, 1]
 * @throws RangeError if a label is outside [0, c)
 */
export function topKAccuracy(logits: EmbeddingsInput, labels: Int32Array, { k = 1, classes }: { readonly k?: number; readonly classes?: number } = {}): number {
  const rows = rowsOf('topKAccuracy', logits, classes);
  checkPerSample('topKAccuracy', 'labels', labels, rows.n);
  let right = 0;
  labels.forEach((label, row) => {
    if (label < 0 || label >= rows.dim) throw new RangeError(`topKAccuracy: labels must be in [0, ${rows.dim}), got ${label}`);
    const own = rows.values[row * rows.dim + label]!;
    let ahead = 0;
    for (let at = 0; at < rows.dim; at++) if (at !== label && rows.values[row * rows.dim + at]! >= own) ahead++;
    if (ahead < k) right++;
  });
  return right / rows.n;
}
