const VARIABLE = 'TF_XLA_FLAGS';

/** Clusters of a graph's ops are compiled, on the CPU too, where TensorFlow leaves them alone by itself. Ops run eagerly are not. */
const FLAGS = '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit';

/** Whether graphs go through XLA. TensorFlow reads it once, when it is loaded; flags from outside would change bits unseen. */
export function setXla(on: boolean): void {
  if (on) process.env[VARIABLE] = FLAGS;
  else Reflect.deleteProperty(process.env, VARIABLE);
}
