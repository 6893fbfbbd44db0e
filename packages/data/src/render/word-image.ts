import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

export interface WordPose {
  readonly rotationRadians: number;
  /** Sideways slant: x moves by shear times y. */
  readonly shear: number;
  /** Factor on the size that just fits the image. */
  readonly scale: number;
  readonly shiftXPixels: number;
  readonly shiftYPixels: number;
}

/** Draws words in registered fonts; one canvas serves all images. */
export interface WordPainter {
  /**
   * @param font alias of a registered font
   * @param word what to write
   * @param pose how it lies in the image
   * @returns uint8 `[height, width]`, white on black
   */
  paint(font: string, word: string, pose: WordPose): Uint8Array;
}

/** Words are measured at this size in pixels: ink boxes come rounded to whole pixels. */
const measuredAt = 100;

/** @param height rows, @param width columns, @param edgePixels what a word of scale 1 leaves free at each edge */
export function wordPainter(height: number, width: number, edgePixels = 4): WordPainter {
  const context = createCanvas(width, height).getContext('2d');
  context.textBaseline = 'alphabetic';
  return {
    paint: (font, word, pose) => {
      clear(context, width, height);
      context.font = `${measuredAt}px "${font}"`;
      const box = context.measureText(word);
      const ink = {
        width: Math.max(1, box.actualBoundingBoxLeft + box.actualBoundingBoxRight),
        height: Math.max(1, box.actualBoundingBoxAscent + box.actualBoundingBoxDescent),
      };
      const size = pose.scale * Math.min((width - 2 * edgePixels) / ink.width, (height - 2 * edgePixels) / ink.height);
      context.translate(width / 2 + pose.shiftXPixels, height / 2 + pose.shiftYPixels);
      context.rotate(pose.rotationRadians);
      context.transform(size, 0, pose.shear * size, size, 0, 0);
      const x = box.actualBoundingBoxLeft - ink.width / 2;
      context.fillText(word, x, box.actualBoundingBoxAscent - ink.height / 2);
      return redChannel(context, width, height);
    },
  };
}

function clear(context: SKRSContext2D, width: number, height: number): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff';
}

function redChannel(context: SKRSContext2D, width: number, height: number): Uint8Array {
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) grey[at] = data[4 * at] ?? 0;
  return grey;
}
