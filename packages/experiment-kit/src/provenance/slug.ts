/** A label as part of an address: small letters, digits, `.` and `+`; everything else is one hyphen. Safe in any shell, unquoted. */
export function slug(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}.+]+/gu, '-').replace(/^-+|-+$/g, '') || 'unnamed';
}

/** One slug a label, in order; of labels that would share one, the later have a number behind it. */
export function slugs(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const plain = slug(label);
    let name = plain;
    for (let count = 2; taken.has(name); count++) name = `${plain}-${count}`;
    taken.add(name);
    return name;
  });
}
