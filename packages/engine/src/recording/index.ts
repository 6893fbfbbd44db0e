export type { Precision } from './bfloat16';
export type { Container } from './container';
export { inFullPrecision } from './full-precision';
export { record, type RecordedStep, type RecordOptions } from './record';
