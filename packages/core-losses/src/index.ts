export { arcface, type ArcfaceOptions } from './losses/arcface';
export { centerLoss, type CenterLossOptions } from './losses/center-loss';
export { cosface, type CosfaceOptions } from './losses/cosface';
export { group, type GroupOptions } from './losses/group';
export { groupLoss, type GroupLossOptions } from './losses/group-loss';
export { lSoftmax, type LSoftmaxOptions } from './losses/l-softmax';
export { nbcSoftmax, type NbcSoftmaxOptions } from './losses/nbc-softmax';
export { normface, type NormfaceOptions } from './losses/normface';
export { softmax, type SoftmaxOptions } from './losses/softmax';
export { softmaxWithCenter, type SoftmaxWithCenterOptions } from './losses/softmax-with-center';
export { sphereface, type SpherefaceOptions } from './losses/sphereface';
export { tripletBatchHard, type TripletBatchHardOptions } from './losses/triplet-batch-hard';

export { losses, type LossConfig, type LossName } from './registry';
export { resolveLoss, type ResolvedLoss } from './resolve-loss';
export { defineLoss, prototypeRows } from './loss-entry';
export type { LossEntry, LossInput, TensorSpec, TensorSpecs } from './loss-entry';
export { choice, flag, number } from './options/option-specs';
export type { ChoiceSpec, FlagSpec, NumberSpec, OptionSpec, OptionSpecs, OptionValue, ResolvedOptions, SpecsFor } from './options/option-specs';
export type { LossOutput } from './loss-output';

export type { BeyondPi } from './math/arc-target';
export { constantOf, stopGradient } from './math/constant-of';
export { cosineMatrix } from './math/cosine-matrix';
export { marginSoftmax, type MarginSoftmaxOptions } from './math/margin-softmax';
export { replicatorDynamics } from './math/replicator-dynamics';
export { rowNorms } from './math/row-norms';
export { sparseSoftmaxCrossEntropy } from './math/sparse-softmax-cross-entropy';
export { unitRows } from './math/unit-rows';

export { annealedLambda, gammaForFloorAt, type LambdaSchedule } from './theory/annealed-lambda';
export { marginUpperBound } from './theory/margin-upper-bound';
export { psi } from './theory/psi';
export { scaleLowerBound } from './theory/scale-lower-bound';
export { dominantSubCentres, keepWithin, type SubCentreData } from './theory/sub-centre-cleaning';
export { targetLogit, type TargetMargins } from './theory/target-logit';
