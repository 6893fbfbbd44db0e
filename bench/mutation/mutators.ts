import * as ts from 'typescript';

/** Another text for a node of a program that is no type, or nothing where the mutator does not apply. */
export type Mutator = (node: ts.Node) => string | undefined;

const pairs = (...list: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(list.flatMap(([a, b]) => [[a, b], [b, a]]));

const OPERATORS = pairs(['+', '-'], ['*', '/'], ['<', '<='], ['>', '>='], ['===', '!=='], ['&&', '||']);
/** Ops of tfjs that can stand in each other's place. */
const OPS = pairs(
  ['add', 'sub'], ['mul', 'div'], ['mean', 'sum'], ['max', 'min'], ['maximum', 'minimum'], ['greater', 'greaterEqual'], ['less', 'lessEqual'],
  ['equal', 'notEqual'], ['logicalAnd', 'logicalOr'], ['argMax', 'argMin'], ['onesLike', 'zerosLike'], ['ones', 'zeros'], ['cos', 'sin'],
);
/** Calls without which their first argument still fits: signs, masks, activations, normalisation. */
const WRAPPERS = new Set(['neg', 'logicalNot', 'relu', 'abs', 'square', 'sqrt', 'exp', 'log', 'softmax', 'logSoftmax', 'unitRows', 'transpose', 'stopGradient', 'clipByValue']);

/** The name of a called function, also as `tf.name`. */
function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
}

const textOf = (node: ts.Node): string => node.getText();

export const mutators = {
  /** Signs and factors, bounds of comparisons (ranks that are off by one), masks. */
  operator: (node) => {
    if (!ts.isBinaryExpression(node)) return undefined;
    const other = OPERATORS.get(textOf(node.operatorToken));
    const joinsText = [node.left, node.right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
    return other === undefined || joinsText ? undefined : `${textOf(node.left)} ${other} ${textOf(node.right)}`;
  },
  /** The same of tensors, and reductions. */
  op: (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || textOf(node.expression.expression) !== 'tf') return undefined;
    const other = OPS.get(node.expression.name.text);
    return other === undefined ? undefined : `tf.${other}${textOf(node).slice(textOf(node.expression).length)}`;
  },
  /** Normalisation, stopped gradients, signs and activations left out. */
  unwrapped: (node) => {
    if (!ts.isCallExpression(node) || !WRAPPERS.has(calledName(node))) return undefined;
    const [first] = node.arguments;
    return first === undefined ? undefined : textOf(first);
  },
  /** What is held constant gets a gradient. */
  flowing: (node) => {
    if (!ts.isCallExpression(node) || !ts.isCallExpression(node.expression) || calledName(node.expression) !== 'constantOf') return undefined;
    const [held] = node.expression.arguments;
    return held === undefined ? undefined : `(${textOf(held)})(${node.arguments.map(textOf).join(', ')})`;
  },
  /** Margins, axes, indices, counts. */
  number: (node) => {
    if (!ts.isNumericLiteral(node)) return undefined;
    return textOf(node) === '1' ? '2' : `(${textOf(node)} + 1)`;
  },
  sign: (node) => (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken ? `(${textOf(node.operand)})` : undefined),
  /** Transposed factors, kept axes, switches. */
  flag: (node) => {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return 'false';
    return node.kind === ts.SyntaxKind.FalseKeyword ? 'true' : undefined;
  },
  /** The two ways of a condition exchanged. */
  branch: (node) => (ts.isConditionalExpression(node) ? `${textOf(node.condition)} ? ${textOf(node.whenFalse)} : ${textOf(node.whenTrue)}` : undefined),
} as const satisfies Readonly<Record<string, Mutator>>;

export type MutatorName = keyof typeof mutators;
