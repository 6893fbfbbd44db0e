import { cifar10 } from './cifar10';
import type { DataSetName, ImageDataConfig } from './config';
import type { DataDescription, DataSource } from './data-source';
import { folder } from './folder';
import { generated } from './generated';
import { hangul } from './hangul';
import { mnist } from './mnist';
import { posts } from './posts';
import { typefaces } from './typefaces';

/** Every data set, by the name that a config gives. */
export const dataSets = { hangul, typefaces, mnist, cifar10, posts, generated, folder } as const satisfies { readonly [Name in DataSetName]: DataDescription<Name> };

/** The source of any config; the name of a config and its source's type belong together by the registry. */
export const sourceOf = (name: DataSetName): DataDescription<DataSetName> => dataSets[name] as unknown as DataDescription<DataSetName>;

/** The source of a set of images. */
export const imageSourceOf = (name: ImageDataConfig['name']): DataSource<DataSetName> => dataSets[name] as unknown as DataSource<DataSetName>;
