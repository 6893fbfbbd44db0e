import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';

import { dtypeNumber, nativeBackend, type Attribute } from '../kernels/raw';
import { call, make, protobuf, type Message, type MessageClass } from './protobuf';
import type { Constant, Source, Trace } from './trace';

/** Version of GraphDef's producer; any that TensorFlow 2.21 still reads. */
const PRODUCER = 1994;
const TAG = 'step';
/** What must happen in the order of the trace, since it acts on variables. */
const STATEFUL = /Resource|VarHandleOp|VariableOp$/;

/** Ops whose type tfjs leaves to TensorFlow, which a graph does not infer. */
const TYPED_BY_INPUT = new Set(['ExpandDims']);

/** A graph in a session of TensorFlow. */
export interface LoadedGraph {
  readonly run: (inputs: readonly tf.Tensor[]) => tf.Tensor[];
  readonly dispose: () => void;
}

/** Makes a graph of a trace and loads it. */
export function loadGraph(trace: Trace, inputs: readonly tf.Tensor[]): LoadedGraph {
  const backend = nativeBackend();
  const folder = mkdtempSync(join(tmpdir(), 'hypersphere-step-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel(graphOf(trace, inputs)));
    const session = backend.loadSavedModelMetaGraph(folder, TAG);
    const feeds = inputs.map((_, at) => ({ name: `${nameOf({ from: 'input', at })}:0` }));
    const fetches = trace.outputs.map((_, at) => `output${at}:0`);
    return { run: (values) => backend.runSavedModel(session, values, feeds, fetches), dispose: () => backend.deleteSavedModel(session) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function graphOf({ ops, constants, outputs }: Trace, inputs: readonly tf.Tensor[]): Message {
  const { GraphDef, VersionDef } = protobuf();
  const graph = make(GraphDef, { Versions: make(VersionDef, { Producer: PRODUCER }) });
  const add = (node: Message) => call(graph, 'addNode', node);
  inputs.forEach(({ dtype, shape }, at) => {
    const shapeValue = attribute('Shape', shapeOf(shape));
    add(nodeOf(nameOf({ from: 'input', at }), 'Placeholder', [], [['dtype', attribute('Type', dtypeNumber(dtype))], ['shape', shapeValue]]));
  });
  constants.forEach((constant, at) => {
    add(nodeOf(nameOf({ from: 'constant', at }), 'Const', [], [['dtype', attribute('Type', constant.dtype)], ['value', attribute('Tensor', tensorOf(constant))]]));
  });
  let lastStateful: string | undefined;
  ops.forEach(({ name: op, attributes, inputs: sources, inputTypes }, at) => {
    const name = nameOf({ from: 'op', at, output: 0 });
    const after = STATEFUL.test(op) && lastStateful !== undefined ? [`^${lastStateful}`] : [];
    if (STATEFUL.test(op)) lastStateful = name;
    const typed = TYPED_BY_INPUT.has(op) ? [['T', attribute('Type', inputTypes[0])] as const] : [];
    add(nodeOf(name, op, [...sources.map(nameOf), ...after], [...typed, ...attributes.map((one) => [one.name, attributeOf(one)] as const)]));
  });
  // A graph cannot be asked for what it is fed.
  outputs.forEach(({ source, dtype }, at) => add(nodeOf(`output${at}`, 'Identity', [nameOf(source)], [['T', attribute('Type', dtype)]])));
  return graph;
}

function nameOf(source: Source): string {
  if (source.from !== 'op') return `${source.from}${source.at}`;
  return source.output === 0 ? `op${source.at}` : `op${source.at}:${source.output}`;
}

function nodeOf(name: string, op: string, inputs: readonly string[], attributes: readonly (readonly [string, Message])[]): Message {
  const node = make(protobuf().NodeDef, { Name: name, Op: op, InputList: inputs });
  const map = call(node, 'getAttrMap') as Map<string, Message>;
  for (const [key, value] of attributes) map.set(key, value);
  return node;
}

function attributeOf({ name, type, value }: Attribute): Message {
  const { binding } = nativeBackend();
  const kinds = [
    [binding.TF_ATTR_STRING, 'S', (text: unknown) => Buffer.from(text as string)],
    [binding.TF_ATTR_INT, 'I'],
    [binding.TF_ATTR_FLOAT, 'F'],
    [binding.TF_ATTR_BOOL, 'B'],
    [binding.TF_ATTR_TYPE, 'Type'],
    [binding.TF_ATTR_SHAPE, 'Shape', (shape: unknown) => shapeOf(shape as number[])],
  ] as const;
  const found = kinds.find(([kind]) => kind === type);
  if (found === undefined) throw new TypeError(`record: attribute '${name}' is of an unknown kind ${type}`);
  const [, field, convert = (one: unknown) => one] = found;
  if (!Array.isArray(value) || field === 'Shape') return attribute(field, convert(value));
  return attribute('List', make(protobuf().AttrValue['ListValue'] as MessageClass, { [`${field}List`]: value }));
}

const attribute = (field: string, value: unknown): Message => make(protobuf().AttrValue, { [field]: value });

function tensorOf({ dtype, shape, bytes }: Constant): Message {
  return make(protobuf().Tensor, { Dtype: dtype, TensorShape: shapeOf(shape), TensorContent: bytes });
}

function shapeOf(shape: readonly number[]): Message {
  const { TensorShape } = protobuf();
  const message = make(TensorShape, {});
  for (const size of shape) call(message, 'addDim', make(TensorShape['Dim'] as MessageClass, { Size: size }));
  return message;
}

function savedModel(graph: Message): Uint8Array {
  const { MetaGraphDef, SavedModel } = protobuf();
  const info = make(MetaGraphDef['MetaInfoDef'] as MessageClass, { TagsList: [TAG] });
  const model = make(SavedModel, { SavedModelSchemaVersion: 1 });
  call(model, 'addMetaGraphs', make(MetaGraphDef, { MetaInfoDef: info, GraphDef: graph }));
  return model.serializeBinary();
}
