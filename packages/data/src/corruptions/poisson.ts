import type { RandomStream } from '@hypersphere/engine';

const logFactorials = new Float64Array(4096);
for (let k = 2; k < logFactorials.length; k++) logFactorials[k] = (logFactorials[k - 1] ?? 0) + Math.log(k);

/**
 * A Poisson variate: by the product of uniforms below a mean of 10, else by transformed rejection.
 *
 * @param mean 0 to 2,000
 * @see Hoermann, The transformed rejection method for generating Poisson random variables (1993), algorithm PTRS
 */
export function poisson(mean: number, stream: RandomStream): number {
  return mean < 10 ? byProduct(mean, stream) : byRejection(mean, stream);
}

function byProduct(mean: number, stream: RandomStream): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = stream.uniform(); product > limit; product *= stream.uniform()) count += 1;
  return count;
}

function byRejection(mean: number, stream: RandomStream): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const logInverseAlpha = Math.log(1.1239 + 1.1328 / (b - 3.4));
  const accepted = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = stream.uniform() - 0.5;
    const v = stream.uniform();
    const near = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / near + b) * u + mean + 0.43);
    if (near >= 0.07 && v <= accepted) return count;
    if (count < 0 || count >= logFactorials.length || (near < 0.013 && v > near)) continue;
    const bound = count * Math.log(mean) - mean - (logFactorials[count] ?? 0);
    if (Math.log(v) + logInverseAlpha - Math.log(a / (near * near) + b) <= bound) return count;
  }
}
