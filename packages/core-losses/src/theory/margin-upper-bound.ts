/**
 * Largest cosine margin that evenly spread prototypes allow.
 *
 *     1 - cos(2 pi / C)   in 2 dimensions
 *     C / (C - 1)         in more; attained for C <= d + 1, far from attained beyond
 *
 * @param classes C, integer >= 2
 * @param dim d, integer >= 2
 * @returns the bound, in (0, 2]
 * @throws RangeError for values outside these ranges
 * @see Wang et al., CosFace, CVPR 2018, eq. 7, https://arxiv.org/abs/1801.09414
 */
export function marginUpperBound(classes: number, dim: number): number {
  for (const [name, value] of Object.entries({ classes, dim })) {
    if (!Number.isInteger(value) || value < 2) {
      throw new RangeError(`marginUpperBound: ${name} must be an integer of at least 2, got ${value}`);
    }
  }
  return dim === 2 ? 1 - Math.cos((2 * Math.PI) / classes) : classes / (classes - 1);
}
