import type { LossConfig } from '@hypersphere/core-losses';

import type { VariantPlan } from '../define-experiment';
import type { RunConfig } from '../run-config';
import { annealedOver, openSetHangul } from './open-set-hangul';
import { adam } from './tuned';

/** P classes and K images of each: what every loss of pairs, and every row of a comparison of losses, is trained on. */
export const classBalance = { classesPerBatch: 16, imagesPerClass: 5 } as const;

/**
 * The retrieval papers at lab scale: Hangul as in `openSetHangul`, with the same images, network and budget, in batches of
 * 16 classes with 5 images each. It stands in for CUB, Cars and SOP: test classes that were never trained, every test image
 * a query against all others.
 */
export const zeroShotHangul: Readonly<Record<'smoke' | 'quick' | 'standard', RunConfig>> = {
  smoke: balanced(openSetHangul.smoke, { classesPerBatch: 4, imagesPerClass: 4 }),
  quick: balanced(openSetHangul.quick),
  standard: balanced(openSetHangul.standard),
};

/** A loss at its own learning rate. */
export function trainedWith(loss: LossConfig, learningRate: number): { readonly loss: LossConfig; readonly optimiser: RunConfig['optimiser'] } {
  return { loss, optimiser: adam(learningRate) };
}

/** The same in shuffled batches, as classification losses are usually trained. */
export function shuffled(variant: ReturnType<typeof trainedWith>): VariantPlan {
  return ({ schedule: { classBalance: _, ...schedule } }) => ({ ...variant, schedule });
}

/** Images that the typefaces below have for training: of 60 families up to 4 faces each, 118 in all, with 30 images. */
const TYPEFACE_IMAGES = 118 * 30;

/**
 * Words in typefaces (class = font face) instead of Hangul, in the same batches; settings stay those found on Hangul. As
 * many epochs of fewer images are fewer steps: lambda falls to its floor after the same share of them.
 */
export function onTypefaces<const K extends string>(rows: Readonly<Record<K, ReturnType<typeof trainedWith>>>): Record<`typefaces ${K}`, VariantPlan> {
  const data = { name: 'typefaces', trainFamilies: 60, facesPerFamily: 4, imagesPerFace: 30, validationFamilies: 20, testFamilies: 60 } as const;
  const plan = (row: ReturnType<typeof trainedWith>): VariantPlan => ({ schedule }) => ({ ...row, data, schedule: annealedOver(stepsOf(schedule, TYPEFACE_IMAGES), schedule) });
  return Object.fromEntries(Object.entries<ReturnType<typeof trainedWith>>(rows).map(([name, row]) => [`typefaces ${name}`, plan(row)])) as Record<`typefaces ${K}`, VariantPlan>;
}

function stepsOf({ steps, epochs = 0, batchSize }: RunConfig['schedule'], images: number): number {
  return steps ?? Math.round(epochs * Math.floor(images / batchSize));
}

function balanced(base: RunConfig, balance: NonNullable<RunConfig['schedule']['classBalance']> = classBalance): RunConfig {
  return { ...base, schedule: { ...base.schedule, batchSize: balance.classesPerBatch * balance.imagesPerClass, classBalance: balance } };
}
