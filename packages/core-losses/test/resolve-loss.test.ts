import { describe, expect, it } from '@jest/globals';

import { losses, resolveLoss, type LossConfig } from '../src';

const refused = (config: object) => {
  try {
    resolveLoss(config as LossConfig);
  } catch (error) {
    return error as Error;
  }
  throw new Error('was accepted');
};

describe('resolveLoss', () => {
  it('fills in what is left out and keeps what is given', () => {
    const { name, entry, options } = resolveLoss({ name: 'cosface', margin: 0.2 });
    expect(name).toBe('cosface');
    expect(entry).toBe(losses.cosface);
    expect(options).toEqual({ scale: 64, margin: 0.2, normaliseFeatures: true, classBlock: 0 });
  });

  it.each([
    [{ name: 'cosface', margin: 3 }, 'loss.margin: expected a number in [0, 2), received 3', RangeError],
    [{ name: 'cosface', margin: 2 }, 'loss.margin: expected a number in [0, 2), received 2', RangeError],
    [{ name: 'cosface', scale: 0 }, 'loss.scale: expected a number above 0, received 0', RangeError],
    [{ name: 'cosface', scale: Infinity }, 'loss.scale: expected a number above 0, received Infinity', RangeError],
    [{ name: 'cosface', scale: Number.NaN }, 'loss.scale: expected a number above 0, received NaN', RangeError],
    [{ name: 'cosface', scale: '64' }, "loss.scale: expected a number above 0, received '64'", TypeError],
    [{ name: 'cosface', scale: null }, 'loss.scale: expected a number above 0, received null', TypeError],
    [{ name: 'cosface', normaliseFeatures: 1 }, 'loss.normaliseFeatures: expected true or false, received 1', TypeError],
    [{ name: 'centerLoss', alpha: 1.5 }, 'loss.alpha: expected a number in [0, 1], received 1.5', RangeError],
    [{ name: 'arcface', subCentres: 2.5 }, 'loss.subCentres: expected an integer of at least 1, received 2.5', RangeError],
    [{ name: 'arcface', beyondPi: 'wrap' }, "loss.beyondPi: expected one of fix, none, easy, received 'wrap'", RangeError],
    [{ name: 'arcface', beyondPi: 1 }, 'loss.beyondPi: expected one of fix, none, easy, received 1', TypeError],
    [
      { name: 'cosface', margn: 0.2 },
      "loss.margn: cosface has no such option, expected one of scale, margin, normaliseFeatures, classBlock; did you mean 'margin'?",
      RangeError,
    ],
    [
      { name: 'cosface', temperature: 0.2 },
      'loss.temperature: cosface has no such option, expected one of scale, margin, normaliseFeatures, classBlock',
      RangeError,
    ],
    [
      { name: 'arcface', multiplier: 1.35 },
      "arcface: beyondPi 'fix' is defined for multiplier 1 only, got 1.35; use 'none'",
      RangeError,
    ],
  ])('refuses %j', (config, message, Kind) => {
    expect(refused(config)).toEqual(new Kind(message));
    expect(refused(config)).toBeInstanceOf(Kind);
  });

  it('lists the losses it knows and names the nearest', () => {
    const known = Object.keys(losses).join(', ');
    expect(refused({ name: 'cosfase' }).message).toBe(
      `loss.name: expected one of ${known}, received "cosfase"; did you mean 'cosface'?`,
    );
    expect(refused({ name: 'toString' }).message).toBe(`loss.name: expected one of ${known}, received "toString"`);
    expect(refused({}).message).toBe(`loss.name: expected one of ${known}, received undefined`);
  });

  it('has a config type that knows names, options and their kinds', () => {
    const right: LossConfig[] = [{ name: 'arcface', beyondPi: 'none', subCentres: 3 }, { name: 'softmax' }];
    // @ts-expect-error no such loss
    const noLoss: LossConfig = { name: 'cosfase' };
    // @ts-expect-error no such option
    const noOption: LossConfig = { name: 'cosface', margn: 0.2 };
    // @ts-expect-error an option of another loss
    const otherOption: LossConfig = { name: 'normface', margin: 0.2 };
    // @ts-expect-error no such choice
    const noChoice: LossConfig = { name: 'arcface', beyondPi: 'wrap' };
    // @ts-expect-error another kind
    const noKind: LossConfig = { name: 'cosface', margin: '0.2' };
    expect([right, noLoss, noOption, otherOption, noChoice, noKind]).toHaveLength(6);
  });
});
