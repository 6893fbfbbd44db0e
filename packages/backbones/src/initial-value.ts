/**
 * Rule for the initial values of a kernel, as plain data.
 * `varianceScaling`: zero mean and variance `scale / fan`, where fan in counts the inputs of one output
 * (kernel area times input channels) and fan out the outputs that one input reaches.
 */
export type InitialValue =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly std: number }
  | {
      readonly kind: 'varianceScaling';
      readonly scale: number;
      readonly fan: 'in' | 'out';
      readonly distribution: 'normal' | 'uniform';
    };

/** The two draws that initial weights need: standard normal, and uniform in [0, 1). */
export interface InitialDraws {
  normal(): number;
  uniform(): number;
}

/** He et al., Delving Deep into Rectifiers, ICCV 2015, eq. 10, https://arxiv.org/abs/1502.01852 */
export const heNormal: InitialValue = { kind: 'varianceScaling', scale: 2, fan: 'in', distribution: 'normal' };

/** He's rule for a layer that no rectifier follows. */
export const linearNormal: InitialValue = { kind: 'varianceScaling', scale: 1, fan: 'in', distribution: 'normal' };

/** Caffe's `xavier` filler: uniform in +-sqrt(3 / fan in). */
export const caffeXavier: InitialValue = { kind: 'varianceScaling', scale: 1, fan: 'in', distribution: 'uniform' };

/** MXNet's `Xavier(gaussian, out, 2)`. */
export const mxnetXavier: InitialValue = { kind: 'varianceScaling', scale: 2, fan: 'out', distribution: 'normal' };

/** He's rule by fan out: PyTorch's `kaiming_normal_(mode='fan_out')`, the same numbers as MXNet's rule. */
export const heNormalOut: InitialValue = mxnetXavier;

/** PyTorch's default for linear layers: uniform in +-1 / sqrt(fan in). */
export const torchLinear: InitialValue = { kind: 'varianceScaling', scale: 1 / 3, fan: 'in', distribution: 'uniform' };

/**
 * Values of one tensor, in row-major order.
 *
 * @param shape `[k, k, cIn, cOut]` or `[in, out]` for the rules with a fan, else any
 * @param draws stream that belongs to this layer
 * @returns float32, as many values as `shape` has
 */
export function initialValues(rule: InitialValue, shape: readonly number[], draws: InitialDraws): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  return values.map(sampler(rule, shape, draws));
}

function sampler(rule: InitialValue, shape: readonly number[], draws: InitialDraws): () => number {
  switch (rule.kind) {
    case 'constant':
      return () => rule.value;
    case 'normal':
      return () => rule.std * draws.normal();
    case 'varianceScaling': {
      const std = Math.sqrt(rule.scale / fanOf(rule.fan, shape));
      if (rule.distribution === 'normal') return () => std * draws.normal();
      const limit = Math.sqrt(3) * std;
      return () => limit * (2 * draws.uniform() - 1);
    }
  }
}

function fanOf(side: 'in' | 'out', shape: readonly number[]): number {
  const [inputs = 1, outputs = 1] = shape.slice(-2);
  const area = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return area * (side === 'in' ? inputs : outputs);
}
