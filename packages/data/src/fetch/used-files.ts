/** True if `path` is one of the used files; a pattern such as `data/ham/*.txt` stands for all files of a folder with that ending. */
export const isUsed = (path: string, files: readonly string[]): boolean => files.some((file) => matches(path, file));

/** True if `path` is the file, or fits the pattern. */
export function matches(path: string, file: string): boolean {
  const [folder, ending, ...rest] = file.split('*');
  if (folder === undefined || ending === undefined || rest.length > 0) return path === file;
  return path.length > file.length - 1 && path.startsWith(folder) && path.endsWith(ending) && !path.slice(folder.length).includes('/');
}

/** A pattern, not the path of one file. */
export const isPattern = (file: string): boolean => file.includes('*');
