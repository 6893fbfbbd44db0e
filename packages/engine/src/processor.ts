import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

export interface Processor {
  readonly model: string;
  /** Of the instruction sets that choose TensorFlow's kernels, and so the bits, the ones it has. Empty where the system does not tell. */
  readonly instructionSets: readonly string[];
}

const INSTRUCTION_SETS = ['avx2', 'avx512f', 'avx512_bf16', 'amx_bf16', 'asimd', 'bf16'];

/** The processor of this machine: model names alone do not tell generations apart. */
export function processor(): Processor {
  return { model: cpus()[0]?.model.trim() ?? 'unknown', instructionSets: instructionSets() };
}

function instructionSets(): string[] {
  try {
    const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? [];
    return INSTRUCTION_SETS.filter((name) => flags.includes(name));
  } catch {
    return []; // no Linux
  }
}
