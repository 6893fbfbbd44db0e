import { above, gapGrows, level, notHere, peaksInside, type Claim } from '@hypersphere/experiment-kit';

import { MAIN, type Name } from './variants';

export const claims = {
  C1: {
    says: 'UNPG raises TAR at a low FAR for every host; here CosFace (ArcFace and MagFace: C13, C14)',
    inPaper: 'Main table, IJB-B at FAR 1e-5',
    published: [['main-r100-ms1mv2', 'CosFace', 'IJB-B TAR@1e-5'], ['main-r100-ms1mv2', 'CosFace+UNPG', 'IJB-B TAR@1e-5']],
    expect: above('CosFace + UNPG', 'CosFace', MAIN),
  },
  C2: {
    says: 'UNPG raises it on a second test too (here: impostors of the same typeface)',
    inPaper: 'Main table, IJB-C at FAR 1e-5',
    published: [['main-r100-ms1mv2', 'CosFace', 'IJB-C TAR@1e-5'], ['main-r100-ms1mv2', 'CosFace+UNPG', 'IJB-C TAR@1e-5']],
    expect: above('CosFace + UNPG', 'CosFace', 'verification.tarAtFar1e-4SameGroup'),
  },
  C3: {
    says: 'the gain is larger at a lower FAR',
    inPaper: 'Main table, IJB-B at FAR 1e-5 and 1e-4',
    published: [['main-r100-ms1mv2', 'MagFace', 'IJB-B TAR@1e-5'], ['main-r100-ms1mv2', 'MagFace+UNPG', 'IJB-B TAR@1e-5'], ['main-r100-ms1mv2', 'MagFace', 'IJB-B TAR@1e-4'], ['main-r100-ms1mv2', 'MagFace+UNPG', 'IJB-B TAR@1e-4']],
    expect: notHere('gaps of two metrics are not compared: see the ROC figures and the columns of the main table'),
  },
  C4: {
    says: 'the weakest host, MagFace, gains most',
    inPaper: 'Main table, IJB-C at FAR 1e-4',
    published: [['main-r100-ms1mv2', 'CosFace', 'IJB-C TAR@1e-4'], ['main-r100-ms1mv2', 'CosFace+UNPG', 'IJB-C TAR@1e-4'], ['main-r100-ms1mv2', 'MagFace', 'IJB-C TAR@1e-4'], ['main-r100-ms1mv2', 'MagFace+UNPG', 'IJB-C TAR@1e-4']],
    expect: gapGrows(['CosFace + UNPG', 'CosFace'], ['MagFace + UNPG', 'MagFace'], 'verification.tarAtFar1e-3SameGroup'),
  },
  C5: {
    says: 'accuracy on LFW is saturated: no gain',
    inPaper: 'Main table, LFW',
    published: [['main-r100-ms1mv2', 'CosFace', 'LFW acc'], ['main-r100-ms1mv2', 'CosFace+UNPG', 'LFW acc']],
    expect: level('CosFace + UNPG', 'CosFace', 0.005, 'verification.accuracy'),
  },
  C6: {
    says: 'identification among a million distractors gains for CosFace and ArcFace and loses for MagFace',
    inPaper: 'Main table, MegaFace',
    published: [['main-r100-ms1mv2', 'CosFace', 'MegaFace rank-1'], ['main-r100-ms1mv2', 'CosFace+UNPG', 'MegaFace rank-1'], ['main-r100-ms1mv2', 'MagFace', 'MegaFace rank-1'], ['main-r100-ms1mv2', 'MagFace+UNPG', 'MegaFace rank-1']],
    expect: notHere('needs a million distractors; the figure `distractors` shows up to a few thousand'),
  },
  C7: {
    says: 'with few classes and much variation within them, UNPG is far above its margin softmax',
    inPaper: 'K-FACE table, Q4 at FAR 1e-4',
    published: [['kface-r34', 'ArcFace', 'Q4 TAR@1e-4'], ['kface-r34', 'ArcFace+UNPG', 'Q4 TAR@1e-4']],
    expect: above('few classes ArcFace + UNPG', 'few classes ArcFace', MAIN),
  },
  C8: {
    says: 'there it is above losses of pairs (the best of them: circle loss)',
    inPaper: 'K-FACE table, Q4 at FAR 1e-4',
    published: [['kface-r34', 'Circle loss', 'Q4 TAR@1e-4'], ['kface-r34', 'ArcFace+UNPG', 'Q4 TAR@1e-4']],
    expect: above('few classes ArcFace + UNPG', 'few classes Circle', MAIN),
  },
  C9: {
    says: 'trained on a small and noisy set, UNPG is far above margin softmax under a hard test (here: 20 % of the labels wrong)',
    inPaper: 'A rerun by others: UniTSFace, NeurIPS 2023, Table 5, IJB-C at FAR 1e-4',
    published: [['thirdparty-casia-r50', 'CosFace', 'IJB-C TAR@1e-4'], ['thirdparty-casia-r50', 'UNPG', 'IJB-C TAR@1e-4']],
    expect: above('20 % noise r=1.5', '20 % noise CosFace', MAIN),
  },
  C10: {
    says: 'filtering is better than not, and a moderate whisker best (here: 20 % of the labels wrong)',
    inPaper: 'The filter; r = 1.5 and 1 are the values released',
    expect: peaksInside(['20 % noise r=0', '20 % noise r=1.5', '20 % noise no filter'], MAIN),
  },
  C11: {
    says: 'UNPG makes positive and negative pairs overlap less, towards a well-discriminative space',
    inPaper: 'Figure of the geometric idea, a sketch',
    expect: above('CosFace + UNPG', 'CosFace', 'geometry.overlap'),
  },
  C12: {
    says: 'late in training the hardest negative is harder among pairs of the batch than among prototypes, and hardest among all pairs',
    inPaper: 'Introduction, an argument',
    expect: notHere('the highest cosines of a batch are not recorded during training'),
  },
  C13: {
    says: 'UNPG raises TAR at a low FAR: ArcFace',
    inPaper: 'Main table, IJB-B at FAR 1e-5',
    published: [['main-r100-ms1mv2', 'ArcFace', 'IJB-B TAR@1e-5'], ['main-r100-ms1mv2', 'ArcFace+UNPG', 'IJB-B TAR@1e-5']],
    expect: above('ArcFace + UNPG', 'ArcFace', MAIN),
  },
  C14: {
    says: 'UNPG raises TAR at a low FAR: MagFace',
    inPaper: 'Main table, IJB-B at FAR 1e-5',
    published: [['main-r100-ms1mv2', 'MagFace', 'IJB-B TAR@1e-5'], ['main-r100-ms1mv2', 'MagFace+UNPG', 'IJB-B TAR@1e-5']],
    expect: above('MagFace + UNPG', 'MagFace', MAIN),
  },
} satisfies Record<string, Claim<Name>>;
