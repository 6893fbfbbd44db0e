import type { Source, Trace, TracedOp } from './trace';

/** Makes a trace out of another, op by op. */
export class TraceRewriter {
  private readonly ops: TracedOp[] = [];
  /** Of each op of the old trace: which of the new gives its outputs. */
  private readonly places: number[] = [];

  /** Adds an op whose inputs are those of the new trace; its first output. */
  add(op: TracedOp): Source {
    return { from: 'op', at: this.ops.push(op) - 1, output: 0 };
  }

  /**
   * @param replace adds what stands for an op, whose inputs are the new ones already, and returns where its outputs are
   */
  rewrite(trace: Trace, replace: (op: TracedOp) => Source): Trace {
    for (const op of trace.ops) this.places.push(replace({ ...op, inputs: op.inputs.map((source) => this.moved(source)) }).at);
    return { ...trace, ops: this.ops, outputs: trace.outputs.map(({ source, dtype }) => ({ source: this.moved(source), dtype })) };
  }

  private moved(source: Source): Source {
    return source.from === 'op' ? { ...source, at: this.places[source.at] as number } : source;
  }
}
