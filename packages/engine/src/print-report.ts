import { columns } from './columns';
import type { EngineReport } from './doctor';

/** The report as lines for a terminal. */
export function printReport(report: EngineReport): string {
  const { engine } = report;
  const rows: [string, string][] = [
    ['Node', report.node],
    ['processor', `${report.cpu}, ${report.processors} threads`],
    ['instruction sets', report.instructionSets.join(', ') || 'unknown'],
    ['cache', report.cache],
  ];
  if (engine !== undefined) {
    rows.push(
      ['TensorFlow', `${engine.tensorflow} on ${engine.device}, tfjs ${engine.tfjs}, ${engine.threads} threads in use${engine.xla ? ', recorded steps compiled with XLA' : ''}`],
      ['binding', `${engine.binding} (${engine.source === 'cache' ? 'made from the wheel' : 'found in the package'})`],
      ['matrix product', `${engine.matmulGflops.toFixed(0)} GFLOP/s`],
      ['convolution', `${engine.convolutionGflops.toFixed(0)} GFLOP/s`],
    );
  } else rows.push(['TensorFlow', 'no engine'], ...report.missing.map((what): [string, string] => ['missing', what]));
  return columns(rows);
}
