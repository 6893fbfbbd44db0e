import { crc32 } from 'node:zlib';

/** A zip archive of files stored as they are. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const common = fields([2, 20], [2, 0], [2, 0], [4, 0x21_0000], [4, crc32(content)], [4, content.length], [4, content.length], [2, path.length], [2, 0]);
    bodies.push(fields([4, 0x04034b50]), common, path, content);
    directory.push(fields([4, 0x02014b50], [2, 20]), common, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path);
    offset += 30 + path.length + content.length;
  }
  const index = Buffer.concat(directory);
  const count = Object.keys(files).length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, index.length], [4, offset], [2, 0]);
  return Buffer.concat([...bodies, index, end]);
}

/** Little-endian numbers, each given as [bytes, value]. */
function fields(...list: (readonly [2 | 4, number])[]): Buffer {
  return Buffer.concat(
    list.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
