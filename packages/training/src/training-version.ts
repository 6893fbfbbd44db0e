/** Raised by hand when a change makes equal configs and seeds train to other weights; stored runs of other versions are stale. */
export const TRAINING_VERSION = 4;
