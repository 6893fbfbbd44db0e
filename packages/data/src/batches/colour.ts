/*
 * Colour changes of one image `[h w, 3]` in place, values in [0, 1], kept within it. As torchvision does them on floating-point images.
 */

/** Weights of red, green and blue in grey, ITU-R BT.601. */
const [red, green, blue] = [0.299, 0.587, 0.114];

const clipped = (value: number) => (value < 0 ? 0 : value > 1 ? 1 : value);

const greyAt = (image: Float32Array, at: number) => red * (image[at] ?? 0) + green * (image[at + 1] ?? 0) + blue * (image[at + 2] ?? 0);

/** `f x` */
export function changeBrightness(image: Float32Array, factor: number): void {
  for (let at = 0; at < image.length; at++) image[at] = clipped(factor * (image[at] ?? 0));
}

/** `f x + (1 - f) m`, m the mean grey of the image. */
export function changeContrast(image: Float32Array, factor: number): void {
  let sum = 0;
  for (let at = 0; at < image.length; at += 3) sum += greyAt(image, at);
  const rest = (1 - factor) * (sum / (image.length / 3));
  for (let at = 0; at < image.length; at++) image[at] = clipped(factor * (image[at] ?? 0) + rest);
}

/** `f x + (1 - f) g`, g the grey of the pixel; factor 0 takes the colours away. */
export function changeSaturation(image: Float32Array, factor: number): void {
  for (let at = 0; at < image.length; at += 3) {
    const rest = (1 - factor) * greyAt(image, at);
    for (let channel = at; channel < at + 3; channel++) image[channel] = clipped(factor * (image[channel] ?? 0) + rest);
  }
}

/** Turns the hue (of hue, saturation and value) by `turn` full turns. */
export function changeHue(image: Float32Array, turn: number): void {
  for (let at = 0; at < image.length; at += 3) {
    const r = image[at] ?? 0;
    const g = image[at + 1] ?? 0;
    const b = image[at + 2] ?? 0;
    const value = Math.max(r, g, b);
    const chroma = value - Math.min(r, g, b);
    if (chroma === 0) continue; // grey has no hue
    const sixth = value === r ? (g - b) / chroma : value === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    const turned = sixth + 6 * turn;
    image[at] = fromHue(value, chroma, turned + 5);
    image[at + 1] = fromHue(value, chroma, turned + 3);
    image[at + 2] = fromHue(value, chroma, turned + 1);
  }
}

/** `V - C max(0, min(k, 4 - k, 1))`, k modulo 6. */
function fromHue(value: number, chroma: number, sixths: number): number {
  const k = sixths - 6 * Math.floor(sixths / 6);
  return value - chroma * Math.max(0, Math.min(k, 4 - k, 1));
}
