/** One layer or panel of a Vega-Lite specification, as plain JSON; the whole is checked when it is compiled. */
export type Layer = Readonly<Record<string, unknown>>;
