import type { Network } from '../src';

const any = { kind: 'normal', std: 1 } as const;

/** The network that tools/golden/backbones.py computes: all kinds of layers, even and odd sizes. */
export const goldenNetwork: Network = {
  name: 'golden',
  input: { height: 8, width: 5, channels: 2 },
  layers: [
    { kind: 'conv', name: 'stem', inputs: ['images'], filters: 3, kernel: 3, stride: 2, padding: 1, bias: false, initial: any },
    { kind: 'batchNorm', name: 'stem.norm', inputs: ['stem'], epsilon: 0.01, scale: true },
    { kind: 'prelu', name: 'stem.prelu', inputs: ['stem.norm'], initial: 0.25 },
    { kind: 'conv', name: 'branch', inputs: ['stem.prelu'], filters: 2, kernel: 3, stride: 1, padding: 1, bias: true, initial: any },
    { kind: 'relu', name: 'branch.relu', inputs: ['branch'] },
    { kind: 'conv', name: 'shortcut', inputs: ['stem.prelu'], filters: 2, kernel: 1, stride: 1, padding: 0, bias: false, initial: any },
    { kind: 'add', name: 'total', inputs: ['branch.relu', 'shortcut'] },
    { kind: 'maxPool', name: 'pool', inputs: ['total'], size: 2, stride: 2 },
    { kind: 'flatten', name: 'flat', inputs: ['pool'] },
    { kind: 'dropout', name: 'drop', inputs: ['flat'], rate: 0.25 },
    { kind: 'dense', name: 'left', inputs: ['drop'], units: 2, bias: true, initial: any },
    { kind: 'globalAveragePool', name: 'right', inputs: ['total'] },
    { kind: 'concat', name: 'both', inputs: ['left', 'right'] },
    { kind: 'batchNorm', name: 'embedding', inputs: ['both'], epsilon: 0.01, scale: false },
  ],
  output: 'embedding',
  embeddingDim: 4,
};
