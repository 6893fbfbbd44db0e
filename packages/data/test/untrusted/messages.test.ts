import { describe, expect, it, jest } from '@jest/globals';
import { fuzzRuns, mutatedBytes } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import { cleanText } from '../../src/posts/clean-text';
import { readMessage } from '../../src/posts/read-message';

jest.setTimeout(600_000);

const mail = (text: string, type = 'text/plain'): Buffer =>
  Buffer.from(`From someone Mon Sep  2 12:00:00 2002\nFrom: A Name <a@example.org>\nDate: Mon, 2 Sep 2002 12:00:00 +0200\nSubject: Re: [x] hello\nMessage-ID: <1@x>\nIn-Reply-To: <0@x>\nContent-Type: ${type}\n\n${text}\n`);
const parts = mail('--b\nContent-Type: text/plain\n\ninner\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ntext\n--c--\n--b--', 'multipart/mixed; boundary=b');

describe('hostile mail', () => {
  it('is read or left out', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedBytes(mail('On Monday, B wrote:\n> quoted\nmy own words\n-- \nsignature'), parts), async (bytes) => {
        const message = await readMessage(bytes);
        return message === undefined || typeof cleanText(message) === 'string';
      }),
      { numRuns: fuzzRuns(2000), seed: 20 },
    );
  });

  it.each([
    ['a line that cleaning would take minutes for', mail('@a'.repeat(1e5))],
    ['a message of many megabytes', mail('line\n'.repeat(1e6))],
    ['a text of many lines', mail('line\n'.repeat(6e4))],
  ])('with %s is left out', async (_, bytes) => {
    expect(await readMessage(bytes)).toBeUndefined();
  });

  it('with parts within parts without end is read or left out', async () => {
    const nested = Array.from({ length: 2000 }, (_, at) => `--b${at}\nContent-Type: multipart/mixed; boundary=b${at + 1}\n\n`).join('');
    await expect(readMessage(mail(nested, 'multipart/mixed; boundary=b0'))).resolves.toBeUndefined();
  });

  it('that is sound is taken', async () => {
    expect(await readMessage(mail('words'))).toMatchObject({ text: 'words\n', address: 'a@example.org' });
  });
});
