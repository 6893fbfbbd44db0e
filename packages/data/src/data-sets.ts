import { cifar10 } from './cifar10';
import type { DataSetName } from './config';
import type { DataSource } from './data-source';
import { folder } from './folder';
import { generated } from './generated';
import { hangul } from './hangul';
import { mnist } from './mnist';
import { typefaces } from './typefaces';

/** Every data set, by the name that a config gives. */
export const dataSets = { hangul, typefaces, mnist, cifar10, generated, folder } as const satisfies { readonly [Name in DataSetName]: DataSource<Name> };

/** The source of any config; the name of a config and its source's type belong together by the registry. */
export const sourceOf = (name: DataSetName): DataSource<DataSetName> => dataSets[name] as unknown as DataSource<DataSetName>;
