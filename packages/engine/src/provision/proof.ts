import { execFile, type ExecFileException } from 'node:child_process';

/** What a binding showed when it was loaded in a process of its own. */
export interface Proof {
  readonly tensorflow: string;
  /** The binding and the libraries that came with it. */
  readonly files: readonly string[];
}

export type ProofResult = { readonly ok: true; readonly proof: Proof } | { readonly ok: false; readonly why: string };

const TIMEOUT_MILLISECONDS = 120_000;

/** Multiplies two matrices, and tells where the libraries were found. Plain JavaScript: it runs without a loader. */
const SCRIPT = `
const fs = require('node:fs');
const path = fs.realpathSync(process.argv[1]);
const b = require(path);
const matrix = (values) => b.createTensor([2, 2], b.TF_FLOAT, Float32Array.from(values));
const no = (name) => ({ name, type: b.TF_ATTR_BOOL, value: false });
const attributes = [no('transpose_a'), no('transpose_b'), { name: 'T', type: b.TF_ATTR_TYPE, value: b.TF_FLOAT }];
const [product] = b.executeOp('MatMul', attributes, [matrix([1, 2, 3, 4]), matrix([5, 6, 7, 8])], 1);
const values = Array.from(b.tensorDataSync(product.id)).join();
if (values !== '19,22,43,50') throw new Error('a matrix product came out as ' + values);
let files = [];
try {
  files = fs.readFileSync('/proc/self/maps', 'utf8').split('\\n').map((line) => line.slice(line.indexOf('/')));
} catch {}
files = [...new Set([path, ...files.filter((file) => /libtensorflow[^/]*$/.test(file))])];
fs.writeSync(1, '\\n' + JSON.stringify({ tensorflow: b.TF_Version, files }));
`;

/** Loads `binding` in another process and computes with it: that files exist proves nothing. */
export function prove(binding: string): Promise<ProofResult> {
  const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  const options = { env: environment, timeout: TIMEOUT_MILLISECONDS };
  return new Promise((done) => {
    execFile(process.execPath, ['-e', SCRIPT, binding], options, (error, stdout, stderr) => {
      if (error === null) done(proofOf(stdout));
      else done({ ok: false, why: reason(stderr, error) });
    });
  });
}

/** The last line that the process printed. */
function proofOf(stdout: string): ProofResult {
  try {
    return { ok: true, proof: JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as Proof };
  } catch {
    return { ok: false, why: 'the process that loaded it ended without a proof' };
  }
}

/** The line that says why, out of Node's report of an uncaught error. */
function reason(stderr: string, error: ExecFileException): string {
  const line = stderr.split('\n').find((text) => /^\w*Error\b/.test(text));
  return line ?? (error.signal ? `the process was ended by ${error.signal}` : error.message.split('\n')[0]) ?? 'unknown';
}
