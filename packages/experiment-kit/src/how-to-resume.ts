/** What continues an interrupted command. */
export function howToResume(fresh: boolean | undefined): string {
  return fresh === true ? 'the same command trains again from the start, because of --fresh' : 'the same command continues';
}
