import { expect, it } from '@jest/globals';

import { printReport } from '../src/index';

const machine = { node: '22.0.0', cpu: 'Fast CPU', processors: 4, instructionSets: ['avx2', 'avx512f'], cache: '/cache' };

it('prints an engine', () => {
  const speed = { matmulGflops: 123.4, convolutionGflops: 56.7 };
  const versions = { tensorflow: '2.21.0', tfjs: '4.22.0', node: '22.0.0', device: 'cpu', threads: 2, xla: false } as const;
  const engine = { ...versions, ...speed, binding: '/cache/engine/b.node', source: 'cache' } as const;
  expect(printReport({ ...machine, engine, missing: [] }).split('\n')).toEqual([
    'Node              22.0.0',
    'processor         Fast CPU, 4 threads',
    'instruction sets  avx2, avx512f',
    'cache             /cache',
    'TensorFlow        2.21.0 on cpu, tfjs 4.22.0, 2 threads in use',
    'binding           /cache/engine/b.node (made from the wheel)',
    'matrix product    123 GFLOP/s',
    'convolution       57 GFLOP/s',
  ]);
  expect(printReport({ ...machine, engine: { ...engine, xla: true }, missing: [] })).toContain('2 threads in use, recorded steps compiled with XLA\n');
});

it('prints what is missing', () => {
  const text = printReport({ ...machine, instructionSets: [], engine: undefined, missing: ['a C++ compiler is missing', 'no space'] });
  expect(text.split('\n').slice(2)).toEqual([
    'instruction sets  unknown',
    'cache             /cache',
    'TensorFlow        no engine',
    'missing           a C++ compiler is missing',
    'missing           no space',
  ]);
});
