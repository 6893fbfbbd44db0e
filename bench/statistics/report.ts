import { frame, INK, OKABE_ITO, PAGE, panelGrid, panelHeading, type FigureSpec, type Layer } from '@hypersphere/reporting';

import { standing, type Share } from './study';

/** Tables of all shares, one an aim. */
export function simulationTables(shares: readonly Share[]): string {
  const parts: readonly (readonly [Share['aim'], string])[] = [
    ['coverage', '### Coverage of the 95 % intervals'],
    ['false holds', '### Claims that hold, and are false'],
    ['power', '### Power at the detectable gap'],
  ];
  return parts.flatMap(([aim, heading]) => [heading, table(shares.filter((share) => share.aim === aim))]).join('\n\n');
}

function table(shares: readonly Share[]): string {
  const lines = shares.map((share) => `| ${share.what} | ${share.data} | ${share.n} ${share.of} | ${share.trials} | ${percent(share.share)} ± ${percent(share.error)} | ${wanted(share)} | ${standing(share)} |`);
  return ['| what | data | n | trials | % of trials | wanted | |', '|---|---|--:|--:|--:|--:|---|', ...lines].join('\n');
}

const percent = (share: number): string => (100 * share).toFixed(share > 0 && share < 0.0005 ? 2 : 1);
const wanted = ({ bounds }: Share): string => (bounds === undefined ? '' : bounds[0] === 0 ? `at most ${100 * bounds[1]}` : bounds[1] === 1 ? `at least ${100 * bounds[0]}` : `${100 * bounds[0]} to ${100 * bounds[1]}`);

/** A dot a share with two Monte Carlo errors to each side, over the band of what is wanted. */
export function simulationFigure(shares: readonly Share[]): FigureSpec {
  const bounded = shares.filter(({ bounds }) => bounds !== undefined);
  const panel = (aim: Share['aim'], heading: string, domain: readonly [number, number]): Layer => ofAim(bounded.filter((share) => share.aim === aim), heading, domain);
  return frame(
    { title: 'How often intervals cover, and how often false claims hold', subtitle: 'A dot a kind of data; bars: two Monte Carlo errors to each side; grey: what is wanted.' },
    panelGrid([panel('coverage', 'Coverage of 95 % intervals (%)', [88, 100]), panel('false holds', 'False claims that hold (%)', [0, 10])], 1),
  );
}

function ofAim(shares: readonly Share[], heading: string, domain: readonly [number, number]): Layer {
  const values = shares.map(({ what, n, of, share, error, bounds, ...rest }) => ({
    label: `${what}, ${n} ${of}`, share: 100 * share, low: clamp(100 * (share - 2 * error), domain), high: clamp(100 * (share + 2 * error), domain),
    from: 100 * bounds![0] < domain[0] ? domain[0] : 100 * bounds![0], to: 100 * bounds![1],
    standing: standing({ what, n, of, share, error, bounds: bounds!, ...rest }) === 'OUTSIDE' ? 'outside' : 'inside',
  }));
  const x = (field: string): Layer => ({ field, type: 'quantitative', title: null, scale: { domain, nice: false, clamp: true } });
  const y = { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelColor: INK.text, grid: false, labelLimit: 400, labelFontSize: PAGE.small } };
  const color = { field: 'standing', type: 'nominal', legend: null, scale: { domain: ['inside', 'outside'], range: [OKABE_ITO.blue, OKABE_ITO.vermillion] } };
  return {
    width: 430, height: { step: 15 }, title: panelHeading(heading), data: { values },
    layer: [
      { mark: { type: 'bar', color: INK.grid, height: { band: 1 } }, encoding: { y, x: x('from'), x2: { field: 'to' } } },
      { mark: { type: 'rule', strokeWidth: 1 }, encoding: { y, color, x: x('low'), x2: { field: 'high' } } },
      { mark: { type: 'point', size: 22 }, encoding: { y, color, x: x('share') } },
    ],
  };
}

const clamp = (value: number, [least, most]: readonly [number, number]): number => Math.min(most, Math.max(least, value));
