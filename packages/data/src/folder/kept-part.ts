export interface Size {
  readonly height: number;
  readonly width: number;
}

export interface KeptPart extends Size {
  readonly left: number;
  readonly top: number;
  readonly cropped: boolean;
}

/** Up to this difference of the aspects an image is scaled on each axis by itself. */
const aspectTolerance = 0.02;

/**
 * The part of an image that fills the target: all of it, or the largest centred part of the target's aspect, if the aspects differ by
 * more than 2 %.
 *
 *     |(w / h) / (w' / h') - 1| > 0.02
 */
export function keptPart(image: Size, target: Size): KeptPart {
  const ratio = (image.width * target.height) / (image.height * target.width);
  if (Math.abs(ratio - 1) <= aspectTolerance) return { left: 0, top: 0, height: image.height, width: image.width, cropped: false };
  const width = Math.min(image.width, (image.height * target.width) / target.height);
  const height = Math.min(image.height, (image.width * target.height) / target.width);
  return { left: Math.floor((image.width - width) / 2), top: Math.floor((image.height - height) / 2), height, width, cropped: true };
}
