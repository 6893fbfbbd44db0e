export { expectClose, type Tolerance } from './expect-close';
export { expectTensorsLeft } from './leak-check';
export { onEachBackend } from './on-each-backend';
export { temporaryFolder } from './temporary-folder';
