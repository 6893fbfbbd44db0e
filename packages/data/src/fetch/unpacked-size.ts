import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** Text and tables shrink to a tenth at best; gzip can shrink zeros to a thousandth. */
const mostTimes = 50;
/** So much is always allowed. */
const fewBytes = 2 ** 24;

/**
 * Unpacks a tarball into nothing and counts, before anything is written: a few kilobytes can unpack to gigabytes.
 *
 * @param bytes size of the tarball
 * @throws RangeError as soon as there are more than 50 times as many, and at least 16 MiB
 */
export async function checkUnpackedSize(tarball: string, bytes: number): Promise<void> {
  const most = Math.max(fewBytes, mostTimes * bytes);
  let count = 0;
  const counter = new Writable({
    write(part: Buffer, _encoding, next) {
      count += part.length;
      next(count > most ? new RangeError(`expected at most ${most} bytes unpacked from ${bytes}, got more`) : null);
    },
  });
  await pipeline(createReadStream(tarball), createGunzip(), counter);
}
