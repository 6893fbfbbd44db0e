/** The file that a trunk starts from. Its place on the disk is no part of it. */
export interface WeightsConfig {
  /** Name without folders, for people. */
  readonly file: string;
  /** Of the file's bytes, 64 hex digits: the weights' identity. */
  readonly sha256: string;
}

/**
 * @param owner names the backbone in errors
 * @throws RangeError if a path stands where a name belongs, the digest is none, or there is more
 */
export function checkedWeights(owner: string, { file, sha256, ...more }: WeightsConfig): WeightsConfig {
  if (typeof file !== 'string' || file === '' || /[\\/]/.test(file)) {
    throw new RangeError(`${owner}: weights.file must be a file's name without folders, got ${JSON.stringify(file)}`);
  }
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new RangeError(`${owner}: weights.sha256 must be 64 hex digits, got ${JSON.stringify(sha256)}`);
  }
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) throw new RangeError(`${owner}: weights has no '${unknown}'; known: file, sha256`);
  return { file, sha256 };
}
