import type { ConfigOf, DataSetName } from './config';
import type { PinnedPackage } from './fetch/pinned-package';
import type { ImageSet } from './image-set';

/** What a source makes of a config, before long tail and label noise. */
export interface MadeSets {
  readonly train: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  readonly distractors?: ImageSet;
  /** Images of classes in no other set, for open-set label noise. */
  readonly outsiders?: ImageSet;
}

/** A set whose images may come in blocks while it is packed, so that they need not be in memory together. */
export interface PackableSet extends Omit<ImageSet, 'images'> {
  readonly images: Uint8Array | AsyncIterable<Uint8Array>;
}
export type PackableSets = { readonly [Part in keyof MadeSets]: PackableSet };

/** What the user's own files are at the moment. */
export interface Supplied {
  /** Digest of paths, sizes and times: another one means other files. */
  readonly listing: string;
  /** About how many bytes they take when packed. */
  readonly bytes: number;
}

/** One data set: what it is and where it comes from. */
export interface DataDescription<Name extends DataSetName> {
  readonly title: string;
  /** What it stands for in place of data that cannot be had freely. */
  readonly standsFor: string;
  readonly licences: string;
  readonly source: string;
  /** Packages that a config needs; without one, all of them. */
  readonly packages: (config?: ConfigOf<Name>) => readonly PinnedPackage[];
  /** Bytes of the images or texts of a config; without one, of the default config. */
  readonly renderedBytes: (config?: ConfigOf<Name>) => number;
  /** Split rule and render parameters, as plain JSON for the manifest. */
  readonly rule: (config: ConfigOf<Name>) => Record<string, unknown>;
  /** For data that the user supplies: looks at the files, reads none. */
  readonly supplied?: (config: ConfigOf<Name>) => Promise<Supplied>;
}

/** A set of images, and how they are made. */
export interface DataSource<Name extends DataSetName> extends DataDescription<Name> {
  /** Makes the images from fetched packages or supplied files. */
  readonly make: (config: ConfigOf<Name>, log?: (line: string) => void) => Promise<PackableSets>;
}
