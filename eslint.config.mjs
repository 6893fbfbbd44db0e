import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Layers point down only: a package may import those of its own list, never upwards or sideways. */
const layers = {
  engine: [],
  'core-losses': [],
  backbones: [],
  data: ['engine'],
  evaluation: [],
  training: ['engine', 'core-losses', 'backbones', 'data'],
  reporting: ['evaluation', 'core-losses'],
  kit: ['engine', 'core-losses', 'backbones', 'data', 'evaluation', 'training', 'reporting'],
  experiment: ['kit'],
  tool: ['kit', 'engine', 'data', 'evaluation', 'reporting', 'core-losses', 'backbones', 'training'],
  testing: [],
};

const seeded = 'Draw from a seeded stream (packages/engine/src/seeds.ts).';

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', 'results', '.nx', '**/generators/files/**', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      'max-params': ['error', 5],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: seeded },
        { object: 'tf', property: 'randomNormal', message: seeded },
        { object: 'tf', property: 'randomUniform', message: seeded },
        { object: 'tf', property: 'dropout', message: seeded },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: Object.entries(layers).map(([layer, below]) => ({
            sourceTag: `layer:${layer}`,
            onlyDependOnLibsWithTags: [layer, ...below, 'testing'].map((name) => `layer:${name}`),
          })),
        },
      ],
    },
  },
  {
    // Tests may start the native engine and build on any package.
    files: ['**/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  {
    files: ['experiments/*/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', 'ForStatement', 'ForOfStatement', 'WhileStatement'],
      'no-restricted-imports': ['error', { patterns: ['@tensorflow/*'] }],
    },
  },
);
