import type { Message } from './read-message';

type Linked = Pick<Message, 'id' | 'answers' | 'subject' | 'forum'>;

/**
 * The thread of each message: answers belong to what they answer, and so do messages of one forum with the same subject.
 *
 * @returns numbers from 0 in the order of first appearance
 */
export function threadsOf(messages: readonly Linked[]): Int32Array {
  const parent = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    if (root !== key) parent.set(key, root);
    return root;
  };
  const join = (a: string, b: string) => {
    const [first, second] = [rootOf(a), rootOf(b)];
    if (first !== second) parent.set(second, first);
  };
  const own = messages.map(({ id }, at) => id || `no id ${at}`);
  messages.forEach(({ answers, subject, forum }, at) => {
    const key = own[at] ?? '';
    for (const answer of answers) join(answer, key);
    const topic = plainSubject(subject);
    if (topic !== '') join(`subject ${forum} ${topic}`, key);
  });
  const numbers = new Map<string, number>();
  return Int32Array.from(own, (key) => {
    const root = rootOf(key);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** Without "Re:", "Fwd:", "[list]" and such, in lower case. */
export const plainSubject = (subject: string): string =>
  subject.toLowerCase().replace(/\[[^\]]*\]|\((was|fwd)\b.*$/g, ' ').replace(/^(\s*(re|fw|fwd|aw|sv)\s*(\[\d+\]|\(\d+\))?\s*:)+/, ' ').replace(/\s+/g, ' ').replace(/^(re|fw|fwd): ?/, '').trim();
