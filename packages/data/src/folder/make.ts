import { constants } from 'node:buffer';
import { totalmem } from 'node:os';
import { HypersphereError } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { PackableSet, PackableSets } from '../data-source';
import { dataRoot } from './data-root';
import type { ImageShape } from './image-decoder';
import { imageReader, type ImageReader } from './image-reader';
import { listSet } from './list-set';
import { type FolderPart, folderSplit, type ListedSets } from './split';

type Config = ConfigOf<'folder'>;
type Log = (line: string) => void;

/** Lists the sets of a config below the user's root. */
export async function listSets(config: Config): Promise<ListedSets & { readonly root: string }> {
  const root = await dataRoot(config);
  const train = await listSet(root, config.train);
  const listed = async (name: string | undefined) => (name === undefined ? undefined : listSet(root, name));
  const [validation, test] = [await listed(config.validation), await listed(config.test)];
  return { root, train, ...(validation && { validation }), ...(test && { test }) };
}

/** The sets of a config, their images decoded while they are packed: class = folder, images ordered by class and name. */
export async function makeFolder(config: Config, log?: Log): Promise<PackableSets> {
  const listed = await listSets(config);
  const parts = folderSplit(config, listed, log);
  const total = Object.values(parts).reduce((sum, part) => sum + imagesOf(part).length, 0);
  checkMemory(total * bytesOf(config), log);
  const reader = imageReader({ root: listed.root, shape: shapeOf(config), total, log });
  return {
    train: packable(parts.train, config, reader),
    validation: packable(parts.validation, config, reader),
    test: packable(parts.test, config, reader),
  };
}

const shapeOf = ({ height, width, channels }: Config): ImageShape => ({ height, width, channels });

/** Bytes of one image as it is packed. */
export const bytesOf = ({ height, width, channels }: Config): number => height * width * channels;

const imagesOf = ({ classes }: FolderPart) => classes.flatMap(({ images }) => images);

function packable(part: FolderPart, { height, width, channels }: Config, reader: ImageReader): PackableSet {
  return {
    images: reader.read(imagesOf(part)),
    labels: Int32Array.from(part.classes.flatMap(({ images }, label) => images.map(() => label))),
    height,
    width,
    channels,
    classes: part.classes.length,
    classNames: part.classes.map(({ name }) => name),
  };
}

/** Packing needs little memory; reading takes the whole packed file into one buffer. */
function checkMemory(bytes: number, log?: Log): void {
  // headers, labels and class names
  const most = constants.MAX_LENGTH - 2 ** 28;
  if (bytes > most) {
    throw new HypersphereError(`data.folder: the images take ${gigabytes(bytes)}, this Node.js holds ${gigabytes(most)} in one buffer. Use Node.js 22 or later, or smaller images`);
  }
  if (bytes > totalmem()) log?.(`the images take ${gigabytes(bytes)} of memory, this computer has ${gigabytes(totalmem())}`);
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
