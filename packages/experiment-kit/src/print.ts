import { visible } from '@hypersphere/engine';

/** A line for the person at the terminal; names and messages in it may come from files, and must not steer the terminal. */
export const print = (line: string): void => void process.stdout.write(`${plainLines(line)}\n`);

/** Lines of text in which nothing steers a terminal. */
export const plainLines = (text: string): string => text.split('\n').map((line) => visible(line, Infinity)).join('\n');
