import { defineExperiment, openSetHangul, smokeSize } from '@hypersphere/experiment-kit';

import { claims } from './claims';
import { figures } from './figures';
import { ms1m } from './in-paper';
import { studies } from './studies';
import { tables } from './tables';
import { MAIN, shownOnly, variants } from './variants';

/** UNPG: negative pairs of the batch join the other classes' prototypes. Paper: faces, IResNet-100; here Hangul (see README). */
export default defineExperiment({
  id: 'unpg',
  paper: {
    title: 'Unified Negative Pair Generation toward Well-discriminative Feature Space for Face Recognition',
    authors: 'Junuk Jung, Seonhoon Lee, Heung-Seon Oh, Yongjun Park, Joochan Park, Sungbin Son',
    venue: 'BMVC',
    year: 2022,
    url: 'https://arxiv.org/abs/2203.11593',
  },
  idea: 'Negative pairs of the batch join the classes',
  main: 'CosFace + UNPG',
  metrics: [MAIN, 'verification.tarAtFar1e-4SameGroup', 'identification.rank1', 'geometry.overlap'],

  variants,

  profiles: {
    smoke: { base: openSetHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: { base: openSetHangul.quick, seeds: [0], variants: ['CosFace', 'CosFace + UNPG', 'ArcFace', 'ArcFace + UNPG', 'MagFace', 'MagFace + UNPG'] },
    standard: { base: openSetHangul.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: 'all', once: shownOnly },
    paper: {
      base: ms1m,
      seeds: [0],
      variants: ['CosFace', 'CosFace + UNPG', 'ArcFace', 'ArcFace + UNPG', 'MagFace', 'MagFace + UNPG', 'few classes ArcFace', 'few classes ArcFace + UNPG'],
    },
  },

  tables,
  figures,
  ablations: studies,
  claims,
});
