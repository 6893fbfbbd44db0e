/** The false accept rates that are reported, by the end of the metric's name. */
export const farLevels = { '1e-2': 1e-2, '1e-3': 1e-3, '1e-4': 1e-4 } as const;

export type FarLevel = keyof typeof farLevels;
