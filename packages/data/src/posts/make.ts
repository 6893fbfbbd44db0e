import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigOf } from '../config';
import { packageFolder } from '../fetch/pinned-package';
import type { TextSet } from '../text-set';
import { archive, folders } from './index';
import { collectPosts } from './collect';
import { type Message, readMessage } from './read-message';
import { splitPosts } from './split';

/** Reads the fetched messages and splits what remains of them; the log has numbers only. */
export async function makePosts(config: ConfigOf<'posts'>, log?: (line: string) => void): Promise<Readonly<Record<'train' | 'validation' | 'test', TextSet>>> {
  const messages: Message[] = [];
  for (const folder of folders) {
    const path = join(packageFolder(archive), folder);
    for (const name of (await readdir(path)).sort()) {
      const message = await readMessage(await readFile(join(path, name)));
      if (message) messages.push(message);
    }
  }
  const { posts, counts } = collectPosts(messages, config);
  log?.(
    `posts: ${counts.messages} messages with plain text; left out: ${counts.automatic} of programs, ${counts.short} short, ${counts.repeated} repeated, and authors with fewer than ${config.leastPosts} posts; ${counts.posts} posts of ${counts.authors} authors remain`,
  );
  return splitPosts(posts, config);
}
