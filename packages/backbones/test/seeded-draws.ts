/** Draws that depend on seed and layer name alone. Small on purpose: tests need seeds, not quality. */
export function seededDraws(seed: number): (layer: string) => { normal(): number; uniform(): number } {
  return (layer) => {
    let state = [...layer].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), seed ^ 0x811c9dc5);
    const uniform = (): number => {
      state = (state + 0x6d2b79f5) | 0;
      const mixed = Math.imul(state ^ (state >>> 15), state | 1);
      const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
      return ((more ^ (more >>> 14)) >>> 0) / 4294967296;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return { normal, uniform };
  };
}
