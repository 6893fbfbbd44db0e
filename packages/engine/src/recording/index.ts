export type { Container } from './container';
export { record, type RecordedStep, type RecordOptions } from './record';
