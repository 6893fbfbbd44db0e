import golden from './golden/embeddings.json';

/** The golden embeddings as the metrics take them. */
export const embedded = {
  embeddings: Float32Array.from(golden.embeddings.flat()),
  dim: 6,
  labels: Int32Array.from(golden.labels),
};
export const groups = Int32Array.from(golden.groups);
export const distractors = Float32Array.from(golden.distractors.flat());
export const prototypes = Float32Array.from(golden.prototypes.flat());
/** Values are compared with float64; similarities are float32. */
export const float32 = { rtol: 1e-6, atol: 1e-6 };
