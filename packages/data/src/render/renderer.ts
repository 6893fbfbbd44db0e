import canvasPackage from '@napi-rs/canvas/package.json';

/** Raised by hand when a change of the drawing code changes a pixel: packed files and manifests made before are then stale. */
const drawingVersion = 1;

/** What drew the images: part of the manifest, since another version may draw other pixels. */
export const renderer = `@napi-rs/canvas ${canvasPackage.version}, drawing ${drawingVersion}`;
