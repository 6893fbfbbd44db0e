/** A message of the protobuf classes that come with tfjs-node; they have no types. */
export interface Message {
  readonly serializeBinary: () => Uint8Array;
  readonly [method: string]: unknown;
}
export type MessageClass = { new (): Message; readonly [inner: string]: MessageClass };
type Classes = Readonly<Record<'AttrValue' | 'GraphDef' | 'MetaGraphDef' | 'NodeDef' | 'SavedModel' | 'Tensor' | 'TensorShape' | 'VersionDef', MessageClass>>;

let classes: Classes | undefined;

/** TensorFlow's messages, as far as they are used. */
export function protobuf(): Classes {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded with the engine
  return (classes ??= require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as Classes);
}

/** A message with some of its fields set. */
export function make(kind: MessageClass, fields: Readonly<Record<string, unknown>>): Message {
  const message = new kind();
  for (const [name, value] of Object.entries(fields)) call(message, `set${name}`, value);
  return message;
}

/** @throws TypeError if the message has no such method: the classes are of another version */
export function call(message: Message, method: string, ...values: readonly unknown[]): unknown {
  const found = message[method];
  if (typeof found !== 'function') throw new TypeError(`record: TensorFlow's messages have no ${method}`);
  return (found as (...given: readonly unknown[]) => unknown).apply(message, [...values]);
}
