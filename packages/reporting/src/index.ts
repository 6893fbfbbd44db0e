export * from './claims';
export * from './figures';
export { fixed, formatGap, formatNumber, percent, type NumberFormat } from './format';
export { readableJson } from './output/readable-json';
export { writeIfChanged } from './output/write-if-changed';
export { drawFigure, renderFigure, textsOf, type DrawnFigure, type FigureSpec } from './render/render-figure';
export * from './summary';
export * from './tables';
export { variantStyle, type FigureVariant, type VariantStyle } from './variant-style';
