import { relative } from 'node:path';

/** Node, packages (tfjs under the names of its sources too, where source maps are in use), and the recorder with its kernels. */
const OURS_OR_LIBRARY = /\(<anonymous>\)|node:|node_modules|[\\/(]tfjs-[a-z-]+[\\/]src|engine[\\/]src[\\/](recording|kernels)/;
const PLACE = /\(?([^()\s]+):(\d+):\d+\)?$/;

/** `file:line` of the nearest caller that is neither a library nor the recorder, when asked: reading a stack is slow. */
export function callerOf(): () => string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const here = new Error();
  Error.stackTraceLimit = limit;
  return () => {
    const lines = (here.stack ?? '').split('\n').slice(1);
    const [, file, line] = PLACE.exec(lines.find((one) => !OURS_OR_LIBRARY.test(one)) ?? '') ?? [];
    return file === undefined ? 'unknown place' : `${relative(process.cwd(), file)}:${line}`;
  };
}
